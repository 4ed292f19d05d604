"""Herindeling: members that merge, and memberships that end."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assembly.errors import DayNotUnderstood, Gone, MergerImpossible, MotionOpen, NotAllowed, WeekdayWrong
from assembly.facts.attendance import AttendanceRef
from assembly.members import Acting, Member, Role, RoleHeld
from assembly.proxies import ProxyState
from services import mergers, sitting
from services.attendance_list import load_attendance
from services.memberships import end_memberships
from services.seats import members_of_day
from storage.engine import Storage
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.importing import import_rows, read_in, take_over
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, convened_evening, open_evening, representative

NEW_YEAR = date(2019, 2, 1)
"""The day of the merger: after the convocation in January and before the assembly on 13 February."""

MIDNIGHT = datetime(2019, 1, 31, 23, 0, tzinfo=UTC)
"""That day's first moment in Amsterdam."""


@pytest.fixture
async def evening(storage: Storage, clock: TurnableClock) -> Evening:
    """Give a convened assembly of four members."""
    return await convened_evening(storage, clock, "Boer", "Groningen", "Zwolle", "Assen")


async def merge(evening: Evening, day: date = NEW_YEAR, *, follow: bool = False) -> None:
    """Let the secretariat decide that Boer merges into Groningen."""
    ids = evening.register.members
    await evening.act(
        mergers.decide_merger, OFFICE_NAME, ids["Boer"], ids["Groningen"], day.toordinal(), None, follow=follow
    )


async def person(evening: Evening, name: str) -> Acting:
    """Return somebody by name."""
    found: Acting | None = await evening.storage.read(lambda unit: unit.people.get(evening.register.people[name]))
    assert found is not None
    return found


async def members_at(evening: Evening) -> list[str]:
    """Return the members of the assembly's day."""
    return [member.name for member in await evening.storage.read(members_of_day, evening.meeting)]


async def test_before_the_day_nothing_changes(evening: Evening) -> None:
    """The decision moves nobody: roles and proxies stay until the last moment before the day."""
    given, held = await evening.granted("Boer", "Zwolle"), await evening.granted("Assen", "Groningen")
    await merge(evening)
    evening.clock.moment = MIDNIGHT - timedelta(seconds=1)
    await evening.storage.write(end_memberships)
    assert [(await evening.proxy(proxy)).state for proxy in (given, held)] == [ProxyState.ACCEPTED] * 2
    assert (await person(evening, representative("Boer"))).roles
    assert await members_at(evening) == ["Assen", "Groningen", "Zwolle"]


async def test_on_the_day(evening: Evening) -> None:
    """From its first moment it has no seat; its proxy lapses, its people lose their roles, and everybody is told."""
    given = await evening.granted("Boer", "Zwolle")
    other = await evening.granted("Assen", "Groningen")
    await merge(evening)
    evening.clock.moment = MIDNIGHT
    await evening.storage.write(end_memberships)
    assert (await evening.proxy(given)).state is ProxyState.LAPSED
    assert (await evening.proxy(other)).state is ProxyState.ACCEPTED
    assert (await person(evening, representative("Boer"))).roles == ()
    for name in ("Boer", "Zwolle"):
        news = [f for s, f in await queued(evening.storage, evening.register.representative(name)) if s == "ProxyNews"]
        assert news[-1]["event"] == "member_ended"
    (told,) = [facts for name, facts in await queued(evening.storage, OFFICE) if name == "MembershipEnded"]
    assert (told["member"], told["successor"], told["people"], told["proxies"], told["members"]) == (
        "Boer",
        "Groningen",
        2,
        1,
        3,
    )
    before = await screens(evening.storage, OFFICE)
    await evening.storage.write(end_memberships)
    assert await screens(evening.storage, OFFICE) == before


async def test_what_is_held_for_it_lapses(evening: Evening) -> None:
    """A proxy that its representative carries lapses too, and the grantor can choose another holder at once."""
    held = await evening.granted("Assen", "Boer")
    await merge(evening, follow=True)
    evening.clock.moment = MIDNIGHT
    await evening.storage.write(end_memberships)
    assert (await evening.proxy(held)).state is ProxyState.LAPSED
    news = [f for s, f in await queued(evening.storage, evening.register.representative("Assen")) if s == "ProxyNews"]
    assert (news[-1]["event"], news[-1]["replacing"]["member_id"]) == (
        "holder_member_ended",
        evening.register.members["Assen"],
    )


