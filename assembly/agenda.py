"""The agenda: reading its items from text, however a secretary numbers them."""

import re
from dataclasses import dataclass, field
from typing import Literal

from assembly.errors import AgendaNotUnderstood
from assembly.item_kinds import ItemKind, guess_kind, heading_kind
from assembly.wording import visible

__all__ = ["ItemKind", "ParsedItem", "guess_kind", "parse_agenda"]


@dataclass(frozen=True)
class ParsedItem:
    """An item as it was read.

    ``number`` is unique and as people wrote it ("6", "6.1", "4a"); bullets count on below their item ("6.1"). ``title``
    stands on one line. ``attachments`` are the numbers of the attachments (bijlagen) that it names. ``proposal`` is the
    text to be put to the vote, from a line "Voorgenomen besluit: …" below the item; empty without one.
    """

    number: str
    title: str
    kind: ItemKind
    attachments: tuple[int, ...]
    proposal: str = ""


Path = tuple[int, ...]
"""Where an item stands: (6, 1) for "6.1", for "6a" and for the first bullet under 6."""

_LEVELS = 3
_GAP = 2
"""How far a number may run ahead: secretaries delete an item and do not number anew."""

_MARKUP = re.compile(r"^\s*(#{1,6}|>)\s+|\*\*|__")
_ITALIC = re.compile(r"^([*_])(\S.*)\1$")
_RULER = re.compile(r"^[\s=_*-]*$")
_MONTH = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\b"
_NUMBER = re.compile(
    rf"^(?P<word>(?:agenda\s?)?punt\s+)?(?P<digits>\d{{1,2}}(?:\.\d{{1,2}})*)(?P<letter>\s?[a-z](?=[\s.):]))?"
    rf"(?:(?P<mark>[.):])(?:\s+|(?=\D))|\s+(?P<dash>[-–—])\s+|\s+)(?!{_MONTH})(?P<title>\S.*)$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"^([a-z])[.)]\s+(\S.*)$")
_BULLET = re.compile("^([-–—•·▪●‣◦○*\uf0b7]|o(?=\\s))\\s+(\\S.*)$")
_TIME = re.compile(
    r"^(\d{1,2}[.:]\d{2}(?:\s*(?:[-–—]|tot)\s*\d{1,2}[.:]\d{2})?)(?:\s*uur\b|\s*u\b\.?)?\s*[:–—-]?\s+(\S.*)$",
    re.IGNORECASE,
)
_ATTACHMENT = re.compile(r"\bbijlage\s+(?:nr\.?\s+)?(\d{1,3})\b", re.IGNORECASE)
_ATTACHMENTS = re.compile(r"\bbijlagen\s+(\d{1,3}\b(?:\s*(?:,|en|&|t/m|[-–])\s*\d{1,3}\b)*)", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:\s*(?:t/m|[-–])\s*(\d+))?")
_PROPOSAL = re.compile(r"^(?:(?:voorgenomen|gevraagd|concept-?)\s?)?(?:besluit|voorstel)\s*:\s*(.*)$", re.IGNORECASE)
_ASIDE = re.compile(r"^(bijlagen?\W*$|met (vriendelijke|hartelijke) groet|hoogachtend\b|namens )", re.IGNORECASE)
"""From here on nothing belongs to an item: the list of attachments, the signature."""


def parse_agenda(text: str) -> tuple[ParsedItem, ...]:
    """Read the items with their sub points from ``text``; what stands before the first item is skipped.

    Numbers ("1.", "1)", "Agendapunt 1:", "3.1", "4a") must follow each other upward, so that a date or an amount at the
    start of a line is no item. Lettered and bulleted lines below an item become its sub points, a line without a mark
    continues its title, a paragraph of its own explains it, and "Voorgenomen besluit: …" is its proposal. An agenda
    without any number is read by its times, letters or bullets. A time before a title moves behind it. Raises
    ``AgendaNotUnderstood`` when there is no item.
    """
    lines = [_plain(line) for line in text.splitlines()]
    drafts = _drafts(lines) or _drafts(_numbered_anew(lines))
    if not drafts:
        raise AgendaNotUnderstood
    return tuple(
        ParsedItem(
            draft.number, draft.title, kind, _attachments(f"{draft.title}\n{draft.note}"), draft.proposal.strip()
        )
        for draft, kind in zip(drafts, _kinds(drafts), strict=True)
    )


