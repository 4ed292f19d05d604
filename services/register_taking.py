"""Taking a register file over: all of a part or nothing of it, and only what was shown."""

from assembly import errors
from assembly.facts.register import ImportPart, RegisterApplied
from assembly.members import Acting, RoleHeld
from assembly.permissions import Act
from assembly.register_changes import Difference, RoleGiven
from services.access import require
from services.attendance_list import redraw_attendance
from services.lapses import lapse_ended
from services.meetings import refresh_consoles
from services.register import PARTS, Plan, plan_of, preview_key, show_preview
from services.roles import change_roles
from services.seats import check_no_vote_open
from services.telling import tell
from storage.facts import dump
from storage.unit import Unit


async def apply_register(
    unit: Unit, telegram_id: int, file_id: int, part: ImportPart, mark: int, message_id: int | None
) -> errors.Refusal | None:
    """Take ``part`` of a register file over, where it still is what was shown under ``mark``.

    Otherwise nothing is changed, a fresh preview is shown, and what to say about that is returned. The difference is
    worked out under a lock, so that two who take files over go one after the other.
    """
    await require(unit, telegram_id, Act.APPLY_MEMBERS)
    await unit.people.lock_office()
    acting = await require(unit, telegram_id, Act.APPLY_MEMBERS)  # once more: who held the lock may have ended it
    current = await unit.meetings.current()
    meeting = await unit.meetings.get(current.id, lock=True) if current else None
    plan = await plan_of(unit, file_id, acting)
    if part not in PARTS[plan.reading]:
        raise errors.Gone
    if plan.difference.errors:
        raise errors.FileRefused("rows_wrong", str(len(plan.difference.errors)))
    if plan.mark(part) != mark:
        await show_preview(unit, acting, file_id, part, 0, message_id)
        return errors.RegisterMoved()
    if meeting is not None:
        await check_no_vote_open(unit, meeting)
    await _take_over(unit, acting, plan, part)
    if meeting is not None:
        await redraw_attendance(unit, meeting.id)
        await refresh_consoles(unit, meeting.id)
    left = await plan_of(unit, file_id, acting)
    await _tell_applied(unit, acting, plan, part, len(left.difference.endings), message_id)
    return None


async def _take_over(unit: Unit, acting: Acting, plan: Plan, part: ImportPart) -> None:
    found = plan.of(part)
    for change in found.members:
        await unit.members.save(change.new)
    ids = {member.code: member.id for member in await unit.members.all()}
    gained = await _save_people(unit, found, ids)
    ended = {ending.acting.person.id: ending.roles for ending in found.endings}
    for person_id in {**ended, **gained}:
        await change_roles(unit, acting, person_id, gained=gained.get(person_id, ()), ended=ended.get(person_id, ()))
    await lapse_ended(unit, acting)
    await unit.journal.note(
        "register_applied",
        actor_id=acting.person.id,
        facts={
            "file": plan.file.id,
            "sha256": plan.file.sha256,
            "part": part,
            "members": [ids[change.new.code] for change in found.members],
            "people": [change.new.id for change in found.people if change.old],
            "new_people": sum(1 for change in found.people if change.old is None),
            "ended": sorted(ended),
        },
        private={
            "members": [[dump(field) for field in change.fields] for change in found.members],
            "people": [[dump(field) for field in change.fields] for change in found.people],
        },
    )


async def _save_people(unit: Unit, found: Difference, ids: dict[str, int]) -> dict[int, tuple[RoleHeld, ...]]:
    """Store new people with their roles and changed facts; return which roles others gain, by person id."""

    def held(roles: tuple[RoleGiven, ...]) -> tuple[RoleHeld, ...]:
        return tuple(RoleHeld(r.role, None if r.member_code is None else ids[r.member_code]) for r in roles)

    new = [change for change in found.people if change.old is None]
    new_ids = await unit.people.add_all([change.new for change in new])
    await unit.people.grant_roles(
        [(person_id, role) for person_id, change in zip(new_ids, new, strict=True) for role in held(change.gained)]
    )
    for change in found.people:
        if change.fields:
            await unit.people.save(change.new)
    return {change.new.id: held(change.gained) for change in found.people if change.old and change.gained}


async def _tell_applied(
    unit: Unit, acting: Acting, plan: Plan, part: ImportPart, endings: int, message_id: int | None
) -> None:
    today = unit.association.local(unit.now).date()
    people = [other for other in await unit.people.all() if other.roles]
    applied = RegisterApplied(
        plan.file.id,
        part,
        len(await unit.members.active(today)),
        len(people),
        sum(1 for other in people if other.person.telegram_id is None),
        len(plan.of(part).endings),
        endings,
    )
    await tell(unit, acting, applied, key=preview_key(plan.file.id), edit=message_id)
