"""``alvbot backup`` and ``restore``: the file, the sentences, and what goes out after a restore."""

import asyncio
import gzip
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.facts.notices import NoticeMessage
from assembly.formatting import Formatted
from assembly.options import Chosen
from assembly.tally import Choice
from screens.presses import CastBallot
from simulator.testing import RunningSimulator
from storage.archive import FileTrouble, Header
from storage.backup import restore
from storage.engine import Storage
from storage.unit import Unit
from tests.bot.sending import Json, texts
from tests.support.clock import TurnableClock
from tests.support.databases import Databases, sqlite_url
from tests.support.process import Run, bot_command, bot_process, environment
from tests.support.register import Register, filled
from tests.support.sitting import open_evening
from tests.support.tables import rows_of
from tests.support.waiting import until


def test_backup_is_for_its_owner(run: Run, tmp_path: Path) -> None:
    """The file can be read by its owner only, says where it is, is never overwritten, and leaves nothing beside it."""
    run("init")
    code, out, _ = run("backup", "kopie")
    assert code == 0
    assert out.startswith(f"De back-up staat in {tmp_path / 'kopie'}: ")
    assert "persoonsgegevens" in out
    assert stat.S_IMODE((tmp_path / "kopie").stat().st_mode) == 0o600
    before = (tmp_path / "kopie").read_bytes()
    code, out, err = run("backup", "kopie")
    assert (code, out) == (2, "")
    assert err == "Het bestand kopie bestaat al; er is niets geschreven. Kies een andere naam.\n"
    assert (tmp_path / "kopie").read_bytes() == before
    (tmp_path / "wijzer").symlink_to(tmp_path / "nergens")
    assert run("backup", "wijzer")[0] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "kopie", "wijzer"]


def test_backup_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a folder or without room there is a sentence, and no half a file."""
    assert run("backup", "kopie")[2] == "Er is nog geen database; voer eerst `alvbot init` uit.\n"
    assert list(tmp_path.iterdir()) == []
    run("init")
    assert run("backup", "nergens/kopie")[2].startswith("Het bestand nergens/kopie kan niet worden geschreven")

    def full(*_args: object) -> None:
        raise FileTrouble from OSError(28, "No space left on device")

    monkeypatch.setattr("storage.archive.Writer.row", full)
    assert run("backup", "kopie")[2].startswith("De back-up kan niet worden gelezen of geschreven (OSError)")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_restore(run: Run, tmp_path: Path) -> None:
    """A backup goes into a database that is not there yet, and over another one only where that is said."""
    run("init")
    run("backup", "kopie")
    code, out, err = run("restore", "kopie")
    assert (code, out) == (2, "")
    assert err.startswith("In de database staan al gegevens, dus er is niets veranderd.")
    code, out, _ = run("restore", "--replace", "kopie")
    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith("De back-up van ")
    (tmp_path / "data" / "alvbot.db").unlink()
    assert run("restore", "kopie")[0] == 0
    assert run("init")[1].count("/start") == 1


def test_restore_that_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each reason is one Dutch sentence, and the database is as it was."""
    run("init")
    run("backup", "kopie")
    packed = (tmp_path / "kopie").read_bytes()
    database = tmp_path / "data" / "alvbot.db"
    before = database.read_bytes()
    for content, sentence in (
        (b"iets anders", "Dit bestand is geen back-up van alvbot; er is niets veranderd."),
        (packed[:-20], "De back-up is beschadigd of niet volledig; er is niets veranderd."),
        (
            gzip.compress(gzip.decompress(packed).replace(b'"version":1', b'"version":2', 1)),
            "De back-up hoort bij een nieuwere versie van het programma; er is niets veranderd.",
        ),
    ):
        (tmp_path / "kopie").write_bytes(content)
        code, out, err = run("restore", "--replace", "kopie")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(sentence)
    assert run("restore", "niets")[2].startswith("De back-up kan niet worden gelezen")
    assert database.read_bytes() == before
    (tmp_path / "kopie").write_bytes(packed)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("SELECT count(*) FROM people").fetchone()  # and so it is open
        assert run("restore", "--replace", "kopie")[2].startswith(
            "De database is in gebruik, dus er is niets veranderd."
        )
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    monkeypatch.setenv("ALVBOT_DATABASE_URL", sqlite_url(other))
    assert run("restore", "--replace", "kopie")[2].startswith("Deze database hoort bij een ander programma")


