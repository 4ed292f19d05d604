"""Facts about tally sheets of hands in the room."""

from dataclasses import dataclass

from assembly.options import Option, Selection
from assembly.sheets import SheetState


@dataclass(frozen=True)
class SheetRef:
    """A sheet as one of those who enter or confirm it sees it, from a ``page``; ``member_id``: one seat of it."""

    sheet_id: int
    person_id: int
    page: int = 0
    member_id: int | None = None


@dataclass(frozen=True)
class SheetSeat:
    """A seat that did not vote by itself, who carries it, and what was seen; ``None`` where nothing was entered."""

    member_id: int
    member: str
    carrier: str
    selection: Selection | None


@dataclass(frozen=True)
class SheetCard:
    """A tally sheet. ``options`` and ``picks`` as in a question; ``page`` of ``pages`` of its ``seats``.

    ``seat``: the one for which is being chosen. Its reader may enter (``may_enter``), confirm (``may_confirm``) or give
    it back (``may_return``). ``skipped`` made no ballot, because one stood already. ``over``: the vote is not open.
    """

    sheet_id: int
    number: str
    title: str
    options: tuple[Option, ...]
    picks: int
    state: SheetState
    seats: tuple[SheetSeat, ...]
    page: int
    pages: int
    seat: int | None
    entered_by: str
    decided_by: str
    skipped: tuple[str, ...]
    may_enter: bool
    may_confirm: bool
    may_return: bool
    over: bool
