"""Refusals of what people type."""

from dataclasses import dataclass
from datetime import date

from assembly.errors.base import Refusal


@dataclass(eq=False)
class TextTooLong(Refusal):
    """A text that people send is longer than the place where it must fit (in UTF-16 units, as Telegram counts)."""

    length: int
    limit: int


@dataclass(eq=False)
class TextMissing(Refusal):
    """A text was expected and nothing readable came."""


@dataclass(eq=False)
class DateNotUnderstood(Refusal):
    """A date and time could not be read."""

    text: str


@dataclass(eq=False)
class WeekdayWrong(Refusal):
    """The named day of the week does not go with the date ``day``."""

    day: date


@dataclass(eq=False)
class TimeSkipped(Refusal):
    """The clock jumps over this time when summer time begins."""

    text: str


@dataclass(eq=False)
class AmountNotUnderstood(Refusal):
    """The text cannot be read as an amount of euros."""

    text: str


@dataclass(eq=False)
class DayToCome(Refusal):
    """Something is recorded as done on a day that is yet to come."""

    day: date


@dataclass(eq=False)
class PaperNumberNotUnderstood(Refusal):
    """The number of a paper was expected, and something else came."""

    text: str


@dataclass(eq=False)
class NumberNotUnderstood(Refusal):
    """A whole number of at least ``minimum`` was expected, and something else came."""

    text: str
    minimum: int


@dataclass(eq=False)
class DayNotUnderstood(Refusal):
    """A date without a time could not be read."""

    text: str
