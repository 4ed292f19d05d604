"""Tables that people send are read in a process of its own; what is hostile is refused within seconds."""

import asyncio
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from assembly.errors import FileRefused
from assembly.register_file import MemberRow
from assembly.tables import MAXIMUM_BYTES, MAXIMUM_COLUMNS, MAXIMUM_ROWS, Row
from bot.contents.tables import read_register_file, read_rows
from tests.support.workbooks import HEADER, SHEET, patched, saved, sheet_of, workbook

ASSEN = ("Assen", "assen", 68_000, 1, None, None, "Portefeuillehouder Assen", "wethouder", "vertegenwoordiger", None)
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
ZEROS = b" " * 30_000_000


async def refusal(content: bytes) -> FileRefused:
    """Return why a file is refused, which must not take longer than people would wait."""
    async with asyncio.timeout(60):  # a child on a busy machine; its own limit is ten seconds
        with pytest.raises(FileRefused) as caught:
            await read_register_file(content)
    return caught.value


async def test_workbook_and_csv_are_read_alike() -> None:
    """A register may come as either."""
    text = ";".join(HEADER) + "\nAssen;assen;68000;1;;;Portefeuillehouder Assen;wethouder;vertegenwoordiger;\n"
    assert await read_register_file(saved(workbook(ASSEN))) == await read_register_file(text.encode())


async def test_cells_are_read_as_people_see_them() -> None:
    """Whole numbers however they are kept, dates as day-month-year, and a fraction that cannot pass for thousands."""
    row = (12345.0, 1e3, "00123", 1.234, date(2019, 1, 1), datetime(2019, 1, 1, 9, 30), True, "'t Hart", 1e22, " x ")  # noqa: DTZ001
    rows = await read_rows(saved(workbook(row)))
    assert rows[1].cells == (
        "12345",
        "1000",
        "00123",
        "1,234",
        "01-01-2019",
        "2019-01-01T09:30:00",
        "True",
        "'t Hart",
        "10000000000000000000000",
        " x ",
    )


@pytest.mark.parametrize("mac", [False, True])
async def test_both_calendars_of_excel(mac: bool) -> None:
    """A date is the same day whether the workbook counts from 1900 or from 1904."""
    book = workbook(("Ten Boer", None, None, None, None, date(2019, 1, 1)))
    if mac:
        book.epoch = CALENDAR_MAC_1904
    found = await read_register_file(saved(book))
    assert found.members == (MemberRow("ten-boer", "Ten Boer", until=date(2019, 1, 1)),)


async def test_a_bare_serial_number_is_no_date() -> None:
    """A number of days without the form of a date could be counted from either year: the row is named."""
    found = await read_register_file(saved(workbook(("Assen", None, None, None, 43466))))
    assert [(error.row, error.reason, error.detail) for error in found.errors] == [(2, "date", "43466")]


async def test_formulas_and_broken_cells_are_named() -> None:
    """A formula could show one thing and be another; the rows are named, all of them, with their cells."""
    book = workbook(("Assen", None, "=1+1"), ("=HYPERLINK(A1)",), ("Emmen",), ("#REF!", None))
    book.active["A5"].data_type = "e"
    found = await read_register_file(saved(book))
    assert [(error.row, error.reason, error.detail) for error in found.errors] == [
        (2, "formula", "C2"),
        (3, "formula", "A3"),
        (5, "formula", "A5"),
    ]


async def test_text_that_looks_like_a_formula_is_text() -> None:
    """What a workbook keeps as text is no formula, so that what was exported can come back."""
    book = workbook(("=Assen",))
    book.active["A2"].data_type = "s"
    assert [member.name for member in (await read_register_file(saved(book))).members] == ["=Assen"]


async def test_rows_keep_the_numbers_of_the_sheet() -> None:
    """Empty rows are left out and still count."""
    book = workbook()
    book.active["A9"] = "Assen"
    assert [row.number for row in await read_rows(saved(book))] == [1, 9]


async def test_hidden_sheets_are_read_past() -> None:
    """What nobody saw in the file does not come into the register; nor does a sheet with an explanation."""
    book = workbook(("Assen",))
    hidden = book.create_sheet("Verborgen", 0)
    hidden.append(HEADER)
    hidden.append(("Geheim",))
    hidden.sheet_state = "hidden"
    book.create_sheet("Uitleg", 0).append(("Zo vult u dit in",))
    assert [member.name for member in (await read_register_file(saved(book))).members] == ["Assen"]


