"""Refusals of proxies."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _, ngettext
from screens.refusals.base import member_named, says
from screens.texts import clip, long_date_time


@says(errors.ProxyToSelf)
def proxy_to_self(_refusal: errors.ProxyToSelf, _association: Association) -> str:
    return _("A member cannot give a proxy to its own representative; nothing was saved. Choose another member.")


@says(errors.ProxyKindNotAllowed)
def proxy_kind(_refusal: errors.ProxyKindNotAllowed, association: Association) -> str:
    return _("The statutes of {association} do not allow this kind of proxy; nothing was saved.").format(
        association=association.name
    )


@says(errors.ProxyExists)
def proxy_exists(refusal: errors.ProxyExists, _association: Association) -> str:
    return _("A proxy to {holder} is under way already; nothing was saved. Revoke that one first.").format(
        holder=clip(refusal.holder, 60)
    )


@says(errors.ProxyChain)
def proxy_chain(refusal: errors.ProxyChain, association: Association) -> str:
    return _(
        "A vote cannot be passed on: a proxy of {member} stands in the way (BW 3:64). "
        "Nothing was saved. Choose another holder."
    ).format(member=member_named(clip(refusal.member, 60), association))


@says(errors.ProxyLimit)
def proxy_limit(refusal: errors.ProxyLimit, _association: Association) -> str:
    return ngettext(
        "{holder} carries {count} proxy already, which is the maximum in the statutes (BW 2:38). Nothing was saved.",
        "{holder} carries {count} proxies already, which is the maximum in the statutes (BW 2:38). Nothing was saved.",
        refusal.maximum,
    ).format(holder=clip(refusal.holder, 60), count=refusal.maximum)


@says(errors.ProxyDeadlinePassed)
def proxy_deadline(refusal: errors.ProxyDeadlinePassed, association: Association) -> str:
    return _(
        "Proxies could be granted until {moment}; nothing was saved. Ask {contact} what is still possible."
    ).format(moment=long_date_time(refusal.deadline, association), contact=association.contact)


@says(errors.HolderNotEntitled)
def holder_not_entitled(refusal: errors.HolderNotEntitled, _association: Association) -> str:
    return _("{holder} cannot carry a vote: not registered as a member's representative. Nothing was saved.").format(
        holder=clip(refusal.holder, 60)
    )


@says(errors.NobodyMaySign)
def nobody_may_sign(refusal: errors.NobodyMaySign, association: Association) -> str:
    return _(
        "Nobody who may sign a proxy of {member} is registered; nothing was saved. Ask {contact} to register somebody."
    ).format(member=member_named(clip(refusal.member, 60), association), contact=association.contact)


@says(errors.NotEntitledToSign)
def not_entitled_to_sign(refusal: errors.NotEntitledToSign, association: Association) -> str:
    return _("Only somebody who may sign on behalf of {member} can do this; nothing was changed.").format(
        member=member_named(clip(refusal.member, 60), association)
    )


@says(errors.ProxyMovedOn)
def proxy_moved_on(refusal: errors.ProxyMovedOn, _association: Association) -> str:
    return {
        "prepared": _("This proxy has yet to be signed; nothing was changed. See /stem."),
        "offered": _("This proxy was signed before; nothing was changed. See /stem."),
        "accepted": _("This proxy was accepted before; nothing was changed. See /stem."),
        "declined": _("The holder does not take this proxy; nothing was changed. Grant another one with /volmacht."),
        "revoked": _("This proxy was revoked; nothing was changed. Grant another one with /volmacht."),
        "lapsed": _("This proxy has lapsed; nothing was changed."),
    }[refusal.state]


@says(errors.NotYourMember)
def not_yourmember_named(refusal: errors.NotYourMember, association: Association) -> str:
    return _("You cannot do this for {member}; nothing was saved.").format(
        member=member_named(clip(refusal.member, 60), association)
    )