@dataclass
class _Draft:
    """An item in the making; ``note`` is the explanation below it, of which only the attachments are kept."""

    path: Path
    number: str
    title: str
    note: str = ""
    proposal: str = ""


@dataclass
class _Reader:
    """Reads line after line.

    ``numbers``: those of the drafts, by path; ``marked``: the numbers that carry a mark somewhere in the text, "3." and
    not "3"; ``at``: the numbered item that points belong to; ``signs``: the signs of its points, outermost first;
    ``aside``: what comes belongs to no item; ``continues``: what a line without a mark continues.
    """

    marked: frozenset[Path]
    drafts: list[_Draft] = field(default_factory=list)
    numbers: dict[Path, str] = field(default_factory=dict)
    at: Path = ()
    signs: list[str] = field(default_factory=list)
    aside: bool = True
    continues: Literal["title", "proposal", "note"] = "note"

    def read(self, line: str) -> None:
        """Take the next line: an item, a sub point, or text that belongs to one or to none."""
        if not line:
            self.continues = "note"
        elif self._item(line) or self.aside or self._proposal(line) or self._point(line):
            return
        elif _ASIDE.match(line):
            self.aside = True
        elif _TIME.match(line):  # a break in the programme, which has no number
            self.continues = "note"
        elif self.continues == "title":
            self.drafts[-1].title += f" {line}"
        elif self.continues == "proposal":
            self.drafts[-1].proposal += f" {line}"
        else:
            self.drafts[-1].note += f"{line}\n"

    def _item(self, line: str) -> bool:
        """Take a numbered item, perhaps behind a time, where its number follows the one before."""
        time = _TIME.match(line)
        for candidate, prefix in ((line, ""), (time[2], f"{time[1]} uur ") if time else ("", "")):
            found = _NUMBER.match(candidate)
            if found and self._follows(found):
                self.at, self.signs = _path(found), []
                self._add(self.at, found["digits"] + (found["letter"] or "").strip().lower(), prefix + found["title"])
                return True
        return False

    def _follows(self, found: re.Match[str]) -> bool:
        """Whether a number is the next one, on its own level or on a new one."""
        path = _path(found)
        marked = _is_marked(found)
        if not marked and path in self.marked:  # "3 leden treden af" where "3. Bestuur" is the item
            return False
        last = self.drafts[-1].path if self.drafts else (0,)
        if found["letter"] and len(path) == 2 and path == (last[0] + 1, 1):  # noqa: PLR2004 - "4a" without a heading "4"
            return True
        if len(path) == 1:
            return last[0] < path[0] <= last[0] + (_GAP if marked and self.drafts else 1)
        beside = len(path) <= len(last) and path == (*last[: len(path) - 1], last[len(path) - 1] + 1)
        return len(path) <= _LEVELS and bool(self.drafts) and (beside or path == (*last, 1))

    def _proposal(self, line: str) -> bool:
        """Take the text that is put to the vote."""
        found = _PROPOSAL.match(line)
        if found is None:
            return False
        self.drafts[-1].proposal = found[1]
        self.continues = "proposal"
        return True

    def _point(self, line: str) -> bool:
        """Take a lettered or bulleted sub point; another sign than the first stands a level deeper."""
        letter, bullet = _LETTER.match(line), _BULLET.match(line)
        found = letter or bullet
        if found is None:
            return False
        sign = "a" if letter else "-" if found[1] in "-–—" else found[1]
        signs = self.signs[: self.signs.index(sign) + 1] if sign in self.signs else [*self.signs, sign]
        depth = len(self.at) + len(signs)
        last = self.drafts[-1].path
        if depth > _LEVELS:  # deeper than an agenda is shown: an explanation
            self.continues = "note"
            return False
        path = (*last[: depth - 1], last[depth - 1] + 1 if depth <= len(last) else 1)
        if letter and path[-1] != _index(letter[1]):
            return False
        self.signs = signs
        above = self.numbers[path[:-1]]
        self._add(path, f"{above}{letter[1]}" if letter else f"{above}.{path[-1]}", found[2])
        return True

    def _add(self, path: Path, number: str, title: str) -> None:
        """Start an item."""
        self.drafts.append(_Draft(path, number, title))
        self.numbers[path] = number
        self.aside, self.continues = False, "title"


