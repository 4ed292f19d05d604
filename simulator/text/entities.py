"""Plain text with entities; offsets and lengths count UTF-16 code units, as everywhere in the Bot API."""

import re
from dataclasses import dataclass
from typing import Any

from simulator.errors import ApiError, bad_request

Json = dict[str, Any]

_PLAIN_TYPES = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
}  # fmt: skip
_DETECTED = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number",
}  # fmt: skip
_ORDER = ["blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic"]
_MAX_UNITS = 1_000_000
_MAX_ENTITIES = 100  # what exceeds it is silently dropped, as Telegram does
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
_PATH = r"(?:/\S*[^\s.,;:!?)\]])?"
_AUTOMATIC = [
    ("email", re.compile(rf"(?<![\w.+-])[\w.+-]+@{_HOST}[a-z]{{2,}}\b", re.IGNORECASE)),
    ("url", re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]", re.IGNORECASE)),
    ("url", re.compile(rf"(?<![\w@.-]){_HOST}(?:nl|be|com|org|net|eu|me)(?![\w.-]*\w){_PATH}", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
]


@dataclass(frozen=True)
class FormattedText:
    """Text as a message holds it: ``entities`` are MessageEntity objects, sorted by offset."""

    text: str = ""
    entities: tuple[Json, ...] = ()


def utf16_length(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    return len(text.encode("utf-16-le")) // 2


def given_entities(items: object) -> list[Json]:
    """Check explicit entities as the Bot API does; those that Telegram finds by itself are ignored."""
    if not isinstance(items, list):
        return []
    return [checked for item in items if (checked := _given_entity(item)) is not None]


def _given_entity(item: object) -> Json | None:
    if not isinstance(item, dict):
        raise _unparsable("expected an Object")
    place = {name: _whole_number(item, name) for name in ("offset", "length")}
    if "type" not in item:
        raise _unparsable('Can\'t find field "type"')
    if not isinstance(item["type"], str):
        raise _unparsable('Field "type" must be of type String')
    known = _of_known_type({**item, **place})
    for name, value in place.items():
        if known is not None and not 0 <= value <= _MAX_UNITS:
            raise bad_request(f"receive an entity with incorrect {name} {value}")
    return known


def _whole_number(item: Json, name: str) -> int:
    """Return a number; as everywhere in the Bot API a string that holds one will do."""
    if name not in item:
        raise _unparsable(f'Can\'t find field "{name}"')
    value = item[name]
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _unparsable(f'Field "{name}" must be a Number')
    if not re.fullmatch(r"-?\d+", str(value), re.ASCII):
        raise _unparsable(f'Field "{name}" must be a valid Number')
    return int(value)


def _of_known_type(item: Json) -> Json | None:
    """Return what an entity says, None for those that Telegram finds by itself."""
    kind = item["type"]
    kept = {name: item[name] for name in ("type", "offset", "length")}
    match kind:
        case "text_link":
            return {**kept, "url": _needed_text(item, "url")}
        case "text_mention":
            if not isinstance(item.get("user", {}), dict):
                raise _unparsable('Field "user" must be of type Object')
            if "user" not in item:
                raise _unparsable('Can\'t find field "user"')
            return {**kept, "user_id": _whole_number(item["user"], "id")}
        case "custom_emoji":
            return {**kept, "custom_emoji_id": str(_whole_number(item, "custom_emoji_id"))}
        case "pre" if item.get("language"):
            return {**kept, "language": _needed_text(item, "language")}
    if kind in _DETECTED:
        return None
    if kind not in _PLAIN_TYPES:
        raise _unparsable("Unsupported type specified")
    return kept


def _needed_text(item: Json, name: str) -> str:
    if name not in item:
        raise _unparsable(f'Can\'t find field "{name}"')
    if isinstance(item[name], bool) or not isinstance(item[name], str | int | float):
        raise _unparsable(f'Field "{name}" must be of type String')
    return str(item[name])


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {reason}")


def finish(text: str, entities: list[Json]) -> FormattedText:
    """Clean, trim and complete a text as Telegram does before it is stored.

    Control characters become spaces, spaces and newlines at both ends go (entities shrink with them; at the start only
    up to the first entity), and links, commands, mentions, hashtags and addresses are found.
    """
    text, entities = _without_returns(text, entities)
    text = "".join(" " if sign < " " and sign != "\n" else sign for sign in text)
    end = utf16_length(text.rstrip(" \n"))
    text = text.rstrip(" \n")
    kept = []
    for entity in entities:
        stop = min(entity["offset"] + entity["length"], end)
        if stop > entity["offset"]:
            kept.append({**entity, "length": stop - entity["offset"]})
    lead = len(text) - len(text.lstrip(" \n"))
    lead = min([lead, *(entity["offset"] for entity in kept)])
    text = text[lead:]
    kept = [{**entity, "offset": entity["offset"] - lead} for entity in kept]
    kept += _automatic(text, kept)
    return FormattedText(text, tuple(sorted(kept, key=_rank)[:_MAX_ENTITIES]))


def _without_returns(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Drop carriage returns, and move the entities along."""
    units = memoryview(text.encode("utf-16-le")).cast("H").tolist()

    def moved(entity: Json) -> Json:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        return {
            **entity,
            "offset": start - units[:start].count(13),
            "length": stop - start - units[start:stop].count(13),
        }

    return text.replace("\r", ""), [moved(entity) for entity in entities] if "\r" in text else entities


def _rank(entity: Json) -> tuple[int, int, int]:
    kind = entity["type"]
    return entity["offset"], -entity["length"], _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _automatic(text: str, given: list[Json]) -> list[Json]:
    """Find what Telegram marks by itself, outside code, links and what was found before."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in given
        if entity["type"] in {"code", "pre", "text_link", "text_mention"}
    ]
    found: list[Json] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            stop = start + utf16_length(match.group())
            if all(stop <= first or last <= start for first, last in taken):
                taken.append((start, stop))
                found.append({"type": kind, "offset": start, "length": stop - start})
    return found
