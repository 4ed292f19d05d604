"""The command line: ``alvbot run``, ``alvbot init``, ``alvbot migrate``."""

import asyncio
import sys
from typing import Annotated

import structlog
import typer
from telegram.error import NetworkError

from bot import app as process
from bot import logs, setup
from bot.client import AssemblyBot
from bot.complaints import Complaint, complaining, file_missing
from bot.config import Settings
from screens.catalogue import gettext as _
from storage import migrate as migrations
from storage.clock import SystemClock
from storage.engine import Storage

EXIT_COMPLAINT = 2

app = typer.Typer(
    help=_("Telegram assistant for the general assembly of a Dutch cooperative or association."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # it would print the values of variables, the token among them
    rich_markup_mode=None,
)

_log = structlog.stdlib.get_logger(__name__)


@app.command(help=_("Run the bot until it is told to stop."))
def run() -> None:
    """Run the bot."""
    settings = _settings()
    setup.prepare_directory(settings.database_url)
    asyncio.run(process.run(settings))


@app.command(help=_("Prepare a new database and make the first registration link of the secretariat."))
def init(
    name: Annotated[str, typer.Option(help=_("Name of the first person of the secretariat."))] = "Regiebureau",
) -> None:
    """Prepare a new database."""
    settings = _settings()
    setup.prepare_directory(settings.database_url)
    typer.echo(asyncio.run(_init(settings, name)))


@app.command(help=_("Bring the database up to the version of the program."))
def migrate() -> None:
    """Migrate the database."""
    settings = _settings()
    setup.prepare_directory(settings.database_url)
    asyncio.run(migrations.upgrade(settings.database_url))
    typer.echo(_("The database is up to date."))


async def _init(settings: Settings, name: str) -> str:
    await setup.migrate_new(settings.database_url)
    async with Storage.open(settings.database_url, settings.association(), SystemClock()) as storage:
        token = await storage.write(setup.first_link, name)
    if token is None:
        return _("The secretariat is registered already; it makes new links in the chat.")
    username = await _username(settings)
    if username is None:
        return _("Telegram cannot be reached now. Send the bot this message: {message}").format(
            message=f"/start {token}"
        )
    return _("Open {link} in Telegram, or send the bot this message: {message}").format(
        link=f"https://t.me/{username}?start={token}", message=f"/start {token}"
    )


async def _username(settings: Settings) -> str | None:
    """Ask Telegram for the bot's user name; ``None`` when it cannot be reached."""
    bot = AssemblyBot(settings.token.get_secret_value(), settings.api_base_url)
    try:
        async with bot:
            return bot.username
    except NetworkError:
        return None


def _settings() -> Settings:
    """Read the settings and log as they say."""
    try:
        settings = Settings.read()
    except FileNotFoundError as error:
        raise file_missing(error.args[0]) from error
    logs.configure(settings.log_level, settings.log_format, [settings.token.get_secret_value()])
    return settings


def main() -> None:
    """Run the command. Exits with 2 and a sentence where people can do something, with 1 when the program fails."""
    logs.configure("INFO", "console")
    try:
        with complaining():
            app(standalone_mode=True)
    except Complaint as complaint:
        typer.echo(str(complaint), err=True)
        sys.exit(EXIT_COMPLAINT)
    except Exception:  # noqa: BLE001 - said in the log, where no token or personal data gets through
        _log.exception("stopped by an error")
        sys.exit(1)
