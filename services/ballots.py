"""Casting ballots, and choosing on a ballot for which seats."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assembly import errors
from assembly.facts.voting import BallotRef, Receipt, ReceiptForAll
from assembly.members import Acting, Role
from assembly.motions import (
    Ballot,
    BallotForm,
    Motion,
    MotionState,
    check_may_cast,
    check_open,
    check_selection,
    supersedes,
)
from assembly.options import joined
from assembly.permissions import Act
from assembly.positions import Position, deviates
from assembly.proxies import Proxy, by_member, still_entitled, way
from assembly.tally import Seat
from services.access import require
from services.ballot_cards import SEATS_PER_BALLOT, ballot_key, show_colleagues, turnout_changed
from services.entry_marks import entered
from services.instructions import asked
from services.telling import show
from storage.unit import Unit


async def cast_ballot(unit: Unit, telegram_id: int, motion_id: int, member_id: int, choice: str) -> Receipt:
    """Record ``choice`` ("1,3") for the member's seat, in place of what stood for it, and return what stands now.

    Refuses a ballot after the closing, and one by anybody but the seat's carrier in the frozen electorate. A press that
    was delivered again, after a later one, changes nothing. Raises ``ValueError`` without an update as its origin.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion, seat, name = await seat_at_hand(unit, motion_id, member_id)
    return await cast(unit, acting, acting, motion, seat, member_id, name, choice)


