"""The agenda: reading its items from text, however a secretary numbers them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from assembly.agenda_lines import TIME, agenda_lines, headed_lines
from assembly.errors import AgendaNotUnderstood
from assembly.item_kinds import ItemKind, guess_kind, heading_kind, stated_kind
from assembly.papers import NUMBER, as_number

__all__ = ["ItemKind", "ParsedAgenda", "ParsedItem", "attachments_in", "guess_kind", "parse_agenda", "read_agenda"]


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
    attachments: tuple[str, ...]
    proposal: str = ""


@dataclass(frozen=True)
class ParsedAgenda:
    """What was read: the lines above the first item, which may say when and where, and the items."""

    head: tuple[str, ...]
    items: tuple[ParsedItem, ...]


Path = tuple[int, ...]
"""Where an item stands: (6, 1) for "6.1", for "6a" and for the first bullet under 6."""

_LEVELS = 3
_GAP = 2
"""How far a number may run ahead: secretaries delete an item and do not number anew."""

_ITALIC = re.compile(r"^([*_])(\S.*)\1$")
_MONTH = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\b"
_NUMBER = re.compile(
    rf"^(?P<word>(?:agenda\s?)?punt\s+|ad\s+)?(?P<digits>\d{{1,2}}(?:\.\d{{1,2}})*)(?P<letter>\s?[a-z](?=[\s.):]))?"
    rf"(?:(?P<mark>[.):])(?:\s+|(?=\D))|\s+(?P<dash>[-–—])\s+|\s+)(?!{_MONTH})(?P<title>\S.*)$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"^([a-z])[.)]\s+(\S.*)$")
_BULLET = re.compile("^([-–—•·▪●‣◦○*\uf0b7]|o(?=\\s))\\s+(\\S.*)$")
_MINOR_ROMAN = re.compile(r"^(i{1,3}|iv|v|vi{1,3}|ix|x)[.)]\s+(\S.*)$")
_TIME = re.compile(rf"^({TIME})\s*[:–—-]?\s+(\S.*)$", re.IGNORECASE)
_HOURS = re.compile(r"\s*(?:uur\b|u\b\.?)$", re.IGNORECASE)
_AFTER = rf"(?:\s+(?:en|&)\s+(?:{NUMBER})(?!\s+{_MONTH})|\s*(?:t/m|[-–])\s*(?:{NUMBER}))"
_ATTACHMENT = re.compile(rf"\b(?:bijlage|bijl\.)\s+(?:nr\.?\s+)?((?:{NUMBER}){_AFTER}?)", re.IGNORECASE)
_ATTACHMENTS = re.compile(rf"\bbijlagen\s+((?:{NUMBER})(?:\s*(?:,|en|&|t/m|[-–])\s*(?:{NUMBER}))*)", re.IGNORECASE)
_RANGE = re.compile(rf"({NUMBER})(?:\s*(?:t/m|[-–])\s*({NUMBER}))?", re.IGNORECASE)
_STATED = re.compile(r"^(?:doel|status|soort|aard|behandeling|gevraagd)\s*:\s*(.+)$", re.IGNORECASE)
_MINUTES = re.compile(r"^(concept-?\s?)?(notulen|verslag)\b[^.]{0,80}$", re.IGNORECASE)
_NONE = re.compile(r"^geen\W*$", re.IGNORECASE)
_PROPOSAL = re.compile(r"^(?:(?:voorgenomen|gevraagd|concept-?)\s?)?(?:besluit|voorstel)\s*:\s*(.*)$", re.IGNORECASE)
_ASIDE = re.compile(r"^(bijlagen?\W*$|met (vriendelijke|hartelijke) groet|hoogachtend\b|namens )", re.IGNORECASE)
"""From here on nothing belongs to an item: the list of attachments, the signature."""


def parse_agenda(text: str) -> tuple[ParsedItem, ...]:
    """Return the items of ``read_agenda``."""
    return read_agenda(text).items


def read_agenda(text: str) -> ParsedAgenda:
    """Read the items with their sub points from ``text``, and what stands above the first.

    Numbers ("1.", "1)", "Agendapunt 1:", "3.1", "4a", "II.") must follow each other upward, so that a date or an amount
    at the start of a line is no item. Lettered and bulleted lines below an item become its sub points, a line without a
    mark continues its title, a paragraph of its own explains it, and "Voorgenomen besluit: …" is its proposal. Rows of
    a table are items. An agenda without any number is read by its times, letters, headings or bullets. A time before a
    title moves behind it. Of minutes only what is numbered counts: their bullets are what was said.
    Raises ``AgendaNotUnderstood`` when there is no item.
    """
    lines = agenda_lines(text)
    readers = (_read(numbered) for numbered in _numberings(lines, text))
    reader = next((reader for reader in readers if reader.drafts), _Reader(frozenset()))
    drafts = reader.drafts
    if not drafts:
        raise AgendaNotUnderstood
    return ParsedAgenda(
        tuple(reader.head),
        tuple(
            ParsedItem(
                draft.number, draft.title, kind, attachments_in(f"{draft.title}\n{draft.note}"), draft.proposal.strip()
            )
            for draft, kind in zip(drafts, _kinds(drafts), strict=True)
        ),
    )


@dataclass
class _Draft:
    """An item in the making.

    ``note`` is the explanation below it, which tells of attachments and of what is asked; ``stated`` is the kind that
    stands there in so many words, ``section`` the one that a line above this and other items gives.
    """

    path: Path
    number: str
    title: str
    section: ItemKind | None = None
    note: str = ""
    proposal: str = ""
    stated: ItemKind | None = None


@dataclass
class _Reader:
    """Reads line after line.

    ``numbers``: those of the drafts, by path; ``marked``: the numbers that carry a mark somewhere in the text, "3." and
    not "3"; ``at``: the numbered item that points belong to; ``signs``: the signs of its points, outermost first;
    ``inner``: how many of its points were counted from 1 again; ``aside``: what comes belongs to no item;
    ``continues``: what a line without a mark continues; ``minutes``: these are minutes; ``section``: see ``_Draft``.
    """

    marked: frozenset[Path]
    head: list[str] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    minutes: bool = False
    section: ItemKind | None = None
    numbers: dict[Path, str] = field(default_factory=dict)
    at: Path = ()
    signs: list[str] = field(default_factory=list)
    inner: int = 0
    aside: bool = True
    continues: Literal["title", "proposal", "note"] = "note"

    def read(self, line: str) -> None:
        """Take the next line: an item, a sub point, or text that belongs to one or to none."""
        if not line:
            if self.continues != "proposal" or self.drafts[-1].proposal:  # it may begin in the next paragraph
                self.continues = "note"
        elif self._item(line) or self._above(line) or self._stated(line) or self._proposal(line) or self._point(line):
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

    def _above(self, line: str) -> bool:
        """Pass over what belongs to no item: what stands above the first, and what follows the last."""
        if not self.drafts:
            self.head.append(line)
            self.minutes = self.minutes or bool(_MINUTES.match(line))
            self.section = stated_kind(line)
        return self.aside

    def _stated(self, line: str) -> bool:
        """Take a line that says what kind the item above it is; behind an empty line it speaks of what follows."""
        found = _STATED.match(line)
        kind = stated_kind(found[1] if found else line) if found or len(line) > 1 else None
        if kind is None:
            if found:
                self.drafts[-1].note += f"{found[1]}\n"
            return found is not None
        if found or self.continues == "title":
            self.drafts[-1].stated = kind
        else:
            self.section = kind
        self.continues = "note"
        return True

    def _item(self, line: str) -> bool:
        """Take a numbered item, perhaps behind a time, where its number follows the one before."""
        time = _TIME.match(line)
        for candidate, prefix in ((line, ""), (time[2], f"{_hours(time[1])} ") if time else ("", "")):
            found = _NUMBER.match(candidate)
            if found and self._follows(found):
                self.at, self.signs, self.inner = _path(found), [], 0
                self._add(self.at, found["digits"] + (found["letter"] or "").strip().lower(), prefix + found["title"])
                return True
            if found and self._begins_anew(found):
                self.inner += 1
                self.signs = []
                self._add((*self.at, self.inner), f"{self.numbers[self.at]}.{self.inner}", found["title"])
                return True
        return False

    def _begins_anew(self, found: re.Match[str]) -> bool:
        """Whether a number counts points below an item: "1." right under "3. Financiën", and then "2."."""
        if not self.at or not _is_marked(found) or found["letter"] or _path(found) != (self.inner + 1,):
            return False
        below_title = self.continues == "title" and self.drafts[-1].path == self.at
        return below_title if self.inner == 0 else self.continues != "proposal"

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
        roman = _MINOR_ROMAN.match(line) if "a" in self.signs else None
        found = roman or letter or bullet
        if found is None:
            return False
        if self.minutes or _NONE.match(found[2]):
            self.drafts[-1].note += f"{found[2]}\n"
            self.continues = "note"
            return True
        letter = None if roman else letter
        sign = "i" if roman else "a" if letter else "-" if found[1] in "-–—" else found[1]
        signs = self.signs[: self.signs.index(sign) + 1] if sign in self.signs else [*self.signs, sign]
        depth = len(self.at) + bool(self.inner) + len(signs)
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
        self.drafts.append(_Draft(path, number, title, self.section))
        self.numbers[path] = number
        self.aside, self.continues = False, "title"


def _read(lines: list[str]) -> _Reader:
    """Read numbered ``lines``."""
    numbers = (_NUMBER.match(line) for line in lines)
    reader = _Reader(frozenset(_path(found) for found in numbers if found and _is_marked(found)))
    for line in lines:
        reader.read(line)
    for draft in reader.drafts:
        time = _TIME.match(draft.title)
        title = f"{time[2]} ({_hours(time[1])})" if time else draft.title
        draft.title = _ITALIC.sub(r"\2", title).strip()
    return reader


def _hours(time: str) -> str:
    return f"{_HOURS.sub('', time)} uur"


def _outer_bullet(lines: list[str]) -> re.Pattern[str]:
    outer = next((found[1] for line in lines if (found := _BULLET.match(line))), "")
    return re.compile(rf"^{re.escape(outer)}\s+()(\S.*)$")


def _numberings(lines: list[str], text: str) -> Iterator[list[str]]:
    """Yield the lines as they are, and then numbered by what else may stand before each item."""
    yield lines
    yield _by(lines, _TIME)
    yield _by(lines, _LETTER)
    yield headed_lines(text)
    yield _by(lines, _outer_bullet(lines))


def _by(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Give numbers to an agenda that has none, at the lines of ``pattern``; nothing where those are too few."""
    count = 0
    anew = []
    for line in lines:
        found = pattern.match(line)
        count += found is not None
        anew.append(f"{count}. {line if pattern is _TIME else found[2]}" if found else line)
    return anew if count > 1 else []


