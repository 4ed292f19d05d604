"""When a holder fails: who is told, once, and how the vote is cast after all by one tap."""

from datetime import timedelta
from typing import Any

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.proxies import SeatsRef, SeatWarning
from assembly.meetings import Reply
from assembly.members import Role, RoleHeld
from assembly.proxies import ProxyState
from services import granting, replacing
from services.answers import answers
from services.lapses import lapse_ended
from services.own_seats import load_seats
from services.replacing import raise_alarms
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.sitting import Evening, by_statutes, convened_evening, coordinator, open_evening, representative

GRANTOR, HOLDER = representative("Kampen"), representative("Zwolle")
MEMBERS = ("Assen", "Kampen", "Zwolle")


async def news(evening: Evening, who: str) -> list[dict[str, Any]]:
    """Return the news about proxies that somebody was told, in order."""
    told = await queued(evening.storage, evening.register.accounts[who])
    return [facts for name, facts in told if name == "ProxyNews"]


async def times(evening: Evening, who: str, event: str) -> int:
    """Return how often somebody was told of an event."""
    return [facts["event"] for facts in await news(evening, who)].count(event)


async def granted(storage: Storage, clock: TurnableClock) -> tuple[Evening, int]:
    """Open an assembly for which Kampen gave its vote to Zwolle's representative."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    proxy_id = await evening.granted("Kampen", "Zwolle")
    await evening.open()
    return evening, proxy_id


async def test_a_holder_that_does_not_come(storage: Storage, clock: TurnableClock) -> None:
    """Ten minutes after the opening the grantor's side and the secretariat hear it, once."""
    evening, _ = await granted(storage, clock)
    await evening.arrive("Assen")
    clock.turn(timedelta(minutes=9, seconds=59))
    await storage.write(raise_alarms)
    assert await times(evening, GRANTOR, "holder_absent") == 0
    clock.turn(timedelta(seconds=1))
    for _ in range(3):
        await storage.write(raise_alarms)
    for who in (GRANTOR, coordinator("Kampen"), "Regiebureau"):
        assert await times(evening, who, "holder_absent") == 1
    ways = (await news(evening, GRANTOR))[-1]["replacing"]
    assert ways["votes_self"] is True
    assert [holder["name"] for holder in ways["suggestions"]] == [representative("Assen"), coordinator("Kampen")]
    assert (await news(evening, coordinator("Kampen")))[-1]["replacing"]["votes_self"] is False
    assert (await news(evening, "Regiebureau"))[-1]["replacing"] is None
    shown = await storage.read(load_seats, SeatsRef(evening.meeting.id, evening.register.people[GRANTOR]))
    assert shown is not None
    assert shown.own[0].warnings == (SeatWarning.HOLDER_ABSENT,)


async def test_who_is_there_fails_nobody(storage: Storage, clock: TurnableClock) -> None:
    """With the holder in the room, or the grantor itself, there is no alarm; one that leaves is told at once, once."""
    evening, _ = await granted(storage, clock)
    await evening.arrive("Zwolle")
    clock.turn(timedelta(minutes=5))
    await storage.write(raise_alarms)
    assert await times(evening, GRANTOR, "holder_absent") == 0
    await evening.leave("Zwolle")
    clock.turn(timedelta(minutes=20))
    await storage.write(raise_alarms)
    assert (await times(evening, GRANTOR, "holder_left"), await times(evening, GRANTOR, "holder_absent")) == (1, 0)
    await evening.arrive("Zwolle")
    await storage.write(raise_alarms)
    await evening.leave("Zwolle")
    assert await times(evening, GRANTOR, "holder_left") == 2


async def test_a_grantor_that_comes_needs_no_alarm(storage: Storage, clock: TurnableClock) -> None:
    """Whose own representative is there misses no holder."""
    evening, _ = await granted(storage, clock)
    await evening.arrive("Kampen")
    clock.turn(timedelta(minutes=20))
    await storage.write(raise_alarms)
    assert await times(evening, GRANTOR, "holder_absent") == 0


