"""This bot without its database: everything that comes in is parsed, handled and answered, and nothing is stored.

``python -m bench.forgetful`` takes the settings of ``alvbot run`` from the environment.
"""

import asyncio
import gc
import signal
from collections.abc import Callable
from typing import Any, cast

from assembly.facts.voting import Receipt
from bot.app import open_intake
from bot.application import build_application
from bot.client import AssemblyBot
from bot.config import Settings
from bot.handling import Handling
from bot.logs import configure
from handlers import routes
from services.ballots import cast_ballot
from storage.engine import Storage  # noqa: TC001 - named in a cast


class Forgetful:
    """What looks like the storage to the handlers and remembers nothing."""

    def __init__(self, settings: Settings) -> None:
        self.association = settings.association()

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Never call anybody."""

    async def read(self, *_args: object, **_options: object) -> tuple[()]:
        """Find nothing."""
        return ()

    async def write(self, service: object, *args: Any, **_options: object) -> object:  # noqa: ANN401 - the service's own
        """Say of a vote that it stands."""
        if service is not cast_ballot:
            raise NotImplementedError
        return Receipt("Lid", args[-1], args[-1])


async def run() -> None:
    """Run until SIGTERM."""
    settings = Settings()  # type: ignore[call-arg]  # from the environment
    configure(settings.log_level, settings.log_format)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    bot = AssemblyBot(settings.token.get_secret_value(), settings.api_base_url)
    application = build_application(bot, cast("Storage", Forgetful(settings)))
    routes.bind(application)
    async with open_intake(settings, Handling(application, bot), bot) as intake:
        await bot.initialize()
        async with application:
            await intake.run(stop)


if __name__ == "__main__":
    gc.freeze()  # as ``alvbot run`` does
    asyncio.run(run())
