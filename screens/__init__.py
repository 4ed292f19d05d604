"""What people see: facts in, text and buttons out, in Dutch through the catalogue."""

from screens import (
    agenda,
    convening,
    meetings,
    menu,
    papers,
    refusals,
    register,
    registration,
)
from screens.registry import render

__all__ = [
    "agenda",
    "convening",
    "meetings",
    "menu",
    "papers",
    "refusals",
    "register",
    "registration",
    "render",
]
