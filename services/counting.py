"""Counting a vote, and what is told of a count."""

from collections.abc import Collection, Iterable, Mapping

from assembly.facts.voting import OptionsAnnouncement, OptionsRollCall, OutcomeAnnouncement, RollCall
from assembly.motions import BallotForm, Motion, MotionKind, OptionsOutcome
from assembly.options import ABSTAIN, Selection, joined
from assembly.options_tally import count
from assembly.pronouncing import acclaimed
from assembly.tally import Choice, Outcome, Seat, tally
from services.rounds import elected_before
from storage.unit import Unit


async def announcement(unit: Unit, motion: Motion) -> OutcomeAnnouncement | OptionsAnnouncement:
    """Return what is told of a vote that was counted. Raises ``ValueError`` for one that was not."""
    if motion.outcome is None or motion.closed_at is None:
        raise ValueError("only a vote that was counted has an outcome")
    seats = await unit.motions.electorate(motion.id)
    selections = await unit.motions.selections(motion.id)
    names = await unit.members.names([seat.member_id for seat in seats])
    entered = await unit.motions.entered(motion.id)
    head = motion.number, motion.title, motion.text, motion.closed_at
    if isinstance(motion.outcome, OptionsOutcome):
        cast = _by_option(motion, seats, selections, names, entered)
        earlier = elected_before(motion, await unit.motions.of_meeting(motion.meeting_id))
        return OptionsAnnouncement(*head, motion.outcome, cast, motion.straw, earlier)
    return OutcomeAnnouncement(*head, motion.outcome, _roll_call(seats, selections, names, entered), motion.straw)


def count_votes(
    motion: Motion, seats: Collection[Seat], selections: Mapping[int, Selection]
) -> Outcome | OptionsOutcome:
    """Count what was cast; what nobody objected to is adopted without a vote."""
    if motion.form is BallotForm.ACCLAMATION:
        return acclaimed(seats, motion.majority)
    if motion.kind is not MotionKind.MATTER:
        return count(seats, selections, motion)
    choices = {member_id: Choice(joined(chosen)) for member_id, chosen in selections.items()}
    return tally(seats, choices, motion.majority)


def _by_name(members: Iterable[int], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(sorted((names[member_id] for member_id in members), key=str.casefold))


def _who(
    seats: Collection[Seat], cast: Mapping[int, Selection], names: Mapping[int, str], key: str | None
) -> tuple[str, ...]:
    """Return who chose an option, or with ``None`` who could vote and did not."""
    carried = [seat.member_id for seat in seats if seat.carrier_id is not None]
    return _by_name((m for m in carried if (key in cast[m] if m in cast else key is None)), names)


def _roll_call(
    seats: Collection[Seat], cast: Mapping[int, Selection], names: Mapping[int, str], entered: Iterable[int]
) -> RollCall:
    in_favour, against, abstained, not_cast = (_who(seats, cast, names, key) for key in (*Choice, None))
    return RollCall(in_favour, against, abstained, not_cast, _by_name(entered, names))


def _by_option(
    motion: Motion,
    seats: Collection[Seat],
    cast: Mapping[int, Selection],
    names: Mapping[int, str],
    entered: Iterable[int],
) -> OptionsRollCall:
    keys = (*(option.key for option in motion.options), ABSTAIN)
    return OptionsRollCall(
        keys,
        tuple(_who(seats, cast, names, key) for key in keys),
        _who(seats, cast, names, None),
        _by_name(entered, names),
    )
