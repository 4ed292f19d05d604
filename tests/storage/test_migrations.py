"""Migrations: up, down, and the same schema as the program's tables."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import migrate
from storage.tables import metadata
from tests.support.databases import Databases

T = TypeVar("T")

_AROUND = " ,\t"
"""What surrounds a column's or constraint's definition in SQLite's memory of ``CREATE TABLE``."""

_POSTGRESQL_SCHEMA = """
    SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,
                     is_identity)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


_OLD_ROWS = """
    INSERT INTO people (id, name, function) VALUES (1, 'Iemand', '');
    INSERT INTO members (id, code, name, votes) VALUES (1, 'a', 'A', 1), (2, 'b', 'B', 1), (3, 'c', 'C', 1);
    INSERT INTO meetings (id, title, starts_at, place, stream, state, closed_at)
    VALUES (1, 'ALV', '2019-02-13 17:00', '', '', 'closed', '2019-02-13 20:00');
    INSERT INTO agenda_items (id, meeting_id, position, number, title, kind, proposal, attachments)
    VALUES (1, 1, 0, '1', 'Besluit', 'decision', '', '[]');
    INSERT INTO proxies (id, meeting_id, member_id, holder_id, holder_member_id, kind, state, prepared_by, prepared_at,
                         ended_at)
    VALUES (1, 1, 1, 1, 2, 'other_member', 'lapsed', 1, '2019-02-12 17:00', '2019-02-13 20:00'),
           (2, 1, 2, 1, 1, 'other_member', 'revoked', 1, '2019-02-12 17:00', '2019-02-13 20:00'),
           (3, 1, 3, 1, 2, 'other_member', 'lapsed', 1, '2019-02-12 17:00', '2019-02-13 09:00');
    INSERT INTO motions (id, meeting_id, item_id, number, title, text, text_sha256, majority_numerator,
                         majority_denominator, majority_strict, majority_basis, state, opened_by, opened_at)
    VALUES (1, 1, 1, '1', '', '', '', 1, 2, true, 'cast', 'closed', 1, '2019-02-13 17:00');
    INSERT INTO electorate (motion_id, member_id, weight, carrier_id, proxy_id) VALUES (1, 1, 1, 1, 1)
"""
"""An assembly of the first schema; a proxy lapsed at the end, one was revoked, and one lapsed before."""


async def ask(url: str, question: Callable[[Connection], T]) -> T:
    """Return the answer to ``question``, asked on a connection of its own and committed."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        return await connection.run_sync(question)


def definitions(connection: Connection) -> set[str]:
    """Return every column, constraint and index as the database itself describes it, but not those of Alembic."""
    if connection.dialect.name == "postgresql":
        found = set(connection.execute(text(_POSTGRESQL_SCHEMA)).scalars())
    else:
        tables = connection.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        # SQLite puts the name of a table that was altered, which is made anew and renamed, between quotes.
        found = {f"{name} {line.strip(_AROUND)}" for name, sql in tables for line in sql.replace('"', "").splitlines()}
    return {definition for definition in found if "alembic_version" not in definition}


@pytest.mark.filterwarnings("ignore:.*expression-based index")
async def test_alembic_finds_no_difference(database_url: str) -> None:
    """Alembic would generate nothing: the migrations lead to the program's tables."""

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    assert await ask(database_url, differences) == []


async def test_databases_find_no_difference(databases: Databases) -> None:
    """The database describes both schemas in the same words, which covers what Alembic does not compare."""
    async with databases.database() as migrated, databases.database(migrated=False) as created:
        await ask(created, metadata.create_all)
        by_migrations, by_tables = await ask(migrated, definitions), await ask(created, definitions)
    assert by_migrations - by_tables == set()
    assert by_tables - by_migrations == set()
    assert len(by_tables) > 100


async def test_up_and_down(databases: Databases) -> None:
    """Up to the newest revision, down to nothing, and up again."""
    async with databases.database(migrated=False) as url:
        assert await migrate.current(url) is None
        await migrate.upgrade(url)
        assert await migrate.current(url) == migrate.head()
        await migrate.upgrade(url)
        await migrate.downgrade(url, "base")
        assert await migrate.current(url) is None
        assert await ask(url, lambda connection: inspect(connection).get_table_names()) == ["alembic_version"]
        await migrate.upgrade(url)
        assert set(await ask(url, lambda connection: inspect(connection).get_table_names())) > set(metadata.tables)


