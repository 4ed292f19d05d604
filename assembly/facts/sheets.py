"""Facts about tally sheets of hands in the room, and of voting cards."""

from dataclasses import dataclass

from assembly.entries import SheetSource
from assembly.meetings import Meeting
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
    """A seat that did not vote by itself, who carries it, and what was seen; ``None`` where nothing was entered.

    ``code``: what stands on its voting card, to be compared; empty on a sheet of hands.
    """

    member_id: int
    member: str
    carrier: str
    selection: Selection | None
    code: str = ""


@dataclass(frozen=True)
class SheetCard:
    """A tally sheet. ``options`` and ``picks`` as in a question; ``page`` of ``pages`` of its ``seats``.

    ``seat``: the one for which is being chosen. Its reader may enter (``may_enter``), confirm (``may_confirm``) or give
    it back (``may_return``). ``skipped`` made no ballot, because one stood already. ``over``: the vote is not open.
    ``voted``: of a sheet of cards, the seats of which a vote stands; their cards do not count. ``uncarried``: those for
    which nobody was there when the vote was opened; neither do theirs.
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
    source: SheetSource = SheetSource.HANDS
    voted: tuple[str, ...] = ()
    uncarried: tuple[str, ...] = ()


@dataclass(frozen=True)
class VotingCardsRef:
    """The voting cards of an assembly as they would be printed now."""

    meeting_id: int


@dataclass(frozen=True)
class VotingCard:
    """The card of a member with its ``votes``, and the ``code`` by which it is known as ours."""

    member: str
    votes: int
    code: str


@dataclass(frozen=True)
class CardItem:
    """A field of a card: an item that can be put to a roll-call vote, ``picks`` of its ``options`` to be chosen."""

    number: str
    title: str
    options: tuple[Option, ...]
    picks: int


@dataclass(frozen=True)
class VotingCards:
    """The voting cards of an assembly, one for each member that has a vote. Items in ``secret`` have no field."""

    meeting: Meeting
    cards: tuple[VotingCard, ...]
    items: tuple[CardItem, ...]
    secret: tuple[str, ...]
