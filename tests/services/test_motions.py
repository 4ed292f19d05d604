"""Putting to the vote: what is frozen, who gets a ballot, and what is refused."""

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from assembly import errors
from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.facts.voting import BallotRef, TurnoutRef
from assembly.motions import BallotForm, MotionState
from assembly.tally import Choice, Seat, Threshold
from services import motions
from services.ballot_cards import load_ballot, load_turnout
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.tables import motions as motions_table
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, STRANGER
from tests.support.sitting import (
    OFFICE_NAME,
    convened_evening,
    coordinator,
    open_evening,
    representative,
)

GROUP = -1001


async def last(storage: Storage, telegram_id: int, screen: str) -> dict[str, Any]:
    """Return the facts of the last screen of that name that was queued for somebody."""
    return [facts for name, facts in await queued(storage, telegram_id) if name == screen][-1]


async def test_choice_lists_what_was_not_voted_on(storage: Storage, clock: TurnableClock) -> None:
    """Items for decision and on persons are offered, until they were voted on."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    await evening.act(motions.choose_motion, OFFICE_NAME, evening.meeting.id, None)
    offered = await last(storage, OFFICE, "MotionChoice")
    assert [item["number"] for item in offered["items"]] == ["2", "3"]
    await evening.end_vote(await evening.put_to_vote("2"))
    await evening.act(motions.choose_motion, OFFICE_NAME, evening.meeting.id, None)
    offered = await last(storage, OFFICE, "MotionChoice")
    assert [item["number"] for item in offered["items"]] == ["3"]


async def test_preview_tells_what_will_be_asked(storage: Storage, clock: TurnableClock) -> None:
    """The preview has the proposal instead of the title, the votes that can be cast, and how persons are voted on."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen")
    item_id = await evening.item("3")
    await storage.write(lambda unit: unit.meetings.set_proposal(item_id, "De ALV benoemt het lid."))
    await evening.act(motions.preview_motion, OFFICE_NAME, item_id, None)
    preview = await last(storage, OFFICE, "MotionPreview")
    assert preview["text"] == "De ALV benoemt het lid."
    assert (preview["form"], preview["can_be_secret"]) == ("secret", False)
    assert (preview["present"], preview["total"]) == (1, 2)
    await evening.act(motions.preview_motion, OFFICE_NAME, await evening.item("2"), None)
    assert (await last(storage, OFFICE, "MotionPreview"))["form"] == "roll_call"


async def test_opening_freezes_text_majority_and_electorate(storage: Storage, clock: TurnableClock) -> None:
    """What changes afterwards, in agenda, attendance or proxies, changes nothing of the vote that is open."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    proxy_id = await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen")
    item_id = await evening.item("2")
    await storage.write(lambda unit: unit.meetings.set_proposal(item_id, "De notulen worden vastgesteld."))
    motion_id = await evening.put_to_vote("2")
    await storage.write(lambda unit: unit.meetings.set_proposal(item_id, "Iets anders."))
    await evening.arrive("Emmen", "Deventer")
    members, people = evening.register.members, evening.register.people
    carrier = people[representative("Assen")]
    assert set(await storage.read(lambda unit: unit.motions.electorate(motion_id))) == {
        Seat(members["Assen"], 1, carrier),
        Seat(members["Deventer"], 1, carrier, proxy_id),
        Seat(members["Emmen"], 1, None),
    }
    motion = await evening.motion(motion_id)
    assert (motion.text, motion.state) == ("De notulen worden vastgesteld.", MotionState.OPEN)
    stored = await storage.read(lambda unit: unit.connection.scalar(select(motions_table.c.text_sha256)))
    assert stored == sha256(motion.text.encode()).hexdigest()


async def test_every_carrier_gets_one_ballot(storage: Storage, clock: TurnableClock) -> None:
    """Who carries seats gets one ballot with all of them, own seat first; leaders and the group get the turnout."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen", "Raalte")
    await evening.granted("Assen", "Deventer")
    await evening.granted("Raalte", "Deventer")
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "group", "ALV")))
    await evening.open()
    await evening.arrive("Deventer")
    motion_id = await evening.put_to_vote()
    person_id = evening.register.people[representative("Deventer")]
    ballot = await storage.read(load_ballot, BallotRef(motion_id, person_id))
    assert ballot is not None
    assert [(seat.member, seat.by_proxy) for seat in ballot.seats] == [
        ("Deventer", False),
        ("Assen", True),
        ("Raalte", True),
    ]
    assert "BallotRef" in await screens(storage, evening.register.representative("Deventer"))
    for name in (representative("Assen"), representative("Emmen"), coordinator("Deventer"), "Toehoorder"):
        assert "BallotRef" not in await screens(storage, evening.register.accounts[name])
    assert "PublicTurnoutRef" in await screens(storage, GROUP)
    for leader in (OFFICE, CHAIR):
        assert "TurnoutRef" in await screens(storage, leader)


