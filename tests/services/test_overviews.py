"""The overview of all members: how each stands at every step, by filter and page."""

from typing import Any

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.overviews import MembersOverview, MembersRef
from assembly.meetings import Reply
from assembly.members import Role, RoleHeld
from assembly.overviews import MemberFilter, MemberStanding
from assembly.proxies import ProxyState
from assembly.tally import Threshold
from services import granting
from services.overviews import filter_members, load_members, show_members
from services.replies import give_reply
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import deliver, screens
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import Evening, by_statutes, convened_evening, coordinator, representative

MEMBERS = ("Assen", "Deventer", "Emmen")


async def overview(evening: Evening, who: str = "Regiebureau") -> MembersOverview:
    """Return the overview as somebody looks at it."""
    ref = MembersRef(evening.meeting.id, evening.register.people[who])
    found = await evening.storage.read(load_members, ref)
    assert found is not None
    return found


async def standing(evening: Evening, member: str) -> MemberStanding:
    """Return how a member stands."""
    return next(found for found in (await overview(evening)).members if found.member == member)


async def test_every_step_shows(storage: Storage, clock: TurnableClock) -> None:
    """Reply, proxy from prepared to accepted and ended, presence: the line of the member follows."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    await evening.act(give_reply, representative("Emmen"), evening.meeting.id, Reply.ABSENT)
    assert (await standing(evening, "Emmen")).reply is Reply.ABSENT
    proxy_id = await evening.grant("Deventer", "Assen", by=coordinator("Deventer"))
    found = await standing(evening, "Deventer")
    assert (found.reply, found.proxy, found.holder) == (None, ProxyState.PREPARED, representative("Assen"))
    await evening.act(granting.sign_proxy, representative("Deventer"), proxy_id, None)
    await evening.act(granting.accept_proxy, representative("Assen"), proxy_id, None)
    found = await standing(evening, "Deventer")
    assert (found.reply, found.proxy, found.present) == (Reply.PROXY, ProxyState.ACCEPTED, False)
    await evening.open()
    await evening.arrive("Assen")
    found = await standing(evening, "Deventer")
    assert (found.present, found.by_proxy) == (True, True)
    await evening.act(granting.revoke_proxy, representative("Deventer"), proxy_id, None)
    assert (await standing(evening, "Deventer")).proxy is ProxyState.REVOKED


async def test_filters_count_and_page(storage: Storage, clock: TurnableClock) -> None:
    """Each filter has its count; a page that is no more shows the last one, and each person looks at its own."""
    names = tuple(f"Lid {number:02}" for number in range(14))
    evening = await convened_evening(storage, clock, *names)
    await evening.granted("Lid 00", "Lid 01")
    await evening.act(give_reply, representative("Lid 02"), evening.meeting.id, Reply.COMING)
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Lid 03"])

    async def unregister(unit: Any) -> None:  # noqa: ANN401 - a unit
        for label in (representative("Lid 03"), coordinator("Lid 03")):
            person_id = evening.register.people[label]
            await unit.people.end_role(person_id, held)
            await unit.people.end_role(person_id, RoleHeld(Role.COORDINATOR, held.member_id))

    await storage.write(unregister)
    shown = await overview(evening)
    assert (len(shown.members), shown.pages) == (12, 2)
    assert dict(shown.counts) == {
        MemberFilter.ALL: 14,
        MemberFilter.UNREGISTERED: 1,
        MemberFilter.UNANSWERED: 12,
        MemberFilter.PROXY_OPEN: 0,
        MemberFilter.PROXY_ACCEPTED: 1,
        MemberFilter.PROXY_ENDED: 0,
        MemberFilter.PRESENT: 0,
        MemberFilter.ABSENT: 14,
    }
    for wanted, page, expected in (
        (MemberFilter.ALL, 1, ["Lid 12", "Lid 13"]),
        (MemberFilter.ALL, 9, ["Lid 12", "Lid 13"]),
        (MemberFilter.UNREGISTERED, 0, ["Lid 03"]),
        (MemberFilter.PROXY_ACCEPTED, 0, ["Lid 00"]),
        (MemberFilter.PROXY_OPEN, 0, []),
    ):
        await evening.act(filter_members, "Regiebureau", evening.meeting.id, wanted, page, None)
        assert [found.member for found in (await overview(evening)).members] == expected
    assert len((await overview(evening, "Voorzitter")).members) == 12


async def test_the_forecast(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Expected by replies and accepted proxies before the opening, present after it; with the quorum."""
    quorum = Threshold(association.statutes.majority.threshold.share, strict=True)
    async with by_statutes(database_url, association, clock, quorum=quorum) as storage:
        evening = await convened_evening(storage, clock, *MEMBERS)
        await evening.granted("Deventer", "Assen")
        await evening.act(give_reply, representative("Assen"), evening.meeting.id, Reply.COMING)
        shown = await overview(evening)
        assert (shown.open, shown.expected, shown.votes, shown.quorum) == (False, 2, 3, 2)
        await evening.open()
        assert ((await overview(evening)).open, (await overview(evening)).expected) == (True, 0)
        await evening.arrive("Assen")
        assert (await overview(evening)).expected == 2


async def test_it_is_live_and_for_the_table_only(storage: Storage, clock: TurnableClock) -> None:
    """Once shown it is queued again with every change; a member's people do not get it, nor who left the table."""
    evening = await convened_evening(storage, clock, *MEMBERS)
    for who, account in (("Regiebureau", OFFICE), ("Voorzitter", CHAIR)):
        await evening.act(show_members, who, evening.meeting.id)
        await deliver(storage, account)
    await evening.granted("Deventer", "Assen")
    for account in (OFFICE, CHAIR):
        assert (await screens(storage, account)).count("MembersRef") == 2
    with pytest.raises(errors.NotAllowed):
        await evening.act(show_members, representative("Assen"), evening.meeting.id)
    ref = MembersRef(evening.meeting.id, evening.register.people[representative("Assen")])
    assert await storage.read(load_members, ref) is None
