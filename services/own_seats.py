"""Who casts the votes of a person's members, and on whose behalf the person votes."""

from assembly import errors
from assembly.facts.proxies import CarriedSeat, Carrying, OwnSeat, SeatsOverview
from assembly.permissions import Act
from assembly.proxies import Proxy, ProxyState
from services.access import require
from services.granting import BEFORE_THE_END
from services.proxy_cards import is_suspended, may_sign, was_accepted
from services.seats import members_of_day, own_members
from services.telling import tell
from storage.unit import Unit


async def show_seats(unit: Unit, telegram_id: int, meeting_id: int | None = None) -> None:
    """Show who casts the votes of the person's members, and on whose behalf the person votes."""
    acting = await require(unit, telegram_id, Act.SEE_SEATS)
    meeting = await (unit.meetings.current() if meeting_id is None else unit.meetings.get(meeting_id))
    if meeting is None:
        raise errors.NoMeeting
    proxies = await unit.proxies.under_way(meeting.id)
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    holders = {other.person.id: other.person.name for other in await unit.people.all({p.holder_id for p in proxies})}
    by_member = {proxy.member_id: proxy for proxy in proxies}
    own = []
    for member_id, name in (await own_members(unit, acting, meeting)).items():
        proxy = by_member.get(member_id)
        if proxy is None:
            own.append(OwnSeat(member_id, name, Carrying.SELF))
            continue
        carrying = await _carrying(unit, proxy)
        own.append(
            OwnSeat(
                member_id,
                name,
                carrying,
                holders[proxy.holder_id],
                names.get(proxy.holder_member_id or 0, ""),
                proxy.id if carrying is Carrying.PREPARED or may_sign(unit, acting, member_id) else None,
            )
        )
    carried = [
        CarriedSeat(proxy.id, names.get(proxy.member_id, ""), await _carrying(unit, proxy))
        for proxy in proxies
        if proxy.holder_id == acting.person.id and proxy.state is not ProxyState.PREPARED
    ]
    overview = SeatsOverview(
        meeting.id, meeting.title, tuple(own), tuple(carried), may_change=meeting.state in BEFORE_THE_END
    )
    await tell(unit, acting, overview)


async def _carrying(unit: Unit, proxy: Proxy) -> Carrying:
    if await is_suspended(unit, proxy):
        return Carrying.SUSPENDED
    if proxy.state is ProxyState.PREPARED:
        return Carrying.UNCONFIRMED if await was_accepted(unit, proxy) else Carrying.PREPARED
    return {ProxyState.OFFERED: Carrying.OFFERED, ProxyState.ACCEPTED: Carrying.ACCEPTED}[proxy.state]
