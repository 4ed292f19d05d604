"""Formatted text: entities, offsets, trimming, and what Telegram finds by itself."""

import html as standard_html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ApiError
from simulator.text import FormattedText, finish, parse_html, to_html, utf16_length

_TAGS = ("b", "i", "u", "s", "tg-spoiler", "code", "blockquote")


def _parsed(source: str) -> FormattedText:
    return finish(*parse_html(source))


def _marks(formatted: FormattedText) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in formatted.entities]


@pytest.mark.parametrize(
    ("source", "text", "marks"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em><del>c</del><ins>d</ins>", "abcd",
         [("bold", 0, 1), ("italic", 1, 1), ("strikethrough", 2, 1), ("underline", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("&lt;b&gt; &amp; &quot;&#8364;&#x20AC;", '<b> & "€€', []),
        ("&nbsp;&copy", "&nbsp;&copy", []),
        ("<B>a</>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("👍🏽<b>a</b>", "👍🏽a", [("bold", 4, 1)]),
        ("  <b> a </b>  ", " a", [("bold", 0, 2)]),
        ("a <b>b </b> ", "a b", [("bold", 2, 1)]),
        ("Zie /stemmen@testbot en @annadewit", "Zie /stemmen@testbot en @annadewit",
         [("bot_command", 4, 16), ("mention", 24, 10)]),
        ("info@voorbeeld.nl, www.voorbeeld.nl/x.", "info@voorbeeld.nl, www.voorbeeld.nl/x.",
         [("email", 0, 17), ("url", 19, 18)]),
        ("<code>/stemmen</code>", "/stemmen", [("code", 0, 8)]),
        ("https://voorbeeld.nl/a?b=c", "https://voorbeeld.nl/a?b=c", [("url", 0, 26)]),
        ("1/2 en en/of", "1/2 en en/of", []),
        ("a\r\n<b>b</b>\tc", "a\nb c", [("bold", 2, 1)]),
    ],
)  # fmt: skip
def test_examples(source: str, text: str, marks: list[tuple[str, int, int]]) -> None:
    """Each source gives this text and these entities."""
    formatted = _parsed(source)
    assert formatted.text == text
    assert _marks(formatted) == marks


def test_links() -> None:
    """Links are completed, links to people become mentions, and links that lead nowhere are dropped."""
    assert _parsed('<a href="voorbeeld.nl">x</a>').entities[0]["url"] == "http://voorbeeld.nl/"
    assert (
        _parsed("<a href='https://voorbeeld.nl?a=1&amp;b=2'>x</a>").entities[0]["url"]
        == "https://voorbeeld.nl/?a=1&b=2"
    )
    mention = parse_html('<a href="tg://user?id=42">Anna</a>')[1]
    assert mention == [{"type": "text_mention", "offset": 0, "length": 4, "user_id": 42}]
    assert _parsed('<a href="nergens">x</a>') == FormattedText("x")


def test_code_with_language() -> None:
    """A pre with a code in it is one block with a language."""
    source = '<pre><code class="language-python">x = 1</code></pre>'
    assert _parsed(source).entities == ({"type": "pre", "offset": 0, "length": 5, "language": "python"},)
    assert to_html(_parsed(source)) == source


@pytest.mark.parametrize(
    "source",
    [
        "<",
        "<b",
        "<b>",
        "</b>",
        "<b></i>",
        "<x>a</x>",
        "<a href=x",
        '<a href="x',
        "<b>a</b",
        "a<b",
        "<b =1>a</b>",
        "<br/>",
    ],
)
def test_refused(source: str) -> None:
    """Broken markup is refused with "can't parse entities"."""
    with pytest.raises(ApiError, match=r"^Bad Request: can't parse entities: "):
        parse_html(source)


@given(st.text())
def test_escaped_text_survives(text: str) -> None:
    """Any text, once escaped, comes through as it was, without entities of ours."""
    plain, entities = parse_html(standard_html.escape(text.encode("utf-8", "replace").decode(), quote=False))
    assert plain == text.encode("utf-8", "replace").decode()
    assert entities == []


@given(st.text(alphabet="<>/&;ab=\"' é🗳#x1", max_size=30))
def test_never_breaks(source: str) -> None:
    """Whatever is written, it is either parsed or refused in Telegram's words, and entities stay inside the text."""
    try:
        formatted = _parsed(source)
    except ApiError as refusal:
        assert refusal.description.startswith("Bad Request: ")  # noqa: PT017 - both outcomes are fine
        return
    for entity in formatted.entities:
        assert entity["offset"] >= 0
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= utf16_length(formatted.text)


@st.composite
def _marked(draw: st.DrawFn, depth: int = 3) -> str:
    """Well-formed markup, nested to some depth, without spaces at the edges of tags."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        words = standard_html.escape(draw(st.text(alphabet="aé🗳<&", min_size=1, max_size=4)), quote=False)
        if depth and draw(st.booleans()):
            tag = draw(st.sampled_from(_TAGS))
            words = f"<{tag}>{draw(_marked(depth=depth - 1))}</{tag}>"
        parts.append(words)
    return "".join(parts)


@given(_marked())
def test_rendering_is_parsed_again(source: str) -> None:
    """What is rendered for people parses to the same text and entities."""
    once = _parsed(source)
    again = _parsed(to_html(once).replace("&#x27;", "'"))
    assert again.text == once.text
    assert sorted(_marks(again)) == sorted(_marks(once))


def test_at_most_a_hundred_entities() -> None:
    """What exceeds a hundred entities is dropped without a word."""
    formatted = _parsed("<b>a</b> " * 150)
    assert len(formatted.entities) == 100
    assert utf16_length(formatted.text) == 299


def test_hostile_text_is_harmless() -> None:
    """Nothing that a person or a bot writes becomes markup on the page."""
    assert to_html(FormattedText('<script>alert("x")</script>')) == "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"
    link = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}
    assert to_html(FormattedText("x", (link,))) == '<a href="#">x</a>'
    quoted = {"type": "text_link", "offset": 0, "length": 1, "url": 'https://x.nl/"onclick="y'}
    assert to_html(FormattedText("x", (quoted,))) == '<a href="https://x.nl/&quot;onclick=&quot;y">x</a>'


def test_crossing_entities_are_split() -> None:
    """Entities that cross each other still give well-formed markup."""
    crossing = (
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 2},
    )
    assert to_html(FormattedText("abc", crossing)) == "<b>a<i>b</i></b><i>c</i>"
