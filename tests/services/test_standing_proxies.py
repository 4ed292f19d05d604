"""Standing proxies: accepted once, confirmed for each assembly, and their end."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.attendance import AttendanceRef, RepresentedSeat
from assembly.facts.proxies import ProxyRef
from assembly.members import Role, RoleHeld
from assembly.proxies import LapseReason, ProxyKind, ProxyState
from services import agenda, convening, granting, meetings, proxies, sitting, standing
from services.attendance_list import load_attendance
from services.lapses import lapse_ended
from services.proxy_cards import load_card
from storage.engine import Storage
from storage.standing import StandingProxy
from storage.unit import Unit
from tests.support.assembly import AGENDA, accepts, current, says
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import OFFICE
from tests.support.sitting import Evening, by_statutes, convened_evening, coordinator, open_evening, representative

UNTIL = date(2019, 12, 31)
GRANTOR, HOLDER = representative("Ten Boer"), representative("Groningen")
MEMBERS = ("Groningen", "Ten Boer")
AUTUMN = datetime(2019, 9, 1, 9, 0, tzinfo=UTC)


async def mandates(storage: Storage) -> tuple[StandingProxy, ...]:
    """Return the mandates that have not ended."""
    return await storage.read(lambda unit: unit.standing.live())


async def news(evening: Evening, who: str) -> list[str]:
    """Return which events of proxies somebody was told of, in order."""
    told = await queued(evening.storage, evening.register.accounts[who])
    return [facts["event"] for name, facts in told if name == "ProxyNews"]


async def next_assembly(evening: Evening, day: str = "02-10-2019 18:00") -> Evening:
    """Close the assembly at hand, and convene another one in autumn."""
    await evening.close()
    evening.clock.moment = AUTUMN
    await evening.storage.write(meetings.ask_title, OFFICE)
    for text in ("ALV najaar", day, "Utrecht"):
        await says(evening.storage, OFFICE, text)
    meeting = await current(evening.storage)
    await evening.storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await says(evening.storage, OFFICE, AGENDA)
    await accepts(evening.storage, OFFICE)
    await evening.storage.write(convening.convene, OFFICE, meeting.id, None)
    return replace(evening, meeting=await current(evening.storage))


async def accepted(storage: Storage, clock: TurnableClock) -> Evening:
    """Open an assembly for which Ten Boer granted a standing proxy that was accepted."""
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.granted("Ten Boer", "Groningen", until=UNTIL)
    return evening


async def test_it_carries_at_the_first_assembly(storage: Storage, clock: TurnableClock) -> None:
    """Signed and accepted like any other, it carries the vote and stands on the list as what it is."""
    evening = await accepted(storage, clock)
    await evening.arrive("Groningen")
    assert (await evening.carriers())["Ten Boer"] == HOLDER
    shown = await storage.read(load_attendance, AttendanceRef(evening.meeting.id))
    assert shown is not None
    assert shown.represented == (RepresentedSeat("Ten Boer", HOLDER, "Groningen", ProxyKind.STANDING),)


async def test_the_next_assembly_needs_a_confirmation(storage: Storage, clock: TurnableClock) -> None:
    """After the convocation the grantor is asked; until it confirms nobody carries, then the holder does at once."""
    first = await accepted(storage, clock)
    evening = await next_assembly(first)
    (proxy,) = await evening.proxies()
    assert (proxy.kind, proxy.state) == (ProxyKind.STANDING, ProxyState.PREPARED)
    assert (await screens(storage, evening.register.accounts[GRANTOR]))[-1] == "ProxyRef"
    for who, confirms in ((GRANTOR, True), (coordinator("Ten Boer"), True)):
        card = await storage.read(load_card, ProxyRef(proxy.id, evening.register.people[who]))
        assert card is not None
        assert card.confirms is confirms
    with pytest.raises(errors.NotEntitledToSign):
        await evening.act(granting.sign_proxy, coordinator("Ten Boer"), proxy.id, None)
    with pytest.raises(errors.ProxyMovedOn):
        await evening.act(granting.accept_proxy, HOLDER, proxy.id, None)
    await evening.act(granting.sign_proxy, GRANTOR, proxy.id, None)
    assert (await evening.proxy(proxy.id)).state is ProxyState.ACCEPTED
    assert (await news(evening, HOLDER))[-1] == "confirmed"
    assert (await news(evening, "Regiebureau"))[-1] == "confirmed"


async def test_without_confirmation_nobody_carries(storage: Storage, clock: TurnableClock) -> None:
    """An unconfirmed one carries nothing, lapses with the assembly, and leaves the mandate for the next."""
    evening = await next_assembly(await accepted(storage, clock))
    (proxy,) = await evening.proxies()
    clock.moment = evening.meeting.starts_at
    await evening.act(sitting.open_meeting, "Regiebureau", evening.meeting.id)
    await evening.arrive("Groningen")
    assert (await evening.carriers())["Ten Boer"] is None
    await evening.close()
    assert (await evening.proxy(proxy.id)).reason is LapseReason.CLOSED
    assert len(await mandates(storage)) == 1


async def test_confirming_is_held_against_the_rules(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """Unconfirmed it counts for the maximum already, and after the deadline it cannot be confirmed any more."""
    async with by_statutes(database_url, association, clock, proxy_maximum=1, proxy_deadline_hours=24) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS, "Assen")
        await evening.granted("Ten Boer", "Groningen", until=UNTIL)
        await evening.open()
        evening = await next_assembly(evening)
        (proxy,) = await evening.proxies()
        with pytest.raises(errors.ProxyLimit):
            await evening.grant("Assen", "Groningen")
        clock.moment = evening.meeting.starts_at - timedelta(hours=23)
        with pytest.raises(errors.ProxyDeadlinePassed):
            await evening.act(granting.sign_proxy, GRANTOR, proxy.id, None)


async def test_not_for_this_assembly(storage: Storage, clock: TurnableClock) -> None:
    """Skipped for one assembly, another holder can be chosen, and the mandate stands; a coordinator cannot skip it."""
    evening = await next_assembly(await accepted(storage, clock))
    (proxy,) = await evening.proxies()
    with pytest.raises(errors.NotEntitledToSign):
        await evening.act(granting.skip_proxy, coordinator("Ten Boer"), proxy.id, None)
    with pytest.raises(errors.NotEntitledToSign):
        await evening.act(granting.revoke_proxy, coordinator("Ten Boer"), proxy.id, None)
    await evening.act(granting.skip_proxy, GRANTOR, proxy.id, None)
    assert (await news(evening, HOLDER))[-1] == "skipped"
    with pytest.raises(errors.ProxyExists):
        await evening.grant("Ten Boer", "Groningen", until=UNTIL)
    await evening.granted("Ten Boer", "Groningen")
    assert len(await mandates(storage)) == 1


async def test_only_a_standing_one_is_skipped(storage: Storage, clock: TurnableClock) -> None:
    """What waits for its first signature cannot be skipped: it is withdrawn."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    for until in (None, UNTIL):
        proxy_id = await evening.grant("Ten Boer", "Groningen", by=coordinator("Ten Boer"), until=until)
        with pytest.raises(errors.ProxyMovedOn):
            await evening.act(granting.skip_proxy, GRANTOR, proxy_id, None)
        await evening.act(granting.revoke_proxy, coordinator("Ten Boer"), proxy_id, None)
    assert await mandates(storage) == ()


