"""Inviting a colleague for a member, perhaps in the place of another: role, name, function, preview, done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from assembly import errors
from assembly.facts.people import (
    Invited,
    InviteFunctionAsked,
    InviteNameAsked,
    InvitePreview,
    InviteRoleAsked,
    PeopleEvent,
)
from assembly.members import Acting, Person, Role, RoleHeld
from assembly.permissions import RULES, Act
from assembly.wording import written_line
from services.access import permit, require
from services.colleagues import colleague, lapsing, manager, member_name, roles_for
from services.links import hand_over, may_hand_over
from services.office import tell_office
from services.roles import check_not_voting, end_roles, gain_roles
from services.telling import tell
from storage.unit import Unit

NAME_STEP, FUNCTION_STEP, CHECK_STEP = "invite_name", "invite_function", "invite_check"
NAME_LIMIT = 120
"""UTF-16 units, as in a register file."""


@dataclass(frozen=True)
class _Draft:
    """An invitation that is being written. ``leaver_id``: whose roles the invited takes over."""

    member_id: int
    roles: tuple[Role, ...]
    leaver_id: int | None
    name: str
    function: str


async def ask_role(unit: Unit, telegram_id: int, member_id: int) -> None:
    """Ask which role the invited will have."""
    acting, member = await manager(unit, telegram_id, member_id)
    await tell(unit, acting, InviteRoleAsked(member_id, member))


async def ask_name(unit: Unit, telegram_id: int, member_id: int, role: Role) -> None:
    """Expect the name of who is invited in ``role``, which must be one of a member."""
    acting, member = await manager(unit, telegram_id, member_id)
    if not role.of_member:
        raise errors.NotAllowed(Act.MANAGE_COLLEAGUES.value)
    await _expect_name(unit, acting, member_id, member, [role], None)


async def ask_successor(unit: Unit, telegram_id: int, member_id: int, person_id: int) -> None:
    """Expect the name of who comes in the place of somebody."""
    acting, member = await manager(unit, telegram_id, member_id)
    leaver = await colleague(unit, member_id, person_id)
    await _expect_name(unit, acting, member_id, member, roles_for(leaver, member_id), leaver)


async def take_name(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the name of who is invited, and expect the function."""
    await permit(unit, acting, Act.MANAGE_COLLEAGUES)
    name = written_line(text, NAME_LIMIT)
    await unit.conversations.begin(acting.person.id, FUNCTION_STEP, **{**data, "name": name})
    await tell(unit, acting, InviteFunctionAsked(name))


async def take_function(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the function of who is invited, and show what would happen."""
    await permit(unit, acting, Act.MANAGE_COLLEAGUES)
    number = int(unit.now.timestamp() * 1000)
    data = {**data, "function": written_line(text, NAME_LIMIT), "number": number}
    draft = _read(data)
    leaver, known = await _people_of(unit, draft)
    await unit.conversations.begin(acting.person.id, CHECK_STEP, **data)
    preview = InvitePreview(
        number,
        await member_name(unit, draft.member_id),
        known.person.name if known else draft.name,
        known.person.function if known else draft.function,
        draft.roles,
        known is not None,
        leaver.person.name if leaver else None,
        await lapsing(unit, leaver, draft.member_id) if leaver else (),
    )
    await tell(unit, acting, preview)


async def invite(unit: Unit, telegram_id: int, number: int, message_id: int | None) -> None:
    """Do what the preview with this number showed: a colleague comes, perhaps in the place of another."""
    acting = await require(unit, telegram_id, Act.MANAGE_COLLEAGUES)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.step != CHECK_STEP or conversation.data["number"] != number:
        raise errors.Gone
    draft = _read(conversation.data)
    acting, member = await manager(unit, telegram_id, draft.member_id)
    leaver, known = await _people_of(unit, draft)
    held = [RoleHeld(role, draft.member_id) for role in draft.roles]
    if leaver is not None:
        await check_not_voting(unit, leaver.person.id)
    person_id = known.person.id if known else await unit.people.save(Person(0, draft.name, draft.function))
    await unit.conversations.end(acting.person.id)
    await gain_roles(unit, acting, person_id, held)
    if leaver is not None:
        await end_roles(unit, acting, leaver.person.id, held)
    acting = await require(unit, telegram_id)  # as it is now: who replaced itself hands over no link any more
    comer = await unit.people.get(person_id)
    if comer is None:
        raise errors.Gone
    hands_over = await may_hand_over(unit, acting, comer)
    invited = Invited(member, comer.person.name, draft.roles, leaver.person.name if leaver else None, hands_over)
    await tell(unit, acting, invited, edit=message_id)
    if hands_over:
        await hand_over(unit, acting, person_id)
    event = PeopleEvent.REPLACED if leaver else PeopleEvent.INVITED
    await tell_office(unit, acting, event, comer, held, leaver=leaver)


def _read(data: Mapping[str, Any]) -> _Draft:
    roles = tuple(Role(role) for role in data["roles"])
    return _Draft(data["member_id"], roles, data["leaver_id"], data["name"], data["function"])


async def _people_of(unit: Unit, draft: _Draft) -> tuple[Acting | None, Acting | None]:
    """Return who leaves and which colleague is meant by the name, as they are now; refuse what makes no sense."""
    leaver = None if draft.leaver_id is None else await colleague(unit, draft.member_id, draft.leaver_id)
    colleagues = await unit.people.holding(RULES[Act.SEE_COLLEAGUES].roles, member_id=draft.member_id)
    same = [other for other in colleagues if other.person.name.casefold() == draft.name.casefold()]
    known = same[0] if same else None
    if known is not None and all(known.has(role, draft.member_id) for role in draft.roles):
        raise errors.RoleHeldAlready(known.person.name)
    return leaver, known


async def _expect_name(
    unit: Unit, acting: Acting, member_id: int, member: str, roles: Collection[Role], leaver: Acting | None
) -> None:
    leaver_id = leaver.person.id if leaver else None
    await unit.conversations.begin(
        acting.person.id, NAME_STEP, member_id=member_id, roles=list(roles), leaver_id=leaver_id
    )
    await tell(unit, acting, InviteNameAsked(member, tuple(roles), leaver.person.name if leaver else None))
