"""Outcomes as they are published: what was counted, and what the chair pronounced."""

from assembly.association import Association
from assembly.facts import outcomes as facts
from assembly.facts.voting import OptionsAnnouncement
from screens import option_results, results
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import names
from screens.presses import DisputeOutcome
from screens.registry import screen
from screens.texts import clip, visible_length

EXCLUDED_LIMIT = 100
NAMES_LIMIT = 450
MESSAGE_LIMIT = 3500
"""UTF-16 units of a reason and of all excluded members, and of the whole, so that there is room around it."""


@screen(facts.OutcomePublished)
def outcome(shown: facts.OutcomePublished, association: Association) -> Content:
    """Publish an outcome as the chair pronounced it; whoever carried a vote can dispute it for a while."""
    text = published(shown, association)
    if shown.disputable is None:
        return Content(text)
    return Content(text, ((Button(_("I dispute this outcome"), DisputeOutcome(shown.disputable).encode()),),))


def published(shown: facts.OutcomePublished, association: Association) -> str:
    """Say what was counted, and what is to be said besides."""
    parts = []
    if shown.again:
        parts.append(_("This vote was held again; this outcome takes the place of the one before."))
    if shown.excluded:
        excluded = [f"{name} ({clip(reason, EXCLUDED_LIMIT)})" for name, reason in shown.excluded]
        parts.append(_("Excluded from this vote: {names}.").format(names=names(excluded, NAMES_LIMIT)))
    if shown.otherwise:
        parts.append(results.otherwise_in_words(shown.otherwise))
    if isinstance(shown.counted, OptionsAnnouncement):
        room = MESSAGE_LIMIT - visible_length("\n\n".join(parts))
        counted = option_results.counted(shown.counted, association, room)
    else:
        counted = results.counted(shown.counted, association)
    return "\n\n".join((counted, *parts))
