"""Reading a register file."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.errors import FileRefused
from assembly.members import Role
from assembly.register_file import (
    EXAMPLE_MEMBER,
    ROLES,
    MemberRow,
    PersonRow,
    RegisterFile,
    member_code,
    read_register,
)
from assembly.tables import Row, read_csv

HEADER = "lid;code;inwoners;stemmen;vanaf;tot;naam;functie;rol;e-mail\n"


def read(text: str) -> RegisterFile:
    """Read a register from CSV."""
    return read_register(read_csv(text.encode()))


def test_member_with_two_people() -> None:
    """A member stands once however many people it has, and its facts come from the rows that give them."""
    found = read(
        HEADER
        + "Deventer;;100.000;;;;Portefeuillehouder Deventer;wethouder;vertegenwoordiger;p@deventer.example\n"
        + "Deventer;;;2;;;Coördinator Deventer;;coördinator;\n"
    )
    assert found.errors == ()
    assert found.members == (MemberRow("deventer", "Deventer", 100_000, 2, None, None),)
    assert found.people == (
        PersonRow("Portefeuillehouder Deventer", "wethouder", "p@deventer.example", Role.REPRESENTATIVE, "deventer"),
        PersonRow("Coördinator Deventer", None, None, Role.COORDINATOR, "deventer"),
    )
    assert [(person.label, person.row) for person in found.people] == [("vertegenwoordiger", 2), ("coördinator", 3)]


def test_member_without_people_and_people_without_member() -> None:
    """A member may have nobody yet, and the secretariat belongs to no member."""
    found = read(HEADER + "Westerwolde;;;;;;;;;\n;;;;;;Regiebureau 1;;regiebureau;\n")
    assert found.errors == ()
    assert [member.name for member in found.members] == ["Westerwolde"]
    assert found.people == (PersonRow("Regiebureau 1", None, None, Role.SECRETARIAT, None),)


def test_a_title_may_stand_above_the_columns() -> None:
    """The names of the columns are found near the top, and rows keep the numbers of the spreadsheet."""
    found = read("\nLedenlijst 2019;;\n\nlid;naam;rol\nAssen;;\nDeventer;X;keizer\n")
    assert [member.name for member in found.members] == ["Assen"]
    assert [(error.row, error.reason) for error in found.errors] == [(6, "role_unknown")]


def test_the_example_row_may_stay() -> None:
    """The example row of the template is read past."""
    found = read(HEADER + f"{EXAMPLE_MEMBER};;x;;;;;;keizer;\nAssen;;;;;;;;;\n")
    assert [member.name for member in found.members] == ["Assen"]
    assert found.errors == ()


def test_every_role_has_a_word() -> None:
    """Each role can be written in a file and read again."""
    assert set(ROLES.values()) == set(Role)


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
        ("Deventer;;1e3;;;;;;;", "number"),
        ("Deventer;;1234567890;;;;;;;", "number"),
        ("Deventer;;;;43466;;;;;", "date"),
        ("Deventer;;;;01-01-2019;01-01-2019;;;;", "period"),
        ("Deventer;;;;;;Iemand;;coördinator;iemand", "email"),
        ("Deventer;;;;;;Iemand;;coördinator;a@b.example, c@d.example", "email"),
        ("=1+1;;;;;;;;;", "formula"),
        ("Deventer;;;;;;=HYPERLINK(A1);;coördinator;", "formula"),
    ],
)
def test_wrong_rows(row: str, reason: str) -> None:
    """A wrong row is named by its number in the spreadsheet, with its reason, and contributes nothing."""
    found = read(HEADER + "Assen;;;;;;;;;\n" + row + "\n")
    assert [(error.row, error.reason) for error in found.errors] == [(3, reason)]
    assert [member.name for member in found.members] == ["Assen"]
    assert found.people == ()


def test_contradiction_and_repetition() -> None:
    """Two rows that give a member other facts, or a person the same role twice, are errors."""
    rows = "Assen;;10;;;;;;;\nAssen;;11;;;;;;;\nAssen;;;;;;X;;coördinator;\nAssen;;;;;;X;;coördinator;\n"
    found = read(HEADER + rows)
    assert [(error.row, error.reason) for error in found.errors] == [(3, "contradiction"), (5, "twice")]
    assert [(error.row, error.reason) for error in read(HEADER + "Assen;a;;;;;;;;\nEmmen;a;;;;;;;;\n").errors] == [
        (3, "contradiction")
    ]


def test_dates_bound_the_membership() -> None:
    """Ten Boer is a member until the first of January 2019."""
    found = read(HEADER + "Ten Boer;;7.292;1;01-02-2010;2019-01-01;;;;\n")
    assert found.members == (MemberRow("ten-boer", "Ten Boer", 7292, 1, date(2010, 2, 1), date(2019, 1, 1)),)


def test_the_cell_of_a_formula_is_named() -> None:
    """Who has to mend the file is told which cell it is."""
    assert read(HEADER + "Assen;;=A1;;;;;;;\n").errors[0].detail == "C2"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("'t Hart", "'t Hart"),
        ("'=SOM", "=SOM"),
        ("'@home", "@home"),
        ("'2e Exloërmond", "2e Exloërmond"),
    ],
)
def test_apostrophes(cell: str, name: str) -> None:
    """The apostrophe that keeps a spreadsheet from running a text goes; the one that belongs to a name stays."""
    assert read(HEADER + f"{cell};;'12;;;;;;;\n").members == (MemberRow(member_code(name), name, 12),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADER, "empty"),
        ("naam;rol\nX;coordinator\n", "columns"),
        ("lid;naam;naam\nAssen;X;Y\n", "column_twice"),
        ("x\n" * 20 + HEADER + "Assen\n", "columns"),
    ],
)
def test_tables_that_are_no_register(text: str, reason: str) -> None:
    """A table that is no register is refused as a whole, with the reason."""
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert refused.value.reason == reason


def test_nothing_at_all_is_no_register() -> None:
    """A workbook without a sheet that has the columns comes in as no rows."""
    with pytest.raises(FileRefused) as refused:
        read_register(())
    assert refused.value.reason == "columns"


def test_invisible_characters_vanish() -> None:
    """Direction marks, zero-width characters and control characters never reach the register."""
    found = read(HEADER + "As\u202esen\u200b;;;;;;Jan\u0007 de\u00a0Wit;;coordinator;\n")
    assert found.members[0].name == "Assen"
    assert found.people[0].name == "Jan de Wit"


@pytest.mark.parametrize(("name", "code"), [("Oost Gelre", "oost-gelre"), ("Súdwest-Fryslân", "sudwest-fryslan")])
def test_member_code(name: str, code: str) -> None:
    """A code is made of plain letters, digits and dashes."""
    assert member_code(name) == code


_CELL = st.text(max_size=30) | st.sampled_from(["Assen", "X", "coördinator", "12", "01-01-2019", "'", "="])


@settings(max_examples=200)
@given(st.lists(st.lists(_CELL, max_size=12), max_size=5))
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    """Whatever stands in the cells is read, or named with its row; nothing else is ever raised."""
    header = Row(1, tuple(HEADER.strip().split(";")))
    table = [header, *(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=2))]
    reason = None
    try:
        found = read_register(table)
    except FileRefused as refusal:
        reason = refusal.reason
    else:
        assert found.members or found.people or found.errors
        assert {error.row for error in found.errors} <= {row.number for row in table[1:]}
    assert reason in {None, "empty"}
