"""Voting before the assembly: off by default, from a day on, standing at the vote, and never twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.advance import AdvanceRef
from assembly.facts.convening import Invitation
from assembly.facts.registration import Menu
from assembly.members import Role, RoleHeld
from assembly.tally import Choice, Outcome, Threshold
from screens import render
from screens.content import Content
from services import advance
from services.advance import cast_in_advance, load_advance, withdraw_in_advance
from services.items import ask_proposal
from services.menus import show_menu
from services.texts import receive_text
from storage.engine import Storage
from storage.facts import load
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.sitting import (
    OFFICE_NAME,
    Evening,
    by_statutes,
    convened_evening,
    coordinator,
    representative,
)

MEMBERS = ("Assen", "Deventer", "Emmen")


@pytest.fixture
async def evening(database_url: str, association: Association, clock: TurnableClock) -> AsyncIterator[Evening]:
    """Convene an assembly of an association in which is voted from thirty days before."""
    async with by_statutes(database_url, association, clock, advance_days=30) as storage:
        yield await convened_evening(storage, clock, *MEMBERS)


async def vote(
    evening: Evening, member: str, choice: Choice, *, by: str | None = None, update: int | None = None
) -> None:
    """Let a representative vote on item 2 before the assembly."""
    member_id = evening.register.members[member]
    who = by or representative(member)
    await evening.act(cast_in_advance, who, await evening.item("2"), member_id, choice, update=update)


async def outcome(evening: Evening, motion_id: int) -> Outcome:
    """Close a vote, and return what came out."""
    counted = (await evening.end_vote(motion_id)).outcome
    assert isinstance(counted, Outcome)
    return counted


async def test_it_stands_at_the_vote_and_can_be_changed(evening: Evening) -> None:
    """Of who is away it counts and is present; who is there can vote otherwise, and a seat has one ballot."""
    await vote(evening, "Assen", Choice.AGAINST)
    await vote(evening, "Assen", Choice.FOR)
    await vote(evening, "Deventer", Choice.FOR)
    await evening.open()
    await evening.arrive("Deventer", "Emmen")
    motion_id = await evening.put_to_vote("2")
    assert await evening.choices(motion_id) == {"Assen": "for", "Deventer": "for"}
    await evening.cast(motion_id, "Deventer", "against")
    assert await evening.choices(motion_id) == {"Assen": "for", "Deventer": "against"}
    counted = await outcome(evening, motion_id)
    assert (counted.in_favour, counted.against, counted.not_cast, counted.present) == (1, 1, 1, 3)


async def test_it_can_be_withdrawn(evening: Evening) -> None:
    """Nothing stands then, also when an older press comes late; and it can be cast anew."""
    await vote(evening, "Assen", Choice.FOR, update=500)
    await vote(evening, "Deventer", Choice.FOR)
    item_id, members = await evening.item("2"), evening.register.members

    async def withdraw(member: str, update: int | None = None, *, by: str | None = None) -> None:
        await evening.act(withdraw_in_advance, by or representative(member), item_id, members[member], update=update)

    async def shown(member: str) -> Choice | None:
        ref = AdvanceRef(evening.meeting.id, members[member], 0)
        page = await evening.storage.read(lambda unit: load_advance(unit, ref))
        assert page is not None
        return next(line.choice for line in page.lines if line.item_id == item_id)

    with pytest.raises(errors.NotYourMember):
        await withdraw("Assen", by=representative("Emmen"))
    for update in (502, 503):
        await withdraw("Assen", update)
    await vote(evening, "Assen", Choice.AGAINST, update=501)
    assert (await shown("Assen"), await shown("Deventer")) == (None, Choice.FOR)
    await vote(evening, "Emmen", Choice.AGAINST)
    await withdraw("Emmen")
    await vote(evening, "Emmen", Choice.ABSTAIN)
    await evening.open()
    await evening.arrive("Emmen")
    motion_id = await evening.put_to_vote("2")
    assert await evening.choices(motion_id) == {"Deventer": "for", "Emmen": "abstain"}
    assert (await outcome(evening, motion_id)).present == 2


async def test_the_convocation_and_the_menu_name_it(evening: Evening) -> None:
    """The convocation says from when; the menu offers it to the representatives of a member, not to its coordinator."""
    invited = [facts for name, facts in await queued(evening.storage, evening.register.coordinator("Assen"))]
    facts = next(load(Invitation, found) for found in invited if "agenda" in found)
    content = render(facts, evening.storage.association)
    assert isinstance(content, Content)
    assert "Vooraf stemmen kan vanaf maandag 14 januari 2019 tot de opening van de ALV." in content.text
    both = RoleHeld(Role.COORDINATOR, evening.register.members["Assen"])
    await evening.storage.write(
        lambda unit: unit.people.grant_role(evening.register.people[representative("Deventer")], both)
    )
    await evening.act(show_menu, representative("Deventer"))
    menu = [f for name, f in await queued(evening.storage, evening.register.accounts[representative("Deventer")])]
    shown = render(load(Menu, menu[-1]), evening.storage.association)
    assert isinstance(shown, Content)
    labels = [button.label for row in shown.keyboard for button in row]
    assert "Vooraf stemmen namens Deventer" in labels
    assert "Vooraf stemmen namens Assen" not in labels


async def test_the_holder_of_a_proxy_votes_otherwise(evening: Evening) -> None:
    """Where the seat is carried by a holder, what was cast before stands until the holder casts; never both."""
    await evening.granted("Assen", "Emmen")
    await vote(evening, "Assen", Choice.FOR)
    await evening.open()
    await evening.arrive("Emmen")
    motion_id = await evening.put_to_vote("2")
    await evening.cast(motion_id, "Assen", "abstain", by=representative("Emmen"))
    counted = await outcome(evening, motion_id)
    assert (counted.in_favour, counted.abstained, counted.present) == (0, 1, 2)


async def test_a_changed_proposal_lapses_it(evening: Evening) -> None:
    """Its owner is told at once, and again casts it; what was cast about the old text never counts."""
    for member in ("Assen", "Deventer"):
        await vote(evening, member, Choice.FOR)
    await evening.act(ask_proposal, OFFICE_NAME, await evening.item("2"))
    await evening.act(receive_text, OFFICE_NAME, "De notulen worden gewijzigd vastgesteld.")
    assert "AdvanceLapsed" in await screens(evening.storage, evening.register.accounts[representative("Assen")])
    await vote(evening, "Deventer", Choice.AGAINST)
    await evening.open()
    await evening.arrive("Emmen")
    motion_id = await evening.put_to_vote("2")
    assert await evening.choices(motion_id) == {"Deventer": "against"}


@pytest.mark.parametrize("variants", [True, False])
async def test_what_is_asked_otherwise_lapses_it_at_the_vote(evening: Evening, *, variants: bool) -> None:
    """A vote between variants, or on another text however it came, takes nothing of before: who cast it is told."""
    await vote(evening, "Assen", Choice.FOR)
    item_id, office = await evening.item("2"), evening.register.people[OFFICE_NAME]
    if variants:
        await evening.storage.write(lambda unit: unit.options.add(item_id, ["a", "b"], office))
    else:
        await evening.storage.write(lambda unit: unit.meetings.set_proposal(item_id, "Ter plekke gewijzigd."))
    await evening.open()
    await evening.arrive("Emmen")
    motion_id = await evening.put_to_vote("2")
    assert await evening.choices(motion_id) == {}
    told = await queued(evening.storage, evening.register.accounts[representative("Assen")])
    assert [facts["meeting_id"] for name, facts in told if name == "AdvanceLapsed"] == [None]


async def test_who_and_when(evening: Evening) -> None:
    """Only the member's representatives, only on a matter, from the first day on until the assembly opens."""
    members = evening.register.members
    for who, refusal in ((coordinator("Assen"), errors.NotAllowed), (representative("Emmen"), errors.NotYourMember)):
        with pytest.raises(refusal):
            await vote(evening, "Assen", Choice.FOR, by=who)
    with pytest.raises(errors.NotVotable):
        await evening.act(
            cast_in_advance, representative("Assen"), await evening.item("3"), members["Assen"], Choice.FOR
        )
    now = evening.clock.moment
    evening.clock.moment = now - timedelta(days=1)
    with pytest.raises(errors.AdvanceTooEarly):
        await vote(evening, "Assen", Choice.FOR)
    evening.clock.moment = now
    await vote(evening, "Assen", Choice.FOR, update=900)
    await vote(evening, "Assen", Choice.AGAINST, update=899)  # delivered again, after the later one
    shown = await evening.storage.read(
        lambda unit: load_advance(unit, AdvanceRef(evening.meeting.id, members["Assen"], 0))
    )
    assert shown is not None
    assert [(line.number, line.choice) for line in shown.lines] == [("2", Choice.FOR)]
    await evening.act(advance.show_advance, representative("Assen"), evening.meeting.id, members["Assen"], 0, None)
    await evening.open()
    with pytest.raises(errors.WrongMeetingState):
        await vote(evening, "Assen", Choice.AGAINST)


async def test_it_is_off_by_default(storage: Storage, clock: TurnableClock) -> None:
    """Without the setting nobody votes before the assembly."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    with pytest.raises(errors.AdvanceUnknown):
        await vote(evening, "Assen", Choice.FOR)


@pytest.mark.parametrize("present", [True, False])
async def test_the_quorum_counts_it_by_the_setting(
    database_url: str, association: Association, clock: TurnableClock, *, present: bool
) -> None:
    """More than half of three: two who voted before make it with one in the room, or do not."""
    quorum = Threshold(Fraction(1, 2), strict=True)
    own = replace(association, statutes=replace(association.statutes, quorum=quorum))
    async with by_statutes(database_url, own, clock, advance_days=30, advance_present=present) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        await vote(evening, "Assen", Choice.FOR)
        await evening.open()
        await evening.arrive("Emmen")
        if present:
            assert (await outcome(evening, await evening.put_to_vote("2"))).in_favour == 1
        else:
            with pytest.raises(errors.QuorumMissing):
                await evening.put_to_vote("2")
