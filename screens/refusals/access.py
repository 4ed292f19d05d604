"""Refusals of accounts, roles, requests for access and codes."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _, ngettext
from screens.refusals.base import says
from screens.texts import clip, long_date_time, time


@says(errors.AccountBlocked)
def account_blocked(_refusal: errors.AccountBlocked, association: Association) -> str:
    return _("This account is blocked, so nothing was done. Ask {contact} for a new link.").format(
        contact=association.contact
    )


@says(errors.NothingToBlock)
def nothing_to_block(refusal: errors.NothingToBlock, _association: Association) -> str:
    return _("{name} is not registered with a phone, so nothing was blocked.").format(name=clip(refusal.name, 80))


@says(errors.NotTheirs)
def not_theirs(refusal: errors.NotTheirs, association: Association) -> str:
    return _("You cannot do this for {name}; nothing was changed. Ask {contact}.").format(
        name=clip(refusal.name, 80), contact=association.contact
    )


@says(errors.RoleHeldAlready)
def role_held(refusal: errors.RoleHeldAlready, _association: Association) -> str:
    return _("{name} has this role already; nothing was changed.").format(name=clip(refusal.name, 80))


@says(errors.NobodyElseInOffice)
def nobody_else(_refusal: errors.NobodyElseInOffice, _association: Association) -> str:
    return _("This is the last person of the secretariat; nothing was changed. First let somebody else in.")


@says(errors.RequestTooSoon)
def request_too_soon(refusal: errors.RequestTooSoon, association: Association) -> str:
    return _("You can ask for access again after {moment}; nothing was sent. Questions? Ask {contact}.").format(
        moment=long_date_time(refusal.again_at, association), contact=association.contact
    )


@says(errors.RequestsFull)
def requests_full(_refusal: errors.RequestsFull, association: Association) -> str:
    return _("So many requests are waiting that yours was not sent. Ask {contact} directly.").format(
        contact=association.contact
    )


@says(errors.RequestDecided)
def request_decided(refusal: errors.RequestDecided, _association: Association) -> str:
    return _("{name} decided on this request before; nothing was changed.").format(name=clip(refusal.name, 80))


@says(errors.SecondFactorNeeded)
def second_factor_needed(_refusal: errors.SecondFactorNeeded, _association: Association) -> str:
    return _("First type the code of your app in this chat; nothing was done yet. After that you can go on.")


@says(errors.SecondFactorMissing)
def second_factor_missing(_refusal: errors.SecondFactorMissing, _association: Association) -> str:
    return _("This needs a second factor, which you do not have yet; nothing was done. Set it up: /beveiliging.")


@says(errors.SecondFactorExists)
def second_factor_exists(_refusal: errors.SecondFactorExists, _association: Association) -> str:
    return _("You have a second factor already; nothing was changed. See /beveiliging.")


@says(errors.CodeWrong)
def code_wrong(refusal: errors.CodeWrong, _association: Association) -> str:
    return ngettext(
        "This code is not right or was used before; nothing was done. You can try {count} more time. "
        "Wait for a new code.",
        "This code is not right or was used before; nothing was done. You can try {count} more times. "
        "Wait for a new code.",
        refusal.tries_left,
    ).format(count=refusal.tries_left)


@says(errors.CodesLocked)
def codes_locked(refusal: errors.CodesLocked, association: Association) -> str:
    return _("Too many wrong codes; nothing was done. Codes are taken again after {time}.").format(
        time=time(refusal.until, association)
    )
