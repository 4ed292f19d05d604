"""Members that are convened outside Telegram: the letters, how and when they were sent, and consent (BW 2:41(5))."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from assembly import errors
from assembly.convocation import Means
from assembly.dates import read_day
from assembly.facts.dispatches import (
    ConsentGiven,
    ConvocationLetter,
    ConvocationLetters,
    DispatchCard,
    DispatchesRecorded,
    LettersPage,
    LetterStanding,
    SentOnExpected,
    SentReasonExpected,
)
from assembly.meetings import Meeting, check_state
from assembly.members import Acting, Member, Role
from assembly.permissions import Act, states_for
from assembly.wording import written_text
from services.access import permit, require
from services.meetings import get_meeting
from services.notice_period import latest_notice
from services.papers import agenda_lines
from services.seats import GRANTOR_SIDE, members_of_day
from services.telling import tell, turn
from storage.unit import Unit

DAY_STEP, REASON_STEP = "sent_on", "sent_reason"
PAGE = 8
REASON_LIMIT = 500


def letters_key(meeting_id: int) -> str:
    """Return the key under which the members that get letters are leafed through."""
    return f"letters:{meeting_id}"


async def members_by_letter(unit: Unit, meeting: Meeting) -> list[Member]:
    """Return the members of the day that did not agree to be convened here, or of whom nobody can be reached here."""
    consents = await unit.consents.standing()
    reached = {
        member_id
        for acting in await unit.people.holding(GRANTOR_SIDE)
        if acting.person.telegram_id is not None and acting.person.reachable
        for member_id in acting.members(*GRANTOR_SIDE)
    }
    return [
        member
        for member in await members_of_day(unit, meeting)
        if member.id not in reached or member.id not in consents or not consents[member.id].electronic
    ]


async def asks_consent(unit: Unit, members: Collection[Member]) -> bool:
    """Whether one of the members was not asked yet to be convened here; who refused is not asked again."""
    consents = await unit.consents.standing()
    return any(member.id not in consents for member in members)


async def give_consent(unit: Unit, telegram_id: int) -> ConsentGiven:
    """Note that the members that the person acts for agree to be convened electronically."""
    acting = await require(unit, telegram_id, Act.GIVE_CONSENT)
    today = unit.association.local(unit.now).date()
    mine = acting.members(*GRANTOR_SIDE)
    members = [member for member in await unit.members.active(today) if member.id in mine]
    for member in members:
        await _consent(unit, acting, member.id, electronic=True)
    return ConsentGiven(tuple(member.name for member in members))


async def record_consent(
    unit: Unit, telegram_id: int, meeting_id: int, member_id: int, *, electronic: bool, pressed: int | None
) -> None:
    """Let the secretariat note what a member said about being convened electronically."""
    acting = await require(unit, telegram_id, Act.RECORD_DISPATCH)
    meeting = await _meeting(unit, meeting_id)
    await _consent(unit, acting, (await _member(unit, meeting, member_id)).id, electronic=electronic)
    await _show_card(unit, acting, meeting, member_id, pressed)


async def show_letters(unit: Unit, telegram_id: int, meeting_id: int, page: int, pressed: int | None) -> None:
    """Show the members that are convened by letter, with what was recorded of the last round."""
    acting = await require(unit, telegram_id, Act.RECORD_DISPATCH)
    meeting = await _meeting(unit, meeting_id)
    found = await _standings(unit, meeting)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    shown = LettersPage(
        meeting.id,
        meeting.title,
        tuple(found[page * PAGE : (page + 1) * PAGE]),
        len(found),
        sum(standing.means is None for standing in found),
        page,
        pages,
    )
    await turn(unit, acting, shown, letters_key(meeting.id), pressed)


async def show_card(unit: Unit, telegram_id: int, meeting_id: int, member_id: int, pressed: int | None) -> None:
    """Show one member, to record its letter or its consent."""
    acting = await require(unit, telegram_id, Act.RECORD_DISPATCH)
    await _show_card(unit, acting, await _meeting(unit, meeting_id), member_id, pressed)


async def make_letters(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Make the letters of the last round for all members that are convened by letter."""
    acting = await require(unit, telegram_id, Act.RECORD_DISPATCH)
    meeting = await _meeting(unit, meeting_id)
    members = await members_by_letter(unit, meeting)
    if not members:
        raise errors.NothingToSend
    rounds = await unit.convocations.rounds(meeting_id)
    papers = await unit.papers.sent(meeting_id)
    letters = ConvocationLetters(
        meeting,
        rounds[-1],
        rounds[-2] if len(rounds) > 1 else None,
        tuple((paper.number, paper.title) for paper in papers),
        tuple([await _letter(unit, meeting, member) for member in members]),
        unit.now,
    )
    await tell(unit, acting, letters)


async def ask_sent_on(unit: Unit, telegram_id: int, meeting_id: int, member_id: int, means: Means) -> None:
    """Expect the day on which the last round was sent to a member, or to all that are open (``member_id`` 0)."""
    acting = await require(unit, telegram_id, Act.RECORD_DISPATCH)
    meeting = await _meeting(unit, meeting_id)
    name = (await _member(unit, meeting, member_id)).name if member_id else ""
    data = {"meeting_id": meeting_id, "member_id": member_id, "means": means.value}
    await unit.conversations.begin(acting.person.id, DAY_STEP, **data)
    await tell(unit, acting, SentOnExpected(meeting_id, member_id, means, name))


