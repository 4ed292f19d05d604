"""What a register file would change: compared with the register, before anything of it is taken over.

Nothing is ever thrown out because a file does not name it. A role that a file leaves out is found only where the file
speaks of its member (or of the association), is shown as an ending, and is applied apart from the rest.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from assembly.members import Acting, Member, Person, Role, RoleHeld
from assembly.register_file import MemberRow, PersonRow, RegisterFile, RowError


class Reading(StrEnum):
    """How a register file is taken.

    ``UPDATE``: as the register should be. ``ELECTIONS`` (collegewissel): as the people who now fill each role that the
    file names for a member, in the place of all who filled it before; it changes no members.
    """

    UPDATE = "register"
    ELECTIONS = "elections"


Fact = Literal["code", "name", "inhabitants", "votes", "since", "until", "function", "email"]
_MEMBER_FACTS: tuple[Fact, ...] = ("code", "name", "inhabitants", "votes", "since", "until")
_PERSON_FACTS: tuple[Fact, ...] = ("name", "function", "email")


@dataclass(frozen=True)
class FieldChange:
    """A fact that changes; ``None`` is a fact that is not known."""

    fact: Fact
    old: str | int | date | None
    new: str | int | date | None


@dataclass(frozen=True)
class MemberChange:
    """A member that is new (``old`` is ``None`` and the id of ``new`` is 0) or changes."""

    old: Member | None
    new: Member

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The facts that change; none where the member is new."""
        return _fields(_MEMBER_FACTS, self.old, self.new)


@dataclass(frozen=True)
class RoleGiven:
    """A role as a file gives it; the member may be new, and is known by its code."""

    role: Role
    member_code: str | None


@dataclass(frozen=True)
class PersonChange:
    """A person that is new (as with members), changes or gains roles."""

    old: Acting | None
    new: Person
    gained: tuple[RoleGiven, ...]

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The facts that change; none where the person is new."""
        return _fields(_PERSON_FACTS, self.old.person if self.old else None, self.new)


@dataclass(frozen=True)
class Ending:
    """Roles that somebody holds, and that the file gives to others or to nobody."""

    acting: Acting
    roles: tuple[RoleHeld, ...]


@dataclass(frozen=True)
class Difference:
    """What a file would change. With ``errors`` it must not be taken over.

    ``absent`` are members of today that the file does not name; they stay as they are, with their people.
    """

    members: tuple[MemberChange, ...]
    people: tuple[PersonChange, ...]
    endings: tuple[Ending, ...]
    absent: tuple[Member, ...]
    unchanged: int
    errors: tuple[RowError, ...]


@dataclass(frozen=True)
class Known:
    """The register as far as a file is compared with it.

    ``today`` is the day of the comparison, ``held`` the day of the last assembly that was opened. ``taker`` takes the
    file over: its own role in the secretariat never ends with that, so that somebody is always left.
    """

    members: tuple[Member, ...]
    people: tuple[Acting, ...]
    today: date
    held: date | None = None
    taker: int | None = None


def compare(file: RegisterFile, known: Known, reading: Reading) -> Difference:
    """Say what ``file`` would change in the register that is ``known``.

    Members match by code, else by name. People match by name together with their e-mail address, a role that they hold
    already, or their function. Another name is another person, also at the same address: whoever takes over a mailbox
    must not take over the Telegram account, and with it the votes, of the one who had it.
    """
    errors = list(file.errors)
    members = _match_members(file.members, known.members)
    if reading is Reading.ELECTIONS:
        errors += [
            RowError(row.row, "member_unknown", row.name) for row in file.members if members[row.code].old is None
        ]
        errors += [RowError(p.row, "role_elsewhere", p.name) for p in file.people if p.member_code is None]
    else:
        errors += _ends_too_early(file.members, members, known.held)
    errors += _roles_of_ended(file.people, members, known.today)
    groups, contradictions = _groups(file.people, _holders(file.people, known.people, members))
    errors += contradictions
    matched = _match_people(groups, known.people)
    changed = [change for change in members.values() if change.new != change.old]
    if reading is Reading.ELECTIONS:
        changed = []
    people = [_person_change(group, matched.get(at), members) for at, group in enumerate(groups)]
    endings = _endings(file, known, members, {o.person.id: groups[at] for at, o in matched.items()}, reading)
    ended = {ending.acting.person.id for ending in endings}
    same = [p for p in people if p.old is not None and not p.fields and not p.gained and p.old.person.id not in ended]
    named = {change.new.id for change in members.values()}
    return Difference(
        tuple(changed),
        tuple(person for person in people if person.old is None or person.fields or person.gained),
        endings,
        tuple(m for m in known.members if m.active_on(known.today) and m.id not in named)
        if reading is Reading.UPDATE
        else (),
        len(same) + (len(members) - len(changed) if reading is Reading.UPDATE else 0),
        tuple(sorted(errors, key=lambda error: error.row)),
    )


def name_key(name: str) -> str:
    """Return what two ways to write one name have in common: no case, accents, points or spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(char for char in plain if not unicodedata.combining(char))) or name.casefold()


