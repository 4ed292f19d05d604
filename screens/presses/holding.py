"""Buttons of what is held after a restore."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class SendHeld(Press, code="heldy"):
    """Send after all what is held, up to and including ``last``."""

    last: int


@dataclass(frozen=True)
class DropHeld(Press, code="heldn"):
    """Do not send what is held, up to and including ``last``."""

    last: int
