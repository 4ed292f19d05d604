"""The picture of an outcome: its verdict, its figures and its bars, for a phone, also one that shows no colours."""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import typst

from assembly.association import Association
from assembly.facts.outcomes import OutcomePublished
from assembly.facts.voting import OptionsAnnouncement, OutcomeAnnouncement
from assembly.meeting_kinds import MeetingKind
from assembly.pronouncing import by_acclamation
from records.registry import Picture, picture
from screens.catalogue import gettext as _
from screens.figures import Bar, figures, largest
from screens.texts import clean_name, number
from screens.words import held_words, item_number, rehearsal_words

TEMPLATE = Path(__file__).parent / "outcome.typ"
TITLE_LIMIT, LABEL_LIMIT, LINE_LIMIT = 160, 60, 200
BARS = 8
"""More would make the picture so long that a phone shows it small; the words beside it name all."""

DOTS_PER_INCH = 216
"""A page of 360 points is as wide as a phone, and so 1,080 dots."""


@picture(OutcomePublished)
def of_outcome(facts: OutcomePublished, association: Association) -> Picture | None:
    """Draw what was counted; nothing where that was no vote, or where the chair pronounced something else."""
    counted = facts.counted
    if facts.otherwise or (isinstance(counted, OutcomeAnnouncement) and by_acclamation(counted.outcome)):
        return None
    return _picture(counted, rehearsal_words() if association.rehearsal else "")


def _picture(facts: OutcomeAnnouncement | OptionsAnnouncement, head: str) -> Picture:
    """Draw what everybody is told, so that the picture is the same for everybody."""
    found = figures(facts.outcome, straw=facts.straw, held=facts.held)
    procedural = isinstance(facts, OutcomeAnnouncement) and facts.procedural
    where = _("Agenda item {number}").format(number=item_number(facts.number, procedural=procedural))
    bars, left = largest(found.bars, BARS)
    scale = max(1, *(max(bar.votes, bar.needed or 0) for bar in bars))
    data = {
        "head": head,
        "number": where if facts.held is MeetingKind.ASSEMBLY else held_words(facts.held),
        "title": clean_name(facts.title, TITLE_LIMIT),
        "verdict": clean_name(found.verdict, TITLE_LIMIT),
        "bars": [_bar(bar, scale) for bar in bars],
        "lines": [clean_name(line, LINE_LIMIT) for line in (left, *found.lines) if line],
    }
    written = json.dumps(data)
    return Picture("uitslag.png", _drawn(written), f"outcome:{sha256(written.encode()).hexdigest()[:32]}")


def _bar(bar: Bar, scale: int) -> dict[str, object]:
    return {
        "label": clean_name(bar.label, LABEL_LIMIT),
        "votes": number(bar.votes),
        "share": bar.votes / scale,
        "pattern": bar.pattern,
        "needed": "" if bar.needed is None else _("needed: {votes}").format(votes=number(bar.needed)),
        "mark": None if bar.needed is None else bar.needed / scale,
    }


@lru_cache(maxsize=8)
def _drawn(written: str) -> bytes:
    """Typeset the picture, once for all who get it. Only typst's own fonts are used: the same on every machine."""
    fonts = typst.Fonts(include_system_fonts=False)
    sheet = typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"outcome": written}, format="png", ppi=DOTS_PER_INCH)
    return bytes(sheet)