def _fields(facts: Iterable[Fact], old: object | None, new: object) -> tuple[FieldChange, ...]:
    if old is None:
        return ()
    pairs = [(fact, getattr(old, fact), getattr(new, fact)) for fact in facts]
    return tuple(FieldChange(fact, before, after) for fact, before, after in pairs if before != after)


def _match_members(rows: Sequence[MemberRow], members: Sequence[Member]) -> dict[str, MemberChange]:
    """Return each member of the file as it will be, by the code that the file has for it."""
    by_code = {member.code: member for member in members}
    named = {row.code for row in rows if row.code in by_code}
    by_name = {name_key(member.name): member for member in members if member.code not in named}
    found = {}
    for row in rows:
        old = by_code.get(row.code) or by_name.pop(name_key(row.name), None)
        new = old or Member(0, row.code, row.name)
        given = {fact: getattr(row, fact) for fact in _MEMBER_FACTS[2:] if getattr(row, fact) is not None}
        code = row.code if row.code_given else new.code
        found[row.code] = MemberChange(old, replace(new, code=code, name=row.name, **given))
    return found


def _ends_too_early(rows: Sequence[MemberRow], members: dict[str, MemberChange], held: date | None) -> list[RowError]:
    """Find memberships that would end before an assembly in which they had a part: the past stays as it was."""
    return [
        RowError(row.row, "held_before", row.name)
        for row in rows
        if held is not None and (change := members[row.code]).old is not None
        if change.new.until is not None and change.new.until != change.old.until and change.new.until <= held
    ]


def _roles_of_ended(people: Sequence[PersonRow], members: dict[str, MemberChange], today: date) -> list[RowError]:
    return [
        RowError(person.row, "member_ended", member.name)
        for person in people
        if person.member_code is not None
        if (member := members[person.member_code].new).until is not None and member.until <= today
    ]


def _holders(
    rows: Sequence[PersonRow], people: Sequence[Acting], members: dict[str, MemberChange]
) -> dict[PersonRow, int]:
    """Return who each row is of: who has that name and address, or is the one of that name who holds the role."""
    addresses = {(name_key(a.person.name), (a.person.email or "").casefold()): a.person.id for a in people}
    holding: dict[tuple[str, Role, int | None], list[int]] = {}
    for acting in people:
        for held in acting.roles:
            place = (name_key(acting.person.name), held.role, held.member_id)
            holding.setdefault(place, []).append(acting.person.id)
    found = {}
    for row in rows:
        name = name_key(row.name)
        by_address = addresses.get((name, row.email.casefold())) if row.email else None
        by_role = holding.get((name, row.role, _member_id(RoleGiven(row.role, row.member_code), members)), [])
        if by_address is not None:
            found[row] = by_address
        elif len(by_role) == 1:
            found[row] = by_role[0]
    return found


