"""People as others see them: where they stand on the way in, and their cards."""

from collections.abc import Collection

from assembly.access import Registration
from assembly.facts.people import CardAction, PersonCard, PersonShown
from assembly.facts.registration import RoleShown
from assembly.members import Acting, Role
from assembly.permissions import RULES, Act
from services.blocking import may_block
from services.links import may_hand_over
from services.telling import tell
from storage.unit import Unit


async def shown(unit: Unit, people: Collection[Acting]) -> tuple[PersonShown, ...]:
    """Return each of ``people`` with where it stands on the way in."""
    unused, blocked = await unit.links.unused(), await unit.blocks.people()
    names = {member.id: member.name for member in await unit.members.all()}
    found = []
    for acting in people:
        person = acting.person
        until = unused.get(person.id)
        if person.telegram_id is not None:
            state = Registration.REGISTERED
        elif until is not None and unit.now < until:
            state = Registration.LINK_VALID
        elif person.id in blocked:
            state = Registration.BLOCKED
        else:
            state = Registration.NO_LINK if until is None else Registration.LINK_EXPIRED
        roles = tuple(RoleShown(held.role, names.get(held.member_id or 0)) for held in acting.roles)
        found.append(PersonShown(person.id, person.name, person.function, roles, state, until))
    return tuple(found)


async def show_card(unit: Unit, acting: Acting, target: Acting, member_id: int, message_id: int | None) -> None:
    """Show somebody to a colleague of the member, or to the secretariat where ``member_id`` is 0."""
    (person,) = await shown(unit, [target])
    factor = await unit.factors.of_person(target.person.id)
    has_factor = factor is not None and factor.confirmed_at is not None
    needs_factor = any(held.role in RULES[Act.SECURE_ACCOUNT].roles for held in target.roles)
    offered = (
        await _for_colleague(unit, acting, target, member_id)
        if member_id
        else _for_office(acting, target, person.registration, has_factor=has_factor)
    )
    if person.registration is Registration.REGISTERED and may_block(acting, target):
        offered.append(CardAction.BLOCK)
    card = PersonCard(
        person,
        member_id,
        target.person.email or "",
        has_factor if needs_factor and not member_id else None,
        tuple(offered),
    )
    await tell(unit, acting, card, edit=message_id)


async def _for_colleague(unit: Unit, acting: Acting, target: Acting, member_id: int) -> list[CardAction]:
    if not acting.has(Role.COORDINATOR, member_id):
        return []
    link = [CardAction.NEW_LINK] if await may_hand_over(unit, acting, target) else []
    return [*link, CardAction.REPLACE, CardAction.END]


def _for_office(acting: Acting, target: Acting, registration: Registration, *, has_factor: bool) -> list[CardAction]:
    offered = []
    if registration is not Registration.REGISTERED and target.roles:
        offered = [CardAction.NEW_LINK, CardAction.LETTER]
    if registration is Registration.LINK_VALID:
        offered.append(CardAction.REVOKE_LINK)
    if has_factor and target.person.id != acting.person.id:
        offered.append(CardAction.RESET_FACTOR)
    return [*offered, CardAction.END] if target.roles else offered
