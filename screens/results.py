"""Outcomes and the decision list."""

from fractions import Fraction

from assembly.association import Association
from assembly.facts import voting as facts
from assembly.meeting_kinds import MeetingKind
from assembly.motions import OptionsOutcome, counted_verdict
from assembly.options import Selection
from assembly.pronouncing import by_acclamation
from assembly.tally import ChairsVote, Choice, Outcome
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.figures import pronounced
from screens.held_votes import TITLE_LIMIT, closed_in_words
from screens.lists import fitting, names, statement_lines, weights_line
from screens.majorities import majority_of, turnout_in_words
from screens.option_results import chosen_in_words, secrecy_in_words
from screens.presses import PublishDecisions
from screens.registry import screen
from screens.texts import clip, escape, long_date, percent
from screens.words import decides_nothing, outcome_heading, tie_in_words

TEXT_LIMIT = 1200
DECISION_LIMIT = 400
"""UTF-16 units of a proposal's text under its outcome, and in the decision list."""

REASON_LIMIT = 500
VERDICT_LIMIT = 200
NAMES_LIMIT = 350
STATEMENTS_LIMIT = 500
"""UTF-16 units of a reason, of a verdict, of each line of a roll-call, and of the statements under it."""


@screen(facts.OutcomeAnnouncement)
def outcome(shown: facts.OutcomeAnnouncement, association: Association) -> Content:
    """Announce an outcome with its sum, and who cast what."""
    return Content(counted(shown, association))


def counted(shown: facts.OutcomeAnnouncement, association: Association, text_limit: int = TEXT_LIMIT) -> str:
    """Say an outcome with its sum, and who cast what, where that was no secret; its text in so many UTF-16 units.

    The words before the counts, one to a line, stay as they are: an independent recount reads them.
    """
    result = shown.outcome
    heading = outcome_heading(shown.held, shown.number, straw=shown.straw, procedural=shown.procedural)
    parts = [f"<b>{heading}</b>\n{escape(clip(shown.title, TITLE_LIMIT))}"]
    if shown.text != shown.title:
        parts.append(f"<blockquote>{escape(clip(shown.text, text_limit))}</blockquote>")
    counts = [
        _("For: {count}").format(count=result.in_favour),
        _("Against: {count}").format(count=result.against),
        _("Abstention: {count}").format(count=result.abstained),
    ]
    if result.not_cast:
        counts.append(_("Not cast: {count}").format(count=result.not_cast))
    says = sum_in_words(result)
    if shown.held is MeetingKind.WRITTEN:
        says = unanimous_in_words(result)
    elif shown.straw:
        says = decides_nothing(shown.held)
    if shown.held is MeetingKind.CONSULTATION:
        says = f"{turnout_in_words(result, association)}\n{says}"
    if by_acclamation(result):
        return "\n\n".join((*parts, says))
    parts += ["\n".join(counts), says, secrecy_in_words(shown.form), _roll_call(shown.roll_call)]
    parts.append(closed_in_words(shown.closed_at, shown.held, association))
    return "\n\n".join(part for part in parts if part)


def unanimous_in_words(result: Outcome) -> str:
    """Say whether all members voted for a resolution in writing."""
    verdict = _("✅ <b>Adopted</b>") if result.adopted else _("❌ <b>Not adopted</b>")
    text = _("A resolution in writing needs all {total} votes for it (art. 2:40 BW).").format(total=result.total)
    return f"{text}\n{verdict}: " + _("{votes} of the {total}").format(votes=result.in_favour, total=result.total) + "."


def sum_in_words(result: Outcome) -> str:
    """Say how the outcome follows from the counts."""
    if by_acclamation(result):
        return _("✅ <b>Adopted without a vote</b>: nobody objected.")
    verdict = _("✅ <b>Adopted</b>") if result.adopted else _("❌ <b>Rejected</b>")
    if not (result.cast and result.basis_total):
        return _("No vote for or against was cast; the proposal is rejected.") + f"\n{verdict}"
    needed = _("Cast: {cast}. Needed: {majority} = {needed}.").format(
        cast=result.cast, majority=majority_of(result.majority, result.basis_total), needed=result.needed
    )
    if result.tied:
        told = (needed, tie_in_words(result.chair))
        return "\n".join(told if result.chair is ChairsVote.AWAITED else (*told, verdict))
    share = _("{votes} of the {total} = {percent}").format(
        votes=result.in_favour,
        total=result.basis_total,
        percent=percent(Fraction(result.in_favour, result.basis_total)),
    )
    return f"{needed}\n{verdict}: {share}."


