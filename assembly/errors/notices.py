"""Refusals of notices."""

from dataclasses import dataclass
from datetime import datetime

from assembly.errors.base import Refusal


@dataclass(eq=False)
class AlreadySent(Refusal):
    """The notice was sent before."""

    at: datetime


@dataclass(eq=False)
class NoticeFull(Refusal):
    """A notice holds this many texts and files, and not more."""

    texts: int
    files: int


@dataclass(eq=False)
class MomentPassed(Refusal):
    """Something cannot be planned for a moment in the past."""

    at: datetime


@dataclass(eq=False)
class QuietHours(Refusal):
    """The notice would arrive in quiet hours, which end at ``until``."""

    until: datetime


@dataclass(eq=False)
class TooLateToWithdraw(Refusal):
    """Telegram lets nobody delete any more what was sent then."""

    at: datetime


@dataclass(eq=False)
class NothingFailed(Refusal):
    """The notice failed with nobody who can be reached now."""


@dataclass(eq=False)
class NobodyToTell(Refusal):
    """Nobody of the chosen audience is registered, or no group is linked."""
