"""Register files: what is shown of them, and taking them over."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from assembly.errors import FileRefused, Gone, MotionOpen, NotAllowed, RegisterMoved
from assembly.facts.attendance import AttendanceRef
from assembly.facts.register import (
    ChangeKind,
    ImportPart,
    RegisterErrors,
    RegisterErrorsFile,
    RegisterPreviewRef,
)
from assembly.facts.registration import RoleShown
from assembly.meetings import Mode
from assembly.members import Acting, Role, RoleHeld
from assembly.proxies import ProxyState
from services import attendance, granting, members, proxies, register, register_taking
from services.attendance_list import load_attendance
from services.files import refuse_content, wanted
from services.registration import make_link, token_hash
from storage.engine import Storage
from storage.unit import Unit
from tests.support.assembly import convened, sends
from tests.support.clock import TurnableClock
from tests.support.importing import import_rows, previewed, read_in, take_over
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, Register, add_person, filled
from tests.support.sitting import Evening, convened_evening, open_evening, representative

ASSEN = (
    "Assen;assen;;;;;portefeuillehouder Assen;;vertegenwoordiger;",
    "Assen;assen;;;;;coördinator Assen;;coördinator;",
)
SUCCESSOR = "Assen;assen;;;;;opvolger Assen;;vertegenwoordiger;"


@pytest.fixture
async def known(storage: Storage) -> Register:
    """Give a register with two members."""
    return await filled(storage, "Assen", "Deventer")


async def person(storage: Storage, name: str) -> Acting:
    """Return somebody by name."""
    everybody: tuple[Acting, ...] = await storage.read(lambda unit: unit.people.all())
    return next(acting for acting in everybody if acting.person.name == name)


async def test_what_is_there_already_is_no_difference(storage: Storage, known: Register) -> None:
    """The file of what stands in the register would change nothing, and offers nothing to press."""
    assert known.members
    shown = await previewed(storage, await read_in(storage, *ASSEN))
    assert (shown.counts, shown.unchanged, shown.endings) == (((ChangeKind.MEMBER_ABSENT, 1),), 3, 0)


async def test_preview_and_taking_over(storage: Storage, known: Register) -> None:
    """What is new and what changes is shown line by line, and is there after it was taken over; nothing else moved."""
    file_id = await read_in(
        storage,
        "Assen;assen;68.000;2;;;portefeuillehouder Assen;wethouder;vertegenwoordiger;p@assen.example",
        "Emmen;;;;;;portefeuillehouder Emmen;;vertegenwoordiger;",
        ";;;;;;notulist;;notulist;",
    )
    shown = await previewed(storage, file_id)
    assert [(line.kind, line.name) for line in shown.lines] == [
        (ChangeKind.MEMBER_NEW, "Emmen"),
        (ChangeKind.MEMBER_CHANGED, "Assen"),
        (ChangeKind.PERSON_NEW, "portefeuillehouder Emmen"),
        (ChangeKind.PERSON_NEW, "notulist"),
        (ChangeKind.PERSON_CHANGED, "portefeuillehouder Assen"),
        (ChangeKind.MEMBER_ABSENT, "Deventer"),
    ]
    assert shown.lines[2].roles == (RoleShown(Role.REPRESENTATIVE, "Emmen"),)
    assert [field.fact for field in shown.lines[4].fields] == ["function", "email"]
    assert await take_over(storage, file_id) is None
    stored = {member.name: member for member in await storage.read(lambda unit: unit.members.all())}
    assert (stored["Assen"].inhabitants, stored["Assen"].votes, set(stored)) == (
        68_000,
        2,
        {"Assen", "Deventer", "Emmen"},
    )
    assert (await person(storage, "portefeuillehouder Assen")).person.telegram_id == known.representative("Assen")
    assert (await person(storage, "coördinator Assen")).roles
    assert (await person(storage, "portefeuillehouder Emmen")).has(Role.REPRESENTATIVE, stored["Emmen"].id)
    assert await storage.read(lambda unit: unit.journal.verify()) == []


async def test_taking_over_twice_gives_no_doubles(storage: Storage, known: Register) -> None:
    """A second tap finds nothing to do and says that things have moved."""
    assert known.members
    file_id = await read_in(storage, SUCCESSOR)
    mark = (await previewed(storage, file_id)).mark
    assert await take_over(storage, file_id, mark=mark) is None
    assert isinstance(await take_over(storage, file_id, mark=mark), RegisterMoved)
    people = [acting.person.name for acting in await storage.read(lambda unit: unit.people.all())]
    assert people.count("opvolger Assen") == 1


async def test_only_what_was_shown_is_taken_over(storage: Storage, known: Register) -> None:
    """When the register changed after the preview nothing is taken over, until the fresh preview is taken over."""
    file_id = await read_in(storage, "Assen;assen;68.000;;;;;;;")
    mark = (await previewed(storage, file_id)).mark
    await import_rows(storage, "Assen;assen;70.000;;;;;;;")
    assert isinstance(await take_over(storage, file_id, mark=mark), RegisterMoved)
    (assen,) = [m for m in await storage.read(lambda unit: unit.members.all()) if m.id == known.members["Assen"]]
    assert assen.inhabitants == 70_000
    assert await take_over(storage, file_id) is None


async def test_all_or_nothing(storage: Storage, known: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """When storing fails half-way, the register is as it was."""
    assert known.members
    file_id = await read_in(storage, "Emmen;;;;;;portefeuillehouder Emmen;;vertegenwoordiger;")

    async def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(register_taking, "_tell_applied", fail)
    with pytest.raises(RuntimeError, match="lights"):
        await take_over(storage, file_id)
    assert [member.name for member in await storage.read(lambda unit: unit.members.all())] == ["Assen", "Deventer"]
    assert len(await storage.read(lambda unit: unit.people.all())) == 7


async def test_errors_are_all_shown(storage: Storage, known: Register) -> None:
    """A file with wrong rows cannot be taken over; few errors stand in the message and many in a file."""
    assert known.members
    file_id = await read_in(storage, "Assen;;;;;;X;;keizer;", "Assen;;;;;;Y;;coördinator;")
    shown = await previewed(storage, file_id)
    assert isinstance(shown, RegisterErrors)
    assert [(error.row, error.reason) for error in shown.errors] == [(2, "role_unknown")]
    with pytest.raises(FileRefused):
        await take_over(storage, file_id, mark=0)
    assert len(await storage.read(lambda unit: unit.people.all())) == 7
    many = await previewed(storage, await read_in(storage, *(f"Assen;;;;;;X{row};;keizer;" for row in range(300))))
    assert isinstance(many, RegisterErrorsFile)
    assert len(many.errors) == 300


async def test_a_long_difference_has_pages(storage: Storage, known: Register) -> None:
    """Every line is on one of the pages, and a page beyond the last is the last."""
    assert known.members
    file_id = await read_in(storage, *(f"Lid {number};;;;;;;;;" for number in range(20)))
    first = await previewed(storage, file_id)
    pages = [await previewed(storage, file_id, page=page) for page in range(first.pages)]
    names = [line.name for page in pages for line in page.lines]
    assert names == [*(f"Lid {number}" for number in range(20)), "Assen", "Deventer"]
    assert (await previewed(storage, file_id, page=99)).page == first.pages - 1
    assert len({page.mark for page in pages}) == 1


async def test_nobody_is_thrown_out_in_silence(storage: Storage, known: Register) -> None:
    """Roles that the file leaves out stay until they are ended by a button of their own."""
    file_id = await read_in(storage, SUCCESSOR)
    assert (await previewed(storage, file_id)).endings == 2
    await take_over(storage, file_id)
    assert (await person(storage, representative("Assen"))).roles
    shown = await previewed(storage, file_id, ImportPart.ENDINGS)
    assert {line.name for line in shown.lines} == {"portefeuillehouder Assen", "coördinator Assen"}
    assert await take_over(storage, file_id, ImportPart.ENDINGS) is None
    assert (await person(storage, representative("Assen"))).roles == ()
    assert (await person(storage, representative("Deventer"))).roles
    assert (await previewed(storage, file_id, ImportPart.ENDINGS)).lines == ()
    told = await queued(storage, known.representative("Assen"))
    assert ("RolesChanged", {"roles": []}) in told


async def test_a_role_that_ended_ends_every_button(storage: Storage, known: Register, clock: TurnableClock) -> None:
    """Permission is read from the roles held at the press: what was on the screen before does nothing any more."""
    evening = Evening(storage, clock, known, await convened(storage, clock))
    account = known.representative("Assen")
    assen, deventer = known.members["Assen"], known.members["Deventer"]
    holder = known.people[representative("Deventer")]
    file_id = await read_in(storage, SUCCESSOR, "Assen;assen;;;;;coördinator Assen;;coördinator;")
    await take_over(storage, file_id)
    await take_over(storage, file_id, ImportPart.ENDINGS)
    before = len(await queued(storage, account))
    pressed: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (proxies.start, (evening.meeting.id, assen)),
        (granting.grant_proxy, (evening.meeting.id, assen, holder, deventer, None)),
        (attendance.check_in, (evening.meeting.id, Mode.ROOM, None)),
        (members.open_list, ()),
    )
    for service, arguments in pressed:
        with pytest.raises(NotAllowed):
            await storage.write(service, account, *arguments)
    assert len(await queued(storage, account)) == before


async def test_open_links_of_who_left_are_revoked(storage: Storage, known: Register) -> None:
    """Who has no role any more cannot come in with a letter that is still under way."""
    left = await storage.write(add_person, "oud", None, RoleHeld(Role.REPRESENTATIVE, known.members["Assen"]))
    token = await storage.write(make_link, left)
    file_id = await read_in(storage, *ASSEN)
    await take_over(storage, file_id, ImportPart.ENDINGS)
    link = await storage.read(lambda unit: unit.links.by_hash(token_hash(token)))
    assert link is not None
    assert link.revoked_at is not None


async def test_the_secretariat_never_empties_itself(storage: Storage, known: Register) -> None:
    """A file that names others in the secretariat takes out everybody but the one who takes it over."""
    await storage.write(add_person, "collega", 9004, RoleHeld(Role.SECRETARIAT))
    file_id = await read_in(storage, ";;;;;;nieuweling;;regiebureau;")
    await take_over(storage, file_id)
    assert {line.name for line in (await previewed(storage, file_id, ImportPart.ENDINGS)).lines} == {
        "collega",
        "Voorzitter",
        "Toehoorder",
    }
    await take_over(storage, file_id, ImportPart.ENDINGS)
    office = await storage.read(lambda unit: unit.people.holding({Role.SECRETARIAT}))
    assert {acting.person.id for acting in office} >= {known.people["Regiebureau"]}
    assert len(office) == 2


async def test_two_who_take_each_other_out(storage: Storage, known: Register) -> None:
    """When two of the secretariat take each other out at the same moment, one of them is left."""
    assert known.members
    await storage.write(add_person, "collega", 9004, RoleHeld(Role.SECRETARIAT))
    ids = [await read_in(storage, ";;;;;;nieuweling;;voorzitter;", by=by) for by in (OFFICE, 9004)]

    async def mark(unit: Unit, file_id: int, account: int) -> int:
        taker = await unit.people.acting(account)
        assert taker is not None
        return (await register.plan_of(unit, file_id, taker)).mark(ImportPart.ENDINGS)

    pairs = [
        (by, file_id, await storage.read(mark, file_id, by)) for by, file_id in zip((OFFICE, 9004), ids, strict=True)
    ]
    results = await asyncio.gather(
        *(
            storage.write(register_taking.apply_register, by, file_id, ImportPart.ENDINGS, mark, None)
            for by, file_id, mark in pairs
        ),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotAllowed"]
    assert len(await storage.read(lambda unit: unit.people.holding({Role.SECRETARIAT}))) == 1


async def test_only_the_secretariat_takes_over(storage: Storage, known: Register) -> None:
    """Nobody else can press the buttons of a preview, and a file of another reading has no such part."""
    assert known.members
    file_id = await read_in(storage, SUCCESSOR)
    for account in (CHAIR, known.coordinator("Assen")):
        with pytest.raises(NotAllowed):
            await take_over(storage, file_id, by=account)
        with pytest.raises(NotAllowed):
            await storage.write(register.turn_page, account, file_id, ImportPart.CHANGES, 0, None)
    with pytest.raises(Gone):
        await take_over(storage, file_id, ImportPart.ELECTIONS, mark=0)
    with pytest.raises(Gone):
        await storage.write(register.turn_page, OFFICE, file_id, ImportPart.ELECTIONS, 0, None)
    with pytest.raises(Gone):
        await take_over(storage, 999, mark=0)


async def test_nothing_is_shown_to_who_left_the_secretariat(storage: Storage, known: Register) -> None:
    """A preview that waits to be sent is not sent to somebody who may not see it any more."""
    file_id = await read_in(storage, SUCCESSOR)

    async def end(unit: Unit) -> None:
        await unit.people.end_role(known.people["Regiebureau"], RoleHeld(Role.SECRETARIAT))

    office = await person(storage, "Regiebureau")
    await storage.write(end)
    ref = RegisterPreviewRef(file_id, office.person.id, ImportPart.CHANGES, 0)
    assert await storage.read(register.load_preview, ref) is None


async def test_a_refused_file_is_not_kept(storage: Storage, known: Register) -> None:
    """What cannot be read is told to its sender, and its bytes do not stay."""
    assert known.members
    await storage.write(members.open_list, OFFICE)
    await sends(storage, OFFICE, "leden.xlsm")
    (file,) = await storage.read(wanted, 10)
    await storage.write(refuse_content, file.id, FileRefused("macros"))
    await storage.write(refuse_content, file.id, FileRefused("macros"))
    assert (await screens(storage, OFFICE))[-2:] == ["FileReceived", "FileRefused"]
    assert await storage.read(lambda unit: unit.files.content(file.id)) is None


async def test_a_large_file_is_not_even_fetched(storage: Storage, known: Register) -> None:
    """What Telegram announces as too large is refused at once."""
    assert known.members
    await storage.write(members.open_list, OFFICE)
    with pytest.raises(FileRefused) as refused:
        await sends(storage, OFFICE, "leden.xlsx", size=2_000_001)
    assert (refused.value.reason, refused.value.detail) == ("size", "2")


async def test_a_vote_that_is_open_goes_first(storage: Storage, clock: TurnableClock) -> None:
    """While a vote is open its electorate is frozen; a file has to wait."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen")
    motion = await evening.put_to_vote()
    file_id = await read_in(storage, SUCCESSOR)
    with pytest.raises(MotionOpen):
        await take_over(storage, file_id)
    await evening.end_vote(motion)
    assert await take_over(storage, file_id) is None


