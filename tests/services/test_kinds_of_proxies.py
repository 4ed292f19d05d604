"""Each kind of proxy from the grant to the vote: to a colleague, another member, somebody from outside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.attendance import AttendanceRef, Guest, RepresentedSeat
from assembly.facts.convening import DeliveriesRef, MemberReply, RepliesRef
from assembly.facts.meetings import MeetingConsoleRef
from assembly.facts.proxies import ProxyRef
from assembly.meetings import Mode, Reply
from assembly.members import Role, RoleHeld
from assembly.proxies import BoardHolder, ProxyKind, ProxyState
from assembly.tally import Choice
from services import attendance, granting, proxies
from services.attendance_list import load_attendance
from services.lapses import lapse_ended
from services.meetings import load_console
from services.proxy_cards import load_card
from services.replies import give_reply, load_deliveries, load_replies
from storage.engine import Storage
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.sitting import Evening, by_statutes, convened_evening, coordinator, open_evening, representative

ALL = frozenset(ProxyKind)


async def news(evening: Evening, who: str) -> list[str]:
    """Return which events of proxies somebody was told of, in order."""
    told = await queued(evening.storage, evening.register.accounts[who])
    return [facts["event"] for name, facts in told if name == "ProxyNews"]


async def arrives(evening: Evening, who: str) -> None:
    """Let somebody who is no representative check in."""
    await evening.act(attendance.check_in, who, evening.meeting.id, Mode.ROOM, None)


async def test_a_colleague_carries_the_vote(storage: Storage, clock: TurnableClock) -> None:
    """A coordinator to whom the vote was given votes for its own member, and stands on the list as a colleague."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    await evening.granted("Deventer", "Deventer", holder=coordinator("Deventer"))
    await evening.open()
    await arrives(evening, coordinator("Deventer"))
    assert await evening.carriers() == {"Assen": None, "Deventer": coordinator("Deventer")}
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Deventer", Choice.FOR, by=coordinator("Deventer"))
    shown = await storage.read(load_attendance, AttendanceRef(evening.meeting.id))
    assert shown is not None
    assert shown.represented == (RepresentedSeat("Deventer", coordinator("Deventer"), "Deventer", ProxyKind.COLLEAGUE),)
    assert shown.guests == ()


async def test_who_represents_the_member_needs_no_proxy(storage: Storage, clock: TurnableClock) -> None:
    """A second representative is no colleague to give a proxy to: it votes as it is."""
    evening = await convened_evening(storage, clock, "Deventer")
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Deventer"])
    await storage.write(lambda unit: unit.people.grant_role(evening.register.people[coordinator("Deventer")], held))
    with pytest.raises(errors.ProxyToSelf):
        await evening.grant("Deventer", "Deventer", holder=coordinator("Deventer"))


