"""The proof of convocation and the letters, as PDFs: everything that they must say, read back from the page."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.association import Association, Window
from assembly.convocation import Means, Round, RoundKind
from assembly.facts.convening import AgendaLine, Contribution
from assembly.facts.dispatches import (
    ConvocationLetter,
    ConvocationLetters,
    ConvocationProof,
    ProofLine,
    ProofMember,
    ProofPaper,
    Result,
)
from assembly.meetings import Meeting, MeetingState, Reply
from records import make

ASSOCIATION = Association(
    "Coöperatie Voorbeeld U.A.", member_article="de gemeente ", sender="Postbus 1, 1000 AA Voorbeeld"
)
CONVENED = datetime(2019, 1, 14, 9, tzinfo=UTC)
MEETING = Meeting(
    1, "ALV februari", datetime(2019, 2, 13, 17, tzinfo=UTC), "Utrecht", "", MeetingState.CONVENED, CONVENED
)
COSTS = Contribution("Deventer", 99_957, Fraction("11994.84"))
AGENDA = (
    AgendaLine("1", "Opening", ()),
    AgendaLine("2", "Innovatie", ("4a",), per_inhabitant=Fraction("0.12"), contributions=(COSTS,)),
)
FIRST = Round(0, RoundKind.CONVENED, CONVENED, MEETING.starts_at, "Muntgebouw", "", None)
SECOND = Round(
    1, RoundKind.CHANGED, datetime(2019, 2, 1, 9, tzinfo=UTC), MEETING.starts_at, "Utrecht", "", "De zaal viel uit."
)
DELIVERED = ProofLine(
    0,
    "portefeuillehouder Assen",
    "wethouder",
    None,
    CONVENED,
    Result.DELIVERED,
    "",
    datetime(2019, 1, 15, 9, tzinfo=UTC),
)
LETTER = ProofLine(0, "Raalte", "", Means.REGISTERED_POST, date(2019, 1, 15), Result.SENT, "", None)
BLOCKED = replace(DELIVERED, at=None, result=Result.FAILED, note="Forbidden: bot was blocked by the user", read_at=None)
PROOF = ConvocationProof(
    MEETING,
    date(2019, 1, 29),
    14,
    (FIRST, SECOND),
    (1,),
    AGENDA,
    (ProofPaper("4a", 2, "Voorstel innovatie", CONVENED, "ab" * 32),),
    (
        ProofMember("Assen", CONVENED, (DELIVERED,), Reply.COMING, CONVENED, "coördinator Assen"),
        ProofMember("Deventer", CONVENED, (BLOCKED,), None, None, ""),
        ProofMember("Raalte", None, (LETTER,), None, None, ""),
    ),
    (replace(DELIVERED, name="voorzitter RvC", read_at=None),),
    datetime(2019, 2, 13, 12, tzinfo=UTC),
)
LETTERS = ConvocationLetters(
    MEETING,
    FIRST,
    None,
    (("4a", "Voorstel innovatie"),),
    (ConvocationLetter("Deventer", "portefeuillehouder Deventer", "burgemeester", AGENDA),),
    CONVENED,
)
HOSTILE = ('#image("x") $a$ *b* _c_ \\ `r` @l <b>', "= kop // ; #let x", "x" * 300, "😀" * 60, "\u202eoB\x00", "")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a function
    """Give a function that makes a document and returns what was handed to the typesetter."""
    handed: list[str] = []
    compiled: Any = typst.compile

    def watched(*args: Any, sys_inputs: dict[str, str], **options: Any) -> Any:  # noqa: ANN401 - handed on
        handed.extend(sys_inputs.values())
        return compiled(*args, sys_inputs=sys_inputs, **options)

    def words(facts: object) -> str:
        made = make(facts, ASSOCIATION)
        assert made is not None
        assert made.content.startswith(b"%PDF-")
        return handed[-1].encode().decode("unicode_escape").replace("\N{NO-BREAK SPACE}", " ")

    monkeypatch.setattr(typst, "compile", watched)
    return words


def test_the_proof_says_how_everybody_was_convened(said: Any) -> None:  # noqa: ANN401 - a function
    """Period, rounds with reasons, papers with their hash, and per member what arrived, was read and was replied."""
    text = said(PROOF)
    for part in (
        "dinsdag 29 januari 2019 (14 dagen oproepingstermijn)",
        "2 van de 3",
        "Later dan de oproepingstermijn toelaat.",
        "Reden: De zaal viel uit.",
        "Voorstel innovatie (versie 2)",
        "SHA-256 " + "ab" * 32,
        '"portefeuillehouder Assen, wethouder", "Telegram", "14-01-2019 10.00", "bezorgd", "15-01-2019 10.00"',
        "Gereageerd op 14-01-2019 10.00 (coördinator Assen): komt.",
        "niet afgeleverd: heeft deze assistent geblokkeerd",
        '"Raalte", "aangetekend per post", "dinsdag 15 januari 2019", "verzonden"',
        "Heeft niet ingestemd met elektronische oproeping",
        "voorzitter RvC",
    ):
        assert part in text, part
    assert text.count("volgens deze gegevens niet opgeroepen") == 1


def test_the_letter_convenes(said: Any) -> None:  # noqa: ANN401 - a function
    """Addressee, assembly, agenda with what it costs this member, papers, and how to answer."""
    text = said(LETTERS)
    for part in (
        '"portefeuillehouder Deventer", "burgemeester", "De gemeente Deventer"',
        "Oproeping: ALV februari",
        "woensdag 13 februari 2019 om 18.00 uur",
        "€ 0,12 per inwoner: voor de gemeente Deventer (99.957 inwoners) € 11.994,84",
        "Bijlage 4a: Voorstel innovatie",
        "Geachte portefeuillehouder Deventer,",
    ):
        assert part in text, part


def test_letters_of_later_rounds(said: Any) -> None:  # noqa: ANN401 - a function
    """A change says what it was and why; a cancellation has no agenda and asks nothing."""
    changed = said(replace(LETTERS, told=SECOND, before=FIRST))
    assert '["Dit was", "Muntgebouw"]' in changed
    assert "Reden: De zaal viel uit." in changed
    assert "Bijlage 4" not in changed
    cancelled = said(replace(LETTERS, told=replace(SECOND, number=2, kind=RoundKind.CANCELLED), before=SECOND))
    assert "gaat niet door" in cancelled
    assert "Opening" not in cancelled
    assert "Wilt u" not in cancelled


@settings(max_examples=15, deadline=None)
@given(*[st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80)) for _ in range(3)])
def test_names_are_never_markup(name: str, title: str, reason: str) -> None:
    """Whatever people wrote is text: both documents are made."""
    meeting = replace(MEETING, title=title, place=name)
    told = replace(SECOND, reason=reason, place=title)
    letter = ConvocationLetter(name, title, reason, (AgendaLine("1", title, ()),))
    assert make(replace(LETTERS, meeting=meeting, told=told, before=FIRST, letters=(letter,)), ASSOCIATION)
    member = ProofMember(name, None, (replace(DELIVERED, name=title, note=reason),), Reply.ABSENT, CONVENED, name)
    assert make(replace(PROOF, meeting=meeting, rounds=(FIRST, told), members=(member,)), ASSOCIATION)


@pytest.mark.parametrize("window", Window)
def test_a_long_agenda_takes_more_pages(window: Window) -> None:
    """Forty items go on to a second page, for each member; the same facts make the same bytes."""
    agenda = tuple(AgendaLine(str(n), f"Agendapunt {n}", ()) for n in range(1, 41))
    letter = replace(LETTERS.letters[0], agenda=agenda)
    association = replace(ASSOCIATION, letter_window=window)
    facts = replace(LETTERS, letters=(letter, letter))
    made, again = make(facts, association), make(facts, association)
    assert made is not None
    assert made == again
    assert len(re.findall(rb"/Type\s*/Page\b", made.content)) == 4
