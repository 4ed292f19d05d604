"""Single facts of a member, changed in the chat: typed, shown as a change, and confirmed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assembly import errors
from assembly.facts.members import FactExpected, FactQuestion, MemberFact
from assembly.members import Acting
from assembly.permissions import Act
from assembly.register_file import NAME_LIMIT, read_number
from assembly.wording import written_line
from services.access import permit, require
from services.attendance_list import redraw_attendance
from services.meetings import refresh_consoles
from services.members import KEY, member_of, show_card
from services.telling import turn
from storage.unit import Unit

STEP = "member_fact"


async def ask_fact(unit: Unit, telegram_id: int, member_id: int, fact: MemberFact, message_id: int | None) -> None:
    """Expect what a fact of the member is to be."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    member = await member_of(unit, member_id)
    await unit.conversations.begin(acting.person.id, STEP, member_id=member_id, fact=fact.value)
    asked = FactExpected(member.name, fact, getattr(member, fact.value))
    await turn(unit, acting, asked, KEY, message_id)


async def take_fact(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take what was typed, and ask whether that is meant."""
    await permit(unit, acting, Act.IMPORT_MEMBERS)
    member, fact = await member_of(unit, data["member_id"]), MemberFact(data["fact"])
    value: str | int
    if fact is MemberFact.NAME:
        value = written_line(text, NAME_LIMIT)
    else:
        value = read_number(text, minimum=1 if fact is MemberFact.VOTES else 0)
    await unit.conversations.begin(acting.person.id, STEP, **{**data, "value": value})
    question = FactQuestion(member.id, member.name, fact, getattr(member, fact.value), value)
    await turn(unit, acting, question, KEY, None)


async def change_fact(unit: Unit, telegram_id: int, member_id: int, fact: MemberFact, message_id: int | None) -> None:
    """Change the fact into what was typed last. Refuses with ``Gone`` where that was for something else."""
    acting = await require(unit, telegram_id, Act.APPLY_MEMBERS)
    conversation = await unit.conversations.current(acting.person.id)
    typed = dict(conversation.data) if conversation is not None and conversation.step == STEP else {}
    value = typed.pop("value", None)
    if value is None or typed != {"member_id": member_id, "fact": fact.value}:
        raise errors.Gone
    await unit.people.lock_office()
    member = await member_of(unit, member_id)
    changed = replace(member, **{fact.value: value})
    await unit.members.save(changed)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "member_changed",
        actor_id=acting.person.id,
        facts={"member": member_id, "fact": fact, "old": getattr(member, fact.value), "new": value},
    )
    meeting = await unit.meetings.current()
    if meeting is not None:
        await redraw_attendance(unit, meeting.id)
        await refresh_consoles(unit, meeting.id)
    await show_card(unit, acting, changed, message_id)
