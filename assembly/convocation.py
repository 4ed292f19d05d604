"""Convening (oproeping): the notice period, and what the members reply."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assembly.errors import NoticeTooLate
from assembly.meetings import Reply
from assembly.members import Member


@dataclass(frozen=True)
class StandingReply:
    """What a member replied last, and who did."""

    reply: Reply
    person_id: int
    replied_at: datetime


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
