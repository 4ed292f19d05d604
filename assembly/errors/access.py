"""Refusals of accounts, roles, requests for access and codes."""

from dataclasses import dataclass
from datetime import datetime

from assembly.errors.base import Refusal


@dataclass(eq=False)
class AccountBlocked(Refusal):
    """The account was blocked because the phone was lost or is in other hands."""


@dataclass(eq=False)
class NothingToBlock(Refusal):
    """The person has no account that could be blocked."""

    name: str


@dataclass(eq=False)
class NotTheirs(Refusal):
    """The person has no role for a member that the actor acts for."""

    name: str


@dataclass(eq=False)
class RoleHeldAlready(Refusal):
    """The person has this role for this member already."""

    name: str


@dataclass(eq=False)
class NobodyElseInOffice(Refusal):
    """The last person of the secretariat keeps its role."""


@dataclass(eq=False)
class RequestTooSoon(Refusal):
    """An earlier request for access of this account was refused, or too many were made."""

    again_at: datetime


@dataclass(eq=False)
class RequestsFull(Refusal):
    """So many requests for access wait that no further one is taken."""


@dataclass(eq=False)
class RequestDecided(Refusal):
    """Somebody decided on the request for access before."""

    name: str


@dataclass(eq=False)
class SecondFactorNeeded(Refusal):
    """The act asks for a code of the second factor first (setting ``second_factor``)."""

    act: str


@dataclass(eq=False)
class SecondFactorMissing(Refusal):
    """The act asks for a second factor, which the person has not set up (setting ``second_factor``)."""


@dataclass(eq=False)
class SecondFactorExists(Refusal):
    """The person has a second factor already."""


@dataclass(eq=False)
class CodeWrong(Refusal):
    """The code is not of this moment, or was used before."""

    tries_left: int


@dataclass(eq=False)
class CodesLocked(Refusal):
    """Too many wrong codes were typed."""

    until: datetime
