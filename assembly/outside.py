"""Votes outside a meeting: a ledenraadpleging over days, and a resolution of all members in writing (BW 2:40)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from assembly import errors
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState
from assembly.members import Member
from assembly.motions import MotionKind, Question, Rule
from assembly.options import numbered
from assembly.questions import new_labels
from assembly.statutes import Statutes
from assembly.tally import Basis, Majority, Seat, Threshold

UNANIMOUS = Majority(Threshold(Fraction(1), strict=False), Basis.ALL)
"""Every vote of every member, those that are not cast included (BW 2:40(1))."""

_VARIANT = re.compile(r"\s*[-–•*]\s+(.*)")


@dataclass(frozen=True)
class OutsideVote:
    """A vote outside a meeting as it is prepared and held.

    ``closes_at``: aware; until then who has a vote can cast it and change it. ``knowledge``: how the board knew of a
    written resolution beforehand, which the law asks for; empty for a consultation. ``opens_at``: it opens by itself
    then, as ``opens_by`` planned.
    """

    meeting_id: int
    kind: MeetingKind
    title: str
    state: MeetingState
    closes_at: datetime
    knowledge: str
    opens_at: datetime | None = None
    opens_by: int | None = None


def check_opening(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Refuse to let a vote open by itself in the past, or when it is over already."""
    if opens_at <= now:
        raise errors.DateInThePast(opens_at)
    if opens_at >= closes_at:
        raise errors.OpensTooLate(closes_at)


def read_question(text: str) -> tuple[str, list[str]]:
    """Return the question and the variants under it: the lines that begin with a dash.

    Refuses a single variant, which is no choice, and too many of them.
    """
    asked, variants = [], []
    for line in text.splitlines():
        found = _VARIANT.fullmatch(line)
        if found is None:
            asked.append(line)
        else:
            variants.append(found[1])
    labels = new_labels("\n".join(variants), ())
    if len(labels) == 1:
        raise errors.VariantAlone(labels[0])
    return "\n".join(asked), labels


def outside_question(
    statutes: Statutes, kind: MeetingKind, text: str, labels: Collection[str], closes_at: datetime
) -> Question:
    """Return what is asked. A consultation advises and decides nothing; of several texts the most votes lead."""
    if kind is MeetingKind.WRITTEN:
        return Question(text, UNANIMOUS, held=kind, closes_at=closes_at)
    if not labels:
        return Question(text, statutes.majority, straw=True, held=kind, closes_at=closes_at)
    return Question(
        text,
        statutes.majority,
        MotionKind.VARIANTS,
        straw=True,
        options=numbered(labels, none=statutes.variants_none),
        rule=Rule.PLURALITY,
        held=kind,
        closes_at=closes_at,
    )


def outside_seats(members: Collection[Member], representatives: Mapping[int, Collection[int]]) -> tuple[Seat, ...]:
    """Return the seats of all members that are not suspended, each carried by its own people without being anywhere.

    Any representative of a member may cast its ballot; the first one stands for them until somebody has. A member
    that nobody represents counts, and casts nothing until somebody does.
    """
    return tuple(
        Seat(member.id, member.votes, min(representatives.get(member.id, ()), default=None))
        for member in members
        if not member.suspended
    )
