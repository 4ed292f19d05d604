"""What the process itself says to people, in Dutch through the catalogue."""

from screens.catalogue import gettext as _


def already_handled() -> str:
    """Answer a press whose effect was stored when it was delivered before."""
    return _("This was handled already.")


def not_stored() -> str:
    """Answer a press that could not be stored; it is tried again by itself."""
    return _("Not saved yet: saving is not possible at the moment. We keep trying; you need not press again.")


def not_playing() -> str:
    """Answer a press on a button of a rehearsal that is over, or in which the person does not play."""
    return _(
        "This button belongs to a dress rehearsal that is over, or in which you do not play. Nothing was done. "
        "Type /menu to go on."
    )
