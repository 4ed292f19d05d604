"""The lot, where persons have as many votes."""

from secrets import token_hex

from assembly import errors
from assembly.motions import OptionsOutcome
from assembly.options_tally import count, draw_lot
from assembly.permissions import Act, states_for
from services.access import require
from services.ballots import show_turnout
from services.outcomes import announce
from services.rounds import undecided
from services.seats import locked
from services.vote_records import in_journal
from storage.unit import Unit


async def decide_by_lot(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Draw the lot among the options that are tied, count again with it, and announce that (setting ``persons_lot``).

    Its seed is random, stands in the record and in the announcement, and decides alone: anybody can draw again.
    """
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    found = await unit.motions.get(motion_id)
    if found is None:
        raise errors.Gone
    await locked(unit, found.meeting_id, *states_for(Act.CLOSE_VOTE))
    motion = await undecided(unit, motion_id)
    before = motion.outcome
    if not isinstance(before, OptionsOutcome) or not before.tied or not unit.association.statutes.persons_lot:
        raise errors.Gone
    lot = draw_lot([option for option in motion.options if option.key in before.tied], token_hex(8))
    seats = await unit.motions.electorate(motion.id)
    outcome = count(seats, await unit.motions.selections(motion.id), motion, lot)
    await unit.motions.set_outcome(motion.id, outcome)
    await unit.journal.note(
        "lot_drawn",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id, "tied": list(before.tied), "outcome": in_journal(outcome)},
    )
    await show_turnout(unit, motion.id)
    await announce(unit, motion.id)
