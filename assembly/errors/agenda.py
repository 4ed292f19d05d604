"""Refusals of agendas and of the items on them."""

from dataclasses import dataclass

from assembly.errors.base import Refusal


@dataclass(eq=False)
class AgendaNotUnderstood(Refusal):
    """No numbered agenda item was found in the text."""


@dataclass(eq=False)
class AgendaMissing(Refusal):
    """An assembly cannot be convened without an agenda."""


@dataclass(eq=False)
class ItemUnknown(Refusal):
    """No agenda item that is to be decided on has this number."""

    number: str


@dataclass(eq=False)
class ItemWithdrawn(Refusal):
    """The agenda item is held over, so that it is not put to the vote."""

    number: str


@dataclass(eq=False)
class NominationTold(Refusal):
    """A nomination that the members know cannot be taken away."""

    candidate: str


@dataclass(eq=False)
class ItemVoted(Refusal):
    """The item was put to the vote already, so that its kind and proposal are frozen."""

    number: str
