"""The lot, where persons have as many votes."""

from secrets import token_hex

from assembly import errors
from assembly.motions import MotionState, OptionsOutcome
from assembly.options_tally import decide_again, draw_lot
from assembly.permissions import Act, states_for
from services.access import require
from services.outcomes import announce
from services.rounds import is_tied, undecided
from services.seats import locked
from services.vote_cards import locked_vote, show_vote
from services.vote_records import in_journal
from storage.unit import Unit


async def decide_by_lot(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Draw the lot among the options that are tied, count again with it, and tell that.

    Its seed is random, stands in the record and in what is published, and decides alone: anybody can draw
    again. What was not pronounced yet is told to those who lead; the rest is published again.
    """
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    found = await unit.motions.get(motion_id)
    if found is None:
        raise errors.Gone
    await locked(unit, found.meeting_id, *states_for(Act.CLOSE_VOTE))
    motion = await undecided(unit, motion_id)
    before = motion.outcome
    if not isinstance(before, OptionsOutcome) or not await is_tied(unit, motion):
        raise errors.Gone
    lot = draw_lot([option for option in motion.options if option.key in before.tied], token_hex(8))
    outcome = decide_again(await unit.motions.electorate(motion.id), before, motion, lot)
    await unit.motions.set_outcome(motion.id, outcome)
    await unit.journal.note(
        "lot_drawn",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id, "tied": list(before.tied), "outcome": in_journal(outcome)},
    )
    drawn = await locked_vote(unit, motion.id, motion.state)
    await show_vote(unit, drawn)
    if drawn.state is MotionState.PRONOUNCED:
        await announce(unit, drawn)
