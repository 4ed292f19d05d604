"""What is kept about a person, for that person."""

from assembly.facts.people import MyData
from services.access import require, roles_shown
from services.telling import tell
from storage.unit import Unit


async def show_my_data(unit: Unit, telegram_id: int) -> None:
    """Show what is kept about the person."""
    acting = await require(unit, telegram_id)
    person = acting.person
    factor = await unit.factors.of_person(person.id)
    kept = await unit.people.kept(person.id)
    data = MyData(
        person.name,
        person.function,
        person.email or "",
        await roles_shown(unit, acting),
        kept.registered_at,
        factor is not None and factor.confirmed_at is not None,
        replies=kept.replies,
        proxies=kept.proxies,
        attendances=kept.attendances,
        ballots=kept.ballots,
    )
    await tell(unit, acting, data)
