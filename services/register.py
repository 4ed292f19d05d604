"""The register file: received, read, and shown as the difference that it would make."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from assembly import errors
from assembly.facts.register import (
    ChangeKind,
    ChangeShown,
    ElectionsExpected,
    FileReceived,
    ImportPart,
    RegisterErrors,
    RegisterErrorsFile,
    RegisterPreview,
    RegisterPreviewRef,
)
from assembly.facts.registration import RoleShown
from assembly.members import Acting, RoleHeld
from assembly.permissions import Act, may
from assembly.proxies import Proxy, still_entitled
from assembly.register_changes import Difference, Known, PersonChange, Reading, RoleGiven, compare
from assembly.register_file import RegisterFile
from assembly.tables import MAXIMUM_BYTES
from services.access import require
from services.documents import IncomingFile, store
from services.seats import day_of
from services.telling import show, show_anew, tell
from storage.facts import canonical, dump
from storage.files import StoredFile
from storage.unit import Unit

PAGE_SIZE = 8
"""Lines of a preview on one page."""

ERRORS_SHOWN = 20
"""More errors than this come as a file."""

MARK_BYTES = 6
"""Bytes of a hash: enough to tell two states of the register apart, few enough for a button."""


@dataclass(frozen=True)
class Plan:
    """What a register file would do, for whoever takes it over.

    ``lapsing`` and ``staying`` are proxies that elections touch: held by who leaves, and granted by their members.
    """

    file: StoredFile
    reading: Reading
    difference: Difference
    lapsing: tuple[Proxy, ...] = ()
    staying: tuple[Proxy, ...] = ()

    def of(self, part: ImportPart) -> Difference:
        """Return what ``part`` would change."""
        if part is ImportPart.CHANGES:
            return replace(self.difference, endings=())
        if part is ImportPart.ENDINGS:
            return replace(self.difference, members=(), people=(), absent=())
        return self.difference

    def mark(self, part: ImportPart) -> int:
        """Return what stands for all that ``part`` would change."""
        digest = sha256(canonical(dump(self.of(part))).encode()).digest()
        return int.from_bytes(digest[:MARK_BYTES])


PARTS = {
    Reading.UPDATE: (ImportPart.CHANGES, ImportPart.ENDINGS),
    Reading.ELECTIONS: (ImportPart.ELECTIONS,),
}
"""What of a file is shown and applied at once; the first is shown first."""


def preview_key(file_id: int) -> str:
    """Return the key of the message in which a register file is previewed and taken over."""
    return f"import:{file_id}"


async def ask_elections(unit: Unit, telegram_id: int) -> None:
    """Expect a file of who now fills which role for which member."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    await unit.conversations.begin(acting.person.id, Reading.ELECTIONS.value)
    await tell(unit, acting, ElectionsExpected())


async def receive_update(unit: Unit, acting: Acting, file: IncomingFile, _data: Mapping[str, Any]) -> None:
    """Note a file of the register as it should be, of which the bytes are being fetched."""
    await _receive(unit, acting, file, Reading.UPDATE)


async def receive_elections(unit: Unit, acting: Acting, file: IncomingFile, _data: Mapping[str, Any]) -> None:
    """Note a file of who was elected, of which the bytes are being fetched."""
    await _receive(unit, acting, file, Reading.ELECTIONS)