def _kinds(drafts: list[_Draft]) -> list[ItemKind]:
    """Guess every item's kind; a heading is not put to the vote where what stands below it is."""
    titles = {draft.path: draft.title for draft in drafts}
    kinds = {
        draft.path: draft.stated or guess_kind(draft.title, titles.get(draft.path[:-1], ""), draft.section, draft.note)
        for draft in drafts
    }
    kinds |= {draft.path: ItemKind.DECISION for draft in drafts if draft.proposal and not kinds[draft.path].votable}
    votable = [path for path, kind in kinds.items() if kind.votable]
    headings = {path[:depth] for path in votable for depth in range(1, len(path))} & kinds.keys()
    kinds |= {path: heading_kind(titles[path]) for path in headings}
    return [kinds[draft.path] for draft in drafts]


def attachments_in(text: str) -> tuple[str, ...]:
    """Return the attachments that ``text`` names, each once, in order: "bijlage 4a", "bijlagen 5 t/m 7 en 9"."""
    found = [*_ATTACHMENT.finditer(text), *_ATTACHMENTS.finditer(text)]
    spans = [span for match in sorted(found, key=re.Match.start) for span in _RANGE.findall(match[1])]
    numbers = (_between(as_number(first), as_number(last)) for first, last in spans)
    return tuple(dict.fromkeys(number for between in numbers for number in between))


def _between(first: str, last: str) -> list[str]:
    """Return every number from ``first`` to ``last``: "5" to "7", "4a" to "4c", "A" to "C"."""
    if not last:
        return [first]
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first), int(last) + 1)]
    if first[:-1] == last[:-1]:
        return [f"{first[:-1]}{chr(code)}" for code in range(ord(first[-1]), ord(last[-1]) + 1)]
    return [first, last]


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
