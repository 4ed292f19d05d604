"""The way to a proxy: choosing member and holder, by button and by typing, and who carries whose vote."""

from dataclasses import replace
from typing import Any

import pytest

from assembly import errors
from assembly.facts.proxies import SeatsOverview, SeatsRef
from assembly.meetings import Mode, Reply
from assembly.members import Role, RoleHeld
from assembly.proxies import ProxyKind
from services import attendance, own_seats, proxies
from services.granting import accept_proxy, sign_proxy
from services.own_seats import load_seats
from services.replies import give_reply
from storage.engine import Storage
from storage.unit import Unit
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.queued import deliver, queued, screens
from tests.support.register import STRANGER, add_person, filled
from tests.support.sitting import Evening, convened_evening, coordinator, representative

NAMES = tuple(f"Lid {letter}" for letter in "ABCDEFGHIJKL")


async def last(evening: Evening, who: str, screen: str) -> dict[str, Any]:
    """Return the facts of the last screen of that name that was queued for somebody."""
    shown = [facts for name, facts in await queued(evening.storage, evening.register.accounts[who]) if name == screen]
    return shown[-1]


async def choose(evening: Evening, who: str, member: str, holder_member: str) -> None:
    """Let somebody choose the representative of ``holder_member`` to carry the vote of ``member``."""
    members, holder = evening.register.members, evening.register.people[representative(holder_member)]
    await evening.act(
        proxies.choose_holder, who, evening.meeting.id, members[member], holder, members[holder_member], None
    )


async def test_holders_are_paged(storage: Storage, clock: TurnableClock) -> None:
    """Eight a page, in order, without the own member; a page that does not exist shows the last one."""
    evening = await convened_evening(storage, clock, *NAMES)
    who, member_id = representative("Lid A"), evening.register.members["Lid A"]
    await evening.act(proxies.start, who)
    seen = []
    for page in (0, 1, 99):
        await evening.act(proxies.page_holders, who, member_id, ProxyKind.OTHER_MEMBER, page, None)
        shown = await last(evening, who, "HolderChoice")
        assert shown["pages"] == 2
        seen.append([holder["member"] for holder in shown["holders"]])
    assert seen == [list(NAMES[1:9]), list(NAMES[9:]), list(NAMES[9:])]


async def test_only_registered_representatives_can_be_chosen(storage: Storage, clock: TurnableClock) -> None:
    """Coordinators, unregistered people and representatives of former members are not offered."""
    evening = await convened_evening(storage, clock, "Assen", "Emmen", "Ommen")

    async def prepare(unit: Unit) -> None:
        ommen = await unit.members.get(evening.register.members["Ommen"])
        assert ommen is not None
        await unit.members.save(replace(ommen, until=evening.meeting.starts_at.date()))
        held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Emmen"])
        await add_person(unit, "wethouder Emmen", None, held)

    await storage.write(prepare)
    await evening.act(proxies.start, representative("Assen"))
    shown = await last(evening, representative("Assen"), "HolderChoice")
    assert [holder["name"] for holder in shown["holders"]] == ["portefeuillehouder Emmen"]


async def test_typing_finds_a_holder(storage: Storage, clock: TurnableClock) -> None:
    """A part of a member's or a person's name finds it; a page shows eight and says how many more there are."""
    evening = await convened_evening(storage, clock, *NAMES)
    who = coordinator("Lid A")
    await evening.act(proxies.start, who)
    for text, found in (("  lid   c ", 1), ("HOUDER LID", 11), ("xyz", 0)):
        await says(storage, evening.register.accounts[who], text)
        shown = await last(evening, who, "HolderChoice")
        assert (shown["found"], len(shown["holders"])) == (found, min(found, 8))
    with pytest.raises(errors.TextTooLong):
        await says(storage, evening.register.accounts[who], "x" * 101)
    with pytest.raises(errors.TextMissing):
        await says(storage, evening.register.accounts[who], " \u200b ")


async def test_who_acts_for_several_members_chooses_first(storage: Storage, clock: TurnableClock) -> None:
    """Without a member named, somebody who acts for two is asked for which."""
    evening = await convened_evening(storage, clock, "Assen", "Emmen", "Ommen")
    who, emmen = coordinator("Assen"), evening.register.members["Emmen"]
    await storage.write(
        lambda unit: unit.people.grant_role(evening.register.people[who], RoleHeld(Role.COORDINATOR, emmen))
    )
    await evening.act(proxies.start, who)
    assert [name for _, name in (await last(evening, who, "GrantorChoice"))["members"]] == ["Assen", "Emmen"]
    await evening.act(proxies.start, who, evening.meeting.id, emmen)
    assert (await last(evening, who, "HolderChoice"))["member"] == "Emmen"


async def test_question_says_who_signs(storage: Storage, clock: TurnableClock) -> None:
    """The question names the terms; a representative signs by granting, a coordinator only prepares."""
    evening = await convened_evening(storage, clock, "Assen", "Emmen")
    for who, signs in ((representative("Assen"), True), (coordinator("Assen"), False)):
        await choose(evening, who, "Assen", "Emmen")
        question = await last(evening, who, "ProxyQuestion")
        assert question["signs"] is signs
        assert question["terms"]["holder"] == "portefeuillehouder Emmen"
        assert (question["terms"]["member"], question["terms"]["meeting"]) == ("Assen", "ALV voorjaar")
    assert await evening.proxies() == ()


