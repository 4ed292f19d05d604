"""The command line: ``alvbot run``, ``init``, ``migrate``, ``backup`` and ``restore``, and ``demo`` and ``play``."""

import asyncio
import gc
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer
from telegram.error import NetworkError

from bot import app as process
from bot import backups, demo, logs, setup
from bot.children import end_with_parent
from bot.client import AssemblyBot
from bot.complaints import Complaint, complaining, file_missing
from bot.config import Settings
from screens.catalogue import gettext as _
from screens.catalogue import ngettext
from screens.texts import long_date_time, number
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
def run(
    exit_with_parent: Annotated[bool, typer.Option("--exit-with-parent", hidden=True)] = False,
) -> None:
    """Run the bot; ``exit_with_parent`` also stops it when its standard input closes."""
    settings = _settings()
    setup.prepare_directory(settings.database_url)
    gc.freeze()  # what was imported lives as long as the process, and need not be looked through again and again

    async def running() -> None:
        if exit_with_parent:
            end_with_parent()
        await process.run(settings)

    asyncio.run(running())


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


@app.command(help=_("Write everything in the database into a new file, also while the bot runs."))
def backup(file: Annotated[Path, typer.Argument(help=_("The new file."))]) -> None:
    """Make a backup."""
    rows = asyncio.run(backups.write_backup(_settings(), file))
    typer.echo(
        _(
            "The backup is in {file}: {rows} rows. It holds personal data and votes; keep it encrypted, "
            "and away from this machine."
        ).format(file=file.absolute(), rows=number(rows))
    )


@app.command(help=_("Put a backup back into an empty database; the bot must not run meanwhile."))
def restore(
    file: Annotated[Path, typer.Argument(help=_("The file that `alvbot backup` wrote."))],
    replace: Annotated[bool, typer.Option("--replace", help=_("First delete everything in the database."))] = False,
    release: Annotated[
        bool, typer.Option("--release", help=_("Send what waited to be sent, without asking the secretariat."))
    ] = False,
) -> None:
    """Put a backup back."""
    settings = _settings()
    setup.prepare_directory(settings.database_url)
    found = asyncio.run(backups.put_back(settings, file, replace=replace, release=release))
    typer.echo(
        _("The backup of {moment} is put back.").format(moment=long_date_time(found.made_at, settings.association()))
    )
    if found.held.messages:
        typer.echo(
            ngettext(
                "{count} message that waited then is held until the secretariat decides in the chat.",
                "{count} messages that waited then are held until the secretariat decides in the chat.",
                found.held.messages,
            ).format(count=number(found.held.messages))
        )


Database = Annotated[
    str | None,
    typer.Option(help=_("Address of an empty database, or `postgres` for one that is started for the play.")),
]
Data = Annotated[Path | None, typer.Option(help=_("Folder that keeps the database, papers, logs and the transcript."))]
Seed = Annotated[int, typer.Option(help=_("Number that decides who comes and who votes what."))]


@app.command("demo", help=_("Play the assembly of 13 February 2019 with simulated people; the chats stay open."))
def demonstrate(
    database: Database = None,
    data: Data = None,
    seed: Seed = 1,
    port: Annotated[int, typer.Option(help=_("Port of the page with the chats; any other where it is taken."))] = 8081,
    validate: Annotated[bool, typer.Option(help=_("Hold everything against a second model of the Bot API."))] = True,
    pace: Annotated[float, typer.Option(min=0, help=_("Seconds to read each piece, for an audience."))] = 0,
    empty: Annotated[bool, typer.Option("--empty", help=_("Set up only, and leave the play to you."))] = False,
) -> None:
    """Play the evening and keep the chats open."""
    options = demo.Options(database, data, seed, port=port, validate=validate, pace=pace, empty=empty)
    demo.demonstrate(options)


@app.command("play", help=_("Play the same without a stop, and hold the results against an independent recount."))
def prove(database: Database = None, data: Data = None, seed: Seed = 1) -> None:
    """Play the evening and hold it against the recount."""
    demo.prove(demo.Options(database, data, seed))


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
    logs.configure(settings.log_level, settings.log_format, settings.secrets())
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
