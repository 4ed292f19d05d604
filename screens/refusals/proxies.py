"""Refusals of proxies."""

from assembly import errors
from assembly.association import Association
from assembly.proxies import ProxyKind
from screens.catalogue import _, ngettext
from screens.refusals.base import member_named, says
from screens.texts import clip, long_date, long_date_time


@says(errors.ProxyToSelf)
def proxy_to_self(_refusal: errors.ProxyToSelf, _association: Association) -> str:
    return _("Who represents the member casts its vote without a proxy; nothing was saved. Choose somebody else.")


@says(errors.ProxyKindNotAllowed)
def proxy_kind(refusal: errors.ProxyKindNotAllowed, _association: Association) -> str:
    return {
        ProxyKind.COLLEAGUE: _("The statutes allow no proxy to a colleague (setting {setting}); nothing was saved."),
        ProxyKind.OTHER_MEMBER: _(
            "The statutes allow no proxy to another member (setting {setting}); nothing was saved."
        ),
        ProxyKind.STANDING: _("The statutes allow no standing proxy (setting {setting}); nothing was saved."),
    }.get(
        ProxyKind(refusal.kind),
        _("Only who acts for a member may hold a proxy (setting {setting}, BW 2:38); nothing was saved."),
    ).format(setting="proxy_kinds")


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


@says(errors.ProxyCircle)
def proxy_circle(refusal: errors.ProxyCircle, association: Association) -> str:
    return _(
        "By way of {member} the vote would come back to its own member (BW 3:64). Nothing was saved. "
        "Choose another holder."
    ).format(member=member_named(clip(refusal.member, 60), association))


@says(errors.HolderOnBoard)
def holder_on_board(refusal: errors.HolderOnBoard, _association: Association) -> str:
    return _(
        "{holder} belongs to the board or the supervisory board and may hold no proxy (setting {setting}). "
        "Nothing was saved."
    ).format(holder=clip(refusal.holder, 60), setting="proxy_board_holder")


@says(errors.StandingTooShort)
def standing_too_short(refusal: errors.StandingTooShort, association: Association) -> str:
    return _(
        "A proxy until {until} does not hold on the day of the assembly, {day}. Nothing was saved. Choose a later day."
    ).format(until=long_date(refusal.until, association), day=long_date(refusal.day, association))


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
    return _(
        "{holder} cannot carry this vote: not registered, or not as a colleague or a member's representative. "
        "Nothing was saved."
    ).format(holder=clip(refusal.holder, 60))


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


@says(errors.LetterRefused)
def letter_refused(refusal: errors.LetterRefused, _association: Association) -> str:
    return _(
        "This is no photo or PDF of at most {limit} MB; nothing was saved. Send the signed letter as a photo or PDF."
    ).format(limit=refusal.limit)


@says(errors.LettersNotAllowed)
def letters_not_allowed(_refusal: errors.LettersNotAllowed, _association: Association) -> str:
    return _("Proxies are signed in the chat only (setting {setting}); nothing was saved.").format(
        setting="proxy_letters"
    )


@says(errors.NoLetter)
def no_letter(_refusal: errors.NoLetter, _association: Association) -> str:
    return _("No signed letter was sent with this proxy.")


@says(errors.SamePerson)
def same_person(_refusal: errors.SamePerson, _association: Association) -> str:
    return _("You did this yourself; somebody else has to confirm it. Nothing was changed.")


@says(errors.NotYourMember)
def not_yourmember_named(refusal: errors.NotYourMember, association: Association) -> str:
    return _("You cannot do this for {member}; nothing was saved.").format(
        member=member_named(clip(refusal.member, 60), association)
    )
