"""Whether the bot can do its work, for whoever watches over it. It says so of each part, and nothing else."""

import asyncio
from time import monotonic

from sqlalchemy import select

from storage.engine import Storage, StorageUnavailable
from storage.unit import Unit

FRESH_SECONDS = 1.0
"""How long a look in the database holds: whoever asks more often costs nothing more."""

PATIENCE_SECONDS = 3.0
"""A database that takes longer to answer is not there."""


class Readiness:
    """``telegram``: it was reached when it was last asked; ``webhook``: as far as known it is set there."""

    def __init__(self, storage: Storage) -> None:
        self.telegram = False
        self.webhook = False
        self._storage = storage
        self._database = False
        self._looked_at = -FRESH_SECONDS
        self._turn = asyncio.Lock()

    async def parts(self) -> dict[str, bool]:
        """Return which parts are ready: the database, Telegram and the webhook."""
        async with self._turn:
            if monotonic() - self._looked_at >= FRESH_SECONDS:
                self._database = await self._database_answers()
                self._looked_at = monotonic()
        return {"database": self._database, "telegram": self.telegram, "webhook": self.webhook}

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._storage.read(_ask)
        except (StorageUnavailable, TimeoutError):
            return False
        return True


async def _ask(unit: Unit) -> None:
    await unit.connection.execute(select(1))
