"""Refusals of what is entered on behalf of members."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import member_named, says
from screens.texts import clip, time


@says(errors.EntryMovedOn)
def entry_moved_on(refusal: errors.EntryMovedOn, _association: Association) -> str:
    return {
        "pending": _("This has yet to be confirmed and does not count; nothing was changed."),
        "confirmed": _("This was confirmed before; nothing was changed."),
        "rejected": _("This was not confirmed; nothing was changed. Enter it anew with /invoeren."),
        "lapsed": _("This has lapsed and does not count; nothing was changed. Enter it anew with /invoeren."),
    }[refusal.state]


@says(errors.EntryDisputed)
def entry_disputed(refusal: errors.EntryDisputed, _association: Association) -> str:
    return _("{name} said so before; the secretariat and the chair know it. Nothing was changed.").format(
        name=clip(refusal.name, 60)
    )


@says(errors.NoMemberThatDay)
def no_member_that_day(refusal: errors.NoMemberThatDay, association: Association) -> str:
    return _("{member} is no member on the day of the assembly; nothing was saved.").format(
        member=_sentence(member_named(clip(refusal.member, 60), association))
    )


@says(errors.OwnActLater)
def own_act_later(refusal: errors.OwnActLater, association: Association) -> str:
    return _("{member} replied itself after this was entered; that reply stands. The entry does not count.").format(
        member=_sentence(member_named(clip(refusal.member, 60), association))
    )


@says(errors.PresenceKnown)
def presence_known(refusal: errors.PresenceKnown, _association: Association) -> str:
    return _("That {name} is there, or is not, is known already; nothing was saved.").format(
        name=clip(refusal.name, 60)
    )


@says(errors.SeatNotCarried)
def seat_not_carried(refusal: errors.SeatNotCarried, association: Association) -> str:
    return _(
        "Nobody was there to cast the vote of {member} when this vote opened; nothing was saved. "
        "Enter first who is in the room, before the next vote."
    ).format(member=member_named(clip(refusal.member, 60), association))


@says(errors.SeatHasCarrier)
def seat_carried(refusal: errors.SeatHasCarrier, association: Association) -> str:
    return _("{carrier} is there and casts the vote of {member} with its own phone; nothing was saved.").format(
        carrier=clip(refusal.carrier, 50), member=member_named(clip(refusal.member, 50), association)
    )


@says(errors.SeatVoted)
def seat_voted(refusal: errors.SeatVoted, association: Association) -> str:
    return _("{member} voted already, through {caster} at {time}; a member votes once. Nothing was saved.").format(
        member=_sentence(member_named(clip(refusal.member, 50), association)),
        caster=clip(refusal.caster, 50),
        time=time(refusal.cast_at, association),
    )


@says(errors.NoHandsNow)
def no_hands_now(refusal: errors.NoHandsNow, _association: Association) -> str:
    if refusal.cards:
        return _("No roll-call vote is open or suspended, so there are no cards to enter. Open the vote first.")
    return _("No roll-call vote is open, so there are no hands to enter. Open the vote first.")


@says(errors.SeatNotInRoom)
def seat_not_in_room(_refusal: errors.SeatNotInRoom, _association: Association) -> str:
    return _("This member has voted meanwhile, or nobody in the room carries its vote. Nothing was entered for it.")


@says(errors.SheetEmpty)
def sheet_empty(_refusal: errors.SheetEmpty, _association: Association) -> str:
    return _("Nothing was entered yet, so there is nothing to confirm. Press what you see first.")


def _sentence(text: str) -> str:
    """Let a sentence begin with ``text``."""
    return text[:1].upper() + text[1:]
