"""The number and the title of a paper, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import FileRefused
from assembly.papers import TITLE_LIMIT, check_paper, paper_number, paper_title


@pytest.mark.parametrize(
    ("caption", "name", "number", "title"),
    [
        ("bijlage 4", "voorstel.pdf", 4, "Voorstel"),
        ("", "Bijlage_4.pdf", 4, ""),
        ("", "4. Voorstel.pdf", 4, "Voorstel"),
        ("Bijlage 4: Samen innoveren", "scan.pdf", 4, "Samen innoveren"),
        ("Bijlage 4 – Samen innoveren", "Bijlage_9.pdf", 4, "Samen innoveren"),
        ("", "bijlage4-voorstel.docx", 4, "Voorstel"),
        ("", "04 Notulen.pdf", 4, "Notulen"),
        ("", "Bijlage_10_Hosting_e-Suite.pdf", 10, "Hosting e-Suite"),
        ("bijlage nr. 12", "x.pdf", 12, "X"),
        ("12", "stuk.pdf", 12, "Stuk"),
        ("Notulen (bijlage 1)", "x.pdf", 1, "Notulen"),
    ],
)
def test_number_and_title_are_found(caption: str, name: str, number: int, title: str) -> None:
    """The caption goes before the file's name, and what is not the number is the title."""
    assert paper_number(caption, name) == number
    assert paper_title(caption, name) == title


@pytest.mark.parametrize(
    "name", ["notulen.pdf", "2019-02-13 notulen.pdf", "13-02-2019.pdf", "1.2 stuk.pdf", "bijlage 0.pdf", "2019.pdf", ""]
)
def test_dates_and_versions_are_no_number(name: str) -> None:
    """A file without a number of its own is refused: a guess would put it under the wrong item."""
    with pytest.raises(FileRefused) as refused:
        paper_number("", name)
    assert refused.value.reason == "number"


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
