"""Replies to the convocation: per member, changeable, in the order of the presses; and who has the convocation."""

import asyncio
from typing import Any

import pytest

from assembly.errors import NotAllowed, NotRegistered, WrongMeetingState
from assembly.facts.convening import DeliveriesRef, DeliveryOverview, RepliesRef, ReplyReceipt
from assembly.meetings import Meeting, Reply
from assembly.members import Role, RoleHeld
from services import replies
from storage.engine import AlreadyDone, Storage
from storage.unit import Origin, Unit
from tests.support.assembly import convened, drafted
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, STRANGER, Register, filled

BOT = 42


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give a register with three members."""
    return await filled(storage, "Assen", "Deventer", "Zwolle")


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock, register: Register) -> Meeting:  # noqa: ARG001 - people come first
    """Give a convened assembly."""
    return await convened(storage, clock)


async def press(storage: Storage, who: int, meeting: Meeting, reply: Reply, update_id: int) -> ReplyReceipt:
    """Press a reply button, as the update ``update_id``."""
    return await storage.write(replies.give_reply, who, meeting.id, reply, origin=Origin(BOT, update_id))


async def standing(storage: Storage, meeting: Meeting, register: Register) -> dict[str, Reply]:
    """Return what each member replied, by name."""
    names = {member_id: name for name, member_id in register.members.items()}
    found = await storage.read(lambda unit: unit.convocations.replies(meeting.id))
    return {names[member_id]: said.reply for member_id, said in found.items()}


async def overview(storage: Storage, meeting: Meeting) -> DeliveryOverview:
    """Load who has the convocation."""
    loaded = await storage.read(replies.load_deliveries, DeliveriesRef(meeting.id))
    assert loaded is not None
    return loaded


@pytest.mark.parametrize("reply", [Reply.COMING, Reply.REMOTE, Reply.ABSENT])
async def test_reply_counts_for_the_member(
    storage: Storage, meeting: Meeting, register: Register, reply: Reply
) -> None:
    """What a coordinator replies counts for its member, is confirmed and can be seen by the person."""
    receipt = await press(storage, register.coordinator("Assen"), meeting, reply, 1)
    assert receipt == ReplyReceipt(("Assen",), reply, reply)
    assert await standing(storage, meeting, register) == {"Assen": reply}
    ref = RepliesRef(meeting.id, register.people["coördinator Assen"])
    shown = await storage.read(replies.load_replies, ref)
    assert shown is not None
    assert [(said.member, said.reply, said.by) for said in shown.members] == [("Assen", reply, "coördinator Assen")]
    assert shown.open


async def test_last_press_counts(storage: Storage, meeting: Meeting, register: Register) -> None:
    """A colleague's later press replaces the reply; its screen is redrawn for who replied before."""
    first, second = register.coordinator("Assen"), register.representative("Assen")
    await press(storage, first, meeting, Reply.ABSENT, 1)
    await press(storage, second, meeting, Reply.COMING, 2)
    assert await standing(storage, meeting, register) == {"Assen": Reply.COMING}
    assert (await screens(storage, first)).count("RepliesRef") == 1, "one that waits shows what holds when it is sent"


async def test_redelivered_older_press_changes_nothing(storage: Storage, meeting: Meeting, register: Register) -> None:
    """A press that Telegram delivers after a later one does not undo that, and its presser is told what stands."""
    who = register.coordinator("Assen")
    await press(storage, who, meeting, Reply.COMING, 7)
    receipt = await press(storage, who, meeting, Reply.ABSENT, 5)
    assert receipt == ReplyReceipt(("Assen",), Reply.ABSENT, Reply.COMING)
    with pytest.raises(AlreadyDone):
        await press(storage, who, meeting, Reply.COMING, 7)


