"""Lists that never fill more than a message."""

from collections.abc import Sequence

from screens.catalogue import ngettext
from screens.texts import clip_lines

LIST_LIMIT = 3400
"""Visible UTF-16 units for a list in a message of at most 4,096: what is left over is for the text around it."""


def fitting(lines: Sequence[str], limit: int = LIST_LIMIT) -> str:
    """Join HTML ``lines`` as far as they fit, and say how many were left out."""
    return clip_lines(
        lines, limit, lambda count: ngettext("… and {count} more", "… and {count} more", count).format(count=count)
    )
