"""Refusals of votes and decisions."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _, ngettext
from screens.refusals.base import member_named, says
from screens.texts import clip, long_date, long_date_time


@says(errors.MotionOpen)
def motion_open(refusal: errors.MotionOpen, _association: Association) -> str:
    return _("The vote on “{title}” is open; nothing was changed. Wait until it is closed.").format(
        title=clip(refusal.title, 80)
    )


@says(errors.NotVotable)
def not_votable(refusal: errors.NotVotable, _association: Association) -> str:
    return _(
        "Agenda item {number} is not there to be decided on; the vote was not opened. Change its kind first."
    ).format(number=refusal.number)


@says(errors.NotYourSeat)
def not_your_seat(refusal: errors.NotYourSeat, association: Association) -> str:
    return _(
        "You do not carry the vote of {member} here; nothing was saved. See /stem for the votes that you carry."
    ).format(member=member_named(clip(refusal.member, 60), association))


@says(errors.TooManyChosen)
def too_many_chosen(refusal: errors.TooManyChosen, _association: Association) -> str:
    return ngettext(
        "You can choose {count} option at most; this press was not counted. What you cast before stands.",
        "You can choose {count} options at most; this press was not counted. Take one away first.",
        refusal.picks,
    ).format(count=refusal.picks)


@says(errors.TooManyOptions)
def too_many_options(refusal: errors.TooManyOptions, _association: Association) -> str:
    return _("A vote can have {count} options at most; nothing was added. Take some away, or send fewer lines.").format(
        count=refusal.maximum
    )


@says(errors.NoSeats)
def no_seats(_refusal: errors.NoSeats, _association: Association) -> str:
    return _("You carry no vote in this one; nothing was saved. See /stem for the votes that you carry.")


@says(errors.AdvanceUnknown)
def advance_unknown(_refusal: errors.AdvanceUnknown, _association: Association) -> str:
    return _("Here is voted in the assembly only; nothing was saved. You can come, take part remotely or give a proxy.")


@says(errors.AdvanceTooEarly)
def advance_too_early(refusal: errors.AdvanceTooEarly, association: Association) -> str:
    text = _("Voting before the assembly is possible from {day} on (BW 2:38); nothing was saved. Come back then.")
    return text.format(day=long_date(refusal.first_day, association))


@says(errors.VariantAlone)
def variant_alone(refusal: errors.VariantAlone, _association: Association) -> str:
    return _(
        "Only “{label}” stands there as a variant; nothing was saved. Send the question with two variants or more."
    ).format(label=clip(refusal.label, 60))


@says(errors.OutsideMovedOn)
def outside_moved_on(refusal: errors.OutsideMovedOn, _association: Association) -> str:
    return _("“{title}” was opened, closed or dropped in the meantime; nothing was changed. See /raadpleging.").format(
        title=clip(refusal.title, 60)
    )


@says(errors.NothingCast)
def nothing_cast(_refusal: errors.NothingCast, _association: Association) -> str:
    return _("A statement goes with your vote, and you have not voted here yet; nothing was saved. Vote first.")


@says(errors.NothingPrepared)
def nothing_prepared(_refusal: errors.NothingPrepared, _association: Association) -> str:
    return _("Nothing is prepared here for the votes that you carry; nothing was cast. Press your choice yourself.")


@says(errors.VotingClosed)
def voting_closed(refusal: errors.VotingClosed, association: Association) -> str:
    return _("The vote was closed on {moment}; this press was not counted. What you cast before stands.").format(
        moment=long_date_time(refusal.closed_at, association)
    )


@says(errors.QuorumMissing)
def quorum_missing(refusal: errors.QuorumMissing, _association: Association) -> str:
    return _("{present} votes are present or represented and {needed} are needed; the vote was not opened.").format(
        present=refusal.present, needed=refusal.needed
    )


@says(errors.NobodyPresent)
def nobody_present(_refusal: errors.NobodyPresent, _association: Association) -> str:
    return _("No member is present or represented yet; the vote was not opened. Let the members check in first.")


@says(errors.ExplicitChoiceNeeded)
def explicit_choice(_refusal: errors.ExplicitChoiceNeeded, _association: Association) -> str:
    return _("A vote on persons is secret unless roll-call is chosen. The vote was not opened. Choose roll-call first.")


@says(errors.NoDecisions)
def no_decisions(_refusal: errors.NoDecisions, _association: Association) -> str:
    return _("Nothing has been voted on yet, so there is no decision list; nothing was sent.")


@says(errors.DecisionsSent)
def decisions_sent(_refusal: errors.DecisionsSent, _association: Association) -> str:
    return _("The decision list was sent already and has not changed since; nothing was sent.")
