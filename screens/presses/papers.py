"""Buttons of the papers."""

from dataclasses import dataclass

from assembly.papers import SetForm
from screens.presses.base import Press


@dataclass(frozen=True)
class AskPapers(Press, code="papers"):
    """Start sending papers."""

    meeting_id: int


@dataclass(frozen=True)
class FinishPapers(Press, code="pdone"):
    """No more papers come for now."""

    meeting_id: int


@dataclass(frozen=True)
class NumberFile(Press, code="dnum"):
    """Give a file its number that came without one."""

    file_id: int
    paper_number: str


@dataclass(frozen=True)
class ListPapers(Press, code="dlist"):
    """List the papers as buttons."""

    meeting_id: int
    page: int


@dataclass(frozen=True)
class ShowPaper(Press, code="paper"):
    """Show one paper."""

    paper_id: int


@dataclass(frozen=True)
class AskPaperNumber(Press, code="dask"):
    """Ask for another number of a paper."""

    paper_id: int


@dataclass(frozen=True)
class SetPaperNumber(Press, code="dset"):
    """Give a paper another number."""

    paper_id: int
    paper_number: str


@dataclass(frozen=True)
class ChoosePaperItem(Press, code="ditem"):
    """Show the agenda items that a paper could belong to."""

    paper_id: int
    page: int


@dataclass(frozen=True)
class TiePaper(Press, code="dtie"):
    """Let a paper belong to an agenda item; 0 is none."""

    paper_id: int
    item_id: int


@dataclass(frozen=True)
class RemovePaper(Press, code="dgone"):
    """Take away a paper that nobody has; the first press asks."""

    paper_id: int
    sure: int


@dataclass(frozen=True)
class ShowPapers(Press, code="set"):
    """Show the agenda and send the current papers."""

    meeting_id: int


@dataclass(frozen=True)
class GetPaperSet(Press, code="dall"):
    """Send all papers in one file."""

    meeting_id: int
    form: SetForm
