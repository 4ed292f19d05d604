"""The theatre: simulator and bot run together, one answers for the other, and nothing is left running."""

import asyncio
import importlib.util
import re
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from bot import theatre as module
from bot.children import ChildFailed
from bot.complaints import Complaint
from bot.theatre import ASSOCIATION, Theatre, directory_of, theatre
from demo.client import Simulator
from services.registration import first_secretariat
from storage import migrate
from storage.clock import SystemClock
from storage.engine import Storage
from storage.unit import Unit
from tests.support.waiting import until


def database(folder: Path) -> str:
    """Name a database file in ``folder``."""
    return f"sqlite+aiosqlite:///{folder / 'alvbot.db'}"


async def kill_bot(running: Theatre) -> None:
    """Let the bot crash."""
    running.bot._process.kill()
    await asyncio.Event().wait()


async def test_a_crash_of_the_bot_ends_the_play(tmp_path: Path) -> None:
    """Bot and simulator run together; where the bot crashes, that is said, and the simulator ends well."""
    async with theatre(tmp_path, database(tmp_path), port=0, validate=False) as running:
        async with Simulator(running.url) as simulator:
            assert await simulator.log()

        async def is_ready() -> bool:
            return "ready" in running.bot.written()

        await until(is_ready, within=20)
        with pytest.raises(ChildFailed, match=r"(?s)^bot \(-9\):.*ready"):
            await running.during(kill_bot(running))
    assert running.simulator._process.returncode == 0


async def test_a_database_in_use_is_refused(tmp_path: Path) -> None:
    """A play never touches the data of an association that has registered."""
    url = database(tmp_path)
    await migrate.upgrade(url)

    async def register(unit: Unit) -> None:
        await first_secretariat(unit, "Regiebureau")
        await unit.people.bind(1, 777)

    async with Storage.open(url, ASSOCIATION, SystemClock()) as storage:
        await storage.write(register)
    with pytest.raises(Complaint, match="al in gebruik"):
        async with theatre(tmp_path, url, port=0, validate=False):
            pytest.fail("it was played all the same")


async def test_validation_needs_aiogram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without aiogram the sentence says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Complaint, match="pip install aiogram"):
        async with theatre(tmp_path, database(tmp_path), port=0, validate=True):
            pytest.fail("it was played all the same")


def test_another_port_is_taken_where_one_is_busy() -> None:
    """A port that somebody uses gives way to any free one."""
    with socket.create_server((module.HOST, 0)) as busy:
        assert module._free(busy.getsockname()[1]) == 0
    assert module._free(0) == 0


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file where the folder should be is a plain sentence."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(Complaint, match="kan niet worden gemaakt"), directory_of(tmp_path / "taken"):
        pytest.fail("it was used all the same")


def test_a_temporary_folder_is_removed() -> None:
    """Without a folder to keep, nothing is left."""
    with directory_of(None) as folder:
        (folder / "file").write_text("", encoding="utf-8")
    assert not folder.exists()


async def test_demo_answers_until_it_is_stopped(tmp_path: Path) -> None:
    """`alvbot demo --empty` shows the first question in a chat, serves the page, and stops whole when told to."""
    command = [sys.executable, "-m", "bot", "demo", "--empty", "--port", "0", "--data", str(tmp_path)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True
    )
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(40):
        while "Ctrl-C" not in said:
            line = await process.stdout.readline()
            assert line, said
            said += line.decode()
    assert "Ja, dat ben ik" in said
    address = re.search(r"http://\S+\d", said)
    assert address is not None
    async with aiohttp.ClientSession() as session:
        async with session.get(address[0]) as page:
            assert page.status == 200
        process.send_signal(signal.SIGTERM)
        rest, _ = await process.communicate()
        assert "De demo is gestopt." in rest.decode()
        assert process.returncode == 0
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(address[0])
    kept = {file.name for file in await asyncio.to_thread(lambda: list(tmp_path.iterdir()))}
    assert {"leden.csv", "Bijlage_4.pdf", "verslag.txt", "bot.log"} <= kept
