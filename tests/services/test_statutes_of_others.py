"""The statutes of other associations, by settings alone: proxies, votes, quorums, ties and the lot."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.attendance import AttendanceRef, RepresentedSeat
from assembly.facts.meetings import MeetingConsoleRef
from assembly.facts.outcomes import OutcomePublished, VoteCardRef
from assembly.facts.proxies import SeatsOverview, SeatsRef
from assembly.facts.voting import DecisionList
from assembly.item_settings import ItemMajority
from assembly.meetings import Reply
from assembly.motions import MotionState, OptionsOutcome, Rule
from assembly.proxies import ProxyKind
from assembly.tally import ChairsVote, Choice, Outcome, Threshold
from screens import render
from screens.content import Content
from services import convening, granting, items, lots, motions, outcomes, second_meetings, sitting
from services.attendance_list import load_attendance
from services.meetings import load_console
from services.own_seats import load_seats
from services.replies import give_reply
from services.vote_cards import load_vote
from storage.facts import load
from storage.unit import Unit
from tests.support.assembly import current, says
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.sitting import (
    OFFICE_NAME,
    Evening,
    by_statutes,
    convened_evening,
    coordinator,
    open_evening,
    representative,
)

MEMBERS = ("Assen", "Deventer", "Emmen", "Ommen")


async def test_at_most_one_proxy(database_url: str, association: Association, clock: TurnableClock) -> None:
    """The second one to the same holder is refused, and possible again once the first has ended."""
    async with by_statutes(database_url, association, clock, proxy_maximum=1) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        first = await evening.granted("Deventer", "Assen")
        with pytest.raises(errors.ProxyLimit) as refused:
            await evening.grant("Emmen", "Assen")
        assert refused.value.maximum == 1
        await evening.act(granting.revoke_proxy, representative("Deventer"), first, None)
        await evening.grant("Emmen", "Assen")


async def test_only_the_own_people(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Where only colleagues may hold a proxy, another member's representative and a guest are refused."""
    kinds = frozenset({ProxyKind.COLLEAGUE})
    async with by_statutes(database_url, association, clock, proxy_kinds=kinds) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        for holder_member, holder in (("Assen", representative("Assen")), (None, "Toehoorder")):
            with pytest.raises(errors.ProxyKindNotAllowed):
                await evening.grant("Deventer", holder_member, holder=holder)
        await evening.granted("Deventer", "Deventer", holder=coordinator("Deventer"))


