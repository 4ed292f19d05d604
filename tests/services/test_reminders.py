"""Reminders: to whom, when, once, and never about what was done meanwhile."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from assembly.facts.reminders import CallList, Reminder, ReminderRef
from assembly.meetings import Reply
from assembly.members import Role, RoleHeld
from assembly.reminders import Errand, Rung
from assembly.tally import Choice
from services import granting, reminders, replies
from services.reminders import load_reminder, send_reminders
from storage.engine import Storage
from storage.facts import load
from storage.tables import SendState, journal, outbox
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.register import CHAIR, OBSERVER, OFFICE, add_person
from tests.support.sitting import Evening, convened_evening, open_evening, representative

FIRST = datetime(2019, 2, 3, 8, tzinfo=UTC)
"""Nine in the morning in Amsterdam, ten days before the assembly; the next steps are five and two days before it."""

SECOND, THIRD = FIRST + timedelta(days=5), FIRST + timedelta(days=8)


@pytest.fixture
async def evening(storage: Storage, clock: TurnableClock) -> Evening:
    """Give a convened assembly of three members."""
    return await convened_evening(storage, clock, "Assen", "Deventer", "Zwolle")


async def tick(evening: Evening, at: datetime) -> None:
    """Let the clock stand at ``at`` and do what is due."""
    evening.clock.moment = at
    await evening.storage.write(send_reminders)


async def waiting(evening: Evening) -> list[tuple[int, ReminderRef]]:
    """Return the reminders that were queued, by chat."""

    async def rows(unit: Unit) -> list[tuple[int, ReminderRef]]:
        query = select(outbox.c.chat_id, outbox.c.facts).where(outbox.c.screen == "ReminderRef").order_by(outbox.c.id)
        return [(row.chat_id, load(ReminderRef, row.facts)) for row in await unit.connection.execute(query)]

    return await evening.storage.read(rows)


async def steps(evening: Evening) -> list[tuple[int, Errand, Rung]]:
    """Return who was reminded of what at which step, in order of the chats."""
    return sorted((chat_id, ref.errand, ref.rung) for chat_id, ref in await waiting(evening))


async def shown(evening: Evening) -> dict[int, Reminder | CallList | None]:
    """Return what each queued reminder shows now, the newest of each chat."""
    return {chat_id: await evening.storage.write(load_reminder, ref) for chat_id, ref in await waiting(evening)}


async def reply(evening: Evening, member: str, given: Reply) -> None:
    """Let the member's representative reply."""
    await evening.act(replies.give_reply, representative(member), evening.meeting.id, given)


async def test_the_ladder(evening: Evening) -> None:
    """Who has not replied is reminded: first the representative, then the coordinator, then the secretariat calls."""
    register = evening.register
    await reply(evening, "Assen", Reply.COMING)
    await tick(evening, FIRST - timedelta(seconds=1))
    assert await waiting(evening) == []
    await tick(evening, FIRST)
    first = [(register.representative(name), Errand.REPLY, Rung.ACTOR) for name in ("Deventer", "Zwolle")]
    assert await steps(evening) == sorted(first)
    await reply(evening, "Deventer", Reply.ABSENT)
    await tick(evening, SECOND)
    second = [(register.coordinator("Zwolle"), Errand.REPLY, Rung.COORDINATOR)]
    assert await steps(evening) == sorted(first + second)
    await tick(evening, THIRD)
    assert await steps(evening) == sorted([*first, *second, (OFFICE, Errand.REPLY, Rung.OFFICE)])
    called = (await shown(evening))[OFFICE]
    assert isinstance(called, CallList)
    assert [(line.member, [name for name, *_ in line.people]) for line in called.lines] == [
        ("Zwolle", ["portefeuillehouder Zwolle", "coördinator Zwolle"])
    ]
    assert not {CHAIR, OBSERVER} & {chat_id for chat_id, _ in await waiting(evening)}


async def test_a_step_is_taken_once(evening: Evening) -> None:
    """However often the clock ticks, and though it is turned back, nobody is reminded twice of one step."""
    for at in (FIRST, FIRST, FIRST + timedelta(hours=3), FIRST, SECOND, FIRST):
        await tick(evening, at)
    found = await steps(evening)
    assert len(found) == len(set(found)) == 6


