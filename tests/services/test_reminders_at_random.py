"""Reminders under any downtime: each at most once, never at night, never about what was done, and none lost.

Weeks pass at random around both changes of the clock. The bot is down for hours or days, Telegram is, people act or do
not; a small model of its own says what may and what must be sent.
"""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from assembly.errors import Refusal
from assembly.facts.reminders import CallList, Reminder, ReminderRef
from assembly.meetings import Reply
from assembly.proxies import ProxyState
from assembly.reminders import Errand, Rung
from services import convening, granting, reminders, replies
from services.reminders import load_reminder, send_reminders
from storage.engine import Storage
from storage.facts import load
from storage.tables import meetings
from storage.unit import Unit
from tests.support.assembly import drafted
from tests.support.clock import TurnableClock
from tests.support.register import filled
from tests.support.sitting import OFFICE_NAME, Evening, coordinator, representative

CLOCK = ZoneInfo("Europe/Amsterdam")
MEMBERS = ("Assen", "Deventer", "Emmen", "Zwolle")
DAYS = {Rung.ACTOR: 10, Rung.COORDINATOR: 5, Rung.OFFICE: 2}
SEEDS = range(6)


@dataclass
class Weeks:
    """The weeks before an assembly, step by step; ``sent`` is what left the house, by (person, errand, subject, step).

    ``acted`` replied, and of ``granted`` a proxy was begun: what must be sent to those the model does not say.
    """

    evening: Evening
    dice: random.Random
    convened_at: datetime
    starts_at: datetime
    sent: dict[tuple[int, Errand, int, Rung], datetime] = field(default_factory=dict)
    acted: set[str] = field(default_factory=set)
    granted: set[str] = field(default_factory=set)

    async def pass_by(self) -> None:
        """Let the weeks pass, in steps of minutes to hours and now and then a day and more."""
        clock = self.evening.clock
        while clock.moment < self.starts_at + timedelta(hours=12):
            clock.turn(timedelta(minutes=self.dice.choice((7, 45, 180, 400, 700, 2000))))
            for act in self.dice.choices((None, self.reply, self.proxy), weights=(60, 1, 2)):
                if act:
                    with suppress(Refusal):
                        await act()
            up, line = self.dice.random() < 0.6, self.dice.random() < 0.7
            if up:
                await self.evening.storage.write(send_reminders)
            if up and line:
                await self.send()
                self.check_nothing_lost()

    async def reply(self) -> None:
        """Let somebody reply."""
        member = self.dice.choice(MEMBERS)
        who = self.dice.choice((representative, coordinator))(member)
        given = self.dice.choice((Reply.COMING, Reply.ABSENT, Reply.REMOTE))
        await self.evening.act(replies.give_reply, who, self.evening.meeting.id, given)
        self.acted.add(member)

    async def proxy(self) -> None:
        """Let somebody prepare, sign, accept or decline a proxy."""
        proxies = await self.evening.proxies()
        if proxies and self.dice.random() < 0.7:
            proxy = self.dice.choice(proxies)
            names = {person_id: name for name, person_id in self.evening.register.people.items()}
            members = {member_id: name for name, member_id in self.evening.register.members.items()}
            if proxy.state is ProxyState.PREPARED:
                await self.evening.act(granting.sign_proxy, representative(members[proxy.member_id]), proxy.id, None)
            else:
                answer = self.dice.choice((granting.accept_proxy, granting.decline_proxy))
                await self.evening.act(answer, names[proxy.holder_id], proxy.id, None)
        else:
            member, other = self.dice.sample(MEMBERS, 2)
            by = self.dice.choice((representative, coordinator))(member)
            await self.evening.grant(member, other, by=by)
            self.granted.add(member)

    async def send(self) -> None:
        """Send what waits, as the sender does, and hold each reminder against the model."""
        evening = self.evening
        now = evening.clock.moment.timestamp()
        while rows := await evening.storage.write(lambda unit: unit.outbox.claim(50, (), now, 1e9)):
            for row in rows:
                if row.screen == "ReminderRef":
                    ref = load(ReminderRef, row.facts)
                    shown = await evening.storage.write(load_reminder, ref)
                    if shown is not None:
                        await self.check(ref, shown)
                await evening.storage.write(_mark, row.id)

    async def check(self, ref: ReminderRef, shown: Reminder | CallList) -> None:
        """Once, by day, before the assembly, and only for what is still to be done."""
        now = self.evening.clock.moment
        key = (ref.person_id, ref.errand, ref.subject_id, ref.rung)
        assert key not in self.sent, "a step was sent twice"
        self.sent[key] = now
        assert time(8) <= now.astimezone(CLOCK).time() < time(20), "somebody was woken"
        assert now <= self.starts_at
        assert now >= self.due(ref.rung, ref.errand)
        named = shown.members if isinstance(shown, Reminder) else tuple(line.member for line in shown.lines)
        proxies = {proxy.member_id: proxy.state for proxy in await self.evening.proxies()}
        for member in named:
            state = proxies.get(self.evening.register.members[member])
            if ref.errand is Errand.REPLY:
                assert member not in self.acted, "somebody was reminded of a reply that was given"
                assert state is None
            else:
                assert state is {Errand.SIGN: ProxyState.PREPARED, Errand.ANSWER: ProxyState.OFFERED}[ref.errand]

    def due(self, rung: Rung, errand: Errand = Errand.REPLY) -> datetime:
        """Return when a step is due, computed day by day."""
        days = DAYS[rung] if errand is Errand.REPLY else {Rung.ACTOR: 5, Rung.COORDINATOR: 3, Rung.OFFICE: 1}[rung]
        day = self.starts_at.astimezone(CLOCK).date()
        return datetime(day.year, day.month, day.day, 9, tzinfo=CLOCK) - timedelta(days=days)  # on the wall clock

    def check_nothing_lost(self) -> None:
        """After a look by day with Telegram there, whoever never acted has heard of every step that is due."""
        now = self.evening.clock.moment
        if not (time(8) <= now.astimezone(CLOCK).time() < time(20) and now <= self.starts_at):
            return
        silent = set(MEMBERS) - self.acted - self.granted
        people = {Rung.ACTOR: representative, Rung.COORDINATOR: coordinator}
        for member in silent:
            for rung, who in people.items():
                if self.convened_at < self.due(rung) <= now:
                    key = (self.evening.register.people[who(member)], Errand.REPLY, 0, rung)
                    assert key in self.sent, f"{who(member)} never heard of {rung}"
        if silent and self.due(Rung.OFFICE) <= now:
            assert (self.evening.register.people[OFFICE_NAME], Errand.REPLY, 0, Rung.OFFICE) in self.sent


