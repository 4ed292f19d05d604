"""Refusals of registering, and of what belongs to nobody."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _, ngettext
from screens.refusals.base import says
from screens.texts import long_date, long_date_time


@says(errors.NotRegistered)
def not_registered(_refusal: errors.NotRegistered, association: Association) -> str:
    return _("You are not registered, so nothing was saved. Ask {contact} for your personal link.").format(
        contact=association.contact
    )


@says(errors.NotAllowed)
def not_allowed(_refusal: errors.NotAllowed, association: Association) -> str:
    return _("Your role does not allow this; nothing was saved. Ask {contact} if this is wrong.").format(
        contact=association.contact
    )


@says(errors.Gone)
def gone(_refusal: errors.Gone, _association: Association) -> str:
    return _("This button no longer works; nothing was saved. Ask for a new overview with /menu.")


@says(errors.LinkUnknown)
def link_unknown(refusal: errors.LinkUnknown, association: Association) -> str:
    return ngettext(
        "This link is not right; nothing was registered. You can try {count} more time. "
        "Check the link in your letter or ask {contact}.",
        "This link is not right; nothing was registered. You can try {count} more times. "
        "Check the link in your letter or ask {contact}.",
        refusal.tries_left,
    ).format(count=refusal.tries_left, contact=association.contact)


@says(errors.LinkUsed)
def link_used(_refusal: errors.LinkUsed, association: Association) -> str:
    return _("This link was used or replaced; nothing was registered. Ask {contact} for a new one.").format(
        contact=association.contact
    )


@says(errors.LinkExpired)
def link_expired(refusal: errors.LinkExpired, association: Association) -> str:
    return _("This link expired on {day}; nothing was registered. Ask {contact} for a new one.").format(
        day=long_date(refusal.expired_at, association), contact=association.contact
    )


@says(errors.LockedOut)
def locked_out(refusal: errors.LockedOut, association: Association) -> str:
    return _("Too many wrong links came from this account. Try again after {moment}, or ask {contact}.").format(
        moment=long_date_time(refusal.until, association), contact=association.contact
    )


@says(errors.AccountInUse)
def account_in_use(_refusal: errors.AccountInUse, association: Association) -> str:
    return _(
        "This account or this person is registered already, so nothing was changed. Ask {contact} to mend it."
    ).format(contact=association.contact)
