"""Texts that people write."""

import pytest

from assembly.errors import TextMissing, TextTooLong
from assembly.wording import utf16_length, written_line, written_text


def test_invisible_characters_go() -> None:
    """Direction marks, NULs and soft hyphens go; line breaks stay in a text and become spaces on a line."""
    assert written_text(" a\0b\u202e\u00adc\r\n\r\nd\t \n", 10) == "abc\n\nd"
    assert written_line(" a \n b\u00a0c ", 10) == "a b c"
    assert written_line("👩\u200d💻", 5) == "👩\u200d💻"


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u2060", "\u200d", "\u2800\u3164", "\u202e\0"])
def test_nothing_visible_is_no_text(text: str) -> None:
    """A text that nobody can see is refused."""
    with pytest.raises(TextMissing):
        written_text(text, 10)


def test_length_counts_as_telegram_counts() -> None:
    """An emoji outside of the basic plane takes two units."""
    assert utf16_length("a😀") == 3
    with pytest.raises(TextTooLong) as refused:
        written_text("😀😀", 3)
    assert (refused.value.length, refused.value.limit) == (4, 3)
