"""The list of a roll-call vote as a file: who cast what, with how many votes, and the receipt of each ballot."""

from assembly import errors
from assembly.facts.roll_calls import RollCallLine, RollCallList, RollCallRef
from assembly.motions import BallotForm, Motion, MotionState
from assembly.permissions import Act, may
from services.access import require
from services.telling import show_anew
from storage.unit import Unit


async def ask_list(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Send the list of a roll-call vote of which the outcome was published. Refuses any other with ``Gone``."""
    acting = await require(unit, telegram_id, Act.SEE_DECISIONS)
    if not is_public(await unit.motions.get(motion_id)):
        raise errors.Gone
    await show_anew(unit, acting, RollCallRef(motion_id, acting.person.id), f"roll-call:{motion_id}")


async def load_list(unit: Unit, ref: RollCallRef) -> RollCallList | None:
    """Load the list for somebody who may see it: all seats that somebody carried, by name."""
    motion, reader = await unit.motions.get(ref.motion_id), await unit.people.get(ref.person_id)
    if motion is None or motion.closed_at is None or not is_public(motion):
        return None
    if reader is None or not may(reader, Act.SEE_DECISIONS):
        return None
    carried = [seat for seat in await unit.motions.electorate(motion.id) if seat.carrier_id is not None]
    names = await unit.members.names([seat.member_id for seat in carried])
    cast, receipts = await unit.motions.selections(motion.id), await unit.motions.receipts(motion.id)
    entered = set(await unit.motions.entered(motion.id))
    lines = [
        RollCallLine(
            names[seat.member_id],
            seat.weight,
            cast.get(seat.member_id),
            receipts.get(seat.member_id, ""),
            entered=seat.member_id in entered,
        )
        for seat in sorted(carried, key=lambda seat: names[seat.member_id].casefold())
    ]
    return RollCallList(
        motion.id, motion.number, motion.title, motion.options, motion.held, motion.closed_at, tuple(lines)
    )


def is_public(motion: Motion | None) -> bool:
    """Whether everybody may know who cast what: until an outcome is pronounced nobody may, in a secret vote never."""
    return motion is not None and motion.form is BallotForm.ROLL_CALL and motion.state is MotionState.PRONOUNCED