async def _receive(unit: Unit, acting: Acting, file: IncomingFile, reading: Reading) -> None:
    if file.size > MAXIMUM_BYTES:
        raise errors.FileRefused("size", str(MAXIMUM_BYTES // 1_000_000))
    await store(unit, acting.person.id, file, reading.value)
    await unit.conversations.end(acting.person.id)
    await tell(unit, acting, FileReceived(file.name))


async def show_read(unit: Unit, file: StoredFile, contents: RegisterFile) -> None:
    """Keep what stood in a fetched file, and show its sender what that would change."""
    sender = await unit.people.get(file.sent_by)
    if sender is None:
        return
    reading = Reading(file.purpose)
    await unit.imports.add(file.id, reading, contents)
    ref = RegisterPreviewRef(file.id, sender.person.id, PARTS[reading][0], 0)
    await show_anew(unit, sender, ref, preview_key(file.id))


async def turn_page(
    unit: Unit, telegram_id: int, file_id: int, part: ImportPart, page: int, message_id: int | None
) -> None:
    """Show another page, or another part, of what a register file would change."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    read = await unit.imports.get(file_id)
    if read is None or part not in PARTS[read.reading]:
        raise errors.Gone
    await show_preview(unit, acting, file_id, part, page, message_id)


async def show_preview(
    unit: Unit, acting: Acting, file_id: int, part: ImportPart, page: int, message_id: int | None
) -> None:
    """Queue a page of the preview in place of the ``message_id`` where there is one."""
    ref = RegisterPreviewRef(file_id, acting.person.id, part, page)
    await show(unit, acting, ref, preview_key(file_id), pressed=message_id)


async def plan_of(unit: Unit, file_id: int, taker: Acting) -> Plan:
    """Compare a register file with the register of now, for ``taker``. Refuses with ``Gone`` where there is none."""
    file, read = await unit.files.get(file_id), await unit.imports.get(file_id)
    if file is None or read is None:
        raise errors.Gone
    today = unit.association.local(unit.now).date()
    held = await unit.meetings.last_opened()
    known = Known(
        await unit.members.all(),
        await unit.people.all(),
        today,
        day_of(unit, held) if held else None,
        taker.person.id,
    )
    difference = compare(read.contents, known, read.reading)
    if read.reading is Reading.UPDATE:
        return Plan(file, read.reading, difference)
    return Plan(file, read.reading, difference, *await _touched(unit, difference))


async def _touched(unit: Unit, difference: Difference) -> tuple[tuple[Proxy, ...], tuple[Proxy, ...]]:
    """Return the proxies that lapse with the roles of those who leave, and those that their members granted."""
    meeting = await unit.meetings.current()
    proxies = await unit.proxies.under_way(meeting.id) if meeting else ()
    left = {held.member_id for ending in difference.endings for held in ending.roles}
    staying = {
        ending.acting.person.id: replace(ending.acting, roles=tuple(set(ending.acting.roles).difference(ending.roles)))
        for ending in difference.endings
    }
    lapsing = tuple(
        p for p in proxies if p.holder_id in staying and not still_entitled(p, staying[p.holder_id], proxies)
    )
    return lapsing, tuple(p for p in proxies if p.member_id in left and p not in lapsing)


async def load_preview(
    unit: Unit, ref: RegisterPreviewRef
) -> RegisterPreview | RegisterErrors | RegisterErrorsFile | None:
    """Load a page of what a register file would change now; nothing for somebody who may not import any more."""
    acting = await unit.people.get(ref.person_id)
    if acting is None or not may(acting, Act.IMPORT_MEMBERS):
        return None
    plan = await plan_of(unit, ref.file_id, acting)
    if plan.difference.errors:
        kind = RegisterErrors if len(plan.difference.errors) <= ERRORS_SHOWN else RegisterErrorsFile
        return kind(plan.file.name, plan.difference.errors)
    lines = await _lines(unit, plan, ref.part)
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    page = min(ref.page, pages - 1)
    counts = Counter(line.kind for line in lines)
    return RegisterPreview(
        ref.file_id,
        plan.file.name,
        ref.part,
        plan.mark(ref.part),
        tuple((kind, counts[kind]) for kind in ChangeKind if counts[kind]),
        plan.difference.unchanged,
        tuple(lines[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]),
        page,
        pages,
        len(plan.difference.endings) if ref.part is ImportPart.CHANGES else 0,
    )


async def _lines(unit: Unit, plan: Plan, part: ImportPart) -> list[ChangeShown]:
    """Return every line of a part: by kind of change, or for elections by member."""
    names = {member.id: member.name for member in await unit.members.all()}
    if part is ImportPart.ELECTIONS:
        return await _by_member(unit, plan, names)
    found = plan.of(part)
    codes = {change.new.code: change.new.name for change in found.members}
    codes |= {member.code: member.name for member in await unit.members.all()}
    return [
        *(ChangeShown(ChangeKind.MEMBER_NEW, c.new.name) for c in found.members if c.old is None),
        *(ChangeShown(ChangeKind.MEMBER_CHANGED, c.new.name, fields=c.fields) for c in found.members if c.old),
        *(_person_line(change, codes) for change in sorted(found.people, key=lambda change: change.old is not None)),
        *(
            ChangeShown(ChangeKind.ROLES_ENDED, ending.acting.person.name, roles=_held(ending.roles, names))
            for ending in found.endings
        ),
        *(ChangeShown(ChangeKind.MEMBER_ABSENT, member.name) for member in found.absent),
    ]


def _person_line(change: PersonChange, codes: Mapping[str, str]) -> ChangeShown:
    kind = ChangeKind.PERSON_NEW if change.old is None else ChangeKind.PERSON_CHANGED
    return ChangeShown(kind, change.new.name, roles=_given(change.gained, codes), fields=change.fields)


async def _by_member(unit: Unit, plan: Plan, names: Mapping[int, str]) -> list[ChangeShown]:
    codes = {member.code: member.name for member in await unit.members.all()}
    found = plan.difference
    lines = [
        ChangeShown(ChangeKind.ROLES_ENDED, ending.acting.person.name, member, tuple(roles))
        for ending in found.endings
        for member, roles in _of_members(_held(ending.roles, names))
    ]
    lines += [
        ChangeShown(ChangeKind.ROLES_GAINED, change.new.name, member, tuple(roles))
        for change in found.people
        for member, roles in _of_members(_given(change.gained, codes))
    ]
    holders = await unit.people.all({proxy.holder_id for proxy in (*plan.lapsing, *plan.staying)})
    holder = {acting.person.id: acting.person.name for acting in holders}
    for kind, proxies in ((ChangeKind.PROXY_LAPSES, plan.lapsing), (ChangeKind.PROXY_STAYS, plan.staying)):
        lines += [
            ChangeShown(kind, _holding(holder[p.holder_id], names.get(p.holder_member_id or 0)), names[p.member_id])
            for p in proxies
        ]
    return sorted(lines, key=lambda line: (line.member.casefold(), list(ChangeKind).index(line.kind)))


def _of_members(roles: Iterable[RoleShown]) -> list[tuple[str, list[RoleShown]]]:
    """Return the roles of each member, under which they are shown without its name."""
    of: dict[str, list[RoleShown]] = {}
    for shown in roles:
        of.setdefault(shown.member or "", []).append(RoleShown(shown.role, None))
    return list(of.items())


def _holding(name: str, member: str | None) -> str:
    """Say who holds a proxy, with the member for which it acts, if any."""
    return f"{name} ({member})" if member else name


def _held(roles: Iterable[RoleHeld], names: Mapping[int, str]) -> tuple[RoleShown, ...]:
    return tuple(RoleShown(h.role, None if h.member_id is None else names[h.member_id]) for h in roles)


def _given(roles: Iterable[RoleGiven], codes: Mapping[str, str]) -> tuple[RoleShown, ...]:
    return tuple(RoleShown(g.role, None if g.member_code is None else codes[g.member_code]) for g in roles)
