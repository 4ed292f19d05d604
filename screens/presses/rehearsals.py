"""Buttons of the rehearsal itself. What is pressed in the rehearsal are the ordinary buttons, marked as its own."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class ShowRehearsal(Press, code="reh"):
    """See where the rehearsal of this assembly stands, or plan one."""

    meeting_id: int


@dataclass(frozen=True)
class PageRehearsal(Press, code="rehp"):
    """See a page of those who can play; it also leads back from a question."""

    rehearsal_id: int
    page: int


@dataclass(frozen=True)
class InvitePlayer(Press, code="rehi"):
    """Let somebody play (1), or not (0); ``page`` is the one that is shown."""

    rehearsal_id: int
    person_id: int
    plays: int
    page: int


@dataclass(frozen=True)
class InviteChat(Press, code="rehg"):
    """Let a group or channel receive what is told to all (1), or not (0); ``chat`` is its id without the sign."""

    rehearsal_id: int
    chat: int
    plays: int
    page: int


@dataclass(frozen=True)
class AskRehearsal(Press, code="reha"):
    """See once more who plays, before it begins."""

    rehearsal_id: int


@dataclass(frozen=True)
class BeginRehearsal(Press, code="rehy"):
    """Begin the rehearsal."""

    rehearsal_id: int


@dataclass(frozen=True)
class DropRehearsal(Press, code="rehn"):
    """Do not rehearse."""

    rehearsal_id: int


@dataclass(frozen=True)
class AskEraseRehearsal(Press, code="rehe"):
    """Be asked whether the rehearsal is to be erased."""

    rehearsal_id: int


@dataclass(frozen=True)
class EraseRehearsal(Press, code="rehz"):
    """Erase the rehearsal."""

    rehearsal_id: int
