"""The clock of the simulator is the clock of the whole process."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import RemoteClock
from simulator.testing import RunningSimulator


async def test_shows_the_simulators_time(sim: RunningSimulator) -> None:
    """Each question gets the present moment, aware and in UTC, also after the clock was turned."""
    async with RemoteClock(f"{sim.base_url}/sim/clock") as clock:
        for moment in ("2019-02-13T17:00:00Z", "2019-03-31T00:59:59Z"):
            await sim.set_clock(moment)
            shown = await clock.now()
            assert timedelta() <= shown - datetime.fromisoformat(moment) < timedelta(seconds=5)
            assert shown.tzinfo is UTC


async def test_clock_that_does_not_answer(sim: RunningSimulator) -> None:
    """A clock that cannot be read is an ``OSError``, which the storage takes for a database that is away."""
    for url in ("http://127.0.0.1:9/sim/clock", f"{sim.base_url}/sim/nowhere"):
        async with RemoteClock(url) as clock:
            with pytest.raises(OSError, match=r"the clock does not answer|127\.0\.0\.1"):
                await clock.now()


async def test_clock_that_is_closed() -> None:
    """A clock is read between its opening and its end only."""
    with pytest.raises(RuntimeError):
        await RemoteClock("http://127.0.0.1:9/").now()
