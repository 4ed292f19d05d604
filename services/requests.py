"""Requests for access: a stranger tells who it is, in steps of its own."""

from assembly import errors
from assembly.access import RequestState, check_may_request
from assembly.facts.registration import Stranger
from assembly.facts.requests import (
    RequestCheck,
    RequestFunctionAsked,
    RequestMemberAsked,
    RequestNameAsked,
    RequestSent,
    RequestWithdrawn,
)
from assembly.members import Member
from assembly.permissions import Act
from assembly.wording import written_line
from services.access import holders_of, known
from services.decisions import show_request_card
from services.menus import offer_menu
from storage.requests import AccessRequest
from storage.unit import Unit

NAME_LIMIT = 120
"""UTF-16 units, as in a register file."""

TELEGRAM_NAME_LIMIT = 100
SHORTEST_SEARCH = 2
FOUND = 8
"""Members that are offered as buttons."""


async def begin_request(unit: Unit, telegram_id: int, telegram_name: str) -> None:
    """Start asking for access, or repeat the question at hand. ``telegram_name`` is what Telegram tells."""
    acting = await known(unit, telegram_id)
    if acting is not None:
        await offer_menu(unit, acting)
        return
    request = await unit.requests.live(telegram_id)
    if request is None:
        check_may_request(await unit.requests.past(telegram_id), await unit.requests.waiting(), unit.now)
        await unit.requests.begin(telegram_id, _readable(telegram_name))
        request = await _live(unit, telegram_id)
    await _ask(unit, request)


async def take_text(unit: Unit, telegram_id: int, text: str) -> None:
    """Take what a stranger types: an answer to the question at hand, or nothing that belongs anywhere."""
    request = await unit.requests.live(telegram_id)
    if request is None:
        await unit.outbox.send(telegram_id, Stranger())
        return
    if request.state is RequestState.NAME:
        await unit.requests.set(request.id, RequestState.FUNCTION, name=written_line(text, NAME_LIMIT))
    elif request.state is RequestState.FUNCTION:
        await unit.requests.set(request.id, RequestState.MEMBER, function=written_line(text, NAME_LIMIT))
    elif request.state is RequestState.MEMBER:
        await _offer_members(unit, request, written_line(text, NAME_LIMIT))
        return
    await _ask(unit, await _live(unit, telegram_id))


async def choose_member(unit: Unit, telegram_id: int, member_id: int) -> None:
    """Take for which member the stranger acts; 0 is for none, as for the board."""
    request = await _at_hand(unit, telegram_id, RequestState.MEMBER)
    if member_id and member_id not in {member.id for member in await _members(unit)}:
        raise errors.Gone
    await unit.requests.set(request.id, RequestState.CHECK, member_id=member_id or None)
    await _ask(unit, await _live(unit, telegram_id))


async def restart_request(unit: Unit, telegram_id: int) -> None:
    """Ask everything again."""
    request = await _at_hand(unit, telegram_id, RequestState.CHECK)
    await unit.requests.set(request.id, RequestState.NAME)
    await _ask(unit, await _live(unit, telegram_id))


async def send_request(unit: Unit, telegram_id: int, message_id: int | None) -> None:
    """Hand the request to the secretariat."""
    request = await _at_hand(unit, telegram_id, RequestState.CHECK)
    check_may_request((), await unit.requests.waiting(), unit.now)
    await unit.requests.set(request.id, RequestState.OPEN)
    await unit.journal.note("access_requested", actor_id=None, facts={"request": request.id})
    await unit.outbox.send(telegram_id, RequestSent(), edit=message_id)
    for secretary in await holders_of(unit, Act.SEE_PEOPLE):
        await show_request_card(unit, secretary, request.id)


async def withdraw_request(unit: Unit, telegram_id: int, message_id: int | None) -> None:
    """Let go of a request that was not sent yet."""
    await known(unit, telegram_id)
    if not await unit.requests.let_go(telegram_id):
        raise errors.Gone
    await unit.outbox.send(telegram_id, RequestWithdrawn(), edit=message_id)


def _readable(telegram_name: str) -> str:
    """Return a name that anybody may have chosen on one line, without what nobody sees; perhaps empty."""
    try:
        return written_line(telegram_name[:TELEGRAM_NAME_LIMIT], 2 * TELEGRAM_NAME_LIMIT)
    except errors.TextMissing:
        return ""


async def _live(unit: Unit, telegram_id: int) -> AccessRequest:
    if await known(unit, telegram_id) is not None:
        raise errors.Gone
    request = await unit.requests.live(telegram_id)
    if request is None:
        raise errors.Gone
    return request


async def _at_hand(unit: Unit, telegram_id: int, state: RequestState) -> AccessRequest:
    request = await _live(unit, telegram_id)
    if request.state is not state:
        raise errors.Gone
    return request


async def _ask(unit: Unit, request: AccessRequest) -> None:
    """Ask what is missing; say that the request waits where nothing is."""
    member = await unit.members.get(request.member_id) if request.member_id else None
    question: object = {
        RequestState.NAME: RequestNameAsked(),
        RequestState.FUNCTION: RequestFunctionAsked(),
        RequestState.MEMBER: RequestMemberAsked("", ()),
        RequestState.CHECK: RequestCheck(request.name, request.function, member.name if member else ""),
    }.get(request.state, RequestSent())
    await unit.outbox.send(request.telegram_id, question)


async def _offer_members(unit: Unit, request: AccessRequest, search: str) -> None:
    wanted = search.casefold()
    found = [
        (member.id, member.name)
        for member in await _members(unit)
        if len(wanted) >= SHORTEST_SEARCH and wanted in member.name.casefold()
    ]
    await unit.outbox.send(request.telegram_id, RequestMemberAsked(search, tuple(found[:FOUND])))


async def _members(unit: Unit) -> tuple[Member, ...]:
    return await unit.members.active(unit.association.local(unit.now).date())
