"""The HTML parse mode, as strict as Telegram's parser and with its error texts.

Follows ``parse_html`` of tdlib/td (td/telegram/MessageEntity.cpp): it works on UTF-8 bytes, so that the byte offsets
in its errors are the same.
"""

import contextlib
import re
from dataclasses import dataclass
from typing import Any

from simulator.errors import bad_request
from simulator.links import LinkError, checked_link, linked_user

Json = dict[str, Any]

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "pre": "pre", "code": "code", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_SPACE = b" \t\r\n\0\v"
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?")
_LONGEST_NUMERIC_REFERENCE = 9


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities, innermost first; raise ApiError with Telegram's words."""
    return _Parser(source).parse()


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


class _Parser:
    """One pass over the bytes; ``at`` is the position of the next byte."""

    def __init__(self, source: str) -> None:
        self.data = source.encode("utf-8", "replace")
        self.at = 0
        self.out = bytearray()
        self.units = 0
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.data):
            byte = self.data[self.at]
            if byte == ord("&") and (sign := self._reference()):
                self._write(sign.encode())
            elif byte == ord("<"):
                self._tag()
            else:
                self._write(self.data[self.at : self.at + 1])
                self.at += 1
        if self.stack:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":  # only a block of code keeps its language
                entity.pop("language", None)
        return self.out.decode("utf-8", "replace"), self.entities

    def _write(self, data: bytes) -> None:
        self.out += data
        # A continuation byte starts no character; a four-byte character is a surrogate pair.
        self.units += sum((byte & 0xC0 != 0x80) + (byte >= 0xF0) for byte in data)  # noqa: PLR2004

    def _peek(self) -> int:
        return self.data[self.at] if self.at < len(self.data) else 0

    def _skip(self, *, spaces: bool, stop: bytes = b"") -> bytes:
        """Move over spaces, or over anything up to a space or a byte of ``stop``; return what was passed."""
        begin = self.at
        while self.at < len(self.data):
            byte = self.data[self.at]
            if (byte in _SPACE) != spaces or byte in stop:
                break
            self.at += 1
        return self.data[begin : self.at]

    def _reference(self) -> str:
        """Decode a character reference at the position, or return nothing and stay."""
        match = _REFERENCE.match(self.data, self.at)
        if match is None:
            return ""
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            sign = _NAMED.get(name, "")
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal or b"0")
            length = len(match.group().rstrip(b";"))
            surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - half of a pair is no character
            allowed = 0 < code < 0x10FFFF and length <= _LONGEST_NUMERIC_REFERENCE and not surrogate  # noqa: PLR2004
            sign = chr(code) if allowed else ""
        if sign:
            self.at = match.end()
        return sign

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == ord("/"):
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._skip(spaces=False, stop=b">").decode("utf-8", "replace").lower()
        if self.at >= len(self.data):
            raise _unparsable(f"Unclosed start tag at byte offset {begin}")
        if tag not in _TYPES:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while True:
            self._skip(spaces=True)
            if self._peek() == ord(">"):
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.stack.append(_Open(tag, argument, self.units, len(self.out)))

    def _attribute(self, tag: str, begin: int) -> str:
        """Read one attribute and return what it says about the entity, if anything."""
        name = self._skip(spaces=False, stop=b"=>/\"'").decode("utf-8", "replace")
        if not name:
            raise _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip(spaces=True)
        value = ""
        if self._peek() == ord("="):
            self.at += 1
            self._skip(spaces=True)
            value = self._value(tag, begin)
        elif self.at >= len(self.data):
            raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {begin}')
        match tag, name:
            case "a", "href":
                return value
            case "code", "class":
                return value.removeprefix("language-") if value.startswith("language-") else ""
            case "span", "class":
                return value.removeprefix("tg-") if value.startswith("tg-") else ""
            case "tg-emoji", "emoji-id":
                return value
            case "blockquote", "expandable":
                return "expandable"
        return ""

    def _value(self, tag: str, begin: int) -> str:
        if self.at >= len(self.data):
            raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if (quote := self._peek()) not in b"\"'":
            return self._name_token(begin)
        self.at += 1
        value = bytearray()
        while self.at < len(self.data) and self.data[self.at] != quote:
            if self.data[self.at] == ord("&") and (sign := self._reference()):
                value += sign.encode()
            else:
                value.append(self.data[self.at])
                self.at += 1
        self.at += 1
        if self.at >= len(self.data):
            raise _unparsable(f"Unclosed start tag at byte offset {begin}")
        return value.decode("utf-8", "replace")

    def _name_token(self, begin: int) -> str:
        """Read an unquoted value: letters, digits, periods and hyphens."""
        start = self.at
        while chr(self._peek()).isalnum() or self._peek() in b".-":
            self.at += 1
        if self._peek() not in _SPACE + b">":
            raise _unparsable(f"Unexpected end of name token at byte offset {start}")
        if self.at >= len(self.data):
            raise _unparsable(f"Unclosed start tag at byte offset {begin}")
        return self.data[start : self.at].decode().lower()

    def _end_tag(self, begin: int) -> None:
        if not self.stack:
            raise _unparsable(f"Unexpected end tag at byte offset {begin}")
        self.at += 1
        name = self._skip(spaces=False, stop=b">").decode("utf-8", "replace").lower()
        self._skip(spaces=True)
        if self._peek() != ord(">"):
            raise _unparsable(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.stack[-1]
        if name and name != opened.tag:
            raise _unparsable(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self.stack.pop()
        if self.units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        place: Json = {"offset": opened.offset, "length": self.units - opened.offset}
        last = self.entities[-1] if self.entities else {}
        same_place = last.get("offset") == place["offset"] and last.get("length") == place["length"]
        match opened.tag:
            case "a":
                self._link(opened, place)
            case "pre" if same_place and last.get("type") == "code" and last.get("language"):
                last["type"] = "pre"
            case "code" if same_place and last.get("type") == "pre" and opened.argument:
                last["language"] = opened.argument
            case "code" if opened.argument:
                self.entities.append({"type": "code", **place, "language": opened.argument})
            case "blockquote" if opened.argument:
                self.entities.append({"type": "expandable_blockquote", **place})
            case "tg-emoji":
                if not opened.argument.isdigit() or not int(opened.argument):
                    raise _unparsable("Invalid custom emoji identifier specified")
                self.entities.append({"type": "custom_emoji", **place, "custom_emoji_id": opened.argument})
            case _:
                self.entities.append({"type": _TYPES[opened.tag], **place})

    def _link(self, opened: _Open, place: Json) -> None:
        """Add a link, to a person as a mention; one that leads nowhere is silently dropped, as Telegram does."""
        url = opened.argument or self.out[opened.begin :].decode("utf-8", "replace")
        if user := linked_user(url):
            self.entities.append({"type": "text_mention", **place, "user_id": user})
            return
        with contextlib.suppress(LinkError):
            self.entities.append({"type": "text_link", **place, "url": checked_link(url)})


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
