"""Entry on behalf: what counts, when, and for whom; and what happens at the same moment."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from assembly import errors
from assembly.association import Association
from assembly.entries import Entry, EntryState
from assembly.facts.attendance import AttendanceRef
from assembly.facts.entries import EntryCard, EntryRef
from assembly.meetings import Mode, Reply
from assembly.members import Member, Role, RoleHeld
from assembly.proxies import ProxyState
from assembly.tally import Choice, Outcome
from services import ballots, changing, entering, entries, files, granting, letters, outcomes, replies
from services.attendance_list import load_attendance
from services.documents import IncomingFile
from services.entry_cards import load_entry
from storage.engine import Storage
from storage.unit import Unit
from tests.services.test_voting_races import together
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.queued import deliver, queued, screens
from tests.support.register import CHAIR, OFFICE, add_person
from tests.support.sitting import (
    OFFICE_NAME,
    Evening,
    by_statutes,
    convened_evening,
    coordinator,
    open_evening,
    representative,
)

PDF = b"%PDF-1.7 what stands on paper"
FIRST, SECOND, CHAIRING = "Regiebureau", "Collega", "Voorzitter"
WITHOUT_PHONE = "wethouder Raalte"


async def ready(evening: Evening) -> Evening:
    """Add a second person of the secretariat, and to Raalte a representative without a phone."""
    register, storage = evening.register, evening.storage
    register.accounts[SECOND] = 9004
    register.people[SECOND] = await storage.write(add_person, SECOND, 9004, RoleHeld(Role.SECRETARIAT))
    held = RoleHeld(Role.REPRESENTATIVE, register.members["Raalte"])
    register.people[WITHOUT_PHONE] = await storage.write(add_person, WITHOUT_PHONE, None, held)
    return evening


async def convened(storage: Storage, clock: TurnableClock) -> Evening:
    """Convene an assembly of three members."""
    return await ready(await convened_evening(storage, clock, "Assen", "Deventer", "Raalte"))


async def sitting(storage: Storage, clock: TurnableClock) -> Evening:
    """Open such an assembly."""
    return await ready(await open_evening(storage, clock, "Assen", "Deventer", "Raalte"))


async def enter(evening: Evening, service: Any, *args: Any, content: bytes = PDF, **options: Any) -> int:  # noqa: ANN401 - any entry
    """Let the first person enter something with its paper; return the entry's id."""
    await evening.act(service, FIRST, *args, None, **options)
    evening.clock.turn(timedelta(seconds=1))
    await evening.act(files.receive_file, FIRST, IncomingFile("file-id", "unique", "p.pdf", "", len(content), ""))
    (wanted,) = await evening.storage.read(files.wanted, 10)
    await evening.storage.write(files.store_content, wanted.id, content)
    found: tuple[Entry, ...] = await evening.storage.read(lambda unit: unit.entries.of_meeting(evening.meeting.id))
    return max((entry.id for entry in found), default=0)


async def confirm(evening: Evening, entry_id: int, who: str = SECOND) -> errors.Refusal | None:
    """Let somebody confirm an entry; return why it lapsed instead, where it did."""
    refusal: errors.Refusal | None = await evening.act(entries.confirm_entry, who, entry_id)
    return refusal


async def state(evening: Evening, entry_id: int) -> EntryState:
    """Return where an entry stands."""
    entry: Entry | None = await evening.storage.read(lambda unit: unit.entries.get(entry_id))
    assert entry is not None
    return entry.state


async def card(evening: Evening, entry_id: int, who: str) -> EntryCard | None:
    """Return an entry as somebody sees it."""
    return await evening.storage.read(load_entry, EntryRef(entry_id, evening.register.people[who]))


async def proxy_entered(evening: Evening) -> int:
    """Enter Raalte's proxy to the representative of Assen."""
    people, members = evening.register.people, evening.register.members
    holder = people[representative("Assen")]
    return await enter(evening, entering.enter_proxy, members["Raalte"], holder, members["Assen"])


