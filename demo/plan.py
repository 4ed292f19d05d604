"""Who comes and who votes what: drawn at random within bounds, and the same for the same seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

HOLDER = "Olst-Wijhe"
"""Carries its own vote and those of both grantors."""

GRANTORS = ("Deventer", "Raalte")
"""Give their vote to the holder: for Deventer the mayor signs, for Raalte the representative itself."""

REFUSED = "Hardenberg"
"""Asks the holder as well, and is refused: nobody carries more than two proxies."""

SEATS_IN_ROOM = 20
SEATS_REMOTE = 4
WITHOUT_REPLY = 2

UNANIMOUS, PERSONS, BUDGET = "2.1", "3.2", "6.1"
"""The agenda numbers that are put to the vote."""


@dataclass(frozen=True)
class Plan:
    """The evening's course, in names of members.

    ``absent`` have nobody there; those of ``silent`` never reply either. ``late`` replies the day before. ``votes`` has
    the final choice by agenda number and seat. At ``BUDGET``, ``wavering`` first votes against and ``too_late`` waits
    until the vote is closed.
    """

    room: tuple[str, ...]
    remote: tuple[str, ...]
    absent: tuple[str, ...]
    silent: tuple[str, ...]
    late: str
    wavering: str
    too_late: str
    votes: Mapping[str, Mapping[str, str]]

    def seats_of(self, member: str) -> tuple[str, ...]:
        """Return the seats that the representative of ``member`` carries."""
        return (member, *GRANTORS) if member == HOLDER else (member,)


def make_plan(members: Sequence[str], seed: int) -> Plan:
    """Draw a course for these members."""
    random = Random(seed)  # noqa: S311 - a play, no secret
    others = [member for member in members if member not in {HOLDER, REFUSED, *GRANTORS}]
    random.shuffle(others)
    room = (HOLDER, *others[: SEATS_IN_ROOM - 1])
    remote = tuple(others[len(room) - 1 :][:SEATS_REMOTE])
    away = others[len(room) - 1 + len(remote) :]
    too_late = remote[-1]
    free = [member for member in room[1:] + remote if member != too_late]
    random.shuffle(free)
    wavering, abstaining, modest, *rest = free
    against = rest[: random.randint(2, 4)]
    seats = (*room, *remote, *GRANTORS)
    return Plan(
        room=room,
        remote=remote,
        absent=(REFUSED, *away),
        silent=tuple(away[:WITHOUT_REPLY]),
        late=rest[-1],
        wavering=wavering,
        too_late=too_late,
        votes={
            UNANIMOUS: dict.fromkeys(seats, "voor"),
            PERSONS: {seat: "onthouding" if seat == modest and random.random() < 1 / 2 else "voor" for seat in seats},
            BUDGET: {
                seat: "tegen" if seat in against else "onthouding" if seat == abstaining else "voor"
                for seat in seats
                if seat != too_late
            },
        },
    )