async def test_nobody_is_woken(evening: Evening) -> None:
    """A step that becomes due while the bot is down waits for the morning, whenever it comes back at night."""
    for at in (datetime(2019, 2, 3, 19, 0, tzinfo=UTC), datetime(2019, 2, 4, 6, 59, tzinfo=UTC)):
        await tick(evening, at)
        assert await waiting(evening) == []
    await tick(evening, datetime(2019, 2, 4, 7, 0, tzinfo=UTC))
    assert {rung for _, _, rung in await steps(evening)} == {Rung.ACTOR}


async def test_what_was_held_up_until_the_night_waits_for_the_morning(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reminder that Telegram did not take all day is not sent at night, and comes in the morning without another."""

    def machine_time() -> float:
        return evening.clock.moment.timestamp()

    monkeypatch.setattr(reminders, "time", machine_time)
    await evening.storage.write(_deliver)
    await tick(evening, FIRST)
    evening.clock.moment = FIRST + timedelta(hours=13)  # ten in the evening
    row = (await evening.storage.write(_claim, evening, 1))[0]
    assert await evening.storage.write(load_reminder, load(ReminderRef, row.facts)) is None
    await evening.storage.write(lambda unit: unit.outbox.mark_sent(row.id, None))
    assert row.chat_id not in {other.chat_id for other in await evening.storage.write(_claim, evening, 100)}
    evening.clock.moment = FIRST + timedelta(hours=22, minutes=59)
    assert row.chat_id not in {other.chat_id for other in await evening.storage.write(_claim, evening, 100)}
    evening.clock.moment = FIRST + timedelta(hours=23)
    (again,) = [other for other in await evening.storage.write(_claim, evening, 100) if other.chat_id == row.chat_id]
    assert isinstance(await evening.storage.write(load_reminder, load(ReminderRef, again.facts)), Reminder)


async def _deliver(unit: Unit) -> None:
    """Let everything that waits be sent."""
    await unit.connection.execute(update(outbox).values(state=SendState.SENT))


async def _claim(unit: Unit, evening: Evening, limit: int) -> Any:  # noqa: ANN401 - rows of the outbox
    found = await unit.outbox.claim(limit, (), evening.clock.moment.timestamp(), 1e6)
    return [row for row in found if row.screen == "ReminderRef"]


async def test_nothing_that_became_pointless(evening: Evening) -> None:
    """What was done between deciding and sending is not asked for any more: by the reader, a colleague, or a proxy."""
    await tick(evening, FIRST)
    await reply(evening, "Assen", Reply.COMING)
    await evening.act(replies.give_reply, "coördinator Deventer", evening.meeting.id, Reply.ABSENT)
    await evening.grant("Zwolle", "Assen")
    assert set((await shown(evening)).values()) == {None}


async def test_nothing_once_the_assembly_began(evening: Evening) -> None:
    """A bot that was down until the assembly had begun asks nobody whether it comes."""
    await tick(evening, evening.meeting.starts_at + timedelta(seconds=1))
    assert await waiting(evening) == []
    await tick(evening, THIRD)
    evening.clock.moment = evening.meeting.starts_at + timedelta(seconds=1)
    assert set((await shown(evening)).values()) == {None}


async def test_two_steps_at_once(evening: Evening) -> None:
    """After a week of downtime each step is taken; who stands on two of them hears of the later one only."""

    async def both(unit: Unit) -> None:
        held = RoleHeld(Role.COORDINATOR, evening.register.members["Assen"])
        await unit.people.grant_role(evening.register.people[representative("Assen")], held)

    await evening.storage.write(both)
    await tick(evening, SECOND + timedelta(hours=1))
    found = await steps(evening)
    assert [rung for chat_id, _, rung in found if chat_id == evening.register.representative("Assen")] == [
        Rung.COORDINATOR
    ]
    assert {rung for chat_id, _, rung in found if chat_id == evening.register.representative("Zwolle")} == {Rung.ACTOR}


async def test_who_was_convened_later_is_not_reminded_at_once(evening: Evening) -> None:
    """Somebody who got the convocation after a step was due has just read it; the next step reaches it."""
    evening.clock.moment = FIRST + timedelta(hours=2)

    async def join(unit: Unit) -> None:
        held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Assen"])
        person_id = await add_person(unit, "invaller Assen", 7001, held, RoleHeld(Role.COORDINATOR, held.member_id))
        await unit.convocations.add(evening.meeting.id, [person_id])

    await evening.storage.write(join)
    await tick(evening, FIRST + timedelta(hours=3))
    assert 7001 not in {chat_id for chat_id, _ in await waiting(evening)}
    await tick(evening, SECOND)
    assert 7001 in {chat_id for chat_id, _ in await waiting(evening)}


async def test_a_draft_reminds_nobody(storage: Storage, clock: TurnableClock) -> None:
    """Before the convocation, and without an assembly, there is nothing to remind of."""
    clock.moment = FIRST
    await storage.write(send_reminders)
    assert await storage.read(lambda unit: unit.outbox.pending()) == 0


async def test_proxies_on_their_way(evening: Evening) -> None:
    """An announced proxy, one to be signed, one to be answered: whom each waits for, then the coordinator."""
    register = evening.register
    await reply(evening, "Assen", Reply.PROXY)
    await evening.grant("Deventer", "Zwolle", by="coördinator Deventer")
    await tick(evening, SECOND)
    found = {(chat_id, errand) for chat_id, errand, _ in await steps(evening)}
    assert (register.representative("Assen"), Errand.GRANT) in found
    assert (register.representative("Deventer"), Errand.SIGN) in found
    (proxy,) = await evening.proxies()
    await evening.act(granting.sign_proxy, representative("Deventer"), proxy.id, None)
    await tick(evening, SECOND + timedelta(days=2))
    found = {(chat_id, errand) for chat_id, errand, _ in await steps(evening)}
    assert (register.coordinator("Assen"), Errand.GRANT) in found
    assert (register.coordinator("Deventer"), Errand.ANSWER) in found
    assert register.representative("Zwolle") not in {chat for chat, errand in found if errand is Errand.ANSWER}
    assert (await shown(evening))[register.representative("Deventer")] is None


async def test_ballots_also_in_the_evening(storage: Storage, clock: TurnableClock) -> None:
    """While the assembly is open, whoever has not voted is reminded, also after eight; a closed vote reminds nobody."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen", "Deventer")
    clock.moment = datetime(2019, 2, 13, 20, 30, tzinfo=UTC)
    motion = await evening.put_to_vote()
    await evening.cast(motion, "Assen", Choice.FOR)
    await tick(evening, clock.moment + timedelta(minutes=3))
    register = evening.register
    assert await steps(evening) == [(register.representative("Deventer"), Errand.BALLOT, Rung.ACTOR)]
    reminded = (await shown(evening))[register.representative("Deventer")]
    assert isinstance(reminded, Reminder)
    assert reminded.members == ("Deventer",)
    assert reminded.vote
    await tick(evening, clock.moment + timedelta(minutes=6))
    assert (OFFICE, Errand.BALLOT, Rung.OFFICE) in await steps(evening)
    await evening.end_vote(motion)
    await tick(evening, clock.moment + timedelta(minutes=6))
    assert set((await shown(evening)).values()) == {None}


async def test_the_record_tells_who_was_reminded(evening: Evening) -> None:
    """The journal names step, members and people in the transaction that queues."""
    await tick(evening, FIRST)

    async def noted(unit: Unit) -> list[str]:
        return list(
            (await unit.connection.execute(select(journal.c.facts).where(journal.c.kind == "reminded"))).scalars()
        )

    (facts,) = map(json.loads, await evening.storage.read(noted))
    assert (facts["errand"], facts["step"]) == ("reply", "actor")
    people = evening.register.people
    assert facts["people"] == sorted(people[representative(name)] for name in ("Assen", "Deventer", "Zwolle"))
