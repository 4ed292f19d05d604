"""Whom a message did not reach, and why, and whom it may have reached twice, in plain words."""

from collections.abc import Sequence

from assembly.facts.convening import DeliveryFailure
from screens.catalogue import _
from screens.lists import fitting, names
from screens.texts import clip, escape
from screens.words import reason


def failed(failures: Sequence[DeliveryFailure], limit: int) -> str:
    """Return a line for each failure, as far as ``limit`` UTF-16 units allow."""
    lines = [
        f"• {escape(clip(f'{failure.name} ({failure.function})', 120))}: {_reason(failure)}" for failure in failures
    ]
    return fitting(lines, limit)


def doubted(found: Sequence[str], limit: int) -> str:
    """Say who may have the message twice, as far as ``limit`` UTF-16 units allow."""
    return _("Possibly received twice, because Telegram did not answer ({count}): {names}").format(
        count=len(found), names=names(found, limit) or "–"
    )


def _reason(failure: DeliveryFailure) -> str:
    if failure.may_have_arrived:
        return _("{reason}; possibly received all the same").format(reason=reason(failure.error))
    return reason(failure.error)
