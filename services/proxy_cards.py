"""A proxy as each of its parties sees it, and the news about it."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from assembly import errors
from assembly.facts.proxies import Part, ProxyCard, ProxyEvent, ProxyNews, ProxyRef, ProxyTerms
from assembly.members import Acting
from assembly.permissions import Act
from assembly.proxies import BoardHolder, Proxy, ProxyKind, ProxyState, holder_kind, on_board
from services.access import holders_of
from services.answer_screens import redraw_answers
from services.attendance_list import redraw_attendance
from services.instructions import instruction
from services.seats import GRANTOR_SIDE
from services.telling import refresh, show, show_anew, tell
from storage.tables import Priority
from storage.unit import Unit

_BEFORE_OFFER = {ProxyEvent.PREPARED, ProxyEvent.WITHDRAWN}
"""What the holder is not told: it has not been offered anything yet."""

_CAN_CHOOSE_AGAIN = {
    ProxyEvent.DECLINED,
    ProxyEvent.LAID_DOWN,
    ProxyEvent.REVOKED,
    ProxyEvent.WITHDRAWN,
    ProxyEvent.SKIPPED,
    ProxyEvent.EXPIRED,
    ProxyEvent.HOLDER_ENDED,
}
"""After these the member has no proxy, and can choose another holder at once."""

_ACTOR_IS_TOLD = {ProxyEvent.SUSPENDED, ProxyEvent.RESUMED, ProxyEvent.HOLDER_ENDED, ProxyEvent.MEMBER_ENDED}
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
    """Bring a proxy up to date wherever it is shown."""
    holder = await unit.people.get(proxy.holder_id)
    parties = (*await side_of(unit, proxy), *([holder] if holder else []))
    await refresh(unit, parties, lambda reader: ProxyRef(proxy.id, reader.person.id), card_key(proxy.id))


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
        meeting_id=proxy.meeting_id if event in _CAN_CHOOSE_AGAIN else None,
        acting={whom.person.id for whom in to_act},
        instructed=proxy.instructed,
    )


async def tell_news(
    unit: Unit,
    granted: Granted,
    event: ProxyEvent,
    actor: Acting | None,
    *,
    meeting_id: int | None = None,
    acting: Collection[int] = (),
    instructed: bool = False,
) -> None:
    """Tell in short both sides and the secretariat, except whoever did it, and those ``acting`` next.

    The grantor's side can choose another holder for ``meeting_id`` where there is one.
    """
    names = await unit.members.names([granted.member_id, granted.holder_member_id or granted.member_id])
    holder = await unit.people.get(granted.holder_id)
    side = {whom.person.id: whom for whom in await side_of(unit, granted)}
    hearers = {**side, **({holder.person.id: holder} if holder and event not in _BEFORE_OFFER else {})}
    if event in _OFFICE_IS_TOLD:
        hearers |= {whom.person.id: whom for whom in await holders_of(unit, Act.CONVENE)}
    quiet = set(acting) | ({actor.person.id} if actor and event not in _ACTOR_IS_TOLD else set())
    for person_id in hearers.keys() - quiet:
        news = ProxyNews(
            event,
            names[granted.member_id],
            holder.person.name if holder else "",
            "" if granted.holder_member_id is None else names[granted.holder_member_id],
            actor.person.name if actor else "",
            again=(meeting_id, granted.member_id) if meeting_id is not None and person_id in side else None,
            instructed=instructed,
        )
        await tell(unit, hearers[person_id], news)
