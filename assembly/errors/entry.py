"""Refusals of registering, and of what belongs to nobody."""

from dataclasses import dataclass
from datetime import datetime

from assembly.errors.base import Refusal


@dataclass(eq=False)
class NotRegistered(Refusal):
    """The sender's account belongs to nobody in the register."""


@dataclass(eq=False)
class NotAllowed(Refusal):
    """The person has no role that permits the act (see ``assembly.permissions``)."""

    act: str


@dataclass(eq=False)
class Gone(Refusal):
    """The thing that a button spoke of no longer exists, or no longer has this state."""


@dataclass(eq=False)
class LinkUnknown(Refusal):
    """No registration link has this token."""

    tries_left: int


@dataclass(eq=False)
class LinkUsed(Refusal):
    """The registration link was used before."""


@dataclass(eq=False)
class LinkExpired(Refusal):
    """The registration link is past its date."""

    expired_at: datetime


@dataclass(eq=False)
class LockedOut(Refusal):
    """Too many wrong links came from this account."""

    until: datetime


@dataclass(eq=False)
class AccountInUse(Refusal):
    """The account is bound to another person already, or the person to another account."""

    name: str
