"""Formatting in UTF-16 units: joined, and cut without losing a character or moving an entity."""

from hypothesis import given
from hypothesis import strategies as st

from assembly.formatting import Entity, Formatted, harmless, joined, pieces
from assembly.wording import utf16_length

LETTERS = st.text(alphabet=st.sampled_from("ab 😀é\n"), max_size=200)


def covered(text: Formatted) -> list[str]:
    """Return what each entity covers."""
    units = text.text.encode("utf-16-le")
    return [units[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le") for e in text.entities]


def test_joined_entities_move_along() -> None:
    """An emoji before a text moves its entities by two."""
    bold = Formatted("vet", (Entity("bold", 0, 3),))
    both = joined(Formatted("😀\n\n"), bold, Formatted("!"), bold)
    assert both.text == "😀\n\nvet!vet"
    assert covered(both) == ["vet", "vet"]


def test_cut_between_paragraphs_before_lines_before_words() -> None:
    """The best place in the second half of the room is taken."""
    assert [p.text for p in pieces(Formatted("een\n\ntwee drie"), 10)] == ["een\n\ntwee", "drie"]
    assert [p.text for p in pieces(Formatted("eenen\n\ntwee drie"), 10)] == ["eenen", "twee drie"]
    assert [p.text for p in pieces(Formatted("aa bb cc\ndd ee"), 10)] == ["aa bb cc", "dd ee"]
    assert [p.text for p in pieces(Formatted("aaaaaaaaaaaa"), 10)] == ["aaaaaaaaaa", "aa"]
    assert [p.text for p in pieces(Formatted("a" + "😀" * 6), 10)] == ["a" + "😀" * 4, "😀" * 2]


def test_formatting_goes_on_behind_a_cut() -> None:
    """An entity over a cut is in both pieces; one that lies in the gap is gone."""
    whole = Formatted(
        "aaaaaa bbbbbb", (Entity("bold", 4, 6), Entity("text_link", 8, 2, "https://x.nl"), Entity("code", 6, 1))
    )
    first, second = pieces(whole, 8)
    assert first == Formatted("aaaaaa", (Entity("bold", 4, 2),))
    assert second == Formatted("bbbbbb", (Entity("bold", 0, 3), Entity("text_link", 1, 2, "https://x.nl")))


@given(LETTERS, st.integers(4, 30))
def test_no_character_is_lost(text: str, limit: int) -> None:
    """Every piece fits, can be seen, and all letters are there in order."""
    found = pieces(Formatted(text), limit)
    assert all(utf16_length(piece.text) <= limit and piece.text.strip() for piece in found)
    assert "".join("".join(piece.text for piece in found).split()) == "".join(text.split())


@given(LETTERS, st.data())
def test_entities_cover_what_they_covered(text: str, data: st.DataObject) -> None:
    """Together the pieces of an entity cover its words."""
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    offset, length = utf16_length(text[:start]), utf16_length(text[start:stop])
    found = pieces(Formatted(text, (Entity("bold", offset, length),) if length else ()), 17)
    words = "".join(part for piece in found for part in covered(piece))
    assert "".join(words.split()) == "".join(text[start:stop].split())


def test_what_can_be_nowhere_is_replaced_in_place() -> None:
    """A NUL, half of a pair and a mark of direction become a sign of one unit, so that nothing moves."""
    given = Formatted("a\0\ud800b\u202ec", (Entity("bold", 3, 1), Entity("bold", 5, 2), Entity("bold", -1, 2)))
    assert harmless(given) == Formatted("a��b\u2060c", (Entity("bold", 3, 1),))
