"""Documents that people sent are fetched, or given up with a reason."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import insert, select
from telegram import Document

from bot import fetcher
from bot.client import AssemblyBot
from bot.fetcher import Fetcher
from services import files as files_service
from simulator.testing import RunningSimulator
from storage.engine import Storage, StorageUnavailable
from storage.tables import file_contents, files, people
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE, Json
from tests.support.waiting import until

CONTENT = bytes(range(256)) * 40


@asynccontextmanager
async def fetching(storage: Storage, bot: AssemblyBot) -> AsyncIterator[None]:
    """Run a fetcher, and end it in good order."""
    stop = asyncio.Event()
    task = asyncio.create_task(Fetcher(storage, bot).run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


async def sent(sim: RunningSimulator, bot: AssemblyBot, user: Json, content: bytes = CONTENT) -> Document:
    """Let somebody send a document, and return it as the bot sees it."""
    await sim.send_documents(user, ("bijlage.pdf", content))
    message = (await bot.get_updates())[-1].effective_message
    assert message is not None
    assert message.document is not None
    return message.document


async def want(storage: Storage, file_id: str, size: int = len(CONTENT)) -> None:
    """Store that a document is wanted, with a message that goes out, so that the fetcher wakes."""

    async def store(unit: Unit) -> None:
        person = insert(people).values(name="Anna", function="lid").returning(people.c.id)
        person_id = (await unit.connection.execute(person)).scalar_one()
        await unit.files.add(
            telegram_file_id=file_id,
            telegram_unique_id=file_id[-10:],
            name="bijlage.pdf",
            mime_type="application/pdf",
            size=size,
            purpose="test",
            sent_by=person_id,
        )

    await storage.write(store)


async def state(storage: Storage) -> tuple[str, str | None, bytes | None]:
    """Return the state, the error and the bytes of the one document."""

    async def load(unit: Unit) -> tuple[str, str | None, bytes | None]:
        query = select(files.c.state, files.c.error, file_contents.c.content).outerjoin(file_contents)
        row = (await unit.connection.execute(query)).one()
        return row.state, row.error, row.content

    return await storage.read(load)


async def settled(storage: Storage) -> tuple[str, str | None, bytes | None]:
    """Wait until the document is fetched or given up."""

    async def no_longer_wanted() -> bool:
        return (await state(storage))[0] != "wanted"

    await until(no_longer_wanted)
    return await state(storage)


async def test_document_is_fetched(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """The bytes are stored as they were sent."""
    document = await sent(sim, bot, anna)
    await want(storage, document.file_id)
    async with fetching(storage, bot):
        assert await settled(storage) == ("fetched", None, CONTENT)


@ON_SQLITE
@pytest.mark.parametrize("kind", ["500", "429", "reset_before", "reset_after"])
async def test_passing_errors(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, kind: str) -> None:
    """What passes is tried again."""
    document = await sent(sim, bot, anna)
    await sim.fault(kind, "getFile")
    await want(storage, document.file_id)
    async with fetching(storage, bot):
        assert await settled(storage) == ("fetched", None, CONTENT)


@ON_SQLITE
async def test_unknown_file(storage: Storage, bot: AssemblyBot) -> None:
    """A file that Telegram does not know is given up with its reason."""
    await want(storage, "AgADunknown-file-id-that-nobody-has")
    async with fetching(storage, bot):
        what, error, content = await settled(storage)
    assert (what, content) == ("failed", None)
    assert error


@ON_SQLITE
async def test_file_above_the_limit(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """More than Telegram lets a bot download is given up without asking for it."""
    document = await sent(sim, bot, anna)
    await want(storage, document.file_id, size=20_000_001)
    async with fetching(storage, bot):
        what, error, _ = await settled(storage)
    assert (what, error) == ("failed", "larger than 20000000 bytes")


@ON_SQLITE
async def test_looks_by_itself(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that no commit announced is found by the next look, also after the database was away."""
    monkeypatch.setattr(fetcher, "LOOK_SECONDS", 0.1)
    read, away = storage.read, True

    async def unsure(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Storage.read
        nonlocal away
        if away:
            away = False
            raise StorageUnavailable("away")
        return await read(*args, **kwargs)

    monkeypatch.setattr(storage, "read", unsure)
    document = await sent(sim, bot, anna)
    async with fetching(storage, bot):
        await asyncio.sleep(0)
        await want(storage, document.file_id)
        assert await settled(storage) == ("fetched", None, CONTENT)


@ON_SQLITE
async def test_answer_that_cannot_be_read(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that PTB chokes on is tried again, and ends nothing."""
    get_file, strange = bot.get_file, True

    async def strange_at_first(*args: Any) -> Any:  # noqa: ANN401 - as Bot.get_file
        nonlocal strange
        if strange:
            strange = False
            raise KeyError("file_unique_id")
        return await get_file(*args)

    document = await sent(sim, bot, anna)
    await want(storage, document.file_id)
    with monkeypatch.context() as patched:
        patched.setattr(AssemblyBot, "get_file", lambda _bot, *args: strange_at_first(*args))
        async with fetching(storage, bot):
            assert await settled(storage) == ("fetched", None, CONTENT)


@ON_SQLITE
async def test_silence_is_kept(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """After a 429 nothing is asked for before its time is over."""
    document = await sent(sim, bot, anna)
    await sim.fault("429", "getFile", retry_after=2)
    await want(storage, document.file_id)
    async with fetching(storage, bot):
        await settled(storage)
    refused, answered = await sim.requests("getFile")
    assert answered["mono"] - refused["mono"] >= 2


@ON_SQLITE
async def test_content_on_which_the_program_fails(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up, once; whoever sent the next document does not wait behind it for ever."""
    store = files_service.store_content
    failed = 0

    async def store_content(unit: Unit, file_id: int, *args: Any) -> None:  # noqa: ANN401 - as the service
        nonlocal failed
        if file_id == 1:
            failed += 1
            raise RuntimeError("of the program's own making")
        await store(unit, file_id, *args)

    monkeypatch.setattr(fetcher, "store_content", store_content)
    await want(storage, (await sent(sim, bot, anna)).file_id)
    await want(storage, (await sent(sim, bot, anna, b"daarna")).file_id)

    async def states(unit: Unit) -> list[str]:
        return list((await unit.connection.execute(select(files.c.state).order_by(files.c.id))).scalars())

    async def both_ended() -> bool:
        return await storage.read(states) == ["failed", "fetched"]

    async with fetching(storage, bot):
        await until(both_ended)
    assert failed == 1
