"""What happens at the same moment: on PostgreSQL in transactions of their own, on SQLite one after the other."""

import asyncio
import random
from collections.abc import Awaitable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.voting import Receipt, ReceiptForAll
from assembly.item_settings import VoteForm
from assembly.meetings import Mode
from assembly.motions import MotionState
from assembly.proxies import ProxyState
from assembly.tally import Choice, Outcome
from services import attendance, ballots, motions, outcomes
from services.granting import accept_proxy, revoke_proxy
from services.seats import seats_now
from storage.engine import Storage
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.sitting import (
    OFFICE_NAME,
    Evening,
    convened_evening,
    coordinator,
    open_evening,
    representative,
)

ROUNDS = 3
MEMBERS = tuple(f"Lid {number}" for number in range(12))


async def together(*acts: Awaitable[Any]) -> list[Any]:
    """Run ``acts`` at once, in a random order; return what each returned or the refusal that it met."""
    shuffled = random.sample(range(len(acts)), len(acts))
    results = await asyncio.gather(*(acts[place] for place in shuffled), return_exceptions=True)
    ordered = dict(zip(shuffled, results, strict=True))
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, errors.Refusal):
            raise result
    return [ordered[place] for place in range(len(acts))]


async def test_acknowledged_ballots_are_counted(storage: Storage, clock: TurnableClock) -> None:
    """While a vote is closed under casting members, each ballot is counted or refused, never accepted and lost."""
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.arrive(*MEMBERS)
    motion_id = await evening.put_to_vote()
    casts = [evening.cast(motion_id, member, Choice.FOR) for member in MEMBERS]
    *results, _ = await together(*casts, evening.act(outcomes.close_motion, OFFICE_NAME, motion_id))
    motion = await evening.motion(motion_id)
    assert motion.state is MotionState.CLOSED
    assert isinstance(motion.outcome, Outcome)
    acknowledged = sum(isinstance(result, Receipt) for result in results)
    assert all(isinstance(result, Receipt | errors.VotingClosed) for result in results)
    assert motion.outcome.in_favour == acknowledged == len(await evening.choices(motion_id))


async def test_all_seats_count_or_none(storage: Storage, clock: TurnableClock) -> None:
    """While a vote is closed under a press for all seats of a holder, from two phones: all of it counts, or nothing."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    for member in MEMBERS[1:3]:
        await evening.granted(member, MEMBERS[0])
    await evening.open()
    await evening.arrive(MEMBERS[0])
    motion_id = await evening.put_to_vote()
    holder = representative(MEMBERS[0])
    presses = [evening.act(ballots.cast_for_all, holder, motion_id, choice) for choice in ("for", "against")]
    close = evening.act(outcomes.close_motion, OFFICE_NAME, motion_id)
    *results, _ = await together(*presses, close)
    outcome = (await evening.motion(motion_id)).outcome
    assert isinstance(outcome, Outcome)
    assert all(isinstance(result, ReceiptForAll | errors.VotingClosed) for result in results)
    assert {outcome.in_favour, outcome.against} == (
        {0, 3} if any(isinstance(r, ReceiptForAll) for r in results) else {0}
    )


async def test_one_of_two_closings_counts(storage: Storage, clock: TurnableClock) -> None:
    """Secretariat and chair close at once: one does, the other is told that it is past."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    results = await together(
        *(evening.act(outcomes.close_motion, who, motion_id) for who in (OFFICE_NAME, "Voorzitter"))
    )
    assert sorted(type(result).__name__ for result in results) == ["Gone", "NoneType"]


async def test_one_of_two_openings_counts(storage: Storage, clock: TurnableClock) -> None:
    """Two leaders open a vote on two items at once: one is open, the other has to wait."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    items = [await evening.item("2"), await evening.item("3")]
    results = await together(
        *(
            evening.act(motions.open_motion, who, item_id, None, form=VoteForm.ROLL_CALL)
            for who, item_id in zip((OFFICE_NAME, "Voorzitter"), items, strict=True)
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["MotionOpen", "NoneType"]


async def test_presses_for_one_seat_keep_their_order(storage: Storage, clock: TurnableClock) -> None:
    """However many presses for a seat are handled at once, the one with the highest number stands."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    for turn, order in enumerate(permutations(Choice)):  # the first turn only warms up the connections
        presses = enumerate(order * 2, start=700 + 10 * turn)
        await together(*(evening.cast(motion_id, "Assen", choice, update=number) for number, choice in presses))
        assert await evening.choices(motion_id) == {"Assen": order[-1]}


