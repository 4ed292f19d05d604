"""Refusals of ballot slips in a secret vote."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _, ngettext
from screens.refusals.base import member_named, says
from screens.texts import clip


@says(errors.SlipsWait)
def slips_wait(_refusal: errors.SlipsWait, _association: Association) -> str:
    return _(
        "The vote is open, so no slips are entered yet: who hears their totals could still vote. "
        "Let everybody vote who does so in Telegram. Then suspend the vote."
    )


@says(errors.SlipsCounted)
def slips_counted(_refusal: errors.SlipsCounted, _association: Association) -> str:
    return _(
        "The slips were counted, so the vote does not go on: somebody could know their totals. "
        "Have the slips confirmed, or declare the vote void."
    )


@says(errors.SlipsChanged)
def slips_changed(_refusal: errors.SlipsChanged, _association: Association) -> str:
    return _("The slips were changed meanwhile; nothing was counted. Look at the totals as they stand now.")


@says(errors.NoSlips)
def no_slips(_refusal: errors.NoSlips, _association: Association) -> str:
    return _("No slip was handed in yet; nothing was saved. Press first whose slip is in the ballot box.")


@says(errors.SeatHasVoted)
def seat_has_voted(refusal: errors.SeatHasVoted, association: Association) -> str:
    return _(
        "The vote of {member} is in already, or nobody carries it any more. Nothing was saved. "
        "A slip of this member does not count."
    ).format(member=member_named(clip(refusal.member, 50), association))


@says(errors.TooFewSlips)
def too_few_slips(refusal: errors.TooFewSlips, _association: Association) -> str:
    return ngettext(
        "{count} person handed slips in and {needed} are needed: with fewer you would know who voted what. "
        "Nothing was saved. Hold the vote wholly on slips.",
        "{count} people handed slips in and {needed} are needed: with fewer you would know who voted what. "
        "Nothing was saved. Hold the vote wholly on slips.",
        refusal.people,
    ).format(count=refusal.people, needed=refusal.needed)


@says(errors.TooFewBeside)
def too_few_beside(refusal: errors.TooFewBeside, _association: Association) -> str:
    return ngettext(
        "Only {count} person voted in Telegram: who counted the slips would know what. Nothing was saved. "
        "Declare the vote void and hold it wholly on slips.",
        "Only {count} people voted in Telegram: who counted the slips would know what. Nothing was saved. "
        "Declare the vote void and hold it wholly on slips.",
        refusal.people,
    ).format(count=refusal.people)


@says(errors.TotalsNotUnderstood)
def totals_not_understood(refusal: errors.TotalsNotUnderstood, _association: Association) -> str:
    return _("Send {count} numbers with spaces between, also where one is 0. Nothing was saved.").format(
        count=refusal.count
    )


@says(errors.TotalsDoNotAddUp)
def totals_do_not_add_up(refusal: errors.TotalsDoNotAddUp, _association: Association) -> str:
    if refusal.picks > 1:
        return _(
            "{slips} slips with at most {picks} names each cannot have these totals. Nothing was saved. Count again."
        ).format(slips=refusal.slips, picks=refusal.picks)
    return _("The totals together are not {slips}, the number of slips. Nothing was saved. Count again.").format(
        slips=refusal.slips
    )