@pytest.mark.parametrize(("end", "who"), [(granting.revoke_proxy, GRANTOR), (granting.decline_proxy, HOLDER)])
async def test_ending_it_ends_the_mandate(
    storage: Storage, clock: TurnableClock, end: Callable[..., Awaitable[None]], who: str
) -> None:
    """Revoked by the grantor or laid down by the holder, nothing is asked at the next assembly."""
    first = await accepted(storage, clock)
    (proxy,) = await first.proxies()
    await first.act(end, who, proxy.id, None)
    assert await mandates(storage) == ()
    assert await (await next_assembly(first)).proxies() == ()


async def test_never_accepted_it_ends_with_the_assembly(storage: Storage, clock: TurnableClock) -> None:
    """A holder that never answered is not bound by the next assembly."""
    first = await open_evening(storage, clock, *MEMBERS)
    await first.grant("Ten Boer", "Groningen", until=UNTIL)
    await first.close()
    assert await mandates(storage) == ()


async def test_revoked_between_assemblies(storage: Storage, clock: TurnableClock) -> None:
    """Without an assembly who may sign revokes it, once, and both sides hear it."""
    evening = await accepted(storage, clock)
    (mandate,) = await mandates(storage)
    with pytest.raises(errors.ProxyMovedOn):
        await evening.act(standing.revoke_standing, GRANTOR, mandate.id)
    await evening.close()
    for who, refusal in (
        (HOLDER, errors.NotYourMember),
        (coordinator("Ten Boer"), errors.NotEntitledToSign),
    ):
        with pytest.raises(refusal):
            await evening.act(standing.revoke_standing, who, mandate.id)
    await evening.act(standing.revoke_standing, GRANTOR, mandate.id)
    assert (await news(evening, HOLDER))[-1] == "revoked"
    for number in (mandate.id, 999):
        with pytest.raises(errors.Gone):
            await evening.act(standing.revoke_standing, GRANTOR, number)


