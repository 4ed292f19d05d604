"""Backups: the same rows on either database, whole or refused, made while people vote."""

import asyncio
import gzip
import hashlib
import io
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from assembly.association import Association
from assembly.members import Person
from assembly.tally import Choice
from storage import archive, migrate, shapes
from storage.archive import BackupRefused, FileTrouble, Header, Refusal
from storage.backup import back_up, restore
from storage.engine import SchemaMismatch, Storage
from storage.intake import Origin
from storage.tables import file_contents, link_failures
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.databases import Databases, SQLiteFolder
from tests.support.sitting import Evening, open_evening
from tests.support.tables import rows_of
from tests.support.waiting import until

MADE_AT = datetime(2019, 2, 13, 20, 0, tzinfo=UTC)
MEMBERS = ("Assen", "Deventer", "Zwolle")
Line = dict[str, Any] | list[Any]


async def kept(_connection: AsyncConnection, header: Header) -> Header:
    """Finish a restore with nothing."""
    return header


async def put_back(url: str, path: Path, *, replace: bool = False) -> Header:
    """Restore."""
    return await restore(url, path, kept, replace=replace)


async def written(url: str, path: Path) -> Path:
    """Back up."""
    with path.open("wb") as file:
        await back_up(url, file, MADE_AT)
    return path


async def voted(storage: Storage, clock: TurnableClock) -> Evening:
    """Hold an assembly with a vote, and store something in a column of every kind."""
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.arrive(*MEMBERS)
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Assen", Choice.FOR)
    await evening.cast(motion_id, "Zwolle", Choice.AGAINST)
    await evening.end_vote(motion_id)

    async def more(unit: Unit) -> None:
        await unit.connection.execute(
            insert(link_failures).values(telegram_id=2**40, failures=5, last_at=unit.now, locked_until=unit.now)
        )
        file_id = await unit.files.add(
            telegram_file_id="file",
            telegram_unique_id="unique",
            name="bijlage 1 – “begroting”.pdf",
            mime_type="application/pdf",
            size=4,
            purpose="paper",
            sent_by=1,
        )
        await unit.connection.execute(insert(file_contents).values(file_id=file_id, content=bytes(range(256)) * 100))
        await unit.intake.dead_letter(1, 2**40, "unreadable", '{"text": "😀 \\u0001"}')
        await unit.outbox.send(5, evening.meeting, not_before=1550084400.123456, batch="test")
        await unit.journal.seal()

    await storage.write(more)
    return evening


