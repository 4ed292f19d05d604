"""All papers in one file: the ZIP, and the PDF with its front page and bookmarks."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination, DictionaryObject, NameObject, TextStringObject

from assembly.association import Association
from assembly.errors import SetNotMade
from assembly.facts.convening import PaperFile, PaperSet
from assembly.papers import SetForm
from bot import binding
from bot.binding import made_set
from records import Record
from tests.support.documents import blank, locked, pdf, saved

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.")
STARTS_AT = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)


def paper_set(form: SetForm, *papers: PaperFile, left_out: Sequence[tuple[str, int, str]] = ()) -> PaperSet:
    """Return a set of papers."""
    return PaperSet(1, "ALV 13 februari 2019", STARTS_AT, form, "set:key", "", papers, tuple(left_out))


def paper(number: str, content: bytes, title: str = "", name: str = "scan.pdf", version: int = 1) -> PaperFile:
    """Return a paper."""
    return PaperFile(number, version, title, name, content)


async def made(facts: PaperSet) -> Record:
    """Return the file that is made."""
    record = await made_set(facts, ASSOCIATION)
    assert record is not None
    return record


def bookmarks(content: bytes) -> list[tuple[str, int]]:
    """Return the bookmarks of a PDF with the pages, from 1, to which they lead."""
    reader = PdfReader(io.BytesIO(content))
    found = [item for item in reader.outline if isinstance(item, Destination)]
    assert len(found) == len(reader.outline), "bookmarks stand on one level"
    return [(str(item.title), (reader.get_destination_page_number(item) or 0) + 1) for item in found]


async def test_zip_by_number() -> None:
    """Each paper is there byte for byte, under a name that says what it is and that every system takes."""
    facts = paper_set(
        SetForm.ZIP,
        paper("1", b"een", "Notulen"),
        paper("4a", b"vier", "Begroting: 2019/2020?", "x.XLSX", version=2),
        paper("5", b"vijf", "../../etc/passwd", "y.pdf"),
    )
    record = await made(facts)
    assert (record.name, record.upload_key) == ("Stukken ALV 13 februari 2019.zip", "set:key")
    with zipfile.ZipFile(io.BytesIO(record.content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "Bijlage 1 - Notulen.pdf": b"een",
            "Bijlage 4a - Begroting- 2019-2020- (versie 2).xlsx": b"vier",
            "Bijlage 5 - ..-..-etc-passwd.pdf": b"vijf",
        }
    assert (await made(facts)).content == record.content


async def test_pdf_with_bookmarks() -> None:
    """A front page, then every paper behind a bookmark; the page numbers on the front are those of the PDF."""
    facts = paper_set(
        SetForm.PDF,
        paper("1", blank(3), "Notulen"),
        paper("2", pdf("Voordracht"), "Voordracht"),
        left_out=[("3", 1, "Tarieven")],
    )
    content = (await made(facts)).content
    assert bookmarks(content) == [("Bijlage 1 – Notulen", 2), ("Bijlage 2 – Voordracht", 5)]
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 5
    front = " ".join(reader.pages[0].extract_text().split())
    assert "ALV 13 februari 2019 woensdag 13 februari 2019" in front
    assert "Bijlage 1 – Notulen blz. 2 Bijlage 2 – Voordracht blz. 5" in front
    assert front.endswith("Bijlage 3 – Tarieven")


async def test_a_long_list_takes_more_pages() -> None:
    """With many papers the front takes several pages, and still counts right."""
    facts = paper_set(SetForm.PDF, *(paper(str(number), blank(), f"Stuk {number} " * 9) for number in range(1, 61)))
    content = (await made(facts)).content
    found = bookmarks(content)
    reader = PdfReader(io.BytesIO(content))
    assert found[0][1] > 2
    assert [page for _, page in found] == list(range(found[0][1], len(reader.pages) + 1))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages[: found[0][1] - 1]).split())
    assert f"blz. {found[-1][1]}" in text


@pytest.mark.parametrize(
    "content",
    [b"no PDF", b"%PDF-1.7\n1 0 obj\n<<", locked(pdf("Geheim"), to_read="geheim", to_change="x"), b""],
    ids=["text", "half", "protected", "empty"],
)
async def test_what_cannot_be_bound_is_named(content: bytes) -> None:
    """One bad paper takes none of the others along."""
    facts = paper_set(SetForm.PDF, paper("1", content, "Kapot"), paper("2", pdf("Goed"), "Goed"))
    record = await made(facts)
    assert bookmarks(record.content) == [("Bijlage 2 – Goed", 2)]
    front = PdfReader(io.BytesIO(record.content)).pages[0].extract_text()
    assert front.strip().endswith("Bijlage 1 – Kapot")


async def test_what_anybody_may_read_is_bound() -> None:
    """A PDF that is only protected against changes is bound."""
    facts = paper_set(SetForm.PDF, paper("1", locked(pdf("Vrij"), to_read="", to_change="geheim")))
    assert bookmarks((await made(facts)).content) == [("Bijlage 1", 2)]


async def test_nothing_runs_in_what_is_bound() -> None:
    """What a paper would run when it is opened stays behind."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Stuk"))))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("x.exe", b"MZ")
    hostile = saved(writer)
    assert b"JavaScript" in hostile
    assert b"EmbeddedFile" in hostile
    content = (await made(paper_set(SetForm.PDF, paper("1", hostile)))).content
    assert b"JavaScript" not in content
    assert b"EmbeddedFile" not in content


async def test_binding_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked is told to take the ZIP instead."""
    monkeypatch.setattr(binding, "SECONDS", 0.01)
    with pytest.raises(SetNotMade):
        await made(paper_set(SetForm.PDF, paper("1", pdf("Stuk"))))


async def test_what_telegram_has_is_not_made_again() -> None:
    """Then there is nothing to make."""
    assert await made_set(replace(paper_set(SetForm.PDF), telegram_file_id="file"), ASSOCIATION) is None
