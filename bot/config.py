"""Settings: environment variables ``ALVBOT_…`` over an optional TOML file; ``docs/settings.md`` lists them all."""

import os
import re
from collections.abc import Mapping
from datetime import time, timedelta
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from assembly.access import SecondFactorMode
from assembly.advance import ADVANCE_LIMIT
from assembly.association import Association, Window
from assembly.item_kinds import ItemKind
from assembly.members import Role
from assembly.motions import Rule
from assembly.proxies import BoardHolder, ProxyKind
from assembly.quiet import QuietHours
from assembly.reminders import ReminderTimes, Rung
from assembly.statutes import Statutes
from assembly.tally import Basis, Majority, Threshold
from screens.catalogue import gettext as _

PREFIX = "ALVBOT_"
CONFIG_VARIABLE = "ALVBOT_CONFIG"
"""Names the TOML file; without it ``alvbot.toml`` in the working directory is read where it exists."""

TELEGRAM = "https://api.telegram.org"

_THRESHOLD = re.compile(r"(>=|>)\s*(\d{1,4})\s*/\s*(\d{1,4})")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_WEBHOOK = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::(\d+))?((?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)")
_TELEGRAMS_PORTS = ("443", "80", "88", "8443")
_LOOPBACK = re.compile(r"localhost|127\.\d+\.\d+\.\d+|\[::1\]")


def parse_threshold(text: str) -> Threshold:
    """Read ">1/2" (more than half) or ">=2/3" (at least two thirds). Raises ``ValueError`` for anything else."""
    found = _THRESHOLD.fullmatch(text.strip())
    if found is None or int(found[3]) == 0:
        raise ValueError("a threshold is written as >1/2 or >=2/3")
    return Threshold(Fraction(int(found[2]), int(found[3])), strict=found[1] == ">")


def write_threshold(threshold: Threshold | None) -> str:
    """Write a threshold as ``parse_threshold`` reads it, and "none" where there is none."""
    if threshold is None:
        return "none"
    return f"{'>' if threshold.strict else '>='}{threshold.share.numerator}/{threshold.share.denominator}"


def _threshold(value: object) -> object:
    return parse_threshold(value) if isinstance(value, str) else value


def _threshold_or_none(value: object) -> object:
    return None if value == "none" else _threshold(value)


def _names(value: object) -> object:
    """Read "a, b" as a list, as an environment variable gives it; a TOML file may also give a list."""
    return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value


def _write_names(value: frozenset[Any]) -> str:
    return ",".join(sorted(item.value for item in value))


def _numbers(value: object) -> object:
    """Read "10, 5, 2" as a list, and "none" as an empty one."""
    return [] if value == "none" else _names(value)


def _write_numbers(value: tuple[int, ...]) -> str:
    return ",".join(str(number) for number in value) or "none"


def _falling(value: tuple[int, ...]) -> tuple[int, ...]:
    if list(value) != sorted(set(value), reverse=True):
        raise ValueError("the days count down to the day itself")
    return value


def _rising(value: tuple[int, ...]) -> tuple[int, ...]:
    if list(value) != sorted(set(value)):
        raise ValueError("each step comes after the one before")
    return value


def _by_kind(value: object) -> object:
    """Read "amendment=7, persons=21" as a mapping."""
    if not isinstance(value, str):
        return value
    pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
    return {kind.strip(): days.strip() for kind, _sign, days in pairs}


def _write_by_kind(value: Mapping[ItemKind, int]) -> str:
    return ",".join(f"{kind.value}={days}" for kind, days in value.items())


def _table(value: object) -> object:
    """Read "0=1, 20000=2" as pairs, and "none" as none at all."""
    if not isinstance(value, str):
        return value
    return [] if value == "none" else [pair.split("=") for pair in value.split(",")]


def _write_table(value: tuple[tuple[int, int], ...]) -> str:
    return ",".join(f"{least}={votes}" for least, votes in value) or "none"


def _growing(value: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    if list(value) != sorted(dict(value).items()) or any(least < 0 or votes < 1 for least, votes in value):
        raise ValueError("a table of votes begins with the smallest members, and everybody has a vote")
    return value


def _lawful(value: Mapping[ItemKind, int]) -> Mapping[ItemKind, int]:
    least = _STATUTES.notice_days_by_kind[ItemKind.AMENDMENT]
    if value.get(ItemKind.AMENDMENT, 0) < least:
        raise ValueError("the law asks for a week before the statutes are amended")
    return value


def _hours(value: object) -> object:
    """Read "20:00-08:00" as two times of day."""
    return value.split("-") if isinstance(value, str) else value


def _write_hours(value: tuple[time, time]) -> str:
    return "-".join(f"{moment:%H:%M}" for moment in value)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("this is no IANA time zone")
    return ZoneInfo(name).key


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


# ``NoDecode``: pydantic-settings would otherwise read the environment's text as JSON.
Share = Annotated[Threshold, NoDecode, BeforeValidator(_threshold), PlainSerializer(write_threshold)]
Quorum = Annotated[Threshold | None, NoDecode, BeforeValidator(_threshold_or_none), PlainSerializer(write_threshold)]
Kinds = Annotated[frozenset[ProxyKind], NoDecode, BeforeValidator(_names), PlainSerializer(_write_names)]
Roles = Annotated[frozenset[Role], NoDecode, BeforeValidator(_names), PlainSerializer(_write_names)]
Address = Annotated[str, AfterValidator(_url)]
_Steps = Annotated[
    tuple[Annotated[int, Field(ge=0, le=365)], ...],
    NoDecode,
    BeforeValidator(_numbers),
    Field(max_length=len(Rung)),
    PlainSerializer(_write_numbers),
]
Days = Annotated[_Steps, AfterValidator(_falling)]
Minutes = Annotated[_Steps, AfterValidator(_rising)]
TimeOfDay = Annotated[time, PlainSerializer(lambda value: f"{value:%H:%M}")]
DaysByKind = Annotated[
    dict[ItemKind, Annotated[int, Field(ge=0, le=365)]],
    NoDecode,
    BeforeValidator(_by_kind),
    AfterValidator(_lawful),
    PlainSerializer(_write_by_kind),
]
Table = Annotated[
    tuple[tuple[int, int], ...],
    NoDecode,
    BeforeValidator(_table),
    AfterValidator(_growing),
    PlainSerializer(_write_table),
]
Hours = Annotated[tuple[time, time], NoDecode, BeforeValidator(_hours), PlainSerializer(_write_hours)]
_STATUTES = Statutes()
_REMINDERS = ReminderTimes()
_QUIET = QuietHours()


class Settings(BaseSettings):
    """Everything that differs between installations and between associations."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True)

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

    association_name: str = Field(min_length=1, max_length=200, description="The association's full name.")
    contact: str = Field(default="het regiebureau", description="Whom people can ask, as it stands in a sentence.")
    member_article: str = Field(
        default="", description="What stands before a member's name in a sentence, such as `de gemeente `."
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        default="Europe/Amsterdam", description="The association's time zone, as an IANA name."
    )
    link_days: int = Field(default=30, ge=1, le=365, description="Days that a registration link works.")
    letter_window: Window = Field(
        default=Window.LEFT, description="Where window envelopes (C5/6) show the address: `left` or `right`."
    )
    sender: str = Field(
        default="",
        max_length=100,
        description="The line above the address of letters; if empty, the association's name.",
    )
    second_factor: SecondFactorMode = Field(
        default=SecondFactorMode.OPTIONAL,
        description="A code of an app before opening, closing, importing and sending: `off`, `optional` (asked of "
        "those who set it up) or `required`. Choose `required` for a real assembly.",
    )
    second_factor_minutes: int = Field(
        default=30, ge=1, le=720, description="Minutes for which such a code holds; then it is asked again."
    )

    meeting_minutes: int = Field(
        default=180, ge=15, le=1440, description="Minutes that an assembly takes in people's calendars."
    )
    reply_reminders: Days = Field(
        default=_REMINDERS.reply_days,
        description="Days before the assembly on which who has not replied is reminded: representatives, coordinators, "
        "and the secretariat with a list of calls. Fewer numbers are fewer steps; `none` sends none.",
    )
    proxy_reminders: Days = Field(
        default=_REMINDERS.proxy_days,
        description="The same for proxies that were announced, or wait for a signature or their holder: days before "
        "the last day for proxies.",
    )
    ballot_reminders: Minutes = Field(
        default=_REMINDERS.ballot_minutes,
        description="The same for votes that were not cast: minutes after the vote was opened.",
    )
    outside_reminders: Days = Field(
        default=_REMINDERS.outside_days,
        description="The same for consultations and resolutions in writing: days before the vote closes.",
    )
    reminder_time: TimeOfDay = Field(
        default=_REMINDERS.at, description="The local time of day at which reminders go out on their days."
    )
    rehearsal_days: int = Field(
        default=3,
        ge=1,
        le=30,
        description="Days after which a dress rehearsal (generale repetitie) is erased by itself, where nobody did it "
        "before.",
    )
    quiet_hours: Hours = Field(
        default=(_QUIET.begin, _QUIET.end),
        description="Between these local times no notice goes out, unless that is chosen, and nobody is reminded, "
        "unless the assembly is open.",
    )
    address: str = Field(
        default="", max_length=200, description="The association's postal address, with commas between its lines."
    )

    notice_days: int = Field(
        default=_STATUTES.notice_days,
        ge=0,
        le=365,
        description="Full days between the day of notice and the day of the assembly, neither counted.",
        json_schema_extra={"source": "BW 2:41"},
    )
    notice_days_by_kind: DaysByKind = Field(
        default=dict(_STATUTES.notice_days_by_kind),
        description="The same for kinds of items, where that is longer: `information`, `discussion`, `decision`, "
        "`persons`, `amendment` or `procedure`, such as `amendment=7,persons=21`.",
        json_schema_extra={"source": "BW 2:42(1); statutes"},
    )
    deposit_days: int = Field(
        default=_STATUTES.deposit_days,
        ge=5,
        le=365,
        description="Full days before the assembly that the text of an amendment of the statutes lies open to members.",
        json_schema_extra={"source": "BW 2:42(2)"},
    )
    second_meeting_days: int | None = Field(
        default=_STATUTES.second_meeting_days,
        ge=0,
        le=365,
        description="Full days of notice for a second assembly without a quorum, where that of the first was missing. "
        "Without it none can be convened.",
        json_schema_extra={"source": "BW 2:43(3); statutes"},
    )
    majority: Share = Field(
        default=_STATUTES.majority.threshold,
        description="The ordinary majority: `>1/2` is more than half, `>=2/3` at least two thirds.",
        json_schema_extra={"source": "BW 2:38; statutes"},
    )
    majority_basis: Basis = Field(
        default=_STATUTES.majority.basis,
        description="Of which votes a majority is a share: `cast`, `voted` (with the abstentions and blank ballots, "
        "which are otherwise not cast), `present` or `all`.",
        json_schema_extra={"source": "statutes"},
    )
    special_majority: Share = Field(
        default=_STATUTES.special_majority.threshold,
        description="The special majority, for amendment of the statutes and the like.",
        json_schema_extra={"source": "BW 2:43"},
    )
    second_meeting_majority: Quorum = Field(
        default=_STATUTES.second_meeting_majority,
        description="The special majority in such a second assembly, where the statutes then ask for less; `none` "
        "leaves it as it is.",
        json_schema_extra={"source": "statutes"},
    )
    quorum: Quorum = Field(
        default=_STATUTES.quorum,
        description="Share of all votes that must be present or represented: `none`, or as a majority.",
        json_schema_extra={"source": "statutes"},
    )
    special_quorum: Quorum = Field(
        default=_STATUTES.special_quorum,
        description="The same for an amendment of the statutes, and what else needs more than the ordinary majority; "
        "`none` asks for no more than `quorum`.",
        json_schema_extra={"source": "statutes"},
    )
    inhabitants_per_vote: int | None = Field(
        default=_STATUTES.inhabitants_per_vote,
        ge=1,
        description="Inhabitants, or a part of so many, for which a member has a vote; without it the register tells.",
        json_schema_extra={"source": "BW 2:38(1); statutes"},
    )
    votes_by_inhabitants: Table = Field(
        default=_STATUTES.votes_by_inhabitants,
        description="Or a table: from how many inhabitants up a member has how many votes, such as "
        "`0=1,20000=2,50000=3`; `none` is no table. Where both are given, the table counts.",
        json_schema_extra={"source": "BW 2:38(1); statutes"},
    )
    votes_maximum: int | None = Field(
        default=_STATUTES.votes_maximum,
        ge=1,
        description="No member has more votes than this.",
        json_schema_extra={"source": "BW 2:38(1); statutes"},
    )
    votes_maximum_share: Annotated[Fraction | None, Field(gt=0, le=1)] = Field(
        default=_STATUTES.votes_maximum_share,
        description="No member has a larger share of all votes than this, such as `1/5`; votes above it do not exist.",
        json_schema_extra={"source": "statutes"},
    )
    chair_breaks_ties: bool = Field(
        default=_STATUTES.chair_breaks_ties,
        description="Where the votes on a matter are tied, the vote of the chair decides; otherwise it is rejected.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_kinds: Kinds = Field(
        default=_STATUTES.proxy_kinds,
        description="Proxies that may be granted: to a `colleague`, `other_member` or `outsider`, and `standing`.",
        json_schema_extra={"source": "BW 2:38(4); Gemeentewet 171(2)"},
    )
    proxy_maximum: int = Field(
        default=_STATUTES.proxy_maximum,
        ge=0,
        description="Votes of other members that one person may carry; its own and its colleagues' do not count.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_board_holder: BoardHolder = Field(
        default=_STATUTES.proxy_board_holder,
        description="Whether somebody of the board or supervisory board may hold one: `allowed`, `warned`, `refused`.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_deadline_hours: int = Field(
        default=_STATUTES.proxy_deadline_hours,
        ge=0,
        description="Hours before the assembly after which no proxy can be granted; 0 sets no deadline.",
        json_schema_extra={"source": "statutes"},
    )
    proxy_grantors: Roles = Field(
        default=_STATUTES.proxy_grantors,
        min_length=1,
        description="Roles that may sign a proxy for their member, with commas.",
        json_schema_extra={"source": "Gemeentewet 171"},
    )
    proxy_letters: bool = Field(
        default=_STATUTES.proxy_letters,
        description="Whether a photo or PDF of a signed letter can stand in for signing in the chat. Of somebody who "
        "may not sign it counts once somebody of the secretariat has seen it.",
        json_schema_extra={"source": "BW 2:38(4)"},
    )
    proxy_substitution: bool = Field(
        default=_STATUTES.proxy_substitution,
        description="Whether a vote passes on: whose member grants a proxy itself, passes on with it what it carries.",
        json_schema_extra={"source": "BW 3:64"},
    )
    persons_secret: bool = Field(
        default=_STATUTES.persons_secret,
        description="Votes on persons are secret unless roll-call is chosen explicitly.",
        json_schema_extra={"source": "statutes"},
    )
    secret_minimum: int = Field(
        default=_STATUTES.secret_minimum,
        ge=2,
        description="How many people, not seats, must vote in a secret vote: with fewer, the outcome would tell who "
        "voted what. With fewer present it is not opened, and with fewer votes in it is not counted.",
        json_schema_extra={"source": "statutes"},
    )
    persons_rule: Rule = Field(
        default=_STATUTES.persons_rule,
        description=(
            "How more candidates than seats are decided: `top_two` (the majority, and else a second round between "
            "twice as many as there are seats left), `elimination` (the majority, and else further rounds without who "
            "has the fewest votes) or `plurality` (the most votes). Who share the last place go on, or drop out, "
            "together; with `top_two_lot` and `elimination_lot` the lot decides among them."
        ),
        json_schema_extra={"source": "statutes"},
    )
    persons_lot: bool = Field(
        default=_STATUTES.persons_lot,
        description="Whether the lot can decide where persons have as many votes in a second or later round.",
        json_schema_extra={"source": "statutes"},
    )
    consultation_turnout: Quorum = Field(
        default=_STATUTES.consultation_turnout,
        description="Share of all votes that must be cast in a consultation for it to be valid: `none`, or as a "
        "majority.",
        json_schema_extra={"source": "statutes"},
    )
    variants_rule: Rule = Field(
        default=_STATUTES.variants_rule,
        description="How several texts are decided: as `persons_rule`, but without the majority no text is adopted.",
        json_schema_extra={"source": "statutes"},
    )
    variants_none: bool = Field(
        default=_STATUTES.variants_none,
        description="Whether “none of these” can be chosen besides several texts.",
        json_schema_extra={"source": "statutes"},
    )
    chair_pronounces: bool = Field(
        default=_STATUTES.chair_pronounces,
        description="Publish an outcome when the chair has pronounced it; `false` publishes it when it is counted.",
        json_schema_extra={"source": "BW 2:13(3)"},
    )
    dispute_minutes: int = Field(
        default=_STATUTES.dispute_minutes,
        ge=0,
        le=1440,
        description="Minutes in which who carried a vote can dispute an outcome and ask for another vote; 0 is never.",
        json_schema_extra={"source": "BW 2:13(4)"},
    )
    objection_seconds: int = Field(
        default=_STATUTES.objection_seconds,
        ge=10,
        le=3600,
        description="Seconds in which who carries a vote can object to adopting an item without a vote.",
        json_schema_extra={"source": "statutes"},
    )
    persons_acclamation: bool = Field(
        default=_STATUTES.persons_acclamation,
        description="Whether persons may be appointed by acclamation, where nobody objects.",
        json_schema_extra={"source": "statutes"},
    )
    late_arrivals_vote: bool = Field(
        default=_STATUTES.late_arrivals_vote,
        description="Whether who arrives while a vote is open may still vote in it, where nobody carries that seat.",
        json_schema_extra={"source": "statutes"},
    )
    advance_days: int = Field(
        default=_STATUTES.advance_days,
        ge=0,
        le=ADVANCE_LIMIT,
        description="Days before the assembly from which representatives can vote on its items, where that is by "
        "roll-call on one proposal; `0` allows no vote before the assembly.",
        json_schema_extra={"source": "BW 2:38(8)"},
    )
    advance_present: bool = Field(
        default=_STATUTES.advance_present,
        description="Whether a member that voted before the assembly counts for the quorum of that vote.",
        json_schema_extra={"source": "statutes"},
    )
    electronic_voting_article: str = Field(
        default=_STATUTES.electronic_voting_article,
        description="The article of the statutes that allows electronic voting; printed in the convocation.",
        json_schema_extra={"source": "BW 2:38(6)-(9)"},
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments before the environment before the file.

        Raises ``FileNotFoundError`` when the file that ``ALVBOT_CONFIG`` names is not there.
        """
        named = os.environ.get(CONFIG_VARIABLE)
        path = Path(named or "alvbot.toml")
        if named and not path.is_file():
            raise FileNotFoundError(path)
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    @model_validator(mode="after")
    def _check(self) -> Self:
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
        unknown = {name for name in os.environ if name.startswith(PREFIX) and name != CONFIG_VARIABLE} - {
            PREFIX + name.upper() for name in type(self).model_fields
        }
        if unknown:
            raise ValueError(
                _("There is no setting {variable}; remove it, see docs/settings.md.").format(variable=min(unknown))
            )
        return self

    @classmethod
    def read(cls) -> Self:
        """Read the settings from the environment and the file. Raises ``ValidationError`` and ``FileNotFoundError``."""
        return cls()  # type: ignore[call-arg]  # pydantic finds the values itself

    def secrets(self) -> tuple[str, ...]:
        """Return what must never be shown: the token, the webhook's secret and the database's password."""
        webhook = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        return self.token.get_secret_value(), webhook, make_url(self.database_url).password or ""

    def association(self) -> Association:
        """Return the association that these settings describe; its ``bot_username`` comes from Telegram later."""
        return Association(
            name=self.association_name,
            contact=self.contact,
            member_article=self.member_article,
            timezone=self.timezone,
            link_days=self.link_days,
            letter_window=self.letter_window,
            sender=self.sender,
            second_factor=self.second_factor,
            second_factor_remembered=timedelta(minutes=self.second_factor_minutes),
            rehearsal_days=self.rehearsal_days,
            meeting_length=timedelta(minutes=self.meeting_minutes),
            quiet=QuietHours(*self.quiet_hours),
            reminders=ReminderTimes(
                reply_days=self.reply_reminders,
                proxy_days=self.proxy_reminders,
                ballot_minutes=self.ballot_reminders,
                outside_days=self.outside_reminders,
                at=self.reminder_time,
            ),
            key=sha256(b"second factor" + self.token.get_secret_value().encode()).digest(),
            address=self.address,
            room_url=self.room_url or "",
            statutes=Statutes(
                notice_days=self.notice_days,
                notice_days_by_kind=self.notice_days_by_kind,
                deposit_days=self.deposit_days,
                second_meeting_days=self.second_meeting_days,
                majority=Majority(self.majority, self.majority_basis),
                special_majority=Majority(self.special_majority, self.majority_basis),
                second_meeting_majority=self.second_meeting_majority,
                quorum=self.quorum,
                special_quorum=self.special_quorum,
                inhabitants_per_vote=self.inhabitants_per_vote,
                votes_by_inhabitants=self.votes_by_inhabitants,
                votes_maximum=self.votes_maximum,
                votes_maximum_share=self.votes_maximum_share,
                chair_breaks_ties=self.chair_breaks_ties,
                proxy_kinds=self.proxy_kinds,
                proxy_maximum=self.proxy_maximum,
                proxy_board_holder=self.proxy_board_holder,
                proxy_deadline_hours=self.proxy_deadline_hours,
                proxy_grantors=self.proxy_grantors,
                proxy_letters=self.proxy_letters,
                proxy_substitution=self.proxy_substitution,
                persons_secret=self.persons_secret,
                secret_minimum=self.secret_minimum,
                persons_rule=self.persons_rule,
                persons_lot=self.persons_lot,
                variants_rule=self.variants_rule,
                variants_none=self.variants_none,
                consultation_turnout=self.consultation_turnout,
                advance_days=self.advance_days,
                advance_present=self.advance_present,
                electronic_voting_article=self.electronic_voting_article,
                chair_pronounces=self.chair_pronounces,
                dispute_minutes=self.dispute_minutes,
                objection_seconds=self.objection_seconds,
                persons_acclamation=self.persons_acclamation,
                late_arrivals_vote=self.late_arrivals_vote,
            ),
        )