async def test_a_vote_passes_on_to_the_end(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Deventer gave its vote to Assen and Assen to Emmen: who is there of these carries it, and casts all three."""
    async with by_statutes(database_url, association, clock, proxy_substitution=True) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        await evening.granted("Deventer", "Assen")
        await evening.granted("Assen", "Emmen")
        with pytest.raises(errors.ProxyCircle):
            await evening.grant("Emmen", "Deventer")
        with pytest.raises(errors.ProxyLimit):
            await evening.grant("Ommen", "Emmen")
        emmen = representative("Emmen")
        await _who_is_told_of_the_way(evening)
        await evening.open()
        await evening.arrive("Emmen")
        assert await evening.carriers() == {"Assen": emmen, "Deventer": emmen, "Emmen": emmen, "Ommen": None}
        shown = await storage.read(load_attendance, AttendanceRef(evening.meeting.id))
        assert shown is not None
        assert shown.represented == (
            RepresentedSeat("Assen", emmen, "Emmen", ProxyKind.OTHER_MEMBER),
            RepresentedSeat("Deventer", emmen, "Emmen", ProxyKind.OTHER_MEMBER),
        )
        motion_id = await evening.put_to_vote()
        for member in ("Emmen", "Assen", "Deventer"):
            await evening.cast(motion_id, member, Choice.FOR, by=emmen)
        outcome = (await evening.end_vote(motion_id)).outcome
        assert isinstance(outcome, Outcome)
        assert outcome.in_favour == 3
        await evening.arrive("Assen")
        assen = representative("Assen")
        assert await evening.carriers() == {"Assen": assen, "Deventer": assen, "Emmen": emmen, "Ommen": None}


async def _who_is_told_of_the_way(evening: Evening) -> None:
    """Both ends of the way read who casts the vote if who was chosen is not there."""

    async def seats(who: str) -> SeatsOverview:
        shown = await evening.storage.read(load_seats, SeatsRef(evening.meeting.id, evening.register.people[who]))
        assert shown is not None
        return shown

    deventer, assen, emmen = [representative(name) for name in ("Deventer", "Assen", "Emmen")]
    assert [seat.further for seat in (await seats(deventer)).own] == [(emmen,)]
    assert [seat.further for seat in (await seats(assen)).own] == [()]
    assert {seat.member: seat.instead_of for seat in (await seats(emmen)).carried} == {"Assen": "", "Deventer": assen}
    assert [seat.member for seat in (await seats(assen)).carried] == ["Deventer"]


async def test_votes_by_inhabitants(database_url: str, association: Association, clock: TurnableClock) -> None:
    """A vote for each ten thousand: seats, forecast, quorum and outcome count the weights."""
    settings = {"inhabitants_per_vote": 10_000, "votes_maximum": 9, "quorum": Threshold(Fraction(1, 2), strict=True)}
    async with by_statutes(database_url, association, clock, **settings) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        await storage.write(_count, evening, {"Assen": 68_000, "Deventer": 100_000, "Emmen": 1, "Ommen": 20_000})
        await evening.act(give_reply, representative("Assen"), evening.meeting.id, Reply.COMING)
        console = await storage.read(load_console, MeetingConsoleRef(evening.meeting.id, 1))
        assert console is not None
        assert (console.votes_expected, console.votes, console.quorum) == (7, 7 + 9 + 1 + 2, 10)
        await evening.granted("Deventer", "Assen")
        await evening.open()
        await evening.arrive("Assen", "Emmen", "Ommen")
        motion_id = await evening.put_to_vote()
        await evening.cast(motion_id, "Deventer", Choice.FOR, by=representative("Assen"))
        for member in ("Assen", "Emmen"):
            await evening.cast(motion_id, member, Choice.AGAINST)
        outcome = (await evening.end_vote(motion_id)).outcome
        assert isinstance(outcome, Outcome)
        assert (outcome.in_favour, outcome.against, outcome.not_cast, outcome.adopted) == (9, 8, 2, True)


async def _count(unit: Unit, evening: Evening, inhabitants: dict[str, int]) -> None:
    for name, number in inhabitants.items():
        member = await unit.members.get(evening.register.members[name])
        assert member is not None
        await unit.members.save(replace(member, inhabitants=number))


async def test_without_passing_on_it_is_a_chain(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """Without passing on, the same grants are refused as a chain, in either order."""
    async with by_statutes(database_url, association, clock) as storage:
        evening = await open_evening(storage, clock, *MEMBERS)
        await evening.granted("Deventer", "Assen")
        with pytest.raises(errors.ProxyChain):
            await evening.grant("Assen", "Emmen")
        with pytest.raises(errors.ProxyChain):
            await evening.grant("Emmen", "Deventer")


async def test_a_quorum_for_what_is_special(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Two thirds must be there to amend; a second assembly decides without that, by the majority that is set for it."""
    settings = {
        "special_quorum": Threshold(Fraction(2, 3), strict=False),
        "second_meeting_days": 7,
        "second_meeting_majority": Threshold(Fraction(1, 2), strict=True),
    }
    async with by_statutes(database_url, association, clock, **settings) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        await evening.act(items.set_majority, OFFICE_NAME, await evening.item("2"), ItemMajority.SPECIAL, None)
        await evening.open()
        await evening.arrive("Assen", "Emmen")
        with pytest.raises(errors.QuorumMissing) as refused:
            await evening.put_to_vote("2")
        assert (refused.value.present, refused.value.needed) == (2, 3)
        await evening.end_vote(await evening.put_to_vote("3", roll_call=True))
        await evening.close()
        await evening.act(second_meetings.ask_second, OFFICE_NAME, evening.meeting.id)
        await says(storage, evening.register.accounts[OFFICE_NAME], "27-02-2019 18:00")
        second = replace(evening, meeting=await current(storage))
        await second.act(convening.convene, OFFICE_NAME, second.meeting.id, None)
        clock.moment = second.meeting.starts_at
        await second.act(sitting.open_meeting, OFFICE_NAME, second.meeting.id)
        await second.arrive("Assen")
        outcome = (await second.end_vote(await second.put_to_vote("2"))).outcome
        assert isinstance(outcome, Outcome)
        assert outcome.majority.threshold == Threshold(Fraction(1, 2), strict=True)


@pytest.mark.parametrize("adopted", [True, False])
async def test_the_chairs_vote_decides_a_tie(
    database_url: str, association: Association, clock: TurnableClock, adopted: bool
) -> None:
    """Nobody can pronounce the count of a tie; the chair's vote does, once, and the announcement says so."""
    async with by_statutes(database_url, association, clock, chair_breaks_ties=True, chair_pronounces=False) as storage:
        evening = await open_evening(storage, clock, *MEMBERS)
        await evening.arrive("Assen", "Deventer")
        motion_id = await evening.put_to_vote()
        await evening.cast(motion_id, "Assen", Choice.FOR)
        await evening.cast(motion_id, "Deventer", Choice.AGAINST)
        await evening.act(outcomes.close_motion, OFFICE_NAME, motion_id)
        assert (await evening.motion(motion_id)).state is MotionState.CLOSED
        for service in (outcomes.pronounce, outcomes.ask_otherwise):
            with pytest.raises(errors.Gone):
                await evening.act(service, "Voorzitter", motion_id)
        await evening.act(outcomes.break_tie, "Voorzitter", motion_id, adopted=adopted)
        with pytest.raises(errors.Gone):
            await evening.act(outcomes.break_tie, "Voorzitter", motion_id, adopted=not adopted)
        motion = await evening.motion(motion_id)
        assert motion.state is MotionState.PRONOUNCED
        assert isinstance(motion.outcome, Outcome)
        assert (motion.outcome.adopted, motion.outcome.chair) == (adopted, ChairsVote.GIVEN)
        told = [facts for name, facts in await queued(storage, evening.register.accounts["Voorzitter"])]
        said = render(load(OutcomePublished, [f for f in told if "counted" in f][-1]), association)
        assert isinstance(said, Content)
        assert "De stemmen staakten; de stem van de voorzitter gaf de doorslag." in said.text
        await evening.act(outcomes.show_decisions, "Voorzitter", evening.meeting.id)
        (name, listed) = (await queued(storage, evening.register.accounts["Voorzitter"]))[-1]
        assert name == "DecisionList"
        shown = render(load(DecisionList, listed), association)
        assert isinstance(shown, Content)
        verdict = "Aangenomen" if adopted else "Verworpen"
        figures = "voor 1, tegen 1, onthouding 0. De stemmen staakten"
        assert f"<i>{verdict} op woensdag 13 februari 2019: {figures}" in shown.text


async def test_the_lot_decides_who_goes_on(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Two share the second place: before the next round the lot has to be drawn, and then one of them takes part."""
    settings = {"persons_rule": Rule.TOP_TWO_LOT, "persons_lot": False}
    members = (*MEMBERS, "Raalte")
    async with by_statutes(database_url, association, clock, **settings) as storage:
        evening = await open_evening(storage, clock, *members)
        await evening.arrive(*members)
        await evening.offer("3", "A", "B", "C", "D")
        motion_id = await evening.put_to_vote("3", roll_call=True)
        for member, choice in zip(members, ("1", "1", "2", "3", "abstain"), strict=True):
            await evening.cast(motion_id, member, choice)
        assert isinstance((await evening.end_vote(motion_id)).outcome, OptionsOutcome)
        with pytest.raises(errors.Gone):
            await evening.act(motions.open_round, OFFICE_NAME, motion_id)
        shown = await storage.read(load_vote, VoteCardRef(motion_id))
        assert shown is not None
        assert (shown.next_round, shown.lot) == (False, True)
        await evening.act(lots.decide_by_lot, OFFICE_NAME, motion_id)
        outcome = (await evening.motion(motion_id)).outcome
        assert isinstance(outcome, OptionsOutcome)
        assert outcome.lot is not None
        assert outcome.remaining == ("1", outcome.lot.order[0])
        await evening.act(motions.open_round, OFFICE_NAME, motion_id)
