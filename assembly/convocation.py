"""Convening (oproeping): the notice period, and what the members reply."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from assembly.errors import NoticeTooLate
from assembly.meetings import Reply
from assembly.members import Member


class RoundKind(StrEnum):
    """What everybody who was convened is told."""

    CONVENED = "convened"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class Means(StrEnum):
    """How the secretariat convenes a member outside Telegram."""

    POST = "post"
    REGISTERED_POST = "registered_post"
    EMAIL = "email"
    HANDED = "handed"


@dataclass(frozen=True)
class Round:
    """What everybody was told: 0 is the convocation itself, the others changed or cancelled it.

    ``starts_at``, ``place`` and ``stream`` are as they were told; ``reason`` is why it was late, changed or cancelled.
    """

    number: int
    kind: RoundKind
    told_at: datetime
    starts_at: datetime
    place: str
    stream: str
    reason: str | None


def day_set_in(rounds: Sequence[Round]) -> Round:
    """Return the round in which everybody was told the moment that holds now: replies count from there.

    ``rounds``: one or more, in order.
    """
    last = rounds[-1]
    for told in reversed(rounds):
        if told.starts_at != last.starts_at:
            break
        last = told
    return last


@dataclass(frozen=True)
class StandingReply:
    """What a member replied last, and who did. ``entry_id``: it was entered on behalf of the member."""

    reply: Reply
    person_id: int
    replied_at: datetime
    entry_id: int | None = None


def standing_replies(
    given: Mapping[int, StandingReply], granted: Mapping[int, StandingReply]
) -> dict[int, StandingReply]:
    """Return what each member says, by id: what it replied, or that it granted a proxy where it did so after that."""
    later = {
        member_id: said
        for member_id, said in granted.items()
        if member_id not in given or given[member_id].replied_at <= said.replied_at
    }
    return {**given, **later}


def votes_expected(
    members: Collection[Member], replies: Mapping[int, StandingReply], represented: Collection[int]
) -> int:
    """Return the votes (weights) that will be there: of members who come or take part remotely, or gave a proxy.

    ``represented`` holds the ids of the members whose proxy was accepted.
    """
    coming = {member_id for member_id, said in replies.items() if said.reply in {Reply.COMING, Reply.REMOTE}}
    return sum(member.votes for member in members if member.id in coming or member.id in represented)


def latest_notice_day(meeting_day: date, notice_days: int) -> date:
    """Return the last local day to convene: ``notice_days`` full days lie between it and the assembly (BW 2:41)."""
    return meeting_day - timedelta(days=notice_days + 1)


def check_notice(today: date, meeting_day: date, notice_days: int, reason: str | None) -> None:
    """Refuse a convocation after the last day unless a reason is given, which then stands in the record."""
    latest = latest_notice_day(meeting_day, notice_days)
    if today > latest and not (reason and reason.strip()):
        raise NoticeTooLate(latest, notice_days)
