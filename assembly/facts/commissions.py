"""Facts about commissions: groups of people that a notice can be aimed at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CommissionList:
    """The commissions: (id, name)."""

    commissions: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CommissionNameExpected:
    """The next text is the name of a new commission."""


@dataclass(frozen=True)
class CommissionCard:
    """A commission with its people (id, name, function): a page of them; ``count`` is of all, pages count from 0."""

    commission_id: int
    name: str
    people: tuple[tuple[int, str, str], ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True)
class CommissionPersonExpected:
    """The next text is the name of somebody, or of a member, to find who joins the commission."""

    commission_id: int
    name: str


@dataclass(frozen=True)
class CommissionCandidates:
    """Who can join: (id, name, function); ``found`` counts all."""

    commission_id: int
    name: str
    search: str
    people: tuple[tuple[int, str, str], ...]
    found: int


@dataclass(frozen=True)
class CommissionEndQuestion:
    """The question whether the commission is to be dissolved."""

    commission_id: int
    name: str
