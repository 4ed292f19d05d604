"""Refusals of votes and decisions."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _, ngettext
from screens.refusals.base import member_named, says
from screens.texts import clip, long_date, long_date_time, time


@says(errors.MotionOpen)
def motion_open(refusal: errors.MotionOpen, _association: Association) -> str:
    return _("The vote on “{title}” is open; nothing was changed. Wait until it is closed.").format(
        title=clip(refusal.title, 80)
    )


@says(errors.NotCheckedIn)
def not_checked_in(_refusal: errors.NotCheckedIn, _association: Association) -> str:
    return _("Check in first, with /aanwezig; you are on no list of speakers yet.")


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


@says(errors.VotingSuspended)
def voting_suspended(refusal: errors.VotingSuspended, _association: Association) -> str:
    if refusal.void:
        return _("This vote is void; your press was not counted. Wait until the item is put to the vote again.")
    return _("The vote is suspended; this press was not counted. What you cast before stands. Wait until it goes on.")


@says(errors.OutcomeAwaited)
def outcome_awaited(refusal: errors.OutcomeAwaited, _association: Association) -> str:
    return _("The outcome of “{title}” is not pronounced yet; nothing was changed. Pronounce it first.").format(
        title=clip(refusal.title, 80)
    )


@says(errors.MeetingSuspended)
def meeting_suspended(_refusal: errors.MeetingSuspended, _association: Association) -> str:
    return _("The assembly is suspended; no vote was opened. Resume the assembly first.")


@says(errors.NotYourVote)
def not_your_vote(_refusal: errors.NotYourVote, _association: Association) -> str:
    return _("You carry no vote here, so nothing was noted. See /stem for the votes that you carry.")


@says(errors.DisputeTooLate)
def dispute_too_late(refusal: errors.DisputeTooLate, association: Association) -> str:
    return _("This outcome could be disputed until {moment}; nothing was noted. Ask the chair for the floor.").format(
        moment=long_date_time(refusal.until, association)
    )


@says(errors.ObjectionPossible)
def objection_possible(refusal: errors.ObjectionPossible, association: Association) -> str:
    return _("Members can still object until {time}; nothing was adopted yet. It is adopted by itself then.").format(
        time=time(refusal.until, association)
    )


@says(errors.ObjectionTooLate)
def objection_too_late(_refusal: errors.ObjectionTooLate, _association: Association) -> str:
    return _("The time to object is over, so your objection was not noted. Ask the chair for the floor.")


@says(errors.AcclamationNotAllowed)
def acclamation_not_allowed(_refusal: errors.AcclamationNotAllowed, _association: Association) -> str:
    return _("Persons are not appointed by acclamation in this association; nothing was changed. Hold a vote.")


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


@says(errors.OpensTooLate)
def opens_too_late(refusal: errors.OpensTooLate, association: Association) -> str:
    return _("The vote closes on {moment}. Type an earlier moment to open it; nothing was saved.").format(
        moment=long_date_time(refusal.closes_at, association)
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


@says(errors.WeightsBetray)
def weights_betray(_refusal: errors.WeightsBetray, _association: Association) -> str:
    return _(
        "Not everybody who is present has equally many votes: the outcome would tell who voted what. The secret vote "
        "was not opened. Choose roll-call, or vote on paper."
    )


@says(errors.TooFewToHide)
def too_few_to_hide(refusal: errors.TooFewToHide, _association: Association) -> str:
    return _(
        "{people} people can vote and {needed} are needed: with fewer, the outcome would tell who voted what. "
        "The secret vote was not opened. Choose roll-call, or vote on paper."
    ).format(people=refusal.people, needed=refusal.needed)


@says(errors.TooFewVoted)
def too_few_voted(refusal: errors.TooFewVoted, _association: Association) -> str:
    return _(
        "{people} people voted and {needed} are needed: with fewer, the outcome would tell who voted what. The vote is "
        "open still and nothing was counted. Wait for more votes."
    ).format(people=refusal.people, needed=refusal.needed)


@says(errors.VoteIsIn)
def vote_is_in(_refusal: errors.VoteIsIn, _association: Association) -> str:
    return _("Your vote was cast already and is final; nothing was changed. Nobody can see here what it was.")


@says(errors.NotOnPaperInSecret)
def not_on_paper_in_secret(_refusal: errors.NotOnPaperInSecret, _association: Association) -> str:
    return _(
        "In a secret vote no single ballot is entered: you would know it. Nothing was saved. Who votes on paper does "
        "so in a vote that is wholly on paper."
    )


@says(errors.NoDecisions)
def no_decisions(_refusal: errors.NoDecisions, _association: Association) -> str:
    return _("Nothing has been voted on yet, so there is no decision list; nothing was sent.")


@says(errors.DecisionsSent)
def decisions_sent(_refusal: errors.DecisionsSent, _association: Association) -> str:
    return _("The decision list was sent already and has not changed since; nothing was sent.")


@says(errors.VotedBefore)
def voted_before(refusal: errors.VotedBefore, _association: Association) -> str:
    return _(
        "Somebody voted on agenda item {number} before the assembly, and not in favour. "
        "It cannot be adopted without a vote; put it to the vote."
    ).format(number=refusal.number)
