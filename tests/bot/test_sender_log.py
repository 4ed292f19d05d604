"""What the log tells of a message, under the key of the update that caused it."""

import json
from collections.abc import Iterator
from itertools import count

import pytest

from bot import logs
from bot.client import AssemblyBot
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.intake import Origin
from storage.unit import Unit
from tests.bot.screens import Broken, HeadCountRef, Line
from tests.bot.sending import ON_SQLITE, Json, done, sending

pytestmark = pytest.mark.usefixtures("_test_screens", "_restored_logging")

UPDATE = 4711
_BOTS = count(1)
"""The same number of an update for another bot is another update."""


async def caused(storage: Storage, chat_id: int, facts: object, *, edit: int | None = None, live: bool = False) -> None:
    """Queue a message as an update does."""

    async def queue(unit: Unit) -> None:
        if live:
            await unit.outbox.show(chat_id, facts, key="live", batch="test")
        else:
            await unit.outbox.send(chat_id, facts, edit=edit, batch="test")

    await storage.write(queue, origin=Origin(next(_BOTS), UPDATE))


def told(printed: str) -> Iterator[str]:
    """Yield what happened to the update, in order; everything else that is logged has another key or none."""
    for line in printed.splitlines():
        entry = json.loads(line)
        if entry.get("update_id") == UPDATE:
            yield entry["event"]


@ON_SQLITE
@pytest.mark.parametrize(
    ("fault", "events"),
    [
        (None, ["sent"]),
        ("500", ["message not sent", "sent"]),
        ("429", ["Telegram asks for silence", "sent"]),
        ("reset_after", ["message not sent", "sent"]),
    ],
)
async def test_tries_are_told(
    storage: Storage,
    bot: AssemblyBot,
    sim: RunningSimulator,
    anna: Json,
    capsys: pytest.CaptureFixture[str],
    fault: str | None,
    events: list[str],
) -> None:
    """Each try of a message and its end bear the update's number, at INFO, and none of them its text."""
    logs.configure("INFO", "json")
    await caused(storage, anna["id"], Line("een vertrouwelijke tekst"))
    if fault:
        await sim.fault(fault, "sendMessage")
    async with sending(storage, bot):
        await done(storage)
    printed = capsys.readouterr().err
    assert list(told(printed)) == events
    assert "vertrouwelijk" not in printed


@ON_SQLITE
async def test_ends_are_told(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    """A message that is refused, cannot be drawn, shows nothing or must be sent anew is told as such."""
    logs.configure("INFO", "json")
    ends = []
    for facts, edit, live in (
        (Line("<b>open"), None, False),
        (Broken(), None, False),
        (HeadCountRef(), None, True),
        (Line("Opnieuw"), 999_999, False),
    ):
        await caused(storage, anna["id"], facts, edit=edit, live=live)
        async with sending(storage, bot):
            await done(storage)
        ends.append(list(told(capsys.readouterr().err)))
    await sim.block(anna)
    await caused(storage, anna["id"], Line("Weg"))
    async with sending(storage, bot):
        await done(storage)
    ends.append(list(told(capsys.readouterr().err)))
    assert ends == [
        ["Telegram refuses a message"],
        ["screen not rendered"],
        ["nothing to show"],
        ["to be sent anew", "sent"],
        ["chat cannot be reached"],
    ]
