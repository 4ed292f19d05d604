"""Members that are convened outside Telegram: consent, letters, what was sent when, and the proof of it all."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assembly.convocation import Means
from assembly.errors import DayToCome, Gone, NotAllowed, NothingToSend, WrongMeetingState
from assembly.facts.dispatches import ConvocationProof, ConvocationProofRef, ProofMember, Result
from assembly.meetings import Reply
from assembly.members import Member, Role, RoleHeld
from services import changing, convening, dispatches, proofs, receipts, replies
from storage.engine import Storage
from storage.tables import outbox
from storage.unit import Unit
from tests.support.assembly import drafted, says
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import CHAIR, OFFICE, Register, add_person, filled
from tests.support.sitting import Evening, convened_evening, representative


@pytest.fixture
async def evening(storage: Storage, clock: TurnableClock) -> Evening:
    """Give a convened assembly of two members in Telegram, and one of which nobody is registered."""

    async def unregistered(unit: Unit) -> None:
        member_id = await unit.members.save(Member(0, "zwolle", "Zwolle"))
        await add_person(unit, "portefeuillehouder Zwolle", None, RoleHeld(Role.REPRESENTATIVE, member_id))

    await storage.write(unregistered)
    return await convened_evening(storage, clock, "Assen", "Deventer")


async def last(storage: Storage, screen: str) -> dict[str, Any]:
    """Return the facts of the last message of this kind to the secretariat."""
    return [facts for name, facts in await queued(storage, OFFICE) if name == screen][-1]


async def by_letter(evening: Evening) -> list[str]:
    """Return the members that are convened by letter."""
    members = await evening.storage.read(dispatches.members_by_letter, evening.meeting)
    return [member.name for member in members]


async def proof(evening: Evening) -> ConvocationProof:
    """Load the proof."""
    loaded = await evening.storage.read(proofs.load_proof, ConvocationProofRef(evening.meeting.id))
    assert loaded is not None
    return loaded


async def of(evening: Evening, name: str) -> ProofMember:
    """Return what the proof says of a member."""
    return next(member for member in (await proof(evening)).members if member.member == name)


async def member_id(evening: Evening, name: str) -> int:
    """Return a member's id."""
    return next(int(m.id) for m in await evening.storage.read(lambda unit: unit.members.all()) if m.name == name)


async def test_without_consent_a_letter(evening: Evening) -> None:
    """Who agreed and can be reached gets no letter; one blocked phone is enough to get it again."""
    assert await by_letter(evening) == ["Assen", "Deventer", "Zwolle"]
    await evening.act(dispatches.give_consent, "coördinator Deventer")
    assert await by_letter(evening) == ["Assen", "Zwolle"]
    for name in (representative("Deventer"), "coördinator Deventer"):
        account = evening.register.accounts[name]
        await evening.storage.write(lambda unit, account=account: unit.people.set_reachable(account, reachable=False))
    assert await by_letter(evening) == ["Assen", "Deventer", "Zwolle"]


async def test_consent_is_recorded_and_withdrawn(evening: Evening) -> None:
    """The secretariat records what a member wrote; what comes later counts, and the same again adds nothing."""
    zwolle, assen = await member_id(evening, "Zwolle"), await member_id(evening, "Assen")
    for electronic in (True, True, False):
        await evening.storage.write(
            dispatches.record_consent, OFFICE, evening.meeting.id, assen, electronic=electronic, pressed=None
        )
    standing = await evening.storage.read(lambda unit: unit.consents.standing())
    assert {key: consent.electronic for key, consent in standing.items()} == {assen: False}
    for account, member in ((CHAIR, zwolle), (evening.register.coordinator("Assen"), assen)):
        with pytest.raises(NotAllowed):
            await evening.storage.write(
                dispatches.record_consent, account, evening.meeting.id, member, electronic=True, pressed=None
            )


