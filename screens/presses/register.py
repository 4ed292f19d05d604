"""Buttons of the register: its members, its file, and what changes a member."""

from dataclasses import dataclass

from assembly.facts.members import MemberFact
from assembly.facts.register import ImportPart
from screens.presses.base import Press


@dataclass(frozen=True)
class AskRegister(Press, code="reg"):
    """Show the members, and expect a register file."""


@dataclass(frozen=True)
class PageMembers(Press, code="lmlist"):
    """Show another page of members."""

    page: int


@dataclass(frozen=True)
class ShowMember(Press, code="lmcard"):
    """Show a member's card."""

    member_id: int


@dataclass(frozen=True)
class AskElections(Press, code="elect"):
    """Expect a file of who now fills which role."""


@dataclass(frozen=True)
class GetTemplate(Press, code="rtempl"):
    """Send an empty register file."""


@dataclass(frozen=True)
class ExportRegister(Press, code="rexp"):
    """Send the register as a file."""


@dataclass(frozen=True)
class PageChanges(Press, code="rpage"):
    """Show another page, or another part, of what a register file would change."""

    file_id: int
    part: ImportPart
    page: int


@dataclass(frozen=True)
class ApplyRegister(Press, code="rapply"):
    """Take over a part of a register file, as it was shown under the mark."""

    file_id: int
    part: ImportPart
    mark: int


@dataclass(frozen=True)
class AskFact(Press, code="fact"):
    """Expect what a fact of a member is to be."""

    member_id: int
    fact: MemberFact


@dataclass(frozen=True)
class ChangeFact(Press, code="factok"):
    """Change a fact of a member into what was typed."""

    member_id: int
    fact: MemberFact


@dataclass(frozen=True)
class PageSuccessors(Press, code="mgpage"):
    """Choose the member into which a member merges: show a page of members."""

    member_id: int
    page: int


@dataclass(frozen=True)
class ChooseSuccessor(Press, code="mgsucc"):
    """Choose the member into which a member merges."""

    member_id: int
    successor_id: int


@dataclass(frozen=True)
class DecideMerger(Press, code="mgok"):
    """Decide a merger. ``day`` counts from the first day of the calendar; ``follow`` is 1 where the people go on."""

    member_id: int
    successor_id: int
    day: int
    follow: int


@dataclass(frozen=True)
class RevokeMerger(Press, code="mgend"):
    """Take back a merger that is still to come."""

    member_id: int


@dataclass(frozen=True)
class AskSuspension(Press, code="susp"):
    """Expect why a member is suspended."""

    member_id: int


@dataclass(frozen=True)
class SuspendMember(Press, code="suspok"):
    """Suspend a member as was asked last."""

    member_id: int


@dataclass(frozen=True)
class LiftSuspension(Press, code="suspend"):
    """Give a suspended member its vote back."""

    member_id: int
