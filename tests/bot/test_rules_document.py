"""``docs/rules.md``: every example is read as an environment, and a vote is counted by it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assembly import errors
from assembly.association import Association
from assembly.item_kinds import ItemKind
from assembly.item_settings import ItemMajority
from assembly.members import Member
from assembly.motions import MotionKind, OptionsOutcome, Question, Rule, check_may_open
from assembly.options import numbered
from assembly.options_tally import count
from assembly.pronouncing import left_to_chair
from assembly.statutes import Statutes
from assembly.tally import ChairsVote, Choice, Outcome, Seat, tally
from bot.config import PREFIX, Settings
from screens.majorities import turnout_in_words
from tests.support.statutes import by_settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
EXAMPLES = {
    heading: dict(line.split("=", 1) for line in block.splitlines())
    for heading, block in re.findall(r"^### (.+?)\n.*?^```\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
}


def decided(
    statutes: Statutes, in_favour: int, against: int, abstained: int = 0, *, kind: ItemKind = ItemKind.DECISION
) -> Outcome:
    """Count a matter of single votes."""
    said = [Choice.FOR] * in_favour + [Choice.AGAINST] * against + [Choice.ABSTAIN] * abstained
    seats = [Seat(number, 1, number) for number in range(len(said))]
    return tally(seats, dict(enumerate(said)), ItemMajority.ORDINARY.of(statutes, kind))


def elected(statutes: Statutes, *votes: int, round: int = 1) -> OptionsOutcome:  # noqa: A002 - as in a question
    """Count a vote on persons for one seat: so many votes for each."""
    options = numbered("ABCDEF"[: len(votes)])
    asked = Question(
        "", statutes.majority, MotionKind.PERSONS, options=options, rule=statutes.persons_rule, round=round
    )
    seats = [Seat(number, held, number) for number, held in enumerate(votes)]
    return count(seats, {number: (option.key,) for number, option in enumerate(options)}, asked)


def may_open(statutes: Statutes, present: int, total: int, kind: ItemKind) -> bool:
    """Whether a vote can be opened with so many single votes present."""
    seats = [Seat(number, 1, number if number < present else None) for number in range(total)]
    try:
        check_may_open(seats, ItemMajority.ORDINARY.quorum(statutes, kind))
    except errors.QuorumMissing:
        return False
    return True


def equal_votes(association: Association) -> bool:
    """17 of 33 adopt, 16 and 16 do not."""
    statutes = association.statutes
    return decided(statutes, 17, 16).adopted and not decided(statutes, 16, 16, 1).adopted


def union(association: Association) -> bool:
    """Of 100 members 51 must be there, and any number the next time; blank ballots change nothing."""
    statutes = association.statutes
    opened = [may_open(statutes, present, 100, ItemKind.DECISION) for present in (50, 51)]
    again = may_open(statutes.for_second_meeting, 3, 100, ItemKind.DECISION)
    return opened == [False, True] and again and decided(statutes, 2, 1, 40).adopted and statutes.proxy_maximum == 1


def apartments(association: Association) -> bool:
    """Of 30 votes 20 must be there for an amendment, of which 14 adopt; for the rest no quorum."""
    statutes, kind = association.statutes, ItemKind.AMENDMENT
    opened = [may_open(statutes, present, 30, kind) for present in (19, 20)]
    adopted = [decided(statutes, votes, 20 - votes, kind=kind).adopted for votes in (13, 14)]
    return opened == adopted == [False, True] and may_open(statutes, 1, 30, ItemKind.DECISION)


def village(association: Association) -> bool:
    """Two thirds of the votes, with two thirds there; the second time more than half, with anybody there."""
    first, second, kind = association.statutes, association.statutes.for_second_meeting, ItemKind.AMENDMENT
    opened = [may_open(statutes, 10, 30, kind) for statutes in (first, second)]
    adopted = [decided(statutes, 6, 4, kind=kind).adopted for statutes in (first, second)]
    return opened == adopted == [False, True]


def no_proxies(association: Association) -> bool:
    """No proxy of any kind; a tie in the second round is for the lot."""
    statutes = association.statutes
    tied = elected(statutes, 4, 4, round=2).tied
    return not statutes.knows_proxies and statutes.persons_lot and tied == ("1", "2")


def lot_before(association: Association) -> bool:
    """Three share the second place: the lot comes first; a tie in the second round is not for the lot."""
    first, second = elected(association.statutes, 9, 4, 4, 4), elected(association.statutes, 4, 4, round=2)
    by_lot = first.awaits_lot and first.tied == ("2", "3", "4")
    return by_lot and not second.awaits_lot and not association.statutes.persons_lot


def fewest(association: Association) -> bool:
    """Two have the fewest: the lot comes first; one has: it drops out."""
    drawn, plain = elected(association.statutes, 4, 3, 2, 2), elected(association.statutes, 4, 3, 2)
    return drawn.awaits_lot and not plain.awaits_lot and plain.remaining == ("1", "2")


def three_to_one(association: Association) -> bool:
    """30 against 10 is not more than three times as many; 31 is."""
    return [decided(association.statutes, f, 10, 50, kind=ItemKind.AMENDMENT).adopted for f in (30, 31)] == [
        False,
        True,
    ]


def blanks_count(association: Association) -> bool:
    """Five for and four against: with two blank ballots that is no longer more than half."""
    return decided(association.statutes, 5, 4).adopted and not decided(association.statutes, 5, 4, 2).adopted


def threshold(association: Association) -> bool:
    """Of ten members seven must take part."""
    said = [turnout_in_words(decided(association.statutes, votes, 10 - votes), association) for votes in (10,)]
    seats = [Seat(number, 1, number) for number in range(10)]
    for voted in (6, 7):
        cast = dict.fromkeys(range(voted), Choice.FOR)
        said.append(turnout_in_words(tally(seats, cast, association.statutes.majority), association))
    return ["Dat is gehaald." in text for text in said] == [True, False, True]


def classes(association: Association) -> bool:
    """By its class the largest of nine members has eight votes of 27, and by the limit four of 23."""
    sizes = (5_000, 10_000, 19_999, 20_000, 49_999, 50_000, 60_000, 99_999, 300_000)
    members = [Member(number, str(number), str(number), size) for number, size in enumerate(sizes)]
    votes = [member.votes for member in association.statutes.weigh(members)]
    tied = left_to_chair(decided(association.statutes, 3, 3))
    by_chair = association.statutes.chair_breaks_ties and tied.chair is ChairsVote.AWAITED
    return votes == [1, 1, 1, 2, 2, 4, 4, 4, 4] and by_chair


CHECKS: dict[str, Callable[[Association], bool]] = {
    "Each member one vote": equal_votes,
    "A union": union,
    "Owners of apartments": apartments,
    "A village": village,
    "A club without proxies": no_proxies,
    "The lot before the second round": lot_before,
    "The fewest votes drop out": fewest,
    "Three to one": three_to_one,
    "Blank ballots count": blanks_count,
    "A consultation with a threshold": threshold,
    "Classes of members": classes,
}


def test_every_example_is_counted() -> None:
    """No example without a count, and no count of an example that is gone."""
    assert set(EXAMPLES) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_example(name: str) -> None:
    """The settings of the example make the statutes decide as it says; without them they would not."""
    assert CHECKS[name](by_settings(EXAMPLES[name]))
    if EXAMPLES[name].keys() - {"ALVBOT_MEMBER_ARTICLE"}:
        assert not CHECKS[name](by_settings({}))


def test_every_setting_that_is_named_exists() -> None:
    """The page names settings that there are, and every rule of counting persons."""
    named = set(re.findall(r"ALVBOT_\w+", DOCUMENT))
    assert named <= {PREFIX + name.upper() for name in Settings.model_fields}
    assert all(rule.value in DOCUMENT for rule in Rule)
