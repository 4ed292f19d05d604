"""The letter (volmachtbrief) of a proxy, made of its facts at the moment of sending."""

from assembly import errors
from assembly.facts.letters import ProxyLetter, ProxyLetterRef
from assembly.members import Acting, Role
from assembly.permissions import Act
from assembly.proxies import Proxy
from services.access import require
from services.instructions import instruction
from services.letters import check_may_see
from services.proxy_cards import terms
from storage.unit import Unit


async def send_letter(unit: Unit, telegram_id: int, proxy_id: int) -> None:
    """Send the letter to one of the proxy's parties, or to the secretariat."""
    acting = await require(unit, telegram_id, Act.SEE_SEATS)
    proxy = await unit.proxies.get(proxy_id)
    if proxy is None:
        raise errors.Gone
    await check_may_see(unit, acting, proxy)
    await unit.outbox.show(
        telegram_id,
        ProxyLetterRef(proxy.id, acting.person.id),
        key=f"letter:{proxy.id}:{unit.now.timestamp()}",
        person_id=acting.person.id,
    )


async def load_letter(unit: Unit, ref: ProxyLetterRef) -> ProxyLetter | None:
    """Load what the letter says; its instruction only for the member's own people and the instructed holder."""
    proxy, reader = await unit.proxies.get(ref.proxy_id), await unit.people.get(ref.person_id)
    if proxy is None or reader is None:
        return None
    said = await terms(unit, proxy.meeting_id, proxy.member_id, proxy.holder_id, proxy.holder_member_id, proxy.until)
    side = proxy.member_id in reader.acts_for
    told = proxy.instructed and (side or reader.person.id == proxy.holder_id)
    signed = await unit.proxies.signature(proxy.id)
    grantor = await _grantor(unit, proxy, signed.person_id if signed else None)
    return ProxyLetter(
        proxy.id,
        said.member,
        grantor.person.name if grantor else "",
        grantor.person.function if grantor else "",
        said.holder,
        said.holder_function,
        said.holder_member,
        said.kind,
        said.until,
        said.meeting,
        said.starts_at,
        said.place,
        at=unit.now,
        signed_at=signed.at if signed and not signed.on_paper else None,
        decision=await unit.positions.decision(proxy.meeting_id, proxy.member_id),
        instruction=await instruction(unit, proxy.meeting_id, proxy.member_id) if told else (),
        may_attach=side and proxy.state.under_way and unit.association.statutes.proxy_letters,
    )


async def _grantor(unit: Unit, proxy: Proxy, signed_by: int | None) -> Acting | None:
    """Return who signed in the chat, or else who is to sign: the signatory, or the only one who may."""
    if signed_by is not None:
        return await unit.people.get(signed_by)
    people = await unit.people.holding(unit.association.statutes.proxy_grantors, member_id=proxy.member_id)
    signatories = [whom for whom in people if whom.has(Role.SIGNATORY, proxy.member_id)]
    found = signatories or list(people)
    return found[0] if len(found) == 1 else None
