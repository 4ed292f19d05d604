"""Groups and channels: welcomed, and what the secretariat is told."""

from assembly.association import Association
from assembly.facts import notices as facts
from screens.catalogue import _
from screens.content import Content
from screens.lists import label
from screens.registry import screen
from screens.texts import escape, one_stop


@screen(facts.GroupWelcome)
def welcome(_facts: facts.GroupWelcome, association: Association) -> Content:
    """Tell a group what it receives from now on."""
    text = _(
        "From now on this group receives the convocations, results and notices of {association}. "
        "Everybody votes and replies in the private chat with this assistant."
    )
    return Content(text.format(association=escape(association.name)))


@screen(facts.GroupLinked)
def linked(shown: facts.GroupLinked, _association: Association) -> Content:
    """Confirm that a group is linked."""
    return Content(
        _("✅ “{title}” receives the convocations, results and notices from now on.").format(title=_title(shown.title))
    )


@screen(facts.GroupRefused)
def refused(shown: facts.GroupRefused, _association: Association) -> Content:
    """Tell the secretariat of a group that is not linked."""
    text = _(
        "Somebody outside the secretariat added this assistant to “{title}”. That group receives nothing. "
        "To link it, remove the assistant there and add it yourself."
    )
    return Content(one_stop(text.format(title=_title(shown.title))))


@screen(facts.GroupUnlinked)
def unlinked(shown: facts.GroupUnlinked, _association: Association) -> Content:
    """Tell the secretariat of a group that receives nothing any more."""
    text = _("This assistant was taken out of “{title}”. That group receives nothing any more.")
    return Content(one_stop(text.format(title=_title(shown.title))))


def _title(title: str) -> str:
    return escape(label(title, 120))
