"""Registration links for those who are not registered: as a file, as letters, or one by one."""

from collections.abc import Collection

from assembly import errors
from assembly.access import LinkForm
from assembly.facts.people import LinkRevoked, LinksAsked, PersonalLink, PersonalLinkRef
from assembly.facts.register import (
    NobodyUnregistered,
    RegistrationLetters,
    RegistrationLink,
    RegistrationLinks,
    RegistrationLinksRef,
)
from assembly.members import Acting, Role
from assembly.permissions import Act, may
from services.access import require
from services.registration import link_until, make_link
from services.telling import tell
from storage.unit import Unit


async def ask_links(unit: Unit, telegram_id: int) -> None:
    """Ask for whom links are to be made, and in which form: making one ends the earlier one."""
    acting = await require(unit, telegram_id, Act.EXPORT_LINKS)
    waiting = await _waiting(unit, renew=True)
    if not waiting:
        await tell(unit, acting, NobodyUnregistered())
        return
    valid = await _with_valid_link(unit)
    await tell(unit, acting, LinksAsked(len(waiting), sum(other.person.id in valid for other in waiting)))


async def make_links(unit: Unit, telegram_id: int, form: LinkForm, *, renew: bool) -> None:
    """Queue links for everybody who is not registered, or without ``renew`` for those without a valid link."""
    acting = await require(unit, telegram_id, Act.MAKE_LINKS)
    if not await _waiting(unit, renew=renew):
        raise errors.Gone
    await _queue(unit, acting, RegistrationLinksRef(acting.person.id, form, renew=renew))


async def make_letter(unit: Unit, telegram_id: int, person_id: int) -> None:
    """Queue a letter with a new link for one person."""
    acting = await require(unit, telegram_id, Act.MAKE_LINKS)
    target = await unregistered(unit, person_id)
    await _queue(unit, acting, RegistrationLinksRef(acting.person.id, LinkForm.LETTERS, target.person.id))


async def revoke_link(unit: Unit, telegram_id: int, person_id: int, message_id: int | None) -> None:
    """End the person's link; without a new one it cannot register."""
    acting = await require(unit, telegram_id, Act.MAKE_LINKS)
    target = await unregistered(unit, person_id)
    if not await unit.links.revoke(person_id):
        raise errors.Gone
    await unit.journal.note("link_revoked", actor_id=acting.person.id, facts={"person": person_id})
    await tell(unit, acting, LinkRevoked(target.person.name), edit=message_id)


async def unregistered(unit: Unit, person_id: int) -> Acting:
    """Return somebody who is not registered. Refuses with ``AccountInUse`` where it is, ``Gone`` where nobody is."""
    target = await unit.people.get(person_id)
    if target is None:
        raise errors.Gone
    if target.person.telegram_id is not None:
        raise errors.AccountInUse(target.person.name)
    return target


async def hand_over(unit: Unit, acting: Acting, person_id: int) -> None:
    """Queue a new link for one person, for ``acting`` to hand on."""
    await _queue(unit, acting, PersonalLinkRef(acting.person.id, person_id))


async def make_personal_link(unit: Unit, telegram_id: int, person_id: int) -> None:
    """Queue a new link for one person as a message, for the secretariat to hand on."""
    acting = await require(unit, telegram_id, Act.MAKE_LINKS)
    target = await unregistered(unit, person_id)
    await hand_over(unit, acting, target.person.id)


async def may_hand_over(unit: Unit, acting: Acting, target: Acting) -> bool:
    """Whether a coordinator may hand a link to this person.

    Only to somebody unregistered with roles for the coordinator's own members alone; a phone that was blocked comes
    back through the secretariat.
    """
    if target.person.telegram_id is not None or target.person.id in await unit.blocks.people():
        return False
    return bool(target.roles) and all(acting.has(Role.COORDINATOR, held.member_id or 0) for held in target.roles)


async def load_links(unit: Unit, ref: RegistrationLinksRef) -> RegistrationLinks | RegistrationLetters | None:
    """Make the links. Runs while sending and stores hashes, so a repeated sending makes new links and revokes these."""
    requester = await unit.people.get(ref.requested_by)
    if requester is None or requester.person.telegram_id is None or not may(requester, Act.MAKE_LINKS):
        return None
    if ref.person_id is None:
        people = await _waiting(unit, renew=ref.renew)
    else:
        people = [other for other in await _unregistered(unit) if other.person.id == ref.person_id]
    if not people:
        return None
    links = await _links(unit, requester, people)
    if ref.form is LinkForm.LETTERS:
        return RegistrationLetters(links, unit.now, link_until(unit))
    return RegistrationLinks(links, unit.association.link_days)


async def load_personal_link(unit: Unit, ref: PersonalLinkRef) -> PersonalLink | None:
    """Make the link of one person, as ``load_links`` does."""
    requester, target = await unit.people.get(ref.requested_by), await unit.people.get(ref.person_id)
    if requester is None or requester.person.telegram_id is None or target is None or target.person.telegram_id:
        return None
    if not (may(requester, Act.MAKE_LINKS) or await may_hand_over(unit, requester, target)):
        return None
    (link,) = await _links(unit, requester, [target])
    return PersonalLink(target.person.name, link.token, link_until(unit))


async def _links(unit: Unit, requester: Acting, people: Collection[Acting]) -> tuple[RegistrationLink, ...]:
    ids = [other.person.id for other in people]
    await unit.journal.note("links_made", actor_id=requester.person.id, facts={"people": ids})
    names = {member.id: member.name for member in await unit.members.all()}
    links = []
    for other in people:
        members = [names[member_id] for member_id in dict.fromkeys(h.member_id for h in other.roles) if member_id]
        token = await make_link(unit, other.person.id)
        person = other.person
        links.append(RegistrationLink(person.name, person.function, ", ".join(members), person.email or "", token))
    return tuple(links)


async def _unregistered(unit: Unit) -> list[Acting]:
    return [other for other in await unit.people.all() if not other.person.telegram_id and other.roles]


async def _waiting(unit: Unit, *, renew: bool) -> list[Acting]:
    """Return who gets a link with the others; a phone that was blocked comes back one by one."""
    passed_over = await unit.blocks.people() | (frozenset() if renew else await _with_valid_link(unit))
    return [other for other in await _unregistered(unit) if other.person.id not in passed_over]


async def _with_valid_link(unit: Unit) -> frozenset[int]:
    unused = await unit.links.unused()
    return frozenset(person_id for person_id, expires_at in unused.items() if unit.now < expires_at)


async def _queue(unit: Unit, acting: Acting, ref: RegistrationLinksRef | PersonalLinkRef) -> None:
    """Queue a reference alone: the tokens are made while sending, and stand in no row of the outbox."""
    if acting.person.telegram_id is not None:
        key = f"links:{unit.now.timestamp()}"
        await unit.outbox.show(acting.person.telegram_id, ref, key=key, person_id=acting.person.id)
