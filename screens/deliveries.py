"""Whom a message did not reach, and why, and whom it may have reached twice, in plain words."""

from collections.abc import Sequence

from assembly.facts.convening import DeliveryFailure
from assembly.facts.notices import Arrival, ReportLine
from screens.catalogue import _
from screens.lists import fitting, names
from screens.texts import clip, escape
from screens.words import reason


def failed(failures: Sequence[DeliveryFailure], limit: int, more: int = 0) -> str:
    """Return a line for each failure, as far as ``limit`` UTF-16 units allow; ``more`` are not among them."""
    return fitting(
        [
            f"• {escape(clip(_who(failure), 120))}: {_told(failure.error, may_have_arrived=failure.may_have_arrived)}"
            for failure in failures
        ],
        limit,
        more,
    )


def doubted(found: Sequence[str], limit: int, count: int | None = None) -> str:
    """Say who may have the message twice, as far as ``limit`` UTF-16 units allow; ``count`` are not all named."""
    count = len(found) if count is None else count
    return _("Possibly received twice, because Telegram did not answer ({count}): {names}").format(
        count=count, names=names(found, limit, count - len(found)) or "–"
    )


def _who(failure: DeliveryFailure) -> str:
    return f"{failure.name} ({failure.function})" if failure.function else failure.name


def outcome(line: ReportLine) -> str:
    """Say how the notice fares with somebody, in plain words."""
    if line.arrival is Arrival.FAILED:
        return _told(line.error, may_have_arrived=line.may_have_arrived)
    words = _("delivered") if line.arrival is Arrival.DELIVERED else _("under way")
    return words + "; " + _("possibly received twice") if line.twice else words


def _told(error: str, *, may_have_arrived: bool) -> str:
    words = reason(error)
    return _("{reason}; possibly received all the same").format(reason=words) if may_have_arrived else words