async def _mark(unit: Unit, row_id: int) -> None:
    await unit.outbox.mark_sent(row_id, None)


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2026, 10, 27)], ids=["spring", "autumn"])
@pytest.mark.parametrize("seed", SEEDS)
async def test_any_downtime(
    storage: Storage, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch, day: date, seed: int
) -> None:
    """Each person gets each step at most once and never after acting, and nothing that is of use gets lost."""

    def machine_time() -> float:
        return clock.moment.timestamp()

    monkeypatch.setattr(reminders, "time", machine_time)
    register = await filled(storage, *MEMBERS)
    meeting = await drafted(storage, clock)
    starts_at = datetime(day.year, day.month, day.day, 18, tzinfo=CLOCK).astimezone(UTC)

    async def move(unit: Unit) -> None:
        await unit.connection.execute(update(meetings).values(starts_at=starts_at))

    await storage.write(move)
    clock.moment = starts_at - timedelta(days=20)
    await storage.write(convening.convene, register.accounts[OFFICE_NAME], meeting.id, None)
    weeks = Weeks(Evening(storage, clock, register, meeting), random.Random(seed), clock.moment, starts_at)  # noqa: S311 - a test's own dice
    await weeks.pass_by()
    assert weeks.sent, "a history in which nobody is reminded shows nothing"

    async def left(unit: Unit) -> int:
        return await unit.outbox.pending()

    clock.turn(timedelta(days=1))
    await weeks.send()
    assert await storage.read(left) == 0
