"""The assembly itself: its states, who is present, and who carries which seat."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assembly.errors import WrongMeetingState
from assembly.meeting_kinds import MeetingKind
from assembly.members import Member
from assembly.proxies import Proxy, ProxyState, by_member, way
from assembly.tally import Seat


class MeetingState(StrEnum):
    """The life of an assembly, in order."""

    DRAFT = "draft"
    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """How somebody takes part."""

    ROOM = "room"
    REMOTE = "remote"


class Reply(StrEnum):
    """What a member answers to the convocation."""

    COMING = "coming"
    REMOTE = "remote"
    PROXY = "proxy"
    ABSENT = "absent"


@dataclass(frozen=True)
class Meeting:
    """An assembly (ALV), or a vote outside one. ``starts_at`` is aware; ``place`` and ``stream`` may be empty.

    A vote outside a meeting has neither, is never convened, and its day is that on which it opens.
    """

    id: int
    title: str
    starts_at: datetime
    place: str
    stream: str
    state: MeetingState
    convened_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    kind: MeetingKind = MeetingKind.ASSEMBLY


def check_state(meeting: Meeting, *allowed: MeetingState) -> None:
    """Refuse with ``WrongMeetingState`` unless the assembly is in one of the ``allowed`` states."""
    if meeting.state not in allowed:
        raise WrongMeetingState(meeting.state.value)


def carriers(
    members: Collection[Member],
    representatives: Mapping[int, Collection[int]],
    proxies: Collection[Proxy],
    present: Sequence[int],
    *,
    substitution: bool,
) -> tuple[Seat, ...]:
    """Say for every member who carries its seat.

    ``representatives`` maps a member id to the person ids of its representatives; ``present`` lists the person ids who
    are checked in, first come first. A present own representative carries the seat, which suspends a proxy; else the
    present holder of an accepted proxy does, or where ``substitution`` is allowed the first present one along the way;
    else nobody. Each member yields exactly one seat.
    """
    came = {person_id: place for place, person_id in reversed(list(enumerate(present)))}
    accepted = by_member([proxy for proxy in proxies if proxy.state is ProxyState.ACCEPTED])

    def own(member_id: int) -> int | None:
        there = [person_id for person_id in representatives.get(member_id, ()) if person_id in came]
        return min(there, key=lambda person_id: came[person_id], default=None)

    def seat(member: Member) -> Seat:
        carrier = own(member.id)
        if carrier is not None:
            return Seat(member.id, member.votes, carrier)
        for step in way(member.id, accepted, substitution=substitution):
            if own(step.member_id) is not None:
                break  # a holder's member that is there itself has suspended its proxy: it passes nothing on
            if step.holder_id in came:
                return Seat(member.id, member.votes, step.holder_id, accepted[member.id].id)
        return Seat(member.id, member.votes, None)

    return tuple(seat(member) for member in members)
