"""A vote before those who lead it, from the proposed outcome to its correction; and the news about it."""

from assembly.association import Association
from assembly.facts import outcomes as facts
from assembly.facts.outcomes import Wording
from assembly.motions import BallotForm, Motion, MotionState, OptionsOutcome
from assembly.options import ABSTAIN, Selection, joined
from assembly.tally import ChairsVote, Choice, Outcome
from screens import presses
from screens.catalogue import _, ngettext
from screens.choices import after_press, option_name
from screens.content import Button, Content
from screens.figures import pronounced
from screens.held_votes import proposal, traces_in_words
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.paging import leafing, page_line
from screens.published import published
from screens.registry import screen
from screens.texts import clip, escape, member, time
from screens.verdicts import void_in_words
from screens.words import item_number

TITLE_LIMIT = 250
REASON_LIMIT = 500
TEXT_LIMIT = 1000


@screen(facts.VoteCard)
def vote_card(shown: facts.VoteCard, association: Association) -> Content:
    """Show a vote that is not open, with what those who lead can do."""
    motion = shown.motion
    match motion.state:
        case MotionState.SUSPENDED:
            text = _head("⏸ " + _("Vote suspended: agenda item {number}"), motion)
            text += "\n\n" + _("Nothing can be cast now. What was cast stands.")
            if motion.form is BallotForm.SECRET:
                text += "\n\n" + _(
                    "Who votes on paper hands in a slip without a name now. The secretariat enters them: "
                    "/alv, “Enter ballot slips”."
                )
            return Content(text, _rows(_resume(motion), _void(motion)))
        case MotionState.VOIDED:
            text = _head(_("Vote void: agenda item {number}"), motion) + "\n\n" + void_in_words(motion)
            return Content(text + _traces(shown))
        case MotionState.CLOSED:
            head = _("<b>Proposed outcome</b>: only who leads the assembly sees this. Pronounce it to publish it.")
            text = head + "\n\n" + _announced(shown, association)
            return Content(text + _traces(shown), _rows(*_proposed(shown), _void(motion)))
        case _:
            return Content(_pronounced(shown, association) + _traces(shown), _rows(*_after(shown)))


def _traces(shown: facts.VoteCard) -> str:
    if shown.motion.form is not BallotForm.SECRET:
        return ""
    return "\n\n" + traces_in_words(erasing=shown.erasing)


def _head(heading: str, motion: Motion) -> str:
    return proposal(heading, motion.number, motion.title, motion.text, procedural=motion.procedural)


def _announced(shown: facts.VoteCard, association: Association) -> str:
    return published(shown.published, association) if shown.published else ""


def _pronounced(shown: facts.VoteCard, association: Association) -> str:
    at = time(shown.motion.state_changed_at, association)
    parts = [_("Pronounced and published at {time}.").format(time=at), _announced(shown, association)]
    if shown.disputed:
        text = ngettext(
            "{count} vote disputes this outcome; {needed} are needed for another vote.",
            "{count} votes dispute this outcome; {needed} are needed for another vote.",
            shown.disputed,
        )
        parts.append("⚠️ " + text.format(count=shown.disputed, needed=shown.disputes_needed))
    if shown.superseded:
        parts.append(_("This was voted on again."))
    return "\n\n".join(parts)


def _proposed(shown: facts.VoteCard) -> list[Button]:
    motion = shown.motion
    if isinstance(motion.outcome, Outcome) and motion.outcome.chair is ChairsVote.AWAITED:
        return [
            Button(_("The chair's vote: adopted"), presses.BreakTie(motion.id, 1).encode(), style="success"),
            Button(_("The chair's vote: rejected"), presses.BreakTie(motion.id, 0).encode(), style="danger"),
        ]
    return [*([_lot(motion)] if shown.lot else []), _pronounce(motion), _otherwise(motion)]


def _after(shown: facts.VoteCard) -> list[Button]:
    motion = shown.motion
    again = Button(_("Vote again"), presses.VoteAgain(motion.id).encode())
    rectify = Button(_("Correct the outcome"), presses.AskRectification(motion.id).encode())
    following = Button(_("Open the next round"), presses.OpenRound(motion.id).encode(), style="primary")
    return [
        *([following] if shown.sits and shown.next_round else []),
        *([_lot(motion)] if shown.sits and shown.lot else []),
        *([again] if shown.sits and not shown.superseded else []),
        rectify,
    ]


def _rows(*buttons: Button) -> tuple[tuple[Button, ...], ...]:
    return tuple((button,) for button in buttons)


def _resume(motion: Motion) -> Button:
    return Button(_("Resume the vote"), presses.SuspendMotion(motion.id, 0).encode(), style="success")


def _lot(motion: Motion) -> Button:
    return Button(_("Draw the lot"), presses.DrawLot(motion.id).encode())


