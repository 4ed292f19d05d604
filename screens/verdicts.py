"""What became of a vote, in words: as it was counted, as the chair pronounced it, or why it is void."""

from assembly.motions import BallotForm, Motion
from screens.catalogue import _
from screens.results import otherwise_in_words, sum_in_words
from screens.texts import clip, escape

REASON_LIMIT = 500


def proposed_in_words(motion: Motion) -> str:
    """Say what was counted."""
    return sum_in_words(motion.outcome) if motion.outcome is not None else ""


def pronounced_in_words(motion: Motion) -> str:
    """Say what the chair pronounced, and on what grounds where that is something else than was counted."""
    return otherwise_in_words(motion.reason) if motion.otherwise else proposed_in_words(motion)


def void_in_words(motion: Motion) -> str:
    """Say why a vote is void."""
    if motion.form is BallotForm.ACCLAMATION and not motion.reason:
        return _("Somebody objected to adopting it without a vote.")
    return _("Reason: {reason}").format(reason=escape(clip(motion.reason, REASON_LIMIT)))