async def present(evening: Evening, *, there: bool = True) -> int:
    """Enter that Raalte's representative without a phone comes or leaves."""
    members, people = evening.register.members, evening.register.people
    return await enter(evening, entering.enter_presence, members["Raalte"], people[WITHOUT_PHONE], present=there)


async def voting(storage: Storage, clock: TurnableClock) -> tuple[Evening, int]:
    """Open a vote with Raalte's representative, who has no phone, in the room; return the motion's id."""
    evening = await sitting(storage, clock)
    await evening.arrive("Assen")
    await confirm(evening, await present(evening))
    return evening, await evening.put_to_vote()


async def ballot_entered(evening: Evening, motion_id: int, choice: str, member: str = "Raalte") -> int:
    """Enter a ballot."""
    return await enter(evening, entering.enter_ballot, motion_id, evening.register.members[member], choice)


async def test_a_reply_counts_once_a_second_confirms(storage: Storage, clock: TurnableClock) -> None:
    """Until then nothing stands; then it does, marked, with its paper and hash, and its people can object."""
    evening = await convened(storage, clock)
    member_id = evening.register.members["Raalte"]
    entry_id = await enter(evening, entering.enter_reply, member_id, Reply.COMING)
    assert await storage.read(lambda unit: unit.convocations.replies(evening.meeting.id)) == {}
    assert await card(evening, entry_id, coordinator("Raalte")) is None
    with pytest.raises(errors.SamePerson):
        await confirm(evening, entry_id, FIRST)
    with pytest.raises(errors.NotAllowed):
        await confirm(evening, entry_id, coordinator("Raalte"))
    assert await confirm(evening, entry_id, CHAIRING) is None
    (said,) = (await storage.read(lambda unit: unit.convocations.replies(evening.meeting.id))).values()
    assert (said.reply, said.entry_id) == (Reply.COMING, entry_id)
    shown = await card(evening, entry_id, coordinator("Raalte"))
    assert shown is not None
    assert (shown.entered_by, shown.decided_by, shown.may_object) == (FIRST, CHAIRING, True)
    assert shown.paper is not None
    assert shown.paper.sha256 == sha256(PDF).hexdigest()
    assert await card(evening, entry_id, representative("Assen")) is None
    for who in (FIRST, coordinator("Raalte"), representative("Raalte")):
        assert (await screens(storage, evening.register.accounts[who]))[-1] == "EntryRef"
    with pytest.raises(errors.EntryMovedOn):
        await confirm(evening, entry_id)


async def test_an_objection_changes_nothing_by_itself(storage: Storage, clock: TurnableClock) -> None:
    """It reaches secretariat and chair, stands in the journal, and counts once; strangers to it cannot object."""
    evening = await convened(storage, clock)
    entry_id = await proxy_entered(evening)
    with pytest.raises(errors.EntryMovedOn):
        await evening.act(entries.object_to_entry, coordinator("Raalte"), entry_id)
    await confirm(evening, entry_id)
    with pytest.raises(errors.NotYourMember):
        await evening.act(entries.object_to_entry, representative("Deventer"), entry_id)
    deciders = (OFFICE, CHAIR, 9004)
    for account in deciders:
        await deliver(storage, account)
    before = [(await screens(storage, account)).count("EntryRef") for account in deciders]
    await evening.act(entries.object_to_entry, coordinator("Raalte"), entry_id)
    after = [(await screens(storage, account)).count("EntryRef") for account in deciders]
    assert after == [count + 1 for count in before]
    (proxy,) = await evening.proxies()
    assert proxy.state is ProxyState.OFFERED
    with pytest.raises(errors.EntryDisputed):
        await evening.act(entries.object_to_entry, representative("Assen"), entry_id)
    assert await storage.read(lambda unit: unit.journal.verify()) == []


