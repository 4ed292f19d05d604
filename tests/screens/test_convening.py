"""The screens of convening: at the size of a large association, and word for word where that matters."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.facts.convening import (
    AgendaLine,
    DeliveryFailure,
    DeliveryOverview,
    Invitation,
    PaperMessage,
    ReplyReceipt,
)
from assembly.facts.leading import ItemAtHand, Sitting
from assembly.facts.meetings import AgendaStored, Deliveries, ItemDetails, ItemShown, ItemsPage, MeetingConsole
from assembly.meetings import Meeting, MeetingState, Reply
from assembly.permissions import Act
from assembly.statutes import Statutes
from assembly.wording import utf16_length
from screens import render
from screens.agenda import unnamed
from screens.content import Content
from screens.convening import noted
from screens.refusals import ALERT_LIMIT
from simulator.text.html import parse_html

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")
MANY = tuple(f"Zeer & Lange Gemeentenaam {number}" for number in range(400))


def meeting(state: MeetingState = MeetingState.CONVENED, size: int = 1) -> Meeting:
    """Return an assembly whose texts are ``size`` times a usual length, within what can be stored."""
    moment = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)
    title, place, stream = ("ALV " * size)[:200], ("Utrecht " * size)[:300], ("https://x.nl/" + "a" * size)[:300]
    return Meeting(1, title, moment, place, stream, state, moment, moment, moment)


def shown(facts: object, association: Association = ASSOCIATION) -> str:
    """Return what a reader sees."""
    content = render(facts, association)
    assert isinstance(content, Content)
    text, _entities = parse_html(content.text)
    return str(text)


ITEMS = tuple(
    ItemShown(n, f"{n}.1", "Een lang punt. " * 40, ItemKind.DECISION, proposal=True, papers=(str(n),))
    for n in range(1, 200)
)
LARGE = [
    Invitation(
        meeting(size=100),
        tuple(AgendaLine(i.number, i.title, i.papers) for i in ITEMS),
        99,
        replies=True,
        late_reason="reden " * 83,
    ),
    AgendaStored(1, ITEMS),
    ItemsPage(1, ITEMS[:8], 0, 25),
    ItemDetails(ITEMS[0], 1, 0, "é" * 2000, fixed=False),
    DeliveryOverview(
        1,
        "ALV " * 50,
        Deliveries(1000, 1000, 1000),
        tuple(DeliveryFailure(name, "coördinator", "Forbidden: bot was blocked by the user") for name in MANY),
        MANY,
        MANY,
        tuple((reply, MANY) for reply in Reply),
        MANY,
        MANY,
    ),
    PaperMessage("999", 99, "x" * 200, "file", late=True),
]


def test_what_is_unknown_of_a_delivery() -> None:
    """Who may have a message twice is told, and who may have it although it failed."""
    failures = (
        DeliveryFailure("portefeuillehouder Assen", "wethouder", "Timed out", may_have_arrived=True),
        DeliveryFailure("portefeuillehouder Deventer", "wethouder", "Forbidden: bot was blocked by the user"),
    )
    facts = DeliveryOverview(
        1, "ALV", Deliveries(2, 0, 2), failures, (), (), (), (), doubtful=("coördinator Assen", "ALV-groep")
    )
    lines = shown(facts, ASSOCIATION).splitlines()
    assert [line for line in lines if line.startswith(("• portefeuillehouder", "Mogelijk"))] == [
        "• portefeuillehouder Assen (wethouder): kon niet worden bereikt; mogelijk toch ontvangen",
        "• portefeuillehouder Deventer (wethouder): heeft deze assistent geblokkeerd",
        "Mogelijk dubbel ontvangen, omdat Telegram niet antwoordde (2): coördinator Assen, ALV-groep",
    ]


@pytest.mark.parametrize("facts", LARGE, ids=lambda facts: type(facts).__name__)
def test_large_associations_fit(facts: object) -> None:
    """With hundreds of members and every text at its limit, each message fits and says what it left out."""
    text = shown(facts, Association("Coöperatie " * 15, statutes=Statutes(electronic_voting_article="artikel " * 30)))
    assert utf16_length(text) <= 4096


def test_invitation_word_for_word() -> None:
    """The convocation says what, when, where, what will be decided, by which article, and how to reply."""
    lines = (
        AgendaLine("1", "Opening", ()),
        AgendaLine("2", "Notulen, bijlage 1", ("1",)),
        AgendaLine("3", "Budget", ("4",)),
    )
    facts = Invitation(meeting(), lines, 2, replies=True)
    article = Statutes(electronic_voting_article="artikel 12 lid 3")
    assert shown(facts, Association("Voorbeeld", statutes=article)).splitlines() == [
        "Oproeping",
        "Voorbeeld roept u op voor:",
        "",
        "ALV ",
        "woensdag 13 februari 2019 om 18.00 uur",
        "Utrecht ",
        "Op afstand: https://x.nl/a",
        "",
        "Agenda",
        "1 Opening",
        "2 Notulen, bijlage 1",
        "3 Budget (bijlage 4)",
        "",
        "Hieronder volgen 2 bijlagen.",
        "Stemmen gebeurt elektronisch (artikel 12 lid 3 van de statuten).",
        "Komt u? Uw reactie geldt voor het lid namens wie u optreedt. U kunt die wijzigen tot de opening van de ALV.",
    ]


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Notulen, bijlage 1", ("2", "3")),
        ("Stukken (bijlagen 1, 2 en 3)", ()),
        ("Bijlage 3 en jaarlijkse evaluatie van 2 jaar", ("1", "2")),
        ("Bijlage nr. 12", ("1", "2", "3")),
        ("Begroting", ("1", "2", "3")),
    ],
)
def test_papers_are_named_once(title: str, left: tuple[str, ...]) -> None:
    """A paper that the title names is not named again behind it."""
    assert unnamed(title, ("1", "2", "3")) == left


@pytest.mark.parametrize("reply", list(Reply))
def test_receipt_fits_the_answer_to_a_press(reply: Reply) -> None:
    """The answer to a reply names the member, or how many, and fits in Telegram's box."""
    one = noted(ReplyReceipt(("Deventer",), reply, reply), ASSOCIATION)
    assert "namens de gemeente Deventer" in one
    assert "namens 33 leden" in noted(ReplyReceipt(MANY[:33], reply, reply), ASSOCIATION)
    assert noted(ReplyReceipt(("Deventer",), Reply.ABSENT, Reply.COMING), ASSOCIATION) == (
        "Uw latere reactie blijft staan: komt."
    )
    assert utf16_length(noted(ReplyReceipt(("x" * 200,), reply, reply), ASSOCIATION)) <= ALERT_LIMIT


