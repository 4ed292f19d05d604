"""What the members reply to the convocation, and who has it."""

from assembly import errors
from assembly.facts.convening import (
    DeliveriesRef,
    DeliveryOverview,
    MemberReply,
    Replies,
    RepliesRef,
    ReplyReceipt,
)
from assembly.meetings import Meeting, MeetingState, Reply, check_state
from assembly.members import Acting
from assembly.permissions import RULES, Act, states_for
from services import proxies
from services.access import require
from services.answer_screens import deliveries_key, redraw_answers, replies_key
from services.answers import answers
from services.delivery import count_deliveries, doubtful, failures, last_batch
from services.entry_marks import entered
from services.meetings import get_meeting
from services.seats import members_of_day
from services.telling import show, show_anew
from storage.unit import Unit


async def give_reply(unit: Unit, telegram_id: int, meeting_id: int, reply: Reply) -> ReplyReceipt:
    """Note a reply for every member that the person acts for; the last press counts, until the assembly opens.

    A reply that a proxy will be granted starts granting one.
    """
    acting = await require(unit, telegram_id, Act.REPLY)
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.REPLY))
    members = await _members(unit, acting, meeting)
    if not members:
        raise errors.NotAllowed(Act.REPLY.value)
    for member_id in members:
        await note_reply(unit, acting, meeting_id, member_id, reply)
    await show(unit, acting, RepliesRef(meeting.id, acting.person.id), replies_key(meeting.id))
    await redraw_answers(unit, meeting.id, members)
    if reply is Reply.PROXY:
        await proxies.start(unit, telegram_id, meeting_id)
    stands = (await unit.convocations.replies(meeting_id))[next(iter(members))].reply
    return ReplyReceipt(tuple(members.values()), reply, stands)


async def note_reply(
    unit: Unit, actor: Acting, meeting_id: int, member_id: int, reply: Reply, *, entry_id: int | None = None
) -> bool:
    """Store a member's reply, given or entered by ``actor``; return ``False`` where a later press stands."""
    update_id = unit.origin.update_id if unit.origin else 0
    before = (await unit.convocations.replies(meeting_id)).get(member_id)
    stored = await unit.convocations.reply(meeting_id, member_id, reply, actor.person.id, update_id, entry_id)
    if stored and (before is None or before.reply is not reply):
        await unit.journal.note(
            "replied",
            actor_id=actor.person.id,
            facts={"member": member_id, "reply": reply, **entered(entry_id)},
            meeting_id=meeting_id,
        )
    return stored


async def load_replies(unit: Unit, ref: RepliesRef) -> Replies | None:
    """Load what stands for the members that a person acts for."""
    meeting = await unit.meetings.get(ref.meeting_id)
    acting = await unit.people.get(ref.person_id)
    if meeting is None or acting is None:
        return None
    said = await answers(unit, meeting.id)
    names = {
        other.person.id: other.person.name for other in await unit.people.all({r.person_id for r in said.values()})
    }
    marks = await unit.entries.marks(meeting.id)
    members = tuple(
        MemberReply(
            name,
            said[member_id].reply,
            names[said[member_id].person_id],
            marks.get(said[member_id].entry_id or 0),
        )
        if member_id in said
        else MemberReply(name, None, "")
        for member_id, name in (await _members(unit, acting, meeting)).items()
    )
    return Replies(meeting.id, meeting.title, members, open=meeting.state is MeetingState.CONVENED)


async def show_deliveries(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show who has the convocation and who replied, at the bottom of the chat."""
    acting = await require(unit, telegram_id, Act.SEE_DELIVERIES)
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.SEE_DELIVERIES))
    await show_anew(unit, acting, DeliveriesRef(meeting_id), deliveries_key(meeting_id))


async def load_deliveries(unit: Unit, ref: DeliveriesRef) -> DeliveryOverview | None:
    """Load who has the convocation and what the members replied."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    batch = await last_batch(unit, meeting.id)
    people = await unit.people.all()
    members = await members_of_day(unit, meeting)
    ids = {None, *(member.id for member in members)}
    waiting = [
        acting.person.name
        for acting in people
        if acting.person.telegram_id is None and any(held.member_id in ids for held in acting.roles)
    ]
    registered = {
        member_id
        for acting in people
        if acting.person.telegram_id is not None
        for member_id in acting.members(*RULES[Act.REPLY].roles)
    }
    said = await answers(unit, meeting.id)
    return DeliveryOverview(
        meeting.id,
        meeting.title,
        await count_deliveries(unit, batch),
        failures=await failures(unit, batch),
        unregistered=tuple(waiting),
        unreached=tuple(member.name for member in members if member.id not in registered),
        replies=tuple(
            (reply, tuple(m.name for m in members if m.id in said and said[m.id].reply is reply)) for reply in Reply
        ),
        unanswered=tuple(member.name for member in members if member.id not in said),
        doubtful=await doubtful(unit, batch),
    )


async def _members(unit: Unit, acting: Acting, meeting: Meeting) -> dict[int, str]:
    """Return the members of the assembly's day, by id, for which the person acts."""
    mine = set(acting.members(*RULES[Act.REPLY].roles))
    return {member.id: member.name for member in await members_of_day(unit, meeting) if member.id in mine}