def _void(motion: Motion) -> Button:
    return Button(_("Declare void"), presses.AskVoid(motion.id).encode(), style="danger")


def _pronounce(motion: Motion) -> Button:
    return Button(_("Pronounce the outcome"), presses.Pronounce(motion.id).encode(), style="success")


def _otherwise(motion: Motion) -> Button:
    return Button(_("Pronounce otherwise"), presses.AskOtherwise(motion.id).encode())


@screen(facts.VerdictChoice)
def verdict_choice(shown: facts.VerdictChoice, _association: Association) -> Content:
    """Ask what the chair pronounces; of several options one picks first, and then pronounces all of them."""
    head = _("What do you pronounce on agenda item {number}?").format(number=escape(shown.number))
    lines = [
        f"<b>{head}</b>\n{escape(clip(shown.title, TITLE_LIMIT))}",
        _("Counted was “{verdict}”. You then write why you pronounce something else.").format(
            verdict=escape(clip(pronounced(shown.outcome, shown.counted), TITLE_LIMIT))
        ),
    ]
    return Content("\n\n".join(lines), (*_verdicts(shown), cancel_row()))


def _verdicts(shown: facts.VerdictChoice) -> tuple[tuple[Button, ...], ...]:
    def pronounce(verdict: Selection, text: str) -> Button:
        return Button(label(text), presses.PronounceOtherwise(shown.motion_id, joined(verdict or (ABSTAIN,))).encode())

    outcome, nothing = shown.outcome, [pronounce((), _("No decision"))] if shown.counted else []
    keys = list(Choice)[:2] if isinstance(outcome, Outcome) else [option.key for option in outcome.options]
    if isinstance(outcome, Outcome) or outcome.picks == 1:
        single = [(key,) for key in keys if (key,) != shown.counted]
        return _rows(*(pronounce(verdict, _verdict_name(outcome, verdict)) for verdict in single), *nothing)
    toggles = [
        Button(
            label(("✅ " if key in shown.chosen else "") + option_name(key, outcome.options)),
            presses.PickVerdict(shown.motion_id, joined(after_press(shown.chosen, key, outcome.picks))).encode(),
        )
        for key in keys
    ]
    picked = 0 < len(shown.chosen) <= outcome.picks and set(shown.chosen) != set(shown.counted)
    done = [pronounce(shown.chosen, _("Pronounce this"))] if picked else []
    return _rows(*toggles, *done, *nothing)


def _verdict_name(outcome: Outcome | OptionsOutcome, verdict: Selection) -> str:
    return pronounced(outcome, verdict) if isinstance(outcome, Outcome) else option_name(verdict[0], outcome.options)


@screen(facts.WordingExpected)
def wording_expected(shown: facts.WordingExpected, association: Association) -> Content:
    """Ask for words about an item or the vote on it."""
    asked = {
        Wording.VOID: _(
            "Why is the vote on item {number} void? Everybody who takes part reads your reason. "
            "What was cast in it does not count."
        ),
        Wording.OTHERWISE: _(
            "Why do you pronounce the outcome of item {number} otherwise than it was counted? "
            "Your reason is published with the outcome. The count itself stays as it is."
        ),
        Wording.RECTIFICATION: _(
            "Which correction belongs to the outcome of item {number}? "
            "It is published as a correction. What was published before stays."
        ),
        Wording.AMENDMENT: _(
            "Send the whole text of the proposal under item {number} as the assembly has amended it. "
            "Everybody receives it, and positions and instructions on the item lapse."
        ),
        Wording.ORDER: _(
            "Send the text of the procedural motion at item {number}. "
            "It is put to the vote by roll-call at once, and decides nothing on the item itself."
        ),
        Wording.EXCLUSION: _(
            "Why is {member} excluded from the vote on item {number}? "
            "The reason stays in the record, and its people read it."
        ),
    }[shown.wording]
    who = member(clip(shown.member, 60), association)
    text = asked.format(number=escape(shown.number), member=who)
    return Content(f"{text}\n\n{escape(clip(shown.title, TITLE_LIMIT))}", (cancel_row(),))


@screen(facts.VoteNews)
def vote_news(shown: facts.VoteNews, _association: Association) -> Content:
    """Tell that a vote is suspended, goes on or is void; where only objections could be made, there was none yet."""
    void = _("The vote on agenda item {number} is void. What was cast in it does not count.")
    if shown.objected_by:
        void = _("Agenda item {number} is not adopted without a vote: it is voted on.")
    text = {
        MotionState.SUSPENDED: _("⏸ The vote on agenda item {number} is suspended. What was cast stands."),
        MotionState.OPEN: _("🗳 The vote on agenda item {number} goes on. What was cast stands."),
    }.get(shown.state, void)
    number = escape(item_number(shown.number, procedural=shown.procedural))
    lines = [f"<b>{text.format(number=number)}</b>", escape(clip(shown.title, TITLE_LIMIT))]
    if shown.reason:
        lines += ["", _("Reason: {reason}").format(reason=escape(clip(shown.reason, REASON_LIMIT)))]
    if shown.objected_by:
        lines += ["", _("{members} objected to adopting it without a vote.").format(members=escape(shown.objected_by))]
    return Content("\n".join(lines))