async def test_elections(storage: Storage, clock: TurnableClock) -> None:
    """Collegewissel: who leaves and who comes is shown by member, with the proxies, and happens at once."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen", "Raalte")
    given, held = await evening.granted("Assen", "Emmen"), await evening.granted("Deventer", "Raalte")
    file_id = await read_in(storage, SUCCESSOR, "Raalte;raalte;;;;;opvolger Raalte;;vertegenwoordiger;", elections=True)
    shown = await previewed(storage, file_id, ImportPart.ELECTIONS)
    assert [(line.member, line.kind, line.name) for line in shown.lines] == [
        ("Assen", ChangeKind.ROLES_GAINED, "opvolger Assen"),
        ("Assen", ChangeKind.ROLES_ENDED, "portefeuillehouder Assen"),
        ("Assen", ChangeKind.PROXY_STAYS, "portefeuillehouder Emmen (Emmen)"),
        ("Deventer", ChangeKind.PROXY_LAPSES, "portefeuillehouder Raalte (Raalte)"),
        ("Raalte", ChangeKind.ROLES_GAINED, "opvolger Raalte"),
        ("Raalte", ChangeKind.ROLES_ENDED, "portefeuillehouder Raalte"),
    ]
    assert await take_over(storage, file_id, ImportPart.ELECTIONS) is None
    assert (await person(storage, "portefeuillehouder Assen")).roles == ()
    assert (await person(storage, "coördinator Assen")).roles
    assert (await person(storage, "opvolger Assen")).has(Role.REPRESENTATIVE, evening.register.members["Assen"])
    assert (await evening.proxy(given)).state is ProxyState.ACCEPTED
    assert (await evening.proxy(held)).state is ProxyState.LAPSED
    for account in (evening.register.representative("Deventer"), evening.register.representative("Raalte")):
        news = [facts["event"] for name, facts in await queued(storage, account) if name == "ProxyNews"]
        assert news[-1] == "holder_ended"
    applied = [facts for name, facts in await queued(storage, OFFICE) if name == "RegisterApplied"][-1]
    assert (applied["ended"], applied["unregistered"]) == (2, 2)


async def test_elections_end_before_the_proxy_is_missed(storage: Storage, clock: TurnableClock) -> None:
    """Who left cannot accept or carry what it was offered, and the member can choose another holder with one tap."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    offered = await evening.grant("Deventer", "Assen")
    await take_over(storage, await read_in(storage, SUCCESSOR, elections=True), ImportPart.ELECTIONS)
    assert (await evening.proxy(offered)).state is ProxyState.LAPSED
    with pytest.raises(NotAllowed):
        await evening.act(granting.accept_proxy, representative("Assen"), offered, None)
    news = [
        facts
        for name, facts in await queued(storage, evening.register.representative("Deventer"))
        if name == "ProxyNews"
    ]
    assert news[-1]["replacing"]["member_id"] == evening.register.members["Deventer"]