async def test_colleagues_do_not_count(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Where nobody may carry another member's vote, a colleague still carries the own one."""
    async with by_statutes(database_url, association, clock, proxy_maximum=0) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
        await evening.granted("Deventer", "Deventer", holder=coordinator("Deventer"))
        with pytest.raises(errors.ProxyLimit):
            await evening.grant("Assen", "Emmen")


async def test_a_colleague_represents_its_member(storage: Storage, clock: TurnableClock) -> None:
    """Who carries the vote of its own member can hold that of another, until its own proxy ends: then that lapses."""
    evening = await open_evening(storage, clock, "Groningen", "Ten Boer")
    who = coordinator("Groningen")
    with pytest.raises(errors.HolderNotEntitled):
        await evening.grant("Ten Boer", "Groningen", holder=who)
    own = await evening.granted("Groningen", "Groningen", holder=who)
    with pytest.raises(errors.ProxyChain):
        await evening.grant("Ten Boer", "Groningen")
    other = await evening.granted("Ten Boer", "Groningen", holder=who)
    await arrives(evening, who)
    assert await evening.carriers() == {"Groningen": who, "Ten Boer": who}
    await evening.act(granting.revoke_proxy, representative("Groningen"), own, None)
    assert (await evening.proxy(other)).state is ProxyState.LAPSED
    assert await evening.carriers() == {"Groningen": None, "Ten Boer": None}
    told = await news(evening, representative("Ten Boer"))
    assert told[-1] == "holder_ended"


async def test_somebody_from_outside(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Where the statutes allow it a guest holds a proxy and votes; it stays a guest. Elsewhere it is refused."""
    async with by_statutes(database_url, association, clock, proxy_kinds=ALL) as storage:
        evening = await open_evening(storage, clock, "Assen", "Deventer")
        await evening.granted("Deventer", None, holder="Toehoorder")
        await arrives(evening, "Toehoorder")
        assert (await evening.carriers())["Deventer"] == "Toehoorder"
        motion_id = await evening.put_to_vote()
        await evening.cast(motion_id, "Deventer", Choice.FOR, by="Toehoorder")
        shown = await storage.read(load_attendance, AttendanceRef(evening.meeting.id))
        assert shown is not None
        assert shown.represented == (RepresentedSeat("Deventer", "Toehoorder", "", ProxyKind.OUTSIDER),)
        assert shown.guests == (Guest("Toehoorder", "Toehoorder", Mode.ROOM),)
        with pytest.raises(errors.HolderNotEntitled):
            await evening.grant("Assen", None, holder=coordinator("Deventer"))
    async with by_statutes(database_url, association, clock) as storage:
        with pytest.raises(errors.ProxyKindNotAllowed):
            await replace(evening, storage=storage).grant("Assen", None, holder="Toehoorder")


@pytest.mark.parametrize(("setting", "warned"), [(BoardHolder.ALLOWED, False), (BoardHolder.WARNED, True)])
async def test_a_commissaris_as_holder(
    database_url: str, association: Association, clock: TurnableClock, setting: BoardHolder, warned: bool
) -> None:
    """A representative who is on the supervisory board: both sides are warned, or not, by the setting."""
    async with by_statutes(database_url, association, clock, proxy_board_holder=setting) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer")
        holder = evening.register.people[representative("Assen")]
        await storage.write(lambda unit: unit.people.grant_role(holder, RoleHeld(Role.SUPERVISOR)))
        proxy_id = await evening.grant("Deventer", "Assen")
        for who in (representative("Deventer"), representative("Assen")):
            card = await storage.read(load_card, ProxyRef(proxy_id, evening.register.people[who]))
            assert card is not None
            assert card.terms.board is warned


async def test_a_commissaris_is_refused(database_url: str, association: Association, clock: TurnableClock) -> None:
    """By the strictest setting a commissaris cannot be chosen, and a forged press is refused."""
    async with by_statutes(database_url, association, clock, proxy_board_holder=BoardHolder.REFUSED) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer")
        holder = evening.register.people[representative("Assen")]
        await storage.write(lambda unit: unit.people.grant_role(holder, RoleHeld(Role.BOARD_MEMBER)))
        await evening.act(proxies.start, representative("Deventer"))
        screen, facts = (await queued(storage, evening.register.representative("Deventer")))[-1]
        assert (screen, facts["holders"]) == ("HolderChoice", [])
        with pytest.raises(errors.HolderOnBoard):
            await evening.grant("Deventer", "Assen")


async def test_each_kind_has_its_holders(database_url: str, association: Association, clock: TurnableClock) -> None:
    """The screen leads from one kind to another, and shows who can hold that."""
    async with by_statutes(database_url, association, clock, proxy_kinds=ALL) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer")
        who, member_id = representative("Deventer"), evening.register.members["Deventer"]
        found = {}
        for kind in (ProxyKind.COLLEAGUE, ProxyKind.OTHER_MEMBER, ProxyKind.OUTSIDER):
            await evening.act(proxies.page_holders, who, member_id, kind, 0, None)
            facts = (await queued(storage, evening.register.accounts[who]))[-1][1]
            assert facts["kinds"] == [kind.value for kind in ProxyKind]
            found[kind] = [holder["name"] for holder in facts["holders"]]
        assert found == {
            ProxyKind.COLLEAGUE: [coordinator("Deventer")],
            ProxyKind.OTHER_MEMBER: [representative("Assen")],
            ProxyKind.OUTSIDER: ["Regiebureau", "Toehoorder", "Voorzitter"],
        }
        with pytest.raises(errors.ProxyKindNotAllowed):
            await evening.act(proxies.page_holders, who, member_id, ProxyKind.STANDING, 0, None)


async def test_a_holder_who_lost_its_role_carries_nothing(storage: Storage, clock: TurnableClock) -> None:
    """A proxy lapses with the role of its holder, also in the middle of a vote, and both sides hear it."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    proxy_id = await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen", "Emmen")
    motion_id = await evening.put_to_vote()
    holder = evening.register.people[representative("Assen")]
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Assen"])
    await storage.write(lambda unit: unit.people.grant_role(holder, RoleHeld(Role.OBSERVER)))
    await storage.write(lambda unit: unit.people.end_role(holder, held))
    with pytest.raises(errors.NotYourSeat):
        await evening.cast(motion_id, "Deventer", Choice.FOR, by=representative("Assen"))
    await storage.write(lapse_ended)
    assert (await evening.proxy(proxy_id)).state is ProxyState.LAPSED
    for who in (representative("Deventer"), representative("Assen"), "Regiebureau"):
        told = await news(evening, who)
        assert told[-1] == "holder_ended"


async def test_a_member_that_left_has_no_proxy(storage: Storage, clock: TurnableClock) -> None:
    """A member that is none any more has no proxy from its last day on, of which both sides hear once; not before."""
    evening = await convened_evening(storage, clock, "Groningen", "Ten Boer")
    proxy_id = await evening.granted("Ten Boer", "Groningen")

    async def merge(unit: Unit) -> None:
        member = await unit.members.get(evening.register.members["Ten Boer"])
        assert member is not None
        await unit.members.save(replace(member, until=evening.meeting.starts_at.date()))
        await lapse_ended(unit)

    await storage.write(merge)
    assert (await evening.proxy(proxy_id)).state is ProxyState.ACCEPTED
    clock.moment = evening.meeting.starts_at.replace(hour=1)
    await storage.write(lapse_ended)
    await storage.write(lapse_ended)
    assert (await evening.proxy(proxy_id)).state is ProxyState.LAPSED
    for who in (representative("Ten Boer"), representative("Groningen")):
        told = await news(evening, who)
        assert told.count("member_ended") == 1


async def test_lapsed_before_the_end_is_not_on_the_list(storage: Storage, clock: TurnableClock) -> None:
    """A closed assembly's list shows who was represented until the end, and not whose proxy lapsed before."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await evening.granted("Deventer", "Assen")
    await evening.granted("Emmen", "Assen")
    await evening.arrive("Assen")

    async def leave(unit: Unit) -> None:
        member = await unit.members.get(evening.register.members["Emmen"])
        assert member is not None
        await unit.members.save(replace(member, until=evening.meeting.starts_at.date()))
        await lapse_ended(unit)

    await storage.write(leave)
    clock.turn(timedelta(hours=1))
    await evening.close()
    shown = await storage.read(load_attendance, AttendanceRef(evening.meeting.id))
    assert shown is not None
    assert [seat.member for seat in shown.represented] == ["Deventer"]


async def test_a_proxy_is_a_reply(storage: Storage, clock: TurnableClock) -> None:
    """Who grants a proxy replied with that; a later reply stands, and without the proxy nothing was said."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")

    async def replies() -> dict[Reply, int]:
        console = await storage.read(load_console, MeetingConsoleRef(evening.meeting.id, 1))
        assert console is not None
        return {reply: count for reply, count in console.replies if count}

    prepared = await evening.grant("Deventer", "Assen", by=coordinator("Deventer"))
    assert await replies() == {}
    await evening.act(granting.sign_proxy, representative("Deventer"), prepared, None)
    proxy_id = await evening.granted("Emmen", "Assen")
    assert await replies() == {Reply.PROXY: 2}
    overview = await storage.read(load_deliveries, DeliveriesRef(evening.meeting.id))
    assert overview is not None
    assert (dict(overview.replies)[Reply.PROXY], overview.unanswered) == (("Deventer", "Emmen"), ("Assen",))
    own = await storage.read(
        load_replies, RepliesRef(evening.meeting.id, evening.register.people[coordinator("Emmen")])
    )
    assert own is not None
    assert own.members == (MemberReply("Emmen", Reply.PROXY, representative("Emmen")),)
    clock.turn(timedelta(minutes=1))
    await evening.act(give_reply, representative("Deventer"), evening.meeting.id, Reply.COMING)
    await evening.act(granting.revoke_proxy, representative("Emmen"), proxy_id, None)
    assert await replies() == {Reply.COMING: 1}
