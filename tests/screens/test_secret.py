"""Secret ballots: two taps for all seats, one candidate at a time or several, and never more than Telegram takes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assembly.association import Association
from assembly.facts.secret import SecretBallot, SecretReceipt, SecretSeat
from assembly.options import MATTER_OPTIONS, OPTION_LIMIT, PICK_LIMIT, numbered
from assembly.tally import Choice
from screens.content import Content
from screens.presses import CastSecret, ChooseSecret, Press, ShowSecret
from screens.secret import by_seat, choosing, for_all, vote_in
from tests.screens.test_every_screen import HOSTILE, check

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")
SEATS = tuple(
    SecretSeat(number, name, by_proxy=number > 1, voted=False)
    for number, name in enumerate(("Assen", "Deventer", "Emmen"), start=1)
)
MATTER = SecretBallot(7, "2.1", "Notulen", "Notulen", MATTER_OPTIONS, 1, 1, SEATS)
PERSONS = replace(MATTER, options=numbered(["Jansen", "Pietersen", "De Vries"], none=True), picks=2)


def labels(content: Content) -> list[str]:
    """Return the labels of the buttons."""
    return [button.label for row in content.keyboard for button in row]


def presses(content: Content) -> list[Press]:
    """Return what the buttons say."""
    kinds = [(Press.kind_of(button.data), button.data) for row in content.keyboard for button in row]
    return [kind.decode(data) for kind, data in kinds if kind is not None]


def drawn(ballot: SecretBallot) -> Content:
    """Draw a ballot."""
    return for_all(ballot, ASSOCIATION)


def test_one_choice_for_all_seats() -> None:
    """Who carries three seats chooses for all of them at once, or goes to each; the text says what is kept."""
    content = drawn(MATTER)
    assert labels(content) == ["Voor", "Tegen", "Onthouding", "Per lid kiezen"]
    assert presses(content)[0] == ChooseSecret(7, 0, Choice.FOR)  # type: ignore[arg-type]  # a choice is its text
    assert presses(content)[-1] == ShowSecret(7, 1)
    assert "namens de gemeente Deventer, volmacht: nog niet uitgebracht" in content.text
    assert "Kies voor alle 3 stemmen tegelijk, of per lid. Daarna bevestigt u." in content.text
    for outside in ("Telegram", "de schijf van de beheerder", "iedereen hetzelfde"):
        assert outside in content.text


def test_what_is_left() -> None:
    """Seats that voted are not offered again; the last one is named."""
    ballot = replace(MATTER, seats=(replace(SEATS[0], voted=True), SEATS[1], replace(SEATS[2], voted=True)))
    content = drawn(ballot)
    assert presses(content)[0] == ChooseSecret(7, 2, Choice.FOR)  # type: ignore[arg-type]  # same
    assert "Kies namens de gemeente Deventer. Daarna bevestigt u." in content.text
    assert "namens de gemeente Assen: <b>uitgebracht</b>" in content.text
    assert labels(by_seat(ballot, ASSOCIATION)) == ["Deventer", "Terug naar het stembiljet"]
    assert labels(drawn(replace(MATTER, seats=SEATS[:1]))) == ["Voor", "Tegen", "Onthouding"]


@pytest.mark.parametrize("end", [{"closed_at": datetime(2019, 2, 13, 19, 0, tzinfo=UTC)}, {"voided": True}, {}])
def test_nothing_left(end: dict[str, object]) -> None:
    """After the last vote, the closing or the end of a void vote there is nothing to press, and no choice to read."""
    seats = SEATS if end else tuple(replace(seat, voted=True) for seat in SEATS)
    content = drawn(replace(MATTER, seats=seats, **end))  # type: ignore[arg-type]  # of the fields that are named
    assert not content.keyboard
    assert not {"voor", "tegen", "onthouding"} & set(content.text.replace(":", " ").split())


def test_to_be_confirmed() -> None:
    """What was chosen is said once more, with whom it is for, that it is final, and the way back."""
    content = choosing(MATTER, 0, (Choice.AGAINST,), ASSOCIATION)
    assert "U kiest namens 3 leden: <b>tegen</b>. Na het bevestigen is dit definitief." in content.text
    assert labels(content) == ["Bevestigen", "Terug naar het stembiljet"]
    assert presses(content) == [CastSecret(7, 0, Choice.AGAINST), ShowSecret(7, 0)]  # type: ignore[arg-type]  # same
    assert "U kiest namens de gemeente Emmen: <b>tegen</b>." in choosing(MATTER, 3, (Choice.AGAINST,), ASSOCIATION).text


def test_several_names() -> None:
    """Each press adds a name or takes it back, until it is confirmed; blank stands alone."""
    content = choosing(PERSONS, 2, (), ASSOCIATION)
    assert labels(content)[:3] == ["1. Jansen", "2. Pietersen", "3. De Vries"]
    assert labels(content)[3:] == ["Geen van deze", "Blanco", "Terug naar het stembiljet"]
    content = choosing(PERSONS, 2, ("1",), ASSOCIATION)
    assert presses(content)[1] == ChooseSecret(7, 2, "1,2")  # type: ignore[arg-type]  # same
    content = choosing(PERSONS, 2, ("1", "3"), ASSOCIATION)
    assert "<b>Jansen, De Vries</b>" in content.text
    assert labels(content)[:3] == ["✅ 1. Jansen", "2. Pietersen", "✅ 3. De Vries"]
    assert presses(content)[0] == ChooseSecret(7, 2, "3")  # type: ignore[arg-type]  # same
    assert presses(content)[-2] == CastSecret(7, 2, "1,3")  # type: ignore[arg-type]  # same
    assert labels(choosing(PERSONS, 2, ("abstain",), ASSOCIATION)) == ["Bevestigen", "Terug naar het stembiljet"]


def test_the_receipt_says_no_choice() -> None:
    """The answer names the member, or how many votes went in."""
    assert vote_in(SecretReceipt(("Assen",)), ASSOCIATION) == (
        "Uw stem namens de gemeente Assen is uitgebracht en definitief."
    )
    assert vote_in(SecretReceipt(("Assen", "Emmen")), ASSOCIATION) == ("Uw 2 stemmen zijn uitgebracht en definitief.")


@pytest.mark.parametrize("words", [word for word in HOSTILE if word])
def test_fits_whatever_it_is_given(words: str) -> None:
    """With the most options, a crowd of seats and hostile names every step fits, and its buttons work."""
    seats = tuple(SecretSeat(10**12 + number, words, by_proxy=True, voted=False) for number in range(120))
    options = numbered([words] * (OPTION_LIMIT - 1), none=True)
    chosen = tuple(str(number) for number in range(20, 20 + PICK_LIMIT))
    ballot = SecretBallot(10**12, words, words * 40, words * 90, options, PICK_LIMIT, 2, seats)
    check(drawn(ballot))
    check(by_seat(ballot, ASSOCIATION))
    for scope in (0, seats[0].member_id):
        for said in ((), chosen[:1], chosen, ("abstain",)):
            check(choosing(ballot, scope, said, ASSOCIATION))
