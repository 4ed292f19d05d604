"""Agendas as files: what people's programs make is read, and what cannot be read is refused for its reason."""

import asyncio
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assembly.agenda import ItemKind, parse_agenda
from assembly.errors import FileRefused
from bot.contents.agendas import read_agenda_text
from tests.support.documents import blank, locked, pdf, saved, word
from tests.support.workbooks import patched, workbook
from tests.support.workbooks import saved as saved_book

AGENDA = "1. Opening\n2. Notulen (bijlage 1)\n3. Sluiting"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZEROS = b" " * 30_000_000


async def read(content: bytes) -> str:
    """Return the text of a file, which must not take longer than people would wait."""
    async with asyncio.timeout(60):  # a child on a busy machine; its own limit is fifteen seconds
        return await read_agenda_text(content)


async def titles(content: bytes) -> list[tuple[str, str]]:
    """Return the items of an agenda file."""
    return [(item.number, item.title) for item in parse_agenda(await read(content))]


async def test_numbers_that_word_counts() -> None:
    """Word keeps the numbers of its lists apart from the text; points and bullets below them stay below them."""
    content = word(
        "Title|Agenda ALV",
        "List Number|Opening",
        "List Number|Financiën",
        "List Bullet|Jaarrekening, bijlage 2",
        "List Bullet|Décharge",
        "List Number|Rondvraag",
        "List Number|Sluiting",
    )
    assert await titles(content) == [
        ("1", "Opening"),
        ("2", "Financiën"),
        ("2.1", "Jaarrekening, bijlage 2"),
        ("2.2", "Décharge"),
        ("3", "Rondvraag"),
        ("4", "Sluiting"),
    ]


LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for level, (form, text) in enumerate([("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")])
)


