"""Bots that die at a chosen point, and what goes on around them."""

import asyncio
import signal
from typing import Protocol

from tests.proof.doomed import Doom, run
from tests.support.forking import Forked
from tests.support.waiting import until

PATIENCE = 20.0
"""Seconds that the bot gets to come to the point at which it dies; a loaded machine is slow."""

SILENT = 0.4
"""Seconds without any work after which the point will not come in this life."""


class Scene(Protocol):
    """What goes on around the bot."""

    async def stir(self) -> None:
        """Give the bot something to do."""

    async def everything_in(self) -> bool:
        """Whether nothing waits any more."""


async def dies(doom: Doom, scene: Scene) -> bool:
    """Let a bot run until it dies at its point; return whether it did, or had to be ended when all was quiet."""
    bot = await Forked.start(run, doom)
    ending = asyncio.create_task(bot.wait())
    await scene.stir()
    quiet = asyncio.create_task(_quiet(scene))
    await asyncio.wait({ending, quiet}, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
    quiet.cancel()
    came = ending.done()
    if not came:
        bot.kill()
    async with asyncio.timeout(PATIENCE):
        status = await ending
    assert status == -signal.SIGKILL, f"the bot ended by itself with {status}"
    return came


async def runs(doom: Doom, scene: Scene) -> None:
    """Let a bot run until everything is in, and end it in good order."""
    bot = await Forked.start(run, doom)
    await until(scene.everything_in, 120)
    bot.terminate()
    async with asyncio.timeout(PATIENCE):
        # The latter where all was in already, and it was told to stop before it listened for that.
        assert await bot.wait() in {0, -signal.SIGTERM}


async def _quiet(scene: Scene) -> None:
    """Return when nothing has waited for a while."""
    calm = 0.0
    while calm < SILENT:
        await asyncio.sleep(0.1)
        calm = calm + 0.1 if await scene.everything_in() else 0.0
