"""The list of a roll-call vote: the words beside the file."""

from assembly.association import Association
from assembly.facts import roll_calls as facts
from screens.catalogue import _
from screens.content import Content
from screens.registry import screen
from screens.texts import clip, escape

TITLE_LIMIT = 250


@screen(facts.RollCallList)
def roll_call(shown: facts.RollCallList, _association: Association) -> Content:
    """Hand over the list, and say what the codes in it are for."""
    text = _(
        "Who voted what on “{title}”. Compare the receipt code of your vote with the one on your closed ballot: "
        "where they are the same, your vote was counted as you cast it."
    )
    return Content(text.format(title=escape(clip(shown.title, TITLE_LIMIT))))
