"""What a storm changed in the database, and whose it was."""

from collections.abc import Collection

from sqlalchemy import select

from storage.engine import Storage
from storage.tables import metadata
from storage.unit import Unit
from tests.hostile.entitled import Touch

Row = tuple[str, ...]
Rows = dict[str, frozenset[tuple[int, Row]]]

OWNERS = {
    "ballots": "member_id",
    "proxies": "member_id",
    "replies": "member_id",
    "standing_proxies": "member_id",
    "positions": "member_id",
    "advance_ballots": "member_id",
    "college_decisions": "member_id",
    "member_views": "person_id",
    "attendance": "person_id",
    "turns": "person_id",
    "conversations": "person_id",
    "roles": "person_id",
    "people": "id",
    "files": "sent_by",
    "notices": "author_id",
    "link_failures": "telegram_id",
    "access_requests": "telegram_id",
}
"""Whose a row is, by table; the rows of other tables are everybody's."""

TRAFFIC = frozenset({"outbox", "posted", "done_updates", "dead_letters", "uploads"})
"""What goes in and out: not what the assembly is."""

JOURNAL = frozenset({"journal", "journal_private", "journal_seals"})

_FOLLOWING = {"people": "reachable", "proxies": "alarmed_at"}
"""A column that follows from anybody showing up, or from a holder coming and going."""


async def stored(storage: Storage, leaving_out: Collection[str] = ()) -> Rows:
    """Return everything that is stored, by table, each row with whose it is."""

    async def load(unit: Unit) -> Rows:
        found: Rows = {}
        for table in metadata.sorted_tables:
            if table.name not in leaving_out:
                columns = [column for column in table.c if column.name != _FOLLOWING.get(table.name)]
                rows = await unit.connection.execute(select(*columns))
                owner = OWNERS.get(table.name)
                found[table.name] = frozenset(
                    (getattr(row, owner) if owner else 0, tuple(map(repr, row))) for row in rows
                )
        return found

    return await storage.read(load)


def difference(before: Rows, after: Rows) -> list[tuple[str, Row]]:
    """Return the rows that came, went or changed, each with its table."""
    return [(table, row) for table in after for _, row in before[table] ^ after[table]]


def changed(before: Rows, after: Rows) -> set[Touch]:
    """Return whose rows came, went or changed, in which tables."""
    return {(table, owner) for table in after for owner, _ in before[table] ^ after[table]}
