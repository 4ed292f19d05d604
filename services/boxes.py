"""Erasing the traces of secret votes that are over: which rows came together, and in which order."""

from collections.abc import Collection

from services.ballot_cards import show_ballots
from services.vote_cards import show_vote
from storage.unit import Unit


async def traces_left(unit: Unit) -> bool:
    """Whether the traces of a vote that is over are to be erased."""
    return bool(await unit.boxes.to_erase())


async def rewrite_boxes(unit: Unit) -> tuple[int, ...]:
    """Write all boxes anew and return the motions of those that are over; doing it twice does no harm."""
    motion_ids = await unit.boxes.to_erase()
    if motion_ids:
        await unit.boxes.rewrite()
    return motion_ids


async def note_erased(unit: Unit, motion_ids: Collection[int]) -> None:
    """Note that nothing is left of the boxes, once what was rewritten is gone from the database's files as well."""
    await unit.boxes.forget(motion_ids)
    for motion_id in motion_ids:
        motion = await unit.motions.get(motion_id)
        if motion is None:
            continue
        await unit.journal.note("box_erased", actor_id=None, meeting_id=motion.meeting_id, facts={"motion": motion.id})
        # Ballots too: who read while the tables were written anew may have seen them empty.
        await show_ballots(unit, motion.id, await unit.motions.electorate(motion.id))
        await show_vote(unit, motion)
