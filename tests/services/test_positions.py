"""Positions of a college, and the instruction that they make: given, seen by whom it concerns, and lapsed."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from assembly import errors
from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.facts.positions import Positions, PositionsRef
from assembly.facts.proxies import ProxyCard, ProxyRef
from assembly.facts.voting import BallotRef
from assembly.positions import CollegeDecision, Stance
from assembly.tally import Choice, Outcome
from screens import render
from screens.registry import SCREENS
from services import granting, items, positions
from services.ballot_cards import load_ballot
from services.live import LOADERS
from services.positions import load_positions
from services.proxy_cards import load_card
from storage.engine import Storage
from storage.facts import load
from storage.tables import journal, outbox
from storage.unit import Unit
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.databases import Databases
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import Evening, convened_evening, coordinator, representative

WHO = coordinator("Deventer")
HOLDER = representative("Assen")


async def evening_of(storage: Storage, clock: TurnableClock) -> Evening:
    """Convene an assembly with two items to be decided on."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    for number in ("2", "3"):
        await evening.act(items.set_kind, "Regiebureau", await evening.item(number), ItemKind.DECISION, None)
    return evening


async def given(evening: Evening, number: str, stance: Stance, *, who: str = WHO, member: str = "Deventer") -> None:
    """Let somebody give a member's position on an item."""
    await evening.act(positions.set_position, who, await evening.item(number), evening.register.members[member], stance)


async def shown(evening: Evening, member: str = "Deventer") -> Positions:
    """Return the positions of a member as they stand."""
    ref = PositionsRef(evening.meeting.id, evening.register.members[member], 0)
    found = await evening.storage.read(load_positions, ref)
    assert found is not None
    return found


async def card(evening: Evening, proxy_id: int, who: str) -> ProxyCard:
    """Return a proxy as somebody sees it."""
    found = await evening.storage.read(load_card, ProxyRef(proxy_id, evening.register.people[who]))
    assert found is not None
    return found


async def stances(evening: Evening) -> list[Stance | None]:
    """Return the stances of Deventer in order."""
    return [line.stance for line in (await shown(evening)).lines]


async def test_given_changed_and_all_at_once(storage: Storage, clock: TurnableClock) -> None:
    """One tap each, another tap changes it, and everything at once; every colleague sees the same."""
    evening = await evening_of(storage, clock)
    assert await stances(evening) == [None, None]
    await given(evening, "2", Stance.AGAINST)
    await given(evening, "2", Stance.FREE, who=representative("Deventer"))
    assert await stances(evening) == [Stance.FREE, None]
    await evening.act(positions.set_all_for, WHO, evening.meeting.id, evening.register.members["Deventer"])
    assert await stances(evening) == [Stance.FOR, Stance.FOR]
    assert [line.stance for line in (await shown(evening, "Assen")).lines] == [None, None]


async def test_remark_and_decision(storage: Storage, clock: TurnableClock) -> None:
    """Typed beside the taps: a remark by the item's number, and number and date of the college's decision."""
    evening = await evening_of(storage, clock)
    account, member_id = evening.register.accounts[WHO], evening.register.members["Deventer"]
    await evening.act(positions.show_positions, WHO, evening.meeting.id, member_id, 0, None)
    await says(storage, account, "3 mits de  dekking klopt")
    await says(storage, account, "2: akkoord")
    assert [line.remark for line in (await shown(evening)).lines] == ["akkoord", "mits de dekking klopt"]
    await says(storage, account, "2")
    assert [line.remark for line in (await shown(evening)).lines] == ["", "mits de dekking klopt"]
    for wrong in ("9 niets", "dat is goed"):
        with pytest.raises(errors.ItemUnknown):
            await says(storage, account, wrong)
    await evening.act(positions.ask_decision, WHO, evening.meeting.id, member_id)
    with pytest.raises(errors.DayNotUnderstood):
        await says(storage, account, "2019-000305")
    await says(storage, account, "2019-000305, 12 februari 2019")
    assert (await shown(evening)).decision == CollegeDecision("2019-000305", date(2019, 2, 12))
    await says(storage, account, "2 weer een opmerking")
    assert (await shown(evening)).lines[0].remark == "weer een opmerking"


