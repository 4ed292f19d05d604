"""Voting cards as a PDF: a page for each member, for when Telegram fails in the middle of a vote."""

import json
from pathlib import Path

import typst

from assembly.association import Association
from assembly.facts.sheets import CardItem, VotingCards
from assembly.options import ABSTAIN
from records.registry import Record, record
from screens.catalogue import gettext as _
from screens.catalogue import ngettext
from screens.choices import option_name
from screens.texts import clip, long_date, number

TEMPLATE = Path(__file__).parent / "voting_cards.typ"
TITLE_LIMIT, LABEL_LIMIT = 160, 80
EMPTY_FIELDS = 3
"""For what is not on the agenda yet: an amendment, a procedural motion, a second round."""


@record(VotingCards)
def cards(facts: VotingCards, association: Association) -> Record:
    """Typeset the cards. The same facts make the same bytes."""
    on_matter = [_("for"), _("against"), _("abstention")]
    data = {
        "title": _("Voting card"),
        "association": association.name,
        "meeting": f"{facts.meeting.title}, {long_date(facts.meeting.starts_at, association)}",
        "code": _("Check code"),
        "how": _(
            "Put one cross on each line that is put to the vote, when the chair asks for it. Who has voted in Telegram "
            "already, does not vote on this card. Hand it in signed; it is entered by two people."
        ),
        "carrier": _("Who carries this vote (name)"),
        "signature": _("Signature"),
        "item": _("Agenda item"),
        "fields": [_field(item) for item in facts.items],
        "empty": [on_matter] * EMPTY_FIELDS,
        "cards": [
            {
                "member": clip(card.member, TITLE_LIMIT),
                "votes": ngettext("{count} vote", "{count} votes", card.votes).format(count=number(card.votes)),
                "code": card.code,
            }
            for card in facts.cards
        ],
    }
    fonts = typst.Fonts(include_system_fonts=False)
    pdf = typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"cards": json.dumps(data)})
    return Record("stemkaarten.pdf", "application/pdf", bytes(pdf))


def _field(item: CardItem) -> dict[str, object]:
    keys = [*(option.key for option in item.options if option.key != ABSTAIN), ABSTAIN]
    title = clip(item.title, TITLE_LIMIT)
    if item.picks > 1:
        title += " " + _("(at most {count})").format(count=number(item.picks))
    return {
        "number": item.number,
        "title": title,
        "choices": [clip(option_name(key, item.options), LABEL_LIMIT) for key in keys],
    }
