"""Herindeling: a member that merges into another from a day on, after which it is no member any more."""

from datetime import date

from assembly.errors import MergerImpossible
from assembly.members import Member


def check_may_merge(member: Member, successor: Member, day: date, held: date | None) -> None:
    """Refuse a merger on ``day`` that makes no sense, or that would change the past.

    ``held`` is the day of the last assembly that was opened: the member had its part in it, and keeps that.
    """
    if member.id == successor.id:
        raise MergerImpossible("self", member.name)
    if member.until is not None and member.until <= day:
        raise MergerImpossible("ended", member.name)
    if member.since is not None and day <= member.since:
        raise MergerImpossible("not_yet", member.name)
    if not successor.active_on(day):
        raise MergerImpossible("successor", successor.name)
    if held is not None and day <= held:
        raise MergerImpossible("held", member.name)
