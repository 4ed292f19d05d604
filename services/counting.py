"""Counting a vote: the ballots of a roll-call, or the box of a secret vote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from assembly import options_tally
from assembly.motions import BallotForm, Motion, MotionKind, OptionsOutcome
from assembly.options import Selection, joined
from assembly.secrecy import check_may_count
from assembly.tally import Choice, Outcome, Seat, tally, weigh
from storage.unit import Unit


@dataclass(frozen=True)
class Counted:
    """What a count came to. ``voters``: the members that voted; ``selections``: what each cast, empty of a box."""

    outcome: Outcome | OptionsOutcome
    voters: frozenset[int]
    selections: Mapping[int, Selection] = field(default_factory=dict)


async def voters(unit: Unit, motion: Motion) -> frozenset[int]:
    """Return the ids of the members that voted until now, in whichever form."""
    if motion.form is BallotForm.SECRET:
        return await unit.boxes.voters(motion.id)
    return frozenset(await unit.motions.selections(motion.id))


async def count(unit: Unit, motion: Motion, seats: Collection[Seat]) -> Counted:
    """Count what was cast. Refuses to open a box in which the votes of too few people are."""
    if motion.form is BallotForm.SECRET:
        return await _count_box(unit, motion, seats)
    selections = await unit.motions.selections(motion.id)
    choices = {member_id: Choice(joined(chosen)) for member_id, chosen in selections.items()}
    return Counted(tally(seats, choices, motion.majority), frozenset(selections), selections)


async def _count_box(unit: Unit, motion: Motion, seats: Collection[Seat]) -> Counted:
    voted = await unit.boxes.voters(motion.id)
    check_may_count(seats, voted, unit.association.statutes.secret_minimum)
    (weight,) = {seat.weight for seat in seats if seat.carrier_id is not None}  # or it would not have been opened
    counts = {key: seats_for * weight for key, seats_for in (await unit.boxes.counts(motion.id)).items()}
    if motion.kind is not MotionKind.MATTER:
        return Counted(options_tally.weigh(seats, counts, len(voted) * weight, motion), voted)
    return Counted(weigh(seats, {choice: counts[choice] for choice in Choice}, motion.majority), voted)