async def test_an_entered_proxy_is_signed_on_its_paper(storage: Storage, clock: TurnableClock) -> None:
    """The paper is its signed letter; the holder accepts as ever, and a revocation can be entered too."""
    evening = await convened(storage, clock)
    await confirm(evening, await proxy_entered(evening))
    (proxy,) = await evening.proxies()
    assert proxy.state is ProxyState.OFFERED
    assert len(await storage.read(lambda unit: unit.letters.of_proxy(proxy.id))) == 1
    await evening.act(letters.show_letters, representative("Assen"), proxy.id)
    await evening.act(granting.accept_proxy, representative("Assen"), proxy.id, None)
    member_id = evening.register.members["Raalte"]
    await confirm(evening, await enter(evening, entering.enter_signature, member_id, proxy.id, signs=False))
    assert (await evening.proxy(proxy.id)).state is ProxyState.REVOKED


async def test_a_prepared_proxy_is_signed_from_paper(storage: Storage, clock: TurnableClock) -> None:
    """What the coordinator prepared waits for a signature, which the secretariat can enter."""
    evening = await convened(storage, clock)
    member_id = evening.register.members["Raalte"]
    proxy_id = await evening.grant("Raalte", "Assen", by=coordinator("Raalte"))
    await confirm(evening, await enter(evening, entering.enter_signature, member_id, proxy_id, signs=True))
    assert (await evening.proxy(proxy_id)).state is ProxyState.OFFERED


