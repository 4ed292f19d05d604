"""Convening: who gets what, in which order, when it is too late, and who comes in afterwards."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.errors import (
    AgendaMissing,
    AlreadyConvened,
    DateInThePast,
    Gone,
    NobodyToConvene,
    NotAllowed,
    NoticeTooLate,
    TextTooLong,
)
from assembly.meetings import Meeting, MeetingState
from assembly.members import Member, Role, RoleHeld
from assembly.statutes import Statutes
from services import convening, dispatches, items, motions, papers, registration, sitting
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.tables import Priority, journal, outbox
from storage.unit import Unit
from tests.support.assembly import convened, current, drafted, says, sends
from tests.support.clock import TurnableClock
from tests.support.importing import import_rows
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, Register, add_person, filled

GROUP = -100200300


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give a register with two members."""
    return await filled(storage, "Assen", "Deventer")


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock, register: Register) -> Meeting:  # noqa: ARG001 - people come first
    """Give an assembly in draft with two papers."""
    meeting = await drafted(storage, clock)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    for name in ("Bijlage_2.pdf", "Bijlage_1.pdf"):
        await sends(storage, OFFICE, name)
    return meeting


async def test_everybody_gets_the_invitation_and_then_the_papers(
    storage: Storage, meeting: Meeting, register: Register
) -> None:
    """Members can reply, the others cannot; the papers follow by number, and the state is convened."""
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    for telegram_id, may_reply in (
        (register.representative("Assen"), True),
        (register.coordinator("Deventer"), True),
        (OBSERVER, False),
        (CHAIR, False),
    ):
        messages = await queued(storage, telegram_id)
        assert [name for name, _ in messages] == ["Invitation", "CalendarEntry", "PaperMessage", "PaperMessage"]
        assert messages[0][1]["replies"] is may_reply
        assert [facts["number"] for _, facts in messages[2:]] == ["1", "2"]
    assert (await current(storage)).state is MeetingState.CONVENED
    assert all(paper.sent_at for paper in await storage.read(lambda unit: unit.papers.current(meeting.id)))


async def test_convocation_goes_after_everything_else(storage: Storage, meeting: Meeting) -> None:
    """The convocation is bulk of one batch, and only its first message makes a sound."""
    await storage.write(convening.convene, OFFICE, meeting.id, None)

    async def rows(unit: Unit) -> list[tuple[int, bool, str]]:
        query = select(outbox.c.priority, outbox.c.silent, outbox.c.screen).where(
            outbox.c.batch == f"convocation:{meeting.id}"
        )
        return [(row.priority, row.silent, row.screen) for row in await unit.connection.execute(query)]

    found = await storage.read(rows)
    assert len(found) == 7 * 4
    assert {priority for priority, _, _ in found} == {Priority.BULK}
    assert {screen for _, silent, screen in found if not silent} == {"Invitation"}


async def test_group_gets_the_announcement(storage: Storage, meeting: Meeting) -> None:
    """A linked group gets the invitation without reply buttons and without papers."""
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV")))
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    messages = await queued(storage, GROUP)
    assert [(name, facts["replies"]) for name, facts in messages] == [("Invitation", False)]


