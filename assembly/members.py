"""Members, their seats, and the people who act for them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a person may be in the association; the first three always belong to a member."""

    REPRESENTATIVE = "representative"
    COORDINATOR = "coordinator"
    SIGNATORY = "signatory"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    MINUTES_TAKER = "minutes_taker"
    SUPERVISOR = "supervisor"
    BOARD_MEMBER = "board_member"
    OBSERVER = "observer"

    @property
    def of_member(self) -> bool:
        """Whether the role is held for a member."""
        return self in {Role.REPRESENTATIVE, Role.COORDINATOR, Role.SIGNATORY}


GUESTS = frozenset({Role.SUPERVISOR, Role.BOARD_MEMBER, Role.OBSERVER})
"""Who attends without a vote: the supervisory board (RvC), the board, and anybody else."""


@dataclass(frozen=True)
class Member:
    """A member of the association. Its vote, the seat, belongs to the member and not to a person.

    ``votes`` is the weight of the seat, a positive integer. ``since`` and ``until`` are the first day and the first
    day no longer of the membership; ``None`` is unbounded. ``suspended`` is of the day for which the member was asked
    for: it may attend and may not vote.
    """

    id: int
    code: str
    name: str
    inhabitants: int | None = None
    votes: int = 1
    since: date | None = None
    until: date | None = None
    suspended: bool = False

    def active_on(self, day: date) -> bool:
        """Whether the membership holds on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Person:
    """Somebody in the register. ``telegram_id`` is the bound account, ``None`` until registered."""

    id: int
    name: str
    function: str
    email: str | None = None
    telegram_id: int | None = None
    reachable: bool = True


@dataclass(frozen=True)
class RoleHeld:
    """A role of a person, for a member where the role is of one."""

    role: Role
    member_id: int | None = None


@dataclass(frozen=True)
class Acting:
    """A person together with the roles that it holds now: who acts."""

    person: Person
    roles: tuple[RoleHeld, ...]

    @property
    def acts_for(self) -> frozenset[int]:
        """The ids of the members for which the person holds a role."""
        return frozenset(held.member_id for held in self.roles if held.member_id is not None)

    def has(self, role: Role, member_id: int | None = None) -> bool:
        """Whether the person holds ``role`` (for ``member_id`` when given)."""
        return any(held.role is role and member_id in {None, held.member_id} for held in self.roles)

    def members(self, *roles: Role) -> tuple[int, ...]:
        """Return the ids of the members for which the person holds one of ``roles``, each once, in order."""
        return tuple(dict.fromkeys(h.member_id for h in self.roles if h.role in roles and h.member_id is not None))
