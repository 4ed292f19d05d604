"""The generale repetitie: an assembly that is played on a copy of everything, and erased with that copy.

Nothing in the rules of an assembly knows of it. What is played there cannot reach what is real: it is not there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assembly.association import Association
from assembly.errors import NobodyRehearses, RehearsalOn


class RehearsalState(StrEnum):
    """The life of a rehearsal, in order.

    ``planned``: it is being chosen who plays. ``begun``: the copy is to be made. ``ended``: it is to be erased.
    """

    PLANNED = "planned"
    BEGUN = "begun"
    RUNNING = "running"
    ENDED = "ended"
    ERASED = "erased"


@dataclass(frozen=True)
class Rehearsal:
    """A rehearsal of an assembly. Only ``people`` and ``chats`` (groups and channels) receive anything of it.

    ``id`` is on each of its buttons, and never that of another one. ``begun_by`` decided that it began.
    """

    id: int
    meeting_id: int
    state: RehearsalState
    people: tuple[int, ...]
    chats: tuple[int, ...]
    begun_by: int | None = None
    begun_at: datetime | None = None

    @property
    def on(self) -> bool:
        """Whether it is played, or will be in a moment."""
        return self.state in {RehearsalState.BEGUN, RehearsalState.RUNNING}


def staged(association: Association, number: int) -> Association:
    """Return the association as it plays a rehearsal: few play it, and nothing that is voted there is hidden."""
    return replace(association, rehearsal=number, statutes=replace(association.statutes, secret_minimum=1))


def check_players(players: Collection[object]) -> None:
    """Refuse with ``NobodyRehearses`` where nobody who can be reached takes part."""
    if not players:
        raise NobodyRehearses


def check_stage_clear(rehearsal: Rehearsal | None) -> None:
    """Refuse with ``RehearsalOn`` to open the real assembly while a rehearsal is played: people would mix them up."""
    if rehearsal is not None and rehearsal.on:
        raise RehearsalOn


def deal(
    member_ids: Iterable[int], representatives: Mapping[int, Collection[int]], players: Sequence[int]
) -> dict[int, int]:
    """Return who plays the representative of each member that has none among the ``players``, dealt out in turn.

    ``representatives`` maps a member id to the person ids of its own ones.
    """
    alone = [member_id for member_id in member_ids if not set(representatives.get(member_id, ())) & set(players)]
    return {member_id: players[place % len(players)] for place, member_id in enumerate(alone)}