async def test_ballot_of_many_seats_has_pages(storage: Storage, clock: TurnableClock) -> None:
    """Somebody who represents more members than fit in one message gets them on pages, each seat once."""
    names = [f"Lid {number:02}" for number in range(40)]
    evening = await open_evening(storage, clock, *names)
    person_id = evening.register.people[representative("Lid 00")]

    async def represent_all(unit: Unit) -> None:
        for name in names[1:]:
            await unit.people.grant_role(person_id, replace(held, member_id=evening.register.members[name]))

    acting = await storage.read(lambda unit: unit.people.get(person_id))
    assert acting is not None
    held = acting.roles[0]
    await storage.write(represent_all)
    await evening.arrive("Lid 00")
    motion_id = await evening.put_to_vote()
    pages = [await storage.read(load_ballot, BallotRef(motion_id, person_id, page)) for page in range(3)]
    assert [page and len(page.seats) for page in pages] == [31, 9, None]
    account = evening.register.representative("Lid 00")
    assert (await screens(storage, account)).count("BallotRef") == 2
    await evening.cast(motion_id, "Lid 39", Choice.FOR, by=representative("Lid 00"))
    second = await storage.read(load_ballot, BallotRef(motion_id, person_id, 1))
    assert second is not None
    assert second.seats[-1].selection == (Choice.FOR,)


async def test_only_the_table_leads_the_vote(storage: Storage, clock: TurnableClock) -> None:
    """Members and strangers neither list, preview, open nor close a vote."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    item_id = await evening.item("2")
    for service, argument in (
        (motions.choose_motion, evening.meeting.id),
        (motions.preview_motion, item_id),
        (motions.open_motion, item_id),
    ):
        with pytest.raises(errors.NotAllowed):
            await evening.act(service, representative("Assen"), argument, None)
        with pytest.raises(errors.NotRegistered):
            await storage.write(service, STRANGER, argument, None)


async def test_what_cannot_be_put_to_the_vote(storage: Storage, clock: TurnableClock) -> None:
    """Refused: before the opening, an unknown item, an item for another purpose, with nobody there, twice."""
    evening = await convened_evening(storage, clock, "Assen")
    with pytest.raises(errors.WrongMeetingState):
        await evening.put_to_vote()
    await evening.open()
    with pytest.raises(errors.NobodyPresent):
        await evening.put_to_vote()
    await evening.arrive("Assen")
    with pytest.raises(errors.NotVotable):
        await evening.put_to_vote("1")
    with pytest.raises(errors.Gone):
        await evening.act(motions.open_motion, OFFICE_NAME, 999, None)
    motion_id = await evening.put_to_vote()
    for number in ("2", "3"):
        with pytest.raises(errors.MotionOpen):
            await evening.put_to_vote(number)
    await evening.end_vote(motion_id)
    with pytest.raises(errors.ItemVoted):
        await evening.put_to_vote()


async def test_persons_need_an_explicit_choice(storage: Storage, clock: TurnableClock) -> None:
    """A vote on persons is a secret one, which among few is refused; it is by roll-call only where that was chosen."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    with pytest.raises(errors.TooFewToHide) as refused:
        await evening.put_to_vote("3")
    assert (refused.value.people, refused.value.needed) == (1, 5)
    motion = await evening.motion(await evening.put_to_vote("3", roll_call=True))
    assert motion.form is BallotForm.ROLL_CALL


async def test_quorum_and_setting_on_persons(association: Association, database_url: str, clock: TurnableClock) -> None:
    """Below the quorum no vote opens; where the statutes do not make persons secret, no choice is asked for."""
    quorum = Threshold(Fraction(1, 2), strict=True)
    statutes = replace(association.statutes, quorum=quorum, persons_secret=False)
    async with Storage.open(database_url, replace(association, statutes=statutes), clock) as storage:
        evening = await open_evening(storage, clock, "Assen", "Emmen")
        await evening.arrive("Assen")
        with pytest.raises(errors.QuorumMissing):
            await evening.put_to_vote("3")
        await evening.arrive("Emmen")
        assert await evening.put_to_vote("3")


async def test_pressed_preview_becomes_the_turnout(storage: Storage, clock: TurnableClock) -> None:
    """The message in which the vote was opened shows the turnout from then on, so that no stale button is left."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    await evening.act(motions.open_motion, OFFICE_NAME, await evening.item("2"), 77)
    motion = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    posted = await storage.read(lambda unit: unit.outbox.posted(OFFICE, f"turnout:{motion.id}"))
    assert posted == 77
    shown = await storage.read(load_turnout, TurnoutRef(motion.id))
    assert shown is not None
    assert (shown.cast, shown.present, shown.total, shown.leads) == (0, 1, 1, True)


async def test_kind_that_changed_meanwhile_counts(storage: Storage, clock: TurnableClock) -> None:
    """An old button opens no vote on an item that is not for decision any more."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    item_id = await evening.item("2")
    await storage.write(lambda unit: unit.meetings.set_kind(item_id, ItemKind.INFORMATION))
    with pytest.raises(errors.NotVotable):
        await evening.put_to_vote("2")


async def test_references_to_nothing_show_nothing(storage: Storage) -> None:
    """A screen of a vote that does not exist is not sent at all."""
    assert await storage.read(load_ballot, BallotRef(999, 999)) is None
    assert await storage.read(load_turnout, TurnoutRef(999)) is None
