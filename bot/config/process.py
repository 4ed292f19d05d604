"""Settings of the process: where it runs, whom it talks to, and what it logs."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, SecretStr, model_validator
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.config.names import PREFIX
from screens.catalogue import gettext as _

TELEGRAM = "https://api.telegram.org"

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_WEBHOOK = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::(\d+))?((?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)")
_TELEGRAMS_PORTS = ("443", "80", "88", "8443")
_LOOPBACK = re.compile(r"localhost|127\.\d+\.\d+\.\d+|\[::1\]")


def _url(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise ValueError("an address starts with http:// or https://")
    return value.rstrip("/")


def _database(value: str) -> str:
    try:
        make_url(value)
    except (ArgumentError, ValueError):
        raise ValueError("this is no database URL") from None
    return value


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("this is not the form of a token")
    return value


def _webhook(value: str) -> str:
    found = _WEBHOOK.fullmatch(value.rstrip("/"))
    if found is None:
        raise ValueError("this is no address of a webhook")
    scheme, host, port, _path = found.groups()
    if not _LOOPBACK.fullmatch(host) and (scheme != "https" or (port or "443") not in _TELEGRAMS_PORTS):
        raise ValueError("Telegram sends to https on port 443, 80, 88 or 8443 only")
    return found[0]


def _secret(value: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("this is not the form of a secret")
    return value


Address = Annotated[str, AfterValidator(_url)]


class ProcessSettings(BaseModel):
    """What differs between installations."""

    token: Annotated[SecretStr, AfterValidator(_token)] = Field(
        description="The bot's token, as BotFather gives it. Keep it secret: who has it, is the bot."
    )
    api_base_url: Address = Field(
        default=TELEGRAM, description="Where the Bot API answers: Telegram, or the simulator."
    )
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default="sqlite+aiosqlite:///data/alvbot.db",
        repr=False,  # it may hold a password
        pattern=r"^(sqlite(\+aiosqlite)?|postgresql(\+asyncpg)?)://",
        description="The database: `sqlite+aiosqlite:///<file>` or `postgresql+asyncpg://<user>@<host>/<name>`.",
    )
    clock_url: Address | None = Field(
        default=None, description="Where to read the time instead of from the machine; only with the simulator."
    )
    webhook_url: Annotated[str, AfterValidator(_webhook)] | None = Field(
        default=None,
        description="Where Telegram sends updates, such as `https://alv.example.nl/telegram`; without it the bot asks.",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        default=None,
        description="What Telegram proves itself with, for a webhook: 32 to 256 letters, digits, `_` and `-`.",
    )
    listen_host: str = Field(
        default="127.0.0.1", min_length=1, description="The address on which the webhook listens, for a proxy with TLS."
    )
    listen_port: int = Field(default=8080, ge=1, le=65535, description="The port on which the webhook listens.")
    room_url: Address | None = Field(
        default=None,
        description="Where the screen in the room reaches its page, such as `https://alv.example.nl/zaal` or "
        "`http://192.168.1.5:8090`; without it there is none. Each assembly has a secret address under it.",
    )
    room_host: str = Field(
        default="127.0.0.1", min_length=1, description="The address on which that page listens; `0.0.0.0` is any."
    )
    room_port: int = Field(default=8090, ge=1, le=65535, description="The port on which that page listens.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least that is logged."
    )
    log_format: Literal["console", "json"] = Field(default="console", description="How log lines are written.")

    @model_validator(mode="after")
    def _check_process(self) -> Self:
        if self.clock_url is not None and self.api_base_url == TELEGRAM:
            raise ValueError(
                _("A clock of its own goes with the simulator only; remove {variable}.").format(
                    variable=f"{PREFIX}CLOCK_URL"
                )
            )
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError(
                _("Without {variable} anybody can pretend to be Telegram; set it, see docs/settings.md.").format(
                    variable=f"{PREFIX}WEBHOOK_SECRET"
                )
            )
        return self

    def secrets(self) -> tuple[str, ...]:
        """Return what must never be shown: the token, the webhook's secret and the database's password."""
        webhook = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        return self.token.get_secret_value(), webhook, make_url(self.database_url).password or ""
