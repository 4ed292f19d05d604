"""Facts about the second factor: setting it up, giving codes, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from assembly.access import SecondFactorMode


@dataclass(frozen=True)
class SecurityOverview:
    """Whether the reader has a second factor, and what can be done about it."""

    mode: SecondFactorMode
    confirmed: bool
    codes_left: int


@dataclass(frozen=True)
class EnrolmentRef:
    """The secret of a second factor that is being set up; derived while it is sent."""

    person_id: int


@dataclass(frozen=True)
class Enrolment:
    """The secret for an authenticator app, as text and as the address that a QR code holds."""

    key: str
    address: str


@dataclass(frozen=True)
class FactorConfirmed:
    """The second factor works from now on."""


@dataclass(frozen=True)
class RecoveryCodesRef:
    """New recovery codes, made while they are sent, since only hashes are kept."""

    person_id: int


@dataclass(frozen=True)
class RecoveryCodes:
    """The recovery codes themselves."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class CodeAsked:
    """An act waits for a code. ``text``: it ends with a text, which is to be sent again."""

    act: str
    text: bool = False


@dataclass(frozen=True)
class CodeAccepted:
    """The code was right. ``press`` is the button that waited, empty for a text; until ``until`` no code is asked."""

    act: str
    press: str
    until: datetime


@dataclass(frozen=True)
class RecoveryCodeUsed:
    """A recovery code was used; so many are left."""

    left: int


@dataclass(frozen=True)
class FactorEnded:
    """The second factor of ``name`` was taken away; its reader is told ``actor`` where it was its own."""

    name: str
    actor: str | None


@dataclass(frozen=True)
class MessageErased:
    """A message of the chat that must not stay there; without ``message_id`` the one under this one's key."""

    message_id: int | None = None
