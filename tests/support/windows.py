"""A counter of what happens in a window of time."""

from collections.abc import Sequence


def overflows(moments: Sequence[float], window: float, most: int) -> bool:
    """Whether any half-open window holds more than ``most`` of ``moments``: simply counted, once for each start."""
    return any(sum(start <= moment < start + window for moment in moments) > most for start in moments)
