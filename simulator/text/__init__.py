"""Formatted text: what a bot writes in, and the plain text with entities that Telegram keeps."""

from simulator.text.entities import FormattedText, finish, given_entities, utf16_length
from simulator.text.html import parse_html
from simulator.text.render import to_html

__all__ = ["FormattedText", "finish", "given_entities", "parse_html", "to_html", "utf16_length"]
