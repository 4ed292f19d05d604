"""Putting an agenda item to the vote."""

from assembly import errors
from assembly.advance import with_advance
from assembly.agenda import ItemKind
from assembly.facts.voting import MotionChoice, MotionItem, MotionPreview
from assembly.item_settings import VoteForm
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.motions import Question, check_may_open, next_round
from assembly.permissions import Act, states_for
from assembly.questions import question
from services.access import require
from services.advance import stand, standing_for
from services.agenda_items import untold
from services.ballots import show_ballots, show_turnout, turnout_key
from services.item_options import labels_of
from services.meetings import refresh_consoles
from services.rounds import undecided
from services.seats import check_no_vote_open, locked, quorum_of, voting_seats
from services.telling import turn
from services.vote_records import in_journal, names_in_journal
from storage.meetings import AgendaItem
from storage.unit import Unit


def choice_key(meeting_id: int) -> str:
    """Return the key of the message in which an item is chosen and previewed."""
    return f"motion:{meeting_id}"


async def choose_motion(unit: Unit, telegram_id: int, meeting_id: int, message_id: int | None) -> None:
    """Show the items that can be put to the vote: those to be decided on that were not voted on yet."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    meeting = await locked(unit, meeting_id, *states_for(Act.LEAD_VOTE))
    await check_no_vote_open(unit, meeting)
    voted = {motion.item_id for motion in await unit.motions.of_meeting(meeting.id) if motion.decides}
    items = tuple(
        MotionItem(item.id, item.number, item.title)
        for item in await unit.meetings.items(meeting.id)
        if item.kind.votable and item.id not in voted and item.withdrawn_at is None
    )
    await turn(unit, acting, MotionChoice(items), choice_key(meeting.id), message_id)


async def preview_motion(unit: Unit, telegram_id: int, item_id: int, message_id: int | None) -> None:
    """Show what would be put to the vote, with the majority that it needs and who can vote now."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    meeting, item = await _votable(unit, item_id)
    seats = await voting_seats(unit, meeting)
    quorum, asked = await quorum_of(unit, meeting), await _question(unit, item)
    total = sum(seat.weight for seat in seats)
    preview = MotionPreview(
        item_id=item.id,
        meeting_id=meeting.id,
        number=item.number,
        title=item.title,
        text=asked.text,
        majority=asked.majority,
        kind=asked.kind,
        options=asked.options,
        picks=asked.picks,
        rule=asked.rule,
        untold=any(change.item_id == item.id for change in await untold(unit, meeting.id)),
        persons=_secret_by_default(unit, item),
        present=sum(seat.weight for seat in seats if seat.carrier_id is not None),
        total=total,
        quorum=None if quorum is None else quorum.needed(total),
    )
    await turn(unit, acting, preview, choice_key(meeting.id), message_id)


async def open_motion(
    unit: Unit, telegram_id: int, item_id: int, message_id: int | None, *, roll_call: bool = False, straw: bool = False
) -> None:
    """Put the item to the vote: freeze what is asked and the electorate, and queue every ballot.

    ``roll_call`` was chosen explicitly; a vote on persons is not opened without (setting ``persons_secret``).
    ``straw``: a straw poll, which decides nothing, so that the item can be put to the vote afterwards.
    """
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    meeting, item = await _votable(unit, item_id)
    asked = await _question(unit, item, straw=straw)
    settled = roll_call or not _secret_by_default(unit, item)
    await _put_to_vote(unit, acting, meeting, item, asked, message_id, form_settled=settled)


async def open_round(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Open the next round of a vote that decided nothing yet, among the options that are left."""
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    found = await unit.motions.get(motion_id)
    if found is None:
        raise errors.Gone
    meeting = await locked(unit, found.meeting_id, *states_for(Act.OPEN_VOTE))
    await check_no_vote_open(unit, meeting)
    motion, item = await undecided(unit, motion_id), await unit.meetings.item(found.item_id)
    if item is None:
        raise errors.Gone
    # Its form was settled with the first round, and holds for those that follow.
    await _put_to_vote(unit, acting, meeting, item, next_round(motion), None, form_settled=True)
    await show_turnout(unit, motion.id)


async def _put_to_vote(
    unit: Unit,
    acting: Acting,
    meeting: Meeting,
    item: AgendaItem,
    asked: Question,
    message_id: int | None,
    *,
    form_settled: bool,
) -> None:
    """Open a vote on what is ``asked``, under the lock on the assembly."""
    cast = await standing_for(unit, item, asked)
    seats = await voting_seats(unit, meeting)
    counted = with_advance(seats, cast) if unit.association.statutes.advance_present else seats
    check_may_open(counted, await quorum_of(unit, meeting), persons=not form_settled, roll_call_chosen=False)
    seats = with_advance(seats, cast)
    motion_id = await unit.motions.add(item, asked, seats, acting.person.id)
    await unit.journal.note(
        "motion_opened",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={
            "motion": motion_id,
            "item": item.id,
            "question": in_journal(asked),
            "electorate": [[seat.member_id, seat.weight, seat.carrier_id, seat.proxy_id] for seat in seats],
            **({"advance": [[ballot.member_id, ballot.choice] for ballot in cast.values()]} if cast else {}),
        },
        private=names_in_journal(asked),
    )
    await stand(unit, motion_id, seats, cast)
    if message_id is not None and acting.person.telegram_id is not None:
        await unit.outbox.set_posted(acting.person.telegram_id, turnout_key(motion_id), message_id)
    await show_ballots(unit, motion_id, seats)
    await show_turnout(unit, motion_id, silent=False)
    await refresh_consoles(unit, meeting.id)


async def _question(unit: Unit, item: AgendaItem, *, straw: bool = False) -> Question:
    return question(
        unit.association.statutes,
        item.kind,
        item.proposal or item.title,
        item.majority.of(unit.association.statutes, item.kind),
        await labels_of(unit, item),
        item.picks,
        straw=straw,
    )


async def _votable(unit: Unit, item_id: int) -> tuple[Meeting, AgendaItem]:
    """Return the locked assembly and the item as it stands under that lock, where it can be put to the vote."""
    found = await unit.meetings.item(item_id)
    if found is None:
        raise errors.Gone
    meeting = await locked(unit, found.meeting_id, *states_for(Act.LEAD_VOTE))
    await check_no_vote_open(unit, meeting)
    item = await unit.meetings.item(item_id)
    if item is None:
        raise errors.Gone
    if await unit.meetings.voted(item.id):
        raise errors.ItemVoted(item.number)
    if not item.kind.votable:
        raise errors.NotVotable(item.number)
    if item.withdrawn_at is not None:
        raise errors.ItemWithdrawn(item.number)
    return meeting, item


def _secret_by_default(unit: Unit, item: AgendaItem) -> bool:
    statutes = unit.association.statutes
    return item.kind is ItemKind.PERSONS and statutes.persons_secret and item.form is not VoteForm.ROLL_CALL
