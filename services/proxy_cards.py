"""A proxy as each of its parties sees it, and the news about it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Protocol

from assembly import errors
from assembly.facts.proxies import Part, ProxyCard, ProxyEvent, ProxyNews, ProxyRef, ProxyTerms, Replacing, SeatsRef
from assembly.members import Acting, Role
from assembly.permissions import Act, states_for
from assembly.proxies import BoardHolder, LapseReason, Proxy, ProxyKind, ProxyState, holder_kind, on_board
from services.access import holders_of
from services.answer_screens import redraw_answers
from services.attendance_list import redraw_attendance
from services.holders import suggestions
from services.instructions import instruction
from services.seats import GRANTOR_SIDE
from services.telling import refresh, show, show_anew, tell
from storage.tables import Priority
from storage.unit import Unit

_BEFORE_OFFER = {ProxyEvent.PREPARED, ProxyEvent.WITHDRAWN}
"""What the holder is not told: it has not been offered anything yet."""

_NOBODY_CARRIES = {
    ProxyEvent.DECLINED,
    ProxyEvent.LAID_DOWN,
    ProxyEvent.REVOKED,
    ProxyEvent.WITHDRAWN,
    ProxyEvent.SKIPPED,
    ProxyEvent.HOLDER_LEFT,
    ProxyEvent.HOLDER_ABSENT,
    ProxyEvent.HOLDER_UNREACHABLE,
    ProxyEvent.EXPIRED,
    ProxyEvent.HOLDER_ENDED,
    ProxyEvent.HOLDER_MEMBER_ENDED,
}
"""After these nobody carries the member's vote: its side can mend that by one tap."""

_LAPSES = {ProxyEvent(reason.value) for reason in LapseReason if reason is not LapseReason.CLOSED}
"""What ended by itself; the holder hears of it where it was offered the proxy before."""

_ACTOR_IS_TOLD = {ProxyEvent.SUSPENDED, ProxyEvent.RESUMED, *_LAPSES}
"""These follow from something else: who does that must hear what it does to the proxy."""

_OFFICE_IS_TOLD = set(ProxyEvent) - {ProxyEvent.SUSPENDED, ProxyEvent.RESUMED}


class Granted(Protocol):
    """A proxy for one assembly, or a standing one."""

    @property
    def member_id(self) -> int:
        """The member that grants it."""
        ...

    @property
    def holder_id(self) -> int:
        """The person who holds it."""
        ...

    @property
    def holder_member_id(self) -> int | None:
        """The member for which the holder acts."""
        ...


def card_key(proxy_id: int) -> str:
    """Return the key of the message that shows a proxy."""
    return f"proxy:{proxy_id}"


def seats_key(meeting_id: int) -> str:
    """Return the key of the message that shows who carries whose vote."""
    return f"seats:{meeting_id}"


def may_sign(unit: Unit, acting: Acting, member_id: int) -> bool:
    """Whether the person may sign and revoke proxies of the member (setting ``proxy_grantors``)."""
    return any(acting.has(role, member_id) for role in unit.association.statutes.proxy_grantors)


async def signatories(unit: Unit, member_id: int) -> tuple[Acting, ...]:
    """Return the registered people who may sign a proxy for the member."""
    people = await unit.people.holding(unit.association.statutes.proxy_grantors, member_id=member_id)
    return tuple(acting for acting in people if acting.person.telegram_id is not None)


async def side_of(unit: Unit, proxy: Granted) -> tuple[Acting, ...]:
    """Return the people who act for the member that grants the proxy."""
    return await unit.people.holding(GRANTOR_SIDE, member_id=proxy.member_id)


async def terms(
    unit: Unit,
    meeting_id: int,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    until: date | None,
) -> ProxyTerms:
    """Return what a proxy says. Refuses with ``Gone`` where one of its parts does not exist."""
    meeting, holder = await unit.meetings.get(meeting_id), await unit.people.get(holder_id)
    named = {member_id} if holder_member_id is None else {member_id, holder_member_id}
    names = await unit.members.names(list(named))
    if meeting is None or holder is None or not named <= names.keys():
        raise errors.Gone
    return ProxyTerms(
        names[member_id],
        holder.person.name,
        holder.person.function,
        "" if holder_member_id is None else names[holder_member_id],
        ProxyKind.STANDING if until else holder_kind(member_id, holder_member_id),
        until,
        board=on_board(holder) and unit.association.statutes.proxy_board_holder is BoardHolder.WARNED,
        meeting=meeting.title,
        starts_at=meeting.starts_at,
        place=meeting.place,
    )


async def load_card(unit: Unit, ref: ProxyRef) -> ProxyCard | None:
    """Load a proxy as it stands, with what its reader can do with it."""
    proxy, reader = await unit.proxies.get(ref.proxy_id), await unit.people.get(ref.person_id)
    if proxy is None or reader is None:
        return None
    part = Part.GRANTOR if may_sign(unit, reader, proxy.member_id) else Part.COLLEAGUE
    side = proxy.member_id in reader.acts_for
    told = proxy.instructed and reader.person.id == proxy.holder_id
    return ProxyCard(
        proxy.id,
        await terms(unit, proxy.meeting_id, proxy.member_id, proxy.holder_id, proxy.holder_member_id, proxy.until),
        proxy.state,
        suspended=await is_suspended(unit, proxy),
        part=Part.HOLDER if reader.person.id == proxy.holder_id else part,
        confirms=await was_accepted(unit, proxy),
        reason=proxy.reason,
        instructed=proxy.instructed,
        instruction=await instruction(unit, proxy.meeting_id, proxy.member_id) if side or told else (),
        letters=len(await unit.letters.of_proxy(proxy.id)),
        may_attach=side and proxy.state.under_way and unit.association.statutes.proxy_letters,
        meeting_id=proxy.meeting_id,
        member_id=proxy.member_id,
    )