async def test_maximum_holds_when_all_grant_at_once(storage: Storage, clock: TurnableClock) -> None:
    """Six members grant a proxy to the same holder at once: two get it, four are told of the maximum."""
    evening = await convened_evening(storage, clock, *MEMBERS[:7])
    results = await together(*(evening.grant(member, MEMBERS[0]) for member in MEMBERS[1:7]))
    assert sum(isinstance(result, int) for result in results) == 2
    assert sum(isinstance(result, errors.ProxyLimit) for result in results) == 4


async def test_lowered_maximum_holds_when_all_accept_at_once(
    association: Association, database_url: str, clock: TurnableClock
) -> None:
    """Offers made under a higher maximum cannot be accepted beyond the present one."""
    generous = replace(association, statutes=replace(association.statutes, proxy_maximum=9))
    async with Storage.open(database_url, generous, clock) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS[:4])
        offers = [await evening.grant(member, MEMBERS[0]) for member in MEMBERS[1:4]]
        storage.association = replace(association, statutes=replace(association.statutes, proxy_maximum=1))
        results = await together(
            *(evening.act(accept_proxy, representative(MEMBERS[0]), proxy_id, None) for proxy_id in offers)
        )
        assert all(isinstance(result, errors.ProxyLimit) for result in results)


async def test_circle_cannot_be_granted_at_once(storage: Storage, clock: TurnableClock) -> None:
    """Three members grant to each other in a circle at once: no chain of two comes about."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    pairs = [("Assen", "Deventer"), ("Deventer", "Emmen"), ("Emmen", "Assen")]
    results = await together(*(evening.grant(member, holder) for member, holder in pairs))
    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, errors.ProxyChain) for result in results) == 2


async def test_one_proxy_per_member(storage: Storage, clock: TurnableClock) -> None:
    """Two colleagues grant the same member's vote to two holders at once: one proxy is under way."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    results = await together(
        evening.grant("Assen", "Deventer"), evening.grant("Assen", "Emmen", by=coordinator("Assen"))
    )
    assert sum(isinstance(result, errors.ProxyExists) for result in results) == 1
    assert len(await evening.proxies()) == 1


async def test_arriving_while_the_holder_accepts(storage: Storage, clock: TurnableClock) -> None:
    """The grantor arrives as the holder accepts: the grantor carries its own seat, and nobody else does."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen")
    proxy_id = await evening.grant("Deventer", "Assen")
    await together(
        evening.act(accept_proxy, representative("Assen"), proxy_id, None),
        evening.act(attendance.check_in, representative("Deventer"), evening.meeting.id, Mode.ROOM, None),
    )
    seats = await storage.read(lambda unit: _seats(unit, evening))
    people, members = evening.register.people, evening.register.members
    assert seats[members["Deventer"]] == people[representative("Deventer")]
    assert (await evening.proxy(proxy_id)).state is ProxyState.ACCEPTED


async def _seats(unit: Unit, evening: Evening) -> dict[int, int | None]:
    meeting = await unit.meetings.get(evening.meeting.id)
    assert meeting is not None
    return {seat.member_id: seat.carrier_id for seat in await seats_now(unit, meeting)}


@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_opening_against_revoking_and_arriving(storage: Storage, clock: TurnableClock, _round: int) -> None:
    """A vote opens while a grantor revokes and comes itself: its seat is carried by the holder or by itself, once."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen")
    proxy_id = await evening.granted("Deventer", "Assen")
    grantor = representative("Deventer")
    _, revoked, _ = await together(
        evening.put_to_vote(),
        evening.act(revoke_proxy, grantor, proxy_id, None),
        evening.act(attendance.check_in, grantor, evening.meeting.id, Mode.ROOM, None),
    )
    motion = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    seat = await storage.read(lambda unit: unit.motions.seat(motion.id, evening.register.members["Deventer"]))
    assert seat is not None
    people = evening.register.people
    if isinstance(revoked, errors.MotionOpen):
        assert (await evening.proxy(proxy_id)).state is ProxyState.ACCEPTED
        assert seat.carrier_id in {people[representative("Assen")], people[grantor]}
    else:
        assert seat.carrier_id in {None, people[grantor]}
        assert seat.proxy_id is None


async def test_many_vote_at_once(storage: Storage, clock: TurnableClock) -> None:
    """Everybody presses twice at once; every seat ends with one ballot and the turnout is right."""
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.arrive(*MEMBERS)
    motion_id = await evening.put_to_vote()
    await together(
        *(evening.cast(motion_id, member, choice) for member in MEMBERS for choice in (Choice.AGAINST, Choice.FOR))
    )
    assert set(await evening.choices(motion_id)) == set(MEMBERS)
    assert await storage.read(lambda unit: unit.motions.votes_cast(motion_id)) == len(MEMBERS)
