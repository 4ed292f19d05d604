"""The screens of notices: word for word where that matters, and at the size of a large association."""

from datetime import UTC, datetime

import pytest

from assembly.association import Association
from assembly.facts.convening import DeliveryFailure
from assembly.facts.meetings import Deliveries
from assembly.facts.notices import (
    Aim,
    Arrival,
    AudienceChoice,
    NoticeDraft,
    NoticeMessage,
    NoticePreview,
    NoticeProgress,
    NoticeReportPage,
    Receipt,
    ReportLine,
)
from assembly.formatting import Entity, Formatted
from assembly.notices import ALBUM, TEXT_ROOM, Audience, Circle, Lack, NoticeFile, NoticeState
from assembly.wording import utf16_length
from screens import render
from screens.content import Album, Content, StoredDocument, StoredPicture
from simulator.text.html import parse_html

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.")
SENT = datetime(2019, 1, 14, 9, 0, tzinfo=UTC)
MANY = tuple(f"Zeer & Lange Gemeentenaam {number}" for number in range(400))
AIM = Aim((Circle.COORDINATORS, Circle.BOARD), ("Auditcommissie",), ("Assen",), Lack.REPLY, ("ALV",))


def shown(facts: object) -> str:
    """Return what a reader sees."""
    content = render(facts, ASSOCIATION)
    assert isinstance(content, Content)
    return str(parse_html(content.text)[0])


def buttons(facts: object) -> list[str]:
    """Return the words on the buttons."""
    content = render(facts, ASSOCIATION)
    assert isinstance(content, Content)
    return [button.label for row in content.keyboard for button in row]


def progress(state: NoticeState = NoticeState.SENT, failed: int = 1, **more: object) -> NoticeProgress:
    """Return how a notice to ten thousand fares."""
    failures = tuple(DeliveryFailure(name, "coördinator", "Bad Request: chat not found") for name in MANY[:failed])
    values: dict[str, object] = {
        "deliveries": Deliveries(6000, 3000, 1000 if failed else 0),
        "groups": Deliveries(1, 1, 0),
        "failed_groups": (),
        "doubts": 0,
        "doubtful": (),
        "confirmed": None,
        "corrected": None,
        "withdrawn": None,
    }
    return NoticeProgress(1, state, AIM, SENT, failures=failures, **(values | more))  # type: ignore[arg-type]


def test_progress_word_for_word() -> None:
    """Heading, audience, bar, counts, and whom it did not reach."""
    assert shown(progress(confirmed=12)).splitlines() == [
        "Mededeling verstuurd op maandag 14 januari 2019 om 10.00 uur",
        "Ontvangers: Coördinatoren, Bestuur en Auditcommissie; alleen van Assen; alleen wie niet heeft gereageerd; ALV",
        "▓▓▓▓▓▓▓░░░ 70,0%",
        "6.000 van de 10.000 bezorgd",
        "Onderweg: 3.000",
        "Groepen en kanalen: 1 van 2",
        "Ontvangst bevestigd: 12 van de 10.000",
        "1.000 mislukt:",
        "• Zeer & Lange Gemeentenaam 0 (coördinator): heeft de chat met deze assistent niet geopend",
        "… en nog 999",
    ]


def test_what_is_told_of_changes() -> None:
    """Corrections, deletions, and where a deletion was not possible any more."""
    facts = progress(
        NoticeState.WITHDRAWN, failed=0, corrected=Deliveries(3, 1, 0), withdrawn=Deliveries(5, 0, 2), doubts=41
    )
    lines = shown(facts).splitlines()
    assert "Gecorrigeerd: in 3 van de 4 chats" in lines
    assert "Verwijderd: in 5 van de 7 chats" in lines
    assert (
        "In 2 chats blijft zij staan. Telegram verwijdert niets na 48 uur, en niets waar deze assistent is geblokkeerd."
        in lines
    )
    assert lines[-1] == "Mogelijk dubbel ontvangen, omdat Telegram niet antwoordde (41): … en nog 41"