async def test_colleagues_press_at_once(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Whatever the order in which presses are handled, the latest press stands."""
    people = [register.coordinator("Assen"), register.representative("Assen")]
    presses = [(people[number % 2], list(Reply)[number % 4], number) for number in range(20, 0, -1)]
    presses = [(who, Reply.ABSENT if reply is Reply.PROXY else reply, number) for who, reply, number in presses]
    await asyncio.gather(*(press(storage, who, meeting, reply, number) for who, reply, number in presses))
    latest = max(presses, key=lambda given: given[2])
    assert await standing(storage, meeting, register) == {"Assen": latest[1]}


async def test_one_press_counts_for_all_members_of_a_person(
    storage: Storage, meeting: Meeting, register: Register
) -> None:
    """Who acts for several members replies for all of them."""
    await storage.write(_second_member, register)
    receipt = await press(storage, register.coordinator("Assen"), meeting, Reply.REMOTE, 1)
    assert receipt.members == ("Assen", "Zwolle")
    assert await standing(storage, meeting, register) == {"Assen": Reply.REMOTE, "Zwolle": Reply.REMOTE}


async def _second_member(unit: Unit, register: Register) -> None:
    held = RoleHeld(Role.COORDINATOR, register.members["Zwolle"])
    await unit.people.grant_role(register.people["coördinator Assen"], held)


async def test_proxy_reply_starts_a_proxy(storage: Storage, meeting: Meeting, register: Register) -> None:
    """The reply that a proxy will be granted is noted and asks for the holder."""
    who = register.representative("Deventer")
    await press(storage, who, meeting, Reply.PROXY, 1)
    assert await standing(storage, meeting, register) == {"Deventer": Reply.PROXY}
    assert len(await screens(storage, who)) > len(["Invitation", "RepliesRef"])


@pytest.mark.parametrize(
    ("who", "refusal"), [(STRANGER, NotRegistered), (OBSERVER, NotAllowed), (CHAIR, NotAllowed), (OFFICE, NotAllowed)]
)
async def test_only_members_reply(storage: Storage, meeting: Meeting, who: int, refusal: type[Exception]) -> None:
    """A forged reply of somebody who acts for no member is refused."""
    with pytest.raises(refusal):
        await press(storage, who, meeting, Reply.COMING, 1)


async def test_replies_have_their_time(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """Before the convocation and from the opening on there is nothing to reply to."""
    meeting = await drafted(storage, clock)
    with pytest.raises(WrongMeetingState):
        await press(storage, register.coordinator("Assen"), meeting, Reply.COMING, 1)
    await storage.write(_convene_and_open, meeting)
    with pytest.raises(WrongMeetingState):
        await press(storage, register.coordinator("Assen"), meeting, Reply.COMING, 2)


async def _convene_and_open(unit: Unit, meeting: Meeting) -> None:
    await unit.meetings.convene(meeting.id, None)
    await unit.meetings.open(meeting.id)


async def test_overview_tells_who_has_it_and_who_replied(
    storage: Storage, meeting: Meeting, register: Register
) -> None:
    """Delivered, under way, failed with the reason, and every member under what it replied."""
    await press(storage, register.coordinator("Assen"), meeting, Reply.COMING, 1)
    assert (await overview(storage, meeting)).doubtful == ()
    await storage.write(_deliver, meeting, register)
    shown = await overview(storage, meeting)
    assert (shown.deliveries.delivered, shown.deliveries.under_way, shown.deliveries.failed) == (2, 5, 2)
    assert [(failure.name, failure.error, failure.may_have_arrived) for failure in shown.failures] == [
        ("coördinator Deventer", "Forbidden: bot was blocked by the user", False),
        ("portefeuillehouder Deventer", "Timed out", True),
    ]
    assert shown.doubtful == ("coördinator Zwolle", "portefeuillehouder Zwolle")
    assert dict(shown.replies)[Reply.COMING] == ("Assen",)
    assert shown.unanswered == ("Deventer", "Zwolle")


async def _deliver(unit: Unit, meeting: Meeting, register: Register) -> None:
    """Send everything to two people, one of them perhaps twice; fail one message of two, and leave one unknown."""
    for _message in ("invitation", "calendar"):
        for row in await unit.outbox.claim(100, set(), 0.0, 60.0):
            if row.batch != f"convocation:{meeting.id}":
                continue
            if row.person_id == register.people["portefeuillehouder Assen"]:
                await unit.outbox.mark_sent(row.id, 5)
            if row.person_id == register.people["coördinator Deventer"]:
                await unit.outbox.mark_failed(row.id, "Forbidden: bot was blocked by the user")
            if row.person_id == register.people["portefeuillehouder Deventer"]:
                await unit.outbox.mark_failed(row.id, "Timed out", may_have_arrived=True)
            if row.person_id == register.people["coördinator Zwolle"]:
                await unit.outbox.retry(row.id, 0.0, "Timed out", may_have_arrived=True)
            if row.person_id == register.people["portefeuillehouder Zwolle"]:
                await unit.outbox.retry(row.id, 0.0, "Timed out", may_have_arrived=True)
                await unit.outbox.mark_sent(row.id, 6)


async def test_overview_is_for_the_secretariat(storage: Storage, meeting: Meeting) -> None:
    """The chair does not follow the convocation; the secretariat gets a live screen."""
    with pytest.raises(NotAllowed):
        await storage.write(replies.show_deliveries, CHAIR, meeting.id)
    await storage.write(replies.show_deliveries, OFFICE, meeting.id)
    last: tuple[str, dict[str, Any]] = (await queued(storage, OFFICE))[-1]
    assert last == ("DeliveriesRef", {"meeting_id": meeting.id})
