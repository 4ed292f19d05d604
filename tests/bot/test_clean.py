"""What no database and no encoding can hold is taken out where it comes in."""

from bot.clean import clean


def test_clean() -> None:
    """Unusable characters are replaced one for one, however deep; everything else stays as it is."""
    raw = {"text": "a\x00b\ud800c\udfff", "list": [1, None, {"x": "\x00"}], "emoji": "😀", "number": 1.5, "yes": True}
    cleaned = clean(raw)
    assert cleaned == {
        "text": "a\ufffdb\ufffdc\ufffd",
        "list": [1, None, {"x": "\ufffd"}],
        "emoji": "😀",
        "number": 1.5,
        "yes": True,
    }
    assert clean("") == ""
