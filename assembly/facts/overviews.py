"""Facts about the overview of all members, for who leads the assembly."""

from dataclasses import dataclass

from assembly.overviews import MemberFilter, MemberStanding


@dataclass(frozen=True)
class MembersRef:
    """The overview of the members of an assembly, as one person looks at it."""

    meeting_id: int
    person_id: int


@dataclass(frozen=True)
class MembersOverview:
    """A page of members with how they stand.

    ``counts`` are of all members, by filter. ``expected`` of ``votes`` will be there by the replies and proxies, or are
    there now where the assembly is ``open``; ``quorum`` is how many must be, ``None`` where none is asked.
    """

    meeting_id: int
    title: str
    filter: MemberFilter
    counts: tuple[tuple[MemberFilter, int], ...]
    members: tuple[MemberStanding, ...]
    page: int
    pages: int
    open: bool
    expected: int
    votes: int
    quorum: int | None