async def test_invitation_asks_for_consent_once(storage: Storage, clock: TurnableClock) -> None:
    """Only whose member has not answered yet is asked to agree."""
    register = await filled(storage, "Assen", "Deventer")
    meeting = await drafted(storage, clock)
    await storage.write(dispatches.give_consent, register.representative("Deventer"))
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    asked = []
    for account in (register.coordinator("Assen"), register.coordinator("Deventer"), CHAIR):
        facts = next(facts for name, facts in await queued(storage, account) if name == "Invitation")
        asked.append(facts["consent"])
    assert asked == [True, False, False]


async def test_letters_are_made(evening: Evening) -> None:
    """A letter for each member without consent, to its representative, about the last round."""
    await evening.act(dispatches.give_consent, "coördinator Deventer")
    await evening.storage.write(dispatches.make_letters, OFFICE, evening.meeting.id)
    made = await last(evening.storage, "ConvocationLetters")
    assert [(letter["member"], letter["name"]) for letter in made["letters"]] == [
        ("Assen", "portefeuillehouder Assen"),
        ("Zwolle", "portefeuillehouder Zwolle"),
    ]
    assert made["told"]["number"] == 0
    assert made["before"] is None


async def test_how_and_when_it_was_sent(evening: Evening) -> None:
    """For all at once or for one; a correction counts from then on; a day to come is none."""
    storage, meeting = evening.storage, evening.meeting
    await evening.act(dispatches.give_consent, "coördinator Deventer")
    zwolle = await member_id(evening, "Zwolle")
    await storage.write(dispatches.ask_sent_on, OFFICE, meeting.id, 0, Means.POST)
    with pytest.raises(DayToCome):
        await says(storage, OFFICE, "15-01-2019")
    await says(storage, OFFICE, "13-01-2019")
    assert (await last(storage, "DispatchesRecorded"))["members"] == 2
    with pytest.raises(NothingToSend):
        await storage.write(dispatches.sent_today, OFFICE, meeting.id, 0, Means.POST)
    await storage.write(dispatches.sent_today, OFFICE, meeting.id, zwolle, Means.HANDED)
    sent = await storage.read(lambda unit: unit.dispatches.of_meeting(meeting.id))
    assert {(key, found.means, found.sent_on.day) for key, found in sent.items()} == {
        ((await member_id(evening, "Assen"), 0), Means.POST, 13),
        ((zwolle, 0), Means.HANDED, 14),
    }
    for account in (CHAIR, evening.register.coordinator("Assen")):
        with pytest.raises(NotAllowed):
            await storage.write(dispatches.sent_today, account, meeting.id, 0, Means.POST)
    with pytest.raises(Gone):
        await storage.write(dispatches.sent_today, OFFICE, meeting.id, 999, Means.POST)


async def test_a_late_letter_needs_a_reason(evening: Evening) -> None:
    """After the last day a reason is asked, which stands in the proof."""
    evening.clock.moment = datetime(2019, 2, 1, 9, tzinfo=UTC)
    await evening.storage.write(
        dispatches.sent_today, OFFICE, evening.meeting.id, await member_id(evening, "Zwolle"), Means.REGISTERED_POST
    )
    assert (await last(evening.storage, "SentReasonExpected"))["latest"] == "2019-01-29"
    assert (await of(evening, "Zwolle")).lines == ()
    await says(evening.storage, OFFICE, "Post kwam terug.")
    (line,) = (await of(evening, "Zwolle")).lines
    assert (line.means, line.at, line.result, line.note) == (
        Means.REGISTERED_POST,
        date(2019, 2, 1),
        Result.SENT,
        "Post kwam terug.",
    )


