"""The command line: sets up, runs, stops in good order, and says in one Dutch sentence what is wrong."""

import asyncio
import re
import shutil
import socket
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from aiohttp import ClientConnectorError, ClientSession

from bot.complaints import Complaint, complaining
from simulator.testing import RunningSimulator
from storage import migrate
from storage.engine import SchemaMismatch, StorageUnavailable
from tests.bot.sending import ON_SQLITE, Json, texts
from tests.bot.taking_in import message
from tests.support.databases import Databases, sqlite_url
from tests.support.process import Run, bot_command, bot_process, environment
from tests.support.waiting import until
from tests.support.webhooks import SECRET, Sender, webhook_settings


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ALVBOT_TOKEN", None, "De instelling ALVBOT_TOKEN ontbreekt"),
        ("ALVBOT_TOKEN", "geheim", "De instelling ALVBOT_TOKEN heeft geen geldige waarde"),
        ("ALVBOT_ASSOCIATION_NAME", None, "De instelling ALVBOT_ASSOCIATION_NAME ontbreekt"),
        ("ALVBOT_QUORUM", "half", "De instelling ALVBOT_QUORUM heeft geen geldige waarde"),
        ("ALVBOT_QUROUM", ">1/2", "De instelling ALVBOT_QUROUM bestaat niet"),
        ("ALVBOT_CONFIG", "weg.toml", "Het instellingenbestand weg.toml bestaat niet"),
        ("ALVBOT_DATABASE_URL", "mysql://x/y", "De instelling ALVBOT_DATABASE_URL heeft geen geldige waarde"),
        ("ALVBOT_DATABASE_URL", "sqlite+aiosqlite://", "Deze database kan niet worden gebruikt"),
        ("ALVBOT_DATABASE_URL", "sqlite+aiosqlite:////proc/nergens/a.db", "In de map /proc/nergens kan niet"),
        ("ALVBOT_DATABASE_URL", "postgresql://127.0.0.1:9/x", "De database is niet bereikbaar"),
    ],
)
@pytest.mark.parametrize("command", ["run", "init", "migrate"])
def test_complaints(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str | None, sentence: str
) -> None:
    """Each thing that people can mend is one Dutch sentence with exit code 2, and shows no secret."""
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    code, out, err = run(command)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1
    assert "geheim" not in err


def test_file_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    """A broken settings file, a misspelt name in it, and settings that do not agree are named."""
    file = tmp_path / "alvbot.toml"
    file.write_text("link_days = \n")
    assert run("run")[2].startswith("Het instellingenbestand kan niet worden gelezen")
    file.write_text("link_dagen = 3\n")
    assert "ALVBOT_LINK_DAGEN" in run("run")[2]


