"""What is told of a vote that was counted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from assembly.facts.voting import OptionsAnnouncement, OptionsRollCall, OutcomeAnnouncement, RollCall
from assembly.motions import Motion, OptionsOutcome
from assembly.options import ABSTAIN, Selection
from assembly.tally import Choice, Seat
from services.rounds import elected_before
from services.tallying import cast_by
from storage.unit import Unit

_Names = tuple[tuple[str, ...], tuple[str, ...]]
"""Whose ballots were entered by the secretariat from papers or hands, and whose from voting cards."""


async def announcement(unit: Unit, motion: Motion) -> OutcomeAnnouncement | OptionsAnnouncement:
    """Return what is told of a vote that was counted. Raises ``ValueError`` for one that was not."""
    if motion.outcome is None or motion.closed_at is None:
        raise ValueError("only a vote that was counted has an outcome")
    seats = await unit.motions.electorate(motion.id)
    cast = await cast_by(unit, motion)
    names = await unit.members.names([seat.member_id for seat in seats])
    said = await unit.statements.of_motion(motion.id)
    statements = tuple(sorted(((names[member_id], text) for member_id, text in said.items()), key=_casefolded))
    on_card = await unit.entries.on_cards(motion.id)
    entered = [member_id for member_id in await unit.motions.entered(motion.id) if member_id not in on_card]
    weighted = len({seat.weight for seat in seats}) > 1
    if weighted:
        names = {seat.member_id: f"{names[seat.member_id]} ({seat.weight})" for seat in seats}
    by_others = _by_name(entered, names), _by_name(on_card, names)
    head = motion.number, motion.title, motion.text, motion.closed_at
    if isinstance(motion.outcome, OptionsOutcome):
        by_option = _by_option(motion, seats, cast, names, by_others)
        by_option = replace(by_option, statements=statements, weighted=weighted)
        earlier = elected_before(motion, await unit.motions.of_meeting(motion.meeting_id))
        return OptionsAnnouncement(*head, motion.outcome, by_option, motion.straw, motion.form, earlier, motion.held)
    roll_call = replace(_roll_call(seats, cast, names, by_others), statements=statements, weighted=weighted)
    told = OutcomeAnnouncement(*head, motion.outcome, roll_call, motion.straw, motion.form, motion.held)
    return replace(told, procedural=motion.procedural)


def _casefolded(statement: tuple[str, str]) -> str:
    return statement[0].casefold()


def _by_name(members: Iterable[int], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(sorted((names[member_id] for member_id in members), key=str.casefold))


def _who(
    seats: Collection[Seat], cast: Mapping[int, Selection], names: Mapping[int, str], key: str | None
) -> tuple[str, ...]:
    """Return who chose an option, or with ``None`` who could vote and did not."""
    carried = [seat.member_id for seat in seats if seat.carrier_id is not None]
    return _by_name((m for m in carried if (key in cast[m] if m in cast else key is None)), names)


def _roll_call(
    seats: Collection[Seat], cast: Mapping[int, Selection], names: Mapping[int, str], by_others: _Names
) -> RollCall:
    in_favour, against, abstained, not_cast = (_who(seats, cast, names, key) for key in (*Choice, None))
    return RollCall(in_favour, against, abstained, not_cast, *by_others)


def _by_option(
    motion: Motion,
    seats: Collection[Seat],
    cast: Mapping[int, Selection],
    names: Mapping[int, str],
    by_others: _Names,
) -> OptionsRollCall:
    keys = (*(option.key for option in motion.options), ABSTAIN)
    return OptionsRollCall(
        keys,
        tuple(_who(seats, cast, names, key) for key in keys),
        _who(seats, cast, names, None),
        *by_others,
    )