async def test_second_tap_sends_nothing(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Convening twice is refused with the moment of the first time."""
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    with pytest.raises(AlreadyConvened):
        await storage.write(convening.convene, OFFICE, meeting.id, None)
    with pytest.raises(AlreadyConvened):
        await storage.write(convening.preview_convocation, OFFICE, meeting.id)
    assert (await screens(storage, register.coordinator("Assen"))).count("Invitation") == 1


async def test_late_convocation_needs_a_reason(storage: Storage, clock: TurnableClock, meeting: Meeting) -> None:
    """After the last day a reason is asked for, which stands in the convocation and in the record."""
    clock.moment = datetime(2019, 1, 29, 23, 30, tzinfo=UTC)
    with pytest.raises(NoticeTooLate) as refused:
        await storage.write(convening.convene, OFFICE, meeting.id, None)
    assert (refused.value.latest, refused.value.days) == (date(2019, 1, 29), 14)
    await storage.write(convening.preview_convocation, OFFICE, meeting.id)
    with pytest.raises(TextTooLong):
        await says(storage, OFFICE, "x" * 501)
    await says(storage, OFFICE, "De locatie viel uit.")
    previews = [facts for name, facts in await queued(storage, OFFICE) if name == "ConvocationPreview"]
    assert [(facts["late"], facts["reason"]) for facts in previews] == [(True, ""), (True, "De locatie viel uit.")]
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    assert (await queued(storage, OBSERVER))[0][1]["late_reason"] == "De locatie viel uit."
    assert await storage.read(lambda unit: unit.convocations.late_reason(meeting.id)) == "De locatie viel uit."


async def test_reason_is_not_told_when_it_was_not_late(
    storage: Storage, clock: TurnableClock, meeting: Meeting
) -> None:
    """A reason that was given for an earlier date says nothing about an assembly that is convened in time."""
    await storage.write(lambda unit: unit.convocations.give_reason(meeting.id, "Te laat."))
    assert clock.moment < meeting.starts_at
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    assert (await queued(storage, OBSERVER))[0][1]["late_reason"] == ""
    assert await storage.read(lambda unit: unit.convocations.late_reason(meeting.id)) is None


async def test_last_day_is_in_time(storage: Storage, clock: TurnableClock, meeting: Meeting) -> None:
    """Until midnight of the last day, on the association's own clock, no reason is needed."""
    clock.moment = datetime(2019, 1, 29, 22, 59, tzinfo=UTC)
    await storage.write(convening.convene, OFFICE, meeting.id, None)


async def test_what_cannot_be_convened(storage: Storage, clock: TurnableClock, meeting: Meeting) -> None:
    """An assembly that has begun, that is not there, or for somebody who may not, is not convened."""
    with pytest.raises(NotAllowed):
        await storage.write(convening.convene, CHAIR, meeting.id, None)
    with pytest.raises(Gone):
        await storage.write(convening.convene, OFFICE, 999, None)
    clock.moment = meeting.starts_at
    with pytest.raises(DateInThePast):
        await storage.write(convening.convene, OFFICE, meeting.id, None)


async def test_agenda_is_needed(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """Without an agenda nothing is sent."""
    meeting_id = await storage.write(lambda unit: unit.meetings.add("ALV", meeting_moment(clock), "", ""))
    with pytest.raises(AgendaMissing):
        await storage.write(convening.convene, OFFICE, meeting_id, None)
    assert await screens(storage, register.coordinator("Assen")) == []


def meeting_moment(clock: TurnableClock) -> datetime:
    """Return a moment far enough after the clock's."""
    return clock.moment.replace(year=clock.moment.year + 1)


async def test_without_members_nobody_is_convened(storage: Storage, clock: TurnableClock) -> None:
    """With an empty register there is nobody to convene."""
    await filled(storage)
    meeting = await drafted(storage, clock)
    with pytest.raises(NobodyToConvene):
        await storage.write(convening.convene, OFFICE, meeting.id, None)


async def test_members_who_are_not_here_are_convened_by_letter(storage: Storage, clock: TurnableClock) -> None:
    """An association of which nobody uses Telegram is convened all the same, each member by letter."""
    await filled(storage)
    meeting = await drafted(storage, clock)
    await storage.write(lambda unit: unit.members.save(Member(0, "assen", "Assen")))
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    meeting = await current(storage)
    assert meeting.state is MeetingState.CONVENED
    by_letter = await storage.read(lambda unit: dispatches.members_by_letter(unit, meeting))
    assert [member.name for member in by_letter] == ["Assen"]


async def test_preview_counts_who_is_reached(storage: Storage, meeting: Meeting) -> None:
    """The preview names the members of whom nobody is registered, and counts who gets the convocation."""

    async def add_member(unit: Unit) -> None:
        member_id = await unit.members.save(Member(0, "zwolle", "Zwolle"))
        await add_person(unit, "portefeuillehouder Zwolle", None, RoleHeld(Role.REPRESENTATIVE, member_id))

    await storage.write(add_member)
    await storage.write(convening.preview_convocation, OFFICE, meeting.id)
    invitation, preview = (await queued(storage, OFFICE))[-2:]
    assert invitation[0] == "Invitation"
    assert (preview[1]["members"], preview[1]["reached"], preview[1]["people"]) == (3, 2, 7)
    assert (preview[1]["unreached"], preview[1]["papers"], preview[1]["missing"]) == (["Zwolle"], ["1", "2"], [])
    assert not preview[1]["late"]


async def test_people_of_a_former_member_are_not_convened(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """A member that has merged into another by the day of the assembly is not convened, nor counted."""

    async def merge(unit: Unit) -> None:
        member = await unit.members.get(register.members["Deventer"])
        assert member is not None
        await unit.members.save(Member(member.id, member.code, member.name, until=date(2019, 1, 1)))

    await storage.write(merge)
    await convened(storage, clock)
    assert await screens(storage, register.coordinator("Deventer")) == []
    sent = [facts for name, facts in await queued(storage, OFFICE) if name == "ConvocationSent"]
    assert [(facts["people"], facts["members"]) for facts in sent] == [(5, 1)]


async def test_who_registers_later_catches_up(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Somebody who registers after the convocation gets it with the set that was sent, once."""

    async def invite(unit: Unit) -> str:
        held = RoleHeld(Role.COORDINATOR, register.members["Assen"])
        return await registration.make_link(unit, await add_person(unit, "invaller Assen", None, held))

    token = await storage.write(invite)
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    await sends(storage, OFFICE, "Bijlage_3.pdf")
    await storage.write(registration.open_link, 7001, token)
    link_id = (await queued(storage, 7001))[0][1]["link_id"]
    await storage.write(registration.confirm_registration, 7001, link_id, None)
    assert (await screens(storage, 7001))[-4:] == ["Invitation", "CalendarEntry", "PaperMessage", "PaperMessage"]
    person = await storage.read(lambda unit: unit.people.acting(7001))
    assert person is not None
    await storage.write(convening.catch_up, person)
    assert (await screens(storage, 7001)).count("Invitation") == 1
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    assert (await queued(storage, 7001))[-1][1]["number"] == "3"


async def test_nobody_catches_up_with_a_draft(storage: Storage, meeting: Meeting, register: Register) -> None:
    """While the assembly is in draft a registration brings no invitation; an outsider gets none afterwards either."""
    person = await storage.read(lambda unit: unit.people.get(register.people["coördinator Assen"]))
    assert person is not None
    await storage.write(convening.catch_up, person)
    assert await screens(storage, register.coordinator("Assen")) == []
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    await storage.write(add_person, "Buitenstaander", 7001)
    outsider = await storage.read(lambda unit: unit.people.acting(7001))
    assert outsider is not None
    await storage.write(convening.catch_up, outsider)
    assert await screens(storage, 7001) == []


async def test_who_registers_meanwhile_is_convened_once(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Somebody who registers at the moment that the convocation is sent gets it once, and never falls in between."""
    newcomers = range(8001, 8009)

    async def invite(unit: Unit, telegram_id: int) -> None:
        held = RoleHeld(Role.COORDINATOR, register.members["Assen"])
        person_id = await add_person(unit, f"invaller {telegram_id}", None, held)
        await registration.open_link(unit, telegram_id, await registration.make_link(unit, person_id))

    for telegram_id in newcomers:
        await storage.write(invite, telegram_id)
    links = {who: (await queued(storage, who))[0][1]["link_id"] for who in newcomers}
    registering = [
        storage.write(registration.confirm_registration, who, link_id, None) for who, link_id in links.items()
    ]
    convening_now = storage.write(convening.convene, OFFICE, meeting.id, None)
    await asyncio.gather(*registering[:4], convening_now, *registering[4:])
    for who in newcomers:
        assert (await screens(storage, who)).count("Invitation") == 1


async def test_who_registers_during_the_assembly_cannot_reply(
    storage: Storage, meeting: Meeting, register: Register
) -> None:
    """Once the assembly is open a newcomer gets agenda and papers, without buttons that would be refused."""
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    await storage.write(lambda unit: unit.meetings.open(meeting.id))
    held = RoleHeld(Role.COORDINATOR, register.members["Assen"])
    await storage.write(add_person, "invaller Assen", 7001, held)
    person = await storage.read(lambda unit: unit.people.acting(7001))
    assert person is not None
    await storage.write(convening.catch_up, person)
    assert (await queued(storage, 7001))[0][1]["replies"] is False


async def test_who_gains_a_role_later_catches_up(storage: Storage, meeting: Meeting) -> None:
    """Somebody who was registered without a role gets the convocation when the register gives it one."""
    await storage.write(add_person, "Gast", 7001)
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    assert await screens(storage, 7001) == []
    await import_rows(storage, ";;;;;;Gast;Gast;toehoorder;")
    assert "Invitation" in await screens(storage, 7001)


async def amending(storage: Storage, meeting: Meeting) -> int:
    """Let the third item amend the statutes; return its id."""
    item = (await storage.read(lambda unit: unit.meetings.items(meeting.id)))[2]
    await storage.write(items.set_kind, OFFICE, item.id, ItemKind.AMENDMENT, None)
    return int(item.id)


async def preview(storage: Storage, meeting: Meeting) -> dict[str, Any]:
    """Return what the preview says."""
    await storage.write(convening.preview_convocation, OFFICE, meeting.id)
    name, facts = (await queued(storage, OFFICE))[-1]
    assert name == "ConvocationPreview"
    return facts


@pytest.mark.parametrize(("ordinary", "kinds", "latest"), [(14, 7, "01-29"), (3, 7, "02-05"), (3, 21, "01-22")])
async def test_notice_by_kind_of_item(
    database_url: str, association: Association, clock: TurnableClock, ordinary: int, kinds: int, latest: str
) -> None:
    """An amendment asks for its own period where that is longer than the ordinary one; without it nothing changes."""
    statutes = Statutes(notice_days=ordinary, notice_days_by_kind={ItemKind.AMENDMENT: kinds})
    async with Storage.open(database_url, replace(association, statutes=statutes), clock) as storage:
        await filled(storage, "Assen")
        meeting = await drafted(storage, clock)
        ordinary_day = (await preview(storage, meeting))["latest"]
        await amending(storage, meeting)
        shown = await preview(storage, meeting)
        assert (shown["latest"], shown["days"]) == (f"2019-{latest}", max(ordinary, kinds))
        assert (ordinary_day == shown["latest"]) is (ordinary >= kinds)


async def test_text_of_an_amendment_lies_open(storage: Storage, meeting: Meeting) -> None:
    """Until when it must lie open is shown, and whether a paper of the item is there."""
    assert (await preview(storage, meeting))["deposit"] is None
    await amending(storage, meeting)
    shown = await preview(storage, meeting)
    assert (shown["deposit"], shown["texts"]) == ("2019-02-07", [])
    await storage.write(lambda unit: unit.papers.untie(meeting.id))
    assert (await preview(storage, meeting))["texts"] == ["3"]


async def test_statutes_are_amended_by_the_special_majority(storage: Storage, meeting: Meeting) -> None:
    """Two thirds of the votes cast (BW 2:43), where another decision needs more than half."""
    item_id = await amending(storage, meeting)
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    await storage.write(motions.preview_motion, CHAIR, item_id, None)
    majority = [facts for name, facts in await queued(storage, CHAIR) if name == "MotionPreview"][-1]["majority"]
    assert majority["threshold"]["share"] == "2/3"


async def test_letters_are_named_in_the_preview(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Members that did not agree to be convened here are named before anything is sent."""
    await storage.write(dispatches.give_consent, register.coordinator("Assen"))
    assert (await preview(storage, meeting))["letters"] == ["Deventer"]


async def test_late_text_of_an_amendment_needs_a_reason(
    storage: Storage, clock: TurnableClock, meeting: Meeting, register: Register
) -> None:
    """After the last day to lay it open a reason is asked, which stands in the record, before the text is sent."""
    await amending(storage, meeting)
    await storage.write(lambda unit: unit.papers.untie(meeting.id))
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    clock.moment = datetime(2019, 2, 8, 9, tzinfo=UTC)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    await sends(storage, OFFICE, "Bijlage_3.pdf")
    item = (await storage.read(lambda unit: unit.meetings.items(meeting.id)))[2]
    await storage.write(lambda unit: unit.papers.tie(meeting.id, "3", item.id))
    who = register.coordinator("Assen")
    before = len(await queued(storage, who))
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    assert (await queued(storage, OFFICE))[-1] == ("DepositReasonExpected", {"last": "2019-02-07"})
    assert len(await queued(storage, who)) == before
    await says(storage, OFFICE, "De notaris was ziek.")
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    assert len(await queued(storage, who)) == before + 1

    async def kinds(unit: Unit) -> list[str]:
        return list((await unit.connection.execute(select(journal.c.kind).order_by(journal.c.id))).scalars())

    assert (await storage.read(kinds))[-2:] == ["deposit_reason_given", "late_papers_sent"]
