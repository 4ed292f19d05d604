"""Reading a register file: members and people, with a plain reason for every row that cannot be used."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from assembly.errors import FileRefused, NumberNotUnderstood, TextMissing, TextTooLong
from assembly.members import Role
from assembly.tables import HEADER_WITHIN, Row
from assembly.wording import written_line

NAME_LIMIT = 120
EMAIL_LIMIT = 254

COLUMNS: dict[str, tuple[str, ...]] = {
    "member": ("lid", "lidgemeente", "gemeente", "member"),
    "code": ("code", "lidcode", "lidnummer"),
    "inhabitants": ("inwonertal", "inwoners", "aantal inwoners"),
    "votes": ("stemmen", "aantal stemmen"),
    "since": ("vanaf", "lid vanaf"),
    "until": ("tot", "lid tot"),
    "name": ("naam", "persoon"),
    "function": ("functie",),
    "role": ("rol",),
    "email": ("e-mail", "email", "e-mailadres"),
}
"""Column names in the file, by field; upper and lower case are the same. Only ``member`` must be there."""

REGISTERED_COLUMN = "aangemeld"
"""A column that an exported file has beside those: it is for reading, and read past when the file comes back."""

EXAMPLE_MEMBER = "Voorbeeldstad (voorbeeld, wordt overgeslagen)"
"""The member of the example row in the template: that row is read past, so that it may stay in the file."""

ROLES: dict[str, Role] = {
    "vertegenwoordiger": Role.REPRESENTATIVE,
    "portefeuillehouder": Role.REPRESENTATIVE,
    "coördinator": Role.COORDINATOR,
    "coordinator": Role.COORDINATOR,
    "tekenbevoegde": Role.SIGNATORY,
    "burgemeester": Role.SIGNATORY,
    "regiebureau": Role.SECRETARIAT,
    "secretariaat": Role.SECRETARIAT,
    "voorzitter": Role.CHAIR,
    "toehoorder": Role.OBSERVER,
    "gast": Role.OBSERVER,
    "rvc": Role.SUPERVISOR,
    "commissaris": Role.SUPERVISOR,
    "bestuur": Role.BOARD_MEMBER,
    "bestuurder": Role.BOARD_MEMBER,
    "notulist": Role.MINUTES_TAKER,
}
"""Roles by the words for them in a file; the first word for a role is the one that is written."""


RowReason = Literal[
    "member_missing",
    "name_missing",
    "role_missing",
    "role_unknown",
    "number",
    "date",
    "period",
    "email",
    "too_long",
    "contradiction",
    "twice",
    "formula",
    "namesake",
    "member_unknown",
    "member_ended",
    "role_elsewhere",
    "held_before",
]


@dataclass(frozen=True)
class RowError:
    """Why a row cannot be used. ``row`` counts as a spreadsheet does: the first is 1."""

    row: int
    reason: RowReason
    detail: str


@dataclass(frozen=True)
class MemberRow:
    """A member as the file gives it; ``None`` where the file leaves a fact open. ``row`` is the first that names it.

    ``code_given`` is false where the code was made of the name.
    """

    code: str
    name: str
    inhabitants: int | None = None
    votes: int | None = None
    since: date | None = None
    until: date | None = None
    row: int = field(default=0, compare=False)
    code_given: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class PersonRow:
    """A person in one role; ``member_code`` is ``None`` for a role of the association itself.

    ``function`` is ``None`` where the file leaves it open; ``label`` is the word that the file has for the role.
    """

    name: str
    function: str | None
    email: str | None
    role: Role
    member_code: str | None
    label: str = field(default="", compare=False)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class RegisterFile:
    """The contents of a register file. With ``errors`` it must not be taken over."""

    members: tuple[MemberRow, ...]
    people: tuple[PersonRow, ...]
    errors: tuple[RowError, ...]


def has_member_column(cells: Sequence[str]) -> bool:
    """Whether these cells are the header of a register."""
    return any(cell.strip().lower() in COLUMNS["member"] for cell in cells)


def read_register(rows: Sequence[Row]) -> RegisterFile:
    """Read the rows of a table, of which one near the top names the columns.

    Raises ``FileRefused`` for a table that is no register: without a member column, with a column twice, or empty.
    """
    at = next((place for place, row in enumerate(rows[:HEADER_WITHIN]) if has_member_column(row.cells)), None)
    if at is None:
        raise FileRefused("columns", ", ".join(names[0] for names in COLUMNS.values()))
    header = _header(rows[at].cells)
    reader = _Reader()
    for row in rows[at + 1 :]:
        cells = {name: row.cells[at].strip() if at < len(row.cells) else "" for name, at in header.items()}
        if any(cells.values()) or row.unsafe:
            reader.read(row, cells)
    if not reader.members and not reader.people and not reader.errors:
        raise FileRefused("empty")
    return RegisterFile(tuple(reader.members.values()), tuple(reader.people), tuple(reader.errors))


def member_code(name: str) -> str:
    """Return a code made of the member's name: "Oost Gelre" -> "oost-gelre"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64]


