"""The formatting that people give a text: kept as far as Telegram can show it again, and never more than that."""

import re
from html import escape, unescape
from html.parser import HTMLParser

from assembly.wording import DIRECTIONS

_PLAIN = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"})
_TAG = re.compile(r"<[^<>]*>")
_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def simple_html(html: str) -> str:
    """Return ``html`` with simple tags and links only: other tags go, their text stays, and every tag is closed.

    Built anew from its parts, so that whatever comes in, only these tags come out, and nothing that turns the reading
    direction.
    """
    return _Simple.of(html)


def visible_text(html: str) -> str:
    """Return what a reader sees of ``html``."""
    return unescape(_TAG.sub("", html))


class _Simple(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []

    @classmethod
    def of(cls, html: str) -> str:
        parser = cls()
        parser.feed(html)
        parser.close()
        return "".join([*parser.parts, *(f"</{tag}>" for tag in reversed(parser.open))])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PLAIN and tag not in self.open:
            self._begin(tag, "")
        elif tag == "a" and "a" not in self.open:
            address = dict(attrs).get("href") or ""
            if address.lower().startswith(_SCHEMES):
                self._begin(tag, f' href="{escape(address)}"')

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while True:
            closed = self.open.pop()
            self.parts.append(f"</{closed}>")
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(DIRECTIONS.sub("", data), quote=False))

    def _begin(self, tag: str, attributes: str) -> None:
        self.open.append(tag)
        self.parts.append(f"<{tag}{attributes}>")