async def test_links_to_addresses_are_no_harm() -> None:
    """Excel makes a link of every e-mail address."""
    book = workbook(("Assen", *[None] * 8, "a@assen.example"))
    book.active["J2"].hyperlink = "mailto:a@assen.example"
    assert (await read_register_file(saved(book))).errors == ()


def plain() -> bytes:
    """Return an honest workbook."""
    return saved(workbook(ASSEN))


def encrypted_part() -> bytes:
    """Return a workbook of which a part states that it is encrypted."""
    content = bytearray(plain())
    at = content.index(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def with_method(method: int) -> bytes:
    """Return a workbook whose parts are packed in an unusual way."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(plain())) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return buffer.getvalue()


def merged() -> bytes:
    """Return a workbook with merged cells."""
    book = workbook(ASSEN)
    book.active.merge_cells("A2:A3")
    return saved(book)


def two_tables() -> bytes:
    """Return a workbook of which two sheets are a register."""
    book = workbook(ASSEN)
    book.create_sheet("Oud").append(HEADER)
    return saved(book)


def many_sheets() -> bytes:
    """Return a workbook with many sheets."""
    book = workbook(ASSEN)
    for _ in range(60):
        book.create_sheet()
    return saved(book)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a macro": (lambda: patched(plain(), {"xl/vbaProject.bin": b"x"}), "macros"),
    "an Excel 4 macro": (lambda: patched(plain(), {"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
    "a kind with macros": (
        lambda: patched(plain(), {"[Content_Types].xml": b'<Types><Override ContentType="x.macroEnabled.y"/></Types>'}),
        "macros",
    ),
    "a link to another workbook": (
        lambda: patched(plain(), {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "external",
    ),
    "an embedded object": (lambda: patched(plain(), {"xl/embeddings/oleObject1.bin": b"x"}), "external"),
    "a picture from elsewhere": (
        lambda: patched(
            plain(),
            {RELATIONS: b'<R><Relationship Type="x/image" Target="http://x" TargetMode="External"/></R>'},
        ),
        "external",
    ),
    "a part that grows": (lambda: patched(plain(), {"xl/x.xml": ZEROS}), "unpacked"),
    "strings that grow": (lambda: patched(plain(), {"xl/sharedStrings.xml": ZEROS}), "unpacked"),
    "many parts": (lambda: patched(plain(), {f"xl/{number}.bin": b"" for number in range(400)}), "unpacked"),
    "a million rows": (
        lambda: patched(plain(), {SHEET: sheet_of("<row><c><v>1</v></c></row>" * 1_000_000)}),
        "unpacked",
    ),
    "too many rows": (
        lambda: patched(plain(), {SHEET: sheet_of("<row><c><v>1</v></c></row>" * (MAXIMUM_ROWS + 1))}),
        "rows",
    ),
    "a row with a huge number": (
        lambda: patched(plain(), {SHEET: sheet_of('<row r="99999999999999"><c><v>1</v></c></row>')}),
        "empty",
    ),
    "many sheets": (many_sheets, "sheets"),
    "two tables": (two_tables, "tables"),
    "merged cells": (merged, "merged"),
    "entities": (lambda: patched(plain(), {"xl/sharedStrings.xml": LAUGHS}), "broken"),
    "entities in another encoding": (
        lambda: patched(plain(), {"xl/sharedStrings.xml": LAUGHS.decode().encode("utf-16")}),
        "broken",
    ),
    "entities in an encoding of its own": (
        lambda: patched(
            plain(), {"xl/x.xml": b'<?xml version="1.0" encoding="cp037"?>' + LAUGHS.decode().encode("cp037")}
        ),
        "broken",
    ),
    "no XML": (lambda: patched(plain(), {SHEET: b"<worksheet"}), "broken"),
    "no sheet": (lambda: patched(plain(), {SHEET: None}), "columns"),
    "a string that is not there": (
        lambda: patched(plain(), {SHEET: sheet_of('<row><c t="s"><v>999999</v></c></row>')}),
        "broken",
    ),
    "half a file": (lambda: plain()[:-200], "broken"),
    "a flipped byte": (lambda: plain().replace(b"\x00\x00\x00\x08\x00", b"\x00\x00\x00\x09\x00"), "broken"),
    "only the first letters": (lambda: b"PK\x03\x04", "broken"),
    "packed in another way": (lambda: with_method(zipfile.ZIP_LZMA), "broken"),
    "a protected workbook": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "protected parts": (encrypted_part, "password"),
    "the old Excel": (lambda: OLE + b"\0" * 2_000, "old_format"),
    "OpenDocument": (lambda: patched(plain(), {"content.xml": b"<x/>", "xl/workbook.xml": None}), "old_format"),
    "the binary Excel": (lambda: patched(plain(), {"xl/workbook.bin": b"x", "xl/workbook.xml": None}), "old_format"),
    "a letter": (lambda: patched(plain(), {"word/document.xml": b"<x/>", "xl/workbook.xml": None}), "type"),
    "a PDF": (lambda: b"%PDF-1.7\nlid;naam\n", "type"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "type"),
    "too large": (lambda: b"x" * (MAXIMUM_BYTES + 1), "size"),
    "nothing": (lambda: b"", "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_files(name: str) -> None:
    """What is no honest register is refused, with its reason."""
    make, reason = HOSTILE[name]
    assert (await refusal(make())).reason == reason


async def test_what_a_container_holds_besides_is_never_unpacked() -> None:
    """A bomb in a part that no sheet needs does nothing."""
    content = patched(plain(), {"x.zip": patched(plain(), {"y": ZEROS})})
    assert [member.name for member in (await read_register_file(content)).members] == ["Assen"]


async def test_columns_beyond_those_of_a_register_are_cut_off() -> None:
    """A row of all columns that Excel has is read as far as any register goes."""
    wide = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    rows = await read_rows(patched(plain(), {SHEET: sheet_of(wide * 3)}))
    assert (len(rows), len(rows[1].cells)) == (4, MAXIMUM_COLUMNS)


async def test_the_first_merged_cells_are_named() -> None:
    """Who has to mend the file is told where."""
    assert (await refusal(merged())).detail == "A2:A3"


def child(tmp_path: Path, code: str) -> tuple[str, ...]:
    """Return the command of a child that does ``code`` instead."""
    script = tmp_path / "child.py"
    script.write_text(code)
    return (sys.executable, str(script))


async def test_a_child_that_takes_too_long_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a file holds the reading up, the bot goes on and nothing of it stays behind."""
    pid = tmp_path / "pid"
    code = f"import os, sys, time\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\nsys.stdin.read()\ntime.sleep(60)\n"
    monkeypatch.setattr("bot.contents.child._CHILD", child(tmp_path, code))
    with pytest.raises(FileRefused) as caught:
        await read_rows(b"lid\n", seconds=2.0)
    assert caught.value.reason == "time"
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


async def test_a_child_that_dies_is_a_broken_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the reading ends, the answer is a refusal."""
    monkeypatch.setattr("bot.contents.child._CHILD", child(tmp_path, "import os\nos.abort()\n"))
    assert (await refusal(b"lid\n")).reason == "broken"


async def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that makes the reading ask for more memory than it may have is refused."""
    code = (
        "from bot.contents import __main__ as child\n"
        "child.TASKS['rows'] = lambda content: (None, b'x' * child.MEMORY)\n"
        "child.main()\n"
    )
    monkeypatch.setattr("bot.contents.child._CHILD", child(tmp_path, code))
    assert (await refusal(b"lid\n")).reason == "unpacked"


async def test_the_child_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token is not in the environment of the process that reads a hostile file."""
    monkeypatch.setenv("ALVBOT_TOKEN", "1:secret")
    code = "import json, os\nprint(json.dumps({'read': [[1, sorted(os.environ), None]]}))\n"
    monkeypatch.setattr("bot.contents.child._CHILD", child(tmp_path, code))
    (row,) = await read_rows(b"lid\n")
    assert isinstance(row, Row)
    assert "PYTHONPATH" in row.cells
    assert not any(name.startswith("ALVBOT") for name in row.cells)
