"""The whole evening, as `alvbot play` plays it, on both databases."""

import asyncio
import sys
from pathlib import Path

import pytest

PATIENCE = 300.0


@pytest.mark.parametrize(
    ("database", "seed"),
    [
        pytest.param([], 1, id="sqlite"),
        pytest.param(["--database", "postgres"], 2, id="postgresql", marks=pytest.mark.proof),
    ],
)
async def test_the_evening_holds(tmp_path: Path, database: list[str], seed: int) -> None:
    """The group's results equal the recount, and nothing went wrong on the way."""
    command = [sys.executable, "-m", "bot", "play", "--seed", str(seed), "--data", str(tmp_path), *database]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    for item in ("2.1", "3.2", "6.1"):
        assert f"Hertelling agendapunt {item}: voor" in said.decode()
    assert "Uitslag agendapunt 6.1" in (tmp_path / "verslag.txt").read_text(encoding="utf-8")
