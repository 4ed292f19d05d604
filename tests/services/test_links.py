"""Registration links for those who are not registered, and the overview of who is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assembly import errors
from assembly.access import LinkForm, Registration
from assembly.facts.register import RegistrationLetters, RegistrationLinks, RegistrationLinksRef
from assembly.members import Role, RoleHeld
from services.blocking import block_phone
from services.links import ask_links, load_links, make_letter, make_links, make_personal_link, revoke_link
from services.my_data import show_my_data
from services.people import ask_person, show_person, show_registrations
from services.registration import make_link, open_link
from services.texts import receive_text
from storage.engine import Storage
from storage.tables import metadata
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, Register, add_person, filled

PEOPLE = ("burgemeester Assen", "tweede coördinator", "wethouder")


async def waiting(storage: Storage) -> tuple[Register, list[int]]:
    """Fill a register with three people who are not registered."""
    register = await filled(storage, "Assen")
    held = RoleHeld(Role.SIGNATORY, register.members["Assen"])
    return register, [await storage.write(add_person, name, None, held) for name in PEOPLE]


async def last(storage: Storage, account: int = OFFICE) -> dict[str, Any]:
    """Return the facts that were queued last for an account."""
    return (await queued(storage, account))[-1][1]


def ref(register: Register, form: LinkForm = LinkForm.FILE, **more: Any) -> RegistrationLinksRef:  # noqa: ANN401 - fields
    """Return what the secretariat asks the sender to make."""
    return RegistrationLinksRef(register.people["Regiebureau"], form, **more)


async def test_new_links_can_spare_the_valid_ones(storage: Storage, clock: TurnableClock) -> None:
    """By choice everybody gets a new link, or only who has none that works; expired counts as none."""
    register, (mayor, second, _third) = await waiting(storage)
    await storage.write(make_link, mayor)
    clock.turn(timedelta(days=storage.association.link_days))
    valid = await storage.write(make_link, second)
    await storage.write(ask_links, OFFICE)
    assert await last(storage) == {"unregistered": 3, "valid": 1}
    await storage.write(make_links, OFFICE, LinkForm.FILE, renew=False)
    made = await storage.write(load_links, ref(register, renew=False))
    assert isinstance(made, RegistrationLinks)
    assert [link.name for link in made.links] == [PEOPLE[0], PEOPLE[2]]
    assert await storage.write(load_links, ref(register, renew=False)) is None
    await storage.write(open_link, 7777, valid)
    assert await screens(storage, 7777) == ["RegistrationQuestion"]
    await storage.write(load_links, ref(register))
    await storage.write(open_link, 7778, valid)
    assert await screens(storage, 7778) == ["LinkUsed"]


async def test_letters_hold_what_the_file_holds(storage: Storage) -> None:
    """The same people, with name, function and member; each token opens its own person's registration."""
    register, ids = await waiting(storage)
    letters = await storage.write(load_links, ref(register, LinkForm.LETTERS))
    assert isinstance(letters, RegistrationLetters)
    assert [(link.name, link.member) for link in letters.links] == [(name, "Assen") for name in PEOPLE]
    assert letters.until - letters.at == timedelta(days=storage.association.link_days)
    one = await storage.write(load_links, ref(register, LinkForm.LETTERS, person_id=ids[1]))
    assert isinstance(one, RegistrationLetters)
    assert [link.name for link in one.links] == [PEOPLE[1]]


async def test_no_token_rests_in_the_database(storage: Storage) -> None:
    """What waits in the outbox only refers; the token is made while sending, and only its hash is stored."""
    register, ids = await waiting(storage)
    await storage.write(make_links, OFFICE, LinkForm.LETTERS, renew=True)
    await storage.write(make_letter, OFFICE, ids[0])
    await storage.write(make_personal_link, OFFICE, ids[1])
    made = await storage.write(load_links, ref(register))
    assert isinstance(made, RegistrationLinks)

    async def everything(unit: Unit) -> str:
        rows = [await unit.connection.execute(select(table)) for table in metadata.sorted_tables]
        return repr([tuple(row) for found in rows for row in found])

    kept = await storage.read(everything)
    assert all(link.token not in kept for link in made.links)


