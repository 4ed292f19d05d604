"""How settings are written: a line of text as a value, and back."""

import re
from collections.abc import Mapping
from datetime import time
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer
from pydantic_settings import NoDecode

from assembly.item_kinds import ItemKind
from assembly.members import Role
from assembly.proxies import ProxyKind
from assembly.reminders import Rung
from assembly.tally import Threshold

_THRESHOLD = re.compile(r"(>=|>)\s*(\d{1,4})\s*/\s*(\d{1,4})")


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


def _hours(value: object) -> object:
    """Read "20:00-08:00" as two times of day."""
    return value.split("-") if isinstance(value, str) else value


def _write_hours(value: tuple[time, time]) -> str:
    return "-".join(f"{moment:%H:%M}" for moment in value)


# ``NoDecode``: pydantic-settings would otherwise read the environment's text as JSON.
Share = Annotated[Threshold, NoDecode, BeforeValidator(_threshold), PlainSerializer(write_threshold)]
Quorum = Annotated[Threshold | None, NoDecode, BeforeValidator(_threshold_or_none), PlainSerializer(write_threshold)]
Kinds = Annotated[frozenset[ProxyKind], NoDecode, BeforeValidator(_names), PlainSerializer(_write_names)]
Roles = Annotated[frozenset[Role], NoDecode, BeforeValidator(_names), PlainSerializer(_write_names)]
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
