"""Facts about positions: what a member's college wants its vote to be, and the instruction that they make."""

from dataclasses import dataclass

from assembly.positions import CollegeDecision, Stance


@dataclass(frozen=True)
class PositionsRef:
    """A page of a member's positions, as it stands when it is sent; pages count from 0."""

    meeting_id: int
    member_id: int
    page: int


@dataclass(frozen=True)
class PositionLine:
    """A position on one item. ``lapsed``: the proposal changed after it was given; ``fixed``: the vote was opened."""

    item_id: int
    number: str
    title: str
    stance: Stance | None
    remark: str
    lapsed: bool
    fixed: bool


@dataclass(frozen=True)
class Positions:
    """A page of the positions of a member. ``open``: they can still be given."""

    meeting_id: int
    member_id: int
    member: str
    title: str
    lines: tuple[PositionLine, ...]
    decision: CollegeDecision | None
    page: int
    pages: int
    open: bool


@dataclass(frozen=True)
class DecisionExpected:
    """The next text is number and date of the college's decision."""

    member: str


@dataclass(frozen=True)
class PositionLapsed:
    """A proposal changed: the position on it lapsed, for the member's side or for the holder that was instructed.

    ``again``: (meeting id, member id, page) where its reader can give the position anew.
    """

    member: str
    number: str
    title: str
    again: tuple[int, int, int] | None
