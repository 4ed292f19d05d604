"""Strangers who ask for access, and the secretariat that decides."""

from datetime import timedelta

import pytest

from assembly import errors
from assembly.access import MAXIMUM_WAITING, RequestState
from assembly.facts.requests import RequestCard, RequestCardRef
from assembly.members import Role, RoleHeld
from services.blocking import block_phone
from services.decisions import (
    approve_as_known,
    approve_as_new,
    ask_reason,
    load_request_card,
    refuse_request,
    show_request,
    show_requests,
)
from services.menus import cancel
from services.requests import begin_request, choose_member, restart_request, send_request, withdraw_request
from services.texts import receive_text
from storage.engine import Storage
from storage.requests import AccessRequest
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, STRANGER, Register, add_person, filled


async def says(storage: Storage, text: str, account: int = STRANGER) -> str:
    """Let a stranger type something; return the screen that answers."""
    await storage.write(receive_text, account, text)
    return (await screens(storage, account))[-1]


async def filled_in(storage: Storage, member_id: int, account: int = STRANGER, name: str = "Nieuwe Assen") -> None:
    """Let a stranger fill a request in."""
    await storage.write(begin_request, account, "Piet @piet")
    await says(storage, name, account)
    await says(storage, "wethouder", account)
    await storage.write(choose_member, account, member_id)


async def asked(storage: Storage, register: Register, account: int = STRANGER, name: str = "Nieuwe Assen") -> int:
    """Let a stranger ask for access for Assen; return the request's id."""
    await filled_in(storage, register.members["Assen"], account, name)
    await storage.write(send_request, account, None)
    return (await live(storage, account)).id


async def live(storage: Storage, account: int = STRANGER) -> AccessRequest:
    """Return the request that an account has under way."""

    async def load(unit: Unit) -> AccessRequest | None:
        return await unit.requests.live(account)

    request = await storage.write(load)
    assert request is not None
    return request


async def card(storage: Storage, register: Register, request_id: int) -> RequestCard:
    """Return a request as the secretariat sees it."""
    shown = await storage.read(load_request_card, RequestCardRef(request_id, register.people["Regiebureau"]))
    assert shown is not None
    return shown


async def test_a_request_is_filled_in_step_by_step(storage: Storage) -> None:
    """Name, function, member by search; then it is shown, can be begun anew, and is sent once."""
    register = await filled(storage, "Assen", "Deventer")
    await storage.write(begin_request, STRANGER, "Piet")
    assert await says(storage, "Piet  Jansen\u202e") == "RequestFunctionAsked"
    assert await says(storage, "wethouder") == "RequestMemberAsked"
    for typed, found in (("a", 0), ("ss", 1), ("E", 0), ("de", 1), ("utrecht", 0)):
        await says(storage, typed)
        assert len((await queued(storage, STRANGER))[-1][1]["found"]) == found, typed
    with pytest.raises(errors.Gone):
        await storage.write(choose_member, STRANGER, 999)
    await storage.write(choose_member, STRANGER, register.members["Deventer"])
    assert (await queued(storage, STRANGER))[-1] == (
        "RequestCheck",
        {"name": "Piet Jansen", "function": "wethouder", "member": "Deventer"},
    )
    await storage.write(restart_request, STRANGER)
    assert (await screens(storage, STRANGER))[-1] == "RequestNameAsked"
    await filled_in(storage, 0)
    await storage.write(send_request, STRANGER, None)
    assert (await screens(storage, STRANGER))[-1] == "RequestSent"
    with pytest.raises(errors.Gone):
        await storage.write(send_request, STRANGER, None)
    assert (await screens(storage, OFFICE)).count("RequestCardRef") == 1


async def test_one_request_at_a_time(storage: Storage) -> None:
    """Asking again repeats the question at hand; who is registered gets its menu, who is blocked a refusal."""
    register = await filled(storage, "Assen")
    request_id = await asked(storage, register)
    await storage.write(begin_request, STRANGER, "Piet")
    assert (await live(storage)).id == request_id
    assert (await screens(storage, STRANGER))[-1] == "RequestSent"
    await storage.write(begin_request, register.representative("Assen"), "Anna")
    assert (await screens(storage, register.representative("Assen")))[-1] == "Menu"
    await storage.write(block_phone, OFFICE, register.people["portefeuillehouder Assen"], None)
    with pytest.raises(errors.AccountBlocked):
        await storage.write(begin_request, register.representative("Assen"), "Anna")


async def test_a_request_can_be_let_go(storage: Storage) -> None:
    """By its button or by /annuleren, until it is sent; afterwards it is the secretariat's."""
    register = await filled(storage, "Assen")
    await storage.write(begin_request, STRANGER, "Piet")
    await storage.write(withdraw_request, STRANGER, None)
    assert (await screens(storage, STRANGER))[-1] == "RequestWithdrawn"
    assert await says(storage, "Piet") == "Stranger"
    await storage.write(begin_request, STRANGER, "Piet")
    await storage.write(cancel, STRANGER)
    assert (await queued(storage, STRANGER))[-1] == ("Cancelled", {"anything": True})
    await asked(storage, register)
    with pytest.raises(errors.Gone):
        await storage.write(withdraw_request, STRANGER, None)