@screen(facts.OutcomeRectified)
def rectified(shown: facts.OutcomeRectified, _association: Association) -> Content:
    """Publish a correction."""
    head = _("Correction of the outcome of agenda item {number}").format(number=escape(shown.number))
    title, text = escape(clip(shown.title, TITLE_LIMIT)), escape(clip(shown.text, TEXT_LIMIT))
    return Content(f"<b>{head}</b>\n{title}\n\n{text}")


@screen(facts.VoteDemanded)
def vote_demanded(shown: facts.VoteDemanded, _association: Association) -> Content:
    """Tell those who lead that another vote has to be held."""
    text = _(
        "⚠️ The outcome of agenda item {number} is disputed by as many as it takes. Hold another vote (BW 2:13(4))."
    ).format(number=escape(shown.number))
    again = Button(_("Vote again"), presses.VoteAgain(shown.motion_id).encode(), style="primary")
    return Content(f"{text}\n\n{escape(clip(shown.title, TITLE_LIMIT))}", ((again,),))


@screen(facts.VoteKeptOpen)
def kept_open(shown: facts.VoteKeptOpen, _association: Association) -> Content:
    """Tell those who lead that a secret vote is open still."""
    text = _(
        "⚠️ The secret vote on agenda item {number} did not close by itself: {people} voted, and fewer than {needed} "
        "would not be secret. It stays open. Let more people vote, or declare it void."
    ).format(
        number=escape(shown.number),
        people=ngettext("{count} person", "{count} people", shown.people).format(count=shown.people),
        needed=shown.needed,
    )
    return Content(f"{text}\n\n{escape(clip(shown.title, TITLE_LIMIT))}")


def disputed(standing: facts.Dispute) -> str:
    """Return what a dispute came to, as plain text that fits the answer to a press."""
    if standing.disputed >= standing.needed:
        return _("Your dispute is noted. The chair has to hold another vote.")
    return _(
        "Your dispute is noted: {disputed} of the {needed} votes that it takes for another vote. The outcome stands."
    ).format(disputed=standing.disputed, needed=standing.needed)


def objected() -> str:
    """Return what an objection came to, as plain text."""
    return _("Your objection is noted. Nothing is adopted without a vote.")


@screen(facts.ExclusionList)
def exclusions(shown: facts.ExclusionList, _association: Association) -> Content:
    """List who is excluded from the vote on an item, and who may be."""
    head = _("Which member is excluded from the vote on item {number}?").format(number=escape(shown.number))
    lines = [
        _("• {member}: {reason}").format(member=escape(clip(name, 60)), reason=escape(clip(reason, 200)))
        for _member, name, reason in shown.excluded
    ]
    parts = [f"<b>{head}</b>\n{escape(clip(shown.title, TITLE_LIMIT))}"]
    if lines:
        parts.append(_("Excluded:") + "\n" + fitting(lines, 2500))
    if shown.pages > 1:
        parts.append(page_line(shown.page, shown.pages))
    lift = [
        (
            Button(
                label(_("Let {name} vote").format(name=name)), presses.LiftExclusion(shown.item_id, member_id).encode()
            ),
        )
        for member_id, name, _reason in shown.excluded[:EXCLUDED_SHOWN]
    ]
    ask = [
        (Button(label(name), presses.AskExclusion(shown.item_id, member_id).encode()),)
        for member_id, name in shown.members
    ]
    turns = leafing(shown.page, shown.pages, lambda at: presses.ShowExclusions(shown.item_id, at))
    back = (Button(_("Back to the proposal"), presses.PreviewMotion(shown.item_id).encode()),)
    return Content("\n\n".join(parts), (*lift, *ask, *turns, back))


EXCLUDED_SHOWN = 20
"""Excluded members that have a button, so that with a page of the others Telegram's 100 are never reached."""


@screen(facts.ExclusionNews)
def exclusion_news(shown: facts.ExclusionNews, association: Association) -> Content:
    """Tell a member's people that it has no vote on an item, or has it after all."""
    who = member(clip(shown.member, 60), association)
    if shown.reason:
        text = _("{member} has no vote on agenda item {number}. Reason: {reason}")
    else:
        text = _("{member} has a vote on agenda item {number} after all.")
    said = text.format(member=who, number=escape(shown.number), reason=escape(clip(shown.reason, REASON_LIMIT)))
    return Content(f"{said[:1].upper()}{said[1:]}\n\n{escape(clip(shown.title, TITLE_LIMIT))}")
