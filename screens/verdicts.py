"""What became of a vote, in words: as it was counted, as the chair pronounced it, or why it is void."""

from assembly.motions import BallotForm, Motion, OptionsOutcome
from screens.catalogue import _
from screens.option_results import verdict_in_words
from screens.results import otherwise_in_words, sum_in_words
from screens.texts import clip, escape

REASON_LIMIT = 500


def proposed_in_words(motion: Motion) -> str:
    """Say what was counted."""
    match motion.outcome:
        case None:
            return ""
        case OptionsOutcome():
            return verdict_in_words(motion.outcome)
        case _:
            return sum_in_words(motion.outcome)


def pronounced_in_words(motion: Motion) -> str:
    """Say what the chair pronounced, and on what grounds where that is something else than was counted."""
    if motion.verdict is None or motion.outcome is None:
        return proposed_in_words(motion)
    return otherwise_in_words(motion.reason, motion.outcome, motion.verdict)


def void_in_words(motion: Motion) -> str:
    """Say why a vote is void."""
    if motion.form is BallotForm.ACCLAMATION and not motion.reason:
        return _("Somebody objected to adopting it without a vote.")
    return _("Reason: {reason}").format(reason=escape(clip(motion.reason, REASON_LIMIT)))
