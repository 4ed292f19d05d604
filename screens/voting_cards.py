"""The message with the printed voting cards."""

from assembly.association import Association
from assembly.facts import sheets as facts
from screens.catalogue import _, ngettext
from screens.content import Content
from screens.lists import enumerated
from screens.registry import screen
from screens.texts import clip, escape, number

NUMBERS_SHOWN = 20


@screen(facts.VotingCards)
def voting_cards(shown: facts.VotingCards, _association: Association) -> Content:
    """Say what the file holds, and what is done with the cards."""
    text = ngettext(
        "{count} voting card, to be printed before the assembly.",
        "{count} voting cards, a page each, to be printed before the assembly.",
        len(shown.cards),
    ).format(count=number(len(shown.cards)))
    text += "\n" + _(
        "When Telegram fails, people vote on these. Suspend the vote, or leave it open; enter the cards afterwards "
        "with “Enter voting cards” under /alv. They count once a second person confirms them."
    )
    if shown.secret:
        named = enumerated([escape(clip(value, 16)) for value in shown.secret[:NUMBERS_SHOWN]])
        text += "\n" + _("A secret vote is not held on these cards: {numbers}.").format(numbers=named)
    return Content(text)