async def cast_for_all(unit: Unit, telegram_id: int, motion_id: int, choice: str) -> ReceiptForAll:
    """Record ``choice`` for every seat that the presser carries, in one transaction.

    A seat that it does not carry any more is left out, and the others are cast. Refuses a ballot after the closing,
    and who carries no seat at all.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion, seats = await seats_at_hand(unit, motion_id, acting)
    receipts, refused = await cast_each(unit, acting, motion, seats, {seat.member_id: choice for seat in seats})
    return ReceiptForAll(
        receipts[0].pressed,
        sum(receipt.pressed == receipt.standing for receipt in receipts),
        later=tuple(receipt.member for receipt in receipts if receipt.pressed != receipt.standing),
        refused=refused,
        deviating=tuple(receipt.member for receipt in receipts if receipt.deviates_from),
        options=motion.options,
    )


async def seats_at_hand(unit: Unit, motion_id: int, acting: Acting) -> tuple[Motion, tuple[Seat, ...]]:
    """Return the motion and the seats that the person carries in its electorate, locked for a cast."""
    motion = await unit.motions.get(motion_id, lock="share")
    if motion is None:
        raise errors.Gone
    return motion, await unit.motions.carried(motion.id, acting.person.id, lock=True)


async def cast_each(
    unit: Unit, acting: Acting, motion: Motion, seats: Sequence[Seat], choices: Mapping[int, str]
) -> tuple[tuple[Receipt, ...], tuple[str, ...]]:
    """Record ``choices`` by member for seats that were locked, which are all that the person carries.

    Return what became of them, and the members whose vote the person does not carry any more.
    """
    names = await unit.members.names([seat.member_id for seat in seats])
    still = {seat.member_id: seat for seat in await carrying(unit, motion, seats, acting)}
    positions = await asked(unit, motion, seats)
    ballots = await unit.motions.ballots(motion.id, list(choices))
    records: list[_Record] = []
    refused: list[str] = []
    for member_id in [seat.member_id for seat in seats if seat.member_id in choices]:
        known = _Seat(
            member_id, names[member_id], still.get(member_id), ballots.get(member_id), positions.get(member_id)
        )
        try:
            records.append(await _record(unit, acting, acting, motion, known, choices[member_id]))
        except errors.NotYourSeat as refusal:
            refused.append(refusal.member)
    if not records:
        raise errors.NoSeats
    changed = {record.member_id for record in records if record.changed}
    for page in sorted({place // SEATS_PER_BALLOT for place, seat in enumerate(seats) if seat.member_id in changed}):
        await show(unit, acting, BallotRef(motion.id, acting.person.id, page), ballot_key(motion.id, page))
    await show_colleagues(unit, motion, acting, changed)
    if any(record.first for record in records):
        turnout_changed(unit, motion)
    return tuple(record.receipt for record in records), tuple(refused)


async def show_seat(unit: Unit, telegram_id: int, motion_id: int, member_id: int, pressed: int | None) -> None:
    """Show the options for one of several seats."""
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion, _seat, name = await seat_at_hand(unit, motion_id, member_id)
    check_open(motion, unit.now)
    seats = [seat.member_id for seat in await unit.motions.carried(motion.id, acting.person.id)]
    if member_id not in seats:
        raise errors.NotYourSeat(name)
    page = seats.index(member_id) // SEATS_PER_BALLOT
    ref = BallotRef(motion.id, acting.person.id, page, member_id)
    await show(unit, acting, ref, ballot_key(motion.id, page), pressed=pressed)


async def show_ballot(unit: Unit, telegram_id: int, motion_id: int, page: int, pressed: int | None) -> None:
    """Show a page of the whole ballot again."""
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion = await unit.motions.get(motion_id)
    if motion is None:
        raise errors.Gone
    check_open(motion, unit.now)
    if len(await unit.motions.carried(motion.id, acting.person.id)) <= page * SEATS_PER_BALLOT:
        raise errors.NoSeats
    await show(unit, acting, BallotRef(motion.id, acting.person.id, page), ballot_key(motion.id, page), pressed=pressed)


async def seat_at_hand(unit: Unit, motion_id: int, member_id: int) -> tuple[Motion, Seat | None, str]:
    """Return the motion, the member's seat in its electorate and the member's name, locked for a cast."""
    motion = await unit.motions.get(motion_id, lock="share")
    name = await unit.members.name(member_id)
    if motion is None or name is None:
        raise errors.Gone
    return motion, await unit.motions.seat(motion.id, member_id, lock=True), name


async def cast(
    unit: Unit,
    acting: Acting,
    actor: Acting,
    motion: Motion,
    seat: Seat | None,
    member_id: int,
    name: str,
    choice: str,
    *,
    entry_id: int | None = None,
    on_card: bool = False,
) -> Receipt:
    """Record a choice for a seat that was locked: of its carrier ``acting``, pressed or entered by ``actor``."""
    seats_meant = [] if seat is None else [seat]
    (still,) = await carrying(unit, motion, seats_meant, acting) or [None]
    position = (await asked(unit, motion, seats_meant)).get(member_id)
    known = _Seat(member_id, name, still, await unit.motions.ballot(motion.id, member_id), position)
    record = await _record(unit, acting, actor, motion, known, choice, entry_id=entry_id, on_card=on_card)
    if record.changed:
        seats = [other.member_id for other in await unit.motions.carried(motion.id, acting.person.id)]
        page = seats.index(member_id) // SEATS_PER_BALLOT
        stays = motion.picks > 1 and len(seats) > 1  # for this seat more names can be chosen
        ref = BallotRef(motion.id, acting.person.id, page, member_id if stays else None)
        await show(unit, acting, ref, ballot_key(motion.id, page))
        await show_colleagues(unit, motion, acting, {member_id})
    if record.first and motion.state is MotionState.OPEN:  # while it is suspended leaders see that, not the turnout
        turnout_changed(unit, motion)
    return record.receipt


@dataclass(frozen=True)
class _Seat:
    """What bears on a ballot for a member's seat.

    ``seat`` is ``None`` where the person does not carry it any more. ``standing``: the ballot that stands for it.
    ``position``: what the person has to know when it casts.
    """

    member_id: int
    name: str
    seat: Seat | None
    standing: Ballot | None
    position: Position | None


@dataclass(frozen=True)
class _Record:
    """What came of a ballot: whether something else stands now, and whether it is the first of its seat."""

    member_id: int
    receipt: Receipt
    changed: bool = False
    first: bool = False


async def _record(
    unit: Unit,
    acting: Acting,
    actor: Acting,
    motion: Motion,
    known: _Seat,
    choice: str,
    *,
    entry_id: int | None = None,
    on_card: bool = False,
) -> _Record:
    if unit.origin is None:
        raise ValueError("a ballot is told apart by the update that it comes from")
    if motion.form is BallotForm.SECRET:
        raise errors.Gone  # no button of ours says so
    member_id, name, seat, standing = known.member_id, known.name, known.seat, known.standing
    if seat is not None and motion.outside and seat.carrier_id != acting.person.id:
        seat = replace(seat, carrier_id=acting.person.id)  # any representative of the member may cast; the last stands
        await unit.motions.take_up(motion.id, member_id, acting.person.id)
    check_may_cast(motion, seat, acting.person.id, name, unit.now, on_card=on_card)
    chosen = check_selection(motion, choice)
    if standing is not None and not supersedes(standing, unit.origin.update_id, unit.now):
        return _Record(member_id, Receipt(name, chosen, standing.selection, options=motion.options))
    ballot = Ballot(motion.id, member_id, chosen, acting.person.id, unit.now, unit.origin.update_id, entry_id)
    await unit.motions.cast(ballot)  # the same choice again too: its number is what later presses are compared with
    changed = standing is None or standing.selection != chosen
    if changed:
        await unit.journal.note(
            "ballot_cast",
            actor_id=actor.person.id,
            meeting_id=motion.meeting_id,
            facts={"motion": motion.id, "member": member_id, "choice": joined(chosen), **entered(entry_id)},
        )
    stance = known.position.stance if known.position and deviates(known.position, chosen) else None
    return _Record(member_id, Receipt(name, chosen, chosen, stance, motion.options), changed, standing is None)


async def still_carried(unit: Unit, motion: Motion, acting: Acting) -> tuple[Seat, ...]:
    """Return the seats that the person carries in the vote and still has what made it their carrier."""
    return await carrying(unit, motion, await unit.motions.carried(motion.id, acting.person.id), acting)


async def carrying(unit: Unit, motion: Motion, seats: Collection[Seat], acting: Acting) -> tuple[Seat, ...]:
    """Return those of ``seats`` of which the person still is what made it the carrier.

    That is the role, or a proxy along the way of the vote. Who lost it carries nothing, whatever the electorate says.
    """
    substitution = unit.association.statutes.proxy_substitution
    proxies: tuple[Proxy, ...] = ()
    if not motion.outside and any(seat.proxy_id is not None for seat in seats):
        meeting_id = motion.meeting_id  # where nothing is passed on, only what the person itself holds can count
        proxies = await (
            unit.proxies.in_force(meeting_id) if substitution else unit.proxies.held(meeting_id, acting.person.id)
        )
    granted = by_member(proxies)

    def carries(seat: Seat) -> bool:
        if seat.proxy_id is None or motion.outside:
            return acting.has(Role.REPRESENTATIVE, seat.member_id)
        steps = way(seat.member_id, granted, substitution=substitution)
        return any(step.holder_id == acting.person.id and still_entitled(step, acting, proxies) for step in steps)

    return tuple(seat for seat in seats if carries(seat))
