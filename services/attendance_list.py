"""The attendance list (presentielijst), live."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assembly.convocation import StandingReply
from assembly.entries import EntryMark
from assembly.facts.attendance import (
    AbsentSeat,
    AttendanceList,
    AttendanceRef,
    Guest,
    PresentSeat,
    RepresentedSeat,
)
from assembly.meetings import Reply, check_state
from assembly.members import GUESTS, Acting
from assembly.permissions import Act, states_for
from assembly.proxies import Proxy, way
from assembly.tally import Seat
from services.access import require
from services.answers import answers
from services.meetings import get_meeting
from services.seats import members_of_day, quorum_of, seats_now, voting_seats
from services.telling import redraw, show_anew
from storage.attendance import Visit
from storage.unit import Unit


def list_key(meeting_id: int) -> str:
    """Return the key of the attendance list."""
    return f"attendance:{meeting_id}"


async def show_attendance(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show the attendance list; from now on it follows every change."""
    acting = await require(unit, telegram_id, Act.SEE_ATTENDANCE)
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.SEE_ATTENDANCE))
    await show_anew(unit, acting, AttendanceRef(meeting.id), list_key(meeting.id))


async def redraw_attendance(unit: Unit, meeting_id: int) -> None:
    """Bring the attendance list up to date wherever it is shown."""
    await redraw(unit, AttendanceRef(meeting_id), list_key(meeting_id))


async def load_attendance(unit: Unit, ref: AttendanceRef) -> AttendanceList | None:
    """Load the attendance list as it is now, or as it was when the assembly closed."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    seats, voting = await seats_now(unit, meeting), await voting_seats(unit, meeting)
    members = await members_of_day(unit, meeting)
    visits = await unit.attendance.visits(meeting.id)
    proxies = await unit.proxies.in_force(meeting.id)
    people = await unit.people.all({visit.person_id for visit in visits} | {proxy.holder_id for proxy in proxies})
    evening = _Evening(
        members={member.id: member.name for member in members},
        people={acting.person.id: acting for acting in people},
        representatives=await unit.people.representatives(meeting.closed_at),
        visits={visit.person_id: visit for visit in visits},
        proxies={proxy.member_id: proxy for proxy in proxies},
        replies=await answers(unit, meeting.id),
        marks=await unit.entries.marks(meeting.id),
    )
    entries = [evening.entry(seat) for seat in seats]
    quorum = await quorum_of(unit, meeting)
    total = sum(seat.weight for seat in voting)
    return AttendanceList(
        title=meeting.title,
        starts_at=meeting.starts_at,
        at=meeting.closed_at or unit.now,
        present=tuple(entry for entry in entries if isinstance(entry, PresentSeat)),
        represented=tuple(entry for entry in entries if isinstance(entry, RepresentedSeat)),
        absent=tuple(entry for entry in entries if isinstance(entry, AbsentSeat)),
        guests=evening.guests(seats),
        votes=sum(seat.weight for seat in voting if seat.carrier_id is not None),
        total=total,
        needed=None if quorum is None else quorum.needed(total),
        suspended=tuple(member.name for member in members if member.suspended),
    )


@dataclass(frozen=True)
class _Evening:
    """What the list is made of: people and visits by person id, marks by entry, all else by member id."""

    members: Mapping[int, str]
    people: Mapping[int, Acting]
    representatives: Mapping[int, Collection[int]]
    visits: Mapping[int, Visit]
    proxies: Mapping[int, Proxy]
    replies: Mapping[int, StandingReply]
    marks: Mapping[int, EntryMark]

    def entry(self, seat: Seat) -> PresentSeat | RepresentedSeat | AbsentSeat:
        """Say where a member stands on the list. Whose representative came and left again, was present."""
        member = self.members[seat.member_id]
        proxy = self.proxies.get(seat.member_id)
        if seat.proxy_id is not None and proxy is not None:
            last = next(
                step
                for step in way(seat.member_id, self.proxies, substitution=True)
                if step.holder_id == seat.carrier_id
            )
            holder_member = self.members.get(last.holder_member_id or 0, "")
            return RepresentedSeat(
                member, self._name(last.holder_id), holder_member, proxy.kind, self._mark(proxy.entry_id)
            )
        person_id = seat.carrier_id or self._who_left(seat.member_id)
        if person_id is not None:
            visit = self.visits[person_id]
            return PresentSeat(member, self._name(person_id), visit.mode, visit.left_at, self._mark(visit.entry_id))
        reply = self.replies.get(seat.member_id)
        notice = reply is not None and reply.reply in {Reply.ABSENT, Reply.PROXY}
        return AbsentSeat(member, notice, self._name(proxy.holder_id) if proxy else None)

    def guests(self, seats: tuple[Seat, ...]) -> tuple[Guest, ...]:
        """Return everybody who is there and carries no seat, and who is a guest whatever it carries."""
        carriers = {seat.carrier_id for seat in seats}
        guests = [
            visit
            for visit in self.visits.values()
            if visit.present and (visit.person_id not in carriers or self._is_guest(visit.person_id))
        ]
        return tuple(
            Guest(self._name(visit.person_id), self.people[visit.person_id].person.function, visit.mode)
            for visit in guests
        )

    def _mark(self, entry_id: int | None) -> EntryMark | None:
        return None if entry_id is None else self.marks[entry_id]

    def _who_left(self, member_id: int) -> int | None:
        """Return the member's representative who was there and left, or ``None``."""
        own = self.representatives.get(member_id, ())
        return next((person_id for person_id in self.visits if person_id in own), None)

    def _is_guest(self, person_id: int) -> bool:
        return any(held.role in GUESTS for held in self.people[person_id].roles)

    def _name(self, person_id: int) -> str:
        return self.people[person_id].person.name
