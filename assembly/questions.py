"""What is asked when an agenda item is put to the vote, by what stands under it and by the statutes."""

from collections.abc import Collection, Sequence

from assembly import errors
from assembly.item_kinds import ItemKind
from assembly.motions import MotionKind, Question, Rule
from assembly.options import OPTION_LIMIT, numbered
from assembly.statutes import Statutes
from assembly.tally import Majority
from assembly.wording import visible, written_line

LABEL_LIMIT = 300
"""UTF-16 units of a variant or a name."""


def question(
    statutes: Statutes,
    kind: ItemKind,
    text: str,
    majority: Majority,
    labels: Sequence[str],
    picks: int,
    *,
    straw: bool = False,
) -> Question:
    """Return what is asked: which persons, which of several texts, or voor or tegen the text.

    ``labels``: the candidates, or the variants; ``picks``: how many persons are to be chosen. No more candidates than
    seats can be voted against, by "none of these". A text that needs more than the ordinary majority is never adopted
    by the most votes alone.
    """
    if kind is ItemKind.PERSONS and labels:
        options = numbered(labels, none=len(labels) <= picks)
        return Question(
            text, majority, MotionKind.PERSONS, straw=straw, options=options, picks=picks, rule=statutes.persons_rule
        )
    if kind is not ItemKind.PERSONS and len(labels) > 1:
        rule = statutes.variants_rule
        if rule is Rule.PLURALITY and majority != statutes.majority:
            rule = Rule.TOP_TWO
        options = numbered(labels, none=statutes.variants_none)
        return Question(text, majority, MotionKind.VARIANTS, straw=straw, options=options, rule=rule)
    return Question(text, majority, straw=straw)


def new_labels(lines: str, present: Collection[str]) -> list[str]:
    """Return the options that were written, one a line, without those that are ``present``.

    Refuses too many, and one that is too long.
    """
    known = {label.casefold() for label in present}
    found: dict[str, str] = {}
    for line in lines.splitlines():
        if visible(line).strip():
            label = written_line(line, LABEL_LIMIT)
            found.setdefault(label.casefold(), label)
    found = {key: label for key, label in found.items() if key not in known}
    if len(present) + len(found) > OPTION_LIMIT:
        raise errors.TooManyOptions(OPTION_LIMIT)
    return list(found.values())
