"""The people of a member: seen by each other, ended by its coordinators; the secretariat is told."""

from collections.abc import Collection

from assembly import errors
from assembly.facts.people import Colleagues, ColleaguesChoice, Ended, EndPreview, PeopleEvent
from assembly.members import Acting, Role, RoleHeld
from assembly.permissions import RULES, Act
from services.access import members_of, require, roles_shown
from services.lapses import held_by
from services.links import hand_over, may_hand_over, unregistered
from services.office import tell_office
from services.person_cards import show_card, shown
from services.roles import end_roles
from services.telling import tell
from storage.unit import Unit

PAGE_SIZE = 8
_OF_MEMBER = RULES[Act.SEE_COLLEAGUES].roles


async def show_colleagues(unit: Unit, telegram_id: int, member_id: int | None = None, page: int = 0) -> None:
    """Show the people of a member; asks of which where the person acts for several."""
    acting = await require(unit, telegram_id, Act.SEE_COLLEAGUES)
    members = dict(await members_of(unit, acting))
    if not members:
        raise errors.NotAllowed(Act.SEE_COLLEAGUES.value)
    if member_id is None and len(members) > 1:
        await tell(unit, acting, ColleaguesChoice(tuple(members.items())))
        return
    chosen = next(iter(members)) if member_id is None else member_id
    if chosen not in members:
        raise errors.NotYourMember(await member_name(unit, chosen))
    people = await unit.people.holding(_OF_MEMBER, member_id=chosen)
    pages = max(1, -(-len(people) // PAGE_SIZE))
    page = min(page, pages - 1)
    on_page = await shown(unit, people[page * PAGE_SIZE : (page + 1) * PAGE_SIZE])
    may_manage = acting.has(Role.COORDINATOR, chosen)
    await tell(unit, acting, Colleagues(chosen, members[chosen], on_page, may_manage, page, pages))


async def show_colleague(unit: Unit, telegram_id: int, member_id: int, person_id: int, message_id: int | None) -> None:
    """Show the card of somebody of the same member."""
    acting = await require(unit, telegram_id, Act.SEE_COLLEAGUES)
    if member_id not in acting.members(*_OF_MEMBER):
        raise errors.NotYourMember(await member_name(unit, member_id))
    await show_card(unit, acting, await colleague(unit, member_id, person_id), member_id, message_id)


async def link_colleague(unit: Unit, telegram_id: int, member_id: int, person_id: int) -> None:
    """Make a new link for somebody of the member who is not registered, for the coordinator to hand on."""
    acting, _member = await manager(unit, telegram_id, member_id)
    await colleague(unit, member_id, person_id)
    target = await unregistered(unit, person_id)
    if not await may_hand_over(unit, acting, target):
        raise errors.NotTheirs(target.person.name)
    await hand_over(unit, acting, person_id)


async def ask_end(unit: Unit, telegram_id: int, member_id: int, person_id: int, message_id: int | None) -> None:
    """Show what ending somebody's roles for the member would do."""
    acting, _member = await manager(unit, telegram_id, member_id)
    target = await colleague(unit, member_id, person_id)
    await tell(unit, acting, await end_preview(unit, acting, target, member_id), edit=message_id)


async def end_colleague(unit: Unit, telegram_id: int, member_id: int, person_id: int, message_id: int | None) -> None:
    """End somebody's roles for the member."""
    acting, _member = await manager(unit, telegram_id, member_id)
    target = await colleague(unit, member_id, person_id)
    held = [RoleHeld(role, member_id) for role in roles_for(target, member_id)]
    await end_roles(unit, acting, person_id, held)
    await tell_ended(unit, acting, target, held, message_id)


async def tell_ended(
    unit: Unit, acting: Acting, target: Acting, held: Collection[RoleHeld], message_id: int | None
) -> None:
    """Confirm that somebody's roles were ended, and tell the secretariat."""
    roles = await roles_shown(unit, Acting(target.person, tuple(held)))
    await tell(unit, acting, Ended(target.person.name, roles), edit=message_id)
    await tell_office(unit, acting, PeopleEvent.ENDED, target, held)


async def end_preview(unit: Unit, acting: Acting, target: Acting, member_id: int) -> EndPreview:
    """Return what ending the person's roles would do: those for a member, or all where ``member_id`` is 0."""
    held = [role for role in target.roles if member_id in {0, role.member_id}]
    last = []
    for role in held:
        others = await unit.people.holding({role.role}, member_id=role.member_id)
        if {other.person.id for other in others} == {target.person.id}:
            last.append(role.role)
    return EndPreview(
        target.person.id,
        member_id,
        target.person.name,
        await roles_shown(unit, Acting(target.person, tuple(held))),
        await lapsing(unit, target, member_id),
        tuple(dict.fromkeys(last)),
        self_=target.person.id == acting.person.id,
    )


async def manager(unit: Unit, telegram_id: int, member_id: int) -> tuple[Acting, str]:
    """Return who acts and the member's name. Refuses whoever is no coordinator of that member."""
    acting = await require(unit, telegram_id, Act.MANAGE_COLLEAGUES)
    name = await member_name(unit, member_id)
    if not acting.has(Role.COORDINATOR, member_id):
        raise errors.NotYourMember(name)
    return acting, name


async def member_name(unit: Unit, member_id: int) -> str:
    """Return the member's name. Refuses with ``Gone`` where there is none."""
    member = await unit.members.get(member_id)
    if member is None:
        raise errors.Gone
    return member.name


async def colleague(unit: Unit, member_id: int, person_id: int) -> Acting:
    """Return somebody who acts for the member. Refuses with ``Gone`` where it does not, or not any more."""
    target = await unit.people.get(person_id)
    if target is None or member_id not in target.members(*_OF_MEMBER):
        raise errors.Gone
    return target


def roles_for(target: Acting, member_id: int) -> list[Role]:
    """Return the person's roles for the member."""
    return [held.role for held in target.roles if held.member_id == member_id]


async def lapsing(unit: Unit, target: Acting, member_id: int) -> tuple[str, ...]:
    """Return the members of which the person holds a proxy that would lapse."""
    proxies = [p for p in await held_by(unit, target.person.id) if member_id in {0, p.holder_member_id}]
    names = await unit.members.names([proxy.member_id for proxy in proxies])
    return tuple(sorted(names.values(), key=str.casefold))
