"""Facts about ballot slips in a secret vote."""

from dataclasses import dataclass

from assembly.options import Option


@dataclass(frozen=True)
class SlipsRef:
    """The slips of a vote as one of those who enter or confirm them sees them, from a ``page``."""

    motion_id: int
    person_id: int
    page: int = 0


@dataclass(frozen=True)
class SlipSeat:
    """A seat that did not vote here, who carries it, and whether a slip was handed in for it."""

    member_id: int
    member: str
    carrier: str
    handed: bool


@dataclass(frozen=True)
class SlipsCard:
    """The slips of a vote. ``seats``: those of ``page``; ``handed``: how many slips there are of ``left`` votes.

    ``voted``: whose vote is in already. ``totals``: by option, once they were entered. ``mine``: its reader entered
    them; ``may_enter``: it may begin anew. ``over``: nothing waits any more.
    """

    motion_id: int
    number: str
    title: str
    options: tuple[Option, ...]
    picks: int
    seats: tuple[SlipSeat, ...]
    page: int
    pages: int
    handed: int
    left: int
    voted: tuple[str, ...]
    totals: tuple[tuple[str, int], ...]
    entered_by: str
    version: int
    mine: bool
    may_enter: bool
    over: bool = False


@dataclass(frozen=True)
class TotalsExpected:
    """The next text has the totals of so many ``slips``, in the order of the options and then of blank ones."""

    number: str
    title: str
    options: tuple[Option, ...]
    picks: int
    slips: int