def _roll_call(roll_call: facts.RollCall) -> str:
    lines = (
        (_("Voted for: {names}."), roll_call.in_favour),
        (_("Voted against: {names}."), roll_call.against),
        (_("Abstained: {names}."), roll_call.abstained),
        (_("Did not vote: {names}."), roll_call.not_cast),
        (_("Entered by the secretariat: {names}."), roll_call.entered),
        (_("Entered from voting cards: {names}."), roll_call.on_card),
    )
    named = [line.format(names=names(who, NAMES_LIMIT)) for line, who in lines if who]
    weights = [weights_line()] if named and roll_call.weighted else []
    return "\n".join((*named, *weights, *statement_lines(roll_call.statements, STATEMENTS_LIMIT)))


@screen(facts.DecisionList)
def decisions(shown: facts.DecisionList, association: Association) -> Content:
    """Show the decision list: numbered, with date and figures; what was rejected is on it too."""
    day = long_date(shown.day, association)
    head = _("<b>Decision list</b>") + f"\n{escape(shown.title)}, {day}"
    if not (shown.decisions or shown.written):
        return Content(f"{head}\n\n" + _("Nothing has been voted on yet."))
    entries = [_decision(place, decision, day) for place, decision in enumerate(shown.decisions, start=1)]
    if shown.written:
        entries.append("\n" + _("<b>Resolutions in writing since the assembly before</b>"))
    entries += [
        _written(place, decision, association)
        for place, decision in enumerate(shown.written, start=len(shown.decisions) + 1)
    ]
    publish = Button(_("Send the decision list"), PublishDecisions(shown.meeting_id).encode(), style="primary")
    return Content(f"{head}\n\n{fitting(entries)}", ((publish,),) if shown.may_publish else ())


def _decision(place: int, decision: facts.Decision, day: str) -> str:
    item = _("agenda item {number}").format(number=escape(decision.number))
    text = escape(clip(decision.text, DECISION_LIMIT))
    lines = [f"{place}. {text} ({item})", f"<i>{_decided(decision, day)}</i>"]
    if decision.otherwise:
        lines.append(otherwise_in_words(decision.otherwise, decision.outcome, decision.verdict))
    corrections = [escape(clip(correction, DECISION_LIMIT)) for correction in decision.corrections]
    return "\n".join((*lines, *(_("Correction: {text}").format(text=correction) for correction in corrections)))


def _written(place: int, decision: facts.WrittenDecision, association: Association) -> str:
    """Say a resolution in writing, with what the law asks for: all votes, and the prior knowledge of the board."""
    result = decision.outcome
    verdict = _("Adopted on {day}") if result.adopted else _("Not adopted on {day}")
    votes = _("{votes} of the {total} votes for").format(votes=result.in_favour, total=result.total)
    said = f"{verdict.format(day=long_date(decision.day, association))}: {votes}."
    known = _("Prior knowledge of the board: {text}").format(text=escape(clip(decision.knowledge, DECISION_LIMIT)))
    return f"{place}. {escape(clip(decision.text, DECISION_LIMIT))}\n<i>{said}</i>\n{known}"


def _decided(decision: facts.Decision, day: str) -> str:
    """Say what was decided: what was counted, or what the chair pronounced in its place, with the count."""
    result, otherwise = decision.outcome, bool(decision.otherwise)
    if isinstance(result, OptionsOutcome):
        return chosen_in_words(result, decision.verdict if otherwise else result.chosen, decision.earlier, day)
    chosen = decision.verdict if otherwise else counted_verdict(result)
    verdict = _("Adopted on {day}") if chosen == (Choice.FOR,) else _("Rejected on {day}")
    if not chosen:
        verdict = _("Nothing was decided on {day}")
    figures = _("for {in_favour}, against {against}, abstention {abstained}").format(
        in_favour=result.in_favour, against=result.against, abstained=result.abstained
    )
    if by_acclamation(result):
        figures = _("without a vote")
    if otherwise:
        figures = _("counted were {figures}").format(figures=figures)
    said = f"{verdict.format(day=day)}: {figures}."
    return said if result.chair is ChairsVote.NONE else f"{said} {tie_in_words(result.chair)}"


def otherwise_in_words(reason: str, outcome: Outcome | OptionsOutcome, verdict: Selection) -> str:
    """Say what the chair pronounced in place of what was counted, and why."""
    name = escape(clip(pronounced(outcome, verdict), VERDICT_LIMIT))
    text = _("⚠️ <b>The chair pronounced “{verdict}”</b>, otherwise than was counted. Reason: {reason}")
    return text.format(verdict=name, reason=escape(clip(reason, REASON_LIMIT)))


@screen(facts.DecisionsPublished)
def published(shown: facts.DecisionsPublished, _association: Association) -> Content:
    """Confirm that the decision list is on its way."""
    return Content(
        ngettext(
            "The decision list is on its way to {count} person and to the groups.",
            "The decision list is on its way to {count} people and to the groups.",
            shown.people,
        ).format(count=shown.people)
    )
