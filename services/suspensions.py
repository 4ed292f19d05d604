"""Suspending a member (schorsing): it may attend and may not vote, from today until a day or until that is lifted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assembly import errors
from assembly.dates import read_day
from assembly.facts.members import SuspensionNews, SuspensionQuestion, SuspensionReasonExpected
from assembly.members import Acting, Member, Role
from assembly.permissions import Act
from assembly.wording import written_text
from services.access import holders_of, permit, require
from services.attendance_list import redraw_attendance
from services.meetings import refresh_consoles
from services.members import KEY, member_of, show_card
from services.seats import check_no_vote_open
from services.telling import tell, turn
from storage.unit import Unit

REASON_STEP = "suspension_reason"
UNTIL_STEP = "suspension_until"
REASON_LIMIT = 500

_OF_MEMBER = frozenset(role for role in Role if role.of_member)


async def ask_reason(unit: Unit, telegram_id: int, member_id: int, message_id: int | None) -> None:
    """Expect why the member is suspended."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    member = await member_of(unit, member_id)
    await _check_has_vote(unit, member)
    await unit.conversations.begin(acting.person.id, REASON_STEP, member_id=member_id)
    await turn(unit, acting, SuspensionReasonExpected(member.name), KEY, message_id)


async def take_reason(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the reason, and ask whether the suspension is meant."""
    await permit(unit, acting, Act.IMPORT_MEMBERS)
    await _ask(unit, acting, data["member_id"], written_text(text, REASON_LIMIT), None)


async def take_until(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the first day on which the member has its vote again, and ask whether that is meant."""
    await permit(unit, acting, Act.IMPORT_MEMBERS)
    until = read_day(text)
    if until <= _today(unit):
        raise errors.DayNotUnderstood(text)
    await _ask(unit, acting, data["member_id"], data["reason"], until)


async def suspend(unit: Unit, telegram_id: int, member_id: int, message_id: int | None) -> None:
    """Suspend the member as it was asked last. Refuses with ``Gone`` where that was for something else."""
    acting = await require(unit, telegram_id, Act.APPLY_MEMBERS)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.step != UNTIL_STEP or conversation.data["member_id"] != member_id:
        raise errors.Gone
    member = await _locked(unit, member_id)
    await _check_has_vote(unit, member)
    reason, until = conversation.data["reason"], conversation.data["until"]
    day = date.fromisoformat(until) if until else None
    await unit.suspensions.add(member_id, _today(unit), day, reason, acting.person.id)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "member_suspended",
        actor_id=acting.person.id,
        facts={"member": member_id, "since": _today(unit), "until": day},
        private={"reason": reason},
    )
    await _tell(unit, acting, member, SuspensionNews(member.name, reason, day, lifted=False), message_id)


async def lift(unit: Unit, telegram_id: int, member_id: int, message_id: int | None) -> None:
    """Give the member its vote back, from the next vote on. Refuses with ``Gone`` where it is not suspended."""
    acting = await require(unit, telegram_id, Act.APPLY_MEMBERS)
    member = await _locked(unit, member_id)
    suspension = await unit.suspensions.of_member(member_id, _today(unit))
    if suspension is None:
        raise errors.Gone
    await unit.suspensions.lift(suspension.id, _today(unit))
    await unit.journal.note("suspension_lifted", actor_id=acting.person.id, facts={"member": member_id})
    await _tell(unit, acting, member, SuspensionNews(member.name, suspension.reason, None, lifted=True), message_id)


async def _ask(unit: Unit, acting: Acting, member_id: int, reason: str, until: date | None) -> None:
    member = await member_of(unit, member_id)
    day = until.isoformat() if until else None
    await unit.conversations.begin(acting.person.id, UNTIL_STEP, member_id=member_id, reason=reason, until=day)
    await turn(unit, acting, SuspensionQuestion(member_id, member.name, reason, _today(unit), until), KEY, None)


async def _tell(unit: Unit, acting: Acting, member: Member, news: SuspensionNews, message_id: int | None) -> None:
    """Tell the member's people and the others of the secretariat, and bring what counts votes up to date."""
    hearers = (*await unit.people.holding(_OF_MEMBER, member_id=member.id), *await holders_of(unit, Act.IMPORT_MEMBERS))
    for hearer in {other.person.id: other for other in hearers}.values():
        if hearer.person.id != acting.person.id:
            await tell(unit, hearer, news)
    meeting = await unit.meetings.current()
    if meeting is not None:
        await redraw_attendance(unit, meeting.id)
        await refresh_consoles(unit, meeting.id)
    await show_card(unit, acting, member, message_id)


async def _locked(unit: Unit, member_id: int) -> Member:
    """Return the member, with the assembly at hand locked and no vote open in it."""
    await unit.people.lock_office()
    current = await unit.meetings.current()
    meeting = await unit.meetings.get(current.id, lock=True) if current else None
    if meeting is not None:
        await check_no_vote_open(unit, meeting)
    return await member_of(unit, member_id)


async def _check_has_vote(unit: Unit, member: Member) -> None:
    """Refuse with ``Gone`` a member that is suspended already or is none any more."""
    today = _today(unit)
    if not member.active_on(today) or await unit.suspensions.of_member(member.id, today) is not None:
        raise errors.Gone


def _today(unit: Unit) -> date:
    return unit.association.local(unit.now).date()
