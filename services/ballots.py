"""Casting ballots, and the screens that show what stands."""

from collections.abc import Collection

from assembly import errors
from assembly.facts.voting import BallotFacts, BallotRef, BallotSeat, PublicTurnoutRef, Receipt, Turnout, TurnoutRef
from assembly.members import Acting, Role
from assembly.motions import Ballot, Motion, check_may_cast, supersedes
from assembly.permissions import Act
from assembly.positions import deviates
from assembly.proxies import by_member, still_entitled, way
from assembly.tally import Choice, Seat
from services.access import holders_of, require
from services.entry_marks import entered
from services.instructions import asked
from services.telling import show, show_groups
from storage.unit import Unit

SEATS_PER_BALLOT = 33
"""Seats in one message: with three buttons each they stay below Telegram's 100 buttons."""


def ballot_key(motion_id: int, page: int) -> str:
    """Return the key of a page of a ballot."""
    return f"ballot:{motion_id}:{page}" if page else f"ballot:{motion_id}"


def turnout_key(motion_id: int) -> str:
    """Return the key of the turnout of a motion."""
    return f"turnout:{motion_id}"


async def cast_ballot(unit: Unit, telegram_id: int, motion_id: int, member_id: int, choice: Choice) -> Receipt:
    """Record ``choice`` for the member's seat, in place of what stood for it, and return what stands now.

    Refuses a ballot after the closing, and one by anybody but the seat's carrier in the frozen electorate. A press that
    was delivered again, after a later one, changes nothing. Raises ``ValueError`` without an update as its origin.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion, seat, name = await seat_at_hand(unit, motion_id, member_id)
    return await cast(unit, acting, acting, motion, seat, member_id, name, choice)


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
    choice: Choice,
    *,
    entry_id: int | None = None,
) -> Receipt:
    """Record a choice for a seat that was locked: of its carrier ``acting``, pressed or entered by ``actor``."""
    if unit.origin is None:
        raise ValueError("a ballot is told apart by the update that it comes from")
    if seat is not None and not await _still_carries(unit, motion, seat, acting):
        seat = None  # who lost its role or its proxy carries nothing, whatever the electorate says
    check_may_cast(motion, seat, acting.person.id, name)
    standing = await unit.motions.ballot(motion.id, member_id)
    if standing is not None and not supersedes(standing, unit.origin.update_id, unit.now):
        return Receipt(name, choice, standing.choice)
    ballot = Ballot(motion.id, member_id, choice, acting.person.id, unit.now, unit.origin.update_id, entry_id)
    await unit.motions.cast(ballot)  # the same choice again too: its number is what later presses are compared with
    if standing is None or standing.choice is not choice:
        await unit.journal.note(
            "ballot_cast",
            actor_id=actor.person.id,
            meeting_id=motion.meeting_id,
            facts={"motion": motion.id, "member": member_id, "choice": choice, **entered(entry_id)},
        )
        seats = await unit.motions.carried(motion.id, acting.person.id)
        page = [other.member_id for other in seats].index(member_id) // SEATS_PER_BALLOT
        ref = BallotRef(motion.id, acting.person.id, page)
        await show(unit, acting, ref, ballot_key(motion.id, page))
    if standing is None:
        unit.at_last(show_turnout, motion.id)
    position = (await asked(unit, motion.item_id, [seat] if seat else [])).get(member_id)
    return Receipt(name, choice, choice, position.stance if position and deviates(position, choice) else None)


async def _still_carries(unit: Unit, motion: Motion, seat: Seat, acting: Acting) -> bool:
    """Whether the person still has what made it the carrier: the role, or a proxy along the way of the vote."""
    if seat.proxy_id is None:
        return acting.has(Role.REPRESENTATIVE, seat.member_id)
    substitution = unit.association.statutes.proxy_substitution
    meeting_id = motion.meeting_id  # where nothing is passed on, only what the person itself holds can count
    proxies = await (
        unit.proxies.in_force(meeting_id) if substitution else unit.proxies.held(meeting_id, acting.person.id)
    )
    steps = way(seat.member_id, by_member(proxies), substitution=substitution)
    return any(step.holder_id == acting.person.id and still_entitled(step, acting, proxies) for step in steps)


async def show_ballots(unit: Unit, motion_id: int, seats: Collection[Seat]) -> None:
    """Queue every ballot of the electorate ``seats``: sent when the vote opens, redrawn when it closes."""
    carriers = [seat.carrier_id for seat in seats if seat.carrier_id is not None]
    for acting in await unit.people.all(set(carriers)):
        for page in range(-(-carriers.count(acting.person.id) // SEATS_PER_BALLOT)):
            ref = BallotRef(motion_id, acting.person.id, page)
            await show(unit, acting, ref, ballot_key(motion_id, page), silent=False)


async def show_open_ballot(unit: Unit, acting: Acting) -> None:
    """Queue the ballot of a vote that is open already, for somebody whose new phone has none."""
    meeting = await unit.meetings.current()
    motion = await unit.motions.open_in(meeting.id) if meeting else None
    if motion is not None:
        await show_ballots(unit, motion.id, await unit.motions.carried(motion.id, acting.person.id))


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
    choices = await unit.motions.choices_of(motion.id, ref.person_id)
    positions = await asked(unit, motion.item_id, seats)
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
                choice=choices.get(seat.member_id),
                stance=position.stance if (position := positions.get(seat.member_id)) else None,
            )
            for seat in seats
        ),
        motion.closed_at,
    )


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
    return Turnout(
        motion.id,
        motion.number,
        motion.title,
        motion.text,
        cast=await unit.motions.votes_cast(motion.id),
        present=present,
        total=total,
        closed_at=motion.closed_at,
        leads=leads,
    )
