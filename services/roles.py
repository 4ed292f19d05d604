"""Roles that people gain and lose, and what that does to what they have in hand."""

from collections.abc import Collection

from assembly import errors
from assembly.facts.people import RolesChanged
from assembly.members import Acting, Role, RoleHeld
from services.access import roles_shown
from services.convening import catch_up
from services.lapses import lapse_ended
from services.menus import offer_commands, refresh_menu
from services.telling import tell
from storage.unit import Unit

LEFT = "left"
"""Why what waited for somebody without roles is not sent."""


async def gain_roles(unit: Unit, actor: Acting, person_id: int, held: Collection[RoleHeld]) -> None:
    """Give a person roles, and bring it up to date where it is registered."""
    await change_roles(unit, actor, person_id, gained=held)


async def end_roles(unit: Unit, actor: Acting, person_id: int, held: Collection[RoleHeld]) -> None:
    """End roles of a person now: its buttons end with them, also those in old messages, and its proxies lapse."""
    await change_roles(unit, actor, person_id, ended=held)
    await lapse_ended(unit, actor)


async def change_roles(
    unit: Unit,
    actor: Acting | None,
    person_id: int,
    *,
    gained: Collection[RoleHeld] = (),
    ended: Collection[RoleHeld] = (),
) -> None:
    """Give a person roles and end others, as one change that it is told once; ``actor`` is ``None`` where time does it.

    After the last of such changes ``lapse_ended`` ends the proxies that no longer hold.

    Permission is read from the roles held at each press, so whatever it was shown before does nothing any more.
    """
    if ended:
        await check_not_voting(unit, person_id)
        await unit.conversations.end(person_id)
        await unit.factors.forget_verification(person_id)
    for role in ended:
        await unit.people.end_role(person_id, role)
    for role in gained:
        await unit.people.grant_role(person_id, role)
    await _note(unit, "roles_gained", actor, person_id, gained)
    await _note(unit, "roles_ended", actor, person_id, ended)
    acting = await unit.people.get(person_id)
    if acting is None:
        return
    account = acting.person.telegram_id
    if not acting.roles:
        await unit.links.revoke(person_id)
    if not acting.roles and account is not None:
        await unit.outbox.silence(account, LEFT)
    if account is not None:
        await _bring_up_to_date(unit, acting)
        if gained:
            await catch_up(unit, acting)


async def check_not_voting(unit: Unit, person_id: int) -> None:
    """Refuse while a vote is open in which the person carries a seat: nobody could cast it any more."""
    current = await unit.meetings.current()
    meeting = await unit.meetings.get(current.id, lock=True) if current else None
    motion = await unit.motions.open_in(meeting.id) if meeting else None
    if motion is not None and await unit.motions.carried(motion.id, person_id):
        raise errors.MotionOpen(motion.title)


async def check_office_remains(unit: Unit, target: Acting) -> None:
    """Refuse to take the last person out of the secretariat."""
    await unit.people.lock_office()
    office = {other.person.id for other in await unit.people.holding({Role.SECRETARIAT})}
    if office == {target.person.id}:
        raise errors.NobodyElseInOffice


async def _bring_up_to_date(unit: Unit, acting: Acting) -> None:
    await tell(unit, acting, RolesChanged(await roles_shown(unit, acting)))
    await offer_commands(unit, acting)
    await refresh_menu(unit, acting)


async def _note(unit: Unit, kind: str, actor: Acting | None, person_id: int, held: Collection[RoleHeld]) -> None:
    roles = [[role.role, role.member_id] for role in held]
    if roles:
        actor_id = actor.person.id if actor else None
        await unit.journal.note(kind, actor_id=actor_id, facts={"person": person_id, "roles": roles})
