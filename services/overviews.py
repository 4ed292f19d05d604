"""The overview of all members for who leads the assembly: registered, replied, by proxy, present; with the forecast."""

from dataclasses import replace

from assembly.convocation import votes_expected
from assembly.entries import strongest
from assembly.facts.overviews import MembersOverview, MembersRef
from assembly.meetings import Meeting, MeetingState
from assembly.overviews import MemberFilter, MemberStanding
from assembly.permissions import Act, may
from assembly.proxies import Proxy, ProxyState
from services.access import require
from services.answers import answers
from services.meetings import get_meeting, members_key
from services.proxy_cards import was_accepted
from services.seats import GRANTOR_SIDE, members_of_day, quorum_of, seats_now
from services.telling import show, show_anew
from storage.tables import Priority
from storage.unit import Unit
from storage.views import MemberView

PAGE_SIZE = 12
"""Members on a page: a line or two for each."""


async def show_members(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show the overview at the bottom of the chat; from now on it follows every change."""
    acting = await require(unit, telegram_id, Act.LEAD_MEETING)
    meeting = await get_meeting(unit, meeting_id)
    await show_anew(unit, acting, MembersRef(meeting.id, acting.person.id), members_key(meeting.id))


async def filter_members(
    unit: Unit, telegram_id: int, meeting_id: int, wanted: MemberFilter, page: int, message_id: int | None
) -> None:
    """Show other members, in the message under which was pressed."""
    acting = await require(unit, telegram_id, Act.LEAD_MEETING)
    meeting = await get_meeting(unit, meeting_id)
    await unit.views.set(acting.person.id, meeting.id, MemberView(wanted, page))
    ref, key = MembersRef(meeting.id, acting.person.id), members_key(meeting.id)
    await show(unit, acting, ref, key, priority=Priority.DIALOGUE, pressed=message_id)


async def load_members(unit: Unit, ref: MembersRef) -> MembersOverview | None:
    """Load the page that the person looks at; nothing for somebody who leads no assembly any more."""
    meeting, acting = await unit.meetings.get(ref.meeting_id), await unit.people.get(ref.person_id)
    if meeting is None or acting is None or not may(acting, Act.LEAD_MEETING):
        return None
    view = await unit.views.get(ref.person_id, meeting.id)
    standings = await _standings(unit, meeting)
    shown = [standing for standing in standings if standing.passes(view.filter)]
    pages = max(1, -(-len(shown) // PAGE_SIZE))
    page = min(view.page, pages - 1)
    members = await members_of_day(unit, meeting)
    votes = sum(member.votes for member in members)
    represented = {proxy.member_id for proxy in await unit.proxies.in_force(meeting.id)}
    sits = meeting.state is not MeetingState.CONVENED
    quorum = await quorum_of(unit, meeting)
    return MembersOverview(
        meeting.id,
        meeting.title,
        view.filter,
        tuple((wanted, sum(standing.passes(wanted) for standing in standings)) for wanted in MemberFilter),
        tuple(shown[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]),
        page,
        pages,
        open=sits,
        expected=sum(standing.votes for standing in standings if standing.present)
        if sits
        else votes_expected(members, await answers(unit, meeting.id), represented),
        votes=votes,
        quorum=None if quorum is None else quorum.needed(votes),
    )


async def _standings(unit: Unit, meeting: Meeting) -> list[MemberStanding]:
    """Return how every member of the day stands, by name."""
    said = await answers(unit, meeting.id)
    proxies = {proxy.member_id: proxy for proxy in await unit.proxies.of_meeting(meeting.id)}
    people = {acting.person.id: acting for acting in await unit.people.all()}
    registered = {
        member_id
        for acting in people.values()
        if acting.person.telegram_id is not None
        for member_id in acting.members(*GRANTOR_SIDE)
    }
    names = {member.id: member.name for member in await unit.members.all()}
    seats = {seat.member_id: seat for seat in await seats_now(unit, meeting)}
    missing = await unit.proxies.alarmed(meeting.id)
    marks = await unit.entries.marks(meeting.id)
    stays = {visit.person_id: visit.entry_id for visit in await unit.attendance.visits(meeting.id)}
    found = []
    for member in await members_of_day(unit, meeting):
        proxy, reply, seat = proxies.get(member.id), said.get(member.id), seats[member.id]
        standing = MemberStanding(
            member.name,
            member.votes,
            registered=member.id in registered,
            reply=reply.reply if reply else None,
            present=seat.carrier_id is not None,
            by_proxy=seat.proxy_id is not None,
            entered=strongest(
                marks.get(entry_id or 0)
                for entry_id in (
                    reply.entry_id if reply else None,
                    proxy.entry_id if proxy else None,
                    stays.get(seat.carrier_id or 0),
                )
            ),
        )
        if proxy is not None:
            standing = replace(
                standing,
                proxy=proxy.state,
                holder=people[proxy.holder_id].person.name,
                holder_member=names.get(proxy.holder_member_id or 0, ""),
                confirming=await _confirming(unit, proxy),
                instructed=proxy.instructed,
                missing=proxy.state.under_way and proxy.id in missing,
            )
        found.append(standing)
    return found


async def _confirming(unit: Unit, proxy: Proxy) -> bool:
    return proxy.state is ProxyState.PREPARED and await was_accepted(unit, proxy)
