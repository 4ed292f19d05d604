"""Adopting without a vote (hamerstuk, acclamatie): it stands unless somebody who could vote objects in time."""

from datetime import timedelta

from assembly import errors
from assembly.agenda import ItemKind
from assembly.motions import BallotForm, MotionState, Question, has_closed
from assembly.permissions import Act, states_for
from assembly.tally import Choice
from services.access import require
from services.ballots import still_carried
from services.interrupting import void
from services.motions import put_to_vote, question_of, votable
from services.seats import locked, statutes_of
from storage.unit import Unit


async def acclaim(unit: Unit, telegram_id: int, item_id: int, message_id: int | None) -> None:
    """Ask everybody who carries a vote whether somebody objects; else the item is adopted when the time is over."""
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    meeting, item = await votable(unit, item_id)
    statutes = await statutes_of(unit, meeting)
    if item.kind is ItemKind.PERSONS and not statutes.persons_acclamation:
        raise errors.AcclamationNotAllowed
    before = (await unit.advance.of_item(item.id)).values()
    if any(ballot.choice is not Choice.FOR for ballot in before if ballot.stands):
        raise errors.VotedBefore(item.number)
    asked = Question(
        item.proposal or item.title,
        item.majority.of(statutes, item.kind),
        form=BallotForm.ACCLAMATION,
        closes_at=unit.now + timedelta(seconds=statutes.objection_seconds),
    )
    await put_to_vote(unit, acting, meeting, item, asked, message_id)


async def object_to(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Note an objection in time: nothing is adopted, and a vote is opened at once.

    On persons the chair opens it, who has to choose how is voted.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    found = await unit.motions.get(motion_id)
    if found is None or found.form is not BallotForm.ACCLAMATION:
        raise errors.Gone
    meeting = await locked(unit, found.meeting_id, *states_for(Act.CAST_BALLOT))
    motion = await unit.motions.get(motion_id, lock="update")
    if motion is None or motion.state is not MotionState.OPEN or has_closed(motion, unit.now):
        raise errors.ObjectionTooLate
    seats = await still_carried(unit, motion, acting)
    if not seats:
        raise errors.NotYourVote
    await unit.verdicts.dispute(motion.id, [seat.member_id for seat in seats], acting.person.id)
    names = await unit.members.names([seat.member_id for seat in seats])
    await void(unit, acting.person.id, motion, objected_by=", ".join(sorted(names.values())))
    item = await unit.meetings.item(motion.item_id)
    if item is not None and item.kind is not ItemKind.PERSONS:
        await put_to_vote(unit, acting, meeting, item, await question_of(unit, meeting, item), None)
