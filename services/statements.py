"""Statements (stemverklaringen): one sentence with a roll-call ballot, kept for the minutes."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.statements import StatementChoice, StatementExpected, StatementRecorded
from assembly.facts.voting import BallotRef
from assembly.members import Acting
from assembly.motions import BallotForm, Motion, MotionState
from assembly.permissions import Act
from assembly.wording import written_line
from services.access import require
from services.ballot_cards import SEATS_PER_BALLOT, ballot_key
from services.telling import show, tell
from storage.unit import Unit

STEP = "statement"
LIMIT = 200
"""UTF-16 units of a statement."""

NONE = "-"
"""What takes a statement away."""


async def choose_statement(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Ask with which of its ballots somebody says something; with one there is no choice."""
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion = await _open_motion(unit, motion_id)
    cast = await _cast_by(unit, motion, acting)
    if not cast:
        raise errors.NothingCast
    if len(cast) == 1:
        await _ask(unit, acting, motion, *cast[0])
    else:
        await tell(unit, acting, StatementChoice(motion.id, motion.number, motion.title, cast, motion.outside))


async def ask_statement(unit: Unit, telegram_id: int, motion_id: int, member_id: int) -> None:
    """Expect what is said with the ballot of a member."""
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion = await _open_motion(unit, motion_id)
    await _ask(unit, acting, motion, member_id, await _name(unit, motion, acting, member_id))


async def take_statement(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take what is said with a ballot, in place of what was said before; a dash takes it away."""
    motion, member_id = await _open_motion(unit, data["motion_id"]), data["member_id"]
    name = await _name(unit, motion, acting, member_id)
    said = "" if text.strip() == NONE else written_line(text, LIMIT)
    await unit.statements.set(motion.id, member_id, said, acting.person.id)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "statement_given",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id, "member": member_id, "given": bool(said)},
    )
    await tell(unit, acting, StatementRecorded(motion.number, name, said))
    seats = [seat.member_id for seat in await unit.motions.carried(motion.id, acting.person.id)]
    page = seats.index(member_id) // SEATS_PER_BALLOT
    await show(unit, acting, BallotRef(motion.id, acting.person.id, page), ballot_key(motion.id, page))


async def _open_motion(unit: Unit, motion_id: int) -> Motion:
    """Return a roll-call vote that is open, and stays so until the transaction ends."""
    motion = await unit.motions.get(motion_id, lock="share")
    if motion is None or motion.form is not BallotForm.ROLL_CALL:
        raise errors.Gone
    if motion.state is not MotionState.OPEN:
        raise errors.VotingClosed(motion.closed_at or motion.opened_at)
    return motion


async def _cast_by(unit: Unit, motion: Motion, acting: Acting) -> tuple[tuple[int, str], ...]:
    """Return (member id, name) of the seats that the person carries and for which something was cast."""
    cast = await unit.motions.selections(motion.id)
    seats = await unit.motions.carried(motion.id, acting.person.id)
    names = await unit.members.names([seat.member_id for seat in seats])
    return tuple((seat.member_id, names[seat.member_id]) for seat in seats if seat.member_id in cast)


async def _name(unit: Unit, motion: Motion, acting: Acting, member_id: int) -> str:
    cast = dict(await _cast_by(unit, motion, acting))
    if member_id not in cast:
        raise errors.NothingCast
    return cast[member_id]


async def _ask(unit: Unit, acting: Acting, motion: Motion, member_id: int, name: str) -> None:
    standing = await unit.statements.of_motion(motion.id, [member_id])
    await unit.conversations.begin(acting.person.id, STEP, motion_id=motion.id, member_id=member_id)
    said = standing.get(member_id, "")
    await tell(unit, acting, StatementExpected(motion.number, motion.title, name, said, motion.outside))
