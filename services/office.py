"""The secretariat hears what others do to people."""

from collections.abc import Collection

from assembly.facts.people import PeopleEvent, PeopleNews
from assembly.members import Acting, RoleHeld
from assembly.permissions import Act
from services.access import holders_of, roles_shown
from services.telling import tell
from storage.unit import Unit


async def tell_office(
    unit: Unit,
    actor: Acting,
    event: PeopleEvent,
    target: Acting,
    held: Collection[RoleHeld] = (),
    *,
    leaver: Acting | None = None,
) -> None:
    """Tell the others of the secretariat what ``actor`` did to ``target``: which roles, and in whose place."""
    person = target.person
    roles = await roles_shown(unit, Acting(person, tuple(held)))
    news = PeopleNews(event, actor.person.name, person.id, person.name, roles, leaver.person.name if leaver else None)
    for secretary in await holders_of(unit, Act.SEE_PEOPLE):
        if secretary.person.id != actor.person.id:
            await tell(unit, secretary, news)
