"""Secret ballots: what can be chosen, and the cast that only counts.

What is chosen comes with the press, is checked, and adds one to a counter. It is in no row, no journal entry, no
message that waits and no answer.
"""

from assembly import errors
from assembly.facts.secret import SecretBallot, SecretReceipt, SecretSeat
from assembly.facts.voting import BallotFacts, BallotRef
from assembly.members import Acting
from assembly.motions import BallotForm, Motion, MotionState, check_may_cast, check_selection
from assembly.permissions import Act
from assembly.tally import Seat
from services.access import require
from services.ballot_cards import ballot_key, load_ballot, show_turnout
from services.ballots import carrying
from services.instructions import asked
from services.telling import show
from storage.unit import Unit


async def view_secret(
    unit: Unit, telegram_id: int, motion_id: int, member_id: int = 0, choice: str = ""
) -> SecretBallot:
    """Return the presser's ballot, to be shown with ``choice`` for a seat, or for all with 0. Reads only.

    Refuses what the cast would refuse: a vote that is over or in already, another's seat, and what cannot be chosen.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion = _secret(await unit.motions.get(motion_id))
    await _seats(unit, acting, motion, member_id)
    if choice:
        check_selection(motion, choice)
    ballot = await load_secret(unit, motion, acting.person.id)
    if ballot is None:
        raise errors.Gone
    return ballot


async def cast_secret(
    unit: Unit, telegram_id: int, motion_id: int, member_id: int, choice: str, message_id: int | None
) -> SecretReceipt:
    """Put the vote of a seat in the box, or with ``member_id`` 0 of all that the person carries and did not vote for.

    It is final: a second press, or the same one again, is refused with ``VoteIsIn``, whatever it says.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion = _secret(await unit.motions.get(motion_id, lock="share"))
    await unit.boxes.lock(motion.id)
    seats = await _seats(unit, acting, motion, member_id)
    await unit.boxes.cast(motion.id, [seat.member_id for seat in seats], check_selection(motion, choice))
    await show(unit, acting, BallotRef(motion.id, acting.person.id), ballot_key(motion.id, 0), pressed=message_id)
    unit.at_last(show_turnout, motion.id)
    names = await unit.members.names([seat.member_id for seat in seats])
    return SecretReceipt(tuple(names[seat.member_id] for seat in seats))


async def load_any_ballot(unit: Unit, ref: BallotRef) -> BallotFacts | SecretBallot | None:
    """Load a page of a person's ballot, in whichever form is voted; a secret one has a single page."""
    motion = await unit.motions.get(ref.motion_id)
    if motion is None or motion.form is not BallotForm.SECRET:
        return await load_ballot(unit, ref)
    return await load_secret(unit, motion, ref.person_id) if ref.page == 0 else None


async def load_secret(unit: Unit, motion: Motion, person_id: int) -> SecretBallot | None:
    """Load a person's ballot in a secret vote, with whose vote is in; ``None`` for somebody without a seat."""
    seats = await unit.motions.carried(motion.id, person_id)
    if not seats:
        return None
    names = await unit.members.names([seat.member_id for seat in seats])
    voters = await unit.boxes.voters(motion.id)
    positions = await asked(unit, motion, seats)
    return SecretBallot(
        motion.id,
        motion.number,
        motion.title,
        motion.text,
        motion.options,
        motion.picks,
        motion.round,
        tuple(
            SecretSeat(
                seat.member_id,
                names[seat.member_id],
                by_proxy=seat.proxy_id is not None,
                voted=seat.member_id in voters,
                stance=position.stance if (position := positions.get(seat.member_id)) else None,
            )
            for seat in seats
        ),
        motion.closed_at,
        voided=motion.state is MotionState.VOIDED,
        suspended=motion.state is MotionState.SUSPENDED,
        closes_at=motion.closes_at,
    )


def _secret(motion: Motion | None) -> Motion:
    if motion is None or motion.form is not BallotForm.SECRET:
        raise errors.Gone
    return motion


async def _seats(unit: Unit, acting: Acting, motion: Motion, member_id: int) -> list[Seat]:
    """Return the seats that the person carries and did not vote for: that of the member, or all for 0."""
    carried = await unit.motions.carried(motion.id, acting.person.id)
    meant = [seat for seat in carried if member_id in {0, seat.member_id}]
    seats = await carrying(unit, motion, meant, acting)
    name = (await unit.members.names([member_id])).get(member_id)
    if not seats and name is None:
        raise errors.Gone
    check_may_cast(motion, seats[0] if seats else None, acting.person.id, name or "", unit.now)
    voters = await unit.boxes.voters(motion.id)
    left = [seat for seat in seats if seat.member_id not in voters]
    if not left:
        raise errors.VoteIsIn
    return left