def _header(cells: Sequence[str]) -> dict[str, int]:
    known = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = known.get(cell.strip().lower())
        if name is None:
            continue
        if name in found:
            raise FileRefused("column_twice", COLUMNS[name][0])
        found[name] = index
    return found


class _Reader:
    """Collects rows; a row with an error adds nothing but its error."""

    def __init__(self) -> None:
        self.members: dict[str, MemberRow] = {}
        self.people: list[PersonRow] = []
        self.errors: list[RowError] = []
        self._held: set[PersonRow] = set()

    def read(self, row: Row, cells: dict[str, str]) -> None:
        """Read one row: a member, a person, or a person of a member."""
        if cells["member"] == EXAMPLE_MEMBER:
            return
        if row.unsafe:
            self.errors.append(RowError(row.number, "formula", row.unsafe))
            return
        try:
            member = self._member(row.number, cells)
            person = _person(row.number, cells, member)
        except _RowProblem as problem:
            self.errors.append(RowError(row.number, problem.reason, problem.detail))
            return
        if person is not None and person in self._held:
            self.errors.append(RowError(row.number, "twice", person.name))
            return
        if member is not None:
            self.members[member.code] = member
        if person is not None:
            self.people.append(person)
            self._held.add(person)

    def _member(self, number: int, cells: dict[str, str]) -> MemberRow | None:
        """Read the member of a row, together with what earlier rows gave of it."""
        name = _short(cells["member"])
        if not name:
            return None
        given_code = _plain_text(cells.get("code", ""))
        code = member_code(given_code or name)
        if not code:
            raise _RowProblem("member_missing", name)
        known = self.members.get(code) or MemberRow(code, name, row=number, code_given=bool(given_code))
        given: dict[str, Any] = {
            "inhabitants": _number(cells.get("inhabitants", ""), minimum=0),
            "votes": _number(cells.get("votes", ""), minimum=1),
            "since": _date(cells.get("since", "")),
            "until": _date(cells.get("until", "")),
        }
        facts = {fact: value for fact, value in given.items() if value is not None}
        if known.name != name or any(getattr(known, fact) not in {None, value} for fact, value in facts.items()):
            raise _RowProblem("contradiction", name)
        member = replace(known, **facts)
        if member.since and member.until and member.until <= member.since:
            raise _RowProblem("period", name)
        return member


def _person(number: int, cells: dict[str, str], member: MemberRow | None) -> PersonRow | None:
    name, label = _short(cells.get("name", "")), _plain_text(cells.get("role", "")).lower()
    if not name and not label:
        if member is None:
            raise _RowProblem("member_missing", "")
        return None
    if not name:
        raise _RowProblem("name_missing", _clipped(label))
    if not label:
        raise _RowProblem("role_missing", name)
    role = ROLES.get(label)
    if role is None:
        raise _RowProblem("role_unknown", _clipped(label))
    if role.of_member and member is None:
        raise _RowProblem("member_missing", name)
    return PersonRow(
        name,
        _short(cells.get("function", "")) or None,
        _email(cells.get("email", "")),
        role,
        member.code if member and role.of_member else None,
        label,
        number,
    )


class _RowProblem(Exception):  # noqa: N818 - carried from a cell to its row, never further
    def __init__(self, reason: RowReason, detail: str) -> None:
        super().__init__(reason)
        self.reason: RowReason = reason
        self.detail = detail


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - enough to find the cell back


def _plain_text(text: str) -> str:
    """Take away the apostrophe with which a spreadsheet is kept from running a text; that of 's-Hertogenbosch stays."""
    return re.sub(r"^'(?=[=+\-@0-9])", "", text)


def _short(text: str, limit: int = NAME_LIMIT) -> str:
    """Return ``text`` on one line without invisible characters, perhaps empty; refuse one that would fill a screen."""
    try:
        return written_line(_plain_text(text), limit)
    except TextMissing:
        return ""
    except TextTooLong as error:
        raise _RowProblem("too_long", _clipped(" ".join(text.split()))) from error


def _email(text: str) -> str | None:
    address = _short(text, EMAIL_LIMIT)
    if address and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+", address):
        raise _RowProblem("email", _clipped(address))
    return address or None


def read_number(text: str, *, minimum: int) -> int:
    """Read a whole number with Dutch thousands points ("1.808.349"). Raises ``NumberNotUnderstood``."""
    digits = re.sub(r"(?<=\d)[. ](?=\d{3}(\D|$))", "", text.strip())
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10 and int(digits) >= minimum):  # noqa: PLR2004 - fits any integer column
        raise NumberNotUnderstood(text, minimum)
    return int(digits)


def _number(text: str, *, minimum: int) -> int | None:
    try:
        return read_number(_plain_text(text), minimum=minimum) if text else None
    except NumberNotUnderstood as error:
        raise _RowProblem("number", _clipped(text)) from error


def _date(text: str) -> date | None:
    if not text:
        return None
    for form in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(_plain_text(text), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise _RowProblem("date", _clipped(text))