async def test_only_its_own_people_until_the_vote(storage: Storage, clock: TurnableClock) -> None:
    """Others are refused, also the secretariat; once a vote was opened its position stays as it is."""
    evening = await evening_of(storage, clock)
    with pytest.raises(errors.NotYourMember):
        await given(evening, "2", Stance.FOR, who=HOLDER)
    with pytest.raises(errors.NotAllowed):
        await given(evening, "2", Stance.FOR, who="Regiebureau")
    with pytest.raises(errors.ItemUnknown):
        await given(evening, "1", Stance.FOR)
    await given(evening, "2", Stance.FOR)
    await evening.open()
    await evening.arrive("Assen", "Deventer")
    motion_id = await evening.put_to_vote("2")
    with pytest.raises(errors.ItemVoted):
        await given(evening, "2", Stance.AGAINST)
    await evening.act(positions.set_all_for, WHO, evening.meeting.id, evening.register.members["Deventer"])
    await evening.end_vote(motion_id)
    assert [(line.stance, line.fixed) for line in (await shown(evening)).lines] == [
        (Stance.FOR, True),
        (Stance.FOR, False),
    ]
    await evening.close()
    with pytest.raises(errors.WrongMeetingState):
        await given(evening, "3", Stance.FOR)


async def test_the_holder_sees_what_it_is_instructed(storage: Storage, clock: TurnableClock) -> None:
    """With the offer and on the ballot; another tap of the member shows there too. Without instruction it sees none."""
    evening = await evening_of(storage, clock)
    await given(evening, "2", Stance.AGAINST)
    proxy_id = await evening.granted("Deventer", "Assen")
    assert (await card(evening, proxy_id, HOLDER)).instruction == ()
    assert [line.stance for line in (await card(evening, proxy_id, WHO)).instruction] == [Stance.AGAINST]
    await evening.act(granting.instruct_proxy, WHO, proxy_id, None, instructed=True)
    assert [line.stance for line in (await card(evening, proxy_id, HOLDER)).instruction] == [Stance.AGAINST]
    await given(evening, "2", Stance.ABSTAIN)
    await evening.open()
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote("2")
    ballot = await storage.read(load_ballot, BallotRef(motion_id, evening.register.people[HOLDER]))
    assert ballot is not None
    assert [(seat.member, seat.stance) for seat in ballot.seats] == [("Assen", None), ("Deventer", Stance.ABSTAIN)]
    with pytest.raises(errors.MotionOpen):
        await evening.act(granting.instruct_proxy, WHO, proxy_id, None, instructed=False)


async def test_the_instruction_goes_with_the_grant(storage: Storage, clock: TurnableClock) -> None:
    """Granted with it, both sides and the secretariat read that there is one; only the member's people change that."""
    evening = await evening_of(storage, clock)
    members, holder = evening.register.members, evening.register.people[HOLDER]
    await given(evening, "2", Stance.FOR)
    whom = (evening.meeting.id, members["Deventer"], holder, members["Assen"], None)
    await evening.act(granting.grant_proxy, representative("Deventer"), *whom, instructed=True)
    (proxy,) = await evening.proxies()
    assert proxy.instructed
    name, facts = (await queued(storage, OFFICE))[-1]
    assert (name, facts["event"], facts["instructed"]) == ("ProxyNews", "signed", True)
    with pytest.raises(errors.NotYourMember):
        await evening.act(granting.instruct_proxy, HOLDER, proxy.id, None, instructed=False)
    await evening.act(granting.instruct_proxy, WHO, proxy.id, None, instructed=False)
    assert (await queued(storage, evening.register.accounts[HOLDER]))[-1][1]["event"] == "left_free"
    told = len(await queued(storage, OFFICE))
    await evening.act(granting.instruct_proxy, WHO, proxy.id, None, instructed=False)
    assert len(await queued(storage, OFFICE)) == told


async def test_deviation_is_said_and_written_down_at_the_end(storage: Storage, clock: TurnableClock) -> None:
    """A ballot against the position or the instruction is taken, with a warning; the journal tells it at the end."""
    evening = await evening_of(storage, clock)
    await given(evening, "2", Stance.FOR)
    await given(evening, "2", Stance.FREE, who=representative("Assen"), member="Assen")
    proxy_id = await evening.granted("Deventer", "Assen")
    await evening.act(granting.instruct_proxy, WHO, proxy_id, None, instructed=True)
    await evening.open()
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote("2")
    assert (await evening.cast(motion_id, "Assen", Choice.AGAINST)).deviates_from is None
    assert (await evening.cast(motion_id, "Deventer", Choice.FOR, by=HOLDER)).deviates_from is None
    assert (await evening.cast(motion_id, "Deventer", Choice.AGAINST, by=HOLDER)).deviates_from is Stance.FOR
    assert "instructions_not_followed" not in await kinds(storage)
    outcome = (await evening.end_vote(motion_id)).outcome
    assert isinstance(outcome, Outcome)
    assert outcome.against == 2
    assert "instructions_not_followed" in await kinds(storage)
    facts = await journal_facts(storage, "instructions_not_followed")
    assert facts == [{"motion": motion_id, "ballots": [[evening.register.members["Deventer"], "for", "against"]]}]