def multilevel(*lines: tuple[int, str]) -> bytes:
    """Make a DOCX with a list of several levels; each line has its level."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{LEVELS}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in lines:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    return saved(document)


async def test_lists_of_several_levels() -> None:
    """Roman numerals, numbers below them that begin anew, and letters."""
    content = multilevel(
        (0, "Opening"),
        (0, "Financiën"),
        (1, "Jaarrekening"),
        (1, "Begroting"),
        (0, "Bestuur"),
        (1, "Rooster"),
        (0, "Sluiting"),
    )
    assert await titles(content) == [
        ("1", "Opening"),
        ("2", "Financiën"),
        ("2.1", "Jaarrekening"),
        ("2.2", "Begroting"),
        ("3", "Bestuur"),
        ("3.1", "Rooster"),
        ("4", "Sluiting"),
    ]


async def test_headings_of_word() -> None:
    """An agenda without numbers is read by the styles of its headings."""
    content = word(
        "Title|Agenda",
        "Heading 2|Opening",
        "De voorzitter heet u welkom.",
        "Heading 2|Jaarplan",
        "Voorgenomen besluit: het jaarplan vast te stellen.",
        "Heading 2|Sluiting",
    )
    items = parse_agenda(await read(content))
    assert [(item.title, item.proposal) for item in items] == [
        ("Opening", ""),
        ("Jaarplan", "het jaarplan vast te stellen."),
        ("Sluiting", ""),
    ]


async def test_tables_of_word() -> None:
    """Rows are items, and the columns say what for, with which attachment and when."""
    rows = [
        ("Nr", "Onderwerp", "Doel", "Bijlage"),
        ("1", "Opening", "", ""),
        ("2", "Fusie\nEen toelichting van meer regels", "ter besluitvorming", "3"),
        ("3", "Sluiting", "", ""),
    ]
    items = parse_agenda(await read(word("Agenda", table=rows)))
    assert [(item.number, item.title, item.kind, item.attachments) for item in items] == [
        ("1", "Opening", ItemKind.PROCEDURE, ()),
        ("2", "Fusie", ItemKind.DECISION, ("3",)),
        ("3", "Sluiting", ItemKind.PROCEDURE, ()),
    ]


async def test_only_what_a_reader_sees() -> None:
    """Hidden words and words that were struck out under tracked changes are not there; those put in are."""
    document = docx.Document()
    paragraph = document.add_paragraph("1. Opening")
    paragraph.add_run(" verborgen").font.hidden = True
    xml = f"<w:p {nsdecls('w')}><w:del><w:r><w:delText>2. Oud</w:delText></w:r></w:del>"
    xml += "<w:ins><w:r><w:t>2. Nieuw</w:t></w:r></w:ins></w:p>"
    document.element.body.insert(1, parse_xml(xml))
    assert await titles(saved(document)) == [("1", "Opening"), ("2", "Nieuw")]


async def test_pdf_with_text() -> None:
    """The lines of all pages, without the numbers of the pages."""
    source = '#set page(numbering: "1 / 1")\nAgenda\n\n1. Opening\n2. Begroting, bijlage 4\n#pagebreak()\n3. Sluiting'
    assert await titles(pdf(source, tall="20cm")) == [
        ("1", "Opening"),
        ("2", "Begroting, bijlage 4"),
        ("3", "Sluiting"),
    ]


async def test_pdf_with_a_table() -> None:
    """Its columns say what for and with which attachment; a title goes on below itself."""
    source = """#table(columns: (auto, 60mm, auto, auto), stroke: none,
 [Nr], [Onderwerp], [Doel], [Bijlage],
 [1], [Opening], [], [],
 [2], [Verslag van de vorige vergadering, dat te lang is voor een regel], [Besluit], [1],
 [3], [Begroting], [Bespreking], [2],
 [4], [Sluiting], [], [])"""
    items = parse_agenda(await read(pdf(source)))
    assert [(item.number, item.title, item.kind, item.attachments) for item in items] == [
        ("1", "Opening", ItemKind.PROCEDURE, ()),
        (
            "2",
            "Verslag van de vorige vergadering, dat te lang is voor een regel",
            ItemKind.DECISION,
            ("1",),
        ),
        ("3", "Begroting", ItemKind.DISCUSSION, ("2",)),
        ("4", "Sluiting", ItemKind.PROCEDURE, ()),
    ]


async def test_pdf_that_anybody_may_read() -> None:
    """A PDF that is only protected against changes is read."""
    assert len(await titles(locked(pdf(AGENDA), to_read="", to_change="geheim"))) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
async def test_texts_of_every_usual_encoding(encoding: str) -> None:
    """A Dutch text keeps its letters, whichever editor wrote it."""
    assert await read("1. Coördinatie – geïnd".encode(encoding)) == "1. Coördinatie – geïnd"


def with_part(name: str, part: bytes) -> bytes:
    """Return a DOCX with a part replaced or added."""
    return patched(word(AGENDA), {name: part})


def macros() -> bytes:
    """Return a DOCX that holds a program."""
    return with_part("word/vbaProject.bin", b"x")


def many_pages() -> bytes:
    """Return a PDF that is no agenda but a book."""
    return blank(51)


def nested() -> bytes:
    """Return a DOCX with more tables in each other than any stack holds."""
    deep = b"<w:tbl><w:tr><w:tc>" * 20_000 + b"</w:tc></w:tr></w:tbl>" * 20_000
    return with_part(
        "word/document.xml",
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + deep
        + b"</w:body></w:document>",
    )


def entities() -> bytes:
    """Return a DOCX in which entities would grow without end."""
    return with_part("word/document.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><w/>')


def archive() -> bytes:
    """Return a ZIP with whatever."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        parts.writestr("agenda.txt", AGENDA)
    return buffer.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "only spaces": (lambda: b" \n\n ", "empty"),
    "an empty document": (lambda: word(""), "empty"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "agenda"),
    "the old Word": (lambda: OLE + b"\0" * 2_000, "agenda"),
    "RTF": (lambda: b"{\\rtf1 1. Opening}", "agenda"),
    "OpenDocument": (lambda: patched(word(AGENDA), {"content.xml": b"<x/>", "word/document.xml": None}), "agenda"),
    "a workbook": (lambda: saved_book(workbook()), "agenda"),
    "a ZIP": (archive, "agenda"),
    "a document with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a PDF with a password": (lambda: locked(pdf(AGENDA), to_read="geheim", to_change="x"), "password"),
    "a scan": (blank, "no_text"),
    "a book": (many_pages, "pages"),
    "macros": (macros, "macros"),
    "a zip bomb": (lambda: with_part("word/document.xml", ZEROS), "unpacked"),
    "entities": (entities, "broken"),
    "half a document": (lambda: word(AGENDA)[:-200], "broken"),
    "half a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n<<", "broken"),
    "letters of another encoding": (lambda: b"1. Co\x81rdinatie", "encoding"),
    "mangled letters": ("1. CoÃ¶rdinatie".encode, "encoding"),
    "half a character": (lambda: b"\xff\xfe1", "encoding"),
    "a very long text": (lambda: b"1. Opening\n" * 20_000, "unpacked"),
    "more than 20 MB": (lambda: bytes(20_000_001), "size"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_cannot_be_read_is_refused_for_its_reason(name: str) -> None:
    """Each kind of file that is no agenda, with the reason that its sender can do something with."""
    make, reason = HOSTILE[name]
    with pytest.raises(FileRefused) as caught:
        await read(make())
    assert caught.value.reason == reason


async def test_tables_within_tables_without_end() -> None:
    """A document that no stack holds ends in a refusal, and never in the bot."""
    with pytest.raises(FileRefused) as caught:
        await read(nested())
    assert caught.value.reason in {"unpacked", "broken"}