async def reader(sim: RunningSimulator, register: Register, name: str) -> Json:
    """Give somebody of the register a phone, and let it open the chat."""
    user = await sim.user(name, id=register.accounts[name])
    await sim.start(user)
    return user


async def test_held_until_somebody_decides(
    storage: Storage, database_url: str, databases: Databases, sim: RunningSimulator, tmp_path: Path
) -> None:
    """A bot on a restored database sends nothing of what waited, answers all the same, and sends it when it is told."""
    register = await filled(storage, "Assen")
    office, chair = [await reader(sim, register, name) for name in ("Regiebureau", "Voorzitter")]

    async def wait(unit: Unit) -> None:
        await unit.outbox.send(chair["id"], NoticeMessage(Formatted("Van vorige week"), ()))

    await storage.write(wait)
    file = str(tmp_path / "kopie")
    code, _, err = await bot_command("backup", file, env=environment(sim, database_url))
    assert code == 0, err
    async with databases.database(migrated=False) as url:
        env = environment(sim, url)
        code, out, err = await bot_command("restore", file, env=env)
        assert code == 0, err
        assert "1 bericht dat toen wachtte, wordt vastgehouden" in out
        async with bot_process(env, tmp_path / "bot.log") as bot:
            await sim.wait_for(office, "terug bij de stand van", within=20)
            await sim.write(chair, "/help")
            await sim.wait_for(chair, "/menu", within=20)
            await sim.idle(1)
            assert not any("vorige week" in text for text in texts(await sim.messages(chair)))
            press = await sim.press(office, "Alsnog versturen")
            assert press["answer"]["text"] == "1 bericht van vóór het terugzetten wordt alsnog verstuurd."
            await sim.wait_for(chair, "Van vorige week", within=20)
            await sim.wait_for(office, "Besloten door Regiebureau", within=20)
            bot.terminate()
            assert await asyncio.wait_for(bot.wait(), 20) == 0


async def test_backup_beside_a_bot_at_work(
    storage: Storage,
    database_url: str,
    databases: Databases,
    clock: TurnableClock,
    sim: RunningSimulator,
    tmp_path: Path,
) -> None:
    """A backup that is made while the bot takes in votes fits in itself, and the bot notices nothing of it."""
    members = [f"Lid {number}" for number in range(1, 41)]
    evening = await open_evening(storage, clock, *members)
    await evening.arrive(*members)
    motion_id = await evening.put_to_vote()
    await sim.set_clock(clock.moment.isoformat().replace("+00:00", "Z"))
    await sim.latency(300)
    voters = [(await sim.user(name, id=evening.register.representative(name)), name) for name in members]
    for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN):
        for voter, name in voters:
            data = CastBallot(motion_id, evening.register.members[name], Chosen(choice)).encode()
            await sim.press(voter, data=data, wait=0)
    env = environment(sim, database_url)
    copies: dict[Path, int] = {}
    async with bot_process(env, tmp_path / "bot.log") as bot:
        for number in range(2):
            copy = tmp_path / f"kopie{number}"
            copies[copy] = len(await sim.requests("answerCallbackQuery"))
            code, _, err = await bot_command("backup", str(copy), env=env)
            assert code == 0, err
        await until(lambda: all_answered(sim, 3 * len(members)), 60)
        bot.terminate()
        assert await asyncio.wait_for(bot.wait(), 20) == 0
    assert "unavailable" not in (tmp_path / "bot.log").read_text()
    for copy, answered in copies.items():
        async with databases.database(migrated=False) as url:
            await restore(url, copy, kept, replace=False)
            found = await rows_of(url)
        cast = [json.loads(row[5]) for row in sorted(found["journal"]) if row[2] == "ballot_cast"]
        done = {row[1] for row in found["done_updates"] if row[0] == int(sim.token.split(":")[0])}
        assert answered <= len(cast) == len(done)
        assert {row[1]: row[2] for row in found["ballots"]} == {vote["member"]: vote["choice"] for vote in cast}


async def kept(_connection: AsyncConnection, _header: Header) -> None:
    """Finish a restore with nothing."""


async def all_answered(sim: RunningSimulator, number: int) -> bool:
    """Whether so many presses were answered."""
    return len(await sim.requests("answerCallbackQuery")) >= number
