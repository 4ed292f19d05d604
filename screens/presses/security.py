"""Buttons of the second factor, and of messages that must not stay."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class ShowSecurity(Press, code="sec"):
    """Show whether there is a second factor."""


@dataclass(frozen=True)
class SetUpFactor(Press, code="sfset"):
    """Set a second factor up."""


@dataclass(frozen=True)
class EndFactor(Press, code="sfend"):
    """Take the own second factor away."""


@dataclass(frozen=True)
class NewRecoveryCodes(Press, code="sfcodes"):
    """Make new recovery codes."""


@dataclass(frozen=True)
class EraseMessage(Press, code="erase"):
    """Take the pressed message out of the chat."""
