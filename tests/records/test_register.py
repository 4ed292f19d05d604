"""The register as a workbook, and back."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from assembly.association import Association
from assembly.facts.register import ExportRow, RegisterExport, RegisterTemplate
from assembly.members import Acting, Member, Person, Role, RoleHeld
from assembly.register_changes import Difference, Known, Reading, compare
from assembly.register_file import EXAMPLE_MEMBER, ROLES
from bot.contents.tables import read_register_file
from records import make
from records.register import ROLE_WORDS
from records.workbooks import Sheet, workbook

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.")
TODAY = date(2019, 2, 1)
MEMBERS = (
    Member(1, "assen", "Assen", 68_000, 2, date(2006, 1, 1)),
    Member(2, "s-hertogenbosch", "'s-Hertogenbosch"),
    Member(3, "ten-boer", "Ten Boer", 7_292, 1, date(2010, 2, 1), date(2019, 1, 1)),
    Member(4, "x", '=HYPERLINK("http://x")'),
)
PEOPLE = (
    Acting(
        Person(1, "Portefeuillehouder Assen", "wethouder", "p@assen.example", 7), (RoleHeld(Role.REPRESENTATIVE, 1),)
    ),
    Acting(
        Person(2, "@coördinator -1+1", "coördinator"),
        (RoleHeld(Role.COORDINATOR, 1), RoleHeld(Role.SIGNATORY, 2), RoleHeld(Role.CHAIR)),
    ),
    Acting(Person(3, "Regiebureau", "regiebureau"), (RoleHeld(Role.SECRETARIAT),)),
    Acting(Person(4, "Vertrokken", "wethouder"), ()),
)


def content(facts: object) -> bytes:
    """Return the file that goes with facts."""
    made = make(facts, ASSOCIATION)
    assert made is not None
    assert made.name.endswith(".xlsx")
    return made.content


def exported(members: tuple[Member, ...] = MEMBERS, people: tuple[Acting, ...] = PEOPLE) -> RegisterExport:
    """Return the facts of a register."""
    rows = [
        ExportRow(member, acting.person, held.role, acting.person.telegram_id is not None)
        for member in (*members, None)
        for acting in people
        for held in acting.roles
        if held.member_id == (member.id if member else None)
    ]
    alone = {member.id for member in members} - {row.member.id for row in rows if row.member}
    return RegisterExport(TODAY, (*rows, *(ExportRow(member) for member in members if member.id in alone)))


def sheet(data: bytes, place: int = 0) -> Any:  # noqa: ANN401 - openpyxl has no types
    """Return a sheet of a workbook."""
    book = load_workbook(io.BytesIO(data))
    return book[book.sheetnames[place]]


async def test_what_was_exported_makes_no_difference() -> None:
    """The register that comes back as it was handed out changes nothing, whatever its names begin with."""
    read = await read_register_file(content(exported()))
    assert read.errors == ()
    found = compare(read, Known(MEMBERS, PEOPLE, TODAY), Reading.UPDATE)
    assert found == Difference((), (), (), (), 7, ())


async def test_an_exported_register_fills_an_empty_one() -> None:
    """Everything that was known is in the file: members of the past as well."""
    read = await read_register_file(content(exported()))
    found = compare(read, Known((), (), TODAY), Reading.UPDATE)
    assert {
        (c.new.code, c.new.name, c.new.inhabitants, c.new.votes, c.new.since, c.new.until) for c in found.members
    } == {(m.code, m.name, m.inhabitants, m.votes, m.since, m.until) for m in MEMBERS}
    assert {change.new.name: len(change.gained) for change in found.people} == {
        a.person.name: len(a.roles) for a in PEOPLE if a.roles
    }


def test_nothing_is_a_formula() -> None:
    """A name that begins like a formula is text, and stays text when somebody edits the cell."""
    into = sheet(content(exported()))
    cells = [cell for row in into.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    marked = {cell.value for cell in cells if cell.quotePrefix}
    assert marked == {'=HYPERLINK("http://x")', "@coördinator -1+1"}


def test_who_is_registered_is_for_reading() -> None:
    """The last column says who is registered."""
    into = sheet(content(exported()))
    assert [cell.value for cell in into[1]][-1] == "aangemeld"
    assert {row[6].value: row[10].value for row in into.iter_rows(min_row=2) if row[6].value} == {
        "Portefeuillehouder Assen": "ja",
        "@coördinator -1+1": "nee",
        "Regiebureau": "nee",
    }


async def test_the_template_can_be_filled_in() -> None:
    """Columns, a choice of roles and an explanation; the example row is passed over when it is left there."""
    data = content(RegisterTemplate())
    into = sheet(data)
    assert into["A2"].value == EXAMPLE_MEMBER
    (validation,) = into.data_validations.dataValidation
    assert set(validation.formula1.strip('"').split(",")) == set(ROLE_WORDS.values())
    assert sheet(data, 1).title == "Uitleg"
    book = load_workbook(io.BytesIO(data))
    book["Leden"].append(("Assen", None, None, None, None, None, "Wethouder Assen", None, "vertegenwoordiger"))
    filled = io.BytesIO()
    book.save(filled)
    read = await read_register_file(filled.getvalue())
    assert ([member.name for member in read.members], [person.name for person in read.people], read.errors) == (
        ["Assen"],
        ["Wethouder Assen"],
        (),
    )


def test_every_role_has_a_word_that_is_read() -> None:
    """What is written for a role is read as that role."""
    assert {role: ROLES[word] for role, word in ROLE_WORDS.items()} == {role: role for role in Role}


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "\x1f", "x" * 40_000, "regel\nregel"])
def test_any_text_can_be_written(text: str) -> None:
    """What a workbook cannot hold is left out."""
    data = workbook([Sheet("Blad", ("kop",), [(text,)])])
    assert sheet(data)["A1"].value == "kop"
