"""The number and the title of a paper, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import FileRefused, PaperNumberNotUnderstood
from assembly.papers import TITLE_LIMIT, check_paper, paper_number, paper_order, paper_title, written_number


@pytest.mark.parametrize(
    ("caption", "name", "number", "title"),
    [
        ("bijlage 4", "voorstel.pdf", "4", "Voorstel"),
        ("", "Bijlage_4.pdf", "4", ""),
        ("", "4. Voorstel.pdf", "4", "Voorstel"),
        ("Bijlage 4: Samen innoveren", "scan.pdf", "4", "Samen innoveren"),
        ("Bijlage 4 – Samen innoveren", "Bijlage_9.pdf", "4", "Samen innoveren"),
        ("", "bijlage4-voorstel.docx", "4", "Voorstel"),
        ("", "04 Notulen.pdf", "4", "Notulen"),
        ("", "Bijlage_10_Hosting_e-Suite.pdf", "10", "Hosting e-Suite"),
        ("bijlage nr. 12", "x.pdf", "12", "X"),
        ("12", "stuk.pdf", "12", "Stuk"),
        ("Notulen (bijlage 1)", "x.pdf", "1", "Notulen"),
        ("", "Bijlage 4 - Begroting 2019.pdf", "4", "Begroting 2019"),
        ("", "bijl. 4a.pdf", "4a", ""),
        ("", "bijl_4A_toelichting.pdf", "4a", "Toelichting"),
        ("", "4b Toelichting.pdf", "4b", "Toelichting"),
        ("Bijlage 5.1: Jaarrekening", "x.pdf", "5.1", "Jaarrekening"),
        ("bijlage 5.1.", "x.pdf", "5.1", "X"),
        ("", "Bijlage B - Statuten.docx", "B", "Statuten"),
        ("", "A. Statuten.docx", "A", "Statuten"),
        ("", "Bijlage III reglement.pdf", "III", "Reglement"),
        ("Bijlagenr. 7", "x.pdf", "7", "X"),
    ],
)
def test_number_and_title_are_found(caption: str, name: str, number: str, title: str) -> None:
    """The caption goes before the file's name, and what is not the number is the title."""
    assert paper_number(caption, name) == number
    assert paper_title(caption, name) == title


@pytest.mark.parametrize(
    "name",
    [
        "notulen.pdf",
        "2019-02-13 notulen.pdf",
        "13-02-2019.pdf",
        "1.2 stuk.pdf",
        "bijlage 0.pdf",
        "2019.pdf",
        "bijlage 2019.pdf",
        "bijlage o.pdf",
        "een bijlage.pdf",
        "",
    ],
)
def test_dates_and_versions_are_no_number(name: str) -> None:
    """A file without a number of its own has none: a guess would put it under the wrong item."""
    assert paper_number("", name) is None


@pytest.mark.parametrize(
    ("text", "number"), [("4", "4"), (" bijlage 4A ", "4a"), ("b", "B"), ("07", "7"), ("5.1.", "5.1"), ("IV", "IV")]
)
def test_number_that_is_typed(text: str, number: str) -> None:
    """A number stands by itself, or behind the word."""
    assert written_number(text) == number


@pytest.mark.parametrize("text", ["", "vier", "4 en 5", "0", "1234", "-1", "4aa"])
def test_what_is_no_number(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(PaperNumberNotUnderstood):
        written_number(text)


def test_order() -> None:
    """Papers stand as people count: letters behind their number, and lettered papers last."""
    numbers = ["10", "4a", "B", "4", "5.1", "2", "5.10", "5.2", "A"]
    assert sorted(numbers, key=paper_order) == ["2", "4", "4a", "5.1", "5.2", "5.10", "10", "A", "B"]


@pytest.mark.parametrize(
    ("name", "size", "reason"), [("a.EXE", 1, "program"), ("a.pdf.js", 1, "program"), ("a.pdf", 0, "empty")]
)
def test_programs_and_empty_files_are_refused(name: str, size: int, reason: str) -> None:
    """What runs something and what holds nothing is no paper."""
    with pytest.raises(FileRefused) as refused:
        check_paper(name, size)
    assert refused.value.reason == reason


@given(st.text(), st.text())
def test_title_always_fits(caption: str, name: str) -> None:
    """Whatever is written, the title fits in its column and stands on one line."""
    title = paper_title(caption, name)
    assert len(title) <= TITLE_LIMIT
    assert title == " ".join(title.split())


def test_title_hides_nothing() -> None:
    """What nobody sees, or what turns around the reading direction, is no part of a title."""
    assert paper_title("bijlage 4: \u202eBegro\u00adting\0 2020", "x.pdf") == "Begroting 2020"
