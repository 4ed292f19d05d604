"""Facts about the speakers' lists."""

from dataclasses import dataclass

from assembly.floor import Round
from assembly.meetings import Mode


@dataclass(frozen=True)
class FloorCardRef:
    """Where a person stands on the speakers' lists of an assembly."""

    meeting_id: int
    person_id: int


@dataclass(frozen=True)
class FloorPlace:
    """A place on a list, 1 for who comes next and 0 for who has the floor. ``item`` is empty where none was at hand."""

    turn_id: int
    round: Round
    item: str
    place: int
    note: str


@dataclass(frozen=True)
class FloorCard:
    """Where its reader stands on the lists. ``open``: one can ask for the floor."""

    meeting_id: int
    title: str
    places: tuple[FloorPlace, ...]
    open: bool


@dataclass(frozen=True)
class FloorListRef:
    """The speakers' lists of an assembly, for who leads it."""

    meeting_id: int


@dataclass(frozen=True)
class FloorLine:
    """Who speaks or waits, and how it takes part; ``None`` for who left. ``members``: for whom it is there."""

    turn_id: int
    name: str
    members: tuple[str, ...]
    mode: Mode | None
    round: Round
    item: str
    note: str
    speaks: bool


@dataclass(frozen=True)
class FloorList:
    """Who wants the floor, in order. ``open``: the assembly sits, so that the floor can be given."""

    title: str
    lines: tuple[FloorLine, ...]
    open: bool


@dataclass(frozen=True)
class FloorNoteExpected:
    """The next text says what its writer wants to speak about."""


@dataclass(frozen=True)
class FloorGiven:
    """Its reader has the floor."""

    round: Round
    item: str


@dataclass(frozen=True)
class FloorTaken:
    """Its reader was taken off the list without having spoken."""

    round: Round
    item: str
