"""Commissions: groups of people that a notice can be aimed at, kept by the secretariat."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.commissions import (
    CommissionCandidates,
    CommissionCard,
    CommissionEndQuestion,
    CommissionList,
    CommissionNameExpected,
    CommissionPersonExpected,
)
from assembly.members import Acting
from assembly.permissions import Act
from assembly.wording import written_line
from services.access import permit, require
from services.telling import tell, turn
from storage.commissions import Commission
from storage.unit import Unit

NAME_STEP = "commission_name"
PERSON_STEP = "commission_person"
NAME_LIMIT = 60
"""UTF-16 units of a name."""

SEARCH_LIMIT = 100
PAGE_SIZE = 8


async def show_commissions(unit: Unit, telegram_id: int) -> None:
    """List the commissions."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    await tell(unit, acting, await _list(unit))


async def ask_commission(unit: Unit, telegram_id: int) -> None:
    """Expect the name of a new commission."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    await unit.conversations.begin(acting.person.id, NAME_STEP)
    await tell(unit, acting, CommissionNameExpected())


async def take_name(unit: Unit, acting: Acting, text: str, _data: Mapping[str, Any]) -> None:
    """Make a commission of this name, and expect who is in it."""
    await permit(unit, acting, Act.SEND_NOTICE)
    name = written_line(text, NAME_LIMIT)
    if any(each.name.casefold() == name.casefold() for each in await unit.commissions.all()):
        raise errors.CommissionExists(name)
    commission_id = await unit.commissions.add(name)
    await unit.journal.note("commission_made", actor_id=acting.person.id, facts={"commission": commission_id})
    await _expect_person(unit, acting, Commission(commission_id, name))


async def show_commission(unit: Unit, telegram_id: int, commission_id: int, page: int, message_id: int | None) -> None:
    """Show a page of the people of a commission."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    await _show(unit, acting, await _commission(unit, commission_id), page, message_id)


async def ask_person(unit: Unit, telegram_id: int, commission_id: int) -> None:
    """Expect who joins."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    await _expect_person(unit, acting, await _commission(unit, commission_id))


async def find_candidates(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Show who can join: whose name or member contains what was typed."""
    await permit(unit, acting, Act.SEND_NOTICE)
    commission = await _commission(unit, data["commission_id"])
    search = written_line(text, SEARCH_LIMIT)
    wanted = search.casefold()
    members = {member.id: member.name.casefold() for member in await unit.members.all()}
    there = await unit.commissions.people([commission.id])
    found = [
        other
        for other in await unit.people.all()
        if other.roles
        and other.person.id not in there
        and (
            wanted in other.person.name.casefold()
            or any(wanted in members.get(held.member_id or 0, "") for held in other.roles)
        )
    ]
    people = tuple(_shown(other) for other in found[:PAGE_SIZE])
    await tell(unit, acting, CommissionCandidates(commission.id, commission.name, search, people, len(found)))


async def join(unit: Unit, telegram_id: int, commission_id: int, person_id: int) -> None:
    """Let somebody be in the commission."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    commission = await _commission(unit, commission_id)
    if await unit.people.get(person_id) is None:
        raise errors.Gone
    await unit.commissions.join(commission_id, person_id)
    await unit.journal.note(
        "commission_joined", actor_id=acting.person.id, facts={"commission": commission_id, "person": person_id}
    )
    await _show(unit, acting, commission, 0, None)


async def leave(unit: Unit, telegram_id: int, commission_id: int, person_id: int, message_id: int | None) -> None:
    """Let somebody be in the commission no longer."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    commission = await _commission(unit, commission_id)
    if await unit.commissions.leave(commission_id, person_id):
        await unit.journal.note(
            "commission_left", actor_id=acting.person.id, facts={"commission": commission_id, "person": person_id}
        )
    await _show(unit, acting, commission, 0, message_id)


async def ask_end(unit: Unit, telegram_id: int, commission_id: int) -> None:
    """Ask whether a commission is to be dissolved."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    commission = await _commission(unit, commission_id)
    await tell(unit, acting, CommissionEndQuestion(commission.id, commission.name))


async def end(unit: Unit, telegram_id: int, commission_id: int, message_id: int | None) -> None:
    """Dissolve a commission; nobody loses anything else by that."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    await _commission(unit, commission_id)
    await unit.commissions.end(commission_id)
    await unit.journal.note("commission_ended", actor_id=acting.person.id, facts={"commission": commission_id})
    await tell(unit, acting, await _list(unit), edit=message_id)


async def _list(unit: Unit) -> CommissionList:
    return CommissionList(tuple((each.id, each.name) for each in await unit.commissions.all()))


async def _commission(unit: Unit, commission_id: int) -> Commission:
    commission = await unit.commissions.get(commission_id)
    if commission is None:
        raise errors.Gone
    return commission


async def _expect_person(unit: Unit, acting: Acting, commission: Commission) -> None:
    await unit.conversations.begin(acting.person.id, PERSON_STEP, commission_id=commission.id)
    await tell(unit, acting, CommissionPersonExpected(commission.id, commission.name))


async def _show(unit: Unit, acting: Acting, commission: Commission, page: int, message_id: int | None) -> None:
    people = await unit.people.all(await unit.commissions.people([commission.id]))
    pages = max(1, -(-len(people) // PAGE_SIZE))
    page = min(page, pages - 1)
    shown = tuple(_shown(other) for other in people[page * PAGE_SIZE : (page + 1) * PAGE_SIZE])
    card = CommissionCard(commission.id, commission.name, shown, len(people), page, pages)
    await turn(unit, acting, card, f"commission:{commission.id}", message_id)


def _shown(acting: Acting) -> tuple[int, str, str]:
    return acting.person.id, acting.person.name, acting.person.function
