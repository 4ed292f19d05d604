"""The files of a rehearsal: marked on every page and tab, under a calendar's own number, and in the picture."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from assembly.association import Association
from assembly.facts.convening import CalendarEntry
from assembly.facts.sheets import CardItem, VotingCard, VotingCards
from assembly.options import MATTER_OPTIONS
from records import Record, make, rehearsed
from records.workbooks import MIME_TYPE, Sheet, workbook
from tests.records.test_outcome import OUTCOME, draw
from tests.records.test_proof import LETTERS, MEETING, PROOF

WORDS = "GENERALE REPETITIE – niets hiervan telt"
CARDS = VotingCards(MEETING, (VotingCard("Assen", 1, "4KQ7-M2XA"),), (CardItem("2", "Jaar", MATTER_OPTIONS, 1),), ())


@pytest.fixture
def playing(association: Association) -> Association:
    """Give the association as it is in a rehearsal."""
    return replace(association, rehearsal=1, key=b"key")


@pytest.mark.parametrize("facts", [PROOF, LETTERS, CARDS])
def test_every_page_says_it(facts: object, playing: Association) -> None:
    """What was on a page is there still, with the heading laid over it; where all is real there is none."""
    made = make(facts, playing)
    assert made is not None
    pages = PdfReader(BytesIO(made.content)).pages
    marked = PdfReader(BytesIO(rehearsed(made, playing).content)).pages
    for page, plain in zip(marked, pages, strict=True):
        assert WORDS in page.extract_text()
        assert WORDS not in plain.extract_text()
        assert set(plain.extract_text().split()) <= set(page.extract_text().split())
    assert rehearsed(made, replace(playing, rehearsal=0)) is made


def test_every_tab_says_it(playing: Association) -> None:
    """The rows of a workbook stay where they are, and what looks like a formula stays text."""
    content = workbook([Sheet("Leden", ("lid",), [("=1+1",), ("Assen",)]), Sheet("x" * 31, ("a",), [])])
    book = load_workbook(BytesIO(rehearsed(Record("leden.xlsx", MIME_TYPE, content), playing).content))
    assert book.sheetnames == ["REPETITIE Leden", f"REPETITIE {'x' * 21}"]
    cell = book["REPETITIE Leden"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_calendar_keeps_them_apart(playing: Association) -> None:
    """A rehearsal has a number of its own, so that nothing real in anybody's calendar is changed by it."""
    events = []
    for association in (playing, replace(playing, rehearsal=2), replace(playing, rehearsal=0)):
        made = make(CalendarEntry(MEETING, (), 0, MEETING.starts_at), association)
        assert made is not None
        events += Calendar.from_ical(made.content).walk("VEVENT")
    assert len({event["UID"] for event in events}) == len(events)
    assert [event["SUMMARY"] for event in events] == [f"{WORDS}: ALV februari"] * 2 + ["ALV februari"]


def test_codes_and_addresses_are_not_the_real_ones(playing: Association) -> None:
    """A card or an address of a rehearsal fits nothing real, nor another rehearsal."""
    associations = [playing, replace(playing, rehearsal=2), replace(playing, rehearsal=0)]
    assert len({association.room_token(1) for association in associations}) == len(associations)
    assert len({association.card_code(1, 1) for association in associations}) == len(associations)


def test_the_picture_says_it(playing: Association, typeset: list[dict[str, str]]) -> None:
    """A rehearsal's picture bears the heading, and is uploaded as another one."""
    outcome = replace(OUTCOME, number="8")  # drawn by no other test
    shown, real = draw(outcome, playing), draw(outcome, replace(playing, rehearsal=0))
    assert shown is not None
    assert real is not None
    assert shown.upload_key != real.upload_key
    assert [json.loads(given["outcome"])["head"] for given in typeset] == [WORDS, ""]
