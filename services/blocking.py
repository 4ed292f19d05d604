"""Blocking a phone that is lost or in other hands: one tap, and the account can do nothing any more."""

from assembly import errors
from assembly.facts.people import BlockQuestion, PeopleEvent, PhoneBlocked
from assembly.facts.registration import Commands
from assembly.members import Acting, Role
from assembly.permissions import RULES, Act, may
from services.access import require
from services.office import tell_office
from services.telling import tell
from storage.unit import Unit

BLOCKED = "blocked"
"""Why what waited for a blocked account is not sent."""


async def ask_block(unit: Unit, telegram_id: int, person_id: int, message_id: int | None) -> None:
    """Ask whether the person's phone is to be blocked."""
    acting, target, _account = await _at_hand(unit, telegram_id, person_id)
    await tell(unit, acting, BlockQuestion(person_id, target.person.name), edit=message_id)


async def block_phone(unit: Unit, telegram_id: int, person_id: int, message_id: int | None) -> None:
    """Block the person's account: unbound, its links revoked, nothing more sent to it; the secretariat is told."""
    acting, target, account = await _at_hand(unit, telegram_id, person_id)
    await unit.people.unbind(person_id)
    await unit.blocks.add(account, person_id, acting.person.id)
    await unit.links.revoke(person_id)
    await unit.conversations.end(person_id)
    await unit.factors.forget_verification(person_id)
    await unit.outbox.silence(account, BLOCKED)
    await unit.outbox.send(account, Commands(()))
    await unit.journal.note("phone_blocked", actor_id=acting.person.id, facts={"person": person_id})
    await tell(unit, acting, PhoneBlocked(target.person.name), edit=message_id)
    await tell_office(unit, acting, PeopleEvent.BLOCKED, target)


def may_block(acting: Acting, target: Acting) -> bool:
    """Whether the person may block the phone of ``target``: a colleague of the same member, or the secretariat."""
    if acting.person.id == target.person.id or not may(acting, Act.BLOCK_PHONE):
        return False
    return acting.has(Role.SECRETARIAT) or not set(_members(acting)).isdisjoint(_members(target))


def _members(acting: Acting) -> tuple[int, ...]:
    return acting.members(*RULES[Act.SEE_COLLEAGUES].roles)


async def _at_hand(unit: Unit, telegram_id: int, person_id: int) -> tuple[Acting, Acting, int]:
    acting = await require(unit, telegram_id, Act.BLOCK_PHONE)
    target = await unit.people.get(person_id)
    if target is None:
        raise errors.Gone
    if not may_block(acting, target):
        raise errors.NotTheirs(target.person.name)
    if target.person.telegram_id is None:
        raise errors.NothingToBlock(target.person.name)
    return acting, target, target.person.telegram_id
