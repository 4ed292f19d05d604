"""Granting, signing, answering and ending proxies: each step, who is told, and every refusal."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.proxies import Part, ProxyRef
from assembly.members import Role, RoleHeld
from assembly.proxies import ProxyKind, ProxyState
from assembly.tally import Choice
from services.granting import accept_proxy, decline_proxy, revoke_proxy, sign_proxy
from services.proxy_cards import card_key, load_card
from storage.engine import AlreadyDone, Storage
from storage.unit import Unit
from tests.support.assembly import IN_TIME, STARTS_AT
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import OFFICE, add_person
from tests.support.sitting import Evening, convened_evening, coordinator, open_evening, representative

MAYOR = 5001
GRANTOR, HOLDER, PREPARER = representative("Deventer"), representative("Assen"), coordinator("Deventer")


async def events(evening: Evening, who: str) -> list[str]:
    """Return which events of proxies somebody was told of, in order."""
    told = await queued(evening.storage, evening.register.accounts[who])
    return [facts["event"] for name, facts in told if name == "ProxyNews"]


async def test_coordinator_prepares_grantor_signs_holder_accepts(storage: Storage, clock: TurnableClock) -> None:
    """Each step asks whoever is next, and tells the others of both sides and the secretariat, each once."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.grant("Deventer", "Assen", by=PREPARER)
    assert (await evening.proxy(proxy_id)).state is ProxyState.PREPARED
    assert "ProxyRef" in await screens(storage, evening.register.accounts[GRANTOR])
    assert "ProxyRef" not in await screens(storage, evening.register.accounts[HOLDER])
    await evening.act(sign_proxy, GRANTOR, proxy_id, None)
    assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED
    assert "ProxyRef" in await screens(storage, evening.register.accounts[HOLDER])
    await evening.act(accept_proxy, HOLDER, proxy_id, None)
    assert (await evening.proxy(proxy_id)).state is ProxyState.ACCEPTED
    assert await events(evening, "Regiebureau") == ["prepared", "signed", "accepted"]
    assert await events(evening, PREPARER) == ["signed", "accepted"]
    assert await events(evening, GRANTOR) == ["accepted"]
    assert await events(evening, HOLDER) == []
    assert await events(evening, coordinator("Assen")) == []


async def test_signatory_who_does_not_vote_can_sign(storage: Storage, clock: TurnableClock) -> None:
    """The mayor, who is no representative, is asked to sign and does."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    held = RoleHeld(Role.SIGNATORY, evening.register.members["Deventer"])
    await storage.write(lambda unit: add_person(unit, "burgemeester Deventer", MAYOR, held))
    proxy_id = await evening.grant("Deventer", "Assen", by=PREPARER)
    assert await screens(storage, MAYOR) == ["ProxyRef"]
    await storage.write(sign_proxy, MAYOR, proxy_id, None)
    assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED


async def test_grantor_signs_by_granting(storage: Storage, clock: TurnableClock) -> None:
    """Who may sign for the member grants and signs at once."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.grant("Deventer", "Assen")
    assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED


async def test_card_shows_each_reader_its_part(storage: Storage, clock: TurnableClock) -> None:
    """The same proxy is a card for its holder, for who may sign, and for a colleague who may not."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.granted("Deventer", "Assen")
    for who, part in ((HOLDER, Part.HOLDER), (GRANTOR, Part.GRANTOR), (PREPARER, Part.COLLEAGUE)):
        card = await storage.read(load_card, ProxyRef(proxy_id, evening.register.people[who]))
        assert card is not None
        assert (card.part, card.state, card.suspended) == (part, ProxyState.ACCEPTED, False)
    assert await storage.read(load_card, ProxyRef(999, 1)) is None


async def test_pressed_message_becomes_the_card(storage: Storage, clock: TurnableClock) -> None:
    """The message under which was pressed shows the proxy from then on, so that no stale button is left there."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.grant("Deventer", "Assen")
    await evening.act(accept_proxy, HOLDER, proxy_id, 42)
    account = evening.register.accounts[HOLDER]
    assert await storage.read(lambda unit: unit.outbox.posted(account, card_key(proxy_id))) == 42


