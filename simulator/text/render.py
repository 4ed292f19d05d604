"""Formatted text as safe HTML, for the page of chats and for tests that look at formatting."""

import itertools
from html import escape
from typing import Any

from simulator.text.entities import FormattedText

Json = dict[str, Any]

_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip
_SAFE_SCHEMES = ("http://", "https://", "tg://")


def to_html(formatted: FormattedText) -> str:
    """Render text with entities; everything else is escaped, line breaks stay as they are.

    Entities that cross each other are split, as the clients do: a tag is closed and opened again where needed.
    """
    units = formatted.text.encode("utf-16-le")
    borders = {0, len(units) // 2}
    for entity in formatted.entities:
        borders |= {entity["offset"], min(entity["offset"] + entity["length"], len(units) // 2)}
    places = sorted(borders)
    parts: list[str] = []
    opened: list[Json] = []
    for start, stop in itertools.pairwise(places):
        active = [item for item in formatted.entities if item["offset"] <= start < item["offset"] + item["length"]]
        shared = 0
        while shared < min(len(opened), len(active)) and opened[shared] is active[shared]:
            shared += 1
        parts += [_end(entity) for entity in reversed(opened[shared:])]
        piece = units[2 * start : 2 * stop].decode("utf-16-le", "replace")
        parts += [_start(entity, units) for entity in active[shared:]]
        parts.append(escape(piece))
        opened = active
    parts += [_end(entity) for entity in reversed(opened)]
    return "".join(parts)


def _start(entity: Json, units: bytes) -> str:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>"
    if kind == "pre":
        language = entity.get("language")
        return f'<pre><code class="language-{escape(language)}">' if language else "<pre>"
    if link := _target(entity, units):
        return f'<a href="{escape(link)}">'
    return f'<span class="{escape(kind)}">'


def _end(entity: Json) -> str:
    kind = entity["type"]
    if kind in _TAGS:
        return f"</{_TAGS[kind]}>"
    if kind == "pre":
        return "</code></pre>" if entity.get("language") else "</pre>"
    return "</a>" if kind in {"text_link", "url", "email", "text_mention"} else "</span>"


def _target(entity: Json, units: bytes) -> str | None:
    """Return where an entity leads to (nowhere, if it could be harmful), None if it is no link."""
    piece = units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le", "replace")
    match entity["type"]:
        case "text_link":
            link = str(entity["url"])
        case "url":
            link = piece if "://" in piece else f"https://{piece}"
        case "email":
            return f"mailto:{piece}"
        case "text_mention":
            return f"tg://user?id={entity['user']['id']}"
        case _:
            return None
    return link if link.lower().startswith(_SAFE_SCHEMES) else "#"
