"""After a play: whether the bot's own side of it is sound."""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assembly.association import Association
from storage.clock import SystemClock
from storage.engine import Storage
from storage.unit import Unit

SENT_WITHIN = 90.0
"""Seconds for what still waits to be sent; a group takes twenty messages a minute."""


async def all_sent(database_url: str, association: Association) -> None:
    """Wait until nothing waits to be sent any more, while the bot runs; ``SENT_WITHIN`` seconds at most."""
    async with Storage.open(database_url, association, SystemClock()) as storage:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SENT_WITHIN):
                while await storage.read(_pending):  # noqa: ASYNC110 - another process sends
                    await asyncio.sleep(0.2)


async def stored_findings(database_url: str, association: Association) -> list[str]:
    """Return what does not fit in a database whose bot has stopped: dead letters, unsent messages, a broken journal."""
    async with Storage.open(database_url, association, SystemClock()) as storage:
        return await storage.write(_findings)


async def _findings(unit: Unit) -> list[str]:
    await unit.journal.seal(limit=1_000_000)
    unsent = await _pending(unit)
    return [
        *(f"dead letter: {reason}" for reason in await unit.intake.dead_letters()),
        *(f"message failed: {error}" for error in await unit.outbox.failures()),
        *([f"messages not sent: {unsent}"] if unsent else []),
        *(f"journal: {finding}" for finding in await unit.journal.verify()),
    ]


async def _pending(unit: Unit) -> int:
    return await unit.outbox.pending()


def logged_findings(log: Path) -> list[str]:
    """Return the errors in a bot's log that was written as JSON, and the lines in it that are no JSON at all."""
    findings = []
    for line in log.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            findings.append(f"log: {line}")
        else:
            if entry.get("level") in {"error", "critical"}:
                findings.append(f"log: {entry.get('event')} {entry.get('exception', '')}".strip())
    return findings


def wire_findings(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what the simulator's log says against the bot: invalid traffic, and requests that Telegram would refuse.

    "Message is not modified" is a redraw that changed nothing, and as good as done.
    """
    refusals: Counter[str] = Counter()
    for entry in entries:
        if entry["kind"] == "invalid":
            refusals[f"invalid {entry['what']} {entry.get('method', '')}: {'; '.join(entry['problems'])}"] += 1
        elif entry["kind"] == "request" and entry["status"] != 200:  # noqa: PLR2004 - HTTP's "OK"
            description = str(entry["response"].get("description"))
            if "message is not modified" not in description:
                refusals[f"{entry['method']}: {description}"] += 1
    return [f"{number} × {finding}" for finding, number in refusals.items()]
