"""Reading a register file."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.errors import FileRefused
from assembly.members import Role
from assembly.register_file import MAXIMUM_ROWS, MemberRow, PersonRow, member_code, read_register

HEADER = "lid;code;inwoners;stemmen;vanaf;tot;naam;functie;rol;e-mail\n"


def test_member_with_two_people() -> None:
    """A member stands once however many people it has, and its facts come from the row that gives them."""
    read = read_register(
        (
            HEADER
            + "Deventer;;100.000;1;;;Portefeuillehouder Deventer;wethouder;vertegenwoordiger;p@deventer.example\n"
            + "Deventer;;;;;;Coördinator Deventer;;coördinator;\n"
        ).encode()
    )
    assert read.errors == ()
    assert read.members == (MemberRow("deventer", "Deventer", 100_000, 1, None, None),)
    assert read.people == (
        PersonRow("Portefeuillehouder Deventer", "wethouder", "p@deventer.example", Role.REPRESENTATIVE, "deventer"),
        PersonRow("Coördinator Deventer", "coördinator", None, Role.COORDINATOR, "deventer"),
    )


def test_member_without_people_and_people_without_member() -> None:
    """A member may have nobody yet, and the secretariat belongs to no member."""
    read = read_register((HEADER + "Westerwolde;;;;;;;;;\n;;;;;;Regiebureau 1;;regiebureau;\n").encode())
    assert read.errors == ()
    assert [member.name for member in read.members] == ["Westerwolde"]
    assert read.people == (PersonRow("Regiebureau 1", "regiebureau", None, Role.SECRETARIAT, None),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_spreadsheet_dialects(encoding: str, delimiter: str, newline: str) -> None:
    """What spreadsheets save as CSV is read alike, whichever dialect."""
    text = f"Lid;Naam;Rol{newline}Súdwest-Fryslân;Wethouder Één;Portefeuillehouder{newline}".replace(";", delimiter)
    read = read_register(text.encode(encoding))
    assert read.errors == ()
    assert read.members[0].name == "Súdwest-Fryslân"
    assert read.people[0].name == "Wethouder Één"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";;;;;;Iemand;;vertegenwoordiger;", "member_missing"),
        ("Deventer;;;;;;;;coördinator;", "name_missing"),
        ("Deventer;;;;;;Iemand;;;", "role_missing"),
        ("Deventer;;;;;;Iemand;;keizer;", "role_unknown"),
        ("Deventer;;veel;;;;;;;", "number"),
        ("Deventer;;;0;;;;;;", "number"),
        ("Deventer;;;1,5;;;;;;", "number"),
        ("Deventer;;;-1;;;;;;", "number"),
        ("Deventer;;;٣;;;;;;", "number"),
        ("Deventer;;;;31-02-2019;;;;;", "date"),
        ("D" * 5000 + ";;;;;;;;;", "too_long"),
        ("Deventer;;;;;;" + "n" * 5000 + ";;coördinator;", "too_long"),
        ("!!!;;;;;;;;;", "member_missing"),
    ],
)
def test_wrong_rows(row: str, reason: str) -> None:
    """A wrong row is named by its number in the spreadsheet, with its reason, and contributes nothing."""
    read = read_register((HEADER + "Assen;;;;;;;;;\n" + row + "\n").encode())
    assert [(error.row, error.reason) for error in read.errors] == [(3, reason)]
    assert [member.name for member in read.members] == ["Assen"]
    assert read.people == ()


def test_contradiction_and_repetition() -> None:
    """Two rows that give a member other facts, or a person the same role twice, are errors."""
    rows = "Assen;;10;;;;;;;\nAssen;;11;;;;;;;\nAssen;;;;;;X;;coördinator;\nAssen;;;;;;X;;coördinator;\n"
    read = read_register((HEADER + rows).encode())
    assert [(error.row, error.reason) for error in read.errors] == [(3, "contradiction"), (5, "twice")]


def test_dates_bound_the_membership() -> None:
    """Ten Boer is a member until the first of January 2019."""
    read = read_register((HEADER + "Ten Boer;;7.292;1;01-02-2010;2019-01-01;;;;\n").encode())
    assert read.members == (MemberRow("ten-boer", "Ten Boer", 7292, 1, date(2010, 2, 1), date(2019, 1, 1)),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (HEADER.encode(), "empty"),
        (b"PK\x03\x04rest", "type"),
        (b"lid\0naam", "type"),
        (b"naam;rol\nX;coordinator\n", "columns"),
        (b"lid\n" + b"a\n" * MAXIMUM_ROWS, "rows"),
        (b"lid\n" + b"a" * 3_000_000, "size"),
        (b'lid\n"' + b"a" * 200_000, "type"),
    ],
)
def test_files_that_are_no_register(content: bytes, reason: str) -> None:
    """A file that is no register is refused as a whole, with the reason."""
    with pytest.raises(FileRefused) as refused:
        read_register(content)
    assert refused.value.reason == reason


def test_invisible_characters_vanish() -> None:
    """Direction marks, zero-width characters and control characters never reach the register."""
    read = read_register((HEADER + "As\u202esen\u200b;;;;;;Jan\u0007 de\u00a0Wit;;coordinator;\n").encode())
    assert read.members[0].name == "Assen"
    assert read.people[0].name == "Jan de Wit"


@pytest.mark.parametrize(("name", "code"), [("Oost Gelre", "oost-gelre"), ("Súdwest-Fryslân", "sudwest-fryslan")])
def test_member_code(name: str, code: str) -> None:
    """A code is made of plain letters, digits and dashes."""
    assert member_code(name) == code


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever comes in is read or refused with a reason; nothing else is ever raised."""
    reason: str
    try:
        read = read_register(b"lid;naam;rol\n" + content)
    except FileRefused as refusal:
        reason = refusal.reason
    else:
        reason = "" if read.members or read.people or read.errors else "nothing"
    assert reason in {"", "empty", "type", "size", "rows", "columns"}
