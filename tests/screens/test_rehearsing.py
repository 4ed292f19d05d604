"""What marks the messages of a rehearsal; that it fits on every screen is tested with the screens."""

from assembly.association import Association
from assembly.formatting import Entity
from assembly.wording import utf16_length
from screens.content import Album, Button, Content, MadeDocument, StoredDocument
from screens.presses import OpenMenu, Press, ShowRehearsal
from screens.rehearsing import headed, headed_answer, read_mark
from screens.texts import visible_length

ASSOCIATION = Association("Voorbeeld", rehearsal=123456)
HEADING = "GENERALE REPETITIE – niets hiervan telt"


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


def test_a_long_text_gives_way() -> None:
    """The heading is never what is left out."""
    shown = headed(Content("<b>" + "&lt;" * 4090 + "</b>"), ASSOCIATION)
    assert isinstance(shown, Content)
    assert shown.text.startswith(f"<b>{HEADING}</b>\n\n&lt;")
    assert visible_length(shown.text) == 4096


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
