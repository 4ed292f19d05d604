"""What a play needs around it: the simulator and the bot as processes, a folder, a database, and a good end to all."""

import asyncio
import contextlib
import importlib.util
import re
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from assembly.association import Association
from bot.children import Child, child
from bot.complaints import Complaint
from bot.config import PREFIX
from screens.catalogue import gettext as _
from storage.embedded import embedded_postgres

T = TypeVar("T")

ASSOCIATION = Association("Coöperatieve Vereniging Dimpact U.A.", member_article="de gemeente ")
USERNAME = "alvbot"
HOST = "127.0.0.1"

READY_WITHIN = 30.0
"""Seconds for the simulator to start."""

CAUSE_WITHIN = 1.0
"""Seconds in which a process that ends is the cause of what went wrong elsewhere, and is what to complain of."""

_START = re.compile(r"/start ([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Theatre:
    """The simulator at ``url`` and the bot, with the token of the secretariat's first link."""

    url: str
    simulator: Child
    bot: Child
    first_link: str

    async def during(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what ``work`` returns. Raises ``ChildFailed`` as soon as one of the processes ends."""
        return await _while_running(work, self.simulator, self.bot)


@contextlib.asynccontextmanager
async def theatre(directory: Path, database: str, *, port: int, validate: bool) -> AsyncIterator[Theatre]:
    """Start the simulator, prepare the database, and start the bot; stop them at the end, the bot first.

    ``port`` is the simulator's, any free one where it is taken or 0. ``validate`` holds the traffic against aiogram.
    Raises ``Complaint`` where aiogram is missing or the database is in use, and ``ChildFailed``.
    """
    if validate and importlib.util.find_spec("aiogram") is None:
        raise Complaint(_("Validation needs aiogram: run `pip install aiogram`, or leave it out with `--no-validate`."))
    token = f"{secrets.randbelow(10**9) + 10**9}:{secrets.token_urlsafe(26)}"
    address = directory / "simulator.url"
    address.unlink(missing_ok=True)
    simulate = [sys.executable, "-m", "simulator", "--host", HOST, "--port", str(_free(port)), "--token", token]
    simulate += ["--username", USERNAME, "--name", "ALV-assistent", "--port-file", str(address), "--exit-with-parent"]
    if validate:
        simulate.append("--validate")
    async with child("simulator", simulate, directory) as simulator:
        url = await _while_running(_written(address), simulator)
        settings = {
            f"{PREFIX}TOKEN": token,
            f"{PREFIX}API_BASE_URL": url,
            f"{PREFIX}CLOCK_URL": f"{url}/sim/clock",
            f"{PREFIX}DATABASE_URL": database,
            f"{PREFIX}ASSOCIATION_NAME": ASSOCIATION.name,
            f"{PREFIX}MEMBER_ARTICLE": ASSOCIATION.member_article,
            f"{PREFIX}LOG_FORMAT": "json",
        }
        async with child("init", [sys.executable, "-m", "bot", "init"], directory, settings) as init:
            await init.finish()
        found = _START.search(init.written())
        if found is None:
            raise Complaint(_("This database is in use already; name an empty one for the play."))
        run = [sys.executable, "-m", "bot", "run", "--exit-with-parent"]
        async with child("bot", run, directory, settings) as bot:
            yield Theatre(url, simulator, bot, found[1])


async def ending_well(work: Coroutine[Any, Any, T]) -> T:
    """Await ``work``, and let it clean up when this process is told to stop or its terminal closes."""
    task = asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    return await task


@contextlib.contextmanager
def directory_of(chosen: Path | None) -> Iterator[Path]:
    """Give the chosen folder, or a temporary one that is removed at the end. Raises ``Complaint``."""
    if chosen is None:
        with TemporaryDirectory(prefix="alvbot-") as folder:
            yield Path(folder)
        return
    try:
        chosen.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Complaint(_("The folder {folder} cannot be made; choose another.").format(folder=chosen)) from error
    yield chosen.resolve()


@contextlib.contextmanager
def database_of(chosen: str | None, directory: Path) -> Iterator[str]:
    """Give the URL of the database: of the chosen one, of PostgreSQL for "postgres", or of a file in ``directory``."""
    if chosen == "postgres":
        with embedded_postgres(directory / "postgres") as url:
            yield url
    else:
        yield chosen or f"sqlite+aiosqlite:///{directory / 'alvbot.db'}"


async def _while_running(work: Coroutine[Any, Any, T], *children: Child) -> T:
    working = asyncio.create_task(work)
    watching = [asyncio.create_task(running.watch()) for running in children]
    try:
        await asyncio.wait([working, *watching], return_when=asyncio.FIRST_COMPLETED)
        if working.done() and not working.cancelled() and working.exception() and watching:
            await asyncio.wait(watching, timeout=CAUSE_WITHIN)
        for watch in watching:
            if watch.done():
                watch.result()
        return await working
    finally:
        working.cancel()
        for watch in watching:
            watch.cancel()
        await asyncio.gather(working, *watching, return_exceptions=True)


async def _written(file: Path) -> str:
    """Wait until the file is there and return what it says. Raises ``TimeoutError``."""
    async with asyncio.timeout(READY_WITHIN):
        while not file.exists():  # noqa: ASYNC110, ASYNC240 - another process writes it, and a look takes no time
            await asyncio.sleep(0.02)
    return file.read_text(encoding="utf-8")  # noqa: ASYNC240 - one short line


def _free(port: int) -> int:
    """Return the port, or 0 for any where it is taken."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return 0
    return port
