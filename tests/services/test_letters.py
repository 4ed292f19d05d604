"""Signed letters: kept with their hash, signing by who may, judged by the secretariat for everybody else."""

from datetime import timedelta
from hashlib import sha256

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.letters import ProxyLetter, ProxyLetterRef
from assembly.members import Role, RoleHeld
from assembly.positions import Stance
from assembly.proxies import ProxyState
from services import files, granting, letters, positions, proxy_letter
from services.documents import IncomingFile
from services.proxy_letter import load_letter
from storage.engine import Storage
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import OFFICE, add_person
from tests.support.sitting import Evening, by_statutes, convened_evening, coordinator, representative

PDF = b"%PDF-1.7 a signed letter"
PHOTO = b"\xff\xd8\xff a photo of it"
WHO, GRANTOR, HOLDER = coordinator("Deventer"), representative("Deventer"), representative("Assen")


async def prepared(storage: Storage, clock: TurnableClock) -> tuple[Evening, int]:
    """Convene an assembly for which a coordinator prepared a proxy."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    return evening, await evening.grant("Deventer", "Assen", by=WHO)


async def sends(evening: Evening, who: str, proxy_id: int, content: bytes, *, photo: bool = False) -> None:
    """Let somebody send a letter, of which the bytes then come in."""
    await evening.act(letters.ask_letter, who, proxy_id)
    evening.clock.turn(timedelta(seconds=1))
    file = IncomingFile("file-id", "unique", "" if photo else "brief.pdf", "image/jpeg", len(content), "")
    await evening.act(files.receive_photo if photo else files.receive_file, who, file)
    (wanted,) = await evening.storage.read(files.wanted, 10)
    await evening.storage.write(files.store_content, wanted.id, content)


async def last(storage: Storage, account: int, screen: str) -> dict[str, object]:
    """Return the facts of the last screen of that name that was queued for somebody."""
    return [facts for name, facts in await queued(storage, account) if name == screen][-1]


@pytest.mark.parametrize(("content", "photo"), [(PDF, False), (PHOTO, True)])
async def test_a_letter_of_a_coordinator_is_judged(
    storage: Storage, clock: TurnableClock, content: bytes, photo: bool
) -> None:
    """The secretariat sees the attachment and its hash; with its word the proxy is signed and offered, once."""
    evening, proxy_id = await prepared(storage, clock)
    await sends(evening, WHO, proxy_id, content, photo=photo)
    assert (await evening.proxy(proxy_id)).state is ProxyState.PREPARED
    shown = await last(storage, OFFICE, "LetterShown")
    assert shown["sha256"] == sha256(content).hexdigest()
    assert (shown["photo"], shown["to_judge"], shown["telegram_file_id"]) == (photo, True, "file-id")
    await evening.act(letters.judge_letter, "Regiebureau", shown["letter_id"], approved=True)
    assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED
    assert (await last(storage, evening.register.accounts[WHO], "ProxyNews"))["event"] == "signed_on_paper"
    with pytest.raises(errors.ProxyMovedOn):
        await evening.act(letters.judge_letter, "Regiebureau", shown["letter_id"], approved=True)
    await evening.act(granting.accept_proxy, HOLDER, proxy_id, None)


async def test_a_letter_without_signature(storage: Storage, clock: TurnableClock) -> None:
    """Not taken by the secretariat, its sender is told, and can send another one."""
    evening, proxy_id = await prepared(storage, clock)
    await sends(evening, WHO, proxy_id, PDF)
    letter = await last(storage, OFFICE, "LetterShown")
    await evening.act(letters.judge_letter, "Regiebureau", letter["letter_id"], approved=False)
    assert (await evening.proxy(proxy_id)).state is ProxyState.PREPARED
    assert (await screens(storage, evening.register.accounts[WHO]))[-1] == "LetterJudged"
    await sends(evening, WHO, proxy_id, PDF)
    again = await last(storage, OFFICE, "LetterShown")
    await evening.act(letters.judge_letter, "Regiebureau", again["letter_id"], approved=True)
    assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED


async def test_who_may_sign_signs_by_sending(storage: Storage, clock: TurnableClock) -> None:
    """The representative's own letter signs at once; the secretariat sees it and has nothing to decide."""
    evening, proxy_id = await prepared(storage, clock)
    await sends(evening, GRANTOR, proxy_id, PDF)
    assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED
    assert (await last(storage, OFFICE, "LetterShown"))["to_judge"] is False
    await sends(evening, WHO, proxy_id, PDF)
    assert (await last(storage, OFFICE, "LetterShown"))["to_judge"] is False


async def test_what_is_no_letter(storage: Storage, clock: TurnableClock) -> None:
    """Another kind of file, an empty one and one that is too large are refused, and nothing is kept."""
    evening, proxy_id = await prepared(storage, clock)
    await sends(evening, WHO, proxy_id, b"PK\x03\x04 a workbook")
    assert (await screens(storage, evening.register.accounts[WHO]))[-1] == "LetterRefused"
    assert "LetterShown" not in await screens(storage, OFFICE)
    for size in (0, 10_000_001):
        await evening.act(letters.ask_letter, WHO, proxy_id)
        with pytest.raises(errors.LetterRefused):
            await evening.act(files.receive_file, WHO, IncomingFile("f", f"u{size}", "a.pdf", "", size, ""))
    with pytest.raises(errors.NoLetter):
        await evening.act(letters.show_letters, WHO, proxy_id)
    await says(storage, evening.register.accounts[WHO], "komt eraan")
    assert (await screens(storage, evening.register.accounts[WHO]))[-1] == "LetterExpected"