async def test_rows_survive_the_way_up_and_down(databases: Databases) -> None:
    """A proxy that a vote refers to keeps its row, and one that lapsed at the closing keeps saying that."""

    def fill(connection: Connection) -> None:
        for statement in _OLD_ROWS.split(";"):
            connection.exec_driver_sql(statement)

    async with databases.database(migrated=False) as url:
        await migrate.upgrade(url, "0001")
        await ask(url, fill)
        await migrate.upgrade(url)
        reasons = await ask(url, lambda c: c.execute(text("SELECT lapse_reason FROM proxies ORDER BY id")).all())
        assert [tuple(row) for row in reasons] == [("closed",), (None,), (None,)]
        await ask(url, lambda c: c.execute(text("UPDATE proxies SET holder_member_id = NULL WHERE id = 2")))
        await migrate.downgrade(url, "0001")
        rows = await ask(url, lambda c: c.execute(text("SELECT id, holder_member_id FROM proxies ORDER BY id")).all())
        assert [tuple(row) for row in rows] == [(1, 2), (2, 2), (3, 2)]
        electorate = await ask(url, lambda c: c.execute(text("SELECT proxy_id FROM electorate")).all())
        assert [tuple(row) for row in electorate] == [(1,)]


async def test_votes_of_later_kinds_end_with_the_version_that_knows_them(databases: Databases) -> None:
    """On the way up an old vote is one on a matter, pronounced; on the way down it stays, and one on variants goes."""

    def fill(connection: Connection) -> None:
        for statement in _OLD_ROWS.split(";"):
            connection.exec_driver_sql(statement)

    def vote_on_variants(connection: Connection) -> None:
        new = {"id", "kind", "follows_id", "state"}
        shared = ", ".join(column.name for column in metadata.tables["motions"].c if column.name not in new)
        connection.exec_driver_sql(
            f"INSERT INTO motions (id, kind, follows_id, state, {shared}) "
            f"SELECT 9, 'variants', 1, 'pronounced', {shared} FROM motions"
        )
        connection.exec_driver_sql("INSERT INTO electorate (motion_id, member_id, weight) VALUES (9, 1, 1)")
        connection.exec_driver_sql(
            "INSERT INTO ballots (motion_id, member_id, choice, person_id, cast_at, update_id) "
            "VALUES (9, 1, '1', 1, '2019-02-13 17:00', 1)"
        )
        connection.exec_driver_sql("UPDATE motions SET state = 'pronounced' WHERE id = 1")

    async with databases.database(migrated=False) as url:
        await migrate.upgrade(url, "0001")
        await ask(url, fill)
        await migrate.upgrade(url)
        votes = "SELECT id, kind, form, straw, picks, round, state FROM motions"
        (row,) = await ask(url, lambda connection: connection.execute(text(votes)).all())
        assert tuple(row) == (1, "matter", "roll_call", False, 1, 1, "pronounced")
        await ask(url, vote_on_variants)
        await migrate.downgrade(url, "0009")
        rows = await ask(url, lambda connection: connection.execute(text("SELECT id, state FROM motions")).all())
        assert [tuple(row) for row in rows] == [(1, "closed")]
        assert await ask(url, lambda connection: connection.execute(text("SELECT 1 FROM ballots")).all()) == []


async def test_outcomes_are_rows_of_their_own_and_back(databases: Databases) -> None:
    """What was counted is added first, then what the chair pronounced; on the way down the newest stays.

    Of a matter the chair pronounced the opposite, which is all that could be otherwise.
    """

    def fill(connection: Connection) -> None:
        for statement in _OLD_ROWS.split(";"):
            connection.exec_driver_sql(statement)

    def close(connection: Connection) -> None:
        shared = ", ".join(
            name for name in columns(connection) if name not in {"id", "outcome", "closed_at", "otherwise", "reason"}
        )
        for number, adopted, otherwise in ((8, "true", "false"), (9, "false", "true")):
            connection.exec_driver_sql(
                f"INSERT INTO motions (id, outcome, closed_at, otherwise, reason, {shared}) "
                f"SELECT {number}, '{{\"adopted\": {adopted}}}', '2019-02-13 18:00', {otherwise}, "
                f"CASE WHEN {otherwise} THEN 'Onbevoegd' ELSE '' END, {shared} FROM motions WHERE id = 1"
            )

    def columns(connection: Connection) -> list[str]:
        return [column["name"] for column in inspect(connection).get_columns("motions")]

    def outcomes(connection: Connection) -> list[Any]:
        query = "SELECT motion_id, cause, outcome, verdict, reason FROM outcomes ORDER BY id"
        rows = connection.execute(text(query)).all()
        return [(row[0], row[1], parsed(row[2]), parsed(row[3]), row[4]) for row in rows]

    def parsed(value: Any) -> Any:  # noqa: ANN401 - JSON, which SQLite gives as text
        return json.loads(value) if isinstance(value, str) else value

    def draw(connection: Connection) -> None:
        connection.exec_driver_sql(
            "INSERT INTO outcomes (motion_id, cause, outcome, reason, noted_at) "
            "VALUES (8, 'lot', '{\"drawn\": 1}', '', '2019-02-13 18:01')"
        )

    async with databases.database(migrated=False) as url:
        await migrate.upgrade(url, "0001")
        await ask(url, fill)
        await migrate.upgrade(url, "0017")
        await ask(url, close)
        await migrate.upgrade(url)
        assert await ask(url, outcomes) == [
            (8, "counted", {"adopted": True}, None, ""),
            (9, "counted", {"adopted": False}, None, ""),
            (9, "otherwise", {"adopted": False}, ["for"], "Onbevoegd"),
        ]
        await ask(url, draw)
        await migrate.downgrade(url, "0017")
        query = "SELECT id, outcome, otherwise, reason FROM motions WHERE id > 1 ORDER BY id"
        rows = await ask(url, lambda connection: connection.execute(text(query)).all())
        assert [(row[0], parsed(row[1]), bool(row[2]), row[3]) for row in rows] == [
            (8, {"drawn": 1}, False, ""),
            (9, {"adopted": False}, True, "Onbevoegd"),
        ]


