"""Published results of real votes, counted again from their figures with nothing but settings.

The figures were published at the address under ``source``; candidates have letters. Where only percentages were
published, each is so many votes as it has tenths or hundredths of a percent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.voting import OptionsAnnouncement, OptionsRollCall, OutcomeAnnouncement, RollCall
from assembly.item_kinds import ItemKind
from assembly.item_settings import ItemMajority
from assembly.meeting_kinds import MeetingKind
from assembly.motions import Motion, MotionState, OptionsOutcome, Question, check_may_open, next_round
from assembly.options import ABSTAIN, NONE
from assembly.options_tally import count
from assembly.outside import outside_question
from assembly.pronouncing import acclaimed, by_acclamation
from assembly.questions import question
from assembly.statutes import Statutes
from assembly.tally import Choice, Outcome, Seat, Threshold, tally
from screens import render
from screens.content import Content
from screens.texts import percent
from tests.support.statutes import by_settings

NOW = datetime(2019, 2, 13, 19, 14, tzinfo=UTC)


@dataclass(frozen=True)
class Matter:
    """A proposal: votes ``for_``, ``against``, ``abstained`` (or blank) and ``not_cast`` of those who could vote.

    ``share`` is the percentage that was published of those in favour, ``turnout`` of those who voted.
    """

    name: str
    source: str
    for_: int
    against: int
    share: str
    adopted: bool = True
    abstained: int = 0
    not_cast: int = 0
    turnout: str = ""
    kind: ItemKind = ItemKind.DECISION
    settings: Mapping[str, str] = field(default_factory=dict)


BLANK_COUNTS = {"ALVBOT_MAJORITY_BASIS": "voted"}
VNG_2020 = "vng.nl/artikelen/uitslagen-stemmingen-alv-25-september-2020"
VNG_2021 = "vng.nl/artikelen/uitslagen-stemmingen-balv-12-februari-2021"
VNG_2024 = "vng.nl/artikelen/uitslagen-stemmingen-extra-alv-24-mei-2024"
CAMPINA = "frieslandcampina.com/nl/nieuws/2010-12-15-frieslandcampina-members-council-approves-board-proposals"
WNRA = "vng.nl/nieuws/afspraken-wnra-en-toelichting-uitslag-ledenraadpleging"

MATTERS = (
    # Consultations of members about collective agreements: how many municipalities were for and against.
    Matter("VNG 2017", "vng.nl/nieuws/cao-gemeenten-arbeidsvoorwaardennota-en-inzet-vng", 212, 38, "84,8%"),
    Matter("VNG 2017 cao", "hrnetwerk.nl/hr_nieuws/cao-gemeenten-is-definitief", 244, 1, "99,6%"),
    Matter("VNG 2018", "vng.nl/nieuws/cao-gemeenten-2019-inzet-vng", 219, 35, "86,2%"),
    Matter("VNG 2018, affiliated", "vng.nl/nieuws/cao-gemeenten-2019-inzet-vng", 38, 5, "88,4%"),
    Matter("VNG 2019 by head", WNRA, 199, 76, "72,4%"),
    Matter("VNG 2019 by weight", WNRA, 74, 26, "74,0%"),
    Matter("VNG 2022", "vng.nl/nieuws/uitslag-ledenraadpleging-cao-gemeenten", 260, 12, "95,6%"),
    Matter("WSGO 2022", "vng.nl/nieuws/uitslag-ledenraadpleging-cao-gemeenten", 68, 2, "97,1%"),
    Matter("VNG 2023", "nieuws.nl/economie/20230406/nieuwe-gemeente-cao-definitief", 290, 6, "98,0%"),
    # 49.7% of 197 members voted, 98% of them for: 98 and 96 are the only whole numbers of which that is true.
    Matter(
        "WSGO 2023",
        "wsgo.nl/nieuws/uitslag-ledenraadpleging-cao-2023",
        96,
        2,
        "98,0%",
        not_cast=197 - 98,
        turnout="49,7%",
        settings={"ALVBOT_CONSULTATION_TURNOUT": ">=1/2"},
    ),
    # 32,000 of 180,000 voted (18%), and 96% of them against the employers' last offer.
    Matter(
        "trade unions 2010",
        "nu.nl/economie/2150340/vng-blijft-bij-eindbod-cao-gemeenteambtenaren.html",
        1_280,
        30_720,
        "4,0%",
        adopted=False,
        not_cast=148_000,
        turnout="17,8%",
    ),
    # Parties that asked their members whether to join.
    Matter("PvdA 2023", "blikopnieuws.nl/nieuws/299226", 879, 121, "87,9%"),
    Matter("GroenLinks 2023", "blikopnieuws.nl/nieuws/299226", 918, 82, "91,8%"),
    # Assemblies with weighted votes, published in hundredths of a percent.
    Matter("VNG 2020, resolution", VNG_2020, 8_577, 1_423, "85,8%"),
    Matter("VNG 2020, motion", VNG_2020, 8_370, 1_630, "83,7%"),
    Matter("VNG 2020, statutes", VNG_2020, 9_950, 50, "99,5%", kind=ItemKind.AMENDMENT),
    Matter("VNG 2021, rejected", VNG_2021, 3_154, 6_846, "31,5%", adopted=False),
    Matter("VNG 2021, adopted", VNG_2021, 9_494, 506, "94,9%"),
    Matter("VNG 2024, rejected", VNG_2024, 4_302, 5_698, "43,0%", adopted=False),
    # A members' council that publishes shares of all ballots, the blank ones among them.
    Matter("FrieslandCampina 2010", CAMPINA, 904, 90, "90,4%", abstained=6, settings=BLANK_COUNTS),
    Matter("FrieslandCampina 2010, price", CAMPINA, 862, 138, "86,2%", settings=BLANK_COUNTS),
    # 76% of 375,000 for, "the rest blank or against": the same whichever of the two it was.
    *(
        Matter(
            f"FNV 2019 with {blank} blank",
            "rtlnieuws.nl/economie/artikel/4747291",
            285_000,
            90_000 - blank,
            "76,0%",
            abstained=blank,
            settings=BLANK_COUNTS,
        )
        for blank in (0, 45_000, 90_000)
    ),
    Matter("CNV 2019", "telegraaf.nl/nieuws/1448732719/fnv-ers-wachten-op-uitslag", 79, 21, "79,0%"),
)


def piles(*numbers: int) -> tuple[Seat, ...]:
    """Return a seat for each pile of votes: numbers as large as these need not be seats of one vote each."""
    return tuple(Seat(place, number, place) for place, number in enumerate(numbers) if number)


def matter_outcome(matter: Matter, statutes: Statutes) -> Outcome:
    """Count a matter: below a thousand votes each by itself, and else in piles."""
    majority = ItemMajority.ORDINARY.of(statutes, matter.kind)
    cast = dict(zip(Choice, (matter.for_, matter.against, matter.abstained), strict=True))
    if sum(cast.values()) > 1000:
        seats = piles(*cast.values(), matter.not_cast)
        return tally(seats, {place: choice for place, choice in enumerate(Choice) if cast[choice]}, majority)
    ballots = dict(enumerate(choice for choice, number in cast.items() for _ in range(number)))
    return tally([Seat(number, 1, number) for number in range(len(ballots) + matter.not_cast)], ballots, majority)


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter.name)
def test_matters(matter: Matter) -> None:
    """Adopted or rejected as it was, with the percentages that were published, as a reader of the bot sees them."""
    association = by_settings(matter.settings)
    outcome = matter_outcome(matter, association.statutes)
    assert outcome.adopted is matter.adopted
    assert percent(Fraction(outcome.in_favour, outcome.basis_total)) == matter.share
    told = OutcomeAnnouncement("1", "", "", NOW, outcome, RollCall((), (), (), ()), held=MeetingKind.ASSEMBLY)
    verdict = "✅ <b>Aangenomen</b>" if matter.adopted else "❌ <b>Verworpen</b>"
    assert f"{verdict}: {outcome.in_favour} van de {outcome.basis_total} = {matter.share}." in text(told, association)
    if matter.turnout:
        consulted = text(replace(told, straw=True, held=MeetingKind.CONSULTATION), association)
        voted = outcome.cast + outcome.abstained
        assert f"Opkomst: {voted} van de {outcome.total} = {matter.turnout}." in consulted
        assert ("Dat is niet gehaald." in consulted) is ("ALVBOT_CONSULTATION_TURNOUT" in matter.settings)


def text(told: OutcomeAnnouncement | OptionsAnnouncement, association: Association) -> str:
    """Return the announcement as its reader sees it."""
    content = render(told, association)
    assert isinstance(content, Content)
    return content.text


@dataclass(frozen=True)
class Election:
    """Rounds of votes by candidate, "" for blank ballots and "-" for none of them; who is elected, or nobody.

    ``shares``: percentages that were published of the last round, by candidate.
    """

    name: str
    source: str
    rounds: tuple[Mapping[str, int], ...]
    elected: str
    shares: Mapping[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)


ELIMINATION = {"ALVBOT_PERSONS_RULE": "elimination"}

ELECTIONS = (
    Election(
        "CDA 2020",
        "nhnieuws.nl/nieuws/n3005 and rtlnieuws.nl/nieuws/politiek/artikel/5170740",
        ({"A": 487, "B": 397, "C": 116}, {"A": 507, "B": 493}),
        "A",
        {"A": "50,7%"},
    ),
    Election(
        "Labour 2020, leader",
        "order-order.com/2020/04/04/starmer-rayner-elected",
        ({"A": 562, "B": 276, "C": 162},),
        "A",
        {"A": "56,2%"},
        ELIMINATION,
    ),
    Election(
        "Labour 2020, deputy",
        "order-order.com/2020/04/04/starmer-rayner-elected",
        (
            {"A": 417, "B": 173, "C": 168, "D": 133, "E": 109},
            {"A": 465, "C": 195, "B": 192, "D": 143},
            {"A": 526, "C": 261, "B": 213},
        ),
        "A",
        {"A": "52,6%"},
        ELIMINATION,
    ),
    Election(
        "Ontario PC 2009",
        "calgarygrit.ca/?p=2328",
        (
            {"A": 3512, "B": 3094, "C": 2729, "D": 1014},
            {"A": 4129, "B": 3300, "C": 2904},
            {"A": 5606, "B": 4644},
        ),
        "A",
        {"A": "54,7%"},
        ELIMINATION,
    ),
    # Whoever led the first round lost the last; published in points, of which a majority was 16,901 of 33,800.
    Election(
        "Conservatives 2020",
        "saultonline.com/2020/08/by-the-numbers-how-the-conservative-leadership-results-came-in-round-by-round",
        (
            {"A": 11_328, "B": 10_681, "C": 6_925, "D": 4_864},
            {"B": 11_903, "A": 11_756, "C": 10_140},
            {"B": 19_271, "A": 14_528},
        ),
        "B",
        {"B": "57,0%"},
        ELIMINATION,
    ),
    # From the second ballot, after which nobody withdrew.
    Election(
        "NDP 2012",
        "ourcampaigns.com/pages/RaceDetail.html?RaceID=660445",
        (
            {"A": 23_902, "B": 15_624, "C": 12_449, "D": 10_519},
            {"A": 27_488, "B": 19_822, "C": 15_426},
            {"A": 33_881, "B": 25_329},
        ),
        "A",
        {"A": "57,2%"},
        ELIMINATION,
    ),
    Election(
        "Liberals 2006, from the third ballot",
        "ourcampaigns.com and the current events portal of Wikipedia: Liberal Leadership Convention results",
        ({"A": 1_782, "B": 1_660, "C": 1_375}, {"A": 2_521, "B": 2_084}),
        "A",
        {"A": "54,7%"},
        ELIMINATION,
    ),
    # Six candidates, five rounds; of the third and fourth the store has no figures, so the first two are counted.
    Election(
        "Labour 2007, deputy, two rounds",
        "ministryoftruth.me.uk/2007/06/25/deputy-leadership-analysis-of-results",
        (
            {"A": 1_939, "B": 1_893, "C": 1_816, "D": 1_640, "E": 1_532, "F": 1_177},
            {"C": 2_374, "B": 2_123, "A": 2_039, "D": 1_822, "E": 1_642},
        ),
        "",
        {},
        ELIMINATION,
    ),
    # One candidate, or none of the above: 259 and 15.
    Election("Debian 2023", "debian.org/vote/2023/vote_001", ({"A": 259, "-": 15},), "A", {"A": "94,5%"}),
)


def asked_of(association: Association, votes: Iterable[str]) -> Question:
    """Return the question about candidates for one seat."""
    statutes, kind = association.statutes, ItemKind.PERSONS
    names = sorted(name for name in votes if name and name != "-")
    return question(statutes, kind, "", ItemMajority.ORDINARY.of(statutes, kind), names, 1)


def options_outcome(asked: Question, votes: Mapping[str, int]) -> OptionsOutcome:
    """Count a round in piles of votes."""
    keys = {option.label: option.key for option in asked.options} | {"": ABSTAIN, "-": NONE}
    return count(piles(*votes.values()), {n: (keys[name],) for n, name in enumerate(votes)}, asked)


def closed(asked: Question, outcome: OptionsOutcome) -> Motion:
    """Return the motion of a round that was counted."""
    head = {"id": 1, "meeting_id": 1, "item_id": 1, "number": "1", "title": "", "state": MotionState.PRONOUNCED}
    moments = {"opened_at": NOW, "state_changed_at": NOW, "closed_at": NOW}
    return Motion(**vars(asked), **head, **moments, outcome=outcome)  # type: ignore[arg-type]


@pytest.mark.parametrize("election", ELECTIONS, ids=lambda election: election.name)
def test_elections(election: Election) -> None:
    """In each round the same candidates go on as in reality, and the same one is elected, by the same percentage."""
    association = by_settings(election.settings)
    asked = asked_of(association, election.rounds[0])
    for place, votes in enumerate(election.rounds, start=1):
        assert {option.label or "-" for option in asked.options} == set(votes) - {""}
        outcome = options_outcome(asked, votes)
        if place < len(election.rounds):
            assert not outcome.chosen
            asked = next_round(closed(asked, outcome))
    assert outcome.labels(outcome.chosen) == tuple(election.elected)
    told = text(OptionsAnnouncement("1", "", "", NOW, outcome, OptionsRollCall((), (), ())), association)
    for name, share in election.shares.items():
        assert f"<b>Gekozen</b>: {name}, {votes[name]} van de {outcome.basis_total} = {share}." in told


@pytest.mark.parametrize("rule", ["plurality", "top_two", "elimination"])
def test_three_ways_of_a_contribution(rule: str) -> None:
    """VNG 2020: 62% for the board's proposal, 34% for the amended one, 4% for neither, in a consultation.

    Published at vng.nl/artikelen/ledenraadpleging-in-verband-met-uitstel-alv-2020. In an assembly the same votes adopt
    the board's proposal at once, by any rule.
    """
    association = by_settings({"ALVBOT_VARIANTS_RULE": rule})
    statutes, labels = association.statutes, ("3,9%", "2,9%")
    consulted = outside_question(statutes, MeetingKind.CONSULTATION, "Contributie", labels, NOW)
    votes = {"3,9%": 62, "2,9%": 34, "-": 4}
    outcome = options_outcome(consulted, votes)
    told = OptionsAnnouncement("", "", "", NOW, outcome, OptionsRollCall((), (), ()), straw=True, held=consulted.held)
    assert "De meeste stemmen: 3,9%, 62 van de 100 = 62,0%." in text(told, association)
    majority = ItemMajority.ORDINARY.of(statutes, ItemKind.DECISION)
    decided = options_outcome(question(statutes, ItemKind.DECISION, "", majority, labels, 1), votes)
    assert decided.labels(decided.chosen) == ("3,9%",)


def test_blank_ballots_raise_what_is_needed() -> None:
    """Canada's Liberals 1968, first ballot: 752 votes are 31.5% of all 2,388 ballots, 24 spoiled ones among them.

    Published at ourcampaigns.com/RaceDetail.html?RaceID=43053; the last had no vote.
    """
    votes = dict(zip("ABCDEFGH", (752, 330, 293, 277, 277, 169, 163, 103), strict=True)) | {"": 24}
    association = by_settings(ELIMINATION | BLANK_COUNTS)
    outcome = options_outcome(asked_of(association, (*votes, "I")), votes)
    assert (outcome.basis_total, outcome.needed, percent(Fraction(752, outcome.basis_total))) == (2_388, 1_195, "31,5%")
    assert outcome.labels(outcome.remaining) == tuple("ABCDEFGH")


def test_quorum_out_of_reach() -> None:
    """An association of about 1,850 members had 392 votes, and its statutes asked for three quarters of all members.

    District court of Noord-Holland, 18 February 2025, ECLI:NL:RBNHO:2025:1469, at verenigingsrechtblog.nl. What a
    second assembly could have decided without a quorum, its statutes did not know.
    """
    statutes = by_settings({"ALVBOT_SPECIAL_QUORUM": ">=3/4", "ALVBOT_SECOND_MEETING_DAYS": "14"}).statutes
    seats = [Seat(number, 1, number if number < 392 else None) for number in range(1850)]
    with pytest.raises(errors.QuorumMissing) as refused:
        check_may_open(seats, ItemMajority.ORDINARY.quorum(statutes, ItemKind.AMENDMENT))
    assert (refused.value.present, refused.value.needed) == (392, 1388)
    check_may_open(seats, ItemMajority.ORDINARY.quorum(statutes, ItemKind.DECISION))
    check_may_open(seats, ItemMajority.ORDINARY.quorum(statutes.for_second_meeting, ItemKind.AMENDMENT))


@pytest.mark.parametrize(
    ("decided", "kind"),
    [
        ("minutes", ItemKind.DECISION),
        ("appointment", ItemKind.PERSONS),
        ("accounts", ItemKind.DECISION),
        ("discharge", ItemKind.DECISION),
        ("plan and rates", ItemKind.DECISION),
        ("strategy", ItemKind.DECISION),
    ],
)
def test_decisions_of_21_june_2018(decided: str, kind: ItemKind) -> None:
    """What an assembly of 34 municipalities decided: no votes were counted, 17 were there, and nobody objected.

    Nota 2019-000305 of the municipality of Deventer, minutes of 21 June 2018. Seventeen of 34 are "at least half" of
    the votes and not "more than half".
    """
    statutes = by_settings({}).statutes
    seats = [Seat(number, 1, number if number < 17 else None) for number in range(34)]
    check_may_open(seats, ItemMajority.ORDINARY.quorum(statutes, kind))
    outcome = acclaimed(seats, ItemMajority.ORDINARY.of(statutes, kind))
    assert outcome.adopted, decided
    assert by_acclamation(outcome)
    check_may_open(seats, Threshold(Fraction(1, 2), strict=False))
    with pytest.raises(errors.QuorumMissing):
        check_may_open(seats, Threshold(Fraction(1, 2), strict=True))
