"""Refusals of the register of members."""

from dataclasses import dataclass
from typing import Literal

from assembly.errors.base import Refusal


@dataclass(eq=False)
class RegisterMoved(Refusal):
    """The register changed after a preview was shown, so that something else would be taken over than was seen."""


@dataclass(eq=False)
class MergerImpossible(Refusal):
    """A member cannot merge into another like this; ``member`` is the one that ``reason`` is about."""

    reason: Literal["self", "ended", "not_yet", "successor", "held"]
    member: str


@dataclass(eq=False)
class CommissionExists(Refusal):
    """There is a commission of this name already."""

    name: str
