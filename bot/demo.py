"""``alvbot demo`` and ``alvbot play``: the bot at work in a simulated Telegram, with simulated people."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import Console

from bot.children import ChildFailed
from bot.complaints import Complaint
from bot.theatre import ASSOCIATION, Theatre, database_of, directory_of, ending_well, theatre
from bot.verdict import all_sent, logged_findings, stored_findings, wire_findings
from demo import evening
from demo.client import NotSeen, Simulator
from demo.narrator import Narrator
from demo.recount import recount
from screens.catalogue import gettext as _

Entries = list[dict[str, Any]]


@dataclass(frozen=True)
class Options:
    """How to play.

    ``database`` is a URL, "postgres" for the embedded one, or ``None`` for a new SQLite file. ``data`` is a folder that
    keeps everything; without it all is removed at the end. ``port`` is the page's, 0 for any. ``pace`` are the seconds
    that an audience gets to read each piece. ``empty`` sets up only.
    """

    database: str | None = None
    data: Path | None = None
    seed: int = 1
    port: int = 0
    validate: bool = True
    pace: float = 0
    empty: bool = False


@dataclass(frozen=True)
class Scene:
    """What the commands work with while the processes run."""

    options: Options
    directory: Path
    database: str
    theatre: Theatre
    simulator: Simulator
    console: Console

    async def play(self) -> None:
        """Play the evening, or only its first step for an empty one, and keep the transcript."""
        narrator = Narrator(self.console, self.options.pace)
        try:
            stage = await evening.set_up(self.simulator, narrator, self.options.seed, self.directory)
            if self.options.empty:
                await evening.begin(stage, self.theatre.first_link)
            else:
                await evening.play(stage, self.theatre.first_link)
        except NotSeen as missed:
            await self.keep()  # what happened instead is in there
            errors = logged_findings(self.theatre.bot.log)
            raise Complaint("\n".join([_("The play got stuck:"), str(missed), *errors])) from missed

    async def keep(self) -> Entries:
        """Write the transcript and everything that went over the line, and return the latter."""
        entries = await self.simulator.log()
        self.console.save_text(str(self.directory / "verslag.txt"), clear=False)
        log = json.dumps(entries, ensure_ascii=False, indent=1)
        (self.directory / "telegram.json").write_text(log, encoding="utf-8")
        return entries

    def recount(self, entries: Entries) -> list[str]:
        """Recount the votes, print what was counted, and return what does not fit."""
        counted = recount(entries)
        for item in counted.results:
            figures = ", ".join(f"{choice} {number}" for choice, number in counted.counts(item).items())
            self.console.print(_("Recount of item {item}: {figures}.").format(item=item, figures=figures))
        return counted.differences


def demonstrate(options: Options) -> None:
    """Play the evening and keep the chats open until Ctrl-C. Raises ``Complaint`` where it cannot be played."""
    try:
        _with_scene(options, _keep_open)
    except KeyboardInterrupt:
        Console().print(_("The demo has stopped."))


def prove(options: Options) -> None:
    """Play the evening and hold it against the recount.

    Raises ``Complaint`` where anything does not fit, and ``KeyboardInterrupt`` when it is stopped before its end.
    """
    findings = _with_scene(options, _hold_against_recount)
    if findings:
        raise Complaint("\n".join([_("The play does not hold:"), *findings]))
    Console().print(_("✅ The results equal the recount, and everything else is sound."))


def _with_scene(options: Options, act: Callable[[Scene], Awaitable[list[str]]]) -> list[str]:
    async def run(directory: Path, database: str) -> list[str]:
        async with (
            theatre(directory, database, port=options.port, validate=options.validate) as running,
            Simulator(running.url) as simulator,
        ):
            return await act(Scene(options, directory, database, running, simulator, Console(record=True)))

    try:
        with directory_of(options.data) as directory, database_of(options.database, directory) as database:
            return asyncio.run(ending_well(run(directory, database)))
    except ChildFailed as failed:
        raise Complaint("\n".join([_("A part of the demo has stopped:"), str(failed)])) from failed
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None  # the process was told to stop, which is as good as Ctrl-C


async def _keep_open(scene: Scene) -> list[str]:
    async def play_and_stay() -> list[str]:
        await scene.play()
        scene.recount(await scene.keep())
        scene.console.print(_("The chats are open at {url}. Stop with Ctrl-C.").format(url=scene.theatre.url))
        scene.console.print(_("Register, papers and logs are in {folder}.").format(folder=scene.directory))
        await asyncio.Event().wait()
        return []

    return await scene.theatre.during(play_and_stay())


async def _hold_against_recount(scene: Scene) -> list[str]:
    """Return what does not fit."""
    started = monotonic()
    await scene.theatre.during(scene.play())
    took = round(monotonic() - started)
    await scene.theatre.during(all_sent(scene.database, ASSOCIATION))
    await scene.theatre.bot.stop()
    entries = await scene.keep()
    differences = scene.recount(entries)
    kinds = [entry["kind"] for entry in entries]
    numbers = {"presses": kinds.count("press"), "requests": kinds.count("request")}
    scene.console.print(
        _("{presses} presses and {requests} requests in {seconds} seconds.").format(**numbers, seconds=took)
    )
    return [
        *differences,
        *wire_findings(entries),
        *logged_findings(scene.theatre.bot.log),
        *await stored_findings(scene.database, ASSOCIATION),
    ]
