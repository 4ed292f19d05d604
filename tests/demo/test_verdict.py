"""The verdict on a play: whatever went wrong on the bot's side is found."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import update

from assembly.association import Association
from assembly.facts.registration import Stranger
from bot.verdict import all_sent, logged_findings, stored_findings, wire_findings
from storage.engine import Storage
from storage.tables import journal
from storage.unit import Unit


async def note(unit: Unit) -> None:
    """Write and seal an entry of the journal."""
    await unit.journal.note("meeting_opened", actor_id=None, facts={"meeting": 1})
    await unit.journal.seal()


async def test_a_sound_database_has_no_findings(storage: Storage, database_url: str, association: Association) -> None:
    """Nothing is found where everything was sent and the journal is whole."""
    await storage.write(note)
    await all_sent(database_url, association)
    assert await stored_findings(database_url, association) == []


async def test_what_is_wrong_in_the_database_is_found(
    storage: Storage, database_url: str, association: Association
) -> None:
    """Dead letters, messages that failed or still wait, and a journal that was changed are all found."""
    await storage.write(note)

    async def spoil(unit: Unit) -> None:
        await unit.intake.dead_letter(1, 2, "KeyError in handlers.voting", "{}")
        failed = await unit.outbox.send(5, Stranger())
        await unit.outbox.mark_failed(failed, "Bad Request: message is too long")
        await unit.outbox.send(6, Stranger())
        await unit.connection.execute(update(journal).values(kind="meeting_closed"))

    await storage.write(spoil)
    assert await stored_findings(database_url, association) == [
        "dead letter: KeyError in handlers.voting",
        "message failed: Bad Request: message is too long",
        "messages not sent: 1",
        "journal: entry 1: changed after it was sealed",
    ]


def test_errors_in_the_log_are_found(tmp_path: Path) -> None:
    """Errors count, warnings do not, and a line that is no JSON is what a crash leaves."""
    log = tmp_path / "bot.log"
    entries = [
        {"level": "info", "event": "ready"},
        {"level": "warning", "event": "message not sent"},
        {"level": "error", "event": "update not handled", "exception": "KeyError"},
    ]
    log.write_text("\n".join([*map(json.dumps, entries), "Segmentation fault"]), encoding="utf-8")
    assert logged_findings(log) == ["log: update not handled KeyError", "log: Segmentation fault"]


def test_refused_and_invalid_traffic_is_found() -> None:
    """What the validator finds and what Telegram refuses is counted; a redraw without a change is no mistake."""

    def request(status: int, description: str) -> dict[str, Any]:
        response = {"ok": status == 200, "description": description}
        return {"kind": "request", "method": "editMessageText", "status": status, "response": response}

    entries: list[dict[str, Any]] = [
        request(200, ""),
        request(400, "Bad Request: message is not modified: specified new message content"),
        request(429, "Too Many Requests: retry after 3"),
        request(429, "Too Many Requests: retry after 3"),
        {"kind": "invalid", "what": "request", "method": "sendMessage", "problems": ["text: too long"]},
        {"kind": "press"},
    ]
    assert wire_findings(entries) == [
        "2 × editMessageText: Too Many Requests: retry after 3",
        "1 × invalid request sendMessage: text: too long",
    ]
