"""Changing or cancelling an assembly after the convocation: everybody who was convened hears of it, with the reason."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from assembly import errors
from assembly.convocation import RoundKind
from assembly.dates import read_moment
from assembly.facts.changes import (
    ChangePreview,
    ChangeReasonExpected,
    ChangeSent,
    ConvocationCancelled,
    ConvocationChanged,
    NewMomentExpected,
    NewPlaceExpected,
)
from assembly.facts.convening import CalendarEntry, RepliesRef
from assembly.meetings import Meeting, check_state
from assembly.members import Acting
from assembly.permissions import Act, may, states_for
from assembly.wording import written_text
from services.access import permit, require
from services.answer_screens import replies_key
from services.convening import REASON_LIMIT, catch_up
from services.delivery import convocation_batch
from services.dispatches import members_by_letter
from services.meetings import get_meeting, refresh_consoles, split_place
from services.notice_period import passed_notice
from services.papers import agenda_lines
from services.seats import members_of_day
from services.sitting import lapse_all
from services.telling import convened, refresh, spread, tell, tell_groups
from storage.unit import Unit

MOMENT_STEP, PLACE_STEP, REASON_STEP, CHECK_STEP = "new_moment", "new_place", "change_reason", "change_check"


async def ask_change(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Start changing the date or the place: expect the new moment."""
    acting = await require(unit, telegram_id, Act.CHANGE_MEETING)
    meeting = await _changeable(unit, meeting_id)
    await unit.conversations.begin(acting.person.id, MOMENT_STEP, meeting_id=meeting_id)
    await tell(unit, acting, NewMomentExpected(meeting))


