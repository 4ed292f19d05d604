"""What must never be written down anywhere is looked for everywhere."""

import asyncio
import io
import logging
import os
import sys

import pytest
from sqlalchemy import select

from assembly.options import Chosen
from assembly.tally import Choice
from bot import logs
from bot.config import PREFIX
from screens.presses import CastBallot
from simulator.testing import TOKEN
from storage.tables import dead_letters
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE
from tests.hostile.stage import Stage
from tests.hostile.test_presses import query
from tests.support.register import OFFICE, STRANGER

NAME, TEXT, LINK = "Kanarienaam", "Kanarietekst", "Kanarielink_1234567890"


def message(account: int, text: str, number: int) -> dict[str, object]:
    """Return the update of a text by somebody with a telling name."""
    user = {"id": account, "is_bot": False, "first_name": NAME, "username": NAME}
    chat = {"id": account, "type": "private", "first_name": NAME}
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
    written = {"message_id": 5, "date": 1, "from": user, "chat": chat, "text": text, "entities": entities}
    return {"update_id": number, "message": written}


@ON_SQLITE
@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_no_secret_is_written_down(stage: Stage, monkeypatch: pytest.MonkeyPatch, form: str, level: str) -> None:
    """Token, links, names, texts and choices reach no log and no dead letter, also where a handler fails on them."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure(level, form, [TOKEN])
    press = CastBallot(stage.motion_id, stage.evening.register.members["Deventer"], Chosen(Choice.AGAINST)).encode()
    deventer = stage.evening.register.representative("Deventer")

    async def acts() -> None:
        await stage.feed(
            [
                query(deventer, press, next(stage.numbers)),
                query(STRANGER, press, next(stage.numbers)),
                message(OFFICE, "/mededeling", next(stage.numbers)),
                message(OFFICE, TEXT, next(stage.numbers)),
                message(STRANGER, f"/start {LINK}", next(stage.numbers)),
            ]
        )

    await acts()
    telling = query(deventer, press, next(stage.numbers))
    telling["callback_query"]["from"]["first_name"] = NAME
    telling["callback_query"]["message"] |= {
        "text": "U stemt: namens Deventer: tegen",
        "reply_markup": {"inline_keyboard": [[{"text": "✅ Deventer: tegen", "callback_data": press}]]},
    }

    def fail(*secrets: object, **_more: object) -> None:
        raise RuntimeError(f"{TOKEN} {NAME} {TEXT} {LINK} {press} {secrets}")

    monkeypatch.setattr("services.ballots.check_may_cast", fail)
    monkeypatch.setattr("services.registration.token_hash", fail)
    monkeypatch.setattr("services.texts.known", fail)
    await acts()
    await stage.feed([telling, message(STRANGER, f"https://t.me/testbot?start={LINK}", next(stage.numbers))])
    logging.getLogger("telegram").warning("of a library: %s", f"https://api.telegram.org/bot{TOKEN}/getMe")

    async def letters(unit: Unit) -> list[str]:
        return list((await unit.connection.execute(select(dead_letters.c.payload))).scalars())

    kept = await stage.storage.read(letters)
    assert len(kept) == 5
    logged = written.getvalue()
    assert "dead letter" in logged
    for secret in (TOKEN, TOKEN.partition(":")[2], LINK, press, ":against", "tegen", NAME, TEXT):
        assert secret not in logged, secret
        assert not any(secret in letter for letter in kept), secret
    assert repr(stage.bot) == "AssemblyBot"
    assert TOKEN not in repr(stage.application)


@ON_SQLITE
async def test_process_that_crashes_tells_nothing(database_url: str) -> None:
    """A process that ends by an error of the program says where, and nothing of what it held."""
    crash = f"""
import sys
from bot import app

async def fail(settings):
    telling = ["{NAME}", settings.token.get_secret_value(), settings.webhook_secret.get_secret_value()]
    raise RuntimeError(telling)

app.run = fail
from bot.cli import main
sys.argv = ["alvbot", "run"]
main()
"""
    secret = "Kanariegeheim_1234567890_1234567890"
    env = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)} | {
        "ALVBOT_TOKEN": TOKEN,
        "ALVBOT_DATABASE_URL": database_url,
        "ALVBOT_ASSOCIATION_NAME": "Coöperatie Voorbeeld U.A.",
        "ALVBOT_WEBHOOK_URL": "https://voorbeeld.nl/telegram",
        "ALVBOT_WEBHOOK_SECRET": secret,
        "ALVBOT_LOG_LEVEL": "DEBUG",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", crash, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    written, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"RuntimeError" in written
    for telling in (NAME, TOKEN, TOKEN.partition(":")[2], secret):
        assert telling.encode() not in written
