"""Registering by one-time links."""

from datetime import timedelta

import pytest

from assembly.errors import Gone, LinkExpired, LinkUsed
from assembly.members import Acting, Member, Person, Role, RoleHeld
from services.registration import (
    LOCK_TIME,
    MAXIMUM_FAILURES,
    confirm_registration,
    deny_registration,
    first_secretariat,
    make_link,
    open_link,
    token_hash,
)
from storage.engine import Storage
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens

ANNA, EVE, OFFICE = 1001, 6666, 9000


async def link_for(unit: Unit, name: str = "Portefeuillehouder Assen") -> str:
    """Put a representative of Assen in the register and make a link for it."""
    member_id = await unit.members.save(Member(0, f"code-{name}", "Assen"))
    person_id = await unit.people.save(Person(0, name, "wethouder"))
    await unit.people.grant_role(person_id, RoleHeld(Role.REPRESENTATIVE, member_id))
    return await make_link(unit, person_id)


async def acting(storage: Storage, telegram_id: int) -> Acting | None:
    """Return who the account is."""
    return await storage.read(lambda unit: unit.people.acting(telegram_id))


async def question_link(storage: Storage, telegram_id: int) -> int:
    """Return the link id in the last question that the account was asked."""
    asked = [facts for name, facts in await queued(storage, telegram_id) if name == "RegistrationQuestion"]
    return int(asked[-1]["link_id"])


async def test_link_binds_the_account(storage: Storage) -> None:
    """Who shows the link and says yes is registered, with commands and a menu."""
    token = await storage.write(link_for)
    await storage.write(open_link, ANNA, token)
    await storage.write(confirm_registration, ANNA, await question_link(storage, ANNA), None)
    assert await screens(storage, ANNA) == ["RegistrationQuestion", "Registered", "Commands", "Menu"]
    found = await acting(storage, ANNA)
    assert found is not None
    assert found.person.name == "Portefeuillehouder Assen"


async def test_only_the_hash_is_kept(storage: Storage) -> None:
    """The token itself stands nowhere in the database; it has at least 128 random bits."""
    token = await storage.write(link_for)
    assert len(token) >= 22
    link = await storage.read(lambda unit: unit.links.by_hash(token_hash(token)))
    assert link is not None
    assert token not in repr(link)


async def test_question_is_not_proof(storage: Storage) -> None:
    """Who presses yes for a link that it never showed is refused, whatever the button data says."""
    token = await storage.write(link_for)
    await storage.write(open_link, ANNA, token)
    link_id = await question_link(storage, ANNA)
    with pytest.raises(Gone):
        await storage.write(confirm_registration, EVE, link_id, None)
    assert await acting(storage, EVE) is None


async def test_link_works_once(storage: Storage) -> None:
    """A used link registers nobody else, and pressing yes again changes nothing."""
    token = await storage.write(link_for)
    await storage.write(open_link, ANNA, token)
    link_id = await question_link(storage, ANNA)
    await storage.write(confirm_registration, ANNA, link_id, None)
    await storage.write(open_link, EVE, token)
    assert await screens(storage, EVE) == ["LinkUsed"]
    with pytest.raises(LinkUsed):
        await storage.write(confirm_registration, ANNA, link_id, None)


async def test_two_accounts_race_for_one_link(storage: Storage) -> None:
    """When two accounts show the same link, only the later one can confirm it."""
    token = await storage.write(link_for)
    await storage.write(open_link, ANNA, token)
    await storage.write(open_link, EVE, token)
    with pytest.raises(Gone):
        await storage.write(confirm_registration, ANNA, await question_link(storage, ANNA), None)
    await storage.write(confirm_registration, EVE, await question_link(storage, EVE), None)
    assert await acting(storage, ANNA) is None


async def test_new_link_replaces_the_old(storage: Storage) -> None:
    """A newer link revokes the earlier one of the same person."""
    token = await storage.write(link_for)
    person = (await storage.read(lambda unit: unit.people.all()))[0].person
    await storage.write(make_link, person.id)
    await storage.write(open_link, ANNA, token)
    assert await screens(storage, ANNA) == ["LinkUsed"]


async def test_link_expires(storage: Storage, clock: TurnableClock) -> None:
    """A link works until its last moment and no longer, also between showing and confirming it."""
    token = await storage.write(link_for)
    await storage.write(open_link, ANNA, token)
    link_id = await question_link(storage, ANNA)
    clock.turn(timedelta(days=storage.association.link_days))
    await storage.write(open_link, EVE, token)
    assert await screens(storage, EVE) == ["LinkExpired"]
    with pytest.raises(LinkExpired):
        await storage.write(confirm_registration, ANNA, link_id, None)


async def test_guessing_locks_the_account_out(storage: Storage, clock: TurnableClock) -> None:
    """After five wrong links even the right one is refused for a while, and then it works."""
    token = await storage.write(link_for)
    for _ in range(MAXIMUM_FAILURES):
        await storage.write(open_link, ANNA, "guess")
    await storage.write(open_link, ANNA, token)
    assert await screens(storage, ANNA) == ["LinkUnknown"] * (MAXIMUM_FAILURES - 1) + ["LockedOut"] * 2
    clock.turn(LOCK_TIME)
    await storage.write(open_link, ANNA, token)
    assert (await screens(storage, ANNA))[-1] == "RegistrationQuestion"


async def test_tries_are_counted_anew_after_a_lock(storage: Storage, clock: TurnableClock) -> None:
    """A lock that is over gives five new tries, not one."""
    for _ in range(MAXIMUM_FAILURES):
        await storage.write(open_link, ANNA, "guess")
    clock.turn(LOCK_TIME)
    await storage.write(open_link, ANNA, "guess")
    assert (await queued(storage, ANNA))[-1] == ("LinkUnknown", {"tries_left": MAXIMUM_FAILURES - 1})


async def test_wrong_person_says_no(storage: Storage) -> None:
    """Who says no is not registered, the secretariat hears of it, and the link still works for the right person."""
    office_token = await storage.write(first_secretariat, "Regiebureau")
    await storage.write(open_link, OFFICE, office_token)
    await storage.write(confirm_registration, OFFICE, await question_link(storage, OFFICE), None)
    token = await storage.write(link_for)
    await storage.write(open_link, EVE, token)
    await storage.write(deny_registration, EVE, await question_link(storage, EVE), None)
    assert (await screens(storage, EVE))[-1] == "RegistrationDenied"
    assert (await screens(storage, OFFICE))[-1] == "RegistrationMistake"
    assert await acting(storage, EVE) is None
    await storage.write(open_link, ANNA, token)
    await storage.write(confirm_registration, ANNA, await question_link(storage, ANNA), None)
    assert await acting(storage, ANNA) is not None


async def test_one_account_is_one_person(storage: Storage) -> None:
    """An account that is bound already cannot become a second person."""
    for name in ("Portefeuillehouder Assen", "Portefeuillehouder Emmen"):
        await storage.write(open_link, ANNA, await storage.write(link_for, name))
        if name.endswith("Assen"):
            await storage.write(confirm_registration, ANNA, await question_link(storage, ANNA), None)
    assert (await screens(storage, ANNA))[-1] == "AccountInUse"
