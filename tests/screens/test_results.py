"""Outcomes in Dutch: the sum in words, ties, and the lines that a recount reads."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from assembly.association import Association
from assembly.facts.voting import (
    Decision,
    DecisionList,
    OptionsAnnouncement,
    OptionsRollCall,
    OutcomeAnnouncement,
    RollCall,
)
from assembly.motions import BallotForm, MotionKind, Question
from assembly.options import OPTION_LIMIT, PICK_LIMIT, numbered
from assembly.options_tally import count, draw_lot
from assembly.tally import Basis, Choice, Majority, Outcome, Seat, Threshold, tally
from screens import render
from screens.content import Content
from screens.majorities import majority_in_words
from screens.texts import visible_length

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")
CLOSED = datetime(2019, 2, 13, 19, 14, tzinfo=UTC)
HALF = Threshold(Fraction(1, 2), strict=True)
TWO_THIRDS = Threshold(Fraction(2, 3), strict=False)
ORDINARY = Majority(HALF, Basis.CAST)
ANNOUNCEMENT = OutcomeAnnouncement(
    "6.1",
    "Innovatiebudget",
    "De ALV stelt het budget vast.",
    datetime(2019, 2, 13, 19, 14, tzinfo=UTC),
    tally((), {}, ORDINARY),
    RollCall(("Assen", "Deventer"), ("Emmen",), (), ()),
)


def counted(
    in_favour: int, against: int, abstained: int = 0, absent: int = 0, majority: Majority = ORDINARY
) -> Outcome:
    """Count so many votes of one each."""
    choices = [Choice.FOR] * in_favour + [Choice.AGAINST] * against + [Choice.ABSTAIN] * abstained
    seats = [Seat(number, 1, number) for number in range(len(choices))]
    seats += [Seat(-number, 1, None) for number in range(1, absent + 1)]
    return tally(seats, dict(enumerate(choices)), majority)


def announced(outcome: Outcome) -> list[str]:
    """Return the lines of the announcement of an outcome."""
    content = render(replace(ANNOUNCEMENT, outcome=outcome), ASSOCIATION)
    assert isinstance(content, Content)
    return content.text.splitlines()


def test_outcome_on_persons_fits_and_says_its_sum() -> None:
    """As many candidates as there can be, elected, left or drawn, with long names and many voters."""
    options = numbered([f"Kandidaat {number} " + "y" * 200 for number in range(1, OPTION_LIMIT + 1)])
    asked = Question("", ORDINARY, MotionKind.PERSONS, options=options, picks=PICK_LIMIT, round=2)
    seats = [Seat(number, 1, 1) for number in range(60)]
    cast = {seat.member_id: (options[seat.member_id % 30].key,) for seat in seats}
    names = tuple(f"Gemeente {number} " + "x" * 150 for number in range(10))
    for lot in (None, draw_lot(options, "4f0c" * 4)):
        outcome = count(seats, cast, asked, lot)
        roll_call = OptionsRollCall(tuple(option.key for option in options), (names,) * 30, names, names)
        told = OptionsAnnouncement("3.1", "t" * 900, "x" * 3000, CLOSED, outcome, roll_call, earlier=names)
        content = render(told, ASSOCIATION)
        assert isinstance(content, Content)
        assert visible_length(content.text) <= 4096
        assert "In deze ronde beslissen de meeste stemmen." in content.text
        assert ("De stemmen staken" in content.text) is (lot is None)


def test_of_a_secret_vote_nobody_voted_what() -> None:
    """Only who did not vote is named, and not under words that promise more."""
    options = numbered(["Kandidaat A", "Kandidaat B"])
    asked = Question("", ORDINARY, MotionKind.PERSONS, options=options, form=BallotForm.SECRET)
    outcome = count([Seat(1, 1, 1)], {1: ("1",)}, asked)
    for form, names, said in (
        (BallotForm.SECRET, (), False),
        (BallotForm.ROLL_CALL, (("Assen",), (), ()), True),
    ):
        roll_call = OptionsRollCall(("1", "2", "abstain"), names, ("Velsen",))
        content = render(OptionsAnnouncement("3", "t", "t", CLOSED, outcome, roll_call, form=form), ASSOCIATION)
        assert isinstance(content, Content)
        assert "Stemden niet: Velsen." in content.text
        assert ("Wie wat stemde:" in content.text) is said


def test_ordinary_majority() -> None:
    """The counts stand on lines of their own, and the sum follows in words."""
    lines = announced(counted(14, 2, 1))
    assert lines[:2] == ["<b>Uitslag agendapunt 6.1</b>", "Innovatiebudget"]
    assert [line for line in lines if line.split(":")[0] in {"Voor", "Tegen", "Onthouding"}] == [
        "Voor: 14",
        "Tegen: 2",
        "Onthouding: 1",
    ]
    assert "Uitgebracht: 16. Nodig: meer dan de helft van 16 uitgebrachte stemmen = 9." in lines
    assert "✅ <b>Aangenomen</b>: 14 van de 16 = 87,5%." in lines
    assert "De stemming is gesloten om 20.14 uur." in lines
    assert lines[-4:-2] == ["Voor stemden: Assen, Deventer.", "Tegen stemden: Emmen."]


def test_special_majority() -> None:
    """Two thirds of 31 are 21: 22 suffice and 20 do not."""
    special = Majority(TWO_THIRDS, Basis.CAST)
    lines = announced(counted(22, 9, majority=special))
    assert "Uitgebracht: 31. Nodig: ten minste twee derde van 31 uitgebrachte stemmen = 21." in lines
    assert "✅ <b>Aangenomen</b>: 22 van de 31 = 71,0%." in lines
    assert "❌ <b>Verworpen</b>: 20 van de 31 = 64,5%." in announced(counted(20, 11, majority=special))


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (Basis.PRESENT, "meer dan de helft van 4 aanwezige en vertegenwoordigde stemmen = 3"),
        (Basis.ALL, "meer dan de helft van 10 stemmen van alle leden = 6"),
    ],
)
def test_basis_is_named(basis: Basis, words: str) -> None:
    """A majority of those present, or of all members, says of which votes it is a share."""
    assert f"Uitgebracht: 3. Nodig: {words}." in announced(counted(3, 0, 1, 6, Majority(HALF, basis)))


def test_tie_and_nothing_cast() -> None:
    """A tie and a vote without votes for or against are rejected, and say why."""
    assert {"De stemmen staken; het voorstel is verworpen.", "❌ <b>Verworpen</b>"} <= set(announced(counted(2, 2)))
    nothing = "Er is geen stem voor of tegen uitgebracht; het voorstel is verworpen."
    assert {nothing, "❌ <b>Verworpen</b>"} <= set(announced(counted(0, 0, 3)))


def test_roll_call_of_many_is_cut_with_a_count() -> None:
    """Hundreds of names are not all listed, and the line says how many more there are."""
    names = tuple(f"Lid {number:03}" for number in range(400))
    content = render(replace(ANNOUNCEMENT, roll_call=RollCall(names, names, names, names)), ASSOCIATION)
    assert isinstance(content, Content)
    lines = [line for line in content.text.splitlines() if "Lid 000" in line]
    assert len(lines) == 4
    assert all("… en nog 3" in line for line in lines)


def test_unanimity() -> None:
    """Where all votes are needed, the sum says so instead of giving a share."""
    lines = announced(counted(3, 1, majority=Majority(Threshold(Fraction(1), strict=False), Basis.CAST)))
    assert "Uitgebracht: 4. Nodig: alle 4 uitgebrachte stemmen = 4." in lines


@pytest.mark.parametrize(
    ("majority", "words"),
    [
        (ORDINARY, "meer dan de helft van de uitgebrachte stemmen"),
        (Majority(Threshold(Fraction(1, 2), strict=False), Basis.PRESENT), "ten minste de helft van de aanwezige"),
        (
            Majority(Threshold(Fraction(3, 4), strict=False), Basis.ALL),
            "ten minste drie vierde van de stemmen van alle",
        ),
        (Majority(Threshold(Fraction(5, 8), strict=True), Basis.CAST), "meer dan 5/8 van de uitgebrachte stemmen"),
        (Majority(Threshold(Fraction(1), strict=False), Basis.CAST), "alle uitgebrachte stemmen"),
    ],
)
def test_majority_in_words(majority: Majority, words: str) -> None:
    """Every threshold and basis has words."""
    assert majority_in_words(majority).startswith(words)


def test_decision_list_heads_with_what_the_chair_pronounced() -> None:
    """The verdict that stands comes first, with the count as a count and the reason under it."""
    asked = Question("", ORDINARY, MotionKind.PERSONS, options=numbered(("Jansen", "De Wit")))
    votes = [("1",), ("1",), ("2",)]
    persons = count([Seat(number, 1, 1) for number in range(3)], dict(enumerate(votes)), asked)
    pronounced = (
        Decision("2", "Het budget.", counted(1, 2), otherwise="Te laat geteld.", verdict=("for",)),
        Decision("3", "Het lid.", persons, otherwise="Jansen is onverkiesbaar.", verdict=("2",)),
        Decision("4", "De nota.", counted(2, 1), otherwise="Geen quorum.", verdict=()),
    )
    content = render(DecisionList(1, "ALV", date(2019, 2, 13), pronounced, may_publish=False), ASSOCIATION)
    assert isinstance(content, Content)
    day = "woensdag 13 februari 2019"
    for line in (
        f"<i>Aangenomen op {day}: geteld zijn voor 1, tegen 2, onthouding 0.</i>",
        "⚠️ <b>De voorzitter sprak uit “Aangenomen”</b>, anders dan is geteld. Reden: Te laat geteld.",
        f"<i>Gekozen op {day}: De Wit (1 stem).</i>",
        "⚠️ <b>De voorzitter sprak uit “Gekozen: De Wit”</b>, anders dan is geteld. Reden: Jansen is onverkiesbaar.",
        f"<i>Geen besluit op {day}: geteld zijn voor 2, tegen 1, onthouding 0.</i>",
    ):
        assert line in content.text


def test_decision_list_numbers_adopted_and_rejected() -> None:
    """Decisions are numbered as taken, with date and figures; a rejected proposal is listed as such."""
    decisions = (Decision("2.1", "De notulen <vast>.", counted(3, 0)), Decision("6.1", "Het budget.", counted(1, 2)))
    shown = DecisionList(1, "ALV voorjaar", date(2019, 2, 13), decisions, may_publish=True)
    content = render(shown, ASSOCIATION)
    assert isinstance(content, Content)
    assert "1. De notulen &lt;vast&gt;. (agendapunt 2.1)" in content.text
    assert "<i>Aangenomen op woensdag 13 februari 2019: voor 3, tegen 0, onthouding 0.</i>" in content.text
    assert "2. Het budget. (agendapunt 6.1)" in content.text
    assert "<i>Verworpen op woensdag 13 februari 2019: voor 1, tegen 2, onthouding 0.</i>" in content.text
    assert [button.label for row in content.keyboard for button in row] == ["Besluitenlijst versturen"]
    nothing = render(replace(shown, decisions=(), may_publish=True), ASSOCIATION)
    assert isinstance(nothing, Content)
    assert "Er is nog niet gestemd." in nothing.text
    assert not nothing.keyboard
