"""A proxy as each of its parties sees it, and the news about it."""

from collections.abc import Collection

from assembly import errors
from assembly.facts.proxies import Part, ProxyCard, ProxyEvent, ProxyNews, ProxyRef, ProxyTerms
from assembly.members import Acting
from assembly.permissions import Act
from assembly.proxies import Proxy, ProxyState
from services.access import holders_of
from services.attendance_list import redraw_attendance
from services.meetings import refresh_consoles
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
    ProxyEvent.HOLDER_ENDED,
    ProxyEvent.HOLDER_MEMBER_ENDED,
}
"""After these the member has no proxy, and can choose another holder at once."""

_ACTOR_IS_TOLD = {ProxyEvent.SUSPENDED, ProxyEvent.RESUMED}
"""These follow from coming and going: who does that must hear what it does to the proxy."""

_LAPSES = {ProxyEvent.HOLDER_ENDED, ProxyEvent.MEMBER_ENDED, ProxyEvent.HOLDER_MEMBER_ENDED}
"""The holder hears of these where the proxy was offered to it before."""

_OFFICE_IS_TOLD = set(ProxyEvent) - _ACTOR_IS_TOLD


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


async def side_of(unit: Unit, proxy: Proxy) -> tuple[Acting, ...]:
    """Return the people who act for the member that grants the proxy."""
    return await unit.people.holding(GRANTOR_SIDE, member_id=proxy.member_id)


async def terms(unit: Unit, meeting_id: int, member_id: int, holder_id: int, holder_member_id: int) -> ProxyTerms:
    """Return what a proxy says. Refuses with ``Gone`` where one of its parts does not exist."""
    meeting, holder = await unit.meetings.get(meeting_id), await unit.people.get(holder_id)
    names = await unit.members.names([member_id, holder_member_id])
    if meeting is None or holder is None or not {member_id, holder_member_id} <= names.keys():
        raise errors.Gone
    return ProxyTerms(
        names[member_id],
        holder.person.name,
        holder.person.function,
        names[holder_member_id],
        meeting.title,
        meeting.starts_at,
        meeting.place,
    )


async def load_card(unit: Unit, ref: ProxyRef) -> ProxyCard | None:
    """Load a proxy as it stands, with what its reader can do with it."""
    proxy, reader = await unit.proxies.get(ref.proxy_id), await unit.people.get(ref.person_id)
    if proxy is None or reader is None:
        return None
    part = Part.GRANTOR if may_sign(unit, reader, proxy.member_id) else Part.COLLEAGUE
    return ProxyCard(
        proxy.id,
        await terms(unit, proxy.meeting_id, proxy.member_id, proxy.holder_id, proxy.holder_member_id),
        proxy.state,
        suspended=await is_suspended(unit, proxy),
        part=Part.HOLDER if reader.person.id == proxy.holder_id else part,
    )


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
    """Tell both sides and the secretariat, each once, what ``actor`` (``None``: time) did to the proxy.

    ``to_act`` now have something to do: they get the proxy itself, with its buttons.
    """
    await redraw_card(unit, proxy)
    await redraw_attendance(unit, proxy.meeting_id)
    await refresh_consoles(unit, proxy.meeting_id)
    actor_id = actor.person.id if actor else None
    quiet = {whom.person.id for whom in to_act} | (set() if event in _ACTOR_IS_TOLD else {actor_id})
    for whom in to_act:
        if whom.person.id != actor_id:
            await show_anew(unit, whom, ProxyRef(proxy.id, whom.person.id), card_key(proxy.id))
    names = await unit.members.names([proxy.member_id, proxy.holder_member_id])
    holder = await unit.people.get(proxy.holder_id)
    side = {whom.person.id: whom for whom in await side_of(unit, proxy)}
    unoffered = event in _BEFORE_OFFER or (event in _LAPSES and proxy.state is ProxyState.PREPARED)
    hearers = {**side, **({holder.person.id: holder} if holder and not unoffered else {})}
    if event in _OFFICE_IS_TOLD:
        hearers |= {whom.person.id: whom for whom in await holders_of(unit, Act.CONVENE)}
    for person_id in hearers.keys() - quiet:
        news = ProxyNews(
            event,
            names[proxy.member_id],
            holder.person.name if holder else "",
            names[proxy.holder_member_id],
            actor.person.name if actor else "",
            again=(proxy.meeting_id, proxy.member_id) if event in _CAN_CHOOSE_AGAIN and person_id in side else None,
        )
        await tell(unit, hearers[person_id], news)
