"""Reading a register file (CSV): members and people, with a plain reason for every row that cannot be used."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assembly.errors import FileRefused, TextMissing, TextTooLong
from assembly.members import Role
from assembly.wording import written_line

MAXIMUM_BYTES = 2_000_000
MAXIMUM_ROWS = 5_000
NAME_LIMIT = 120

COLUMNS: dict[str, tuple[str, ...]] = {
    "member": ("lid", "lidgemeente", "gemeente", "member"),
    "code": ("code", "lidcode", "lidnummer"),
    "inhabitants": ("inwoners", "inwonertal", "aantal inwoners"),
    "votes": ("stemmen", "aantal stemmen"),
    "since": ("vanaf", "lid vanaf"),
    "until": ("tot", "lid tot"),
    "name": ("naam", "persoon"),
    "function": ("functie",),
    "role": ("rol",),
    "email": ("e-mail", "email", "e-mailadres"),
}
"""Column names in the file, by field; upper and lower case are the same. Only ``member`` must be there."""

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


RowReason = Literal[
    "member_missing",
    "name_missing",
    "role_missing",
    "role_unknown",
    "number",
    "date",
    "too_long",
    "contradiction",
    "twice",
]


@dataclass(frozen=True)
class RowError:
    """Why a row cannot be used. ``row`` counts as a spreadsheet does: the header is row 1."""

    row: int
    reason: RowReason
    detail: str


@dataclass(frozen=True)
class MemberRow:
    """A member as the file gives it; ``None`` where the file leaves a fact open."""

    code: str
    name: str
    inhabitants: int | None
    votes: int
    since: date | None
    until: date | None


@dataclass(frozen=True)
class PersonRow:
    """A person in one role; ``member_code`` is ``None`` for a role of the association itself."""

    name: str
    function: str
    email: str | None
    role: Role
    member_code: str | None


@dataclass(frozen=True)
class RegisterFile:
    """The contents of a register file. With ``errors`` it must not be taken over."""

    members: tuple[MemberRow, ...]
    people: tuple[PersonRow, ...]
    errors: tuple[RowError, ...]


def read_register(content: bytes) -> RegisterFile:
    """Read a CSV file in UTF-8 or Windows-1252, with semicolons, commas or tabs between the columns.

    Raises ``FileRefused`` for a file that is no such table: too large, empty, binary, or without a member column.
    """
    rows = _rows(content)
    header = _header(rows[0])
    if "member" not in header:
        raise FileRefused("columns", ", ".join(names[0] for names in COLUMNS.values()))
    reader = _Reader()
    for number, row in enumerate(rows[1:], start=2):
        cells = {field: row[index].strip() if index < len(row) else "" for field, index in header.items()}
        if any(cells.values()):
            reader.read(number, cells)
    if not reader.members and not reader.people and not reader.errors:
        raise FileRefused("empty")
    return RegisterFile(tuple(reader.members.values()), tuple(reader.people), tuple(reader.errors))


def member_code(name: str) -> str:
    """Return a code made of the member's name: "Oost Gelre" -> "oost-gelre"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64]


def _rows(content: bytes) -> list[list[str]]:
    if len(content) > MAXIMUM_BYTES:
        raise FileRefused("size", str(MAXIMUM_BYTES // 1_000_000))
    if content[:2] == b"PK" or b"\0" in content:
        raise FileRefused("type")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    lines = text.strip().splitlines()
    if not lines:
        raise FileRefused("empty")
    if len(lines) > MAXIMUM_ROWS:
        raise FileRefused("rows", str(MAXIMUM_ROWS))
    delimiter = max(";,\t", key=lines[0].count)
    try:
        return list(csv.reader(io.StringIO(text.strip()), delimiter=delimiter))
    except csv.Error as error:
        raise FileRefused("type") from error


def _header(row: list[str]) -> dict[str, int]:
    known = {alias: field for field, aliases in COLUMNS.items() for alias in aliases}
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        field = known.get(cell.strip().lower())
        if field is not None:
            found.setdefault(field, index)
    return found


class _Reader:
    """Collects rows; a row with an error adds nothing but its error."""

    def __init__(self) -> None:
        self.members: dict[str, MemberRow] = {}
        self.people: list[PersonRow] = []
        self.errors: list[RowError] = []

    def read(self, number: int, cells: dict[str, str]) -> None:
        """Read one row: a member, a person, or a person of a member."""
        try:
            member = self._member(cells)
            person = self._person(cells, member)
        except _RowProblem as problem:
            self.errors.append(RowError(number, problem.reason, problem.detail))
            return
        if member is not None:
            known = self.members.setdefault(member.code, member)
            if known != member:
                self.errors.append(RowError(number, "contradiction", member.name))
                return
        if person is not None:
            if person in self.people:
                self.errors.append(RowError(number, "twice", person.name))
                return
            self.people.append(person)

    def _member(self, cells: dict[str, str]) -> MemberRow | None:
        name = _short(cells["member"])
        if not name:
            return None
        code = member_code(cells.get("code") or name)
        if not code:
            raise _RowProblem("member_missing", name)
        facts = MemberRow(
            code,
            name,
            _number(cells.get("inhabitants", ""), None, minimum=0),
            _number(cells.get("votes", ""), 1, minimum=1) or 1,
            _date(cells.get("since", "")),
            _date(cells.get("until", "")),
        )
        known = self.members.get(code)
        if known and not any(cells.get(field) for field in ("inhabitants", "votes", "since", "until")):
            return known if known.name == name else facts
        return facts

    def _person(self, cells: dict[str, str], member: MemberRow | None) -> PersonRow | None:
        name, label = _short(cells.get("name", "")), cells.get("role", "").lower()
        if not name and not label:
            if member is None:
                raise _RowProblem("member_missing", "")
            return None
        if not name:
            raise _RowProblem("name_missing", label)
        if not label:
            raise _RowProblem("role_missing", name)
        role = ROLES.get(label)
        if role is None:
            raise _RowProblem("role_unknown", _clipped(label))
        if role.of_member and member is None:
            raise _RowProblem("member_missing", name)
        function = _short(cells.get("function", "")) or label
        email = _short(cells.get("email", "")) or None
        return PersonRow(name, function, email, role, member.code if member and role.of_member else None)


class _RowProblem(Exception):  # noqa: N818 - carried from a cell to its row, never further
    def __init__(self, reason: RowReason, detail: str) -> None:
        super().__init__(reason)
        self.reason: RowReason = reason
        self.detail = detail


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - enough to find the cell back


def _short(text: str) -> str:
    """Return ``text`` on one line without invisible characters, perhaps empty; refuse one that would fill a screen."""
    try:
        return written_line(text, NAME_LIMIT)
    except TextMissing:
        return ""
    except TextTooLong as error:
        raise _RowProblem("too_long", _clipped(" ".join(text.split()))) from error


def _number(text: str, default: int | None, *, minimum: int) -> int | None:
    """Read a whole number with Dutch thousands points ("1.808.349")."""
    if not text:
        return default
    digits = re.sub(r"(?<=\d)[. ](?=\d{3}(\D|$))", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10 and int(digits) >= minimum):  # noqa: PLR2004 - fits any integer column
        raise _RowProblem("number", _clipped(text))
    return int(digits)


def _date(text: str) -> date | None:
    if not text:
        return None
    for form in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise _RowProblem("date", _clipped(text))
