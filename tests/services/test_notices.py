"""Notices: written in several messages, aimed, seen before they go, planned, and sent once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assembly import errors
from assembly.facts.notices import NoticeMessage, NoticeMessageRef, Receipt
from assembly.formatting import Entity, Formatted
from assembly.meetings import Mode, Reply
from assembly.members import Acting, Role, RoleHeld
from assembly.notices import Circle, Lack, NoticeState
from assembly.tally import Choice
from services import (
    attendance,
    ballots,
    commissions,
    menus,
    motions,
    notice_audience,
    notice_sending,
    notices,
    replies,
    sitting,
)
from services.texts import receive_text
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.unit import Origin, Unit
from tests.support.assembly import STARTS_AT, convened, says, sends
from tests.support.clock import TurnableClock
from tests.support.notices import GROUP, aimed, received, sent, written
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, Register, add_person, filled

NOON = datetime(2019, 1, 14, 11, 0, tzinfo=UTC)
EVENING = datetime(2019, 1, 14, 20, 30, tzinfo=UTC)


@pytest.fixture
async def register(storage: Storage, clock: TurnableClock) -> Register:
    """Give a register with two members, and a linked group, at noon."""
    clock.moment = NOON
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV")))
    return await filled(storage, "Assen", "Deventer")


async def told(storage: Storage, register: Register) -> set[str]:
    """Return who gets a notice, by name."""
    accounts = {**register.accounts, "groep": GROUP}
    return {name for name, account in accounts.items() if await received(storage, account)}


@pytest.mark.parametrize(
    ("circles", "expected"),
    [
        ({Circle.COORDINATORS}, {"coördinator Assen", "coördinator Deventer"}),
        ({Circle.REPRESENTATIVES}, {"portefeuillehouder Assen", "portefeuillehouder Deventer"}),
        ({Circle.OBSERVERS, Circle.SECRETARIAT}, {"Toehoorder", "Regiebureau"}),
    ],
)
async def test_audience_gets_the_notice_and_nobody_else(
    storage: Storage, register: Register, circles: set[Circle], expected: set[str]
) -> None:
    """A notice goes to the people of the chosen circles."""
    await sent(storage, *circles)
    assert await told(storage, register) == expected


async def test_everybody_and_a_group(storage: Storage, register: Register) -> None:
    """Everybody who is registered gets it once, whatever its roles, and the group that was chosen as well."""
    await storage.write(add_person, "niet aangemeld", None)
    notice_id = await written(storage)
    await aimed(storage, notice_id, Circle.EVERYBODY)
    await storage.write(notice_audience.toggle_chat, OFFICE, notice_id, GROUP, None)
    await storage.write(notice_sending.preview_notice, OFFICE, notice_id)
    preview = (await queued(storage, OFFICE))[-1][1]
    assert (preview["people"], preview["groups"]) == (7, 1)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    assert await told(storage, register) == {*register.accounts, "groep"}


async def test_group_alone(storage: Storage, register: Register) -> None:
    """A notice can go to a group and to nobody in private."""
    notice_id = await written(storage)
    await storage.write(notice_audience.toggle_chat, OFFICE, notice_id, GROUP, None)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    assert await told(storage, register) == {"groep"}


async def test_members_by_hand(storage: Storage, register: Register) -> None:
    """Who is chosen by hand is found by typing, and limits the circles; alone it means all people of that member."""
    notice_id = await written(storage)
    await storage.write(notice_audience.show_audience, OFFICE, notice_id, None)
    await says(storage, OFFICE, "dev")
    shown = (await queued(storage, OFFICE))[-1]
    assert shown[0] == "NoticeMembersChoice"
    assert [name for _id, name in shown[1]["members"]] == ["Deventer"]
    await storage.write(notice_audience.toggle_member, OFFICE, notice_id, register.members["Deventer"], 0, None)
    assert await _recipients(storage, notice_id) == ["coördinator Deventer", "portefeuillehouder Deventer"]
    await aimed(storage, notice_id, Circle.COORDINATORS)
    assert await _recipients(storage, notice_id) == ["coördinator Deventer"]
    with pytest.raises(errors.Gone):
        await storage.write(notice_audience.toggle_member, OFFICE, notice_id, 999, 0, None)


async def test_commission(storage: Storage, register: Register) -> None:
    """A commission is made, filled by typing and pressing, and gets the notice; who left it, or it ended, does not."""
    await storage.write(commissions.ask_commission, OFFICE)
    await says(storage, OFFICE, "Auditcommissie")
    with pytest.raises(errors.CommissionExists):
        await storage.write(commissions.take_name, await _office(storage), "auditcommissie", {})
    await says(storage, OFFICE, "assen")
    found = (await queued(storage, OFFICE))[-1][1]
    assert [name for _id, name, _function in found["people"]] == ["coördinator Assen", "portefeuillehouder Assen"]
    person = register.people["coördinator Assen"]
    await storage.write(commissions.join, OFFICE, found["commission_id"], person)
    await storage.write(commissions.join, OFFICE, found["commission_id"], register.people["Toehoorder"])
    await storage.write(commissions.leave, OFFICE, found["commission_id"], person, None)
    notice_id = await written(storage)
    await storage.write(notice_audience.toggle_commission, OFFICE, notice_id, found["commission_id"], None)
    assert await _recipients(storage, notice_id) == ["Toehoorder"]
    await storage.write(commissions.end, OFFICE, found["commission_id"], None)
    assert await _recipients(storage, notice_id) == []


async def test_who_has_not_replied(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """Only people of members that did not reply get it, worked out when it is sent and not when it was aimed."""
    meeting = await convened(storage, clock)
    clock.moment = NOON
    notice_id = await written(storage)
    await aimed(storage, notice_id, Circle.COORDINATORS)
    await storage.write(notice_audience.toggle_lack, OFFICE, notice_id, Lack.REPLY, None)
    assert await _recipients(storage, notice_id) == ["coördinator Assen", "coördinator Deventer"]
    await _reply(storage, register, meeting.id)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    assert await told(storage, register) == {"coördinator Deventer"}


async def _reply(storage: Storage, register: Register, meeting_id: int) -> None:
    account = register.representative("Assen")
    await storage.write(replies.give_reply, account, meeting_id, Reply.COMING, origin=Origin(1, 77))


async def test_who_is_not_registered(storage: Storage, register: Register) -> None:
    """Colleagues of who is not registered yet can be told so."""
    member = RoleHeld(Role.SIGNATORY, register.members["Deventer"])
    await storage.write(add_person, "burgemeester Deventer", None, member)
    notice_id = await written(storage)
    await storage.write(notice_audience.toggle_lack, OFFICE, notice_id, Lack.REGISTRATION, None)
    assert await _recipients(storage, notice_id) == ["coördinator Deventer", "portefeuillehouder Deventer"]


async def test_who_has_not_voted(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """Only who carries a seat without a ballot gets it; before a vote is open there is no such choice."""
    meeting = await convened(storage, clock)
    clock.moment = STARTS_AT
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    notice_id = await written(storage)
    with pytest.raises(errors.Gone):
        await storage.write(notice_audience.toggle_lack, OFFICE, notice_id, Lack.VOTE, None)
    for member in ("Assen", "Deventer"):
        await storage.write(attendance.check_in, register.representative(member), meeting.id, Mode.ROOM, None)
    items = await storage.read(lambda unit: unit.meetings.items(meeting.id))
    await storage.write(motions.open_motion, CHAIR, items[1].id, None)
    await storage.write(notice_audience.toggle_lack, OFFICE, notice_id, Lack.VOTE, None)
    assert await _recipients(storage, notice_id) == ["portefeuillehouder Assen", "portefeuillehouder Deventer"]
    await _cast(storage, register, meeting.id)
    assert await _recipients(storage, notice_id) == ["portefeuillehouder Deventer"]


async def _cast(storage: Storage, register: Register, meeting_id: int) -> None:
    motion = await storage.read(lambda unit: unit.motions.open_in(meeting_id))
    assert motion is not None
    voter, member = register.representative("Assen"), register.members["Assen"]
    await storage.write(ballots.cast_ballot, voter, motion.id, member, Choice.FOR, origin=Origin(1, 78))


@pytest.mark.usefixtures("register")
async def test_formatting_is_kept_exactly(storage: Storage) -> None:
    """Entities stay where they are, also behind emoji, whatever they are; only what no database holds is replaced."""
    entities = (
        Entity("bold", 0, 2),
        Entity("italic", 1, 4),
        Entity("text_link", 3, 2, "https://voorbeeld.nl/?a=1&b=2"),
        Entity("pre", 6, 3, "python"),
        Entity("custom_emoji", 0, 2, "5368324170671202286"),
    )
    await storage.write(notices.start_notice, OFFICE)
    await storage.write(receive_text, OFFICE, "😀a\0bc <b>&", entities)
    message = await _first_message(storage, 1)
    assert message.text == Formatted("😀a\N{REPLACEMENT CHARACTER}bc <b>&", entities)


@pytest.mark.usefixtures("register")
async def test_texts_have_limits(storage: Storage) -> None:
    """A text of which nothing can be seen is none; longer than Telegram lets people write is refused."""
    await storage.write(notices.start_notice, OFFICE)
    with pytest.raises(errors.TextMissing):
        await says(storage, OFFICE, " \u200b")
    with pytest.raises(errors.TextTooLong):
        await says(storage, OFFICE, "x" * 4097)
    for number in range(notices.TEXTS):
        await says(storage, OFFICE, f"Tekst {number}")
    with pytest.raises(errors.NoticeFull):
        await says(storage, OFFICE, "Nog een")


@pytest.mark.usefixtures("register")
async def test_long_text_goes_in_two_messages(storage: Storage) -> None:
    """A text that fills a message leaves no room for the heading: it is cut between words, and its writer is told."""
    words = "woord " * 682
    await storage.write(notices.start_notice, OFFICE)
    await says(storage, OFFICE, words)
    draft = (await queued(storage, OFFICE))[-1][1]
    assert (draft["lengths"], draft["messages"]) == ([4092], 2)
    notice_id = draft["notice_id"]
    await aimed(storage, notice_id, Circle.OBSERVERS)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    parts = [await _message(storage, facts) for _name, facts in await queued(storage, OBSERVER)]
    assert [part.first for part in parts] == [True, False]
    assert " ".join(part.text.text.strip() for part in parts) == words.strip()
    assert {len(part.text.text) <= 3900 for part in parts} == {True}


@pytest.mark.usefixtures("register")
async def test_what_belongs_to_it_comes_in_several_messages(storage: Storage) -> None:
    """Texts, documents and pictures add up; documents and pictures become albums of their own, behind the words."""
    await storage.write(notices.start_notice, OFFICE)
    await says(storage, OFFICE, "Zie de bijlagen.")
    for name in ("a.pdf", "b.pdf"):
        await sends(storage, OFFICE, name)
    await sends(storage, OFFICE, "foto.jpg", "De zaal.", picture=True)
    draft = (await queued(storage, OFFICE))[-1][1]
    assert (draft["lengths"], draft["files"]) == ([16, 8], ["a.pdf", "b.pdf", "foto.jpg"])
    notice_id = draft["notice_id"]
    await aimed(storage, notice_id, Circle.OBSERVERS)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    parts = [await _message(storage, facts) for _name, facts in await queued(storage, OBSERVER)]
    assert [(part.text.text, [file.name for file in part.files]) for part in parts] == [
        ("Zie de bijlagen.", []),
        ("De zaal.", []),
        ("", ["a.pdf", "b.pdf"]),
        ("", ["foto.jpg"]),
    ]


@pytest.mark.usefixtures("register")
async def test_document_with_its_words_is_one_message(storage: Storage) -> None:
    """A document with a caption stays one message; without words nothing can be sent, and an empty file is refused."""
    await storage.write(notices.start_notice, OFFICE)
    with pytest.raises(errors.FileRefused):
        await sends(storage, OFFICE, "leeg.pdf", "Leeg", size=0)
    await sends(storage, OFFICE, "route.pdf")
    notice_id = (await queued(storage, OFFICE))[-1][1]["notice_id"]
    with pytest.raises(errors.TextMissing):
        await storage.write(notice_audience.show_audience, OFFICE, notice_id, None)
    await says(storage, OFFICE, "De route")
    message = await _first_message(storage, notice_id)
    assert (message.text.text, [file.name for file in message.files]) == ("De route", ["route.pdf"])


@pytest.mark.usefixtures("register")
async def test_second_tap_sends_nothing(storage: Storage) -> None:
    """A notice is sent once."""
    notice_id = await sent(storage, Circle.OBSERVERS)
    with pytest.raises(errors.AlreadySent):
        await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    assert len(await received(storage, OBSERVER)) == 1


@pytest.mark.usefixtures("register")
async def test_only_what_is_being_written_can_be_sent(storage: Storage) -> None:
    """Who cancelled, or began another notice, cannot send the earlier one by accident."""
    first = await written(storage)
    await aimed(storage, first, Circle.OBSERVERS)
    await written(storage)
    with pytest.raises(errors.Gone):
        await storage.write(notice_sending.send_notice, OFFICE, first, None)
    await storage.write(menus.cancel, OFFICE)
    for notice_id in (first, first + 1, 999):
        with pytest.raises(errors.Gone):
            await storage.write(notice_sending.preview_notice, OFFICE, notice_id)
    assert await received(storage, OBSERVER) == []


@pytest.mark.usefixtures("register")
async def test_empty_audience_is_refused(storage: Storage) -> None:
    """Without anybody chosen there is nothing to see and nothing to send."""
    notice_id = await written(storage)
    for service in (notice_sending.preview_notice, notice_sending.send_notice):
        arguments = () if service is notice_sending.preview_notice else (None,)
        with pytest.raises(errors.NobodyToTell):
            await storage.write(service, OFFICE, notice_id, *arguments)


@pytest.mark.usefixtures("register")
async def test_only_the_secretariat_sends_notices(storage: Storage) -> None:
    """The chair cannot start, aim or send a notice, not even one of the secretariat."""
    notice_id = await written(storage)
    with pytest.raises(errors.NotAllowed):
        await storage.write(notices.start_notice, CHAIR)
    with pytest.raises(errors.NotAllowed):
        await storage.write(notice_audience.toggle_circle, CHAIR, notice_id, Circle.EVERYBODY, None)
    with pytest.raises(errors.NotAllowed):
        await storage.write(notice_sending.send_notice, CHAIR, notice_id, None)


@pytest.mark.usefixtures("register")
async def test_silent_and_asking_for_receipt(storage: Storage, clock: TurnableClock) -> None:
    """Both are chosen under the preview; only the last message with words asks to confirm, and no group is asked."""
    notice_id = await written(storage, "x" * 4000)
    await aimed(storage, notice_id, Circle.OBSERVERS)
    await storage.write(notice_audience.toggle_chat, OFFICE, notice_id, GROUP, None)
    await storage.write(notice_sending.toggle_silent, OFFICE, notice_id, None)
    await storage.write(notice_sending.toggle_receipt, OFFICE, notice_id, None)
    preview = (await queued(storage, OFFICE))[-1][1]
    assert (preview["silent"], preview["asks_receipt"]) == (True, True)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    parts = [await _message(storage, facts) for _name, facts in await queued(storage, OBSERVER)]
    assert [part.receipt for part in parts] == [Receipt.NONE, Receipt.ASKED]
    ref = NoticeMessageRef(notice_id, "t1")
    shown = await storage.read(notice_sending.load_message, ref, None)
    assert shown is not None
    assert shown.receipt is Receipt.NONE
    rows = await storage.write(lambda unit: unit.outbox.claim(10, (OFFICE,), 0.0, 60.0))
    assert {(row.chat_id, row.silent) for row in rows} == {(OBSERVER, True), (GROUP, True)}
    assert clock.moment == NOON


@pytest.mark.usefixtures("register")
async def test_quiet_hours_are_guarded(storage: Storage, clock: TurnableClock) -> None:
    """In the evening nothing goes out unless that is said; a plan for the night is refused as well."""
    notice_id = await written(storage)
    await aimed(storage, notice_id, Circle.OBSERVERS)
    clock.moment = EVENING
    await storage.write(notice_sending.preview_notice, OFFICE, notice_id)
    preview = (await queued(storage, OFFICE))[-1][1]
    assert datetime.fromisoformat(preview["quiet_until"]) == datetime(2019, 1, 15, 7, 0, tzinfo=UTC)
    with pytest.raises(errors.QuietHours):
        await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    night = EVENING + timedelta(hours=5)
    with pytest.raises(errors.QuietHours):
        await storage.write(notice_sending.plan_notice, OFFICE, notice_id, night, None)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None, at_any_hour=True)
    assert len(await received(storage, OBSERVER)) == 1


async def test_an_open_assembly_knows_no_quiet_hours(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """While the assembly is open, also late in the evening, notices go out."""
    meeting = await convened(storage, clock)
    clock.moment = STARTS_AT
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    clock.moment = STARTS_AT.replace(hour=20)
    await sent(storage, Circle.OBSERVERS)
    assert await told(storage, register) == {"Toehoorder"}


@pytest.mark.usefixtures("register")
async def test_planned_notice_goes_out_by_itself(storage: Storage, clock: TurnableClock) -> None:
    """It goes when it is due, once, however often is looked; who wrote it sees how it fares."""
    notice_id = await written(storage)
    await aimed(storage, notice_id, Circle.OBSERVERS)
    await storage.write(notice_sending.ask_moment, OFFICE, notice_id)
    with pytest.raises(errors.MomentPassed):
        await says(storage, OFFICE, "13-01-2019 09:00")
    await says(storage, OFFICE, "15-01-2019 09:30")
    due = datetime(2019, 1, 15, 8, 30, tzinfo=UTC)
    preview = (await queued(storage, OFFICE))[-1][1]
    assert datetime.fromisoformat(preview["at"]) == due
    await storage.write(notice_sending.plan_notice, OFFICE, notice_id, due, 77)
    await storage.write(notice_sending.send_due_notices)
    assert await received(storage, OBSERVER) == []
    clock.moment = due
    for _ in range(3):
        await storage.write(notice_sending.send_due_notices)
    assert len(await received(storage, OBSERVER)) == 1
    assert (await screens(storage, OFFICE))[-1] == "NoticeProgressRef"
    assert (await storage.read(notices.get_notice, notice_id)).state is NoticeState.SENT


@pytest.mark.usefixtures("register")
async def test_planned_notice_that_comes_late_waits_for_the_morning(storage: Storage, clock: TurnableClock) -> None:
    """Was the process down until the night, it goes in the morning; one that may go at any hour goes at once."""
    due = NOON + timedelta(hours=1)
    for at_any_hour in (False, True):
        notice_id = await written(storage)
        await aimed(storage, notice_id, Circle.OBSERVERS)
        await storage.write(notice_sending.plan_notice, OFFICE, notice_id, due, None, at_any_hour=at_any_hour)
    clock.moment = EVENING
    await storage.write(notice_sending.send_due_notices)
    assert len(await received(storage, OBSERVER)) == 1
    clock.moment = datetime(2019, 1, 15, 7, 0, tzinfo=UTC)
    await storage.write(notice_sending.send_due_notices)
    assert len(await received(storage, OBSERVER)) == 2


@pytest.mark.usefixtures("register")
async def test_plan_is_taken_back(storage: Storage, clock: TurnableClock) -> None:
    """A planned notice becomes a draft again, which can then be sent at once; it does not go out by itself."""
    notice_id = await written(storage)
    await aimed(storage, notice_id, Circle.OBSERVERS)
    due = NOON + timedelta(hours=1)
    await storage.write(notice_sending.plan_notice, OFFICE, notice_id, due, None)
    with pytest.raises(errors.Gone):
        await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    await storage.write(notice_sending.unplan_notice, OFFICE, notice_id)
    clock.moment = due
    await storage.write(notice_sending.send_due_notices)
    assert await received(storage, OBSERVER) == []
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    with pytest.raises(errors.AlreadySent):
        await storage.write(notice_sending.unplan_notice, OFFICE, notice_id)


async def _recipients(storage: Storage, notice_id: int) -> list[str]:
    async def load(unit: Unit) -> list[str]:
        notice = await notices.get_notice(unit, notice_id)
        return [acting.person.name for acting in await notice_audience.recipients(unit, notice.audience)]

    return await storage.read(load)


async def _office(storage: Storage) -> Acting:
    office: Acting | None = await storage.read(lambda unit: unit.people.acting(OFFICE))
    assert office is not None
    return office


async def _message(storage: Storage, facts: dict[str, Any]) -> NoticeMessage:
    ref = NoticeMessageRef(facts["notice_id"], facts["part"])
    message = await storage.read(notice_sending.load_message, ref, 1)
    assert message is not None
    return message


async def _first_message(storage: Storage, notice_id: int) -> NoticeMessage:
    message = await storage.read(notice_sending.load_message, NoticeMessageRef(notice_id, "t0"), None)
    assert message is not None
    return message