async def sent_today(unit: Unit, telegram_id: int, meeting_id: int, member_id: int, means: Means) -> None:
    """Record that it was sent today."""
    acting = await require(unit, telegram_id, Act.RECORD_DISPATCH)
    today = unit.association.local(unit.now).date()
    data = {"meeting_id": meeting_id, "member_id": member_id, "means": means.value}
    await _sent_on(unit, acting, today, data)


async def take_sent_on(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the day on which it was sent."""
    await permit(unit, acting, Act.RECORD_DISPATCH)
    await _sent_on(unit, acting, read_day(text), data)


async def take_sent_reason(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the reason for sending it after the last day."""
    await permit(unit, acting, Act.RECORD_DISPATCH)
    await _record(unit, acting, date.fromisoformat(data["sent_on"]), data, written_text(text, REASON_LIMIT))


async def _sent_on(unit: Unit, acting: Acting, day: date, data: Mapping[str, Any]) -> None:
    meeting = await _meeting(unit, data["meeting_id"])
    if day > unit.association.local(unit.now).date():
        raise errors.DayToCome(day)
    latest = await latest_notice(unit, meeting)
    if day <= latest or (await unit.convocations.rounds(meeting.id))[-1].reason:
        await _record(unit, acting, day, data, None)
        return
    await unit.conversations.begin(acting.person.id, REASON_STEP, **{**data, "sent_on": day.isoformat()})
    await tell(unit, acting, SentReasonExpected(day, latest))


async def _record(unit: Unit, acting: Acting, day: date, data: Mapping[str, Any], reason: str | None) -> None:
    meeting = await get_meeting(unit, data["meeting_id"], lock=True)
    check_state(meeting, *states_for(Act.RECORD_DISPATCH))
    means, member_id = Means(data["means"]), data["member_id"]
    if member_id:
        ids = [(await _member(unit, meeting, member_id)).id]
    else:
        ids = [standing.member_id for standing in await _standings(unit, meeting) if standing.means is None]
    if not ids:
        raise errors.NothingToSend
    number = (await unit.convocations.rounds(meeting.id))[-1].number
    for recorded in ids:
        await unit.dispatches.record(meeting.id, recorded, number, means, day, reason, acting.person.id)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "dispatch_recorded",
        actor_id=acting.person.id,
        facts={"members": ids, "round": number, "means": means, "sent_on": day},
        private={"reason": reason} if reason else None,
        meeting_id=meeting.id,
    )
    await tell(unit, acting, DispatchesRecorded(meeting.id, means, day, len(ids)))


async def _consent(unit: Unit, acting: Acting, member_id: int, *, electronic: bool) -> None:
    standing = (await unit.consents.standing()).get(member_id)
    if standing is not None and standing.electronic is electronic:
        return
    await unit.consents.record(member_id, acting.person.id, electronic=electronic)
    facts = {"member": member_id, "electronic": electronic}
    await unit.journal.note("consent_recorded", actor_id=acting.person.id, facts=facts)


async def _standings(unit: Unit, meeting: Meeting) -> list[LetterStanding]:
    consents = await unit.consents.standing()
    sent = await unit.dispatches.of_meeting(meeting.id)
    number = (await unit.convocations.rounds(meeting.id))[-1].number
    found = []
    for member in await members_by_letter(unit, meeting):
        dispatch = sent.get((member.id, number))
        found.append(
            LetterStanding(
                member.id,
                member.name,
                member.id in consents and consents[member.id].electronic,
                dispatch.means if dispatch else None,
                dispatch.sent_on if dispatch else None,
            )
        )
    return found


async def _show_card(unit: Unit, acting: Acting, meeting: Meeting, member_id: int, pressed: int | None) -> None:
    member = await _member(unit, meeting, member_id)
    consents = await unit.consents.standing()
    number = (await unit.convocations.rounds(meeting.id))[-1].number
    dispatch = (await unit.dispatches.of_meeting(meeting.id)).get((member_id, number))
    consented = member_id in consents and consents[member_id].electronic
    standing = LetterStanding(
        member.id, member.name, consented, dispatch.means if dispatch else None, dispatch.sent_on if dispatch else None
    )
    card = DispatchCard(meeting.id, standing, dispatch.recorded_at if dispatch else None)
    await turn(unit, acting, card, letters_key(meeting.id), pressed)


async def _letter(unit: Unit, meeting: Meeting, member: Member) -> ConvocationLetter:
    """Return to whom a member's letter goes: its representative, else its coordinator, else the member alone."""
    agenda = await agenda_lines(unit, meeting, [member])
    for role in (Role.REPRESENTATIVE, Role.COORDINATOR):
        people = await unit.people.holding({role}, member_id=member.id)
        if people:
            return ConvocationLetter(member.name, people[0].person.name, people[0].person.function, agenda)
    return ConvocationLetter(member.name, "", "", agenda)


async def _meeting(unit: Unit, meeting_id: int) -> Meeting:
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.RECORD_DISPATCH))
    return meeting


async def _member(unit: Unit, meeting: Meeting, member_id: int) -> Member:
    """Return a member of the assembly's day. Refuses with ``Gone`` where it is none."""
    for member in await members_of_day(unit, meeting):
        if member.id == member_id:
            return member
    raise errors.Gone
