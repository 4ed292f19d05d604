"""Letters with registration links: a page per person, whatever the names are."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.association import Association, Window
from assembly.facts.register import RegistrationLetters, RegistrationLink
from records import Record, make

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ", bot_username="voorbeeldbot")
AT, UNTIL = datetime(2019, 1, 14, 9, tzinfo=UTC), datetime(2019, 2, 13, 9, tzinfo=UTC)
TOKEN = "A" * 32
HOSTILE = (
    '#image("x") $a$ *b* _c_ \\ `r` @l <b>',
    "= kop // ; #let x",
    "[x](y) ~",
    "x" * 250,
    "😀" * 60,
    "\u202eoB\x00",
    "",
)


def letters(*links: RegistrationLink, association: Association = ASSOCIATION) -> Record:
    """Make the letters."""
    record = make(RegistrationLetters(links, AT, UNTIL), association)
    assert record is not None
    return record


def pages(record: Record) -> int:
    """Count the pages of a PDF."""
    return len(re.findall(rb"/Type\s*/Page\b", record.content))


def test_a_page_per_person() -> None:
    """A hundred letters are a hundred pages, in one PDF with its fonts inside, long before anybody gets impatient."""
    begun = time.monotonic()
    record = letters(*(RegistrationLink(f"persoon {n}", "wethouder", "Assen", "", f"{n:032}") for n in range(100)))
    assert time.monotonic() - begun < 10
    assert record.mime_type == "application/pdf"
    assert pages(record) == 100
    assert b"/FontFile" in record.content


@pytest.mark.parametrize("window", Window)
def test_long_names_stay_on_their_page(window: Window) -> None:
    """The longest name, function and members push nothing to a second page, whichever window the envelopes have."""
    link = RegistrationLink(
        "Prof. mr. dr. " + "Wilhelmina " * 20, "lid van het college " * 10, "Olst-Wijhe, " * 20, "", TOKEN
    )
    association = replace(
        ASSOCIATION, letter_window=window, name="Coöperatieve Vereniging " * 8, contact="iemand " * 20
    )
    assert pages(letters(link, association=association)) == 1


@settings(max_examples=20, deadline=None)
@given(*[st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80)) for _ in range(3)])
def test_names_are_never_markup(name: str, function: str, member: str) -> None:
    """Whatever stands in a name is text: the letter is made, on one page."""
    assert pages(letters(RegistrationLink(name, function, member, "", TOKEN))) == 1


def test_the_same_letters_are_the_same_bytes() -> None:
    """The date of the letter is the association's; the machine's stands nowhere in the file."""
    link = RegistrationLink("Portefeuillehouder Assen", "wethouder", "Assen", "", TOKEN)
    made = letters(link).content
    assert made == letters(link).content
    assert b"CreationDate" not in made
