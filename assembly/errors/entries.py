"""Refusals of what is entered on behalf of members."""

from dataclasses import dataclass
from datetime import datetime

from assembly.errors.base import Refusal


@dataclass(eq=False)
class NoHandsNow(Refusal):
    """No roll-call vote is open in which hands or ``cards`` can be entered."""

    cards: bool = False


@dataclass(eq=False)
class SeatNotInRoom(Refusal):
    """The seat is not carried by somebody in the room, or it voted already."""


@dataclass(eq=False)
class SheetEmpty(Refusal):
    """Nothing stands on the sheet that is offered."""


@dataclass(eq=False)
class EntryMovedOn(Refusal):
    """The entry stands elsewhere than the button supposed; ``state`` is where it stands now."""

    state: str


@dataclass(eq=False)
class EntryDisputed(Refusal):
    """Somebody objected to the entry before."""

    name: str


@dataclass(eq=False)
class NoMemberThatDay(Refusal):
    """The member is none on the day of the assembly."""

    member: str


@dataclass(eq=False)
class OwnActLater(Refusal):
    """The member did something itself after this was entered, and that stands."""

    member: str


@dataclass(eq=False)
class PresenceKnown(Refusal):
    """The person is there already, or is not there, so that nothing is left to enter."""

    name: str


@dataclass(eq=False)
class SeatNotCarried(Refusal):
    """Nobody was there to cast the member's vote when this vote opened, or the member has none."""

    member: str


@dataclass(eq=False)
class SeatHasCarrier(Refusal):
    """The member's vote is cast by somebody who is there with a phone, and who votes itself."""

    member: str
    carrier: str


@dataclass(eq=False)
class SeatVoted(Refusal):
    """The member voted already: a seat has one ballot in a vote."""

    member: str
    caster: str
    cast_at: datetime