async def test_the_end_date(storage: Storage, clock: TurnableClock) -> None:
    """The last day itself still holds; the day after it is over, and both sides hear it once."""
    evening = await accepted(storage, clock)
    await evening.close()
    clock.moment = datetime(2019, 12, 31, 22, 59, tzinfo=UTC)
    await storage.write(lapse_ended)
    assert len(await mandates(storage)) == 1
    clock.turn(timedelta(minutes=2))
    for _ in range(2):
        await storage.write(lapse_ended)
    assert await mandates(storage) == ()
    for who in (GRANTOR, HOLDER, "Regiebureau"):
        assert (await news(evening, who)).count("expired") == 1


async def test_an_assembly_after_the_end_date_asks_nothing(storage: Storage, clock: TurnableClock) -> None:
    """A mandate that ends before the day of the assembly does not cover it."""
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.granted("Ten Boer", "Groningen", until=date(2019, 10, 1))
    evening = await next_assembly(evening)
    assert await evening.proxies() == ()


async def test_it_must_outlive_the_assembly(storage: Storage, clock: TurnableClock) -> None:
    """A last day before that of the assembly is refused; the day itself is enough."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    with pytest.raises(errors.StandingTooShort) as refused:
        await evening.grant("Ten Boer", "Groningen", until=date(2019, 2, 12))
    assert refused.value.day == date(2019, 2, 13)
    await evening.grant("Ten Boer", "Groningen", until=date(2019, 2, 13))


async def test_a_merged_member(storage: Storage, clock: TurnableClock) -> None:
    """With the member its mandate ends, and nothing is asked at the next assembly."""
    evening = await accepted(storage, clock)
    await evening.close()

    async def merge(unit: Unit) -> None:
        member = await unit.members.get(evening.register.members["Ten Boer"])
        assert member is not None
        await unit.members.save(replace(member, until=date(2019, 7, 1)))

    await storage.write(merge)
    await storage.write(lapse_ended)
    assert len(await mandates(storage)) == 1
    clock.moment = AUTUMN
    await storage.write(lapse_ended)
    assert await mandates(storage) == ()
    assert (await news(evening, HOLDER))[-1] == "member_ended"


async def test_a_holder_that_left(storage: Storage, clock: TurnableClock) -> None:
    """A holder that no longer acts for its member: the mandate and the proxy of the assembly at hand end together."""
    evening = await accepted(storage, clock)
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Groningen"])
    await storage.write(lambda unit: unit.people.end_role(evening.register.people[HOLDER], held))
    await storage.write(lapse_ended)
    assert await mandates(storage) == ()
    assert await evening.proxies() == ()
    assert (await news(evening, GRANTOR)).count("holder_ended") == 1


async def test_not_allowed_by_the_statutes(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Without standing proxies in the settings there are none, and their screens are refused."""
    kinds = frozenset({ProxyKind.COLLEAGUE, ProxyKind.OTHER_MEMBER})
    async with by_statutes(database_url, association, clock, proxy_kinds=kinds) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        members, holder = evening.register.members, evening.register.people[HOLDER]
        whom = (members["Ten Boer"], holder, members["Groningen"], None)
        for attempt in (
            evening.grant("Ten Boer", "Groningen", until=UNTIL),
            evening.act(proxies.ask_until, GRANTOR, *whom),
        ):
            with pytest.raises(errors.ProxyKindNotAllowed):
                await attempt
        await evening.grant("Ten Boer", "Groningen")


async def test_the_last_day_is_chosen_or_typed(storage: Storage, clock: TurnableClock) -> None:
    """Three ends of a year are offered; a typed day leads to the question too, and nonsense keeps the step."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    members, holder = evening.register.members, evening.register.people[HOLDER]
    await evening.act(proxies.ask_until, GRANTOR, members["Ten Boer"], holder, members["Groningen"], None)
    account = evening.register.accounts[GRANTOR]
    asked = (await queued(storage, account))[-1][1]
    assert asked["days"] == ["2019-12-31", "2020-12-31", "2021-12-31"]
    with pytest.raises(errors.DayNotUnderstood):
        await says(storage, account, "ooit")
    await says(storage, account, "30 juni 2020")
    screen, question = (await queued(storage, account))[-1]
    assert (screen, question["terms"]["until"], question["terms"]["kind"]) == (
        "ProxyQuestion",
        "2020-06-30",
        "standing",
    )
