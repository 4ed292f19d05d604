"""Ballot slips (stembriefjes) in a secret vote: entered as totals by one, confirmed by another, and kept nowhere.

They are entered while the vote is suspended, and their confirmation closes it: whoever hears the totals of the slips
hears them when nobody can vote any more. Until then they are in the box, which no backup has and which is erased.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assembly import errors
from assembly.facts.slips import SlipsRef, TotalsExpected
from assembly.members import Acting
from assembly.motions import BallotForm, Motion
from assembly.permissions import Act, states_for
from assembly.slips import Bundle, check_hidden, check_may_fill, check_totals, read_totals
from services.access import require
from services.ballots import carrying
from services.entry_cards import deciders
from services.outcomes import close
from services.seats import locked
from services.slip_cards import PAGE_SIZE, drop_slips, redraw_slips, seats_left, slips_key
from services.telling import refresh, show_anew, tell
from storage.unit import Unit

STEP = "slip_totals"


async def open_slips(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Show the slips of a vote; where there are none yet, this person enters them."""
    acting = await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    motion = await _locked(unit, motion_id, Act.ENTER_ON_BEHALF)
    if await unit.boxes.bundle(motion.id) is None:
        await unit.boxes.write_bundle(Bundle(motion.id, acting.person.id, frozenset(), None, 0))
    await show_anew(unit, acting, SlipsRef(motion.id, acting.person.id), slips_key(motion.id))


async def turn_slips(unit: Unit, telegram_id: int, motion_id: int, page: int) -> None:
    """Show another page."""
    acting = await require(unit, telegram_id, Act.SEE_ENTRIES)
    if await unit.boxes.bundle(motion_id) is None:
        raise errors.Gone
    await _show(unit, acting, motion_id, page)


async def mark_slip(unit: Unit, telegram_id: int, motion_id: int, member_id: int, *, handed: bool) -> None:
    """Note that a slip was handed in for a seat, or was not after all. Totals have to be entered anew then."""
    acting, motion, bundle = await _own(unit, telegram_id, motion_id)
    left = await seats_left(unit, motion)
    if member_id not in left:
        raise errors.SeatHasVoted(await unit.members.name(member_id) or "")
    members = bundle.members | {member_id} if handed else bundle.members - {member_id}
    if members != bundle.members:
        await unit.boxes.write_bundle(replace(bundle, members=members, counts=_anew(bundle)))
    await _show(unit, acting, motion.id, list(left).index(member_id) // PAGE_SIZE)


async def clear_slips(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Begin anew; from now on this person enters them."""
    acting = await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    motion = await _locked(unit, motion_id, Act.ENTER_ON_BEHALF)
    bundle = await _bundle(unit, motion)
    empty = replace(bundle, entered_by=acting.person.id, members=frozenset(), counts=_anew(bundle))
    await unit.boxes.write_bundle(empty)
    await redraw_slips(unit, motion.id)


async def ask_totals(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Expect the totals, where they would betray nobody."""
    acting, motion, bundle = await _own(unit, telegram_id, motion_id)
    await _check(unit, motion, bundle)
    await unit.conversations.begin(acting.person.id, STEP, motion_id=motion.id)
    await tell(
        unit, acting, TotalsExpected(motion.number, motion.title, motion.options, motion.picks, len(bundle.members))
    )


async def take_totals(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the totals that were typed, and offer the slips to somebody else, who confirms them."""
    if acting.person.telegram_id is None:
        raise errors.Gone
    acting, motion, bundle = await _own(unit, acting.person.telegram_id, data["motion_id"])
    await _check(unit, motion, bundle)
    counts = read_totals(motion, text)
    check_totals(motion, counts, len(bundle.members))
    await unit.boxes.write_bundle(replace(bundle, counts=counts))
    await unit.conversations.end(acting.person.id)
    for decider in await deciders(unit):
        await show_anew(unit, decider, SlipsRef(motion.id, decider.person.id), slips_key(motion.id))


async def confirm_slips(unit: Unit, telegram_id: int, motion_id: int, version: int) -> None:
    """Put the slips in the box as they were seen, and close and count the vote; of the totals nothing is kept.

    Refuses who entered them, what was changed meanwhile, and what would betray somebody.
    """
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await _locked(unit, motion_id, Act.CLOSE_VOTE)
    bundle = await _bundle(unit, motion)
    if bundle.entered_by == acting.person.id:
        raise errors.SamePerson
    if bundle.version != version or not bundle.counts:
        raise errors.SlipsChanged
    await _check(unit, motion, bundle)
    check_totals(motion, bundle.counts, len(bundle.members))
    await unit.boxes.add_slips(motion.id, bundle.members, bundle.counts)
    await drop_slips(unit, motion.id)
    await unit.journal.note(
        "slips_counted",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id, "entered_by": bundle.entered_by, "members": sorted(bundle.members)},
    )
    await close(unit, motion, acting.person.id, unit.now)


async def _check(unit: Unit, motion: Motion, bundle: Bundle) -> None:
    """Refuse slips of seats of which a vote is in or that nobody carries any more, and too few to hide anybody."""
    if not bundle.members:
        raise errors.NoSlips
    seats = await unit.motions.electorate(motion.id)
    voters = await unit.boxes.voters(motion.id)
    handed = [seat for seat in seats if seat.member_id in bundle.members]
    carried: set[int] = set()
    for carrier in await unit.people.all({seat.carrier_id for seat in handed if seat.carrier_id is not None}):
        theirs = [seat for seat in handed if seat.carrier_id == carrier.person.id]
        carried.update(seat.member_id for seat in await carrying(unit, motion, theirs, carrier))
    for member_id in sorted(bundle.members):
        if member_id in voters or member_id not in carried:
            raise errors.SeatHasVoted(await unit.members.name(member_id) or "")
    check_hidden(seats, voters, bundle.members, unit.association.statutes.secret_minimum)


def _anew(bundle: Bundle) -> Mapping[str, int] | None:
    """Return what is left of totals that do not hold any more: that there were some."""
    return None if bundle.counts is None else {}


async def _locked(unit: Unit, motion_id: int, act: Act) -> Motion:
    """Return a secret vote that is suspended, locked after its assembly: no vote can be cast meanwhile."""
    found = await unit.motions.get(motion_id)
    if found is None or found.form is not BallotForm.SECRET:
        raise errors.Gone
    await locked(unit, found.meeting_id, *states_for(act))
    motion = await unit.motions.get(motion_id, lock="update")
    if motion is None:
        raise errors.Gone
    check_may_fill(motion)
    return motion


async def _bundle(unit: Unit, motion: Motion) -> Bundle:
    bundle = await unit.boxes.bundle(motion.id)
    if bundle is None:
        raise errors.Gone
    return bundle


async def _own(unit: Unit, telegram_id: int, motion_id: int) -> tuple[Acting, Motion, Bundle]:
    """Return slips that this person enters. Refuses those of anybody else."""
    acting = await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    motion = await _locked(unit, motion_id, Act.ENTER_ON_BEHALF)
    bundle = await _bundle(unit, motion)
    if bundle.entered_by != acting.person.id:
        raise errors.Gone
    return acting, motion, bundle


async def _show(unit: Unit, acting: Acting, motion_id: int, page: int) -> None:
    ref = SlipsRef(motion_id, acting.person.id, page)
    await refresh(unit, [acting], lambda _reader: ref, slips_key(motion_id))
