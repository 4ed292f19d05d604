"""Requests for access as the secretariat decides on them: approved as a new person or a known one, or refused."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.access import RequestState
from assembly.facts.requests import RefusalReasonAsked, RequestCard, RequestCardRef, RequestList, RequestRefused
from assembly.members import GUESTS, Acting, Person, Role, RoleHeld
from assembly.permissions import Act, may
from assembly.wording import written_text
from services.access import holders_of, permit, require
from services.links import unregistered
from services.registration import register
from services.telling import refresh, show_anew, tell
from storage.requests import AccessRequest
from storage.unit import Unit

STEP = "refusal_reason"
REASON_LIMIT = 300
CANDIDATES = 6
"""Known people that are offered as buttons."""

_OF_MEMBER = tuple(role for role in Role if role.of_member)
_OF_NONE = tuple(role for role in Role if role in GUESTS or role is Role.MINUTES_TAKER)


def request_key(request_id: int) -> str:
    """Return the key under which a request stands in a chat."""
    return f"request:{request_id}"


async def show_request_card(unit: Unit, whom: Acting, request_id: int) -> None:
    """Show a request at the bottom of the person's chat."""
    await show_anew(unit, whom, RequestCardRef(request_id, whom.person.id), request_key(request_id))


async def show_requests(unit: Unit, telegram_id: int) -> None:
    """List the requests that wait."""
    acting = await require(unit, telegram_id, Act.SEE_PEOPLE)
    waiting = await unit.requests.open()
    names = await unit.members.names([request.member_id for request in waiting if request.member_id])
    listed = [(request.id, request.name, names.get(request.member_id or 0, "")) for request in waiting]
    await tell(unit, acting, RequestList(tuple(listed)))


async def show_request(unit: Unit, telegram_id: int, request_id: int) -> None:
    """Show a request with what can be decided."""
    acting = await require(unit, telegram_id, Act.SEE_PEOPLE)
    if await unit.requests.get(request_id) is None:
        raise errors.Gone
    await show_request_card(unit, acting, request_id)


async def load_request_card(unit: Unit, ref: RequestCardRef) -> RequestCard | None:
    """Load a request as it stands; nothing for somebody who left the secretariat."""
    reader, request = await unit.people.get(ref.person_id), await unit.requests.get(ref.request_id)
    if reader is None or request is None or not may(reader, Act.SEE_PEOPLE):
        return None
    member = await unit.members.get(request.member_id) if request.member_id else None
    decider = await unit.people.get(request.decided_by) if request.decided_by else None
    return RequestCard(
        request.id,
        request.name,
        request.function,
        member.name if member else "",
        request.telegram_name,
        await _candidates(unit, request),
        _roles(request),
        (decider.person.name, request.state is RequestState.APPROVED) if decider else None,
    )


async def approve_as_new(unit: Unit, telegram_id: int, request_id: int, role: Role) -> None:
    """Let the stranger in as a new person in ``role``."""
    acting, request = await _undecided(unit, telegram_id, request_id)
    if role not in _roles(request):
        raise errors.NotAllowed(Act.MANAGE_PEOPLE.value)
    person_id = await unit.people.save(Person(0, request.name, request.function))
    await unit.people.grant_role(person_id, RoleHeld(role, request.member_id))
    await _let_in(unit, acting, request, person_id)


async def approve_as_known(unit: Unit, telegram_id: int, request_id: int, person_id: int) -> None:
    """Let the stranger in as somebody who is in the register and not registered yet."""
    acting, request = await _undecided(unit, telegram_id, request_id)
    target = await unregistered(unit, person_id)
    if not target.roles:
        raise errors.Gone
    await unit.links.revoke(person_id)
    await _let_in(unit, acting, request, person_id)


async def refuse_request(unit: Unit, telegram_id: int, request_id: int) -> None:
    """Refuse a request without a reason."""
    acting, request = await _undecided(unit, telegram_id, request_id)
    await _refuse(unit, acting, request, "")


async def ask_reason(unit: Unit, telegram_id: int, request_id: int) -> None:
    """Expect the reason for which a request is refused."""
    acting, request = await _undecided(unit, telegram_id, request_id)
    await unit.conversations.begin(acting.person.id, STEP, request_id=request_id)
    await tell(unit, acting, RefusalReasonAsked(request.name))


async def take_reason(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Refuse a request for the reason that was typed."""
    await permit(unit, acting, Act.MANAGE_PEOPLE)
    request = await _open(unit, data["request_id"])
    reason = written_text(text, REASON_LIMIT)
    await unit.conversations.end(acting.person.id)
    await _refuse(unit, acting, request, reason)


async def _undecided(unit: Unit, telegram_id: int, request_id: int) -> tuple[Acting, AccessRequest]:
    acting = await require(unit, telegram_id, Act.MANAGE_PEOPLE)
    return acting, await _open(unit, request_id)


async def _open(unit: Unit, request_id: int) -> AccessRequest:
    """Return a request that waits, locked, so that two people never decide on it both."""
    request = await unit.requests.get(request_id, lock=True)
    if request is None:
        raise errors.Gone
    if request.state is not RequestState.OPEN:
        decider = await unit.people.get(request.decided_by) if request.decided_by else None
        raise errors.RequestDecided(decider.person.name) if decider else errors.Gone
    return request


async def _let_in(unit: Unit, acting: Acting, request: AccessRequest, person_id: int) -> None:
    bound = await unit.people.acting(request.telegram_id)
    if bound is not None:
        raise errors.AccountInUse(bound.person.name)
    await unit.requests.decide(request.id, RequestState.APPROVED, acting.person.id)
    await unit.journal.note(
        "access_approved", actor_id=acting.person.id, facts={"request": request.id, "person": person_id}
    )
    await register(unit, person_id, request.telegram_id, None)
    await _redraw(unit, request)


async def _refuse(unit: Unit, acting: Acting, request: AccessRequest, reason: str) -> None:
    await unit.requests.decide(request.id, RequestState.REFUSED, acting.person.id, reason or None)
    await unit.journal.note("access_refused", actor_id=acting.person.id, facts={"request": request.id})
    await unit.outbox.send(request.telegram_id, RequestRefused(reason))
    await _redraw(unit, request)


async def _redraw(unit: Unit, request: AccessRequest) -> None:
    office = await holders_of(unit, Act.SEE_PEOPLE)
    await refresh(unit, office, lambda reader: RequestCardRef(request.id, reader.person.id), request_key(request.id))


def _roles(request: AccessRequest) -> tuple[Role, ...]:
    return _OF_NONE if request.member_id is None else _OF_MEMBER


async def _candidates(unit: Unit, request: AccessRequest) -> tuple[tuple[int, str, str], ...]:
    """Return who in the register it may be: not registered, of the same name or the same member; names first."""
    name = request.name.casefold()
    waiting = [other for other in await unit.people.all() if not other.person.telegram_id and other.roles]
    same_name = [other for other in waiting if other.person.name.casefold() == name]
    same_member = [
        other
        for other in waiting
        if other not in same_name and any(held.member_id == request.member_id for held in other.roles)
    ]
    return tuple(
        (other.person.id, other.person.name, other.person.function) for other in (*same_name, *same_member)[:CANDIDATES]
    )
