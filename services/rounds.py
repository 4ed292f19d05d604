"""Votes in rounds: what is left to decide after one, and who was elected before it."""

from collections.abc import Collection

from assembly import errors
from assembly.motions import Motion, OptionsOutcome
from storage.unit import Unit


async def undecided(unit: Unit, motion_id: int) -> Motion:
    """Return a closed vote, locked, of which something is left to decide by a next round or by lot."""
    motion = await unit.motions.get(motion_id, lock="update")
    if motion is None or not await is_undecided(unit, motion):
        raise errors.Gone
    return motion


async def is_undecided(unit: Unit, motion: Motion) -> bool:
    """Whether something is left to decide by a next round or by lot, and no next round was opened."""
    outcome = motion.outcome
    if not isinstance(outcome, OptionsOutcome) or not outcome.remaining or not motion.decides:
        return False
    return not any(follows(other, motion) for other in await unit.motions.of_meeting(motion.meeting_id))


async def is_tied(unit: Unit, motion: Motion) -> bool:
    """Whether the lot can decide what is left (setting ``persons_lot``), or has to (``persons_rule``)."""
    outcome = motion.outcome
    if not isinstance(outcome, OptionsOutcome) or not outcome.tied:
        return False
    by_lot = unit.association.statutes.persons_lot or outcome.awaits_lot
    return by_lot and await is_undecided(unit, motion)


async def is_to_go_on(unit: Unit, motion: Motion) -> bool:
    """Whether a next round can be opened: something is left to decide, and no lot has to be drawn before it."""
    outcome = motion.outcome
    awaits_lot = isinstance(outcome, OptionsOutcome) and outcome.awaits_lot
    return not awaits_lot and await is_undecided(unit, motion)


def follows(other: Motion, motion: Motion) -> bool:
    """Whether a vote is the next round of another."""
    return other.follows_id == motion.id and other.decides


def elected_before(motion: Motion, motions: Collection[Motion]) -> tuple[str, ...]:
    """Return who was elected in the rounds before, in that order; ``motions`` are those of the assembly."""
    by_id = {other.id: other for other in motions}
    earlier: tuple[str, ...] = ()
    while motion.follows_id is not None:
        motion = by_id[motion.follows_id]
        if isinstance(motion.outcome, OptionsOutcome):
            earlier = motion.outcome.labels(motion.outcome.chosen) + earlier
    return earlier