async def test_a_holder_that_blocked_the_assistant(storage: Storage, clock: TurnableClock) -> None:
    """Who cannot be reached is told before the assembly already, and again after it was back for a while."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    await evening.granted("Kampen", "Zwolle")
    account = evening.register.accounts[HOLDER]
    for count in (1, 2):
        await storage.write(lambda unit: unit.people.set_reachable(account, reachable=False))
        for _ in range(2):
            await storage.write(raise_alarms)
        assert await times(evening, GRANTOR, "holder_unreachable") == count
        await storage.write(lambda unit: unit.people.set_reachable(account, reachable=True))
        await storage.write(raise_alarms)


async def test_replaced_by_one_tap(storage: Storage, clock: TurnableClock) -> None:
    """The old proxy ends and the new one is signed in one act; the old holder hears it; the seat has one carrier."""
    evening, proxy_id = await granted(storage, clock)
    await evening.arrive("Assen")
    people, members = evening.register.people, evening.register.members
    whom = (people[representative("Assen")], members["Assen"])
    with pytest.raises(errors.NotEntitledToSign):
        await evening.act(replacing.replace_holder, coordinator("Kampen"), proxy_id, *whom, None)
    await evening.act(replacing.replace_holder, GRANTOR, proxy_id, *whom, None)
    assert (await evening.proxy(proxy_id)).state is ProxyState.REVOKED
    assert (await news(evening, HOLDER))[-1]["event"] == "revoked"
    (new,) = await evening.proxies()
    await evening.act(granting.accept_proxy, representative("Assen"), new.id, None)
    assert (await evening.carriers())["Kampen"] == representative("Assen")


async def test_a_refused_replacement_changes_nothing(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """Where the other holder carries the maximum already, the old proxy stands as it was."""
    async with by_statutes(database_url, association, clock, proxy_maximum=1) as storage:
        evening = await open_evening(storage, clock, *MEMBERS, "Deventer")
        proxy_id = await evening.granted("Kampen", "Zwolle")
        await evening.granted("Deventer", "Assen")
        whom = (evening.register.people[representative("Assen")], evening.register.members["Assen"])
        with pytest.raises(errors.ProxyLimit):
            await evening.act(replacing.replace_holder, GRANTOR, proxy_id, *whom, None)
        assert (await evening.proxy(proxy_id)).state is ProxyState.ACCEPTED


async def test_after_a_refusal_the_suggestion_grants(storage: Storage, clock: TurnableClock) -> None:
    """A holder that declined is replaced by the same tap, also by who may only prepare."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    proxy_id = await evening.grant("Kampen", "Zwolle")
    await evening.act(granting.decline_proxy, HOLDER, proxy_id, None)
    ways = (await news(evening, coordinator("Kampen")))[-1]["replacing"]
    chosen = ways["suggestions"][-1]
    await evening.act(
        replacing.replace_holder, coordinator("Kampen"), proxy_id, chosen["person_id"], chosen["member_id"], None
    )
    (new,) = await evening.proxies()
    assert (new.holder_id, new.state) == (evening.register.people[representative("Assen")], ProxyState.PREPARED)


async def test_vote_oneself(storage: Storage, clock: TurnableClock) -> None:
    """Before the opening it revokes and replies, while the assembly sits it checks in; only for a representative."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    proxy_id = await evening.granted("Kampen", "Zwolle")
    with pytest.raises(errors.NotYourMember):
        await evening.act(replacing.vote_self, coordinator("Kampen"), proxy_id)
    await evening.act(replacing.vote_self, GRANTOR, proxy_id)
    assert await evening.proxies() == ()
    said = await storage.read(lambda unit: answers(unit, evening.meeting.id))
    assert said[evening.register.members["Kampen"]].reply is Reply.REMOTE
    proxy_id = await evening.granted("Kampen", "Zwolle")
    await evening.open()
    await evening.act(replacing.vote_self, GRANTOR, proxy_id)
    assert (await evening.carriers())["Kampen"] == GRANTOR
    assert (await evening.proxy(proxy_id)).state is ProxyState.ACCEPTED


async def test_who_sees_the_ways(storage: Storage, clock: TurnableClock) -> None:
    """A party of the member asks for a replacement; others, and of an ended proxy, do not."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    proxy_id = await evening.granted("Kampen", "Zwolle")
    await evening.act(replacing.ask_replacement, coordinator("Kampen"), proxy_id)
    name, facts = (await queued(storage, evening.register.coordinator("Kampen")))[-1]
    assert (name, facts["holder"]) == ("ReplacementAsked", HOLDER)
    with pytest.raises(errors.NotYourMember):
        await evening.act(replacing.ask_replacement, HOLDER, proxy_id)
    await evening.act(granting.revoke_proxy, GRANTOR, proxy_id, None)
    with pytest.raises(errors.ProxyMovedOn):
        await evening.act(replacing.ask_replacement, GRANTOR, proxy_id)


async def test_a_holder_without_its_role_is_told_of(storage: Storage, clock: TurnableClock) -> None:
    """A holder whose role ended leaves the grantor's side a way on too."""
    evening, _ = await granted(storage, clock)
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Zwolle"])
    await storage.write(lambda unit: unit.people.end_role(evening.register.people[HOLDER], held))
    await storage.write(lapse_ended)
    told = (await news(evening, GRANTOR))[-1]
    assert (told["event"], told["replacing"]["votes_self"]) == ("holder_ended", True)
