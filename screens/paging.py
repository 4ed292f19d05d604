"""Buttons that lead to other pages."""

from collections.abc import Callable

from screens.catalogue import _
from screens.content import Button
from screens.presses import Press


def leafing(page: int, pages: int, at: Callable[[int], Press]) -> tuple[tuple[Button, ...], ...]:
    """Return the row that leads to the pages around ``page``, which count from 0; no row where there are none."""
    row = [Button(_("Previous"), at(page - 1).encode())] if page else []
    if page + 1 < pages:
        row.append(Button(_("Next"), at(page + 1).encode()))
    return (tuple(row),) if row else ()


def page_line(page: int, pages: int) -> str:
    """Say which page this is; nothing where there is one only."""
    return _("Page {page} of {pages}").format(page=page + 1, pages=pages) if pages > 1 else ""