async def was_accepted(unit: Unit, proxy: Proxy) -> bool:
    """Whether the proxy is of a standing one that its holder accepted, so that the grantor only has to confirm it."""
    mandate = await unit.standing.get(proxy.standing_id) if proxy.standing_id is not None else None
    return mandate is not None and mandate.accepted_at is not None


async def is_suspended(unit: Unit, proxy: Proxy) -> bool:
    """Whether a representative of the granting member is there itself, so that an accepted proxy carries nothing."""
    representatives = (await unit.people.representatives()).get(proxy.member_id, ())
    present = await unit.attendance.present(proxy.meeting_id)
    return proxy.state is ProxyState.ACCEPTED and not set(present).isdisjoint(representatives)


async def show_card(unit: Unit, whom: Acting, proxy: Proxy, pressed: int | None) -> None:
    """Show a proxy to whoever just acted on it, in the ``pressed`` message where there is one."""
    ref = ProxyRef(proxy.id, whom.person.id)
    await show(unit, whom, ref, card_key(proxy.id), priority=Priority.DIALOGUE, pressed=pressed)


async def redraw_card(unit: Unit, proxy: Proxy) -> None:
    """Bring a proxy up to date wherever it is shown, and with it who carries whose vote."""
    holder = await unit.people.get(proxy.holder_id)
    parties = (*await side_of(unit, proxy), *([holder] if holder else []))
    await refresh(unit, parties, lambda reader: ProxyRef(proxy.id, reader.person.id), card_key(proxy.id))
    meeting_id = proxy.meeting_id
    await refresh(unit, parties, lambda reader: SeatsRef(meeting_id, reader.person.id), seats_key(meeting_id))


async def tell_both_sides(
    unit: Unit, proxy: Proxy, event: ProxyEvent, actor: Acting | None, to_act: Collection[Acting] = ()
) -> None:
    """Tell both sides and the secretariat, each once, what happened to the proxy, and by ``actor`` where there is one.

    ``to_act`` now have something to do: they get the proxy itself, with its buttons.
    """
    await redraw_card(unit, proxy)
    await redraw_attendance(unit, proxy.meeting_id)
    await redraw_answers(unit, proxy.meeting_id, [proxy.member_id])
    for whom in to_act:
        if actor is None or whom.person.id != actor.person.id:
            await show_anew(unit, whom, ProxyRef(proxy.id, whom.person.id), card_key(proxy.id))
    await tell_news(
        unit,
        proxy,
        event,
        actor,
        proxy=proxy,
        acting={whom.person.id for whom in to_act},
    )


async def tell_news(
    unit: Unit,
    granted: Granted,
    event: ProxyEvent,
    actor: Acting | None,
    *,
    proxy: Proxy | None = None,
    acting: Collection[int] = (),
) -> None:
    """Tell in short both sides and the secretariat, except whoever did it, and those ``acting`` next.

    Where it concerns a ``proxy`` for an assembly of which nobody carries the vote now, the grantor's side is offered
    ways to mend that.
    """
    names = await unit.members.names([granted.member_id, granted.holder_member_id or granted.member_id])
    holder = await unit.people.get(granted.holder_id)
    side = {whom.person.id: whom for whom in await side_of(unit, granted)}
    offered = proxy is None or proxy.state is not ProxyState.PREPARED or await was_accepted(unit, proxy)
    unknown = event in _BEFORE_OFFER or (event in _LAPSES and not offered)
    hearers = {**side, **({holder.person.id: holder} if holder and not unknown else {})}
    if event in _OFFICE_IS_TOLD:
        hearers |= {whom.person.id: whom for whom in await holders_of(unit, Act.CONVENE)}
    quiet = set(acting) | ({actor.person.id} if actor and event not in _ACTOR_IS_TOLD else set())
    ways = await replacing(unit, proxy) if proxy is not None and event in _NOBODY_CARRIES else None
    for person_id in hearers.keys() - quiet:
        news = ProxyNews(
            event,
            names[granted.member_id],
            holder.person.name if holder else "",
            "" if granted.holder_member_id is None else names[granted.holder_member_id],
            actor.person.name if actor else "",
            instructed=proxy is not None and proxy.instructed,
            replacing=ways_for(side[person_id], ways) if ways is not None and person_id in side else None,
        )
        await tell(unit, hearers[person_id], news)


async def replacing(unit: Unit, proxy: Proxy) -> Replacing | None:
    """Return how the member's vote can be cast after all; ``None`` where its assembly is over."""
    meeting = await unit.meetings.get(proxy.meeting_id)
    if meeting is None or meeting.state not in states_for(Act.PREPARE_PROXY):
        return None
    found = await suggestions(unit, meeting, proxy.member_id, proxy.holder_id)
    return Replacing(proxy.id, meeting.id, proxy.member_id, votes_self=False, suggestions=found)


def ways_for(reader: Acting, ways: Replacing) -> Replacing:
    """Return the same ways with what this reader can do itself."""
    return replace(ways, votes_self=reader.has(Role.REPRESENTATIVE, ways.member_id))
