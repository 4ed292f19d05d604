"""Reading tables that people send as CSV."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assembly.errors import FileRefused
from assembly.tables import CELL_LIMIT, MAXIMUM_COLUMNS, MAXIMUM_ROWS, Row, column_letters, read_csv


def refused(content: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(FileRefused) as caught:
        read_csv(content)
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_spreadsheet_dialects(encoding: str, delimiter: str, newline: str) -> None:
    """What spreadsheets save as CSV is read alike, whichever dialect."""
    text = f"Lid;Naam;Rol{newline}Súdwest-Fryslân;Wethouder Één;{newline}".replace(";", delimiter)
    assert read_csv(text.encode(encoding)) == (
        Row(1, ("Lid", "Naam", "Rol")),
        Row(2, ("Súdwest-Fryslân", "Wethouder Één", "")),
    )


def test_rows_keep_their_numbers() -> None:
    """Empty rows are left out, and a row counts from the top of the file however many lines its cells take."""
    rows = read_csv(b'\n\nlid;naam\n;\nAssen;"twee\nregels"\nEmmen;\n')
    assert [(row.number, row.cells[0]) for row in rows] == [(3, "lid"), (5, "Assen"), (6, "Emmen")]


def test_excels_hint_is_followed() -> None:
    """The line in which Excel says what separates the columns is no row."""
    assert read_csv(b"sep=,\r\nlid,naam\r\nA;B,C\r\n") == (Row(1, ("lid", "naam")), Row(2, ("A;B", "C")))


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(index: int, letters: str) -> None:
    """A cell is named as the spreadsheet does."""
    assert column_letters(index) == letters


def test_a_formula_is_marked() -> None:
    """A cell that a spreadsheet would run is named; what only looks a little like it is text."""
    unsafe = [row.unsafe for row in read_csv(b"lid;naam\nA;=1+1\n =x;\n-1;+31 6\n'=x;@a\n")]
    assert unsafe == [None, "B2", "A3", None, None]


def test_long_and_wide_rows_are_bounded() -> None:
    """However long a cell and however many columns, no more is kept than a register can use."""
    (row,) = read_csv(b"x" * 9_999 + b";" * 9_999)
    assert (len(row.cells), len(row.cells[0])) == (MAXIMUM_COLUMNS, CELL_LIMIT)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n ; \n", "empty"),
        (b"lid\0naam", "type"),
        ("lid\nAssen\n".encode("utf-16"), "encoding"),
        ("lid\nAssen\n".encode("utf-16-be"), "type"),
        (b"\xef\xbb\xbflid\nCo\xf6rdinator\n", "encoding"),
        (b"lid\nA\x81\n", "encoding"),
        ("lid\nCoördinator\n".encode().decode("cp1252").encode(), "encoding"),
        ("\ufefflid\nAssen\n".encode().decode("cp1252").encode(), "encoding"),
        (b'lid;naam\nA;"B\nC;D\n', "quotes"),
        (b"lid\n" + b"a\n" * (MAXIMUM_ROWS + 1), "rows"),
        (b'lid\n"' + b"a" * 200_000 + b'"', "type"),
    ],
)
def test_files_that_are_no_table(content: bytes, reason: str) -> None:
    """A file that is no table, or of which the letters cannot be trusted, is refused with the reason."""
    assert refused(content) == reason


def test_as_many_rows_as_are_allowed() -> None:
    """The header does not count."""
    assert len(read_csv(b"lid\n" + b"a\n" * MAXIMUM_ROWS)) == MAXIMUM_ROWS + 1


@settings(max_examples=200)
@given(st.binary(max_size=300))
@example(b"\r\x00")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever comes in is read or refused with a reason; nothing else is ever raised."""
    reason = None
    try:
        rows = read_csv(b"lid;naam;rol\n" + content)
    except FileRefused as refusal:
        reason = refusal.reason
    else:
        assert rows[0] == Row(1, ("lid", "naam", "rol"))
    assert reason in {None, "empty", "type", "encoding", "quotes", "rows"}
