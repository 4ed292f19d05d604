"""Registering: one-time links bind a Telegram account to a person in the register."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from assembly import errors
from assembly.facts.registration import Registered, RegistrationDenied, RegistrationMistake, RegistrationQuestion
from assembly.members import Acting, Person, Role, RoleHeld
from assembly.permissions import Act
from services.access import holders_of, roles_shown
from services.ballot_cards import show_open_ballot
from services.convening import catch_up
from services.menus import offer_commands, offer_menu
from services.outside_files import send_running
from services.telling import tell
from storage.links import Link
from storage.unit import Unit

TOKEN_BYTES = 24
"""192 random bits: 32 characters in a deep link, of which Telegram takes 64."""

MAXIMUM_FAILURES = 5
LOCK_TIME = timedelta(minutes=30)
FAILURES_FORGOTTEN = timedelta(hours=24)


def token_hash(token: str) -> str:
    """Return what is stored of a token. A plain hash suffices: the token is random and not a password."""
    return sha256(token.encode()).hexdigest()


async def make_link(unit: Unit, person_id: int) -> str:
    """Make a one-time link for a person, revoke its earlier ones, and return the token; only its hash is kept."""
    token = token_urlsafe(TOKEN_BYTES)
    await unit.links.add(person_id, token_hash(token), link_until(unit))
    return token


def link_until(unit: Unit) -> datetime:
    """Return until when a link works that is made now."""
    return unit.now + timedelta(days=unit.association.link_days)


async def first_secretariat(unit: Unit, name: str) -> str:
    """Put the first person of the secretariat in the register and return the token of its link."""
    person_id = await unit.people.save(Person(0, name, "regiebureau"))
    await unit.people.grant_role(person_id, RoleHeld(Role.SECRETARIAT))
    await unit.journal.note("secretariat_created", actor_id=None, facts={"person": person_id})
    return await make_link(unit, person_id)


async def open_link(unit: Unit, telegram_id: int, token: str) -> None:
    """Ask the account that shows ``token`` whether it is the link's person.

    A wrong link is an answer and not an exception, because the wrong try must be stored.
    """
    lock = await unit.links.failures(telegram_id)
    if lock and lock.locked_until and unit.now < lock.locked_until:
        await unit.outbox.send(telegram_id, errors.LockedOut(lock.locked_until))
        return
    link = await unit.links.by_hash(token_hash(token))
    if link is None:
        await _note_failure(unit, telegram_id)
        return
    refusal = await _why_not(unit, link, telegram_id)
    if refusal is not None:
        await unit.outbox.send(telegram_id, refusal)
        return
    await unit.links.claim(link.id, telegram_id)
    acting = await _person_of(unit, link)
    question = RegistrationQuestion(
        link.id, acting.person.name, acting.person.function, await roles_shown(unit, acting)
    )
    await unit.outbox.send(telegram_id, question)


async def confirm_registration(unit: Unit, telegram_id: int, link_id: int, message_id: int | None) -> None:
    """Bind the account that showed the link's token to the link's person, once."""
    link = await unit.links.get(link_id)
    if link is None or link.claimed_by != telegram_id:
        raise errors.Gone
    refusal = await _why_not(unit, link, telegram_id)
    if refusal is not None:
        raise refusal
    await unit.links.use(link.id)
    await unit.links.forget_failures(telegram_id)
    await register(unit, link.person_id, telegram_id, message_id)


async def register(unit: Unit, person_id: int, telegram_id: int, message_id: int | None) -> None:
    """Bind the account to the person, and give it everything that the person should have by now."""
    await unit.people.bind(person_id, telegram_id)
    await unit.blocks.lift(telegram_id)
    acting = await unit.people.get(person_id)
    if acting is None:
        raise errors.Gone
    await unit.journal.note("registered", actor_id=person_id, facts={"person": person_id})
    registered = Registered(acting.person.name, acting.person.function, await roles_shown(unit, acting))
    await tell(unit, acting, registered, edit=message_id)
    await offer_commands(unit, acting)
    await offer_menu(unit, acting)
    await catch_up(unit, acting)
    await send_running(unit, acting)
    await show_open_ballot(unit, acting)


async def deny_registration(unit: Unit, telegram_id: int, link_id: int, message_id: int | None) -> None:
    """Let go of a link that reached somebody else, and tell the secretariat."""
    link = await unit.links.get(link_id)
    if link is None or link.claimed_by != telegram_id or link.used_at is not None:
        raise errors.Gone
    await unit.links.claim(link.id, None)
    acting = await _person_of(unit, link)
    await unit.journal.note("registration_denied", actor_id=None, facts={"person": acting.person.id})
    await unit.outbox.send(telegram_id, RegistrationDenied(), edit=message_id)
    for secretary in await holders_of(unit, Act.SEE_PEOPLE):
        await tell(unit, secretary, RegistrationMistake(acting.person.name))


async def _person_of(unit: Unit, link: Link) -> Acting:
    acting = await unit.people.get(link.person_id)
    if acting is None:
        raise errors.Gone
    return acting


async def _why_not(unit: Unit, link: Link, telegram_id: int) -> errors.Refusal | None:
    if link.used_at is not None or link.revoked_at is not None:
        return errors.LinkUsed()
    if unit.now >= link.expires_at:
        return errors.LinkExpired(link.expires_at)
    block = await unit.blocks.of_account(telegram_id)
    if block is not None and block.person_id != link.person_id:
        return errors.AccountBlocked()
    bound = await unit.people.acting(telegram_id)
    if bound is not None and bound.person.id != link.person_id:
        return errors.AccountInUse(bound.person.name)
    acting = await _person_of(unit, link)
    if acting.person.telegram_id not in {None, telegram_id}:
        return errors.AccountInUse(acting.person.name)
    return None


async def _note_failure(unit: Unit, telegram_id: int) -> None:
    known = await unit.links.failures(telegram_id)
    fresh = known is not None and not known.locked_until and unit.now - known.last_at < FAILURES_FORGOTTEN
    failures = (known.failures if known and fresh else 0) + 1
    until = unit.now + LOCK_TIME if failures >= MAXIMUM_FAILURES else None
    await unit.links.note_failure(telegram_id, failures, until)
    refusal = errors.LockedOut(until) if until else errors.LinkUnknown(MAXIMUM_FAILURES - failures)
    await unit.outbox.send(telegram_id, refusal)
