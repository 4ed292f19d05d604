"""Who acts, and whether it may."""

from assembly.access import check_second_factor
from assembly.errors import AccountBlocked, NotRegistered
from assembly.facts.registration import RoleShown
from assembly.members import Acting, Role
from assembly.permissions import RULES, Act, check_may, may
from storage.unit import Unit


async def known(unit: Unit, telegram_id: int) -> Acting | None:
    """Return who this account belongs to, or ``None`` for a stranger. Refuses a blocked account."""
    acting = await unit.people.acting(telegram_id)
    if acting is None and await unit.blocks.of_account(telegram_id) is not None:
        raise AccountBlocked
    return acting


async def require(unit: Unit, telegram_id: int, act: Act | None = None) -> Acting:
    """Return who this account belongs to.

    Refuses a stranger and a blocked account; for ``act`` also whoever may not do it, or has to give a code first.
    """
    acting = await known(unit, telegram_id)
    if acting is None:
        raise NotRegistered
    if act is not None:
        await permit(unit, acting, act)
    return acting


async def permit(unit: Unit, acting: Acting, act: Act) -> None:
    """Refuse whoever may not do ``act``, or has to give a code first.

    What ends with a text asks this again: it may come hours after the button that asked for it.
    """
    check_may(acting, act)
    if RULES[act].guarded:
        association = unit.association
        factor = await unit.factors.of_person(acting.person.id)
        check_second_factor(
            factor, association.second_factor, act.value, unit.now, association.second_factor_remembered
        )


async def holders_of(unit: Unit, act: Act) -> tuple[Acting, ...]:
    """Return the people who may do ``act``."""
    return await unit.people.holding(RULES[act].roles)


def acts_of(acting: Acting) -> tuple[Act, ...]:
    """Return everything that the person may do."""
    return tuple(act for act in Act if may(acting, act))


async def roles_shown(unit: Unit, acting: Acting) -> tuple[RoleShown, ...]:
    """Return the person's roles with the names of their members."""
    names = await unit.members.names([held.member_id for held in acting.roles if held.member_id is not None])
    return tuple(
        RoleShown(held.role, None if held.member_id is None else names[held.member_id]) for held in acting.roles
    )


async def members_of(unit: Unit, acting: Acting, *roles: Role) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of the active members for which the person holds one of ``roles`` (by default any)."""
    ids = acting.members(*(roles or (Role.REPRESENTATIVE, Role.COORDINATOR, Role.SIGNATORY)))
    today = unit.association.local(unit.now).date()
    return tuple((member.id, member.name) for member in await unit.members.active(today) if member.id in ids)
