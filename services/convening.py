"""Convening (oproeping): the preview with the notice period, and the convocation with its papers to everybody."""

from collections.abc import Collection, Mapping
from typing import Any

from assembly import errors
from assembly.convocation import RoundKind, check_notice
from assembly.facts.convening import CalendarEntry, ConvocationPreview, ConvocationSent, Invitation
from assembly.meetings import Meeting, MeetingState, check_state
from assembly.members import Acting, Member
from assembly.papers import paper_order
from assembly.permissions import RULES, Act, may, states_for
from assembly.wording import written_text
from services.access import permit, require
from services.delivery import convocation_batch
from services.dispatches import asks_consent, members_by_letter
from services.meetings import get_meeting, refresh_consoles
from services.nominations import message_of, missing_nominations
from services.notice_period import deposit_day, latest_notice, missing_texts, notice_days, passed_notice
from services.papers import agenda_lines, paper_messages
from services.seats import GRANTOR_SIDE, day_of, entitled, members_of_day
from services.standing import ask_confirmation_of, ask_confirmations
from services.telling import spread, tell, tell_groups
from storage.papers import Paper
from storage.unit import Unit

REASON_LIMIT = 500


async def preview_convocation(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show the invitation as it will be sent, to whom it goes, and whether it is in time."""
    acting = await require(unit, telegram_id, Act.PREVIEW_CONVOCATION)
    meeting = await get_meeting(unit, meeting_id)
    await _check_sendable(unit, meeting)
    reason = await unit.convocations.late_reason(meeting_id) or ""
    papers = await unit.papers.current(meeting_id)
    await tell(unit, acting, await _invitation(unit, meeting, papers, replies=False, reason=reason))
    await _show_preview(unit, acting, meeting, reason)


async def take_late_reason(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the reason for convening late, which stands in the convocation and in the record."""
    await permit(unit, acting, Act.CONVENE)
    meeting = await get_meeting(unit, data["meeting_id"], lock=True)
    await _check_sendable(unit, meeting)
    reason = written_text(text, REASON_LIMIT)
    await unit.convocations.give_reason(meeting.id, reason)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "late_reason_given", actor_id=acting.person.id, facts={}, private={"reason": reason}, meeting_id=meeting.id
    )
    await _show_preview(unit, acting, meeting, reason)


async def convene(unit: Unit, telegram_id: int, meeting_id: int, message_id: int | None) -> None:
    """Convene the assembly: queue the invitation with its papers for everybody registered, and tell the groups."""
    acting = await require(unit, telegram_id, Act.CONVENE)
    meeting = await get_meeting(unit, meeting_id, lock=True)
    await _check_sendable(unit, meeting)
    day, today = day_of(unit, meeting), unit.association.local(unit.now).date()
    given = await unit.convocations.late_reason(meeting_id)
    check_notice(today, day, await notice_days(unit, meeting_id), given)
    reason = given if given and await passed_notice(unit, meeting) else ""
    members = await members_of_day(unit, meeting)
    people = [other for other in await _invited(unit, members) if other.person.telegram_id is not None]
    reached = _reached(people, members)
    if not members:
        raise errors.NobodyToConvene
    papers = await unit.papers.current(meeting_id)
    await unit.meetings.convene(meeting_id, reason or None)
    await unit.papers.mark_sent([paper.id for paper in papers])
    await unit.nominations.mark_sent([found.id for found in await unit.nominations.of_meeting(meeting_id)])
    meeting = await get_meeting(unit, meeting_id)
    await unit.convocations.add_round(meeting, RoundKind.CONVENED, reason or None)
    await _send_set(unit, people, meeting, papers, reason)
    await tell_groups(
        unit,
        await _invitation(unit, meeting, papers, replies=False, reason=reason),
        batch=convocation_batch(meeting_id),
    )
    await unit.journal.note(
        "convened",
        actor_id=acting.person.id,
        facts={
            "people": [other.person.id for other in people],
            "papers": [paper.id for paper in papers],
        },
        private={"late_reason": reason} if reason else None,
        meeting_id=meeting_id,
    )
    await ask_confirmations(unit, meeting, acting)
    sent = ConvocationSent(meeting_id, len(people), len(reached), len(papers))
    await tell(unit, acting, sent, edit=message_id)
    await refresh_consoles(unit, meeting_id)


