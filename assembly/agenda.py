"""The agenda: its items, and reading one from text."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assembly.errors import AgendaNotUnderstood


class ItemKind(StrEnum):
    """What the assembly does with an item."""

    PROCEDURE = "procedure"
    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"
    PERSONS = "persons"

    @property
    def votable(self) -> bool:
        """Whether the item can be put to the vote."""
        return self in {ItemKind.DECISION, ItemKind.PERSONS}


@dataclass(frozen=True)
class ParsedItem:
    """An item as it was read: its number ("6" or "6.1"), title, guessed kind, and the attachments that it names."""

    number: str
    title: str
    kind: ItemKind
    attachments: tuple[int, ...]


_ITEM = re.compile(r"^\s*(?:agendapunt\s+)?(\d{1,2}(?:\.\d{1,2})?)\s*[.):]?\s+(\S.*)$", re.IGNORECASE)
_POINT = re.compile(r"^\s*[-•*–]\s+(\S.*)$")
_LETTERED = re.compile(r"^\s*([a-z])[.)]\s+(\S.*)$")
_ATTACHMENT = re.compile(r"\bbijlagen?\s+(\d{1,3})", re.IGNORECASE)
_MARKUP = re.compile(r"^\s*#{1,6}\s+|\*\*|__")

_KINDS: tuple[tuple[ItemKind, re.Pattern[str]], ...] = (
    (
        ItemKind.PERSONS,
        re.compile(r"\b(her)?benoem|\bvoordracht|\bverkiezing|\bsamenstelling (van )?(de )?(raad|bestuur)|\bkandida", re.IGNORECASE),
    ),
    (
        ItemKind.DECISION,
        re.compile(
            r"\bnotulen\b|\bverslag (van de )?(vorige|alv)|\b(vaststell|vast te stellen|accord|goedkeur|instem|besluit|décharge|decharge"
            r"|jaarrekening|begroting|tarieven|contributie|statutenwijziging|wijziging van de statuten)",
            re.IGNORECASE,
        ),
    ),
    (
        ItemKind.INFORMATION,
        re.compile(r"\b(presentatie|toelichting|terugkoppeling|stand van zaken|ter kennisname|informatie)", re.IGNORECASE),
    ),
    (
        ItemKind.PROCEDURE,
        re.compile(
            r"\b(opening|sluiting|w\.?v\.?t\.?t\.?k|rondvraag|mededelingen|ingekomen stukken|wat verder ter tafel)\b", re.IGNORECASE
        ),
    ),
)


def guess_kind(title: str, *, sub_point: bool = False) -> ItemKind:
    """Guess what the assembly does with an item from its words; the secretariat corrects it by button."""
    procedure = _KINDS[-1][1]
    if not sub_point and re.match(r"\s*(opening|sluiting)\b", title, re.IGNORECASE):
        return ItemKind.PROCEDURE
    for kind, pattern in _KINDS:
        if pattern is not procedure and pattern.search(title):
            return kind
    return ItemKind.PROCEDURE if procedure.search(title) else ItemKind.DISCUSSION


def parse_agenda(text: str) -> tuple[ParsedItem, ...]:
    """Read numbered items with their sub points ("6.1") from ``text``; what stands before the first number is skipped.

    Bulleted and lettered lines under an item become its sub points; other lines continue what stands above them. Dates and
    amounts at the start of a continued line do not count as numbers: items must follow each other upward.
    Raises ``AgendaNotUnderstood`` when there is no item.
    """
    lines: list[tuple[str, str, bool]] = []
    main = points = 0
    for raw in text.splitlines():
        line = _MARKUP.sub("", raw).strip().replace("\N{NO-BREAK SPACE}", " ")
        if not line or set(line) <= set("-=_ "):
            continue
        found = _ITEM.match(line)
        number = found.group(1) if found else ""
        if found and _follows(number, main, points):
            head, _, sub = number.partition(".")
            main, points = int(head), int(sub or 0)
            lines.append((number, found.group(2).strip(" *"), bool(sub)))
            continue
        point = _POINT.match(line) or _LETTERED.match(line)
        if point and main:
            points += 1
            lines.append((f"{main}.{points}", point.groups()[-1].strip(" *"), True))
        elif lines:
            number, title, sub_point = lines[-1]
            lines[-1] = (number, f"{title} {line}", sub_point)
    if not lines:
        raise AgendaNotUnderstood
    return tuple(
        ParsedItem(
            number,
            title,
            guess_kind(title, sub_point=sub_point),
            tuple(dict.fromkeys(int(n) for n in _ATTACHMENT.findall(title))),
        )
        for number, title, sub_point in lines
    )


def _follows(number: str, main: int, points: int) -> bool:
    """Whether ``number`` is the next one after item ``main`` with ``points`` sub points."""
    head, _, sub = number.partition(".")
    if sub:
        return int(head) == main and int(sub) == points + 1
    return int(head) == main + 1
