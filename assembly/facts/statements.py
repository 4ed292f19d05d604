"""Facts about statements (stemverklaringen) with ballots, and about ballots that were prepared."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatementChoice:
    """For which of its seats somebody explains its vote, as (member id, name). ``outside``: of no meeting."""

    motion_id: int
    number: str
    title: str
    seats: tuple[tuple[int, str], ...]
    outside: bool = False


@dataclass(frozen=True)
class StatementExpected:
    """The next text is a statement with the ballot of a member; ``standing`` is what it would replace."""

    number: str
    title: str
    member: str
    standing: str
    outside: bool = False


@dataclass(frozen=True)
class StatementRecorded:
    """A statement stands with the ballot of a member; an empty ``text`` took it away."""

    number: str
    member: str
    text: str


@dataclass(frozen=True)
class PreparedReceipt:
    """What a press for all that was prepared came to: for how many seats a ballot stands as it was prepared.

    By member: for ``unprepared`` nothing was, of ``later`` a later choice stands, ``refused`` are not carried any more.
    """

    seats: int
    unprepared: tuple[str, ...]
    later: tuple[str, ...]
    refused: tuple[str, ...]
