"""The statutes of other associations, by settings alone: maximum, own people, passing on, votes by inhabitants."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.attendance import AttendanceRef, RepresentedSeat
from assembly.facts.meetings import MeetingConsoleRef
from assembly.facts.proxies import SeatsOverview, SeatsRef
from assembly.meetings import Reply
from assembly.proxies import ProxyKind
from assembly.tally import Choice, Outcome, Threshold
from services import granting
from services.attendance_list import load_attendance
from services.meetings import load_console
from services.own_seats import load_seats
from services.replies import give_reply
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.sitting import Evening, by_statutes, convened_evening, coordinator, open_evening, representative

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
