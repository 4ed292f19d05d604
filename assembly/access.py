"""Who comes in, and how it proves to be who it is: registration, requests of strangers, and the second factor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assembly.errors import CodesLocked, RequestsFull, RequestTooSoon, SecondFactorMissing, SecondFactorNeeded

CODE_SECONDS = 30
"""How long a code of the authenticator app lasts (RFC 6238)."""

CODE_WINDOW = 1
"""Codes before and after the current one that are accepted too: phones are a little off."""

MAXIMUM_WRONG_CODES = 5
CODES_LOCKED = timedelta(minutes=15)
ASKED_FOR = timedelta(minutes=10)
"""How long a code is awaited after a button asked for it."""


MAXIMUM_WAITING = 20
"""Requests for access that may wait: enough for real people, too few to bury the secretariat in."""

MAXIMUM_REQUESTS = 3
REQUESTS_COUNTED = timedelta(hours=24)
"""How many requests an account may begin in this time, and how long it waits after one that was refused."""


class RequestState(StrEnum):
    """Where a stranger's request for access stands: what is being asked, then sent, then decided."""

    NAME = "name"
    FUNCTION = "function"
    MEMBER = "member"
    CHECK = "check"
    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def live(self) -> bool:
        """Whether the request is still being written or decided; an account has at most one such."""
        return self not in {RequestState.APPROVED, RequestState.REFUSED, RequestState.WITHDRAWN}

    @property
    def typed(self) -> bool:
        """Whether the next text belongs to the request."""
        return self in {RequestState.NAME, RequestState.FUNCTION, RequestState.MEMBER}


class Registration(StrEnum):
    """Where a person stands on the way in."""

    REGISTERED = "registered"
    LINK_VALID = "link_valid"
    LINK_EXPIRED = "link_expired"
    NO_LINK = "no_link"
    BLOCKED = "blocked"


class LinkForm(StrEnum):
    """In which form the secretariat gets registration links."""

    LETTERS = "letters"
    FILE = "file"


class SecondFactorMode(StrEnum):
    """Of whom a second factor is asked (setting ``second_factor``)."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True)
class SecondFactor:
    """A person's second factor. Until ``confirmed_at`` it is being set up and protects nothing.

    ``last_step``: the time step of the last accepted code. ``asked_at``: when a code was asked for, to confirm the
    second factor or for ``asked_act``, which the button ``asked_press`` is for.
    """

    salt: str
    confirmed_at: datetime | None = None
    last_step: int = 0
    failures: int = 0
    locked_until: datetime | None = None
    verified_at: datetime | None = None
    asked_act: str | None = None
    asked_press: str | None = None
    asked_at: datetime | None = None

    def awaits_code(self, now: datetime) -> bool:
        """Whether the next code that the person types belongs to the second factor."""
        return self.asked_at is not None and now - self.asked_at < ASKED_FOR


def check_second_factor(
    factor: SecondFactor | None, mode: SecondFactorMode, act: str, now: datetime, remembered: timedelta
) -> None:
    """Refuse a guarded act unless the person gave a code less than ``remembered`` ago.

    Who has no second factor may go on where it is optional.
    """
    if mode is SecondFactorMode.OFF:
        return
    if factor is None or factor.confirmed_at is None:
        if mode is SecondFactorMode.REQUIRED:
            raise SecondFactorMissing
        return
    if factor.verified_at is None or now - factor.verified_at >= remembered:
        raise SecondFactorNeeded(act)


def check_codes_open(factor: SecondFactor, now: datetime) -> None:
    """Refuse every code, also a right one, for a while after too many wrong ones."""
    if factor.locked_until is not None and now < factor.locked_until:
        raise CodesLocked(factor.locked_until)


def after_wrong_code(factor: SecondFactor, now: datetime) -> tuple[int, datetime | None]:
    """Return how many wrong codes that makes, and until when codes are refused; a lock counts anew."""
    failures = (0 if factor.locked_until is not None else factor.failures) + 1
    return failures, now + CODES_LOCKED if failures >= MAXIMUM_WRONG_CODES else None


@dataclass(frozen=True)
class PastRequest:
    """An earlier request for access of the same account."""

    begun_at: datetime
    state: RequestState
    decided_at: datetime | None


def check_may_request(past: Sequence[PastRequest], waiting: int, now: datetime) -> None:
    """Refuse a further request of an account: too many wait, too soon after a refusal, or too many in a day.

    ``past`` are the account's earlier requests, oldest first; ``waiting`` counts the requests of all accounts.
    """
    refused = [each.decided_at for each in past if each.state is RequestState.REFUSED and each.decided_at is not None]
    if refused and now - refused[-1] < REQUESTS_COUNTED:
        raise RequestTooSoon(refused[-1] + REQUESTS_COUNTED)
    recent = [each.begun_at for each in past if now - each.begun_at < REQUESTS_COUNTED]
    if len(recent) >= MAXIMUM_REQUESTS:
        raise RequestTooSoon(recent[-MAXIMUM_REQUESTS] + REQUESTS_COUNTED)
    if waiting >= MAXIMUM_WAITING:
        raise RequestsFull