async def test_people_go_on_where_that_was_chosen(evening: Evening) -> None:
    """Its people act for the successor from that day on, and are told once."""
    await merge(evening, follow=True)
    evening.clock.moment = MIDNIGHT
    await evening.storage.write(end_memberships)
    groningen = evening.register.members["Groningen"]
    assert (await person(evening, representative("Boer"))).roles == (RoleHeld(Role.REPRESENTATIVE, groningen),)
    told = [f for s, f in await queued(evening.storage, evening.register.representative("Boer")) if s == "RolesChanged"]
    assert told == [{"roles": [{"role": "representative", "member": "Groningen"}]}]


async def test_a_successor_that_merged_on(evening: Evening) -> None:
    """Where the successor merges into another on the same day, the people go on for the last of them."""
    ids = evening.register.members
    await merge(evening, follow=True)
    day = NEW_YEAR.toordinal() + 1
    await evening.act(mergers.decide_merger, OFFICE_NAME, ids["Groningen"], ids["Zwolle"], day, None, follow=True)
    evening.clock.moment = MIDNIGHT + timedelta(days=2)
    await evening.storage.write(end_memberships)
    assert (await person(evening, representative("Boer"))).roles == (RoleHeld(Role.REPRESENTATIVE, ids["Zwolle"]),)
    assert (await person(evening, representative("Groningen"))).roles == (RoleHeld(Role.REPRESENTATIVE, ids["Zwolle"]),)


async def test_the_past_keeps_showing_it(storage: Storage, clock: TurnableClock) -> None:
    """An assembly that was held shows the member with whoever was there for it."""
    evening = await open_evening(storage, clock, "Boer", "Groningen", "Zwolle")
    await evening.granted("Boer", "Zwolle")
    await evening.arrive("Groningen", "Zwolle")
    await evening.close()
    before = await storage.read(load_attendance, AttendanceRef(evening.meeting.id))
    assert before is not None
    assert [seat.member for seat in before.represented] == ["Boer"]
    await merge(evening, date(2019, 3, 1), follow=True)
    clock.turn(timedelta(days=60))
    await storage.write(end_memberships)
    assert await storage.read(load_attendance, AttendanceRef(evening.meeting.id)) == before
    with pytest.raises(MergerImpossible):
        await merge(evening, date(2019, 4, 1))


async def test_an_assembly_past_midnight_is_held_with_everybody(storage: Storage, clock: TurnableClock) -> None:
    """Who was a member when the assembly began keeps its seat until it closes, also after midnight."""
    evening = await open_evening(storage, clock, "Boer", "Groningen")
    await evening.arrive("Boer", "Groningen")
    await merge(evening, date(2019, 2, 14))
    clock.moment = datetime(2019, 2, 14, 0, 30, tzinfo=UTC)
    await storage.write(end_memberships)
    assert (await person(evening, representative("Boer"))).roles
    await evening.close()
    await storage.write(end_memberships)
    assert (await person(evening, representative("Boer"))).roles == ()


async def test_a_merger_can_be_taken_back(evening: Evening) -> None:
    """While its day is to come the member can stay after all; afterwards it cannot."""
    boer = evening.register.members["Boer"]
    await merge(evening)
    await evening.act(mergers.revoke_merger, OFFICE_NAME, boer, None)
    evening.clock.moment = MIDNIGHT
    await evening.storage.write(end_memberships)
    assert (await person(evening, representative("Boer"))).roles
    assert "Boer" in await members_at(evening)
    with pytest.raises(Gone):
        await evening.act(mergers.revoke_merger, OFFICE_NAME, boer, None)
    await merge(evening, NEW_YEAR)
    assert (await person(evening, representative("Boer"))).roles == ()
    with pytest.raises(Gone):
        await evening.act(mergers.revoke_merger, OFFICE_NAME, boer, None)


