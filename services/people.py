"""The people in the register as the secretariat sees them: who is registered, who is found, and one by one."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.access import Registration
from assembly.facts.people import PeopleFound, PersonExpected, PersonShown, RegistrationOverview
from assembly.members import Acting
from assembly.permissions import Act
from assembly.wording import written_line
from services.access import permit, require
from services.colleagues import end_preview, tell_ended
from services.person_cards import show_card, shown
from services.roles import check_office_remains, end_roles
from services.telling import tell, turn
from storage.unit import Unit

STEP = "find_person"
SEARCH_LIMIT = 100
"""UTF-16 units in which to search."""

PAGE_SIZE = 10
_BY_NEED = (
    Registration.BLOCKED,
    Registration.NO_LINK,
    Registration.LINK_EXPIRED,
    Registration.LINK_VALID,
    Registration.REGISTERED,
)
"""States on the way in, most in need of help first."""

KEY = "registrations"
"""The key under which the overview is leafed through."""


async def show_registrations(
    unit: Unit, telegram_id: int, state: Registration, page: int, message_id: int | None
) -> None:
    """Show how many people stand where on the way in, and who is in ``state``; where nobody is, who needs help most."""
    acting = await require(unit, telegram_id, Act.SEE_PEOPLE)
    everybody = await _everybody(unit)
    if all(person.registration is not state for person in everybody):
        state = next(each for each in _BY_NEED if any(person.registration is each for person in everybody))
    of_state = [person for person in everybody if person.registration is state]
    pages = max(1, -(-len(of_state) // PAGE_SIZE))
    page = min(page, pages - 1)
    overview = RegistrationOverview(
        tuple((each, sum(person.registration is each for person in everybody)) for each in Registration),
        await unit.requests.waiting(),
        state,
        tuple(of_state[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]),
        page,
        pages,
    )
    await turn(unit, acting, overview, KEY, message_id)


async def ask_person(unit: Unit, telegram_id: int) -> None:
    """Expect a name to find people by."""
    acting = await require(unit, telegram_id, Act.SEE_PEOPLE)
    await unit.conversations.begin(acting.person.id, STEP)
    await tell(unit, acting, PersonExpected())


async def find_people(unit: Unit, acting: Acting, text: str, _data: Mapping[str, Any]) -> None:
    """Show the people whose name, function or member contains what was typed."""
    await permit(unit, acting, Act.SEE_PEOPLE)
    search = written_line(text, SEARCH_LIMIT)
    wanted = search.casefold()
    found = [
        person
        for person in await _everybody(unit)
        if any(
            wanted in words.casefold()
            for words in (person.name, person.function, *(role.member for role in person.roles if role.member))
        )
    ]
    await tell(unit, acting, PeopleFound(search, tuple(found[:PAGE_SIZE]), len(found)))


async def show_person(unit: Unit, telegram_id: int, person_id: int, message_id: int | None) -> None:
    """Show somebody's card."""
    acting = await require(unit, telegram_id, Act.SEE_PEOPLE)
    await show_card(unit, acting, await _person(unit, person_id), 0, message_id)


async def ask_end(unit: Unit, telegram_id: int, person_id: int, message_id: int | None) -> None:
    """Show what ending all of somebody's roles would do."""
    acting = await require(unit, telegram_id, Act.MANAGE_PEOPLE)
    await tell(unit, acting, await end_preview(unit, acting, await _person(unit, person_id), 0), edit=message_id)


async def end_person(unit: Unit, telegram_id: int, person_id: int, message_id: int | None) -> None:
    """End all of somebody's roles. Refused for the last person of the secretariat."""
    acting = await require(unit, telegram_id, Act.MANAGE_PEOPLE)
    target = await _person(unit, person_id)
    if not target.roles:
        raise errors.Gone
    await check_office_remains(unit, target)
    await end_roles(unit, acting, person_id, target.roles)
    await tell_ended(unit, acting, target, target.roles, message_id)


async def _person(unit: Unit, person_id: int) -> Acting:
    target = await unit.people.get(person_id)
    if target is None:
        raise errors.Gone
    return target


async def _everybody(unit: Unit) -> tuple[PersonShown, ...]:
    """Return everybody with a role, by name."""
    return await shown(unit, [acting for acting in await unit.people.all() if acting.roles])
