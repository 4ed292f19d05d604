"""Notices (mededelingen): to whom they go."""

from enum import StrEnum

from assembly.members import GUESTS, Role


class Audience(StrEnum):
    """Who receives a notice."""

    ALL = "all"
    COORDINATORS = "coordinator"
    REPRESENTATIVES = "representative"
    OBSERVERS = "observer"
    GROUP = "group"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles whose holders receive the notice in private; none for a notice to the groups alone."""
        if self is Audience.ALL:
            return frozenset(Role)
        if self is Audience.OBSERVERS:
            return GUESTS
        return frozenset() if self is Audience.GROUP else frozenset({Role(self.value)})

    @property
    def groups(self) -> bool:
        """Whether the linked groups and channels receive the notice too."""
        return self in {Audience.ALL, Audience.GROUP}
