"""What people see: facts in, text and buttons out, in Dutch through the catalogue."""

from screens import (
    agenda,
    attendance,
    convening,
    groups,
    holders,
    meetings,
    menu,
    notices,
    own_seats,
    papers,
    positions,
    proxies,
    refusals,
    register,
    registration,
    results,
    voting,
)
from screens.registry import render

__all__ = [
    "agenda",
    "attendance",
    "convening",
    "groups",
    "holders",
    "meetings",
    "menu",
    "notices",
    "own_seats",
    "papers",
    "positions",
    "proxies",
    "refusals",
    "register",
    "registration",
    "render",
    "results",
    "voting",
]
