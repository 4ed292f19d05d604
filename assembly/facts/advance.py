"""Facts about votes cast before the assembly."""

from dataclasses import dataclass

from assembly.tally import Choice


@dataclass(frozen=True)
class AdvanceRef:
    """A page of what a member casts before the assembly, as it stands when it is sent; pages count from 0."""

    meeting_id: int
    member_id: int
    page: int


@dataclass(frozen=True)
class AdvanceLine:
    """What stands on an item. ``lapsed``: the proposal changed after it was cast."""

    item_id: int
    number: str
    title: str
    choice: Choice | None
    lapsed: bool


@dataclass(frozen=True)
class AdvanceVotes:
    """A page of what a member casts before the assembly. ``open``: it can still be cast and changed."""

    meeting_id: int
    member_id: int
    member: str
    title: str
    lines: tuple[AdvanceLine, ...]
    page: int
    pages: int
    open: bool


@dataclass(frozen=True)
class AdvanceLapsed:
    """The vote that a member cast on an item before does not count: the proposal, or how is voted on it, changed.

    ``meeting_id`` where it can be cast anew.
    """

    meeting_id: int | None
    member_id: int
    member: str
    number: str
    title: str
