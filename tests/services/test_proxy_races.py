"""Proxies, letters and positions at the same moment: one act counts, and the others are told why theirs does not."""

from datetime import date

import pytest

from assembly import errors
from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.members import Role, RoleHeld
from assembly.positions import Stance
from assembly.proxies import ProxyState
from services import files, granting, items, letters, motions, positions, replacing
from services.documents import IncomingFile
from storage.engine import Storage
from tests.services.test_voting_races import together
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import OFFICE, add_person
from tests.support.sitting import by_statutes, convened_evening, coordinator, open_evening, representative

ROUNDS = 3


def outcomes(results: list[object]) -> list[str]:
    """Return the names of what the acts came to, in order of the alphabet."""
    return sorted(type(result).__name__ for result in results)


async def test_the_maximum_holds_along_the_way(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """Where votes pass on, grants at different ends of one way never bring its last holder above the maximum."""
    async with by_statutes(database_url, association, clock, proxy_substitution=True, proxy_maximum=2) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen", "Ommen")
        for _ in range(ROUNDS):
            results = await together(
                evening.grant("Deventer", "Assen"), evening.grant("Ommen", "Assen"), evening.grant("Assen", "Emmen")
            )
            assert outcomes(results) == ["ProxyLimit", "int", "int"]
            for proxy in await evening.proxies():
                names = {member_id: name for name, member_id in evening.register.members.items()}
                grantor = representative(names[proxy.member_id])
                await evening.act(granting.revoke_proxy, grantor, proxy.id, None)


async def test_two_replacements_leave_one_proxy(storage: Storage, clock: TurnableClock) -> None:
    """Two signatories replace a holder at once by different people: the member has one proxy, to one of them."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen", "Ommen")
    people, members = evening.register.people, evening.register.members
    held = RoleHeld(Role.SIGNATORY, members["Deventer"])
    evening.register.accounts["burgemeester Deventer"] = 5001
    await storage.write(add_person, "burgemeester Deventer", 5001, held)
    proxy_id = await evening.granted("Deventer", "Assen")
    results = await together(
        *(
            evening.act(replacing.replace_holder, who, proxy_id, people[representative(to)], members[to], None)
            for who, to in ((representative("Deventer"), "Emmen"), ("burgemeester Deventer", "Ommen"))
        )
    )
    assert outcomes(results) == ["NoneType", "ProxyExists"]
    assert len(await evening.proxies()) == 1


@pytest.mark.parametrize("other", [granting.skip_proxy, granting.revoke_proxy])
async def test_confirming_against_ending(storage: Storage, clock: TurnableClock, other: object) -> None:
    """A standing proxy is confirmed and ended at once: it either ends in the end, or the ending comes too late."""
    evening = await convened_evening(storage, clock, "Groningen", "Ten Boer")
    grantor = representative("Ten Boer")
    proxy_id = await evening.granted("Ten Boer", "Groningen", until=date(2019, 12, 31))
    await storage.write(lambda unit: unit.proxies.end(proxy_id, ProxyState.PREPARED, None))
    results = await together(
        evening.act(granting.sign_proxy, grantor, proxy_id, None), evening.act(other, grantor, proxy_id, None)
    )
    assert outcomes(results) in (["NoneType", "NoneType"], ["NoneType", "ProxyMovedOn"])
    assert (await evening.proxy(proxy_id)).state is ProxyState.REVOKED


async def test_a_letter_is_judged_once(storage: Storage, clock: TurnableClock) -> None:
    """Two people of the secretariat judge the same letter differently: one word counts."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    evening.register.accounts["Collega"] = 9004
    await storage.write(add_person, "Collega", 9004, RoleHeld(Role.SECRETARIAT))
    proxy_id = await evening.grant("Deventer", "Assen", by=coordinator("Deventer"))
    await evening.act(letters.ask_letter, coordinator("Deventer"), proxy_id)
    content = b"%PDF-1.7 signed"
    file = IncomingFile("file", "unique", "brief.pdf", "application/pdf", len(content), "")
    await evening.act(files.receive_file, coordinator("Deventer"), file)
    (wanted,) = await storage.read(files.wanted, 1)
    await storage.write(files.store_content, wanted.id, content)
    shown = [facts for name, facts in await queued(storage, OFFICE) if name == "LetterShown"][-1]
    results = await together(
        evening.act(letters.judge_letter, "Regiebureau", shown["letter_id"], approved=True),
        evening.act(letters.judge_letter, "Collega", shown["letter_id"], approved=False),
    )
    assert outcomes(results) == ["NoneType", "ProxyMovedOn"]
    expected = ProxyState.OFFERED if results[0] is None else ProxyState.PREPARED
    assert (await evening.proxy(proxy_id)).state is expected


async def test_a_position_against_the_opening_of_its_vote(storage: Storage, clock: TurnableClock) -> None:
    """A position comes before the vote opens, or is refused; it never changes under an open vote."""
    evening = await open_evening(storage, clock, "Deventer")
    item_id, member_id = await evening.item("2"), evening.register.members["Deventer"]
    await evening.act(items.set_kind, "Regiebureau", item_id, ItemKind.DECISION, None)
    await evening.arrive("Deventer")
    given, opened = await together(
        evening.act(positions.set_position, coordinator("Deventer"), item_id, member_id, Stance.FOR),
        evening.act(motions.open_motion, "Regiebureau", item_id, None),
    )
    assert opened is None
    stored = await storage.read(lambda unit: unit.positions.of_item(item_id))
    assert bool(stored) is (given is None)
    assert given is None or isinstance(given, errors.ItemVoted)
