"""Facts about registering, and about finding one's way."""

from dataclasses import dataclass

from assembly.members import Role
from assembly.permissions import Act


@dataclass(frozen=True)
class RoleShown:
    """A role as it is shown: with its member's name where it is of one."""

    role: Role
    member: str | None


@dataclass(frozen=True)
class Stranger:
    """Somebody without a link writes to the bot."""


@dataclass(frozen=True)
class RegistrationQuestion:
    """The question whether this is the person of the link."""

    link_id: int
    name: str
    function: str
    roles: tuple[RoleShown, ...]


@dataclass(frozen=True)
class RegistrationDenied:
    """The account does not belong to the person of the link; the link stays usable."""


@dataclass(frozen=True)
class RegistrationMistake:
    """The secretariat is told that a link reached somebody else."""

    name: str


@dataclass(frozen=True)
class Registered:
    """The account is bound."""

    name: str
    function: str
    roles: tuple[RoleShown, ...]


@dataclass(frozen=True)
class MeetingBrief:
    """The assembly that is being prepared or held, as far as the menu needs it. ``advance``: can be voted on now."""

    id: int
    title: str
    convened: bool
    open: bool
    advance: bool = False


@dataclass(frozen=True)
class Menu:
    """What the person can do now. ``members``: (id, name) of the members that the person acts for.

    ``represented``: those of them of which it is a representative, and can cast the vote.
    """

    acts: tuple[Act, ...]
    meeting: MeetingBrief | None
    members: tuple[tuple[int, str], ...]
    represented: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Commands:
    """The commands that Telegram offers the person."""

    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Help:
    """What the bot is for and how to ask for help."""

    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Privacy:
    """What is kept about people, and why."""


@dataclass(frozen=True)
class Cancelled:
    """The person left what it was busy with; ``anything`` says whether there was something."""

    anything: bool


@dataclass(frozen=True)
class NotHandled:
    """The program failed on a message; part of its effect may be stored."""


@dataclass(frozen=True)
class NotUnderstood:
    """A message that belongs to nothing."""
