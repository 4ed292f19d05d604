"""Facts about reminders: what somebody has still to do, and whom the secretariat can call."""

from dataclasses import dataclass
from datetime import datetime

from assembly.reminders import Errand, Rung


@dataclass(frozen=True)
class ReminderRef:
    """A reminder of one step for one person, if it is still of use when it is sent."""

    meeting_id: int
    person_id: int
    errand: Errand
    subject_id: int
    rung: Rung


@dataclass(frozen=True)
class Reminder:
    """What is still to be done for ``members``. ``own``: by the reader, else by somebody else of the reader's member.

    ``until``: the last moment, where there is one. ``vote``: the title of the vote, where it is about one.
    """

    meeting_id: int
    meeting: str
    errand: Errand
    own: bool
    members: tuple[str, ...]
    until: datetime | None
    vote: str


@dataclass(frozen=True)
class CallLine:
    """A member for which something is to be done, and who can be called about it: (name, function, e-mail)."""

    member: str
    people: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class CallList:
    """Whom the secretariat can call, because nobody acted after the reminders."""

    meeting_id: int
    meeting: str
    errand: Errand
    lines: tuple[CallLine, ...]
    until: datetime | None
