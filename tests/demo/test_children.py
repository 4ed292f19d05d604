"""Child processes: watched, stopped whatever happens, and without our own settings."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot import children
from bot.children import Child, ChildFailed, child
from tests.support.waiting import until

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
FAITHFUL = """
import asyncio, signal
from bot.children import end_with_parent

async def run():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    end_with_parent()
    print("up", flush=True)
    await stop.wait()
    print("down", flush=True)

asyncio.run(run())
"""


def python(code: str) -> list[str]:
    """Return the command that runs ``code``."""
    return [sys.executable, "-c", code]


async def up(running: Child) -> None:
    """Wait until the child says that it runs."""

    async def says_so() -> bool:
        return "up" in running.written()

    await until(says_so)


async def test_a_child_that_ends_is_noticed(tmp_path: Path) -> None:
    """Who watches a child hears that it ended, with its name, its status and the last that it wrote."""
    code = "import sys; [print('line', n) for n in range(40)]; sys.exit(3)"
    async with child("helper", python(code), tmp_path) as running:
        with pytest.raises(ChildFailed, match=r"(?s)^helper \(3\):\nline 25\n.*line 39$"):
            await running.watch()


async def test_a_child_stops_at_the_end(tmp_path: Path) -> None:
    """A child gets the time to end well."""
    async with child("helper", python(FAITHFUL), tmp_path) as running:
        await up(running)
    assert running.written() == "up\ndown\n"


async def test_a_child_that_does_not_stop_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that ignores the request is killed, and that is not taken for a good end."""
    monkeypatch.setattr(children, "STOP_WITHIN", 0.1)
    with pytest.raises(ChildFailed, match=r"^helper \(-9\):\nup$"):
        async with child("helper", python(STUBBORN), tmp_path) as running:
            await up(running)


async def test_a_child_stops_when_we_are_cancelled(tmp_path: Path) -> None:
    """Cancelling leaves no process behind."""
    running: list[Child] = []

    async def work() -> None:
        async with child("helper", python(FAITHFUL), tmp_path) as started:
            running.append(started)
            await up(started)
            await asyncio.Event().wait()

    task = asyncio.create_task(work())

    async def is_up() -> bool:
        return bool(running) and "up" in running[0].written()

    await until(is_up)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "down" in running[0].written()


async def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    """When the pipe from the parent closes, as it does when the parent is killed, the child ends by itself."""
    async with child("helper", python(FAITHFUL), tmp_path) as running:
        await up(running)
        assert running._process.stdin is not None
        running._process.stdin.close()
        await running.finish()
    assert running.written() == "up\ndown\n"


async def test_a_child_has_only_the_settings_that_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real token or a settings file of ours never reaches the demo."""
    monkeypatch.setenv("ALVBOT_TOKEN", "1:real")
    monkeypatch.setenv("ALVBOT_CONFIG", "/etc/alvbot.toml")
    code = "import os; print(sorted(n for n in os.environ if n.startswith('ALVBOT_')), os.listdir())"
    async with child("helper", python(code), tmp_path, {"ALVBOT_LOG_LEVEL": "INFO"}) as running:
        await running.finish()
    assert running.written() == "['ALVBOT_LOG_LEVEL'] ['helper.log']\n"