async def test_a_changed_proposal_lets_the_instruction_lapse(storage: Storage, clock: TurnableClock) -> None:
    """The position and the instruction for that item are gone, both sides are told, and the proxy stands."""
    evening = await evening_of(storage, clock)
    await given(evening, "2", Stance.FOR)
    await given(evening, "3", Stance.FOR)
    proxy_id = await evening.granted("Deventer", "Assen")
    await evening.act(granting.instruct_proxy, WHO, proxy_id, None, instructed=True)
    for text in ("De notulen vast te stellen.", "De notulen vast te stellen.", "De notulen gewijzigd vast te stellen."):
        await evening.act(items.ask_proposal, "Regiebureau", await evening.item("2"))
        await says(storage, OFFICE, text)
    for who, times in ((WHO, 1), (representative("Deventer"), 1), (HOLDER, 1), (coordinator("Assen"), 0)):
        assert (await screens(storage, evening.register.accounts[who])).count("PositionLapsed") == times
    assert [(line.stance, line.lapsed) for line in (await card(evening, proxy_id, HOLDER)).instruction] == [
        (Stance.FOR, True),
        (Stance.FOR, False),
    ]
    await evening.open()
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote("2")
    assert (await evening.cast(motion_id, "Deventer", Choice.AGAINST, by=HOLDER)).deviates_from is None


async def kinds(storage: Storage) -> list[str]:
    """Return the kinds of the journal's entries."""
    return await storage.read(_kinds)


async def _kinds(unit: Unit) -> list[str]:
    return list((await unit.connection.execute(select(journal.c.kind).order_by(journal.c.id))).scalars())


async def journal_facts(storage: Storage, kind: str | None = None) -> list[Any]:
    """Return the facts of the journal's entries, of one kind or of all."""

    async def read(unit: Unit) -> list[Any]:
        query = select(journal.c.facts).order_by(journal.c.id)
        rows = await unit.connection.execute(query.where(journal.c.kind == kind) if kind else query)
        return [json.loads(facts) for facts in rows.scalars()]

    return await storage.read(read)


async def seen_by(storage: Storage, *accounts: int) -> list[tuple[str, str]]:
    """Return everything that was queued for these people, drawn with what holds now, so far as anybody may see it."""

    async def read(unit: Unit) -> list[tuple[str, str]]:
        query = select(outbox.c.screen, outbox.c.facts, outbox.c.live).where(outbox.c.chat_id.in_(accounts))
        drawn = []
        for row in await unit.connection.execute(query.order_by(outbox.c.id)):
            kind = LOADERS[row.screen].ref_type if row.live else SCREENS[row.screen].facts_type
            facts = load(kind, row.facts)
            shown = await LOADERS[row.screen].load(unit, facts) if row.live else facts
            if shown is not None:
                drawn.append((row.screen, repr(render(shown, storage.association))))
        return drawn

    return await storage.read(read)


async def test_the_secretariat_cannot_tell_which(
    association: Association, clock: TurnableClock, databases: Databases
) -> None:
    """Two evenings that differ in the instruction alone look the same to secretariat, chair, groups and journal."""
    looks = []
    for stance in (Stance.FOR, Stance.AGAINST, Stance.FREE):
        async with databases.database() as url, Storage.open(url, association, clock) as storage:
            evening = await evening_of(storage, clock)
            await given(evening, "2", stance)
            proxy_id = await evening.granted("Deventer", "Assen")
            await evening.act(granting.instruct_proxy, WHO, proxy_id, None, instructed=True)
            await given(evening, "3", stance)
            await evening.open()
            await evening.arrive("Assen")
            motion_id = await evening.put_to_vote("2")
            await evening.cast(motion_id, "Deventer", Choice.FOR, by=HOLDER)
            looks.append((await seen_by(storage, OFFICE, CHAIR), await journal_facts(storage)))
            theirs = await seen_by(storage, evening.register.accounts[HOLDER])
            assert any("instructie" in text for _, text in theirs)
    assert looks[0] == looks[1] == looks[2]
