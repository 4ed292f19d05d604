"""Refusals of agendas and of the items on them."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import says
from screens.texts import clip


@says(errors.AgendaNotUnderstood)
def agenda_not_understood(_refusal: errors.AgendaNotUnderstood, _association: Association) -> str:
    return _(
        "There are no numbered items in this text; nothing was saved. Begin each item with its number: 1. Opening."
    )


@says(errors.AgendaMissing)
def agenda_missing(_refusal: errors.AgendaMissing, _association: Association) -> str:
    return _("The assembly has no agenda yet; nothing was sent. Send the agenda first, via /alv.")


@says(errors.ItemUnknown)
def item_unknown(refusal: errors.ItemUnknown, _association: Association) -> str:
    return _(
        "No item {number} is there to be decided on; nothing was saved. Begin with the item's number: 6.1."
    ).format(number=clip(refusal.number, 60))


@says(errors.ItemVoted)
def item_voted(refusal: errors.ItemVoted, _association: Association) -> str:
    return _("Item {number} was put to the vote already, so it stays as it is; nothing was saved.").format(
        number=refusal.number
    )


@says(errors.ItemWithdrawn)
def item_withdrawn(refusal: errors.ItemWithdrawn, _association: Association) -> str:
    """Say that an item is held over."""
    return _("Item {number} is held over, so it is not put to the vote. Put it on the agenda again first.").format(
        number=refusal.number
    )


@says(errors.NominationTold)
def nomination_told(refusal: errors.NominationTold, _association: Association) -> str:
    """Say that a nomination is known."""
    return _("The members have the nomination of {name}; nothing was changed. Hold the item over instead.").format(
        name=clip(refusal.candidate, 60)
    )