def _drafts(lines: list[str]) -> list[_Draft]:
    """Read numbered ``lines``; none without a number."""
    numbers = (_NUMBER.match(line) for line in lines)
    reader = _Reader(frozenset(_path(found) for found in numbers if found and _is_marked(found)))
    for line in lines:
        reader.read(line)
    for draft in reader.drafts:
        time = _TIME.match(draft.title)
        title = f"{time[2]} ({time[1]} uur)" if time else draft.title
        draft.title = _ITALIC.sub(r"\2", title).strip()
    return reader.drafts


def _numbered_anew(lines: list[str]) -> list[str]:
    """Give numbers to an agenda that has none: to its times, else its letters, else its outer bullets."""
    outer = next((found[1] for line in lines if (found := _BULLET.match(line))), "")
    for pattern in (_TIME, _LETTER, re.compile(rf"^{re.escape(outer)}\s+()(\S.*)$")):
        count = 0
        anew = []
        for line in lines:
            found = pattern.match(line)
            count += found is not None
            anew.append(f"{count}. {line if pattern is _TIME else found[2]}" if found else line)
        if count > 1:
            return anew
    return []


def _kinds(drafts: list[_Draft]) -> list[ItemKind]:
    """Guess every item's kind; a heading is not put to the vote where what stands below it is."""
    titles = {draft.path: draft.title for draft in drafts}
    kinds = {draft.path: guess_kind(draft.title, titles.get(draft.path[:-1], "")) for draft in drafts}
    kinds |= {draft.path: ItemKind.DECISION for draft in drafts if draft.proposal and not kinds[draft.path].votable}
    votable = [path for path, kind in kinds.items() if kind.votable]
    headings = {path[:depth] for path in votable for depth in range(1, len(path))} & kinds.keys()
    kinds |= {path: heading_kind(titles[path]) for path in headings}
    return [kinds[draft.path] for draft in drafts]


def _attachments(text: str) -> tuple[int, ...]:
    """Return the attachments that ``text`` names, each once, in order: "bijlage 4", "bijlagen 5 t/m 7 en 9"."""
    found = {match.start(): [int(match[1])] for match in _ATTACHMENT.finditer(text)}
    for match in _ATTACHMENTS.finditer(text):
        ranges = ((int(first), int(last or first)) for first, last in _RANGE.findall(match[1]))
        found[match.start()] = [number for first, last in ranges for number in range(first, last + 1)]
    return tuple(dict.fromkeys(number for _, numbers in sorted(found.items()) for number in numbers))


def _plain(line: str) -> str:
    """Strip what word processors and Markdown add and what nobody sees; every kind of space becomes an ordinary one."""
    line = " ".join(_MARKUP.sub("", visible(line)).split())
    return "" if _RULER.match(line) else _ITALIC.sub(r"\2", line)


def _path(found: re.Match[str]) -> Path:
    """Return where a numbered item stands."""
    digits = tuple(int(digit) for digit in found["digits"].split("."))
    return (*digits, _index(found["letter"].strip())) if found["letter"] else digits


def _is_marked(found: re.Match[str]) -> bool:
    """Whether a number carries a sign that it is one: "3.", "3)", "Agendapunt 3", "3 – …", "3a", "3.1"."""
    return any(found[part] for part in ("word", "mark", "dash", "letter")) or "." in found["digits"]


def _index(letter: str) -> int:
    """Return 1 for "a", 2 for "b"."""
    return ord(letter.lower()) - ord("a") + 1
