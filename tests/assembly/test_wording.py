"""Texts that people write, and the formatting that they give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import TextMissing, TextTooLong
from assembly.markup import simple_html, visible_text
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


@pytest.mark.parametrize(
    ("html", "simple"),
    [
        ("<b>vet</b> &amp; <i>schuin</i>", "<b>vet</b> &amp; <i>schuin</i>"),
        ("<b>open", "<b>open</b>"),
        ("<b><i>door</b> elkaar</i>", "<b><i>door</i></b> elkaar"),
        ('<a href="https://x.nl/?a=1&amp;b=2">link</a>', '<a href="https://x.nl/?a=1&amp;b=2">link</a>'),
        ('<a href="javascript:alert(1)">link</a>', "link"),
        ('<a href="tg://user?id=5">iemand</a>', "iemand"),
        ("<h1>kop</h1><br>tekst", "koptekst"),
        ("<pre><code class='x'>1 &lt; 2</code></pre>", "<pre><code>1 &lt; 2</code></pre>"),
        ("</b>", ""),
        ("\u202e<b>\u2067om</b>\u200f", "<b>om</b>"),
    ],
)
def test_formatting_is_simplified(html: str, simple: str) -> None:
    """Only simple tags and web links stay, each closed in order."""
    assert simple_html(html) == simple


@given(st.text(alphabet=st.sampled_from("<>/bia&;\"'= x😀"), max_size=60))
def test_simple_html_is_stable(html: str) -> None:
    """What was simplified once does not change again, and its words are the same."""
    once = simple_html(html)
    assert simple_html(once) == once
    assert visible_text(simple_html(once)) == visible_text(once)
