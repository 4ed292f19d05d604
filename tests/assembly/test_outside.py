"""Votes outside a meeting: what is asked, who has a vote, and what comes out."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from assembly import errors
from assembly.meeting_kinds import MeetingKind
from assembly.members import Member
from assembly.options import ABSTAIN, NONE
from assembly.options_tally import count
from assembly.outside import outside_question, outside_seats, read_question
from assembly.statutes import Statutes
from assembly.tally import Choice, Seat, tally

CLOSES = datetime(2019, 3, 1, 17, 0, tzinfo=UTC)
STATUTES = Statutes()


def test_variants_are_the_lines_with_a_dash() -> None:
    """The question is what stands around them; without variants it is a matter, and one is no choice."""
    text = "Hoe verdelen we de kosten?\n- naar inwonertal\n• gelijk per lid\n* half om half\nToelichting volgt."
    asked, labels = read_question(text)
    assert asked == "Hoe verdelen we de kosten?\nToelichting volgt."
    assert labels == ["naar inwonertal", "gelijk per lid", "half om half"]
    assert read_question("Stemt u in met het bod - ja?") == ("Stemt u in met het bod - ja?", [])
    with pytest.raises(errors.VariantAlone):
        read_question("Welke?\n- deze")


def test_every_member_has_a_vote_and_nobody_is_asked_to_be_there() -> None:
    """Each seat is carried by its member's people; a suspended member has none, an unrepresented one still counts."""
    members = [
        Member(1, "assen", "Assen", votes=3),
        Member(2, "emmen", "Emmen"),
        Member(3, "tiel", "Tiel", suspended=True),
    ]
    assert outside_seats(members, {1: (12, 11)}) == (Seat(1, 3, 11), Seat(2, 1, None))


def test_a_weighted_consultation_between_three_variants() -> None:
    """Votes by inhabitants over three variants: the sums and shares as such a consultation is published.

    Eight members with 40, 25, 12, 9, 6, 4, 3 and 1 votes; one does not take part, one votes blank.
    """
    weights = (40, 25, 12, 9, 6, 4, 3, 1)
    seats = tuple(Seat(number, weight, number) for number, weight in enumerate(weights, start=1))
    asked = outside_question(STATUTES, MeetingKind.CONSULTATION, "Welk bod?", ["A", "B", "C"], CLOSES)
    cast = {1: ("2",), 2: ("1",), 3: ("1",), 4: ("3",), 5: ("1",), 6: (ABSTAIN,), 8: (NONE,)}
    outcome = count(seats, cast, asked)
    assert dict(outcome.standing) == {"1": 43, "2": 40, "3": 9, NONE: 1}
    assert (outcome.cast, outcome.abstained, outcome.not_cast, outcome.total) == (93, 4, 3, 100)
    assert outcome.chosen == ("1",)
    assert Fraction(outcome.standing["1"], outcome.cast) == Fraction(43, 93)
    assert asked.straw, "it advises, and decides nothing"
    assert asked.closes_at == CLOSES


@pytest.mark.parametrize(
    ("cast", "adopted"),
    [
        ({1: Choice.FOR, 2: Choice.FOR, 3: Choice.FOR}, True),
        ({1: Choice.FOR, 2: Choice.FOR}, False),
        ({1: Choice.FOR, 2: Choice.FOR, 3: Choice.ABSTAIN}, False),
        ({1: Choice.FOR, 2: Choice.FOR, 3: Choice.AGAINST}, False),
        ({}, False),
    ],
)
@pytest.mark.parametrize("third", [3, None])
def test_a_written_resolution_needs_all_members(cast: dict[int, Choice], third: int | None, *, adopted: bool) -> None:
    """All members, with all their votes: nobody may be missing, abstain or be without a representative (BW 2:40)."""
    asked = outside_question(STATUTES, MeetingKind.WRITTEN, "Besluit", [], CLOSES)
    carried = {member: choice for member, choice in cast.items() if member != 3 or third is not None}
    outcome = tally([Seat(1, 40, 1), Seat(2, 1, 2), Seat(3, 5, third)], carried, asked.majority)
    assert outcome.adopted is (adopted and third is not None)
    assert outcome.needed == 46
    assert not asked.straw