async def test_rules_of_proxies_hold_for_entered_ones(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """The maximum, a second proxy and statutes without letters refuse at once, and nothing is expected then."""
    async with by_statutes(database_url, association, clock, proxy_maximum=1) as storage:
        evening = await convened(storage, clock)
        await evening.grant("Deventer", "Assen")
        with pytest.raises(errors.ProxyLimit):
            await proxy_entered(evening)
        with pytest.raises(errors.NotAllowed):
            await evening.act(entering.enter_reply, CHAIRING, evening.register.members["Raalte"], Reply.COMING, None)
        members, people = evening.register.members, evening.register.people
        with pytest.raises(errors.ProxyExists):
            await enter(
                evening, entering.enter_proxy, members["Deventer"], people[representative("Raalte")], members["Raalte"]
            )
        gone = await storage.write(lambda unit: unit.members.save(Member(0, "x", "X", until=clock.moment.date())))
        for member_id, refusal in ((gone, errors.NoMemberThatDay), (999, errors.Gone)):
            with pytest.raises(refusal):
                await evening.act(entering.enter_reply, FIRST, member_id, Reply.COMING, None)
    async with by_statutes(database_url, association, clock, proxy_letters=False) as storage:
        evening.storage = storage
        with pytest.raises(errors.LettersNotAllowed):
            await proxy_entered(evening)


async def test_what_became_impossible_lapses(storage: Storage, clock: TurnableClock) -> None:
    """A proxy was granted meanwhile: the confirmation is refused with that, and the entry lapses, visibly."""
    evening = await convened(storage, clock)
    entry_id = await proxy_entered(evening)
    await evening.grant("Raalte", "Deventer")
    assert isinstance(await confirm(evening, entry_id), errors.ProxyExists)
    assert await state(evening, entry_id) is EntryState.LAPSED
    assert {"EntryRef", "ProxyExists"} <= set(await screens(storage, OFFICE))
    with pytest.raises(errors.EntryMovedOn):
        await confirm(evening, entry_id)


async def test_names_on_a_paper_are_picked_first(storage: Storage, clock: TurnableClock) -> None:
    """In a vote for two seats the names are picked one by one, and both stand in the entry that is confirmed."""
    evening = await sitting(storage, clock)
    await evening.arrive("Assen")
    await confirm(evening, await present(evening))
    await evening.offer("3", "Jansen", "Pieters", "De Wit", picks=2)
    motion_id = await evening.put_to_vote("3", roll_call=True)
    raalte = evening.register.members["Raalte"]
    for choice in ("1", "1,3"):
        await evening.act(entering.pick_names, OFFICE_NAME, motion_id, raalte, choice, None)
    shown = [facts for name, facts in await queued(storage, OFFICE) if name == "EntryOptions"][-1]
    assert (shown["picks"], shown["chosen"]) == (2, ["1", "3"])
    with pytest.raises(errors.TooManyChosen):
        await evening.act(entering.pick_names, OFFICE_NAME, motion_id, raalte, "1,2,3", None)
    await confirm(evening, await ballot_entered(evening, motion_id, "1,3"))
    assert await evening.choices(motion_id) == {"Raalte": "1,3"}


async def test_the_end_of_vote_and_assembly_lapses_what_waits(storage: Storage, clock: TurnableClock) -> None:
    """A ballot that nobody confirmed lapses when its vote closes and never counts; all else when the assembly ends."""
    evening, motion_id = await voting(storage, clock)
    ballot = await ballot_entered(evening, motion_id, Choice.AGAINST)
    leaving = await present(evening, there=False)
    motion = await evening.end_vote(motion_id)
    assert isinstance(motion.outcome, Outcome)
    assert (motion.outcome.in_favour, motion.outcome.against) == (0, 0)
    assert [await state(evening, entry_id) for entry_id in (ballot, leaving)] == [
        EntryState.LAPSED,
        EntryState.PENDING,
    ]
    await evening.close()
    assert await state(evening, leaving) is EntryState.LAPSED
    with pytest.raises(errors.WrongMeetingState):
        await confirm(evening, leaving)


async def test_calling_the_assembly_off_lapses_what_waits(storage: Storage, clock: TurnableClock) -> None:
    """Nothing that was entered for an assembly that is not held can be confirmed any more."""
    evening = await convened(storage, clock)
    waiting = await proxy_entered(evening)
    await evening.act(changing.ask_cancel, OFFICE_NAME, evening.meeting.id)
    await says(storage, OFFICE, "De zaal viel uit.")
    await evening.act(changing.send_change, OFFICE_NAME, evening.meeting.id, None)
    assert await state(evening, waiting) is EntryState.LAPSED


async def test_a_seat_votes_once(storage: Storage, clock: TurnableClock) -> None:
    """A second paper is refused with who and when, until somebody objected: then it corrects the first."""
    evening, motion_id = await voting(storage, clock)
    first, twice = [await ballot_entered(evening, motion_id, choice) for choice in (Choice.FOR, Choice.AGAINST)]
    assert await confirm(evening, first) is None
    refused = await confirm(evening, twice)
    assert isinstance(refused, errors.SeatVoted)
    assert (refused.caster, refused.member) == (SECOND, "Raalte")
    assert await evening.choices(motion_id) == {"Raalte": Choice.FOR}
    await evening.act(entries.object_to_entry, coordinator("Raalte"), first)
    assert await evening.choices(motion_id) == {"Raalte": Choice.FOR}
    await confirm(evening, await ballot_entered(evening, motion_id, Choice.AGAINST))
    assert await evening.choices(motion_id) == {"Raalte": Choice.AGAINST}
    ballot = await storage.read(lambda unit: unit.motions.ballot(motion_id, evening.register.members["Raalte"]))
    assert ballot is not None
    assert ballot.person_id == evening.register.people[WITHOUT_PHONE]
    with pytest.raises(errors.SeatHasCarrier):
        await ballot_entered(evening, motion_id, Choice.FOR, "Assen")
    with pytest.raises(errors.SeatNotCarried):
        await ballot_entered(evening, motion_id, Choice.FOR, "Deventer")


async def test_who_came_on_paper_is_marked(storage: Storage, clock: TurnableClock) -> None:
    """The attendance list says that the secretariat entered it; who is there already cannot come again."""
    evening = await sitting(storage, clock)
    await confirm(evening, await present(evening))
    shown = await storage.read(load_attendance, AttendanceRef(evening.meeting.id))
    assert shown is not None
    assert [(seat.person, seat.mode, seat.entered) for seat in shown.present] == [(WITHOUT_PHONE, Mode.ROOM, "entered")]
    with pytest.raises(errors.PresenceKnown):
        await present(evening)


async def test_two_confirmers_at_once(storage: Storage, clock: TurnableClock) -> None:
    """One of them makes the act; the other hears that it was confirmed."""
    evening = await convened(storage, clock)
    entry_id = await proxy_entered(evening)
    results = await together(confirm(evening, entry_id), confirm(evening, entry_id, CHAIRING))
    assert sorted(type(result).__name__ for result in results) == ["EntryMovedOn", "NoneType"]
    assert len(await evening.proxies()) == 1


async def test_confirming_against_closing(storage: Storage, clock: TurnableClock) -> None:
    """A ballot is confirmed while the vote closes: it is counted, or it lapsed, and never one without the other."""
    evening, motion_id = await voting(storage, clock)
    entry_id = await ballot_entered(evening, motion_id, Choice.FOR)
    await together(confirm(evening, entry_id), evening.act(outcomes.close_motion, FIRST, motion_id))
    motion = await evening.motion(motion_id)
    assert isinstance(motion.outcome, Outcome)
    counted = motion.outcome.in_favour == 1
    assert await state(evening, entry_id) is (EntryState.CONFIRMED if counted else EntryState.LAPSED)


async def test_confirming_against_the_members_own_act(storage: Storage, clock: TurnableClock) -> None:
    """The member grants a proxy while another one of it is confirmed: it has one, and the loser hears why."""
    evening = await convened(storage, clock)
    entry_id = await proxy_entered(evening)
    confirmed, granted = await together(confirm(evening, entry_id), evening.grant("Raalte", "Deventer"))
    assert [isinstance(result, errors.ProxyExists) for result in (confirmed, granted)].count(True) == 1
    assert len(await evening.proxies()) == 1


async def test_confirming_against_an_own_ballot(storage: Storage, clock: TurnableClock) -> None:
    """Who got a phone after all votes while its paper is confirmed: one ballot stands, whichever came first."""
    evening, motion_id = await voting(storage, clock)
    entry_id = await ballot_entered(evening, motion_id, Choice.FOR)
    evening.register.accounts[WITHOUT_PHONE] = 9005
    results = await together(confirm(evening, entry_id), _vote_with_new_phone(evening, motion_id))
    assert await evening.choices(motion_id) == {"Raalte": Choice.AGAINST}
    assert results[0] is None or isinstance(results[0], errors.SeatVoted | errors.SeatHasCarrier)


async def _vote_with_new_phone(evening: Evening, motion_id: int) -> None:
    async def bind(unit: Unit) -> None:
        await unit.people.bind(evening.register.people[WITHOUT_PHONE], 9005)

    await evening.storage.write(bind)
    member_id = evening.register.members["Raalte"]
    await evening.act(ballots.cast_ballot, WITHOUT_PHONE, motion_id, member_id, Choice.AGAINST)


async def test_a_later_own_reply_stands(storage: Storage, clock: TurnableClock) -> None:
    """What the member said itself after the entry is not undone by the confirmation."""
    evening = await convened(storage, clock)
    entry_id = await enter(evening, entering.enter_reply, evening.register.members["Raalte"], Reply.ABSENT)
    clock.turn(timedelta(minutes=1))
    await evening.act(replies.give_reply, coordinator("Raalte"), evening.meeting.id, Reply.COMING)
    assert isinstance(await confirm(evening, entry_id), errors.OwnActLater)


async def test_no_paper(storage: Storage, clock: TurnableClock) -> None:
    """Bytes that are no paper enter nothing, and another file is expected."""
    evening = await convened(storage, clock)
    member_id = evening.register.members["Raalte"]
    assert await enter(evening, entering.enter_reply, member_id, Reply.COMING, content=b"PK no paper") == 0
    assert (await screens(storage, OFFICE))[-1] == "LetterRefused"
    await evening.act(files.receive_file, FIRST, IncomingFile("f", "u", "p.pdf", "", len(PDF), ""))
    (wanted,) = await storage.read(files.wanted, 10)
    await storage.write(files.store_content, wanted.id, PDF)
    assert len(await storage.read(lambda unit: unit.entries.of_meeting(evening.meeting.id))) == 1
