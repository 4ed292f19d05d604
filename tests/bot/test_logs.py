"""No token and nobody's words reach the log, on whichever road."""

import asyncio
import gc
import json
import logging
import warnings

import aiohttp
import pytest
import structlog
from structlog.contextvars import bound_contextvars
from telegram.error import InvalidToken, TelegramError

from assembly.errors import AccountInUse
from bot import logs
from bot.client import AssemblyBot
from bot.logs import Scrubber, where
from simulator.testing import RunningSimulator

TOKEN = "987654321:CANARY-canary_CANARY-canary_CANARY1"
MENTION = f"using {TOKEN}"
CONFIGURED = "1:canary/odd?token"


pytestmark = pytest.mark.usefixtures("_restored_logging")
IN_EACH_FORM = pytest.mark.parametrize("form", ["console", "json"])


class Unspeakable:
    """What cannot be written."""

    def __repr__(self) -> str:
        raise RuntimeError("een vertrouwelijke tekst")


def fail(words: str) -> None:
    """Raise an error with another one before it."""
    try:
        dict[str, str]()[words]
    except KeyError as error:
        raise TelegramError(f"at https://api.telegram.org/bot{TOKEN}/getMe") from error


@IN_EACH_FORM
def test_tokens_are_scrubbed_everywhere(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether in an event, a value, a library's line or an exception: no token gets through, at DEBUG."""
    logs.configure("DEBUG", form, [CONFIGURED])
    log = structlog.stdlib.get_logger("bot.test")
    log.info(MENTION, url=f"https://host/bot{TOKEN}/x", odd=CONFIGURED)
    log.debug("nested", facts={"token": TOKEN, "list": [f"bot987654321%3A{TOKEN.split(':')[1]}"]})
    logging.getLogger("somebody.else").warning("GET %s", f"https://host/bot{CONFIGURED}/getMe")
    logging.getLogger("telegram.ext").error("no %s", aiohttp.InvalidURL(f"http://host/bot{TOKEN}"))
    for logger in (log, logging.getLogger("somebody.else")):
        try:
            fail("x")
        except TelegramError:
            logger.exception("failed")
    with bound_contextvars(bot=TOKEN):
        log.warning("in context")
    printed = capsys.readouterr().err
    assert "canary" not in printed.lower()
    assert printed.count("<token>") >= 8
    assert "Traceback" not in printed


@IN_EACH_FORM
async def test_bot_at_work_tells_no_token(sim: RunningSimulator, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A bot that works, uploads, fails and is refused logs neither its token nor what people read, at DEBUG."""
    logs.configure("DEBUG", form, [CONFIGURED])
    anna = await sim.user("Anna")
    await sim.start(anna)
    async with AssemblyBot(sim.token, sim.base_url, answer_seconds=0.5) as bot:
        await bot.send_message(anna["id"], "een vertrouwelijke tekst")
        await bot.send_document(anna["id"], b"vertrouwelijk", filename="vertrouwelijk.txt")
        await bot.raw_updates(0, seconds=0)
        for fault in ("500", "429", "reset_after", "timeout_after"):
            await sim.fault(fault, "sendMessage", seconds=1)
            try:
                await bot.send_message(anna["id"], "een vertrouwelijke tekst")
            except TelegramError:
                logging.getLogger("bot.test").exception("not sent by %r", bot)
    with pytest.raises(InvalidToken):
        async with AssemblyBot(TOKEN, sim.base_url):
            pass
    printed = capsys.readouterr().err
    assert printed.count("not sent by AssemblyBot") == 4
    assert sim.token not in printed
    assert "vertrouwelijk" not in printed
    assert "canary" not in printed.lower()


@IN_EACH_FORM
def test_errors_are_told_without_peoples_words(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An error's kind, place and causes are logged; its own words only where they are the machine's."""
    logs.configure("DEBUG", form, [CONFIGURED])
    try:
        try:
            fail("wat Jansen schreef")
        except TelegramError:
            raise AccountInUse("Jansen") from None
    except AccountInUse:
        structlog.stdlib.get_logger("bot.test").exception("failed", person_id=7)
    try:
        fail("wat Jansen schreef")
    except TelegramError as error:
        group = ExceptionGroup("samen", [error])
        structlog.stdlib.get_logger("bot.test").error("failed", exc_info=group)
    printed = capsys.readouterr().err
    assert "Jansen" not in printed
    assert "AccountInUse" in printed
    assert "KeyError" in printed
    assert "TelegramError: at https" in printed
    assert "test_logs.py" in printed
    if form == "json":
        lines = [json.loads(line) for line in printed.splitlines()]
        assert (lines[0]["event"], lines[0]["person_id"], lines[0]["level"]) == ("failed", 7, "error")


@IN_EACH_FORM
def test_libraries_are_held_back(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What libraries log about single messages stays out, whatever the level."""
    logs.configure("DEBUG", form, [CONFIGURED])
    for name in ("telegram.Bot", "httpx", "aiosqlite", "sqlalchemy.engine", "apscheduler.scheduler", "asyncio"):
        logging.getLogger(name).debug("parameters: %s", "een vertrouwelijke tekst")
    logging.getLogger("httpx").info("POST %s", TOKEN)
    assert capsys.readouterr().err == ""


def test_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Below the set level nothing is logged, and a quieter setting also quietens the libraries."""
    logs.configure("ERROR", "json")
    structlog.stdlib.get_logger("bot.test").warning("quiet")
    logging.getLogger("telegram").warning("quiet")
    assert capsys.readouterr().err == ""


@IN_EACH_FORM
def test_lines_without_an_error(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that asks for an exception where there is none is logged as it is, without a warning."""
    logs.configure("DEBUG", form, [CONFIGURED])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        structlog.stdlib.get_logger("bot.test").error("plain", exc_info=None)
    printed = capsys.readouterr().err
    assert "plain" in printed


@IN_EACH_FORM
def test_line_that_cannot_be_logged(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A line whose values do not fit, a library's or our own, is named, and nothing of it is printed."""
    logs.configure("DEBUG", form)
    logging.getLogger("somebody.else").info("%d", "een vertrouwelijke tekst")
    structlog.stdlib.get_logger("bot.test").info("one of ours", value=Unspeakable())
    told, ours = capsys.readouterr().err.splitlines()
    assert told.startswith("a line of somebody.else could not be logged")
    assert ours == "a line of bot.test could not be logged (RuntimeError)"


def test_where() -> None:
    """A place is named by module, function and line; an error that was never raised by its kind alone."""
    assert where(LookupError("private")) == "LookupError"
    with pytest.raises(TelegramError) as caught:
        fail("private")
    assert where(caught.value).startswith("TelegramError in ")
    assert "test_logs.fail, line " in where(caught.value)


def test_scrubber_knows_tokens() -> None:
    """Bot tokens are known by their form, in URLs too; times and ratios are left alone."""
    scrub = Scrubber(())
    assert scrub(f"bot{TOKEN}/getMe") == "bot<token>/getMe"
    assert scrub(f"bot{TOKEN.replace(':', '%3A')}/getMe") == "bot<token>/getMe"
    assert scrub("at 2019-02-13T18:00:00 in bot/intake.py:120 run") == "at 2019-02-13T18:00:00 in bot/intake.py:120 run"


@IN_EACH_FORM
async def test_loop_complains_without_peoples_words(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What a task raised that nobody waited for is told by kind and place: asyncio itself would quote its words."""
    logs.configure("DEBUG", form, [CONFIGURED])
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.log_loop_trouble)

    async def forgotten() -> None:
        raise LookupError("Kanarie stemde tegen")

    task = asyncio.create_task(forgotten())
    await asyncio.wait([task])
    del task
    gc.collect()
    loop.call_exception_handler({"message": "something else"})
    printed = capsys.readouterr().err
    assert "Kanarie" not in printed
    assert "never retrieved" in printed
    assert "LookupError" in printed
    assert "something else" in printed
