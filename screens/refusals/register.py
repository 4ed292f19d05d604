"""Refusals of the register of members."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import says
from screens.texts import clip


@says(errors.RegisterMoved)
def register_moved(_refusal: errors.RegisterMoved, _association: Association) -> str:
    return _("The register has changed meanwhile; nothing was taken over. Look at what would change now.")


@says(errors.MergerImpossible)
def merger_impossible(refusal: errors.MergerImpossible, _association: Association) -> str:
    return {
        "self": _("{member} cannot merge into itself; nothing was saved. Choose another member."),
        "ended": _("{member} is no member on that day any more; nothing was saved. Choose an earlier day."),
        "not_yet": _("{member} is not yet a member on that day; nothing was saved. Choose a later day."),
        "successor": _("{member} is not a member on that day; nothing was saved. Choose another member or day."),
        "held": _("An assembly was held with {member} on or after that day; nothing was saved. Choose a later day."),
    }[refusal.reason].format(member=clip(refusal.member, 60))


@says(errors.CommissionExists)
def commission_exists(refusal: errors.CommissionExists, _association: Association) -> str:
    """Say that the name is taken."""
    return _("There is a commission “{name}” already; nothing was saved. Type another name.").format(
        name=clip(refusal.name, 60)
    )