async def test_a_vote_goes_first(storage: Storage, clock: TurnableClock) -> None:
    """While a vote is open nobody's seat is taken away."""
    evening = await open_evening(storage, clock, "Boer", "Groningen")
    await evening.arrive("Boer", "Groningen")
    motion = await evening.put_to_vote()
    with pytest.raises(MotionOpen):
        await merge(evening, date(2019, 3, 1))
    await evening.end_vote(motion)
    await merge(evening, date(2019, 3, 1))


async def test_an_end_that_was_read_in(evening: Evening) -> None:
    """A last day in a register file ends the membership like a merger does, without a successor."""
    await import_rows(evening.storage, "Boer;boer;;;;01-02-2019;;;;")
    evening.clock.moment = MIDNIGHT
    await evening.storage.write(end_memberships)
    assert (await person(evening, representative("Boer"))).roles == ()
    (told,) = [facts for name, facts in await queued(evening.storage, OFFICE) if name == "MembershipEnded"]
    assert told["successor"] is None
    shown = await take_over(evening.storage, await read_in(evening.storage, "Zwolle;zwolle;7;;;;;;;"))
    assert shown is None


async def test_the_way_to_a_merger(evening: Evening) -> None:
    """Successor, day, and what would happen are asked one after the other; a slip of the finger changes nothing."""
    ids, storage = evening.register.members, evening.storage
    await evening.granted("Boer", "Zwolle")
    await storage.write(mergers.choose, OFFICE, ids["Boer"], 0, None)
    await says(storage, OFFICE, "gron")
    found = [facts for name, facts in await queued(storage, OFFICE) if name == "SuccessorChoice"]
    assert [name for _, name in found[-1]["members"]] == ["Groningen"]
    await storage.write(mergers.choose_successor, OFFICE, ids["Boer"], ids["Groningen"], None)
    for wrong in ("morgen", "31-02-2019", "01-01-0001", "kersdag 1 februari 2019"):
        with pytest.raises(DayNotUnderstood):
            await says(storage, OFFICE, wrong)
    with pytest.raises(WeekdayWrong):
        await says(storage, OFFICE, "maandag 1 februari 2019")
    await says(storage, OFFICE, "vrijdag 1 februari 2019")
    (asked,) = [facts for name, facts in await queued(storage, OFFICE) if name == "MergerQuestion"]
    assert (asked["members_before"], asked["members_after"], asked["day"]) == (4, 3, "2019-02-01")
    assert asked["proxies"] == [["Boer", "portefeuillehouder Zwolle"]]
    assert len(asked["people"]) == 2
    assert await members_at(evening) == ["Assen", "Boer", "Groningen", "Zwolle"]


async def test_only_the_secretariat_decides(evening: Evening) -> None:
    """Nobody else, and no button that was never drawn, merges anything."""
    ids = evening.register.members
    for account in (CHAIR, evening.register.coordinator("Groningen")):
        with pytest.raises(NotAllowed):
            await evening.storage.write(
                mergers.decide_merger, account, ids["Boer"], ids["Groningen"], 737_000, None, follow=True
            )
    for day in (0, 10**17):
        with pytest.raises(Gone):
            await evening.act(mergers.decide_merger, OFFICE_NAME, ids["Boer"], ids["Groningen"], day, None, follow=True)
    with pytest.raises(Gone):
        await evening.act(mergers.decide_merger, OFFICE_NAME, ids["Boer"], 999, 737_000, None, follow=True)


async def test_closing_an_assembly_still_works(storage: Storage, clock: TurnableClock) -> None:
    """A member whose day came while nothing was open is simply not there at the next assembly."""
    evening = await convened_evening(storage, clock, "Boer", "Groningen")
    await merge(evening)
    clock.moment = MIDNIGHT
    await storage.write(end_memberships)
    await evening.open()
    await evening.arrive("Groningen")
    motion = await evening.put_to_vote()
    electorate = await storage.read(lambda unit: unit.motions.electorate(motion))
    assert [seat.member_id for seat in electorate] == [evening.register.members["Groningen"]]
    await evening.end_vote(motion)
    await evening.act(sitting.close_meeting, OFFICE_NAME, evening.meeting.id)
    assert await storage.read(lambda unit: unit.members.get(evening.register.members["Boer"])) == Member(
        evening.register.members["Boer"], "boer", "Boer", until=NEW_YEAR
    )
