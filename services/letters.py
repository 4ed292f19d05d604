"""Signed letters of proxies: a photo or a PDF, kept with its SHA-256, which can stand in for signing in the chat.

Sent by somebody who may sign, it signs at once. Of anybody else it counts as signed when somebody of the secretariat
has looked at it and says so (setting ``proxy_letters``).
"""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.letters import LetterExpected, LetterJudged, LetterReceived, LetterShown
from assembly.letters import check_content, check_letter
from assembly.members import Acting
from assembly.permissions import Act
from assembly.proxies import Proxy, ProxyState
from services.access import holders_of, require
from services.documents import IncomingFile, store
from services.granting import check_still_grantable, proxy_at_hand, sign
from services.proxy_cards import may_sign, redraw_card
from services.seats import GRANTOR_SIDE, check_acts_for
from services.telling import tell
from storage.files import StoredFile
from storage.letters import SignedLetter
from storage.unit import Unit

PURPOSE = "proxy_letter"
"""Step of the conversation, and purpose of the photo or document."""


async def ask_letter(unit: Unit, telegram_id: int, proxy_id: int) -> None:
    """Expect the signed letter of a proxy that is under way."""
    acting, meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.SIGN_PROXY)
    await check_acts_for(unit, acting, meeting, proxy.member_id)
    _check_open(unit, proxy)
    await unit.conversations.begin(acting.person.id, PURPOSE, proxy_id=proxy.id)
    await tell(unit, acting, LetterExpected(*await _parties(unit, proxy), signs=_signs(unit, acting, proxy)))


async def repeat_request(unit: Unit, acting: Acting, _text: str, data: Mapping[str, Any]) -> None:
    """Say again that a letter is expected, where something else came."""
    proxy = await _get(unit, data["proxy_id"])
    await tell(unit, acting, LetterExpected(*await _parties(unit, proxy), signs=_signs(unit, acting, proxy)))


async def receive_letter(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Note a letter, of which the bytes are being fetched."""
    proxy = await _get(unit, data["proxy_id"])
    if proxy.member_id not in acting.members(*GRANTOR_SIDE):
        raise errors.NotYourMember((await unit.members.names([proxy.member_id]))[proxy.member_id])
    _check_open(unit, proxy)
    check_letter(file.size)
    await unit.letters.add(proxy.id, await store(unit, acting.person.id, file, PURPOSE))
    await unit.conversations.end(acting.person.id)


async def keep_letter(unit: Unit, file: StoredFile, content: bytes) -> None:
    """Keep the fetched letter and show it to the secretariat; sent by somebody who may sign, it signs the proxy."""
    found = await unit.letters.of_file(file.id)
    sender = await unit.people.get(file.sent_by)
    if found is None or sender is None:
        return
    try:
        check_content(content)
    except errors.LetterRefused:
        await unit.letters.forget(file.id)
        raise
    proxy = await _get(unit, found.proxy_id)
    await unit.meetings.get(proxy.meeting_id, lock=True)
    proxy = await _get(unit, found.proxy_id)
    signs = _signs(unit, sender, proxy)
    await unit.journal.note(
        "proxy_letter_kept",
        actor_id=sender.person.id,
        meeting_id=proxy.meeting_id,
        facts={"proxy": proxy.id, "member": proxy.member_id, "letter": found.id, "sha256": file.sha256},
    )
    await redraw_card(unit, proxy)
    to_judge = proxy.state is ProxyState.PREPARED and not signs
    await tell(unit, sender, LetterReceived(*await _parties(unit, proxy), signs=not to_judge))
    for whom in await holders_of(unit, Act.JUDGE_LETTER):
        await tell(unit, whom, await _shown(unit, found, proxy, to_judge=to_judge and whom.person.id != file.sent_by))
    if signs and proxy.state is ProxyState.PREPARED:
        await check_still_grantable(unit, proxy)
        await sign(unit, sender, proxy)


async def judge_letter(unit: Unit, telegram_id: int, letter_id: int, *, approved: bool) -> None:
    """Say of a letter whether it bears the signature; with that the proxy is signed, once."""
    acting = await require(unit, telegram_id, Act.JUDGE_LETTER)
    letter = await unit.letters.get(letter_id)
    if letter is None:
        raise errors.Gone
    if letter.sent_by == acting.person.id:
        raise errors.SamePerson
    _acting, _meeting, proxy = await proxy_at_hand(unit, telegram_id, letter.proxy_id, Act.JUDGE_LETTER)
    letter = await unit.letters.get(letter_id)
    if letter is None or letter.approved is not None or proxy.state is not ProxyState.PREPARED:
        raise errors.ProxyMovedOn(proxy.state.value)
    await unit.letters.judge(letter.id, acting.person.id, approved=approved)
    await unit.journal.note(
        "proxy_letter_judged",
        actor_id=acting.person.id,
        meeting_id=proxy.meeting_id,
        facts={"letter": letter.id, "proxy": proxy.id, "approved": approved},
    )
    if approved:
        await check_still_grantable(unit, proxy)
        await sign(unit, acting, proxy, on_paper=True)
        return
    sender = await unit.people.get(letter.sent_by)
    if sender is not None:
        await tell(unit, sender, LetterJudged(proxy.id, *await _parties(unit, proxy)))


async def show_letters(unit: Unit, telegram_id: int, proxy_id: int) -> None:
    """Send the signed letters of a proxy to one of its parties, or to the secretariat."""
    acting = await require(unit, telegram_id, Act.SEE_SEATS)
    proxy = await _get(unit, proxy_id)
    await check_may_see(unit, acting, proxy)
    letters = await unit.letters.of_proxy(proxy.id)
    if not letters:
        raise errors.NoLetter
    for letter in letters:
        await tell(unit, acting, await _shown(unit, letter, proxy, to_judge=False))


async def check_may_see(unit: Unit, acting: Acting, proxy: Proxy) -> None:
    """Refuse whoever is no party of the proxy and not of the secretariat; the holder until it is offered."""
    offered = proxy.state is not ProxyState.PREPARED
    office = {whom.person.id for whom in await holders_of(unit, Act.JUDGE_LETTER)}
    if acting.person.id in office or proxy.member_id in acting.acts_for:
        return
    if not (offered and acting.person.id == proxy.holder_id):
        raise errors.NotYourMember((await unit.members.names([proxy.member_id]))[proxy.member_id])


def _signs(unit: Unit, acting: Acting, proxy: Proxy) -> bool:
    return may_sign(unit, acting, proxy.member_id)


def _check_open(unit: Unit, proxy: Proxy) -> None:
    if not unit.association.statutes.proxy_letters:
        raise errors.LettersNotAllowed
    if not proxy.state.under_way:
        raise errors.ProxyMovedOn(proxy.state.value)


async def _get(unit: Unit, proxy_id: int) -> Proxy:
    proxy = await unit.proxies.get(proxy_id)
    if proxy is None:
        raise errors.Gone
    return proxy


async def _parties(unit: Unit, proxy: Proxy) -> tuple[str, str]:
    """Return the names of the member and of the holder."""
    holder = await unit.people.get(proxy.holder_id)
    member = (await unit.members.names([proxy.member_id]))[proxy.member_id]
    return member, holder.person.name if holder else ""


async def _shown(unit: Unit, letter: SignedLetter, proxy: Proxy, *, to_judge: bool) -> LetterShown:
    sender = await unit.people.get(letter.sent_by)
    member, holder = await _parties(unit, proxy)
    return LetterShown(
        letter.id,
        member,
        holder,
        sender.person.name if sender else "",
        letter.telegram_file_id,
        letter.photo,
        letter.sha256,
        to_judge,
    )
