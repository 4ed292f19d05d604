"""Voting as it was prepared (conceptstem): a member's positions, approved in one press by whoever carries the seat."""

from assembly import errors
from assembly.facts.statements import PreparedReceipt
from assembly.permissions import Act
from assembly.positions import prepared
from services.access import require
from services.ballots import cast_each, seats_at_hand
from services.instructions import asked
from storage.unit import Unit


async def cast_prepared(unit: Unit, telegram_id: int, motion_id: int) -> PreparedReceipt:
    """Record for every seat that the presser carries what its member prepared: its position, or the instruction.

    A seat for which nothing is prepared, or that is left free, stays as it is. Refuses with ``NothingPrepared``
    where it is none, and as every ballot is refused.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion, seats = await seats_at_hand(unit, motion_id, acting)
    if not seats:
        raise errors.NoSeats
    choices = {
        member_id: choice
        for member_id, position in (await asked(unit, motion, seats)).items()
        if (choice := prepared(position)) is not None
    }
    if not choices:
        raise errors.NothingPrepared
    receipts, refused = await cast_each(unit, acting, motion, seats, choices)
    names = await unit.members.names([seat.member_id for seat in seats])
    return PreparedReceipt(
        sum(receipt.pressed == receipt.standing for receipt in receipts),
        unprepared=tuple(names[seat.member_id] for seat in seats if seat.member_id not in choices),
        later=tuple(receipt.member for receipt in receipts if receipt.pressed != receipt.standing),
        refused=refused,
    )
