"""The picture of an outcome: what stands in it, and that it is one and the same for everybody."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from struct import unpack

import pytest

from assembly.association import Association
from assembly.facts.outcomes import OutcomePublished
from assembly.facts.voting import OptionsAnnouncement, OptionsRollCall, OutcomeAnnouncement, RollCall
from assembly.motions import MotionKind, Question
from assembly.options import numbered
from assembly.options_tally import count
from assembly.pronouncing import acclaimed
from assembly.tally import Basis, Choice, Majority, Seat, Threshold, tally
from records import draw as draw_any
from records.registry import Picture

TWO_THIRDS = Majority(Threshold(Fraction(2, 3), strict=False), Basis.CAST)
CHOICES = [Choice.FOR] * 22 + [Choice.AGAINST] * 9 + [Choice.ABSTAIN] * 1
OUTCOME = OutcomeAnnouncement(
    "4.2",
    "Begroting",
    "De ALV stelt de begroting vast.",
    datetime(2019, 2, 13, 19, 14, tzinfo=UTC),
    tally([Seat(number, 1, number) for number in range(33)], dict(enumerate(CHOICES)), TWO_THIRDS),
    RollCall((), (), (), ()),
)


def draw(counted: OutcomeAnnouncement | OptionsAnnouncement, association: Association) -> Picture | None:
    """Draw what is published of a count."""
    return draw_any(OutcomePublished(counted), association)


def test_no_picture_where_it_would_mislead(association: Association) -> None:
    """What the chair pronounced otherwise, and what was adopted without a vote, has no bars."""
    assert draw_any(OutcomePublished(OUTCOME, otherwise="verteld"), association) is None
    acclamation = replace(OUTCOME, outcome=acclaimed([Seat(1, 1, 1)], TWO_THIRDS))
    assert draw(acclamation, association) is None


def test_words_numbers_and_patterns(association: Association, typeset: list[dict[str, str]]) -> None:
    """Every bar has its word, its number and a pattern of its own, and the sum is written out."""
    picture = draw(replace(OUTCOME, number="5"), association)
    assert picture is not None
    data = json.loads(typeset[0]["outcome"])
    assert (data["number"], data["title"], data["verdict"]) == ("Agendapunt 5", "Begroting", "Aangenomen")
    assert [(bar["label"], bar["votes"], bar["pattern"], bar["needed"]) for bar in data["bars"]] == [
        ("Voor", "22", "solid", "nodig: 21"),
        ("Tegen", "9", "hatched", ""),
        ("Onthouding", "1", "dotted", ""),
        ("Niet uitgebracht", "1", "empty", ""),
    ]
    assert data["lines"][0] == "22 van de 31 = 71,0%"
    assert data["bars"][1]["share"] == pytest.approx(9 / 22)


def test_same_bytes_for_everybody(association: Association, typeset: list[dict[str, str]]) -> None:
    """The same outcome is drawn once and has one key; another outcome has another. It is wide enough for a phone."""
    one, again = draw(OUTCOME, association), draw(replace(OUTCOME, closed_at=datetime.now(UTC)), association)
    other = draw(replace(OUTCOME, title="Begroting 2020"), association)
    assert one is not None
    assert again is not None
    assert other is not None
    assert (one.content, one.upload_key) == (again.content, again.upload_key)
    assert other.upload_key != one.upload_key
    assert len(typeset) == 2
    width, height = unpack(">II", one.content[16:24])
    assert width == 1080
    assert width / 2 < height < 2 * width


def test_hostile_words_are_only_words(association: Association) -> None:
    """A title that is the typesetter's markup, or no title at all, is drawn all the same."""
    for title in ('#panic("x") $x$ *b* ] } "', "", "😀" * 99):
        assert draw(replace(OUTCOME, title=title), association) is not None


def test_choices_and_candidates(association: Association, typeset: list[dict[str, str]]) -> None:
    """Who is elected is filled, and others hatched; a blank ballot is called that, and too many options are counted."""
    seats = [Seat(number, 1, number) for number in range(5)]
    half = Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST)
    persons = Question("Wie?", half, kind=MotionKind.PERSONS, options=numbered(["Anna", "Bob"]))
    elected = count(seats, {0: ("1",), 1: ("1",), 2: ("2",), 3: ("abstain",)}, persons)
    variants = Question("Welke?", half, kind=MotionKind.VARIANTS, options=numbered(map(str, range(20)), none=True))
    undecided = count(seats, {0: ("20",), 1: ("20",), 2: ("none",), 3: ("19",)}, variants)
    for outcome in (elected, undecided):
        draw(
            OptionsAnnouncement("5", "Keuze", "", OUTCOME.closed_at, outcome, OptionsRollCall((), (), ())), association
        )
    one, other = (json.loads(inputs["outcome"]) for inputs in typeset)
    assert one["verdict"] == "Gekozen: Anna"
    assert [(bar["label"], bar["votes"], bar["pattern"]) for bar in one["bars"]] == [
        ("Anna", "2", "solid"),
        ("Bob", "1", "hatched"),
        ("Blanco", "1", "dotted"),
        ("Niet uitgebracht", "1", "empty"),
    ]
    assert [bar["label"] for bar in other["bars"]][:3] == ["19", "18", "Geen van deze"]
    assert other["lines"][0] == "… en nog 15"