async def catch_up(unit: Unit, acting: Acting) -> None:
    """Convene somebody who registered after the convocation was sent, with the papers that the others have."""
    current = await unit.meetings.current()
    # Locked: a convocation that is being sent at this moment either counts this person or is seen here.
    meeting = await unit.meetings.get(current.id, lock=True) if current else None
    if meeting is None or meeting.state not in {MeetingState.CONVENED, MeetingState.OPEN}:
        return
    members = await members_of_day(unit, meeting)
    if acting not in entitled([acting], members):
        return
    if await unit.convocations.includes(meeting.id, acting.person.id):
        return
    reason = await unit.convocations.late_reason(meeting.id) or ""
    await _send_set(unit, [acting], meeting, await unit.papers.sent(meeting.id), reason)
    await unit.journal.note(
        "convened_later", actor_id=acting.person.id, facts={"person": acting.person.id}, meeting_id=meeting.id
    )
    await ask_confirmation_of(unit, meeting, acting)
    await refresh_consoles(unit, meeting.id)


async def _check_sendable(unit: Unit, meeting: Meeting) -> None:
    """Refuse to convene twice, in the past, or without an agenda."""
    if meeting.convened_at is not None:
        raise errors.AlreadyConvened(meeting.convened_at)
    check_state(meeting, *states_for(Act.CONVENE))
    if meeting.starts_at <= unit.now:
        raise errors.DateInThePast(meeting.starts_at)
    if not await unit.meetings.items(meeting.id):
        raise errors.AgendaMissing


async def _show_preview(unit: Unit, acting: Acting, meeting: Meeting, reason: str) -> None:
    late = await passed_notice(unit, meeting) is not None
    members = await members_of_day(unit, meeting)
    people = [other for other in await _invited(unit, members) if other.person.telegram_id is not None]
    reached = _reached(people, members)
    numbers = tuple(paper.number for paper in await unit.papers.current(meeting.id))
    named = {number for line in await agenda_lines(unit, meeting) for number in line.papers}
    if late and not reason:
        await unit.conversations.begin(acting.person.id, "late_reason", meeting_id=meeting.id)
    preview = ConvocationPreview(
        meeting.id,
        members=len(members),
        reached=len(reached),
        unreached=tuple(member.name for member in members if member.id not in reached),
        people=len(people),
        groups=len(await unit.chats.linked()),
        papers=numbers,
        missing=tuple(sorted(named - set(numbers), key=paper_order)),
        latest=await latest_notice(unit, meeting),
        days=await notice_days(unit, meeting.id),
        late=late,
        reason=reason,
        letters=tuple(member.name for member in await members_by_letter(unit, meeting)),
        deposit=await deposit_day(unit, meeting),
        texts=await missing_texts(unit, meeting),
        nominations=await missing_nominations(unit, meeting.id),
    )
    await tell(unit, acting, preview)


async def _invitation(
    unit: Unit,
    meeting: Meeting,
    papers: Collection[Paper],
    *,
    replies: bool,
    reason: str,
    members: Collection[Member] = (),
    number: int | None = None,
) -> Invitation:
    lines = await agenda_lines(unit, meeting, members)
    consent = replies and await asks_consent(unit, members)
    first = await unit.meetings.first_of(meeting.id)
    of = await unit.meetings.get(first) if first else None
    return Invitation(meeting, lines, len(papers), replies, reason, number, consent, of.starts_at if of else None)


async def _send_set(
    unit: Unit, people: Collection[Acting], meeting: Meeting, papers: Collection[Paper], reason: str
) -> None:
    """Queue the invitation with its papers for each of ``people`` and note that they are convened.

    Who acts for a member can reply until the assembly opens, and sees what items cost that member.
    """
    await unit.convocations.add(meeting.id, [other.person.id for other in people])
    nominations = [found for found in await unit.nominations.of_meeting(meeting.id) if found.sent_at is not None]
    is_convened = meeting.state is MeetingState.CONVENED
    last = (await unit.convocations.rounds(meeting.id))[-1]
    entry = CalendarEntry(meeting, await agenda_lines(unit, meeting), last.number, last.told_at)
    documents = [entry, *(message_of(found) for found in nominations), *paper_messages(papers, late=False)]
    of_day = await members_of_day(unit, meeting)
    readers: dict[tuple[bool, tuple[Member, ...]], list[Acting]] = {}
    for other in people:
        mine = other.members(*GRANTOR_SIDE)
        alike = is_convened and may(other, Act.REPLY), tuple(member for member in of_day if member.id in mine)
        readers.setdefault(alike, []).append(other)
    for (replies, members), group in readers.items():
        invitation = await _invitation(
            unit, meeting, papers, replies=replies, reason=reason, members=members, number=last.number
        )
        await spread(unit, group, [invitation, *documents], convocation_batch(meeting.id, last.number))


async def _invited(unit: Unit, members: Collection[Member]) -> list[Acting]:
    return entitled(await unit.people.all(), members)


def _reached(people: Collection[Acting], members: Collection[Member]) -> frozenset[int]:
    """Return the ids of the members of whom at least one person can be reached."""
    able = [acting.members(*RULES[Act.REPLY].roles) for acting in people if acting.person.reachable]
    return frozenset(member_id for ids in able for member_id in ids) & {member.id for member in members}
