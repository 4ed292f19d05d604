"""Facts about changing or cancelling an assembly for which everybody was convened."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.meetings import Meeting


@dataclass(frozen=True)
class NewMomentExpected:
    """The next text is the new date and time; or they stay as they are."""

    meeting: Meeting


@dataclass(frozen=True)
class NewPlaceExpected:
    """The next text is the new place; or it stays as it is. ``starts_at``: the new moment, ``None`` where it stays."""

    meeting: Meeting
    starts_at: datetime | None


@dataclass(frozen=True)
class ChangeReasonExpected:
    """The next text says why the assembly changes, or why it is cancelled.

    ``latest`` is the last day to convene for the new day, where that has passed.
    """

    meeting: Meeting
    cancels: bool
    latest: date | None = None


@dataclass(frozen=True)
class ConvocationChanged:
    """What changed, with the reader's reply buttons where ``replies``. ``meeting`` is as it is now.

    ``starts_at``, ``place`` and ``stream`` are what was told before. ``round``: what the reader can say to have read.
    """

    meeting: Meeting
    starts_at: datetime
    place: str
    stream: str
    reason: str
    replies: bool
    round: int | None = None


@dataclass(frozen=True)
class ConvocationCancelled:
    """The assembly is not held. ``lapsed``: proxies in which the reader had a part ended with it."""

    meeting: Meeting
    reason: str
    lapsed: bool = False
    round: int | None = None


@dataclass(frozen=True)
class ChangePreview:
    """To how many people and members that would go; ``letters``: members that get it by letter.

    ``latest``: the last day to convene for the new day, where it has passed.
    """

    meeting_id: int
    cancels: bool
    people: int
    members: int
    letters: int
    groups: int
    latest: date | None


@dataclass(frozen=True)
class ChangeSent:
    """It is on its way to so many people."""

    meeting_id: int
    cancels: bool
    people: int
    letters: int


@dataclass(frozen=True)
class SecondMomentExpected:
    """The next text is when a second assembly is held, because the quorum of ``first`` was missing.

    ``days``: how many full days of notice it needs.
    """

    first: Meeting
    days: int


@dataclass(frozen=True)
class DepositReasonExpected:
    """The next text says why the text of an amendment comes after the ``last`` day to lay it open."""

    last: date


@dataclass(frozen=True)
class DepositReasonNoted:
    """The reason stands in the record; the papers can be sent now."""

    meeting_id: int
