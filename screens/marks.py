"""How what was entered on behalf of a member is marked, wherever it stands."""

from assembly.entries import EntryMark
from screens.catalogue import _


def marked(text: str, mark: EntryMark | None) -> str:
    """Add to ``text`` that the secretariat entered it, and that its member objects where it does."""
    if mark is None:
        return text
    said = {
        EntryMark.ENTERED: _("(entered by the secretariat)"),
        EntryMark.DISPUTED: _("(entered by the secretariat; disputed)"),
    }[mark]
    return f"{text} {said}"
