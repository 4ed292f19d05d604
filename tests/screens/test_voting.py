"""Ballots, turnout and receipts as people read them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assembly.association import Association
from assembly.facts.voting import BallotFacts, BallotSeat, Receipt, ReceiptForAll, Turnout
from assembly.options import OPTION_LIMIT, PICK_LIMIT, Chosen, Option
from assembly.positions import Stance
from assembly.tally import Choice
from assembly.wording import utf16_length
from screens import render
from screens.choices import after_press
from screens.content import Content
from screens.presses import CastBallot
from screens.refusals import ALERT_LIMIT
from screens.texts import visible_length
from screens.voting import recorded, recorded_for_all

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")
CLOSED = datetime(2019, 2, 13, 19, 14, tzinfo=UTC)
BALLOT = BallotFacts(
    7,
    "6.1",
    "Innovatiebudget",
    "De ALV stelt het budget vast.",
    (
        BallotSeat(1, "Olst-Wijhe", by_proxy=False, selection=None),
        BallotSeat(2, "Raalte", by_proxy=True, selection=(Choice.AGAINST,)),
    ),
    None,
)


def drawn(facts: object) -> Content:
    """Draw facts that are a message."""
    content = render(facts, ASSOCIATION)
    assert isinstance(content, Content)
    return content


def test_ballot_has_a_row_per_seat() -> None:
    """Three buttons for all and three per seat, a tick before the one that stands, and each casts for its own seat.

    A ballot that was cast can be explained; of what was prepared there is a button where something was.
    """
    content = drawn(BALLOT)
    assert [[button.label for button in row] for row in content.keyboard] == [
        ["Alles voor", "Alles tegen", "Alles onthouding"],
        ["Olst-Wijhe: voor", "Olst-Wijhe: tegen", "Olst-Wijhe: onthouding"],
        ["Raalte: voor", "✅ Raalte: tegen", "Raalte: onthouding"],
        ["Stemverklaring geven"],
    ]
    asked = tuple(replace(seat, stance=stance) for seat, stance in zip(BALLOT.seats, Stance, strict=False))
    shown = drawn(replace(BALLOT, seats=asked)).keyboard
    assert [row[0].label for row in shown[3:]] == ["Stem volgens voorbereiding (2)", "Stemverklaring geven"]
    assert content.keyboard[2][0].data == CastBallot(7, 2, Chosen(Choice.FOR)).encode()
    assert "<blockquote>De ALV stelt het budget vast.</blockquote>" in content.text
    assert "• namens de gemeente Olst-Wijhe: nog niet uitgebracht" in content.text
    assert "• namens de gemeente Raalte, volmacht: <b>tegen</b>" in content.text


def test_closed_ballot_keeps_what_was_cast() -> None:
    """After the closing the ballot has no buttons, and says what was cast and when the vote was closed."""
    content = drawn(replace(BALLOT, closed_at=CLOSED))
    assert not content.keyboard
    assert "Stemming gesloten: agendapunt 6.1" in content.text
    assert "• namens de gemeente Olst-Wijhe: niet uitgebracht" in content.text
    assert "De stemming is gesloten om 20.14 uur." in content.text


def test_full_ballot_fits_in_a_message() -> None:
    """A page of 32 long names under the longest proposal stays within what Telegram takes."""
    seats = tuple(BallotSeat(number, "Gemeente " + "x" * 180, by_proxy=True, selection=None) for number in range(32))
    content = drawn(replace(BALLOT, title="t" * 4000, text="😀" * 1000, seats=seats))
    assert visible_length(content.text) <= 4096
    assert sum(len(row) for row in content.keyboard) == 99


@pytest.mark.parametrize(
    ("pressed", "standing", "text"),
    [
        (
            Choice.FOR,
            Choice.FOR,
            "U hebt vóór gestemd namens de gemeente Raalte. U kunt dit wijzigen tot de stemming sluit.",
        ),
        (Choice.AGAINST, Choice.AGAINST, "U hebt tegen gestemd namens de gemeente Raalte."),
        (Choice.ABSTAIN, Choice.ABSTAIN, "U hebt zich onthouden namens de gemeente Raalte."),
        (Choice.FOR, Choice.AGAINST, "Uw latere keuze blijft staan: tegen, namens de gemeente Raalte."),
    ],
)
def test_receipt_says_what_stands(pressed: Choice, standing: Choice, text: str) -> None:
    """The answer to a press says what was recorded, or that a later choice stands."""
    assert recorded(Receipt("Raalte", (pressed,), (standing,)), ASSOCIATION).startswith(text)


LABELS = tuple(Option(str(number), f"Variant {number} " + "y" * 290) for number in range(1, OPTION_LIMIT + 1))


def test_ballot_with_many_seats_and_options_fits() -> None:
    """As many seats and options as there can be, each as long as can be, chosen for all or for one of them."""
    stands = ("1", "2", "30")
    seats = tuple(
        BallotSeat(number, "Gemeente " + "x" * 180, by_proxy=True, selection=stands) for number in range(1, 33)
    )
    options = (*LABELS, Option("none", ""))
    full = replace(
        BALLOT, title="t" * 4000, text="😀" * 1000, seats=seats, options=options, picks=PICK_LIMIT, round=2, page=1
    )
    for shown in (full, replace(full, seat=2), replace(full, closed_at=CLOSED)):
        content = drawn(shown)
        assert visible_length(content.text) <= 4096
        assert sum(len(row) for row in content.keyboard) <= 100


def test_press_on_a_name_says_the_whole_ballot() -> None:
    """A press adds a name or takes it away; one more than the seats is refused later; the only name stays."""
    assert after_press((), "2", 2) == ("2",)
    assert after_press(("2",), "1", 2) == ("1", "2")
    assert after_press(("1", "2"), "2", 2) == ("1",)
    assert after_press(("1",), "1", 2) == ("1",)
    assert after_press(("1", "2"), "3", 2) == ("1", "2", "3")
    assert after_press(("1", "2"), "abstain", 2) == ("abstain",)
    assert after_press(("abstain",), "1", 2) == ("1",)
    assert after_press(("2",), "10", 1) == ("10",)


def test_receipt_for_all_seats() -> None:
    """It says how many votes say what, and whom it could not serve; however long the names, it fits the answer."""
    receipt = ReceiptForAll(("for",), 10, ("Raalte",), ("Emmen", "Ommen", "Zwolle"), ("Assen",))
    assert recorded_for_all(receipt, ASSOCIATION) == (
        "Vastgelegd voor 10 stemmen: voor. Niet uitgebracht, u brengt deze niet meer uit: Emmen +2. "
        "Een latere keuze blijft staan: Raalte. Let op: dit wijkt af van het standpunt: Assen."
    )
    names = ("x" * 200,) * 33
    for later, refused, deviating in ((names, (), ()), ((), names, ()), ((), (), names)):
        long = ReceiptForAll(("1", "2"), 12, later, refused, deviating, LABELS)
        assert utf16_length(recorded_for_all(long, ASSOCIATION)) <= ALERT_LIMIT


@pytest.mark.parametrize("choice", Choice)
def test_receipt_fits_the_answer_to_a_press(choice: Choice) -> None:
    """Even for a member with a very long name."""
    assert utf16_length(recorded(Receipt("x" * 200, (choice,), (choice,)), ASSOCIATION)) <= ALERT_LIMIT


def test_turnout_tells_no_choice() -> None:
    """The turnout counts votes; only who leads has the button, and only while the vote is open."""
    shown = Turnout(7, "6.1", "Budget", "Budget", cast=24, present=26, total=33, closed_at=None, leads=True)
    content = drawn(shown)
    assert "<b>24 van de 26 stemmen uitgebracht</b>" in content.text
    assert "Aanwezig of vertegenwoordigd: 26 van de 33 stemmen." in content.text
    assert "oor:" not in content.text
    assert [button.label for row in content.keyboard for button in row] == [
        "Stemming sluiten",
        "Sluit over 2 min.",
        "Sluit over 5 min.",
        "Sluit over 10 min.",
        "Stemming schorsen",
        "Ongeldig verklaren",
    ]
    assert not drawn(replace(shown, leads=False)).keyboard
    assert not drawn(replace(shown, closed_at=CLOSED)).keyboard
