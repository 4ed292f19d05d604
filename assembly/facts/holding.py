"""Facts about messages that are held after the database was put back from a backup."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Restored:
    """The database was put back as it was at ``made_at``, and what waited then is held.

    That is so many ``messages`` for so many ``people`` and ``groups``; ``last`` is the id of the newest, which names
    them.
    """

    made_at: datetime
    messages: int
    people: int
    groups: int
    last: int


@dataclass(frozen=True)
class HeldDecided:
    """``by`` decided what became of the held messages: they are ``sent`` after all, or they are not."""

    messages: int
    sent: bool
    by: str
