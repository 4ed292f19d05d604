"""Voting cards: a page for each member, its own code, and a field for each vote."""

import json
from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from assembly.association import Association
from assembly.facts.sheets import CardItem, VotingCard, VotingCards
from assembly.meetings import Meeting, MeetingState
from assembly.options import MATTER_OPTIONS, numbered
from records import make

MEETING = Meeting(1, "ALV februari", datetime(2019, 2, 13, 17, tzinfo=UTC), "Utrecht", "", MeetingState.CONVENED)


def test_a_page_for_each_member(association: Association, typeset: list[dict[str, str]]) -> None:
    """Each page says whose it is with its votes and code, and offers what can be chosen; markup is read as text."""
    cards = tuple(
        VotingCard(member, votes, association.card_code(1, place))
        for place, (member, votes) in enumerate((("Assen", 1), ("#Deventer *x*", 3)))
    )
    items = (
        CardItem("2", "Jaarrekening", MATTER_OPTIONS, 1),
        CardItem("3", "Vergaderdag", numbered(["woensdag", "donderdag"]), 1),
    )
    made = make(VotingCards(MEETING, cards, items, ("4",)), association)
    assert made is not None
    assert (made.name, made.mime_type) == ("stemkaarten.pdf", "application/pdf")
    data = json.loads(typeset[0]["cards"])
    assert [field["choices"] for field in data["fields"]] == [
        ["voor", "tegen", "onthouding"],
        ["woensdag", "donderdag", "blanco"],
    ]
    pages = [page.extract_text() for page in PdfReader(BytesIO(made.content)).pages]
    assert len(pages) == len(cards)
    for text, card in zip(pages, cards, strict=True):
        assert card.member in text
        assert card.code in text
        assert "Handtekening" in text
    assert "3 stemmen" in pages[1]


def test_the_code_belongs_to_assembly_member_and_installation(association: Association) -> None:
    """Another assembly, member or installation has another code, and the same has the same."""
    other = Association("Ander", key=b"other")
    codes = [
        association.card_code(1, 2),
        association.card_code(2, 1),
        association.card_code(1, 3),
        other.card_code(1, 2),
    ]
    assert len(set(codes)) == len(codes)
    assert association.card_code(1, 2) == codes[0]