@pytest.fixture
def other_databases(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Databases:
    """Give databases of the other kind."""
    if isinstance(databases, SQLiteFolder):
        server: Databases = request.getfixturevalue("postgres_server")
        return server
    return SQLiteFolder(request.getfixturevalue("sqlite_template"), tmp_path)


async def test_same_rows_on_both_databases(
    storage: Storage,
    database_url: str,
    databases: Databases,
    other_databases: Databases,
    clock: TurnableClock,
    tmp_path: Path,
) -> None:
    """What is put back, here, on the other kind of database, and here again, is row for row what was there."""
    await voted(storage, clock)
    path = await written(database_url, tmp_path / "one")
    expected = await rows_of(database_url)
    assert sum(len(rows) for rows in expected.values()) > 100
    async with (
        databases.database(migrated=False) as same,
        other_databases.database(migrated=False) as other,
        databases.database(migrated=False) as back,
    ):
        assert await put_back(same, path) == Header(migrate.head(), MADE_AT)
        assert await rows_of(same) == expected
        await put_back(other, path)
        assert await rows_of(other) == expected
        again = await written(other, tmp_path / "two")
        assert again.read_bytes() == path.read_bytes()
        await put_back(back, again)
        assert await rows_of(back) == expected


async def test_restored_database_works_on(
    storage: Storage, database_url: str, databases: Databases, clock: TurnableClock, tmp_path: Path
) -> None:
    """In a restored database new rows get new numbers, references hold, done-keys count, and the journal goes on."""
    await voted(storage, clock)
    await storage.write(lambda unit: unit.intake.mark_done(Origin(7, 8)))
    highest = max(row[0] for row in (await rows_of(database_url))["people"])
    path = await written(database_url, tmp_path / "backup")
    async with databases.database(migrated=False) as url:
        await put_back(url, path)
        async with Storage.open(url, storage.association, clock) as opened:
            assert await opened.write(lambda unit: unit.people.save(Person(0, "Nieuw", "lid"))) > highest
            assert await opened.read(lambda unit: unit.intake.is_done(Origin(7, 8)))

            async def broken(unit: Unit) -> None:
                await unit.connection.execute(insert(file_contents).values(file_id=999, content=b""))

            with pytest.raises(Exception, match=r"(?i)foreign key"):
                await opened.write(broken)
            await opened.write(lambda unit: unit.journal.note("later", actor_id=None, facts={}))
            assert await opened.write(lambda unit: unit.journal.seal()) == 1
            assert await opened.read(lambda unit: unit.journal.verify()) == []


async def test_made_while_people_vote(
    storage: Storage,
    database_url: str,
    databases: Databases,
    clock: TurnableClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Backups made while votes pour in hold every vote that was acknowledged before, and fit in themselves."""
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.arrive(*MEMBERS)
    motion_id = await evening.put_to_vote()
    acknowledged: set[int] = set()
    numbers = count(1000)
    stop = asyncio.Event()

    async def vote(member: str) -> None:
        for choice in cycle(Choice):
            if stop.is_set():
                return
            update = next(numbers)
            await evening.cast(motion_id, member, choice, update=update)
            acknowledged.add(update)

    async with asyncio.TaskGroup() as group:
        for member in MEMBERS:
            group.create_task(vote(member))
        for number in range(2):
            await until(partial(enough, acknowledged, 25 * (number + 1)), 30)
            before = set(acknowledged)
            with monkeypatch.context() as slow:
                slow.setattr(shapes, "PAGE", 1)  # so that it takes its time
                path = await written(database_url, tmp_path / f"backup{number}")
            after = set(acknowledged)
            assert len(after) > len(before), "nobody voted meanwhile"
            async with databases.database(migrated=False) as url:
                await put_back(url, path)
                await check_recount(url, before, motion_id)
        stop.set()


async def enough(acknowledged: set[int], number: int) -> bool:
    """Whether so many votes were acknowledged."""
    return len(acknowledged) >= number


async def check_recount(url: str, acknowledged: set[int], motion_id: int) -> None:
    """Hold the ballots against the journal and the done-keys, by hand."""
    found = await rows_of(url)
    cast = [json.loads(row[5]) for row in sorted(found["journal"]) if row[2] == "ballot_cast"]
    done = {row[1] for row in found["done_updates"] if row[1] >= 1000}
    assert acknowledged <= done
    assert len(cast) == len(done)
    last = {entry["member"]: entry["choice"] for entry in cast}
    assert {row[1]: row[2] for row in found["ballots"] if row[0] == motion_id} == last
    assert {row[5] for row in found["ballots"]} <= done


async def test_older_backup_is_migrated(databases: Databases, tmp_path: Path) -> None:
    """A backup of the first schema is put back and brought up to the newest, with its rows."""
    async with databases.database(migrated=False) as old, databases.database(migrated=False) as new:
        await migrate.upgrade(old, "0001")
        await execute(old, "INSERT INTO people (id, name, function) VALUES (3, 'Iemand', '')")
        path = await written(old, tmp_path / "backup")
        assert (await put_back(new, path)).revision == "0001"
        assert await migrate.current(new) == migrate.head()
        assert [row[:3] for row in (await rows_of(new))["people"]] == [(3, "Iemand", "")]


async def execute(url: str, statement: str) -> None:
    """Run one statement."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(statement))


async def test_only_an_empty_database(databases: Databases, tmp_path: Path) -> None:
    """A database with a schema is replaced only where that is said, and one of somebody else never."""
    async with (
        databases.database() as source,
        databases.database() as target,
        databases.database(migrated=False) as odd,
    ):
        await execute(source, "INSERT INTO people (id, name, function) VALUES (3, 'Uit de back-up', '')")
        await execute(target, "INSERT INTO people (id, name, function) VALUES (4, 'Van nu', '')")
        path = await written(source, tmp_path / "backup")
        before = await rows_of(target)
        await refused(Refusal.OCCUPIED, put_back(target, path))
        assert await rows_of(target) == before
        await put_back(target, path, replace=True)
        assert await rows_of(target) == await rows_of(source)
        await execute(odd, "CREATE TABLE invoices (id INTEGER)")
        await refused(Refusal.NOT_OURS, put_back(odd, path, replace=True))
        await execute(odd, "INSERT INTO invoices (id) VALUES (1)")


async def refused(reason: Refusal, restoring: Awaitable[object]) -> None:
    """Expect that a restore is refused."""
    with pytest.raises(BackupRefused) as caught:
        await restoring
    assert caught.value.reason is reason


async def test_not_while_the_program_works(storage: Storage, database_url: str, tmp_path: Path) -> None:
    """A database that is open in a running program is not replaced under it."""
    path = await written(database_url, tmp_path / "backup")
    await storage.write(lambda unit: unit.people.save(Person(0, "Van nu", "lid")))
    before = await rows_of(database_url)
    await refused(Refusal.IN_USE, put_back(database_url, path, replace=True))
    assert await rows_of(database_url) == before
    await storage.write(lambda unit: unit.people.save(Person(0, "Nog een", "lid")))


async def test_failing_finish_changes_nothing(databases: Databases, tmp_path: Path) -> None:
    """What goes wrong at the very end undoes everything."""

    async def fail(_connection: AsyncConnection, _header: Header) -> None:
        raise LookupError("at the end")

    async with databases.database() as url:
        await execute(url, "INSERT INTO people (id, name, function) VALUES (4, 'Van nu', '')")
        before = await rows_of(url)
        path = await written(url, tmp_path / "backup")
        with pytest.raises(LookupError):
            await restore(url, path, fail, replace=True)
        assert await rows_of(url) == before


async def test_schema_that_cannot_be_backed_up(databases: Databases) -> None:
    """Without a schema there is nothing to back up, and one of a newer program is not read by this one."""
    async with databases.database(migrated=False) as url, databases.database() as newer:
        with pytest.raises(SchemaMismatch) as caught:
            await back_up(url, io.BytesIO(), MADE_AT)
        assert caught.value.found is None
        await execute(newer, "UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(SchemaMismatch) as caught:
            await back_up(newer, io.BytesIO(), MADE_AT)
        assert caught.value.newer


# Files that are damaged, foreign or hostile. What is refused never reaches a database, so one kind of it is enough.
on_sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def lines_of(path: Path) -> list[Line]:
    """Return the lines of a backup."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def forged(path: Path, change: Callable[[list[Line]], object]) -> Path:
    """Change the lines of a backup, and give it a checksum that fits."""
    lines = lines_of(path)[:-1]
    change(lines)
    body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    end = {"rows": sum(isinstance(line, list) for line in lines), "sha256": hashlib.sha256(body).hexdigest()}
    path.write_bytes(gzip.compress(body + json.dumps(end).encode() + b"\n"))
    return path


def place(lines: list[Line], table: str) -> int:
    """Return the place of a table's line."""
    return next(n for n, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == table)


def folder(path: Path) -> set[str]:
    """Return the names of what stands in the same folder, where the SQLite databases of a test are too."""
    return {other.name for other in path.parent.iterdir()}


def rewrite(table: str, name: str, value: object) -> Callable[[list[Line]], object]:
    """Return what sets a column of a table's first row."""

    def change(lines: list[Line]) -> None:
        at = place(lines, table)
        columns = lines[at]["columns"]  # type: ignore[call-overload]  # it is the table's line
        lines[at + 1][columns.index(name)] = value

    return change


@pytest.fixture(scope="module")
def good_backup(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make a good backup, once."""

    async def made(folder: Path) -> bytes:
        async with SQLiteFolder(sqlite_template, folder).database() as url:
            clock = TurnableClock()
            async with Storage.open(url, Association("Coöperatie Voorbeeld U.A."), clock) as storage:
                await voted(storage, clock)
            await back_up(url, file := io.BytesIO(), MADE_AT)
        return file.getvalue()

    return asyncio.run(made(tmp_path_factory.mktemp("backup")))


@pytest.fixture
def backup(good_backup: bytes, tmp_path: Path) -> Path:
    """Give a good backup to spoil."""
    path = tmp_path / "backup"
    path.write_bytes(good_backup)
    return path


@on_sqlite
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 an archive",
        b"SQLite format 3\x00" + bytes(100),
        gzip.compress(b""),
        gzip.compress(b"\xff\xfe\n"),
        gzip.compress(b"[" * 100_000 + b"\n"),
        gzip.compress(b'{"format": "something else", "version": 1}\n'),
        gzip.compress(b'{"format": "alvbot backup", "version": 1, "revision": "0001", "made_at": "yesterday"}\n'),
        gzip.compress(b'{"format": "alvbot backup", "version": 1, "revision": "0001", "made_at": "2019-02-13"}\n'),
    ],
    ids=["empty", "archive", "database", "nothing", "no text", "deep", "other format", "no moment", "no time"],
)
async def test_foreign_files(databases: Databases, tmp_path: Path, content: bytes) -> None:
    """A file of something else is told from a backup, and no database comes of it."""
    path = tmp_path / "file"
    path.write_bytes(content)
    async with databases.database(migrated=False) as url:
        await refused(Refusal.FOREIGN, put_back(url, path))
        assert await migrate.current(url) is None


def test_cut_off_anywhere(backup: Path, tmp_path: Path) -> None:
    """A backup of which the end is missing is refused, wherever it was cut off."""
    whole = backup.read_bytes()
    for length in range(0, len(whole), max(len(whole) // 40, 1)):
        backup.write_bytes(whole[:length])
        with pytest.raises(BackupRefused) as caught:
            archive.check(backup)
        assert caught.value.reason in {Refusal.DAMAGED, Refusal.FOREIGN}
    (tmp_path / "rest").write_bytes(whole + b"more")
    with pytest.raises(BackupRefused):
        archive.check(tmp_path / "rest")


def test_changed_anywhere(backup: Path) -> None:
    """A backup in which something changed is refused: in the packed file, and in each of its lines."""
    whole = backup.read_bytes()
    for at in range(10, len(whole), max(len(whole) // 40, 1)):  # before that stands gzip's own head
        changed = bytearray(whole)
        changed[at] ^= 0x10
        backup.write_bytes(changed)
        with pytest.raises(BackupRefused):
            archive.check(backup)
    lines = gzip.decompress(whole).splitlines(keepends=True)
    for at in range(1, len(lines), 10):
        backup.write_bytes(gzip.compress(b"".join(lines[:at] + lines[at + 1 :])))
        with pytest.raises(BackupRefused):
            archive.check(backup)


@on_sqlite
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda lines: lines[0].update(version=2), Refusal.NEWER),
        (lambda lines: lines[0].update(revision="9999"), Refusal.NEWER),
        (lambda lines: lines[0].update(revision="0001"), Refusal.DAMAGED),
        (lambda lines: lines.insert(1, [1, 2]), Refusal.DAMAGED),
        (lambda lines: lines.append({"table": "users", "columns": ["id"]}), Refusal.DAMAGED),
        (lambda lines: lines.append({"table": "people; DROP TABLE people", "columns": ["id"]}), Refusal.DAMAGED),
        (lambda lines: lines.append({"table": "people", "columns": ["id"]}), Refusal.DAMAGED),
        (lambda lines: lines.append({"rows": 0, "sha256": ""}), Refusal.DAMAGED),
        (lambda lines: lines.append("text"), Refusal.DAMAGED),
        (lambda lines: lines.pop(place(lines, "conversations")), Refusal.DAMAGED),
        (lambda lines: lines[place(lines, "people")]["columns"].append("password"), Refusal.DAMAGED),
        (lambda lines: lines[place(lines, "people") + 1].append(1), Refusal.DAMAGED),
        (rewrite("people", "id", "1; DROP TABLE people"), Refusal.DAMAGED),
        (rewrite("people", "id", 2**63), Refusal.DAMAGED),
        (rewrite("people", "id", value=True), Refusal.DAMAGED),
        (rewrite("people", "id", 2), Refusal.DAMAGED),
        (rewrite("people", "name", 5), Refusal.DAMAGED),
        (rewrite("people", "name", None), Refusal.DAMAGED),
        (rewrite("people", "name", "\ud800"), Refusal.DAMAGED),
        (rewrite("people", "reachable", 1), Refusal.DAMAGED),
        (rewrite("meetings", "starts_at", "2019-02-13T18:00:00"), Refusal.DAMAGED),
        (rewrite("meetings", "starts_at", 0), Refusal.DAMAGED),
        (rewrite("file_contents", "content", "not base64!"), Refusal.DAMAGED),
        (rewrite("file_contents", "file_id", 999), Refusal.DAMAGED),
        (rewrite("outbox", "not_before", "soon"), Refusal.DAMAGED),
        (rewrite("journal", "facts", "{}"), Refusal.UNSOUND),
    ],
)
async def test_hostile_files(
    backup: Path, databases: Databases, change: Callable[[list[Line]], object], reason: Refusal
) -> None:
    """A file with a checksum that fits and contents that do not is refused, and nothing of it stays."""
    forged(backup, change)
    async with databases.database() as url:
        await execute(url, "INSERT INTO people (id, name, function) VALUES (4, 'Van nu', '')")
        before = await rows_of(url)
        await refused(reason, put_back(url, backup, replace=True))
        assert await rows_of(url) == before


@on_sqlite
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda lines: lines[0].update(version=2), Refusal.NEWER),
        (lambda lines: lines.append("text"), Refusal.DAMAGED),
        (rewrite("people", "name", None), Refusal.DAMAGED),
        (rewrite("journal", "facts", "{}"), Refusal.UNSOUND),
    ],
)
async def test_hostile_file_and_no_database(
    backup: Path, databases: Databases, change: Callable[[list[Line]], object], reason: Refusal
) -> None:
    """Where there is no database yet, a refused file leaves none behind: refused at its head, its lines or its end."""
    forged(backup, change)
    async with databases.database(migrated=False) as empty:
        beside = folder(backup)
        await refused(reason, put_back(empty, backup))
        assert folder(backup) == beside


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        rewrite("people", "name", "\x00"),
        rewrite("people", "name", "x" * 300),
        rewrite("outbox", "priority", 2**40),
        rewrite("file_contents", "file_id", 999),
    ],
)
async def test_what_postgresql_does_not_take(
    backup: Path, databases: Databases, change: Callable[[list[Line]], object]
) -> None:
    """PostgreSQL is stricter than SQLite; what it does not take is refused as well."""
    forged(backup, change)
    async with databases.database(migrated=False) as url:
        await refused(Refusal.DAMAGED, put_back(url, backup))
        assert await migrate.current(url) is None


def test_constants_that_are_no_json(backup: Path) -> None:
    """NaN and its like are no JSON, and are refused."""
    forged(backup, rewrite("outbox", "not_before", float("nan")))
    with pytest.raises(BackupRefused):
        list(archive.contents(backup))


def test_a_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is not read into memory however long it is."""
    monkeypatch.setattr(archive, "LONGEST", 1000)
    path = tmp_path / "bomb"
    path.write_bytes(gzip.compress(b'{"format": "alvbot backup"' + b" " * 10_000_000))
    with pytest.raises(BackupRefused):
        archive.check(path)


@on_sqlite
async def test_file_that_cannot_be_read(database_url: str, tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is no backup's fault."""
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(FileTrouble):
            await put_back(database_url, path)


@on_sqlite
async def test_file_that_cannot_be_written(database_url: str) -> None:
    """A full disk is the file's trouble, not the database's."""

    class Full(io.BytesIO):
        def write(self, _data: Any) -> int:  # noqa: ANN401 - as BytesIO
            raise OSError(28, "No space left on device")

    with pytest.raises(FileTrouble):
        await back_up(database_url, Full(), MADE_AT)