async def test_who_may_start(storage: Storage, clock: TurnableClock) -> None:
    """Refused: a stranger, somebody without a member, another's member, an unknown member or assembly."""
    evening = await convened_evening(storage, clock, "Assen", "Emmen")
    who = representative("Assen")
    with pytest.raises(errors.NotRegistered):
        await storage.write(proxies.start, STRANGER)
    with pytest.raises(errors.NotAllowed):
        await evening.act(proxies.start, "Voorzitter")
    with pytest.raises(errors.NotYourMember):
        await evening.act(proxies.start, who, evening.meeting.id, evening.register.members["Emmen"])
    for meeting_id, member_id in ((evening.meeting.id, 999), (999, evening.register.members["Assen"])):
        with pytest.raises(errors.Gone):
            await evening.act(proxies.start, who, meeting_id, member_id)
    with pytest.raises(errors.Gone):
        await evening.act(
            proxies.choose_holder, who, evening.meeting.id, evening.register.members["Assen"], 999, 999, None
        )


async def test_no_assembly_no_proxy(storage: Storage) -> None:
    """Without a convened assembly there is nothing to grant a proxy for."""
    register = await filled(storage, "Assen")
    for service in (proxies.start, own_seats.show_seats):
        with pytest.raises(errors.NoMeeting):
            await storage.write(service, register.representative("Assen"))


async def test_standing_proxy_is_shown_instead(storage: Storage, clock: TurnableClock) -> None:
    """Starting while a proxy is under way shows that proxy, with which it can be revoked."""
    evening = await convened_evening(storage, clock, "Assen", "Emmen", "Ommen")
    await evening.grant("Assen", "Emmen")
    await evening.act(proxies.start, coordinator("Assen"))
    assert (await screens(storage, evening.register.coordinator("Assen")))[-1] == "ProxyRef"
    with pytest.raises(errors.ProxyExists):
        await choose(evening, coordinator("Assen"), "Assen", "Ommen")


async def test_reply_starts_a_proxy(storage: Storage, clock: TurnableClock) -> None:
    """The reply "Volmacht verlenen" notes the reply and asks for the holder."""
    evening = await convened_evening(storage, clock, "Assen", "Emmen")
    await evening.act(give_reply, coordinator("Assen"), evening.meeting.id, Reply.PROXY)
    assert "HolderChoice" in await screens(storage, evening.register.coordinator("Assen"))


async def test_overview_shows_both_ways(storage: Storage, clock: TurnableClock) -> None:
    """/stem shows for each own member who casts its vote, and which votes of others one carries, at each step."""
    evening = await convened_evening(storage, clock, "Deventer", "Assen")

    async def overview(who: str) -> SeatsOverview:
        shown = await storage.read(load_seats, SeatsRef(evening.meeting.id, evening.register.people[who]))
        assert shown is not None
        return shown

    async def seats(who: str) -> tuple[list[str], list[str]]:
        shown = await overview(who)
        return [seat.carrying for seat in shown.own], [seat.carrying for seat in shown.carried]

    grantor, holder = representative("Deventer"), representative("Assen")
    assert await seats(grantor) == (["self"], [])
    proxy_id = await evening.grant("Deventer", "Assen", by=coordinator("Deventer"))
    assert (await seats(grantor), await seats(holder)) == ((["prepared"], []), (["self"], []))
    await evening.act(sign_proxy, grantor, proxy_id, None)
    assert (await seats(grantor), await seats(holder)) == ((["offered"], []), (["self"], ["offered"]))
    await evening.act(accept_proxy, holder, proxy_id, None)
    assert (await seats(grantor), await seats(holder)) == ((["accepted"], []), (["self"], ["accepted"]))
    await evening.open()
    await evening.act(attendance.check_in, grantor, evening.meeting.id, Mode.ROOM, None)
    assert (await seats(grantor), await seats(holder)) == ((["suspended"], []), (["self"], ["suspended"]))
    assert [(seat.proxy_id, seat.may_change) for seat in (await overview(grantor)).own] == [(proxy_id, True)]
    assert [seat.may_change for seat in (await overview(coordinator("Deventer"))).own] == [False]


async def test_overview_follows_every_change(storage: Storage, clock: TurnableClock) -> None:
    """Once asked for, /stem is one message that is redrawn when a proxy changes, for both sides."""
    evening = await convened_evening(storage, clock, "Deventer", "Assen")
    grantor, holder = representative("Deventer"), representative("Assen")
    for who in (grantor, holder):
        await evening.act(own_seats.show_seats, who)
        await deliver(storage, evening.register.accounts[who])
    proxy_id = await evening.grant("Deventer", "Assen", by=coordinator("Deventer"))
    for who in (grantor, holder):
        assert (await screens(storage, evening.register.accounts[who])).count("SeatsRef") == 2
    await evening.act(sign_proxy, grantor, proxy_id, None)
    assert (await screens(storage, evening.register.accounts[holder])).count("SeatsRef") == 2