async def test_who_left_the_secretariat_gets_no_links(storage: Storage) -> None:
    """Links that were asked for are not made any more once the role is gone, or the phone blocked."""
    await waiting(storage)
    colleague = await storage.write(add_person, "Collega", 9100, RoleHeld(Role.SECRETARIAT))
    asked = RegistrationLinksRef(colleague, LinkForm.FILE)
    assert await storage.write(load_links, asked) is not None
    await storage.write(block_phone, OFFICE, colleague, None)
    assert await storage.write(load_links, asked) is None


async def test_a_blocked_phone_comes_back_one_by_one(storage: Storage) -> None:
    """A batch of links passes over whose phone was blocked; a link for that person alone lets it in."""
    register, _ids = await waiting(storage)
    blocked = register.people["portefeuillehouder Assen"]
    await storage.write(block_phone, OFFICE, blocked, None)
    made = await storage.write(load_links, ref(register))
    assert isinstance(made, RegistrationLinks)
    assert "portefeuillehouder Assen" not in [link.name for link in made.links]
    assert await storage.write(load_links, ref(register, person_id=blocked)) is not None


async def test_a_link_is_revoked(storage: Storage) -> None:
    """A revoked link opens nothing; there is nothing to revoke twice, nor of somebody registered."""
    register, (mayor, *_rest) = await waiting(storage)
    token = await storage.write(make_link, mayor)
    await storage.write(revoke_link, OFFICE, mayor, None)
    await storage.write(open_link, 7777, token)
    assert await screens(storage, 7777) == ["LinkUsed"]
    with pytest.raises(errors.Gone):
        await storage.write(revoke_link, OFFICE, mayor, None)
    with pytest.raises(errors.AccountInUse):
        await storage.write(revoke_link, OFFICE, register.people["portefeuillehouder Assen"], None)
    with pytest.raises(errors.NotAllowed):
        await storage.write(revoke_link, CHAIR, mayor, None)


async def test_the_overview_counts_everybody_once(storage: Storage, clock: TurnableClock) -> None:
    """Registered, with a link that works or expired, without one, or blocked."""
    register, (mayor, second, _third) = await waiting(storage)
    await storage.write(make_link, mayor)
    clock.turn(timedelta(days=storage.association.link_days))
    await storage.write(make_link, second)
    await storage.write(block_phone, OFFICE, register.people["portefeuillehouder Assen"], None)
    await storage.write(show_registrations, OFFICE, Registration.BLOCKED, 5, None)
    shown = await last(storage)
    assert dict(shown["counts"]) == {
        "registered": 4,
        "link_valid": 1,
        "link_expired": 1,
        "no_link": 1,
        "blocked": 1,
    }
    assert [person["name"] for person in shown["people"]] == ["portefeuillehouder Assen"]
    await storage.write(block_phone, OFFICE, register.people["Voorzitter"], None)


async def test_an_empty_page_shows_who_needs_attention(storage: Storage) -> None:
    """Where nobody is in the state that was asked for, the first state with anybody is shown."""
    await filled(storage, "Assen")
    await storage.write(show_registrations, OFFICE, Registration.NO_LINK, 0, None)
    assert (await last(storage))["shown"] == "registered"


async def test_people_are_found_by_name_function_or_member(storage: Storage) -> None:
    """A part of a word is enough, in capitals or not."""
    register, _ids = await waiting(storage)
    for typed, count in (("ASSEN", 5), ("burgem", 1), ("voorzitter", 1), ("niemand", 0)):
        await storage.write(ask_person, OFFICE)
        await storage.write(receive_text, OFFICE, typed)
        assert (await last(storage))["found"] == count, typed
    await storage.write(show_person, OFFICE, register.people["Voorzitter"], None)
    assert (await last(storage))["second_factor"] is False


async def test_everybody_reads_its_own_data(storage: Storage) -> None:
    """Who has no role any more still reads what is kept; a stranger has nothing."""
    register = await filled(storage, "Assen")
    person = register.people["portefeuillehouder Assen"]
    held = RoleHeld(Role.REPRESENTATIVE, register.members["Assen"])
    await storage.write(lambda unit: unit.people.end_role(person, held))
    await storage.write(show_my_data, register.representative("Assen"))
    shown = await last(storage, register.representative("Assen"))
    assert (shown["name"], shown["roles"], shown["ballots"]) == ("portefeuillehouder Assen", [], 0)
    with pytest.raises(errors.NotRegistered):
        await storage.write(show_my_data, 6666)
