"""A simulated Telegram, a bot that speaks with it, and screens of the tests' own."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import cli
from bot.client import AssemblyBot
from simulator.testing import RunningSimulator, running_simulator
from tests.bot.screens import register_screens
from tests.bot.sending import Json, reader
from tests.support.databases import sqlite_url
from tests.support.process import Run


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    """Run a simulator that checks every request against an independent model of the Bot API."""
    async with running_simulator(validate=True) as simulator:
        yield simulator
        assert not await simulator.log(kind="invalid")


@pytest.fixture
async def bot(sim: RunningSimulator) -> AsyncIterator[AssemblyBot]:
    """Connect the bot; it gives up on an answer after a second."""
    async with AssemblyBot(sim.token, sim.base_url, answer_seconds=1.0) as connected:
        yield connected


@pytest.fixture
def _test_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the screens of ``tests.bot.screens`` beside the real ones."""
    register_screens(monkeypatch)


@pytest.fixture
async def anna(sim: RunningSimulator) -> Json:
    """Let somebody open a chat with the bot."""
    return await reader(sim, "Anna")


@pytest.fixture
def run(
    _restored_logging: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Give a function that runs a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALVBOT_TOKEN", "123456:a-token-that-nobody-knows")
    monkeypatch.setenv("ALVBOT_ASSOCIATION_NAME", "Coöperatie Voorbeeld U.A.")
    monkeypatch.setenv("ALVBOT_API_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ALVBOT_DATABASE_URL", sqlite_url(tmp_path / "data" / "alvbot.db"))

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["alvbot", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return command
