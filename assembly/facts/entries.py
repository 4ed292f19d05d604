"""Facts about what the secretariat enters on behalf of members."""

from dataclasses import dataclass

from assembly.entries import EnteredAct, EntryState, Paper
from assembly.facts.proxies import HolderChoice, UntilAsked
from assembly.meetings import Reply
from assembly.options import MATTER_OPTIONS, Option, Selection
from assembly.proxies import ProxyKind


@dataclass(frozen=True)
class EntryMembers:
    """For which member? A page of the members (id, name) of the assembly's day, or those that match ``search``."""

    meeting_id: int
    members: tuple[tuple[int, str], ...]
    page: int
    pages: int
    search: str | None = None
    found: int = 0


@dataclass(frozen=True)
class EntryOptions:
    """What can be entered for a member now.

    ``replies`` it can give; ``proxy_id`` is the proxy under way to ``holder``, which can be signed on paper
    (``signable``) or revoked; without one a proxy can be granted, where ``grants`` is the kind to begin with.
    ``people``: (id, name, whether it is there) of its representatives; ``motion`` is what is voted on: (id, number,
    title), with ``options`` and ``picks``; of several names ``chosen`` were picked until now.
    """

    member_id: int
    member: str
    replies: tuple[Reply, ...]
    grants: ProxyKind | None
    proxy_id: int | None
    holder: str
    signable: bool
    people: tuple[tuple[int, str, bool], ...]
    motion: tuple[int, str, str] | None
    options: tuple[Option, ...] = MATTER_OPTIONS
    picks: int = 1
    chosen: Selection = ()


@dataclass(frozen=True)
class EntryHolders:
    """The question to whom the member gives its proxy, by its paper."""

    choice: HolderChoice


@dataclass(frozen=True)
class EntryUntil:
    """The question until which day the standing proxy holds, by its paper."""

    asked: UntilAsked


@dataclass(frozen=True)
class EntryDescribed:
    """What is entered, with the names in it: ``person`` is a holder, or who came or left; ``item`` is voted on."""

    member: str
    act: EnteredAct
    person: str = ""
    person_member: str = ""
    item: str = ""
    options: tuple[Option, ...] = MATTER_OPTIONS


@dataclass(frozen=True)
class PaperExpected:
    """The next photo or document is the paper of what is entered."""

    entry: EntryDescribed


@dataclass(frozen=True)
class EntryRef:
    """An entry as one person sees it when it is sent."""

    entry_id: int
    person_id: int


@dataclass(frozen=True)
class EntryCard:
    """An entry as it stands, with its paper.

    ``decided_by`` confirmed or rejected it, the latter for a ``reason``; ``objected_by`` objects to it. Its reader may
    confirm it (``may_confirm``), reject it (``may_reject``), object to it (``may_object``).
    """

    entry_id: int
    entry: EntryDescribed
    state: EntryState
    entered_by: str
    paper: Paper | None
    decided_by: str
    reason: str
    objected_by: str
    may_confirm: bool
    may_reject: bool
    may_object: bool


@dataclass(frozen=True)
class RejectionReasonAsked:
    """The next text is why the entry is not confirmed."""

    entry: EntryDescribed


@dataclass(frozen=True)
class EntryLine:
    """An entry in the list."""

    entry_id: int
    entry: EntryDescribed
    state: EntryState
    disputed: bool


@dataclass(frozen=True)
class EntriesPage:
    """A page of what was entered for the assembly; pages count from 0. ``may_enter``: its reader can enter more."""

    meeting_id: int
    entries: tuple[EntryLine, ...]
    page: int
    pages: int
    may_enter: bool