async def test_each_round_has_its_letters(evening: Evening) -> None:
    """After a change every letter is to be sent again, and tells what it was before."""
    storage, meeting = evening.storage, evening.meeting
    await storage.write(dispatches.sent_today, OFFICE, meeting.id, 0, Means.POST)
    await storage.write(changing.ask_change, OFFICE, meeting.id)
    await storage.write(changing.keep, OFFICE, meeting.id)
    await says(storage, OFFICE, "Deventer")
    await says(storage, OFFICE, "De zaal viel uit.")
    await storage.write(changing.send_change, OFFICE, meeting.id, None)
    assert (await last(storage, "ChangeSent"))["letters"] == 3
    await storage.write(dispatches.show_letters, OFFICE, meeting.id, 0, None)
    assert (await last(storage, "LettersPage"))["open"] == 3
    await storage.write(dispatches.make_letters, OFFICE, meeting.id)
    assert (await last(storage, "ConvocationLetters"))["before"]["place"] == "Utrecht"
    await storage.write(dispatches.sent_today, OFFICE, meeting.id, 0, Means.EMAIL)
    assert [(line.round, line.means) for line in (await of(evening, "Zwolle")).lines] == [
        (0, Means.POST),
        (1, Means.EMAIL),
    ]


async def test_the_proof(evening: Evening) -> None:
    """Per member how, when, to whom, what came of it, who confirmed and what was replied; and who is missing."""
    storage, register = evening.storage, evening.register
    await storage.write(_deliver, register)
    await evening.act(dispatches.give_consent, "coördinator Assen")
    await evening.act(receipts.confirm_receipt, representative("Assen"), evening.meeting.id, 0)
    await evening.act(replies.give_reply, representative("Assen"), evening.meeting.id, Reply.COMING)
    assen = await of(evening, "Assen")
    assert assen.proved
    assert (assen.reply, assen.replied_by) == (Reply.COMING, "portefeuillehouder Assen")
    assert assen.consent == evening.clock.moment
    assert {line.name: (line.result, line.read_at is not None) for line in assen.lines} == {
        "portefeuillehouder Assen": (Result.DELIVERED, True),
        "coördinator Assen": (Result.UNDER_WAY, False),
    }
    deventer = await of(evening, "Deventer")
    assert [(line.result, line.note) for line in deventer.lines if line.result is Result.FAILED] == [
        (Result.FAILED, "Forbidden: bot was blocked by the user")
    ]
    assert not deventer.proved
    zwolle = await of(evening, "Zwolle")
    assert (zwolle.lines, zwolle.proved) == ((), False)
    shown = await proof(evening)
    assert [told.number for told in shown.rounds] == [0]
    assert (shown.latest, shown.days, shown.late) == (date(2019, 1, 29), 14, ())
    assert {line.name for line in shown.others} == {"Regiebureau", "Voorzitter", "Toehoorder"}


async def _deliver(unit: Unit, register: Register) -> None:
    """Send everything to one person, and fail everything to another."""
    rows = await unit.connection.execute(select(outbox.c.id, outbox.c.person_id))
    for row in rows.all():
        if row.person_id == register.people["portefeuillehouder Assen"]:
            await unit.outbox.mark_sent(row.id, 5)
        if row.person_id == register.people["coördinator Deventer"]:
            await unit.outbox.mark_failed(row.id, "Forbidden: bot was blocked by the user")


async def test_the_proof_is_for_the_secretariat(evening: Evening, clock: TurnableClock) -> None:
    """It is handed out as it is when it is sent, to the secretariat alone, and not of a draft."""
    with pytest.raises(NotAllowed):
        await evening.storage.write(proofs.make_proof, CHAIR, evening.meeting.id)
    await evening.storage.write(proofs.make_proof, OFFICE, evening.meeting.id)
    assert (await last(evening.storage, "ConvocationProofRef"))["meeting_id"] == evening.meeting.id
    await evening.storage.write(changing.ask_cancel, OFFICE, evening.meeting.id)
    await says(evening.storage, OFFICE, "Te weinig punten.")
    await evening.storage.write(changing.send_change, OFFICE, evening.meeting.id, None)
    clock.turn(timedelta(days=1))
    draft = await drafted(evening.storage, clock)
    with pytest.raises(WrongMeetingState):
        await evening.storage.write(proofs.make_proof, OFFICE, draft.id)
