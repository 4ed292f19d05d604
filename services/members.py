"""The members as the secretariat leafs through them: the list, typed search, and a member's card."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assembly import errors
from assembly.facts.members import MemberCard, MemberList, MemberState
from assembly.members import Acting, Member
from assembly.permissions import Act
from assembly.register_changes import Reading
from assembly.wording import written_line
from services.access import permit, require
from services.person_cards import shown
from services.telling import turn
from storage.unit import Unit

KEY = "members"
"""The key of the message in which members are leafed through."""

PAGE_SIZE = 8
"""Members on a page, a button each."""

SEARCH_LIMIT = 100
"""UTF-16 units in which to search."""


async def open_list(unit: Unit, telegram_id: int) -> None:
    """Show the members at the bottom of the chat; from now on a text searches, and a document is a register file."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    await unit.conversations.begin(acting.person.id, Reading.UPDATE.value)
    await _show_list(unit, acting, 0, None)


async def turn_list(unit: Unit, telegram_id: int, page: int, message_id: int | None) -> None:
    """Show another page of members."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    await _show_list(unit, acting, page, message_id)


async def search_member(unit: Unit, acting: Acting, text: str, _data: Mapping[str, Any]) -> None:
    """Show the members whose name, or the name of one of their people, contains what was typed."""
    await permit(unit, acting, Act.IMPORT_MEMBERS)
    search = written_line(text, SEARCH_LIMIT)
    wanted = search.casefold()
    members = await unit.members.all()
    people = await unit.people.all()
    acted_for = {h.member_id for a in people if wanted in a.person.name.casefold() for h in a.roles}
    found = [m for m in members if wanted in m.name.casefold() or wanted == m.code or m.id in acted_for]
    on_page = tuple((member.id, member.name) for member in found[:PAGE_SIZE])
    today = unit.association.local(unit.now).date()
    listed = MemberList(on_page, 0, 1, *_counts(members, people, today), search=search, found=len(found))
    await turn(unit, acting, listed, KEY, None)


async def show_member(unit: Unit, telegram_id: int, member_id: int, message_id: int | None) -> None:
    """Show a member's card."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    await show_card(unit, acting, await member_of(unit, member_id), message_id)


async def show_card(unit: Unit, acting: Acting, member: Member, message_id: int | None) -> None:
    """Show a member's card in place of the ``message_id`` where there is one."""
    today = unit.association.local(unit.now).date()
    mergers = await unit.mergers.all()
    members = {other.id: other for other in await unit.members.all()}
    merger = mergers.get(member.id)
    joined = [members[other.member_id] for other in mergers.values() if other.successor_id == member.id]
    people = [acting for acting in await unit.people.all() if any(h.member_id == member.id for h in acting.roles)]
    ended = member.until is not None and member.until <= today
    suspension = await unit.suspensions.of_member(member.id, today)
    card = MemberCard(
        member,
        MemberState.ENDED if ended else MemberState.ACTIVE if member.active_on(today) else MemberState.FUTURE,
        await shown(unit, people),
        members[merger.successor_id].name if merger else None,
        revocable=merger is not None and not ended,
        predecessors=tuple((other.name, other.until) for other in joined if other.until is not None),
        suspended=suspension is not None,
        suspended_until=suspension.until if suspension else None,
        suspension_reason=suspension.reason if suspension else "",
    )
    await turn(unit, acting, card, KEY, message_id)


async def member_of(unit: Unit, member_id: int) -> Member:
    """Return a member. Refuses with ``Gone`` where there is none."""
    member = await unit.members.get(member_id)
    if member is None:
        raise errors.Gone
    return member


def page_of(members: Sequence[Member], page: int) -> tuple[tuple[tuple[int, str], ...], int, int]:
    """Return (id, name) of the members on ``page``, or on the last one before it, with its number and how many are."""
    pages = max(1, -(-len(members) // PAGE_SIZE))
    page = min(page, pages - 1)
    on_page = members[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return tuple((member.id, member.name) for member in on_page), page, pages


async def _show_list(unit: Unit, acting: Acting, page: int, message_id: int | None) -> None:
    today = unit.association.local(unit.now).date()
    members = await unit.members.all()
    listed = [member for member in members if member.until is None or today < member.until]
    counts = _counts(members, await unit.people.all(), today)
    await turn(unit, acting, MemberList(*page_of(listed, page), *counts), KEY, message_id)


def _counts(members: Sequence[Member], people: Sequence[Acting], today: date) -> tuple[int, int, int]:
    with_role = [acting for acting in people if acting.roles]
    unregistered = [acting for acting in with_role if acting.person.telegram_id is None]
    return sum(member.active_on(today) for member in members), len(with_role), len(unregistered)
