"""Facts about secret votes: what a ballot shows before its vote is in the box, and never what was cast."""

from dataclasses import dataclass
from datetime import datetime

from assembly.options import Option
from assembly.positions import Stance


@dataclass(frozen=True)
class SecretSeat:
    """A seat on a secret ballot. ``voted``: its vote is in; ``stance``: what its member asks."""

    member_id: int
    member: str
    by_proxy: bool
    voted: bool
    stance: Stance | None = None


@dataclass(frozen=True)
class SecretBallot:
    """A secret ballot: what can be chosen, at most ``picks`` of it, and the seats that its reader carries.

    ``closes_at``: it closes by itself.
    """

    motion_id: int
    number: str
    title: str
    text: str
    options: tuple[Option, ...]
    picks: int
    round: int
    seats: tuple[SecretSeat, ...]
    closed_at: datetime | None = None
    voided: bool = False
    suspended: bool = False
    closes_at: datetime | None = None

    @property
    def left(self) -> tuple[SecretSeat, ...]:
        """The seats of which the vote is not in."""
        return tuple(seat for seat in self.seats if not seat.voted)


@dataclass(frozen=True)
class SecretReceipt:
    """The votes of these members went into the box at one press."""

    members: tuple[str, ...]
