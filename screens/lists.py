"""Lists that never fill more than a message."""

from collections.abc import Sequence

from babel.lists import format_list

from screens.catalogue import LANGUAGE, _, ngettext
from screens.texts import clean_name, clip, clip_lines, escape, visible_length

LIST_LIMIT = 3400
"""Visible UTF-16 units for a list in a message of at most 4,096: what is left over is for the text around it."""

NAME_LIMIT = 30
"""UTF-16 units of the one name that stands for more."""

PART_ROOM = 500
"""Visible UTF-16 units that a long part of a list leaves for each part after it."""


def label(text: str, limit: int = 60) -> str:
    """Make a name fit to stand on a button: on one line, at most ``limit`` UTF-16 units, and never empty."""
    return clean_name(text, limit) or "–"


def fitting(lines: Sequence[str], limit: int = LIST_LIMIT, more: int = 0) -> str:
    """Join HTML ``lines`` as far as they fit, and say how many were left out; ``more`` are not among them anyway."""
    if more:
        room = limit - len(_more(len(lines) + more)) - 1
        kept = list(lines)
        while kept and visible_length("\n".join(kept)) > room:
            kept.pop()
        return "\n".join([*kept, _more(len(lines) - len(kept) + more)])
    return clip_lines(lines, limit, _more)


def _more(count: int) -> str:
    return ngettext("… and {count} more", "… and {count} more", count).format(count=count)


def enumerated(parts: Sequence[str]) -> str:
    """Write ``parts`` as in a sentence: "1, 3 en 4"."""
    return str(format_list(list(parts), locale=LANGUAGE))


def names(shown: Sequence[str], limit: int, more: int = 0) -> str:
    """Write ``shown`` on one line, escaped, as far as ``limit`` UTF-16 units allow, and say how many are left.

    ``more`` are not among them anyway.
    """
    text, rest = "", len(shown)
    for place, name in enumerate(shown):
        longer = f"{text}, {escape(name)}" if text else escape(name)
        if visible_length(longer) > limit:
            break
        text, rest = longer, len(shown) - place - 1
    left = rest + more
    return f"{text} {_more(left)}".strip() if left else text


def fitting_parts(parts: Sequence[tuple[str, Sequence[str]]], limit: int = LIST_LIMIT) -> str:
    """Join parts of (HTML heading, HTML lines); a long part leaves room for the later ones."""
    texts = []
    for left, (heading, lines) in zip(range(len(parts), 0, -1), parts, strict=True):
        text = f"{heading}\n" + fitting(lines, limit - visible_length(heading) - PART_ROOM * (left - 1))
        limit -= visible_length(text) + len("\n\n")
        texts.append(text)
    return "\n\n".join(texts)


def few(members: Sequence[str]) -> str:
    """Name one member, as plain text, and say how many more there are."""
    named = clip(members[0], NAME_LIMIT)
    return f"{named} +{len(members) - 1}" if len(members) > 1 else named


def weights_line() -> str:
    """Say what stands after the names of members that have different votes."""
    return _("In brackets stands how many votes a member has.")


STATEMENT_NAME, STATEMENT = 60, 200
"""UTF-16 units of a member's name before its statement, and of that."""


def statement_lines(statements: Sequence[tuple[str, str]], limit: int) -> list[str]:
    """Return a line for each statement as (member, sentence) under an outcome, as far as they fit."""
    if not statements:
        return []
    lines = [f"{escape(clip(name, STATEMENT_NAME))}: “{escape(clip(text, STATEMENT))}”" for name, text in statements]
    return [fitting([_("Statements:"), *lines], limit)]
