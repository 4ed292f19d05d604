"""A vote as it shows while it is open and when it closes: everybody's ballot, and the turnout."""

from collections.abc import Collection

from assembly.facts.voting import BallotFacts, BallotRef, BallotSeat, PublicTurnoutRef, Turnout, TurnoutRef
from assembly.members import Acting, Role
from assembly.motions import BallotForm, Motion
from assembly.permissions import Act
from assembly.tally import Seat
from services.access import holders_of
from services.instructions import asked
from services.outside_cards import show_outside
from services.tallying import votes_cast
from services.telling import show, show_groups
from storage.unit import Unit

SEATS_PER_BALLOT = 31
"""Seats in one message: with three buttons each, and five for all of them, they stay below Telegram's 100 buttons."""


def ballot_key(motion_id: int, page: int) -> str:
    """Return the key of a page of a ballot."""
    return f"ballot:{motion_id}:{page}" if page else f"ballot:{motion_id}"


def turnout_key(motion_id: int) -> str:
    """Return the key of the turnout of a motion."""
    return f"turnout:{motion_id}"


async def show_ballots(unit: Unit, motion_id: int, seats: Collection[Seat]) -> None:
    """Queue every ballot of the electorate ``seats``: sent when the vote opens, redrawn when it closes."""
    motion = await unit.motions.get(motion_id)
    if motion is not None and motion.outside:
        await _show_representatives(unit, motion, {seat.member_id for seat in seats}, silent=False)
        return
    carriers = [seat.carrier_id for seat in seats if seat.carrier_id is not None]
    for acting in await unit.people.all(set(carriers)):
        await _show_pages(unit, acting, motion_id, carriers.count(acting.person.id), silent=False)


async def _show_pages(unit: Unit, acting: Acting, motion_id: int, seats: int, *, silent: bool) -> None:
    for page in range(-(-seats // SEATS_PER_BALLOT)):
        ref = BallotRef(motion_id, acting.person.id, page)
        await show(unit, acting, ref, ballot_key(motion_id, page), silent=silent)


async def _show_representatives(
    unit: Unit, motion: Motion, members: Collection[int], *, silent: bool, but: Acting | None = None
) -> None:
    """Queue the ballots of everybody who represents one of ``members`` in a vote outside a meeting."""
    for acting in await unit.people.holding([Role.REPRESENTATIVE]):
        concerned = set(members).intersection(acting.members(Role.REPRESENTATIVE))
        if concerned and (but is None or acting.person.id != but.person.id):
            seats = len(await unit.motions.carried(motion.id, acting.person.id))
            await _show_pages(unit, acting, motion.id, seats, silent=silent)


async def show_colleagues(unit: Unit, motion: Motion, acting: Acting, members: Collection[int]) -> None:
    """Redraw what stands for ``members`` for the others who could have cast it: outside a meeting there may be some."""
    if motion.outside and members:
        await _show_representatives(unit, motion, members, silent=True, but=acting)


async def show_open_ballot(unit: Unit, acting: Acting) -> None:
    """Queue the ballot of a vote that is open already, for somebody whose new phone has none."""
    current = await unit.meetings.current()
    for meeting_id in (*([current.id] if current else []), *(vote.meeting_id for vote in await unit.outside.running())):
        motion = await unit.motions.open_in(meeting_id)
        if motion is not None:
            seats = len(await unit.motions.carried(motion.id, acting.person.id))
            await _show_pages(unit, acting, motion.id, seats, silent=False)


async def load_ballot(unit: Unit, ref: BallotRef) -> BallotFacts | None:
    """Load a page of a person's ballot, with what stands for each seat."""
    motion = await unit.motions.get(ref.motion_id)
    if motion is None:
        return None
    first = ref.page * SEATS_PER_BALLOT
    seats = (await unit.motions.carried(motion.id, ref.person_id))[first : first + SEATS_PER_BALLOT]
    if not seats:
        return None
    names = await unit.members.names([seat.member_id for seat in seats])
    selections = await (
        unit.motions.selections(motion.id) if motion.outside else unit.motions.selections_of(motion.id, ref.person_id)
    )
    positions = await asked(unit, motion, seats)
    statements = await unit.statements.of_motion(motion.id, names)
    receipts = await unit.motions.receipts(motion.id) if motion.closed_at is not None else {}
    return BallotFacts(
        motion.id,
        motion.number,
        motion.title,
        motion.text,
        tuple(
            BallotSeat(
                seat.member_id,
                names[seat.member_id],
                by_proxy=seat.proxy_id is not None,
                selection=selections.get(seat.member_id),
                stance=position.stance if (position := positions.get(seat.member_id)) else None,
                statement=statements.get(seat.member_id, ""),
                receipt=receipts.get(seat.member_id, ""),
            )
            for seat in seats
        ),
        motion.closed_at,
        motion.options,
        motion.picks,
        motion.straw,
        motion.round,
        ref.page,
        ref.member_id,
        state=motion.state,
        form=motion.form,
        held=motion.held,
        closes_at=motion.closes_at,
        procedural=motion.procedural,
    )


def turnout_changed(unit: Unit, motion: Motion) -> None:
    """Queue the turnout of a vote wherever it is shown, once for all ballots that share a transaction."""
    if motion.outside:
        unit.at_last(show_outside, motion.meeting_id)
    else:
        unit.at_last(show_turnout, motion.id)


async def show_turnout(unit: Unit, motion_id: int, *, silent: bool = True) -> None:
    """Queue the turnout for those who lead the vote, and for groups and channels."""
    for leader in await holders_of(unit, Act.LEAD_VOTE):
        await show(unit, leader, TurnoutRef(motion_id), turnout_key(motion_id), silent=silent)
    await show_groups(unit, PublicTurnoutRef(motion_id), turnout_key(motion_id), silent=silent)


async def load_turnout(unit: Unit, ref: TurnoutRef) -> Turnout | None:
    """Load the turnout for somebody who may close the vote."""
    return await _turnout(unit, ref.motion_id, leads=True)


async def load_public_turnout(unit: Unit, ref: PublicTurnoutRef) -> Turnout | None:
    """Load the turnout for everybody."""
    return await _turnout(unit, ref.motion_id, leads=False)


async def _turnout(unit: Unit, motion_id: int, *, leads: bool) -> Turnout | None:
    motion = await unit.motions.get(motion_id)
    if motion is None:
        return None
    present, total = await unit.motions.votes(motion.id)
    secret = motion.form is BallotForm.SECRET
    return Turnout(
        motion.id,
        motion.number,
        motion.title,
        motion.text,
        cast=await votes_cast(unit, motion),
        present=present,
        total=total,
        closed_at=motion.closed_at,
        leads=leads,
        straw=motion.straw,
        round=motion.round,
        state=motion.state,
        form=motion.form,
        closes_at=motion.closes_at,
        erasing=motion.closed_at is not None and secret and await unit.boxes.has_traces(motion.id),
        procedural=motion.procedural,
    )