async def test_requests_cannot_bury_the_secretariat(storage: Storage, clock: TurnableClock) -> None:
    """A full waiting room takes no more, and neither does an account that asks too often or was refused."""
    register = await filled(storage, "Assen")
    for number in range(MAXIMUM_WAITING - 1):
        await asked(storage, register, 7000 + number)
    await filled_in(storage, register.members["Assen"])
    last = await asked(storage, register, 8000)
    with pytest.raises(errors.RequestsFull):
        await storage.write(send_request, STRANGER, None)
    with pytest.raises(errors.RequestsFull):
        await storage.write(begin_request, 8001, "")
    await storage.write(refuse_request, OFFICE, last)
    await storage.write(send_request, STRANGER, None)
    with pytest.raises(errors.RequestTooSoon):
        await storage.write(begin_request, 8000, "")
    clock.turn(timedelta(hours=24))
    await storage.write(refuse_request, OFFICE, (await live(storage)).id)
    await storage.write(begin_request, 8000, "")


async def test_the_secretariat_lets_in_a_new_person(storage: Storage) -> None:
    """With the role that was chosen, for the member that was asked for, with menu and all."""
    register = await filled(storage, "Assen")
    request_id = await asked(storage, register)
    await storage.write(show_requests, OFFICE)
    assert (await queued(storage, OFFICE))[-1][1]["requests"] == [[request_id, "Nieuwe Assen", "Assen"]]
    await storage.write(show_request, OFFICE, request_id)
    shown = await card(storage, register, request_id)
    assert (shown.telegram_name, shown.decided) == ("Piet @piet", None)
    assert set(shown.roles) == {Role.REPRESENTATIVE, Role.COORDINATOR, Role.SIGNATORY}
    for role in (Role.SECRETARIAT, Role.CHAIR, Role.OBSERVER):
        with pytest.raises(errors.NotAllowed):
            await storage.write(approve_as_new, OFFICE, request_id, role)
    with pytest.raises(errors.NotAllowed):
        await storage.write(approve_as_new, CHAIR, request_id, Role.COORDINATOR)
    await storage.write(approve_as_new, OFFICE, request_id, Role.COORDINATOR)
    acting = await storage.read(lambda unit: unit.people.acting(STRANGER))
    assert acting is not None
    assert acting.roles == (RoleHeld(Role.COORDINATOR, register.members["Assen"]),)
    assert (await screens(storage, STRANGER))[-3:] == ["Registered", "Commands", "Menu"]
    assert (await card(storage, register, request_id)).decided == ("Regiebureau", True)


async def test_the_secretariat_knows_who_it_is(storage: Storage) -> None:
    """Somebody of the register who is not registered is bound; its link ends; a registered person cannot be taken."""
    register = await filled(storage, "Assen")
    held = RoleHeld(Role.SIGNATORY, register.members["Assen"])
    mayor = await storage.write(add_person, "burgemeester Assen", None, held)
    twin = await storage.write(add_person, "nieuwe assen", None, RoleHeld(Role.OBSERVER))
    request_id = await asked(storage, register)
    candidates = (await card(storage, register, request_id)).candidates
    assert [person_id for person_id, _name, _function in candidates] == [twin, mayor]
    with pytest.raises(errors.AccountInUse):
        await storage.write(approve_as_known, OFFICE, request_id, register.people["portefeuillehouder Assen"])
    await storage.write(approve_as_known, OFFICE, request_id, mayor)
    acting = await storage.read(lambda unit: unit.people.acting(STRANGER))
    assert acting is not None
    assert acting.person.id == mayor


async def test_a_request_is_decided_once(storage: Storage) -> None:
    """The second of two secretaries hears who decided before."""
    register = await filled(storage, "Assen")
    await storage.write(add_person, "Collega", 9100, RoleHeld(Role.SECRETARIAT))
    request_id = await asked(storage, register)
    await storage.write(ask_reason, OFFICE, request_id)
    await storage.write(receive_text, OFFICE, "Onbekend")
    assert (await queued(storage, STRANGER))[-1] == ("RequestRefused", {"reason": "Onbekend"})
    for decide in (
        storage.write(approve_as_new, 9100, request_id, Role.COORDINATOR),
        storage.write(refuse_request, 9100, request_id),
    ):
        with pytest.raises(errors.RequestDecided) as refused:
            await decide
        assert refused.value.name == "Regiebureau"
    assert (await card(storage, register, request_id)).decided == ("Regiebureau", False)
    with pytest.raises(errors.Gone):
        await storage.write(refuse_request, OFFICE, 999)


async def test_who_left_the_secretariat_sees_no_request(storage: Storage) -> None:
    """A request that stands in an old chat is not drawn again for somebody without the role."""
    register = await filled(storage, "Assen")
    request_id = await asked(storage, register)
    left = RequestCardRef(request_id, register.people["Voorzitter"])
    assert await storage.read(load_request_card, left) is None


async def test_a_link_that_came_meanwhile_counts(storage: Storage) -> None:
    """Who registered by its letter while the request waited is not registered a second time."""
    register = await filled(storage, "Assen")
    request_id = await asked(storage, register)
    held = RoleHeld(Role.OBSERVER)
    await storage.write(add_person, "al binnen", STRANGER, held)
    with pytest.raises(errors.AccountInUse):
        await storage.write(approve_as_new, OFFICE, request_id, Role.COORDINATOR)
    assert (await live(storage)).state is RequestState.OPEN
