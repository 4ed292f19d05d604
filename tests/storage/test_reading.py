"""Reading: one committed moment, and nothing but reading."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError

from storage.engine import Storage
from storage.unit import Unit
from tests.storage.services import note, noted


async def test_reader_sees_only_what_is_committed(storage: Storage) -> None:
    """While a write is under way, a reader sees the state before it, and does not wait."""
    stored, go_on = asyncio.Event(), asyncio.Event()

    async def slow(unit: Unit) -> None:
        await note(unit, "later")
        stored.set()
        await go_on.wait()

    writing = asyncio.create_task(storage.write(slow))
    await stored.wait()
    assert await storage.read(noted) == []
    go_on.set()
    await writing
    assert await storage.read(noted) == ["later"]


async def test_reader_sees_one_moment(storage: Storage) -> None:
    """Two questions of one reader agree, whatever is committed between them."""

    async def ask_twice(unit: Unit) -> tuple[list[str], list[str]]:
        first = await noted(unit)
        await storage.write(note, "between")
        return first, await noted(unit)

    first, second = await storage.read(ask_twice)
    assert first == second == []


async def test_reader_must_not_write(storage: Storage) -> None:
    """A service that writes where only reading is allowed fails as the mistake that it is."""
    with pytest.raises(DBAPIError):
        await storage.read(note, "never")
    assert await storage.read(noted) == []
    await storage.write(note, "still works")


async def test_readers_at_once(storage: Storage) -> None:
    """More readers than connections all get their answer."""
    await storage.write(note, "kept")
    assert await asyncio.gather(*(storage.read(noted) for _ in range(30))) == [["kept"]] * 30