@dataclass
class _Group:
    """The rows of one person. ``holder`` is who in the register they seem to be of."""

    name: str
    function: str | None
    email: str | None
    label: str
    holder: int | None
    roles: dict[RoleGiven, None]

    def takes(self, row: PersonRow, holder: int | None) -> bool:
        """Whether a row with the same name may be of the same person."""
        if self.email and row.email:
            return _same(self.email, row.email)
        if self.holder is not None and holder is not None:
            return self.holder == holder
        return self.function is None or row.function is None or _same(self.function, row.function)


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def _groups(rows: Sequence[PersonRow], holders: dict[PersonRow, int]) -> tuple[list[_Group], list[RowError]]:
    """Put the rows of each person together; name the rows that give one person two functions, or that may be of two.

    Rows with an address come first, so that one without joins the person that it must be of, whatever their order.
    """
    groups: list[_Group] = []
    namesakes: dict[str, list[_Group]] = {}
    errors = []
    for row in sorted(rows, key=lambda row: row.email is None):
        holder = holders.get(row)
        of_name = namesakes.setdefault(name_key(row.name), [])
        group = next((group for group in of_name if group.takes(row, holder)), None)
        if group is None:
            group = _Group(row.name, row.function, row.email, row.label, holder, {})
            groups.append(group)
            of_name.append(group)
        elif group.function and row.function and not _same(group.function, row.function):
            errors.append(RowError(row.row, "contradiction", row.name))
        group.function = group.function or row.function
        group.email = group.email or row.email
        group.holder = group.holder or holder
        group.roles[RoleGiven(row.role, row.member_code)] = None
    errors += [
        RowError(row.row, "namesake", row.name)
        for row in rows
        if row.email is None and row not in holders and len(namesakes[name_key(row.name)]) > 1
    ]
    return groups, errors


def _match_people(groups: Sequence[_Group], people: Sequence[Acting]) -> dict[int, Acting]:
    """Return who in the register each group is, by the group's place; the surest signs are looked at first."""

    def same_address(group: _Group, acting: Acting) -> bool:
        return _same(group.email, acting.person.email)

    def same_role(group: _Group, acting: Acting) -> bool:
        return group.holder == acting.person.id

    def same_function(group: _Group, acting: Acting) -> bool:
        no_contradiction = acting.person.email is None or group.email is None
        return no_contradiction and _same(group.function or group.label, acting.person.function)

    matched: dict[int, Acting] = {}
    free: dict[str, list[Acting]] = {}
    for acting in people:
        free.setdefault(name_key(acting.person.name), []).append(acting)
    for sign in (same_address, same_role, same_function):
        for at, group in enumerate(groups):
            namesakes = free.get(name_key(group.name), [])
            found = [acting for acting in namesakes if at not in matched and sign(group, acting)]
            if len(found) == 1:
                matched[at] = found[0]
                namesakes.remove(found[0])
    return matched


def _person_change(group: _Group, old: Acting | None, members: dict[str, MemberChange]) -> PersonChange:
    person = old.person if old else Person(0, group.name, group.function or group.label)
    new = replace(
        person, name=group.name, function=group.function or person.function, email=group.email or person.email
    )
    held = {(h.role, h.member_id) for h in old.roles} if old else set()
    gained = [
        RoleGiven(given.role, None if given.member_code is None else members[given.member_code].new.code)
        for given in group.roles
        if (given.role, _member_id(given, members)) not in held
    ]
    return PersonChange(old, new, tuple(gained))


def _member_id(given: RoleGiven, members: dict[str, MemberChange]) -> int | None:
    return None if given.member_code is None else members[given.member_code].new.id


def _endings(
    file: RegisterFile,
    known: Known,
    members: dict[str, MemberChange],
    of_person: dict[int, _Group],
    reading: Reading,
) -> tuple[Ending, ...]:
    """Find the roles that are held and that the file, where it speaks of them, does not give to their holder."""
    given = {RoleGiven(person.role, person.member_code) for person in file.people}
    spoken: Collection[tuple[Role, int | None]]
    if reading is Reading.ELECTIONS:
        spoken = {(role.role, _member_id(role, members)) for role in given}
    else:
        ids = [change.old.id for change in members.values() if change.old]
        spoken = {(role, member_id) for role in Role if role.of_member for member_id in ids}
        if any(role.member_code is None for role in given):
            spoken |= {(role, None) for role in Role if not role.of_member}
    endings = []
    for acting in known.people:
        group = of_person.get(acting.person.id)
        keeps = {(role.role, _member_id(role, members)) for role in group.roles} if group else set()
        if acting.person.id == known.taker:
            keeps.add((Role.SECRETARIAT, None))
        ended = tuple(h for h in acting.roles if (h.role, h.member_id) in spoken and (h.role, h.member_id) not in keeps)
        if ended:
            endings.append(Ending(acting, ended))
    return tuple(endings)
