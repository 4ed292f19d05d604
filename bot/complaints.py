"""Why the program cannot start: one Dutch sentence that says what to do."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from telegram.error import InvalidToken

from bot.config import CONFIG_VARIABLE, PREFIX
from bot.listening import CannotListen
from screens.catalogue import gettext as _
from storage.archive import BackupRefused, FileTrouble, Refusal
from storage.engine import SchemaMismatch, StorageUnavailable, UnsuitableDatabase


class Complaint(Exception):  # noqa: N818 - it is said to people, not handled by the program
    """The program cannot go on; the message says in Dutch why, and what to do."""


@contextmanager
def complaining() -> Iterator[None]:
    """Turn the errors that people can do something about into a ``Complaint``."""
    try:
        yield
    except ValidationError as error:
        raise Complaint(_settings_wrong(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise Complaint(_("The settings file cannot be read ({error}); correct it.").format(error=error)) from error
    except InvalidToken as error:
        raise Complaint(
            _("Telegram does not accept the token; set {variable} to the token that BotFather gives.").format(
                variable=f"{PREFIX}TOKEN"
            )
        ) from error
    except CannotListen as error:
        raise Complaint(
            _("Nothing can listen at {error}. Correct {variables}, or for the room {room}.").format(
                error=error,
                variables=f"{PREFIX}LISTEN_HOST, {PREFIX}LISTEN_PORT",
                room=f"{PREFIX}ROOM_HOST, {PREFIX}ROOM_PORT",
            )
        ) from error
    except SchemaMismatch as error:
        raise Complaint(_schema_wrong(error)) from error
    except UnsuitableDatabase as error:
        raise Complaint(
            _("This database cannot be used ({error}); correct {variable}.").format(
                error=error, variable=f"{PREFIX}DATABASE_URL"
            )
        ) from error
    except BackupRefused as error:
        raise Complaint(_backup_refused(error.reason)) from error
    except FileTrouble as error:
        raise Complaint(
            _("The backup cannot be read or written ({error}); check the disk and the file.").format(
                error=type(error.__cause__).__name__
            )
        ) from error
    except StorageUnavailable as error:
        raise Complaint(
            _("The database cannot be reached; check that it runs and that {variable} is right.").format(
                variable=f"{PREFIX}DATABASE_URL"
            )
        ) from error


def directory_unusable(directory: object) -> Complaint:
    """Complain of a folder that cannot hold the database."""
    return Complaint(
        _("The folder {directory} cannot be written to; create it or choose another in {variable}.").format(
            directory=directory, variable=f"{PREFIX}DATABASE_URL"
        )
    )


def file_missing(path: object) -> Complaint:
    """Complain of a settings file that is named and not there."""
    return Complaint(
        _("The settings file {path} does not exist; create it or correct {variable}.").format(
            path=path, variable=CONFIG_VARIABLE
        )
    )


def file_exists(path: object) -> Complaint:
    """Complain of a file that would be overwritten."""
    return Complaint(_("The file {path} exists already; nothing was written. Choose another name.").format(path=path))


def file_unwritable(path: object) -> Complaint:
    """Complain of a file that cannot be written."""
    return Complaint(
        _("The file {path} cannot be written; check the folder, its rights and the room on the disk.").format(path=path)
    )


def _backup_refused(reason: Refusal) -> str:
    return {
        Refusal.FOREIGN: _("This file is no backup of alvbot; nothing was changed."),
        Refusal.DAMAGED: _("The backup is damaged or not whole; nothing was changed. Use another copy."),
        Refusal.NEWER: _("The backup is of a newer version of the program; nothing was changed. Install that version."),
        Refusal.OCCUPIED: _(
            "There is data in the database already, so nothing was changed. With --replace it is lost; "
            "make a backup of it first."
        ),
        Refusal.NOT_OURS: _(
            "This database belongs to another program; nothing was changed. Correct {variable}."
        ).format(variable=f"{PREFIX}DATABASE_URL"),
        Refusal.IN_USE: _("The database is in use, so nothing was changed. Stop the bot first."),
        Refusal.UNSOUND: _(
            "The journal in the backup does not fit: something was changed in it. Nothing was changed in the database."
        ),
        Refusal.BOX_OPEN: _(
            "No backup was made: a secret vote is open, or its traces are being erased. Close the vote, keep the bot "
            "running for a minute, and try again."
        ),
    }[reason]


def _schema_wrong(error: SchemaMismatch) -> str:
    if error.newer:
        return _("The database is of a newer version of the program; install that version.")
    if error.found is None:
        return _("There is no database yet; first run `alvbot init`.")
    return _("The database is of an older version of the program; first run `alvbot migrate`.")


def _settings_wrong(error: ValidationError) -> str:
    """Say what is wrong with the first setting that is; never what it holds, for it may be a secret."""
    first = error.errors(include_url=False, include_input=False)[0]
    if not first["loc"]:
        return str(first["ctx"]["error"])
    variable = f"{PREFIX}{str(first['loc'][0]).upper()}"
    if first["type"] == "missing":
        return _("The setting {variable} is missing; set it, see docs/settings.md.").format(variable=variable)
    if first["type"] == "extra_forbidden":
        return _("There is no setting {variable}; remove it, see docs/settings.md.").format(variable=variable)
    return _("The setting {variable} has no valid value; correct it, see docs/settings.md.").format(variable=variable)
