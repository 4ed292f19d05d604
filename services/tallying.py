"""Counting a vote: the ballots of a roll-call, or the box of a secret vote."""

from collections.abc import Collection, Mapping

from assembly import options_tally
from assembly.motions import BallotForm, Motion, MotionKind, OptionsOutcome
from assembly.options import Selection, joined
from assembly.pronouncing import acclaimed, left_to_chair
from assembly.secrecy import check_may_count
from assembly.tally import Choice, Outcome, Seat, tally, weigh
from storage.unit import Unit


async def cast_by(unit: Unit, motion: Motion) -> Mapping[int, Selection]:
    """Return what each member cast until now, by its id; in a secret vote only that it did, by an empty selection."""
    if motion.form is BallotForm.SECRET:
        return dict.fromkeys(await unit.boxes.voters(motion.id), ())
    return await unit.motions.selections(motion.id)


async def votes_cast(unit: Unit, motion: Motion) -> int:
    """Return how many votes (weights) were cast until now, abstentions included."""
    secret = motion.form is BallotForm.SECRET
    return await (unit.boxes if secret else unit.motions).votes_cast(motion.id)


async def count(
    unit: Unit, motion: Motion, seats: Collection[Seat], cast: Mapping[int, Selection]
) -> Outcome | OptionsOutcome:
    """Count what was ``cast``; what nobody objected to is adopted without a vote.

    By some statutes the chair's vote is awaited where the votes are tied, on what decides something. Refuses to open a
    box in which the votes of too few people are.
    """
    outcome = await _counted(unit, motion, seats, cast)
    if isinstance(outcome, Outcome) and unit.association.statutes.chair_breaks_ties:
        return outcome if motion.straw or motion.outside else left_to_chair(outcome)
    return outcome


async def _counted(
    unit: Unit, motion: Motion, seats: Collection[Seat], cast: Mapping[int, Selection]
) -> Outcome | OptionsOutcome:
    if motion.form is BallotForm.ACCLAMATION:
        return acclaimed(seats, motion.majority)
    if motion.form is BallotForm.SECRET:
        return await _count_box(unit, motion, seats, cast)
    if motion.kind is not MotionKind.MATTER:
        return options_tally.count(seats, cast, motion)
    choices = {member_id: Choice(joined(chosen)) for member_id, chosen in cast.items()}
    return tally(seats, choices, motion.majority)


async def _count_box(
    unit: Unit, motion: Motion, seats: Collection[Seat], voters: Collection[int]
) -> Outcome | OptionsOutcome:
    check_may_count(seats, voters, unit.association.statutes.secret_minimum)
    (weight,) = {seat.weight for seat in seats if seat.carrier_id is not None}  # or it would not have been opened
    counts = {key: number * weight for key, number in (await unit.boxes.counts(motion.id)).items()}
    if motion.kind is not MotionKind.MATTER:
        return options_tally.weigh(seats, counts, len(voters) * weight, motion)
    return weigh(seats, {choice: counts[choice] for choice in Choice}, motion.majority)