async def ask_cancel(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Start cancelling the assembly: expect the reason."""
    acting = await require(unit, telegram_id, Act.CHANGE_MEETING)
    meeting = await _changeable(unit, meeting_id)
    await unit.conversations.begin(acting.person.id, REASON_STEP, meeting_id=meeting_id, cancels=True)
    await tell(unit, acting, ChangeReasonExpected(meeting, cancels=True))


async def keep(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Leave the moment, or the place, as it is: go on with what comes next."""
    acting = await require(unit, telegram_id, Act.CHANGE_MEETING)
    conversation = await unit.conversations.current(acting.person.id)
    meeting = await _changeable(unit, meeting_id)
    if conversation is None or conversation.data.get("meeting_id") != meeting_id:
        raise errors.Gone
    if conversation.step == MOMENT_STEP:
        await _expect_place(unit, acting, meeting, meeting.starts_at)
    elif conversation.step == PLACE_STEP:
        await _expect_reason(unit, acting, meeting, _changed(meeting, conversation.data))
    else:
        raise errors.Gone


async def take_moment(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the new date and time."""
    await permit(unit, acting, Act.CHANGE_MEETING)
    meeting = await _changeable(unit, data["meeting_id"])
    starts_at = read_moment(text, unit.association.timezone)
    if starts_at <= unit.now:
        raise errors.DateInThePast(starts_at)
    await _expect_place(unit, acting, meeting, starts_at)


async def take_place(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the new place, with the link to a stream apart."""
    await permit(unit, acting, Act.CHANGE_MEETING)
    meeting = await _changeable(unit, data["meeting_id"])
    place, stream = split_place(text)
    changed = replace(_changed(meeting, data), place=place, stream=stream)
    await _expect_reason(unit, acting, meeting, changed)


async def take_reason(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the reason, and show what everybody would be told."""
    await permit(unit, acting, Act.CHANGE_MEETING)
    meeting = await _changeable(unit, data["meeting_id"])
    reason = written_text(text, REASON_LIMIT)
    changed, cancels = _changed(meeting, data), bool(data.get("cancels"))
    await unit.conversations.begin(acting.person.id, CHECK_STEP, **{**data, "reason": reason})
    people = await convened(unit, meeting.id)
    await tell(unit, acting, _news(meeting, changed, reason, cancels=cancels))
    preview = ChangePreview(
        meeting.id,
        cancels,
        people=sum(other.person.telegram_id is not None for other in people),
        members=len(await members_of_day(unit, meeting)),
        letters=len(await members_by_letter(unit, changed)),
        groups=len(await unit.chats.linked()),
        latest=None if cancels else await passed_notice(unit, changed),
    )
    await tell(unit, acting, preview)


async def send_change(unit: Unit, telegram_id: int, meeting_id: int, message_id: int | None) -> None:
    """Change or cancel the assembly as it was shown, and tell everybody who was convened."""
    acting = await require(unit, telegram_id, Act.SEND_CHANGE)
    meeting = await _changeable(unit, meeting_id, lock=True)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.step != CHECK_STEP or conversation.data.get("meeting_id") != meeting_id:
        raise errors.Gone
    changed, reason = _changed(meeting, conversation.data), conversation.data["reason"]
    cancels = bool(conversation.data.get("cancels"))
    if not cancels and changed.starts_at <= unit.now:
        raise errors.DateInThePast(changed.starts_at)
    await unit.conversations.end(acting.person.id)
    lapsed: Collection[int] = ()
    if cancels:
        lapsed = (await lapse_all(unit, meeting, acting.person.id)).keys()
        await unit.meetings.cancel(meeting_id)
    else:
        await unit.meetings.revise(meeting_id, meeting.title, changed.starts_at, changed.place, changed.stream)
    people = await convened(unit, meeting_id)
    told = await _tell(unit, meeting, reason, people, lapsed, cancels=cancels)
    await unit.journal.note(
        "meeting_cancelled" if cancels else "convocation_changed",
        actor_id=acting.person.id,
        facts={
            "starts_at": [meeting.starts_at, changed.starts_at],
            "place": [meeting.place, changed.place],
            "stream": [meeting.stream, changed.stream],
            "late": not cancels and await passed_notice(unit, changed) is not None,
            "people": [other.person.id for other in people],
        },
        private={"reason": reason} if reason else None,
        meeting_id=meeting_id,
    )
    letters = len(await members_by_letter(unit, await get_meeting(unit, meeting_id)))
    await tell(unit, acting, ChangeSent(meeting_id, cancels, told, letters), edit=message_id)
    await refresh_consoles(unit, meeting_id)


async def _tell(
    unit: Unit, before: Meeting, reason: str, people: Collection[Acting], lapsed: Collection[int], *, cancels: bool
) -> int:
    """Queue the next round for everybody; return how many people are told."""
    meeting = await get_meeting(unit, before.id)
    if meeting.starts_at != before.starts_at:
        await unit.convocations.drop_replies(meeting.id)
        await refresh(unit, people, lambda other: RepliesRef(meeting.id, other.person.id), replies_key(meeting.id))
    kind = RoundKind.CANCELLED if cancels else RoundKind.CHANGED
    number = await unit.convocations.add_round(meeting, kind, reason)
    entry = CalendarEntry(meeting, await agenda_lines(unit, meeting), number, unit.now, cancelled=cancels)
    batch = convocation_batch(meeting.id, number)
    told = 0
    for replying in (True, False):
        for had_proxy in (True, False):
            readers = [
                other
                for other in people
                if may(other, Act.REPLY) is replying and (other.person.id in lapsed) is had_proxy
            ]
            news = _news(before, meeting, reason, cancels=cancels, number=number, replies=replying, lapsed=had_proxy)
            told += await spread(unit, readers, [news, entry], batch)
    await tell_groups(unit, _news(before, meeting, reason, cancels=cancels), batch=batch)
    if not cancels:
        for other in await unit.people.all():  # who belongs to the new day, and did not to the old one
            if other.person.telegram_id is not None:
                await catch_up(unit, other)
    return told


def _news(
    before: Meeting,
    after: Meeting,
    reason: str,
    *,
    cancels: bool,
    number: int | None = None,
    replies: bool = False,
    lapsed: bool = False,
) -> ConvocationChanged | ConvocationCancelled:
    if cancels:
        return ConvocationCancelled(after, reason, lapsed, number)
    return ConvocationChanged(after, before.starts_at, before.place, before.stream, reason, replies, number)


async def _changeable(unit: Unit, meeting_id: int, *, lock: bool = False) -> Meeting:
    meeting = await get_meeting(unit, meeting_id, lock=lock)
    check_state(meeting, *states_for(Act.CHANGE_MEETING))
    return meeting


def _changed(meeting: Meeting, data: Mapping[str, Any]) -> Meeting:
    """Return the assembly with what was filled in so far."""
    starts_at = datetime.fromisoformat(data["starts_at"]) if "starts_at" in data else meeting.starts_at
    return replace(
        meeting, starts_at=starts_at, place=data.get("place", meeting.place), stream=data.get("stream", meeting.stream)
    )


async def _expect_place(unit: Unit, acting: Acting, meeting: Meeting, starts_at: datetime) -> None:
    await unit.conversations.begin(acting.person.id, PLACE_STEP, meeting_id=meeting.id, starts_at=starts_at.isoformat())
    await tell(unit, acting, NewPlaceExpected(meeting, None if starts_at == meeting.starts_at else starts_at))


async def _expect_reason(unit: Unit, acting: Acting, meeting: Meeting, changed: Meeting) -> None:
    if changed == meeting:
        raise errors.NothingChanged
    await unit.conversations.begin(
        acting.person.id,
        REASON_STEP,
        meeting_id=meeting.id,
        starts_at=changed.starts_at.isoformat(),
        place=changed.place,
        stream=changed.stream,
    )
    await tell(unit, acting, ChangeReasonExpected(meeting, cancels=False, latest=await passed_notice(unit, changed)))