@pytest.mark.parametrize(
    ("end", "who", "event"),
    [(decline_proxy, HOLDER, "declined"), (revoke_proxy, GRANTOR, "revoked")],
)
async def test_ended_offer_leaves_a_way_on(
    storage: Storage,
    clock: TurnableClock,
    end: Callable[..., Awaitable[None]],
    who: str,
    event: str,
) -> None:
    """After a refusal or a revocation the grantor side is offered another holder, and can grant anew at once."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    proxy_id = await evening.grant("Deventer", "Assen")
    await evening.act(end, who, proxy_id, None)
    told = await queued(storage, evening.register.accounts[PREPARER])
    assert told[-1][1]["event"] == event
    ways = told[-1][1]["replacing"]
    assert (ways["meeting_id"], ways["member_id"]) == (evening.meeting.id, evening.register.members["Deventer"])
    assert [holder["name"] for holder in ways["suggestions"]] == [PREPARER, representative("Emmen")]
    assert (await events(evening, "Regiebureau"))[-1] == event
    assert await evening.granted("Deventer", "Emmen")


async def test_unsigned_proxy_can_be_withdrawn_by_whoever_prepared_it(storage: Storage, clock: TurnableClock) -> None:
    """A coordinator withdraws what is not signed; the intended holder never hears of it."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.grant("Deventer", "Assen", by=PREPARER)
    await evening.act(revoke_proxy, PREPARER, proxy_id, None)
    assert (await evening.proxy(proxy_id)).state is ProxyState.REVOKED
    assert await events(evening, GRANTOR) == ["withdrawn"]
    assert "ProxyNews" not in await screens(storage, evening.register.accounts[HOLDER])


async def test_accepted_proxy_can_be_laid_down_and_revoked(storage: Storage, clock: TurnableClock) -> None:
    """Either side ends an accepted proxy between votes, and not while a vote is open."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await evening.arrive("Assen", "Emmen")
    for end, who in ((decline_proxy, HOLDER), (revoke_proxy, GRANTOR)):
        proxy_id = await evening.granted("Deventer", "Assen")
        motion_id = await evening.put_to_vote("2" if end is decline_proxy else "3", roll_call=True)
        with pytest.raises(errors.MotionOpen):
            await evening.act(end, who, proxy_id, None)
        await evening.cast(motion_id, "Deventer", Choice.FOR, by=HOLDER)
        await evening.end_vote(motion_id)
        await evening.act(end, who, proxy_id, None)
    assert (await events(evening, PREPARER))[-1] == "revoked"
    assert "laid_down" in await events(evening, GRANTOR)
    assert await evening.proxies() == ()


async def test_who_may_do_what(storage: Storage, clock: TurnableClock) -> None:
    """Only who may sign signs and revokes, only the holder answers, and only the member's people grant."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    stranger = representative("Emmen")
    with pytest.raises(errors.NotYourMember):
        await evening.grant("Deventer", "Assen", by=stranger)
    with pytest.raises(errors.NotAllowed):
        await evening.grant("Deventer", "Assen", by="Voorzitter")
    proxy_id = await evening.grant("Deventer", "Assen", by=PREPARER)
    for service, who, refusal in (
        (sign_proxy, PREPARER, errors.NotEntitledToSign),
        (sign_proxy, stranger, errors.NotYourMember),
        (revoke_proxy, stranger, errors.NotYourMember),
        (accept_proxy, stranger, errors.NotYourMember),
        (decline_proxy, GRANTOR, errors.NotYourMember),
    ):
        with pytest.raises(refusal):
            await evening.act(service, who, proxy_id, None)
    await evening.act(sign_proxy, GRANTOR, proxy_id, None)
    with pytest.raises(errors.NotEntitledToSign):
        await evening.act(revoke_proxy, PREPARER, proxy_id, None)
    for service in (sign_proxy, accept_proxy, decline_proxy, revoke_proxy):
        with pytest.raises(errors.Gone):
            await evening.act(service, GRANTOR, 999, None)


async def test_each_step_happens_once(storage: Storage, clock: TurnableClock) -> None:
    """The same button again, by another tap or another grantor, is refused with where the proxy stands."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.grant("Deventer", "Assen", by=PREPARER)
    with pytest.raises(errors.ProxyExists):
        await evening.grant("Deventer", "Assen", by=PREPARER)
    for service, who, refused_after in (
        (sign_proxy, GRANTOR, "offered"),
        (accept_proxy, HOLDER, "accepted"),
        (decline_proxy, HOLDER, "declined"),
        (revoke_proxy, GRANTOR, "declined"),
    ):
        if service is not revoke_proxy:
            await evening.act(service, who, proxy_id, None, update=800)
            with pytest.raises(AlreadyDone):
                await evening.act(service, who, proxy_id, None, update=800)
            await storage.write(lambda unit: unit.intake.forget_done(clock.moment + timedelta(days=1)))
        with pytest.raises(errors.ProxyMovedOn) as refused:
            await evening.act(service, who, proxy_id, None)
        assert refused.value.state == refused_after


async def test_accepting_before_the_signature_is_refused(storage: Storage, clock: TurnableClock) -> None:
    """A forged press of the holder does not stand in for the signature."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    proxy_id = await evening.grant("Deventer", "Assen", by=PREPARER)
    for service in (accept_proxy, decline_proxy):
        with pytest.raises(errors.ProxyMovedOn):
            await evening.act(service, HOLDER, proxy_id, None)


