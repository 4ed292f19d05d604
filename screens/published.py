"""Outcomes as they are published: what was counted, and what the chair pronounced."""

from assembly.association import Association
from assembly.facts import outcomes as facts
from assembly.facts.voting import OptionsAnnouncement
from assembly.wording import utf16_length
from screens import option_results, results
from screens.catalogue import _
from screens.content import CAPTION_LIMIT, Button, Content
from screens.lists import names
from screens.presses import DisputeOutcome, GetRollCall
from screens.registry import screen
from screens.texts import clip, visible_length

EXCLUDED_LIMIT = 100
NAMES_LIMIT = 450
MESSAGE_LIMIT = 3500
"""UTF-16 units of a reason and of all excluded members, and of the whole, so that there is room around it."""

TEXT_LEAST = 160
"""UTF-16 units to which a text is shortened at most, so that the announcement fits under its picture. What was put to
the vote stands in full in everybody's chat already."""


@screen(facts.OutcomePublished)
def outcome(shown: facts.OutcomePublished, association: Association) -> Content:
    """Publish an outcome as the chair pronounced it; whoever carried a vote can dispute it for a while."""
    text = _fitting(shown, association)
    rows = []
    if shown.listed is not None:
        rows.append((Button(_("Who voted what, as a list"), GetRollCall(shown.listed).encode()),))
    if shown.disputable is not None:
        rows.append((Button(_("I dispute this outcome"), DisputeOutcome(shown.disputable).encode()),))
    return Content(text, tuple(rows))


def _fitting(shown: facts.OutcomePublished, association: Association) -> str:
    """Say it short enough for a picture above it, where that leaves text enough."""
    text = published(shown, association)
    over = visible_length(text) - CAPTION_LIMIT
    if over <= 0 or isinstance(shown.counted, OptionsAnnouncement) or shown.counted.text == shown.counted.title:
        return text
    room = utf16_length(clip(shown.counted.text, results.TEXT_LIMIT)) - over
    return published(shown, association, room) if room >= TEXT_LEAST else text


def published(shown: facts.OutcomePublished, association: Association, text_limit: int = results.TEXT_LIMIT) -> str:
    """Say what was counted, and what is to be said besides; the text of a matter in so many UTF-16 units."""
    parts = []
    first = []
    if shown.otherwise:  # what stands, before what was counted
        first.append(results.otherwise_in_words(shown.otherwise, shown.counted.outcome, shown.verdict))
    if shown.again:
        parts.append(_("This vote was held again; this outcome takes the place of the one before."))
    if shown.excluded:
        excluded = [f"{name} ({clip(reason, EXCLUDED_LIMIT)})" for name, reason in shown.excluded]
        parts.append(_("Excluded from this vote: {names}.").format(names=names(excluded, NAMES_LIMIT)))
    if isinstance(shown.counted, OptionsAnnouncement):
        room = MESSAGE_LIMIT - visible_length("\n\n".join((*first, *parts)))
        counted = option_results.counted(shown.counted, association, room)
    else:
        counted = results.counted(shown.counted, association, text_limit)
    return "\n\n".join((*first, counted, *parts))
