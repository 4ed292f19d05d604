"""Moments: aware in, aware in UTC out, also where the clock is turned back."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from storage.clock import SystemClock
from storage.engine import Storage
from storage.tables import chats
from storage.unit import Unit

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


async def keep(unit: Unit, *moments: datetime) -> None:
    """Store moments in order."""
    for number, moment in enumerate(moments):
        values = {"chat_id": number, "kind": "group", "title": "ALV", "linked_at": moment}
        await unit.connection.execute(insert(chats).values(values))


async def kept(unit: Unit) -> list[datetime]:
    """Return the moments, the earliest first."""
    return list((await unit.connection.execute(select(chats.c.linked_at).order_by(chats.c.linked_at))).scalars())


async def test_naive_moment_is_refused(storage: Storage) -> None:
    """A moment without a time zone is not stored: it would mean something else on each machine."""
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        await storage.write(keep, datetime(2019, 2, 13, 18, 0))  # noqa: DTZ001 - that is what must be refused


async def test_moments_come_back_in_utc(storage: Storage) -> None:
    """Whatever zone a moment came in, the same moment comes back, in UTC and to the microsecond."""
    moments = [
        datetime(2019, 2, 13, 18, 0, 0, 123456, tzinfo=AMSTERDAM),
        datetime(2019, 2, 13, 18, 0, tzinfo=UTC),
        datetime(2019, 2, 13, 13, 30, tzinfo=timezone(timedelta(hours=-5, minutes=-30))),
    ]
    await storage.write(keep, *moments)
    found = await storage.read(kept)
    assert found == moments
    assert {moment.tzinfo for moment in found} == {UTC}


async def test_moments_around_the_turning_of_the_clock(storage: Storage) -> None:
    """In the hour that comes twice, and across the one that is skipped, moments keep their order and their distance."""
    autumn = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    spring = datetime(2026, 3, 29, 1, 59, tzinfo=AMSTERDAM)
    moments = [
        spring,
        datetime(2026, 3, 29, 3, 1, tzinfo=AMSTERDAM),
        autumn.replace(fold=0),
        autumn.replace(fold=1),
    ]
    await storage.write(keep, *reversed(moments))
    found = await storage.read(kept)
    assert found == [moment.astimezone(UTC) for moment in moments]
    assert found[1] - found[0] == timedelta(minutes=2)
    assert found[3] - found[2] == timedelta(hours=1)


async def test_no_moment(storage: Storage) -> None:
    """No moment is stored and comes back as none."""

    async def unlinked(unit: Unit) -> datetime | None:
        moment: datetime | None = (await unit.connection.execute(select(chats.c.unlinked_at))).scalar_one()
        return moment

    await storage.write(keep, datetime(2019, 2, 13, tzinfo=UTC))
    assert await storage.read(unlinked) is None


async def test_system_clock_is_in_utc() -> None:
    """The machine's clock tells the present moment, aware and in UTC."""
    before = datetime.now(UTC)
    now = await SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
