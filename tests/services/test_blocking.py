"""Blocking a phone that is lost or in other hands, and coming back."""

import pytest
from sqlalchemy import select

from assembly import errors
from assembly.facts.attendance import AttendanceRef
from assembly.members import Role, RoleHeld
from services.attendance_list import list_key, redraw_attendance, show_attendance
from services.blocking import BLOCKED, ask_block, block_phone
from services.menus import cancel, show_menu
from services.registration import confirm_registration, make_link, open_link
from services.texts import receive_text
from storage.engine import Storage
from storage.tables import SendState, outbox
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, add_person, filled
from tests.support.sitting import open_evening, representative

NEW_PHONE = 7777


async def link_id(storage: Storage, account: int) -> int:
    """Return the link in the last question that the account was asked."""
    asked = [facts for name, facts in await queued(storage, account) if name == "RegistrationQuestion"]
    return int(asked[-1]["link_id"])


async def test_who_may_block_whom(storage: Storage) -> None:
    """A colleague of the same member and the secretariat may; others, oneself, and the chair may not."""
    register = await filled(storage, "Assen", "Deventer")
    person = register.people["portefeuillehouder Assen"]
    for account in (register.coordinator("Deventer"), register.representative("Assen")):
        with pytest.raises(errors.NotTheirs):
            await storage.write(block_phone, account, person, None)
    for account in (CHAIR, OBSERVER):
        with pytest.raises(errors.NotAllowed):
            await storage.write(block_phone, account, person, None)
    with pytest.raises(errors.NotTheirs):
        await storage.write(block_phone, register.coordinator("Assen"), register.people["Voorzitter"], None)
    with pytest.raises(errors.Gone):
        await storage.write(block_phone, OFFICE, 999, None)
    await storage.write(ask_block, register.coordinator("Assen"), person, 7)
    assert (await queued(storage, register.coordinator("Assen")))[-1][0] == "BlockQuestion"
    await storage.write(block_phone, register.coordinator("Assen"), person, 7)
    with pytest.raises(errors.NothingToBlock):
        await storage.write(block_phone, OFFICE, person, None)
    await storage.write(block_phone, OFFICE, register.people["Voorzitter"], None)


async def test_nothing_reaches_a_blocked_phone(storage: Storage, clock: TurnableClock) -> None:
    """What waits is given up, what is on its way claims no place, and no screen is drawn there any more."""
    evening = await open_evening(storage, clock, "Assen")
    account = evening.register.representative("Assen")
    meeting_id = evening.meeting.id
    await storage.write(show_attendance, account, meeting_id)

    async def send_one(unit: Unit) -> None:
        rows = await unit.outbox.claim(1, (), 0.0, 60.0)
        assert rows

    await storage.write(send_one)
    person = evening.register.people[representative("Assen")]
    await storage.write(block_phone, OFFICE, person, None)

    async def states(unit: Unit) -> list[tuple[str, SendState, str | None]]:
        query = select(outbox.c.screen, outbox.c.state, outbox.c.error).where(outbox.c.chat_id == account)
        return [
            (row.screen, row.state, row.error) for row in await unit.connection.execute(query.order_by(outbox.c.id))
        ]

    *before, last = await storage.read(states)
    assert before
    assert all((state, error) == (SendState.FAILED, BLOCKED) for _screen, state, error in before)
    assert last == ("Commands", SendState.QUEUED, None)
    await storage.write(redraw_attendance, meeting_id)
    assert account not in await storage.read(lambda unit: unit.outbox.watching(list_key(meeting_id)))
    assert (await storage.read(states))[-1] == last
    assert AttendanceRef.__name__ in {screen for screen, _state, _error in before}


async def test_a_blocked_account_gets_nowhere(storage: Storage) -> None:
    """Whatever it presses or writes is refused, and no link that was made before lets it in, its own or another's."""
    register = await filled(storage, "Assen")
    person, account = register.people["portefeuillehouder Assen"], register.representative("Assen")
    other = await storage.write(
        add_person, "tweede portefeuillehouder", None, RoleHeld(Role.REPRESENTATIVE, register.members["Assen"])
    )
    others_token, old_token = await storage.write(make_link, other), await storage.write(make_link, person)
    await storage.write(block_phone, OFFICE, person, None)
    for service, *arguments in ((show_menu,), (cancel,), (receive_text, "hallo")):
        with pytest.raises(errors.AccountBlocked):
            await storage.write(service, account, *arguments)
    for token, answer in ((others_token, "AccountBlocked"), (old_token, "LinkUsed")):
        await storage.write(open_link, account, token)
        assert (await screens(storage, account))[-1] == answer
    assert await storage.read(lambda unit: unit.people.acting(account)) is None


async def test_a_new_link_lets_the_owner_in_again(storage: Storage) -> None:
    """With a new link the same account or another one comes back; an account left behind stays blocked."""
    register = await filled(storage, "Assen")
    person, account = register.people["portefeuillehouder Assen"], register.representative("Assen")
    for phone in (account, NEW_PHONE):
        await storage.write(block_phone, OFFICE, person, None)
        await storage.write(open_link, phone, await storage.write(make_link, person))
        await storage.write(confirm_registration, phone, await link_id(storage, phone), None)
        found = await storage.read(lambda unit, phone=phone: unit.people.acting(phone))
        assert found is not None
        assert found.person.id == person
    with pytest.raises(errors.AccountBlocked):
        await storage.write(show_menu, account)


async def test_the_secretariat_hears_who_blocked(storage: Storage) -> None:
    """The others of the secretariat are told, and the journal knows."""
    register = await filled(storage, "Assen")
    person = register.people["portefeuillehouder Assen"]
    await storage.write(block_phone, register.coordinator("Assen"), person, None)
    news = (await queued(storage, OFFICE))[-1][1]
    assert (news["event"], news["actor"], news["person_id"]) == ("blocked", "coördinator Assen", person)
    assert (await queued(storage, register.coordinator("Assen")))[-1][0] == "PhoneBlocked"