async def test_who_may_send_judge_and_see(storage: Storage, clock: TurnableClock) -> None:
    """Only the member's people send, only the secretariat judges, and never its own; the holder sees what it got."""
    evening, proxy_id = await prepared(storage, clock)
    with pytest.raises(errors.NotYourMember):
        await evening.act(letters.ask_letter, HOLDER, proxy_id)
    held = RoleHeld(Role.COORDINATOR, evening.register.members["Deventer"])
    await storage.write(lambda unit: unit.people.grant_role(evening.register.people["Regiebureau"], held))
    evening.register.accounts["Collega"] = 9004
    await storage.write(add_person, "Collega", 9004, RoleHeld(Role.SECRETARIAT))
    await sends(evening, "Regiebureau", proxy_id, PDF)
    letter_id = (await last(storage, 9004, "LetterShown"))["letter_id"]
    assert (await last(storage, OFFICE, "LetterShown"))["to_judge"] is False
    for who, refusal in (
        (WHO, errors.NotAllowed),
        ("Voorzitter", errors.NotAllowed),
        ("Regiebureau", errors.SamePerson),
    ):
        with pytest.raises(refusal):
            await evening.act(letters.judge_letter, who, letter_id, approved=True)
    for who in (HOLDER, "Voorzitter"):
        with pytest.raises(errors.NotYourMember):
            await evening.act(letters.show_letters, who, proxy_id)
    await evening.act(letters.judge_letter, "Collega", letter_id, approved=True)
    for who in (HOLDER, WHO, "Collega"):
        await evening.act(letters.show_letters, who, proxy_id)
        assert (await screens(storage, evening.register.accounts[who]))[-1] == "LetterShown"
    for number in (999, 10**17):
        with pytest.raises(errors.Gone):
            await evening.act(letters.judge_letter, "Collega", number, approved=True)


async def test_without_letters_only_the_chat_signs(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """By the setting no letter is taken; then somebody must be registered who may sign."""
    async with by_statutes(
        database_url, association, clock, proxy_letters=False, proxy_grantors=frozenset({Role.SIGNATORY})
    ) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer")
        with pytest.raises(errors.NobodyMaySign):
            await evening.grant("Deventer", "Assen", by=WHO)
        held = RoleHeld(Role.SIGNATORY, evening.register.members["Deventer"])
        await storage.write(add_person, "burgemeester Deventer", 5001, held)
        proxy_id = await evening.grant("Deventer", "Assen", by=WHO)
        with pytest.raises(errors.LettersNotAllowed):
            await evening.act(letters.ask_letter, WHO, proxy_id)
        with pytest.raises(errors.NotEntitledToSign):
            await evening.act(granting.sign_proxy, GRANTOR, proxy_id, None)


async def test_with_letters_nobody_has_to_be_registered(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """A mayor without Telegram signs on paper: prepared, printed, sent as a photo and seen by the secretariat."""
    async with by_statutes(database_url, association, clock, proxy_grantors=frozenset({Role.SIGNATORY})) as storage:
        evening, proxy_id = await prepared(storage, clock)
        held = RoleHeld(Role.SIGNATORY, evening.register.members["Deventer"])
        await storage.write(add_person, "burgemeester Deventer", None, held)
        assert (await letter(evening, proxy_id, WHO)).grantor == "burgemeester Deventer"
        await sends(evening, WHO, proxy_id, PHOTO, photo=True)
        shown = await last(storage, OFFICE, "LetterShown")
        await evening.act(letters.judge_letter, "Regiebureau", shown["letter_id"], approved=True)
        assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED
        assert (await letter(evening, proxy_id, WHO)).signed_at is None


async def letter(evening: Evening, proxy_id: int, who: str) -> ProxyLetter:
    """Return what the letter says to somebody."""
    found = await evening.storage.read(load_letter, ProxyLetterRef(proxy_id, evening.register.people[who]))
    assert found is not None
    return found


async def test_the_letter_keeps_the_instruction_apart(storage: Storage, clock: TurnableClock) -> None:
    """The member's people and the instructed holder get the page with the instruction, the secretariat never."""
    evening, proxy_id = await prepared(storage, clock)
    item_id = await evening.item("3")
    await evening.act(positions.set_position, WHO, item_id, evening.register.members["Deventer"], Stance.FOR)
    assert (await letter(evening, proxy_id, WHO)).instruction == ()
    await evening.act(granting.instruct_proxy, WHO, proxy_id, None, instructed=True)
    await evening.act(granting.sign_proxy, GRANTOR, proxy_id, None)
    for who, lines in ((WHO, 1), (HOLDER, 1), ("Regiebureau", 0)):
        await evening.act(proxy_letter.send_letter, who, proxy_id)
        assert (await screens(storage, evening.register.accounts[who]))[-1] == "ProxyLetterRef"
        found = await letter(evening, proxy_id, who)
        assert len(found.instruction) == lines
        assert (found.grantor, found.signed_at) == (GRANTOR, clock.moment)
    with pytest.raises(errors.NotYourMember):
        await evening.act(proxy_letter.send_letter, "Voorzitter", proxy_id)
    with pytest.raises(errors.Gone):
        await evening.act(proxy_letter.send_letter, WHO, 999)