def test_buttons_fit_the_state() -> None:
    """What was sent can be changed, what failed repeated; what was withdrawn only looked at; a plan taken back."""
    reports = ["Bezorging per persoon", "Bezorging als bestand (XLSX)"]
    assert buttons(progress(failed=0)) == [*reports, "Corrigeren", "Intrekken"]
    assert buttons(progress()) == [*reports, "Opnieuw naar wie het mislukte", "Corrigeren", "Intrekken"]
    assert buttons(progress(NoticeState.WITHDRAWN)) == reports
    assert buttons(progress(NoticeState.PLANNED)) == ["Niet versturen"]


def test_preview_offers_what_fits_the_hour() -> None:
    """In quiet hours the morning comes first, and now needs a second thought."""
    day = NoticePreview(1, AIM, 2, 0, 1, silent=False, asks_receipt=False, at=None, quiet_until=None)
    assert buttons(day)[:2] == ["Nu versturen", "Op een ander moment versturen"]
    night = NoticePreview(1, AIM, 2, 1, 1, silent=True, asks_receipt=True, at=None, quiet_until=SENT)
    assert buttons(night)[:3] == [
        "Versturen op maandag 14 januari 2019 om 10.00 uur",
        "Toch nu versturen",
        "Op een ander moment versturen",
    ]
    assert {"✓ Zonder geluid", "✓ Ontvangst laten bevestigen"} <= set(buttons(night))
    planned = NoticePreview(1, AIM, 2, 0, 1, silent=False, asks_receipt=False, at=SENT, quiet_until=None)
    assert buttons(planned)[:3] == ["Zo plannen", "Ander moment kiezen", "Toch meteen versturen"]


def test_audience_marks_what_is_chosen() -> None:
    """A tick stands before what is chosen, wherever it is."""
    chosen = Audience(frozenset({Circle.BOARD}), frozenset({7}), frozenset({1}), Lack.REPLY, frozenset({-5}))
    facts = AudienceChoice(
        1, chosen, ((Circle.BOARD, 3),), ((7, "Auditcommissie"),), (Lack.REPLY,), ("Assen",), ((-5, "ALV"),), 2
    )
    assert buttons(facts)[:5] == [
        "✓ Bestuur (3)",
        "✓ Auditcommissie",
        "✓ Alleen wie niet heeft gereageerd",
        "✓ 1 lid met de hand gekozen",
        "✓ 📣 ALV",
    ]


def test_message_keeps_its_formatting() -> None:
    """The heading moves the entities along; pictures stay pictures; an album is one; a turned direction is undone."""
    text = Formatted("a\u202eb", (Entity("bold", 0, 3),))
    content = render(
        NoticeMessage(text, (NoticeFile("id", picture=True, name=""),), receipt=Receipt.ASKED), ASSOCIATION
    )
    assert isinstance(content, Content)
    head = utf16_length("Mededeling van Coöperatie Voorbeeld U.A.")
    assert content.entities == (Entity("bold", 0, head), Entity("bold", head + 2, 3))
    assert content.text.endswith("\n\na\u2060b")
    assert content.document == StoredPicture("id")
    assert content.keyboard[0][0].label == "Ontvangst bevestigen"
    files = tuple(NoticeFile(f"id{number}", picture=False, name="x") for number in range(ALBUM))
    album = render(NoticeMessage(Formatted(), files, first=False), ASSOCIATION)
    assert album == Album(tuple(StoredDocument(f"id{number}") for number in range(ALBUM)))


LINE = ReportLine("x" * 200, "f" * 200, Arrival.FAILED, "?", SENT, twice=True, may_have_arrived=True, confirmed_at=SENT)


@pytest.mark.parametrize(
    "facts",
    [
        progress(failed=400, failed_groups=(DeliveryFailure("G" * 300, "", "kicked"),), doubts=9000, doubtful=MANY),
        NoticeReportPage(1, (LINE,) * 12, asks_receipt=True, page=3, pages=900),
        NoticeDraft(1, (TEXT_ROOM + 1,) * 5, ("n" * 200,) * 20, 40),
        NoticePreview(1, Aim(tuple(Circle), MANY, MANY, Lack.VOTE, MANY), 9, 9, 9, True, True, SENT, SENT),  # noqa: FBT003
    ],
    ids=lambda facts: type(facts).__name__,
)
def test_large_associations_fit(facts: object) -> None:
    """With thousands of people and every text at its limit, each message fits."""
    assert utf16_length(shown(facts)) <= 4096
