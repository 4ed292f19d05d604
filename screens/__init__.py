"""What people see: facts in, text and buttons out, in Dutch through the catalogue."""

from screens import (
    menu,
    refusals,
    register,
    registration,
)
from screens.registry import render

__all__ = ["menu", "refusals", "register", "registration", "render"]
