"""Standing proxies: confirmed by the grantor for each assembly, and revoked as a whole."""

from assembly import errors
from assembly.facts.proxies import ProxyEvent, ProxyRef
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.permissions import Act
from assembly.proxies import Proxy, ProxyKind
from services.access import require
from services.proxy_cards import card_key, may_sign, signatories, tell_news
from services.seats import day_of, members_of_day
from services.telling import show_anew
from storage.unit import Unit


async def ask_confirmations(unit: Unit, meeting: Meeting, convener: Acting) -> None:
    """Prepare a proxy for the convened assembly out of each mandate that covers it; it carries once it is confirmed."""
    day = day_of(unit, meeting)
    members = {member.id for member in await members_of_day(unit, meeting)}
    for mandate in await unit.standing.live():
        if mandate.accepted_at is None or mandate.until < day or mandate.member_id not in members:
            continue
        proxy = await unit.proxies.add(
            meeting.id,
            mandate.member_id,
            mandate.holder_id,
            mandate.holder_member_id,
            ProxyKind.STANDING,
            convener.person.id,
            until=mandate.until,
            standing_id=mandate.id,
        )
        for whom in await signatories(unit, proxy.member_id):
            await _ask(unit, whom, proxy)


async def ask_confirmation_of(unit: Unit, meeting: Meeting, acting: Acting) -> None:
    """Ask somebody who registered after the convocation to confirm what it may sign."""
    for proxy in await unit.proxies.under_way(meeting.id):
        if proxy.standing_id is not None and may_sign(unit, acting, proxy.member_id):
            await _ask(unit, acting, proxy)


async def revoke_standing(unit: Unit, telegram_id: int, standing_id: int) -> None:
    """Revoke a mandate of which no proxy is under way: between assemblies, or one that is not for this one."""
    acting = await require(unit, telegram_id, Act.SEE_SEATS)
    mandate = await unit.standing.get(standing_id)
    if mandate is None or mandate.ended_at is not None:
        raise errors.Gone
    name = (await unit.members.names([mandate.member_id]))[mandate.member_id]
    if mandate.member_id not in acting.acts_for:
        raise errors.NotYourMember(name)
    if not may_sign(unit, acting, mandate.member_id):
        raise errors.NotEntitledToSign(name)
    meeting = await unit.meetings.current()
    for proxy in await unit.proxies.under_way(meeting.id) if meeting else ():
        if proxy.standing_id == mandate.id:
            raise errors.ProxyMovedOn(proxy.state.value)
    await unit.standing.end(mandate.id, acting.person.id)
    await unit.journal.note(
        "standing_proxy_revoked",
        actor_id=acting.person.id,
        facts={"standing": mandate.id, "member": mandate.member_id},
    )
    await tell_news(unit, mandate, ProxyEvent.REVOKED, acting)


async def _ask(unit: Unit, whom: Acting, proxy: Proxy) -> None:
    await show_anew(unit, whom, ProxyRef(proxy.id, whom.person.id), card_key(proxy.id))
