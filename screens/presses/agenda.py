"""Buttons of the agenda and its items."""

from dataclasses import dataclass

from assembly.agenda import ItemKind
from assembly.item_settings import ItemMajority, VoteForm
from screens.presses.base import Press


@dataclass(frozen=True)
class AskAgenda(Press, code="agenda"):
    """Ask for the agenda's text."""

    meeting_id: int


@dataclass(frozen=True)
class FinishAgenda(Press, code="aall"):
    """No more parts of the agenda come."""


@dataclass(frozen=True)
class AcceptAgenda(Press, code="atake"):
    """Take over the agenda that was shown; ``head``: with what its head says of the assembly."""

    mark: int
    head: int


@dataclass(frozen=True)
class ShowItems(Press, code="items"):
    """List the agenda items as buttons."""

    meeting_id: int
    page: int


@dataclass(frozen=True)
class ShowItem(Press, code="item"):
    """Show one agenda item."""

    item_id: int


@dataclass(frozen=True)
class SetItemKind(Press, code="kind"):
    """Correct what the assembly does with an item."""

    item_id: int
    kind: ItemKind


@dataclass(frozen=True)
class AskProposal(Press, code="text"):
    """Ask for the text that will be put to the vote."""

    item_id: int


@dataclass(frozen=True)
class AskAmount(Press, code="euro"):
    """Ask what the item costs a member for each inhabitant."""

    item_id: int


@dataclass(frozen=True)
class DropAmount(Press, code="noeuro"):
    """Let the item cost nothing for each inhabitant."""

    item_id: int


@dataclass(frozen=True)
class AskItemTitle(Press, code="ititle"):
    """Ask for another title of an item."""

    item_id: int


@dataclass(frozen=True)
class AskNewItem(Press, code="inew"):
    """Ask for a new item behind this one."""

    item_id: int


@dataclass(frozen=True)
class MoveItem(Press, code="imove"):
    """Let an item change places with the one before it, or behind it."""

    item_id: int
    up: int


@dataclass(frozen=True)
class RemoveItem(Press, code="igone"):
    """Take an item off the agenda; the first press asks."""

    item_id: int
    sure: int


@dataclass(frozen=True)
class WithdrawItem(Press, code="ihold"):
    """Hold an item over, or put it on the agenda again."""

    item_id: int
    withdraw: int


@dataclass(frozen=True)
class ShowItemVote(Press, code="ivote"):
    """Show how an item is put to the vote."""

    item_id: int


@dataclass(frozen=True)
class SetItemMajority(Press, code="imaj"):
    """Choose which majority an item needs."""

    item_id: int
    majority: ItemMajority


@dataclass(frozen=True)
class SetItemForm(Press, code="iform"):
    """Choose how is voted on an item."""

    item_id: int
    form: VoteForm


@dataclass(frozen=True)
class AskNomination(Press, code="cask"):
    """Ask what the members are told of a candidate."""

    item_id: int


@dataclass(frozen=True)
class ShowNomination(Press, code="cshow"):
    """Show a nomination as the members see it."""

    nomination_id: int


@dataclass(frozen=True)
class RemoveNomination(Press, code="cgone"):
    """Take away a nomination that nobody was told."""

    nomination_id: int