async def test_the_past_keeps_its_people(storage: Storage, clock: TurnableClock) -> None:
    """The attendance list of an assembly that is closed stays as it was, whoever came and left since."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await evening.granted("Deventer", "Assen")
    await evening.arrive("Assen", "Emmen")
    await evening.leave("Emmen")
    await evening.close()
    ref = load_ref(evening)
    before = await storage.read(load_attendance, ref)
    clock.turn(timedelta(days=1))
    file_id = await read_in(storage, SUCCESSOR, "Emmen;emmen;;;;;opvolger Emmen;;vertegenwoordiger;", elections=True)
    await take_over(storage, file_id, ImportPart.ELECTIONS)
    assert before is not None
    assert before.present
    assert before.represented
    assert await storage.read(load_attendance, ref) == before


async def test_a_proxy_that_lapsed_before_the_end_carried_nothing(storage: Storage, clock: TurnableClock) -> None:
    """The attendance list of a closed assembly shows only proxies that held until it closed."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.granted("Deventer", "Assen")
    await evening.arrive("Assen")
    await take_over(storage, await read_in(storage, SUCCESSOR, elections=True), ImportPart.ELECTIONS)
    clock.turn(timedelta(minutes=5))
    await evening.close()
    listed = await storage.read(load_attendance, load_ref(evening))
    assert listed is not None
    assert listed.represented == ()


def load_ref(evening: Evening) -> AttendanceRef:
    """Return the reference of the evening's attendance list."""
    return AttendanceRef(evening.meeting.id)
