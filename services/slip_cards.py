"""Ballot slips of a secret vote as those who enter and confirm them see them, and their end."""

from assembly.facts.slips import SlipsCard, SlipSeat, SlipsRef
from assembly.motions import Motion, MotionState
from assembly.permissions import Act, may
from assembly.slips import Bundle, counted_keys
from services.entry_cards import deciders
from services.seats import by_name
from services.telling import refresh
from storage.unit import Unit

PAGE_SIZE = 40
"""Seats on a page; with a button each they stay below Telegram's 100."""


def slips_key(motion_id: int) -> str:
    """Return the key of the message that shows the slips of a vote."""
    return f"slips:{motion_id}"


async def load_slips(unit: Unit, ref: SlipsRef) -> SlipsCard | None:
    """Load the slips for somebody who enters or confirms; until they are confirmed nobody else gets the totals."""
    motion, reader = await unit.motions.get(ref.motion_id), await unit.people.get(ref.person_id)
    if motion is None or reader is None or not may(reader, Act.SEE_ENTRIES):
        return None
    bundle = await unit.boxes.bundle(motion.id) if motion.state is MotionState.SUSPENDED else None
    handed = bundle.members if bundle else frozenset()
    left = await seats_left(unit, motion) if bundle else {}
    voted = await unit.members.names(list(await unit.boxes.voters(motion.id))) if bundle else {}
    mine = bundle is not None and bundle.entered_by == reader.person.id
    listed = list(left) if mine and bundle and not bundle.offered else [member for member in left if member in handed]
    pages = max(1, -(-len(listed) // PAGE_SIZE))
    page = min(ref.page, pages - 1)
    shown = listed[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    names = await unit.members.names(shown)
    ids = {left[member] for member in shown} | ({bundle.entered_by} if bundle else set())
    people = {acting.person.id: acting.person.name for acting in await unit.people.all(ids)}
    return SlipsCard(
        motion.id,
        motion.number,
        motion.title,
        motion.options,
        motion.picks,
        tuple(SlipSeat(member, names[member], people.get(left[member], ""), member in handed) for member in shown),
        page,
        pages,
        handed=len(handed),
        left=len(left),
        voted=tuple(sorted(voted.values(), key=str.casefold)),
        totals=_totals(motion, bundle),
        entered_by=people.get(bundle.entered_by, "") if bundle else "",
        version=bundle.version if bundle else 0,
        mine=mine,
        may_enter=bundle is not None and may(reader, Act.ENTER_ON_BEHALF),
        over=bundle is None,
    )


async def seats_left(unit: Unit, motion: Motion) -> dict[int, int]:
    """Return the seats that somebody carries and did not vote for, with their carriers, by name."""
    voters = await unit.boxes.voters(motion.id)
    found = {
        seat.member_id: seat.carrier_id
        for seat in await unit.motions.electorate(motion.id)
        if seat.carrier_id is not None and seat.member_id not in voters
    }
    return await by_name(unit, found)


async def redraw_slips(unit: Unit, motion_id: int) -> None:
    """Bring the slips of a vote up to date for all who see them."""
    readers = await deciders(unit)
    await refresh(unit, readers, lambda reader: SlipsRef(motion_id, reader.person.id), slips_key(motion_id))


async def drop_slips(unit: Unit, motion_id: int) -> None:
    """Forget the slips of a vote that wait, with their totals."""
    await unit.boxes.drop_bundle(motion_id)
    await redraw_slips(unit, motion_id)


def _totals(motion: Motion, bundle: Bundle | None) -> tuple[tuple[str, int], ...]:
    counts = (bundle.counts if bundle else None) or {}
    return tuple((key, counts[key]) for key in counted_keys(motion) if key in counts)
