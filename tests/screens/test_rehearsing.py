"""What marks the messages of a rehearsal: its heading fits on every screen, and its buttons are no others'."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembly.association import Association
from assembly.errors import Refusal
from assembly.formatting import Entity
from assembly.wording import utf16_length
from records import RECORDS
from screens import render
from screens.content import Album, Button, Content, MadeDocument, StoredDocument
from screens.presses import OpenMenu, Press, ShowRehearsal
from screens.registry import SCREENS
from screens.rehearsing import headed, headed_answer, read_mark
from screens.texts import visible_length
from simulator.text.html import parse_html
from tests.screens import test_every_screen as every

ASSOCIATION = replace(every.ASSOCIATION, rehearsal=123456)
HEADING = "GENERALE REPETITIE – niets hiervan telt"


@pytest.mark.parametrize(
    "name", sorted(name for name, screen in SCREENS.items() if not issubclass(screen.facts_type, Refusal))
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_screen_bears_the_heading(name: str, data: st.DataObject) -> None:
    """Whatever a screen is given, heading and all fit into the message, and its buttons fit with their mark."""
    shown = render(facts := data.draw(st.from_type(SCREENS[name].facts_type)), ASSOCIATION)
    marked = headed(shown, ASSOCIATION)
    if isinstance(marked, Album):
        assert marked.caption == HEADING
    if not isinstance(shown, Content) or not isinstance(marked, Content):
        return
    text = marked.text if marked.entities is not None else parse_html(marked.text)[0]
    assert text.startswith(f"{HEADING}\n\n")
    assert utf16_length(text) <= (1024 if marked.document or type(facts) in RECORDS else 4096)
    for was, button in zip(_buttons(shown), _buttons(marked), strict=True):
        assert len((button.data or "").encode()) <= 64
        assert read_mark(button.data) in {None, (123456, was.data)}


def test_a_marked_button_is_none_of_the_real_ones() -> None:
    """No real handler takes a button of a rehearsal, but those that speak of the rehearsal itself stay real."""
    data = (OpenMenu().encode(), ShowRehearsal(1).encode())
    shown = headed(Content("x", ((Button("a", data[0]), Button("b", data[1])),)), ASSOCIATION)
    assert isinstance(shown, Content)
    marked, real = (button.data for button in _buttons(shown))
    assert marked == f"123456~{data[0]}"
    assert Press.kind_of(marked) is None
    assert read_mark(marked) == (123456, data[0])
    assert real == data[1]
    for forged in ("0~1:menu", "~1:menu", "1234567890~1:menu", "x~1:menu", "1:menu", None, 7):
        assert read_mark(forged) is None


def test_formatting_stays_where_it_was() -> None:
    """A notice's own formatting moves along with its words; what has no room any more gives way at the end."""
    notice = Content("😀 vet" + "x" * 4090, entities=(Entity("bold", 3, 3), Entity("italic", 4000, 96)))
    shown = headed(notice, ASSOCIATION)
    assert isinstance(shown, Content)
    assert utf16_length(shown.text) <= 4096
    assert shown.entities is not None
    heading, bold, italic = shown.entities
    units = shown.text.encode("utf-16-le")
    assert units[2 * bold.offset : 2 * (bold.offset + bold.length)].decode("utf-16-le") == "vet"
    assert heading == Entity("bold", 0, len(HEADING))
    assert italic.offset + italic.length <= utf16_length(shown.text)


def test_nothing_real_is_marked() -> None:
    """Without a rehearsal a screen is as it was."""
    real = Association("Voorbeeld")
    content = Content("x", ((Button("a", OpenMenu().encode()),),), MadeDocument("leden.csv", "text/csv", b""))
    assert headed(content, real) is content
    assert headed_answer("Gestemd.", real) == "Gestemd."
    assert headed_answer("Gestemd.", ASSOCIATION) == "REPETITIE: Gestemd."
    assert headed_answer("", ASSOCIATION) == ""
    marked = headed(content, ASSOCIATION)
    assert isinstance(marked, Content)
    assert isinstance(marked.document, MadeDocument)
    assert marked.document.name == "REPETITIE-leden.csv"
    album = headed(Album((StoredDocument("1"), StoredDocument("2"))), ASSOCIATION)
    assert isinstance(album, Album)
    assert album.caption == HEADING
    assert visible_length(HEADING) + 2 < 80


def _buttons(content: Content) -> list[Button]:
    return [button for row in content.keyboard for button in row]