async def test_failed_migration_changes_nothing(databases: Databases) -> None:
    """A migration that fails half-way leaves the database as it was."""
    async with databases.database(migrated=False) as url:
        await ask(url, lambda connection: connection.execute(text("CREATE TABLE people (id INTEGER)")))
        with pytest.raises(Exception, match="people"):
            await migrate.upgrade(url)
        assert await ask(url, lambda connection: inspect(connection).get_table_names()) == ["people"]


INVITATION = {"papers": 2, "agenda": [{"number": "2", "title": "Notulen", "papers": [1, 2]}]}
LATE = {"title": "ALV", "papers": [[4, 2, "Begroting"]]}
PAPER = {"number": 4, "version": 1, "title": "", "telegram_file_id": "f", "late": False}
WAITING = {"Invitation": INVITATION, "LatePapers": LATE, "PaperMessage": PAPER}
THEN = "2019-01-01 00:00:00"
ROWS: dict[str, dict[str, object]] = {
    "people": {"id": 1, "name": "Regiebureau", "function": ""},
    "files": {
        "id": 1,
        "telegram_file_id": "f",
        "telegram_unique_id": "u",
        "name": "x.pdf",
        "mime_type": "application/pdf",
        "size": 1,
        "purpose": "papers",
        "state": "wanted",
        "sent_by": 1,
        "received_at": THEN,
    },
    "meetings": {"id": 1, "title": "ALV", "starts_at": THEN, "place": "", "stream": "", "state": "draft"},
    "agenda_items": {
        "id": 1,
        "meeting_id": 1,
        "position": 0,
        "number": "1",
        "title": "Notulen",
        "kind": "decision",
        "proposal": "",
        "attachments": "[1, 2]",
    },
    "papers": {"id": 1, "meeting_id": 1, "file_id": 1, "number": 2, "version": 1, "title": "", "added_at": THEN},
}


def insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    """Insert a row as both databases understand it."""
    values = ", ".join(repr(value) for value in row.values())
    connection.execute(
        text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})".replace(":00:00", "\\:00\\:00"))
    )


def fill(connection: Connection) -> None:
    """Store an item that names papers, a paper, and messages about them that wait."""
    for table, row in ROWS.items():
        insert(connection, table, row)
    for screen, facts in WAITING.items():
        connection.execute(
            text(
                "INSERT INTO outbox (chat_id, screen, facts, live, priority, silent, state, queued_at)"
                " VALUES (1, :screen, :facts, false, 50, false, 'queued', '2019-01-01 00:00:00')"
            ),
            {"screen": screen, "facts": json.dumps(facts)},
        )


def numbered(connection: Connection) -> tuple[list[Any], list[Any]]:
    """Return the numbers of papers, and what items and messages say of them."""
    numbers = list(connection.execute(text("SELECT number FROM papers ORDER BY id")).scalars())
    said = list(connection.execute(text("SELECT attachments FROM agenda_items")).scalars())
    said += list(connection.execute(text("SELECT facts FROM outbox ORDER BY id")).scalars())
    return numbers, [json.loads(value) if isinstance(value, str) else value for value in said]


async def test_numbers_of_papers_become_text_and_back(databases: Databases) -> None:
    """Nothing is lost on the way up, and on the way down a paper with a letter gets a number of its own."""
    async with databases.database(migrated=False) as url:
        await migrate.upgrade(url, "0005")
        await ask(url, fill)
        await migrate.upgrade(url)
        numbers, (item, invitation, late, paper) = await ask(url, numbered)
        assert (numbers, item) == (["2"], ["1", "2"])
        assert (invitation["papers"], invitation["agenda"][0]["papers"]) == (2, ["1", "2"])
        assert (late["papers"], paper["number"]) == ([["4", 2, "Begroting"]], "4")
        await ask(url, lambda connection: insert(connection, "papers", ROWS["papers"] | {"id": 2, "number": "4a"}))
        await migrate.downgrade(url, "0005")
        numbers, said = await ask(url, numbered)
        assert numbers == [2, 900]
        assert said == [[1, 2], *WAITING.values()]
