"""Buttons of the menu, the registration and the register."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class OpenMenu(Press, code="menu"):
    """Show the menu."""


@dataclass(frozen=True)
class Cancel(Press, code="stop"):
    """Leave what the person is busy with."""


@dataclass(frozen=True)
class ConfirmRegistration(Press, code="yes"):
    """This is me."""

    link_id: int


@dataclass(frozen=True)
class DenyRegistration(Press, code="no"):
    """This is not me."""

    link_id: int


@dataclass(frozen=True)
class ExportLinks(Press, code="links"):
    """Make registration links for everybody who is not registered."""
