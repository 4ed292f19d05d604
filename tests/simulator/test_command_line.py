"""The simulator as a process of its own."""

import asyncio
import sys
from pathlib import Path

import aiohttp


async def _run(*options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", *options,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_starts_says_where_and_stops(tmp_path: Path) -> None:
    """It prints its address when it is ready, writes it to a file, serves its bot, and stops with its parent."""
    port_file = tmp_path / "address"
    options = ("--token", "77:secret", "--username", "alvbot", "--port-file", str(port_file), "--exit-with-parent")
    process = await _run(*options)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    url = line.removeprefix("listening on ").strip()
    assert port_file.read_text() == url
    async with aiohttp.ClientSession() as session, session.get(f"{url}/bot77:secret/getMe") as response:
        assert (await response.json())["result"]["username"] == "alvbot"
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 20) == 0
    assert await process.stderr.read() == b""


async def test_stops_on_a_signal() -> None:
    """It ends cleanly when it is told to terminate, even with a client connected to the live stream."""
    process = await _run("--validate")
    assert process.stdout is not None
    url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().removeprefix("listening on ").strip()
    async with aiohttp.ClientSession() as session, session.get(f"{url}/sim/events"):
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 20) == 0