def test_clock_beside_the_real_telegram(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock of its own is refused where people really vote."""
    monkeypatch.setenv("ALVBOT_API_BASE_URL", "https://api.telegram.org")
    monkeypatch.setenv("ALVBOT_CLOCK_URL", "http://127.0.0.1:9/sim/clock")
    code, _, err = run("run")
    assert (code, err) == (2, "Een eigen klok hoort alleen bij de simulator; verwijder ALVBOT_CLOCK_URL.\n")


def test_webhook_without_a_secret(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A webhook into which anybody could press is refused."""
    monkeypatch.setenv("ALVBOT_WEBHOOK_URL", "https://alv.example.nl/telegram")
    code, _, err = run("run")
    assert code == 2
    assert err.startswith(
        "Zonder ALVBOT_WEBHOOK_SECRET kan iedereen zich voordoen als Telegram; stel die instelling in"
    )


def test_database_that_is_not_there_yet(run: Run) -> None:
    """Without a database ``run`` says what to do first, and makes none."""
    code, _, err = run("run")
    assert (code, err) == (2, "Er is nog geen database; voer eerst `alvbot init` uit.\n")


def test_init_without_telegram(run: Run) -> None:
    """Without Telegram ``init`` still gives the message to send, and a new one again; ``migrate`` changes nothing."""
    code, first, _ = run("init", "--name", "Secretaris")
    assert code == 0
    assert "/start " in first
    code, second, _ = run("init")
    assert code == 0
    assert second != first
    assert run("migrate")[:2] == (0, "De database is bijgewerkt.\n")


@pytest.mark.parametrize(
    ("mismatch", "sentence"),
    [
        (
            SchemaMismatch("0001", "0002", newer=False),
            "De database hoort bij een oudere versie; voer eerst `alvbot migrate`",
        ),
        (SchemaMismatch("0003", "0002", newer=True), "De database hoort bij een nieuwere versie"),
    ],
)
def test_schema_of_another_version(mismatch: SchemaMismatch, sentence: str) -> None:
    """An older database asks for a migration, a newer one for a newer program."""
    with pytest.raises(Complaint) as caught, complaining():
        raise mismatch
    assert str(caught.value).startswith(sentence)


async def answered(sim: RunningSimulator, user: Json) -> None:
    """Wait until the bot wrote something."""

    async def wrote() -> bool:
        return bool(texts(await sim.messages(user)))

    await until(wrote, 20)


def test_newer_database(run: Run, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path, tmp_path: Path) -> None:
    """A database of a newer program is refused by every command."""
    file = shutil.copyfile(sqlite_template, tmp_path / "newer.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    monkeypatch.setenv("ALVBOT_DATABASE_URL", sqlite_url(file))
    for command in ("run", "init", "migrate"):
        code, _, err = run(command)
        assert code == 2
        assert "De database hoort bij een nieuwere versie" in err


def test_error_of_the_program(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything else ends with code 1, in the log and not as a stack on the screen."""

    async def fail(_url: str) -> None:
        raise LookupError("private")

    monkeypatch.setattr(migrate, "upgrade", fail)
    code, out, err = run("migrate")
    assert code == 1
    assert "LookupError" in err
    assert "private" not in out + err


def test_storage_lost_while_starting() -> None:
    """A database that goes away is reported as such."""
    with pytest.raises(Complaint, match="niet bereikbaar"), complaining():
        raise StorageUnavailable("away")


async def test_from_nothing_to_registered(databases: Databases, sim: RunningSimulator, tmp_path: Path) -> None:
    """``init`` on an empty database, its link in Telegram, and ``run`` until SIGTERM: somebody is registered."""
    async with databases.database(migrated=False) as url:
        env = environment(sim, url)
        code, out, err = await bot_command("init", env=env)
        found = re.search(r"https://t\.me/testbot\?start=(\S+) .* /start (\S+)", out)
        assert (code, found is not None) == (0, True), err
        assert found is not None
        assert found[1] == found[2]
        anna = await sim.user("Anna")
        async with bot_process(env, tmp_path / "bot.log") as bot:
            await sim.start(anna, found[1])
            await sim.wait_for(anna, label="Ja, dat ben ik", within=20)
            await sim.press(anna, "Ja, dat ben ik")
            await sim.wait_for(anna, "U bent aangemeld als")
            bot.terminate()
            assert await asyncio.wait_for(bot.wait(), 20) == 0
        assert (await bot_command("init", env=env))[:2] == (
            0,
            "Het regiebureau is al geregistreerd; het maakt nieuwe links in de chat.\n",
        )


@ON_SQLITE
async def test_token_that_telegram_refuses(database_url: str, sim: RunningSimulator, tmp_path: Path) -> None:
    """An unknown token ends ``run`` and ``init`` with one sentence, also when it is revoked while the bot runs."""
    unknown = "99:unknown-canary-token-that-nobody-has"
    for command in ("run", "init"):
        code, out, err = await bot_command(command, env=environment(sim, database_url, token=unknown))
        assert code == 2
        assert "Telegram aanvaardt het token niet" in err
        assert "canary" not in out + err
    log = tmp_path / "bot.log"
    async with bot_process(environment(sim, database_url), log) as bot:
        anna = await sim.user("Anna")
        await sim.start(anna)
        await answered(sim, anna)
        await sim.write(anna, "hallo")
        sim.world.bots.clear()
        assert await asyncio.wait_for(bot.wait(), 40) == 2
    assert "Telegram aanvaardt het token niet" in log.read_text()


@ON_SQLITE
async def test_telegram_away_at_the_start(database_url: str, sim: RunningSimulator, tmp_path: Path) -> None:
    """The bot waits for Telegram, takes an old webhook away without losing updates, and stops when it is told to."""
    await sim.call("POST", f"/bot{sim.token}/setWebhook", {"url": "https://127.0.0.1:9/x"})
    await sim.fault("500", "getMe", times=2)
    log = tmp_path / "bot.log"
    async with bot_process(environment(sim, database_url), log) as bot:
        anna = await sim.user("Anna")
        await sim.start(anna)
        await answered(sim, anna)
        bot.terminate()
        assert await asyncio.wait_for(bot.wait(), 20) == 0
    written = log.read_text()
    assert written.count("Telegram cannot be reached") == 2
    assert written.rstrip().endswith("}")
    assert "stopped" in written


@ON_SQLITE
async def test_webhook_where_somebody_listens(database_url: str, sim: RunningSimulator) -> None:
    """An address that is taken, or not of this machine, is one sentence that names the settings."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for wrong in ({"listen_port": port}, {"listen_host": "192.0.2.1"}):
            env = environment(sim, database_url, **webhook_settings() | wrong)
            code, out, err = await bot_command("run", env=env)
            assert (code, out) == (2, "")
            assert "kan niet worden geluisterd" in err
            assert "Corrigeer ALVBOT_LISTEN_HOST, ALVBOT_LISTEN_PORT" in err


@ON_SQLITE
async def test_telegram_away_at_the_start_of_a_webhook(
    database_url: str, sim: RunningSimulator, tmp_path: Path
) -> None:
    """While Telegram is away the process says that it lives and is not ready, and puts updates off."""
    await sim.fault("500", "getMe", times=1000)
    settings = webhook_settings()
    log = tmp_path / "bot.log"
    anna = await sim.user("Anna")
    await sim.start(anna)
    async with bot_process(environment(sim, database_url, **settings), log) as bot, ClientSession() as session:
        telegram = Sender(session, settings["webhook_url"])

        async def listens() -> bool:
            with suppress(ClientConnectorError):
                return (await telegram.get("/../health")).status == 200
            return False

        await until(listens, 20)
        waiting = await telegram.get("/../ready")
        assert (waiting.status, waiting.body) == (503, b'{"database":true,"telegram":false,"webhook":false}')
        assert (await telegram.post(message(1, "te vroeg"))).status == 503
        await sim.call("DELETE", "/sim/faults")
        await answered(sim, anna)
        assert (await telegram.get("/../ready")).status == 200
        bot.terminate()
        assert await asyncio.wait_for(bot.wait(), 20) == 0
    assert SECRET not in log.read_text()
