"""Facts about the generale repetitie: choosing who plays, where it stands, and what its players are told."""

from dataclasses import dataclass
from datetime import datetime

from assembly.rehearsals import RehearsalState


@dataclass(frozen=True)
class RehearsalRef:
    """The card of a rehearsal, with the page of people that is shown. ``asks``: the next step is to be confirmed."""

    rehearsal_id: int
    page: int = 0
    asks: bool = False


@dataclass(frozen=True)
class PlayerShown:
    """Somebody who can play, or with a ``group`` a chat that can receive what is told to all; ``plays``: it does.

    ``id`` is that of the person; of a group it is the chat's id, without its sign.
    """

    id: int
    name: str
    plays: bool
    group: bool = False


@dataclass(frozen=True)
class RehearsalCard:
    """Where a rehearsal stands.

    ``candidates`` are a page of those who can play, ``players`` and ``groups`` the names of all who do. ``erased_by``:
    when it is erased at the latest.
    """

    rehearsal_id: int
    title: str
    state: RehearsalState
    candidates: tuple[PlayerShown, ...]
    page: int
    pages: int
    players: tuple[str, ...]
    groups: tuple[str, ...]
    asks: bool
    begun_at: datetime | None = None
    erased_by: datetime | None = None


@dataclass(frozen=True)
class RehearsalWelcome:
    """What a player is told first: for which members it plays. ``leads``: it has the console too."""

    title: str
    members: tuple[str, ...]
    leads: bool


@dataclass(frozen=True)
class RehearsalNotMade:
    """The copy for a rehearsal could not be made, so that it did not begin."""


@dataclass(frozen=True)
class RehearsalOver:
    """The rehearsal was erased; who played is told so."""

    title: str
