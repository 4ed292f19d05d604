"""Who casts the votes of a person's members, and on whose behalf the person votes."""

from assembly import errors
from assembly.facts.proxies import CarriedSeat, Carrying, OwnSeat, SeatsOverview, SeatsRef, SeatWarning
from assembly.meetings import Meeting, MeetingState
from assembly.members import Acting
from assembly.permissions import Act, states_for
from assembly.proxies import BoardHolder, Proxy, ProxyState, on_board
from services.access import require
from services.meetings import get_meeting
from services.proxy_cards import is_suspended, may_sign, seats_key, was_accepted
from services.seats import own_members
from services.telling import show_anew
from storage.unit import Unit


async def show_seats(unit: Unit, telegram_id: int, meeting_id: int | None = None) -> None:
    """Show who carries whose vote, at the bottom of the chat; from now on it follows every change.

    Without ``meeting_id`` it is for the current assembly, or else the last one.
    """
    acting = await require(unit, telegram_id, Act.SEE_SEATS)
    meeting = await (unit.meetings.latest() if meeting_id is None else get_meeting(unit, meeting_id))
    if meeting is None or meeting.state is MeetingState.DRAFT:
        raise errors.NoMeeting
    await show_anew(unit, acting, SeatsRef(meeting.id, acting.person.id), seats_key(meeting.id))


async def load_seats(unit: Unit, ref: SeatsRef) -> SeatsOverview | None:
    """Load who casts the votes of the person's members, and on whose behalf the person votes."""
    meeting, acting = await unit.meetings.get(ref.meeting_id), await unit.people.get(ref.person_id)
    if meeting is None or acting is None:
        return None
    proxies = await unit.proxies.under_way(meeting.id)
    names = {member.id: member.name for member in await unit.members.all()}  # also of one that will be none that day
    own = [
        await _own(unit, acting, meeting, member_id, name, proxies)
        for member_id, name in (await own_members(unit, acting, meeting)).items()
    ]
    carried = [
        CarriedSeat(proxy.id, names.get(proxy.member_id, ""), await _carrying(unit, proxy), proxy.instructed)
        for proxy in proxies
        if proxy.holder_id == acting.person.id and proxy.state is not ProxyState.PREPARED
    ]
    may_change = meeting.state in states_for(Act.PREPARE_PROXY)
    return SeatsOverview(meeting.id, meeting.title, tuple(own), tuple(carried), may_change)


async def _own(
    unit: Unit, acting: Acting, meeting: Meeting, member_id: int, name: str, proxies: tuple[Proxy, ...]
) -> OwnSeat:
    """Return who casts the vote of one of the person's members."""
    signs = may_sign(unit, acting, member_id)
    proxy = next((proxy for proxy in proxies if proxy.member_id == member_id), None)
    mandate = await unit.standing.of_member(member_id) if proxy is None else None
    granted = proxy or mandate
    holder = await unit.people.get(granted.holder_id) if granted is not None else None
    if granted is None or holder is None:
        return OwnSeat(member_id, name, Carrying.SELF)
    held_for = granted.holder_member_id or 0
    holder_member = (await unit.members.names([held_for])).get(held_for, "")
    if proxy is None:
        return OwnSeat(
            member_id,
            name,
            Carrying.SELF,
            holder.person.name,
            holder_member,
            until=granted.until,
            standing_id=mandate.id if mandate is not None and signs else None,
        )
    carrying = await _carrying(unit, proxy)
    return OwnSeat(
        member_id,
        name,
        carrying,
        holder.person.name,
        holder_member,
        proxy.id,
        may_change=carrying is Carrying.PREPARED or signs,
        instructed=proxy.instructed,
        until=proxy.until,
        warnings=await _warnings(unit, meeting, proxy, holder),
    )


async def _carrying(unit: Unit, proxy: Proxy) -> Carrying:
    if await is_suspended(unit, proxy):
        return Carrying.SUSPENDED
    if proxy.state is ProxyState.PREPARED:
        return Carrying.UNCONFIRMED if await was_accepted(unit, proxy) else Carrying.PREPARED
    return {ProxyState.OFFERED: Carrying.OFFERED, ProxyState.ACCEPTED: Carrying.ACCEPTED}[proxy.state]


async def _warnings(unit: Unit, meeting: Meeting, proxy: Proxy, holder: Acting) -> tuple[SeatWarning, ...]:
    """Return why the vote may not be cast as it stands."""
    carries = proxy.state is ProxyState.ACCEPTED and not await is_suspended(unit, proxy)
    present = await unit.attendance.present(meeting.id)
    found = []
    if meeting.state is MeetingState.OPEN and carries and holder.person.id not in present:
        found.append(SeatWarning.HOLDER_ABSENT)
    if holder.person.telegram_id is None or not holder.person.reachable:
        found.append(SeatWarning.HOLDER_UNREACHABLE)
    if on_board(holder) and unit.association.statutes.proxy_board_holder is BoardHolder.WARNED:
        found.append(SeatWarning.HOLDER_ON_BOARD)
    return tuple(found)
