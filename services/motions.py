"""Putting an agenda item to the vote."""

from dataclasses import replace

from assembly import errors
from assembly.advance import with_advance
from assembly.facts.voting import MotionChoice, MotionItem, MotionPreview
from assembly.item_settings import VoteForm
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.motions import BallotForm, Motion, Question, check_may_open, next_round
from assembly.permissions import Act, states_for
from assembly.questions import question
from assembly.secrecy import can_be_secret, check_may_be_secret
from services.access import require
from services.advance import stand, standing_for
from services.agenda_items import untold
from services.ballot_cards import show_ballots, show_turnout, turnout_key
from services.item_options import labels_of
from services.meetings import get_meeting, refresh_consoles
from services.rounds import undecided
from services.seats import check_nothing_awaited, entitled_seats, locked, quorum_of, statutes_of, voting_seats
from services.telling import turn
from services.vote_cards import show_vote
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
    await check_may_put(unit, meeting)
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
    meeting, item = await votable(unit, item_id)
    seats = await entitled_seats(unit, meeting, item.id)
    quorum, asked = await quorum_of(unit, meeting, item), await question_of(unit, meeting, item)
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
        form=asked.form,
        can_be_secret=can_be_secret(seats, unit.association.statutes.secret_minimum),
        present=sum(seat.weight for seat in seats if seat.carrier_id is not None),
        total=total,
        quorum=None if quorum is None else quorum.needed(total),
    )
    await turn(unit, acting, preview, choice_key(meeting.id), message_id)


async def open_motion(
    unit: Unit,
    telegram_id: int,
    item_id: int,
    message_id: int | None,
    *,
    form: VoteForm = VoteForm.USUAL,
    straw: bool = False,
) -> None:
    """Put the item to the vote: freeze what is asked and the electorate, and queue every ballot.

    ``form``: what was chosen explicitly; otherwise as the item says, and else as the statutes do.
    ``straw``: a straw poll, which decides nothing, so that the item can be put to the vote afterwards.
    """
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    meeting, item = await votable(unit, item_id, straw=straw)
    asked = await question_of(unit, meeting, item, form, straw=straw)
    await put_to_vote(unit, acting, meeting, item, asked, message_id)


async def open_round(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Open the next round of a vote that decided nothing yet, among the options that are left."""
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    found = await unit.motions.get(motion_id)
    if found is None:
        raise errors.Gone
    meeting = await locked(unit, found.meeting_id, *states_for(Act.OPEN_VOTE))
    await check_may_put(unit, meeting)
    motion, item = await undecided(unit, motion_id), await unit.meetings.item(found.item_id)
    if item is None:
        raise errors.Gone
    await put_to_vote(unit, acting, meeting, item, next_round(motion), None)
    await show_vote(unit, motion)


async def put_again(unit: Unit, acting: Acting, motion: Motion) -> None:
    """Put the question of a vote that was held to the vote again (herstemming), with a new electorate.

    What was adopted without a vote is voted on by roll-call. The caller holds the lock on the assembly.
    """
    meeting, item = await get_meeting(unit, motion.meeting_id), await unit.meetings.item(motion.item_id)
    if item is None:
        raise errors.Gone
    await check_may_put(unit, meeting)
    form = BallotForm.ROLL_CALL if motion.form is BallotForm.ACCLAMATION else motion.form
    asked = replace(motion.question, form=form, supersedes_id=motion.id, closes_at=None)
    await put_to_vote(unit, acting, meeting, item, asked, None)


async def put_to_vote(
    unit: Unit,
    acting: Acting,
    meeting: Meeting,
    item: AgendaItem,
    asked: Question,
    message_id: int | None,
) -> None:
    """Open a vote on what is ``asked``, under the lock on the assembly, and take its item up.

    Freeze what is asked and the electorate, and queue every ballot. The turnout takes the place of the message
    ``message_id``.
    """
    cast = await standing_for(unit, item, asked)
    seats = await (voting_seats(unit, meeting) if asked.procedural else entitled_seats(unit, meeting, item.id))
    counted = with_advance(seats, cast) if unit.association.statutes.advance_present else seats
    check_may_open(counted, await quorum_of(unit, meeting, None if asked.procedural else item))
    seats = with_advance(seats, cast)
    if asked.form is BallotForm.SECRET:
        check_may_be_secret(seats, unit.association.statutes.secret_minimum)
    motion_id = await unit.motions.add(item, asked, seats, acting.person.id)
    if not item.at_hand:
        await unit.meetings.take_up(meeting.id, item.id)
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


async def check_may_put(unit: Unit, meeting: Meeting) -> None:
    """Refuse to put anything to the vote while the assembly is suspended, or an earlier vote awaits its end."""
    if await unit.meetings.paused_since(meeting.id) is not None:
        raise errors.MeetingSuspended
    await check_nothing_awaited(unit, meeting)


async def question_of(
    unit: Unit, meeting: Meeting, item: AgendaItem, form: VoteForm = VoteForm.USUAL, *, straw: bool = False
) -> Question:
    """Return what is asked when the item is put to the vote as it stands.

    ``form`` was chosen for this vote; else it is as settled for its item, and else as in the statutes.
    """
    statutes = await statutes_of(unit, meeting)
    asked = question(
        statutes,
        item.kind,
        item.proposal or item.title,
        item.majority.of(statutes, item.kind),
        await labels_of(unit, item),
        item.picks,
        straw=straw,
    )
    said = item.form if form is VoteForm.USUAL else form
    return replace(asked, form=said.of(statutes, item.kind))


async def votable(unit: Unit, item_id: int, *, straw: bool = False) -> tuple[Meeting, AgendaItem]:
    """Return the locked assembly and the item as it stands under that lock, where it can be put to the vote.

    For a ``straw`` poll it may be one on which nothing is decided.
    """
    found = await unit.meetings.item(item_id)
    if found is None:
        raise errors.Gone
    meeting = await locked(unit, found.meeting_id, *states_for(Act.LEAD_VOTE))
    await check_may_put(unit, meeting)
    item = await unit.meetings.item(item_id)
    if item is None:
        raise errors.Gone
    if await unit.meetings.voted(item.id):
        raise errors.ItemVoted(item.number)
    if not (item.kind.votable or (straw and item.kind.polled_only)):
        raise errors.NotVotable(item.number)
    if item.withdrawn_at is not None:
        raise errors.ItemWithdrawn(item.number)
    return meeting, item