SITTING = Sitting(
    None,
    ItemAtHand(2, "2", "Begroting", ItemKind.DECISION, withdrawn=False, votable=True),
    ("3", "Rondvraag"),
    handled=1,
    items=4,
    motion=None,
)


def console(
    state: MeetingState, *acts: Act, unsent: tuple[str, ...] = (), association: Association = ASSOCIATION
) -> list[str]:
    """Return the buttons of a console."""
    facts = MeetingConsole(
        meeting(state),
        acts,
        items=21,
        votable=3,
        papers=("1", "2"),
        unsent=unsent,
        latest_notice=date(2019, 1, 29),
        notice_passed=False,
        members=33,
        replies=(),
        deliveries=Deliveries(0, 0, 0),
        votes_expected=20,
        votes=33,
        quorum=17,
        present=0,
        votes_present=0,
        sitting=SITTING if state is MeetingState.OPEN else None,
    )
    content = render(facts, association)
    assert isinstance(content, Content)
    return [button.label for row in content.keyboard for button in row]


OFFICE = (Act.PREPARE_MEETING, Act.CONVENE, Act.LEAD_MEETING, Act.LEAD_VOTE)
CHAIR = (Act.LEAD_MEETING, Act.LEAD_VOTE)


@pytest.mark.parametrize("state", list(MeetingState))
def test_a_rehearsal_is_erased_from_the_console_in_every_state(state: MeetingState) -> None:
    """Whatever was done with the assembly that is rehearsed, the secretariat finds the way out there, once."""
    rehearsed = replace(ASSOCIATION, rehearsal=7)
    assert console(state, *OFFICE, association=rehearsed).count("Generale repetitie") == 1
    assert "Generale repetitie" not in console(state, *CHAIR, association=rehearsed)


def test_console_offers_what_fits_state_and_role() -> None:
    """Each state has its buttons; the chair leads and prepares nothing."""
    assert console(MeetingState.DRAFT, *OFFICE) == [
        "Agenda invoeren",
        "Agendapunten nalopen",
        "Stukken toevoegen",
        "Stukken nalopen",
        "Oproeping bekijken",
        "Titel, datum of plaats wijzigen",
        "Generale repetitie",
    ]
    assert console(MeetingState.DRAFT, *CHAIR) == []
    convened = [
        "Leden en volmachten",
        "Invoeren namens een lid",
        "Wie heeft de oproeping",
        "Stukken toevoegen",
        "Stukken nalopen",
        "Agendapunten nalopen",
        "Stemkaarten afdrukken",
        "ALV openen",
        "Generale repetitie",
        "Datum of plaats wijzigen",
        "ALV afgelasten",
    ]
    assert console(MeetingState.CONVENED, *OFFICE) == convened
    assert "Nazending versturen" in console(MeetingState.CONVENED, *OFFICE, unsent=("2",))
    assert console(MeetingState.CONVENED, *CHAIR, unsent=("2",)) == [
        "Leden en volmachten",
        "Wat is ingevoerd",
        "ALV openen",
    ]
    for reader, entering in ((OFFICE, "Invoeren namens een lid"), (CHAIR, "Wat is ingevoerd")):
        assert console(MeetingState.OPEN, *reader) == [
            "Punt 2 in stemming brengen",
            "Aanhouden",
            "Door naar punt 3",
            "Ander agendapunt",
            "Ordevoorstel",
            "ALV schorsen",
            "Presentielijst",
            "Leden en volmachten",
            entering,
            *(["Handopsteken invoeren", "Stemkaarten invoeren"] if reader is OFFICE else []),
            "Besluitenlijst",
            "Sprekerslijst",
            "ALV sluiten",
        ]
    assert console(MeetingState.CLOSED, *CHAIR) == ["Presentielijst", "Besluitenlijst"]
    assert console(MeetingState.CANCELLED, *OFFICE) == ["Nieuwe ALV voorbereiden"]
    assert console(MeetingState.CANCELLED, *CHAIR) == []
