"""Transactions: what is committed, what is rolled back, and what readers see."""

from storage.engine import Storage
from storage.unit import Unit


async def test_smoke(storage: Storage) -> None:
    """A committed message waits."""

    async def pending(unit: Unit) -> int:
        return await unit.outbox.pending()

    assert await storage.read(pending) == 0