async def test_nothing_moves_before_or_after_the_assembly(storage: Storage, clock: TurnableClock) -> None:
    """After the closing no proxy is granted, signed, answered or revoked."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen")
    proxy_id = await evening.grant("Deventer", "Assen", by=PREPARER)
    await evening.close()
    for service, who in ((sign_proxy, GRANTOR), (accept_proxy, HOLDER), (revoke_proxy, GRANTOR)):
        with pytest.raises(errors.WrongMeetingState):
            await evening.act(service, who, proxy_id, None)
    with pytest.raises(errors.WrongMeetingState):
        await evening.grant("Emmen", "Assen")


async def test_rules_on_holders(storage: Storage, clock: TurnableClock) -> None:
    """Refused: to oneself, a chain either way, a circle, above the maximum, and to who represents nobody."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen", "Ommen", "Raalte")
    await evening.granted("Deventer", "Assen")
    for member, holder_member in (("Assen", "Emmen"), ("Assen", "Deventer"), ("Emmen", "Deventer")):
        with pytest.raises(errors.ProxyChain):
            await evening.grant(member, holder_member)
    with pytest.raises(errors.ProxyToSelf):
        await evening.grant("Emmen", "Emmen")
    with pytest.raises(errors.HolderNotEntitled):
        await evening.grant("Emmen", "Ommen", holder=coordinator("Ommen"))
    unregistered = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Ommen"])
    person_id = await storage.write(add_person, "wethouder Ommen", None, unregistered)
    evening.register.people["wethouder Ommen"] = person_id
    with pytest.raises(errors.HolderNotEntitled):
        await evening.grant("Emmen", "Ommen", holder="wethouder Ommen")
    await evening.grant("Raalte", "Assen")
    with pytest.raises(errors.ProxyLimit):
        await evening.grant("Emmen", "Assen")


async def test_representative_of_two_members_is_no_holder_of_its_own(storage: Storage, clock: TurnableClock) -> None:
    """Somebody who represents both members would hold a proxy of itself: refused."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Deventer"])
    await storage.write(lambda unit: unit.people.grant_role(evening.register.people[HOLDER], held))
    with pytest.raises(errors.ProxyToSelf):
        await evening.grant("Deventer", "Assen")


async def test_member_needs_somebody_who_may_sign(
    association: Association, database_url: str, clock: TurnableClock
) -> None:
    """Where only a signatory may sign, in the chat, and none is registered, nothing can be prepared."""
    statutes = replace(association.statutes, proxy_grantors=frozenset({Role.SIGNATORY}), proxy_letters=False)
    async with Storage.open(database_url, replace(association, statutes=statutes), clock) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer")
        with pytest.raises(errors.NobodyMaySign):
            await evening.grant("Deventer", "Assen")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"proxy_kinds": frozenset({ProxyKind.COLLEAGUE})}, errors.ProxyKindNotAllowed),
        ({"proxy_maximum": 0}, errors.ProxyLimit),
        ({"proxy_deadline_hours": 24}, errors.ProxyDeadlinePassed),
    ],
)
async def test_settings_refuse(
    association: Association,
    database_url: str,
    clock: TurnableClock,
    changes: dict[str, Any],
    refusal: type[errors.Refusal],
) -> None:
    """The settings on kinds, maximum and deadline each refuse, an hour before the assembly."""
    statutes = replace(association.statutes, **changes)
    async with Storage.open(database_url, replace(association, statutes=statutes), clock) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer")
        clock.moment = STARTS_AT - timedelta(hours=1)
        with pytest.raises(refusal):
            await evening.grant("Deventer", "Assen")


async def test_offer_outlives_no_deadline_and_no_holder(
    association: Association, database_url: str, clock: TurnableClock
) -> None:
    """At accepting, the deadline and the holder's role are held against the rules once more."""
    statutes = replace(association.statutes, proxy_deadline_hours=24)
    async with Storage.open(database_url, replace(association, statutes=statutes), clock) as storage:
        evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
        proxy_id = await evening.grant("Deventer", "Assen")
        clock.moment = STARTS_AT - timedelta(hours=1)
        with pytest.raises(errors.ProxyDeadlinePassed):
            await evening.act(accept_proxy, HOLDER, proxy_id, None)
        clock.moment = IN_TIME

        async def change_member(unit: Unit) -> None:
            holder, members = evening.register.people[HOLDER], evening.register.members
            await unit.people.end_role(holder, RoleHeld(Role.REPRESENTATIVE, members["Assen"]))
            await unit.people.grant_role(holder, RoleHeld(Role.REPRESENTATIVE, members["Emmen"]))

        await storage.write(change_member)
        with pytest.raises(errors.HolderNotEntitled):
            await evening.act(accept_proxy, HOLDER, proxy_id, None)


async def test_secretariat_that_is_a_party_hears_once(storage: Storage, clock: TurnableClock) -> None:
    """Somebody with two hats is told once of each step."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    held = RoleHeld(Role.COORDINATOR, evening.register.members["Deventer"])
    await storage.write(lambda unit: unit.people.grant_role(evening.register.people["Regiebureau"], held))
    await evening.granted("Deventer", "Assen")
    assert (await screens(storage, OFFICE)).count("ProxyNews") == 2
