"""The base of every repository."""

from datetime import datetime

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


class Repository:
    """Explicit queries on one aggregate, in the transaction of ``connection``, which it never ends.

    ``now`` is the moment of the transaction (aware, UTC): everything that one transaction stores bears the same.
    """

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """Return an ``INSERT`` in the database's own dialect: both know ``ON CONFLICT``, standard SQL does not."""
        return postgresql.insert(table) if self.connection.dialect.name == "postgresql" else sqlite.insert(table)
