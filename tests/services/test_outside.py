"""Votes outside a meeting: beside an assembly, by any representative, closed at their moment, once."""

from datetime import date, timedelta

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.outside import OutsideCard, OutsideRef
from assembly.facts.voting import BallotFacts, BallotRef, DecisionList, Receipt
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState
from assembly.members import Member, Role, RoleHeld
from assembly.motions import Motion, OptionsOutcome
from assembly.reminders import ReminderTimes, Rung
from assembly.tally import Outcome
from screens import render
from screens.content import Content
from services import entering, entries, files, outcomes, outside, outside_files, outside_papers, outside_plans
from services.ballot_cards import load_ballot, show_open_ballot
from services.documents import IncomingFile
from services.outside_cards import load_outside
from services.registration import register
from services.reminders import send_reminders
from services.texts import receive_text
from storage.engine import Storage
from storage.facts import load
from storage.unit import Unit
from tests.services.test_voting_races import together
from tests.support.assembly import says, sends
from tests.support.clock import TurnableClock
from tests.support.queued import deliver, queued, screens
from tests.support.register import CHAIR, OFFICE, add_person
from tests.support.sitting import OFFICE_NAME, Evening, convened_evening, coordinator, representative

ASSEN, DEVENTER = representative("Assen"), representative("Deventer")
SECOND = 8001


async def prepared(evening: Evening, kind: MeetingKind, question: str, *more: str) -> int:
    """Let the secretariat prepare a vote by typing, to be closed in six days; return the id of its meeting."""
    await evening.act(outside.start, OFFICE_NAME, kind)
    closes_at = (evening.clock.moment + timedelta(days=6)).isoformat()
    for text in ("Bod van de leverancier", question, closes_at, *more):
        await evening.act(receive_text, OFFICE_NAME, text)
    (vote, *_) = await evening.storage.read(lambda unit: unit.outside.latest(1))
    assert vote.state is MeetingState.DRAFT
    return int(vote.meeting_id)


async def opened(evening: Evening, kind: MeetingKind, question: str, *more: str) -> tuple[int, Motion]:
    """Open such a vote; return the id of its meeting, and the motion."""
    meeting_id = await prepared(evening, kind, question, *more)
    await evening.act(outside.open_vote, OFFICE_NAME, meeting_id)
    motion = await evening.storage.read(lambda unit: unit.motions.open_in(meeting_id))
    assert motion is not None
    return meeting_id, motion


async def card(evening: Evening, meeting_id: int) -> OutsideCard:
    """Return the card of a vote."""
    shown = await evening.storage.read(lambda unit: load_outside(unit, OutsideRef(meeting_id)))
    assert shown is not None
    return shown


async def test_a_consultation_runs_beside_an_assembly(storage: Storage, clock: TurnableClock) -> None:
    """Everybody votes without checking in, the turnout is live, and at its moment it closes by itself, once."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    meeting_id, motion = await opened(evening, MeetingKind.CONSULTATION, "Welk?\n- bod A\n- bod B")
    current = await storage.read(lambda unit: unit.meetings.current())
    assert current is not None
    assert current.id == evening.meeting.id
    assert (motion.straw, [option.label for option in motion.options]) == (True, ["bod A", "bod B", ""])
    assert "BallotRef" in await screens(storage, evening.register.accounts[ASSEN])
    assert "OutsideOpened" in await screens(storage, evening.register.accounts[coordinator("Assen")])
    await evening.cast(motion.id, "Assen", "2")
    await evening.cast(motion.id, "Deventer", "1")
    await evening.cast(motion.id, "Assen", "1")
    assert ((await card(evening, meeting_id)).cast, (await card(evening, meeting_id)).total) == (2, 3)
    with pytest.raises(errors.NotYourSeat):
        await evening.cast(motion.id, "Emmen", "1", by=DEVENTER)
    with pytest.raises(errors.Gone):
        await evening.act(outcomes.close_motion, OFFICE_NAME, motion.id)
    await storage.write(outside.close_due_outside)
    assert (await card(evening, meeting_id)).state is MeetingState.OPEN
    assert motion.closes_at is not None
    clock.moment = motion.closes_at + timedelta(minutes=3)
    with pytest.raises(errors.VotingClosed):
        await evening.cast(motion.id, "Emmen", "1")
    for _ in range(2):
        await storage.write(outside.close_due_outside)
    closed = await evening.motion(motion.id)
    assert isinstance(closed.outcome, OptionsOutcome)
    assert dict(closed.outcome.standing) == {"1": 2, "2": 0, "none": 0}
    assert closed.closed_at == motion.closes_at
    assert (await card(evening, meeting_id)).state is MeetingState.CLOSED
    for who in (ASSEN, coordinator("Emmen"), OFFICE_NAME):
        assert (await screens(storage, evening.register.accounts[who])).count("OutcomePublished") == 1
    with pytest.raises(errors.OutsideMovedOn):
        await evening.act(outside.close_vote, OFFICE_NAME, meeting_id)


@pytest.mark.parametrize(("third", "adopted"), [("for", True), ("against", False), (None, False)])
async def test_a_written_resolution(
    storage: Storage, clock: TurnableClock, third: str | None, *, adopted: bool
) -> None:
    """Adopted when all members voted for it; who votes against leaves it open, and it can be closed before its end."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    known = "Besproken in de bestuursvergadering van 8 januari."
    meeting_id, motion = await opened(evening, MeetingKind.WRITTEN, "Het budget wordt verhoogd.", known)
    assert (await card(evening, meeting_id)).knowledge == known
    for member in ("Assen", "Deventer"):
        await evening.cast(motion.id, member, "for")
    if third is not None:
        await evening.cast(motion.id, "Emmen", third)
    assert (await card(evening, meeting_id)).state is MeetingState.OPEN
    await evening.act(outside.close_vote, OFFICE_NAME, meeting_id)
    outcome = (await evening.motion(motion.id)).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.adopted, outcome.needed) == (adopted, 3)


async def test_a_written_resolution_is_on_the_decision_list(storage: Storage, clock: TurnableClock) -> None:
    """The first assembly after it takes note of it, adopted or not, with the knowledge of the board; no other does."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    known = "Besproken op 8 januari."
    for question, choice in (("Het budget wordt verhoogd.", "for"), ("Het budget wordt verlaagd.", "against")):
        meeting_id, motion = await opened(evening, MeetingKind.WRITTEN, question, known)
        await evening.cast(motion.id, "Assen", "for")
        await evening.cast(motion.id, "Deventer", choice)
        await evening.act(outside.close_vote, OFFICE_NAME, meeting_id)
    consulted, _motion = await opened(evening, MeetingKind.CONSULTATION, "Welk?\n- bod A\n- bod B")
    await evening.act(outside.close_vote, OFFICE_NAME, consulted)
    await evening.open()
    await evening.act(outcomes.publish_decisions, OFFICE_NAME, evening.meeting.id)
    (told,) = [facts for name, facts in await queued(storage, CHAIR) if name == "DecisionList"]
    shown = load(DecisionList, told)
    assert [(one.text, one.outcome.adopted, one.knowledge, one.day) for one in shown.written] == [
        ("Het budget wordt verhoogd.", True, known, date(2019, 1, 14)),
        ("Het budget wordt verlaagd.", False, known, date(2019, 1, 14)),
    ]
    content = render(shown, Association("Coöperatie Voorbeeld U.A."))
    assert isinstance(content, Content)
    assert "Schriftelijke besluiten sinds de vorige ALV" in content.text
    assert "<i>Aangenomen op maandag 14 januari 2019: 2 van de 2 stemmen voor.</i>" in content.text
    await evening.close()
    clock.turn(timedelta(days=90))
    later = await storage.write(
        lambda unit: unit.meetings.add("ALV najaar", clock.moment + timedelta(days=30), "Zwolle", "")
    )
    await evening.act(outcomes.show_decisions, OFFICE_NAME, later)
    told = [facts for name, facts in await queued(storage, OFFICE) if name == "DecisionList"][-1]
    assert load(DecisionList, told).written == ()


async def test_papers_go_with_it_and_it_opens_by_itself(storage: Storage, clock: TurnableClock) -> None:
    """What was added before reaches everybody, once, at the planned moment, which is no earlier and not too late."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    meeting_id = await prepared(evening, MeetingKind.CONSULTATION, "Welk?\n- bod A\n- bod B")
    await evening.act(outside_files.ask_files, OFFICE_NAME, meeting_id)
    for name in ("offerte.pdf", "vergelijking.pdf", "concept.pdf"):
        await sends(storage, OFFICE, name)
    with pytest.raises(errors.PaperKnown):
        await sends(storage, OFFICE, "offerte.pdf")
    papers = {paper.title: paper for paper in await storage.read(lambda unit: unit.papers.current(meeting_id))}
    await evening.act(outside_files.remove_paper, OFFICE_NAME, papers["Concept"].id)
    await evening.act(outside_plans.ask_opening, OFFICE_NAME, meeting_id)
    with pytest.raises(errors.DateInThePast):
        await says(storage, OFFICE, clock.moment.isoformat())
    with pytest.raises(errors.OpensTooLate):
        await says(storage, OFFICE, (clock.moment + timedelta(days=7)).isoformat())
    await says(storage, OFFICE, (clock.moment + timedelta(days=2)).isoformat())
    shown = await card(evening, meeting_id)
    assert (shown.opens_at, shown.papers) == (
        clock.moment + timedelta(days=2),
        (("1", "Offerte"), ("2", "Vergelijking")),
    )
    await storage.write(outside_plans.open_due_outside)
    assert (await card(evening, meeting_id)).state is MeetingState.DRAFT
    clock.turn(timedelta(days=2))
    for _ in range(2):
        await storage.write(outside_plans.open_due_outside)
    assert (await card(evening, meeting_id)).state is MeetingState.OPEN
    for who in (ASSEN, coordinator("Deventer")):
        told = await queued(storage, evening.register.accounts[who])
        assert [facts["title"] for name, facts in told if name == "PaperMessage"] == ["Offerte", "Vergelijking"]
    with pytest.raises(errors.OutsideMovedOn):
        await evening.act(outside_files.ask_files, OFFICE_NAME, meeting_id)
    newcomer = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Assen"])
    person_id = await storage.write(lambda unit: add_person(unit, "nieuwkomer", None, newcomer))
    await storage.write(register, person_id, SECOND, None)
    assert (await screens(storage, SECOND)).count("PaperMessage") == 2


async def test_what_cannot_open_by_itself_waits(storage: Storage, clock: TurnableClock) -> None:
    """The program was down until after the end: nothing is opened and the planner is told; a plan can be dropped."""
    evening = await convened_evening(storage, clock, "Assen")
    meeting_id = await prepared(evening, MeetingKind.CONSULTATION, "Goed zo?")

    async def plan() -> None:
        await evening.act(outside_plans.ask_opening, OFFICE_NAME, meeting_id)
        await says(storage, OFFICE, (clock.moment + timedelta(days=2)).isoformat())

    await plan()
    await evening.act(outside_plans.unplan, OFFICE_NAME, meeting_id)
    assert (await card(evening, meeting_id)).opens_at is None
    await plan()
    clock.turn(timedelta(days=8))
    for _ in range(2):
        await storage.write(outside_plans.open_due_outside)
    assert ((await card(evening, meeting_id)).state, (await card(evening, meeting_id)).opens_at) == (
        MeetingState.DRAFT,
        None,
    )
    assert (await screens(storage, OFFICE)).count("DateInThePast") == 1


async def test_any_representative_of_the_member_votes(storage: Storage, clock: TurnableClock) -> None:
    """The seat is the member's: a second representative sees and changes it, one that comes while it runs can too.

    Who lost the role cannot.
    """
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    members = evening.register.members
    held = RoleHeld(Role.REPRESENTATIVE, members["Assen"])
    second = await storage.write(add_person, "tweede Assen", SECOND, held)
    evening.register.accounts["tweede Assen"] = SECOND
    meeting_id, motion = await opened(evening, MeetingKind.CONSULTATION, "Stemt u in?")
    await evening.cast(motion.id, "Assen", "for")
    await deliver(storage, SECOND)
    await evening.cast(motion.id, "Assen", "against", by="tweede Assen")
    redrawn = [facts for name, facts in await queued(storage, evening.register.accounts[ASSEN]) if name == "BallotRef"]
    assert redrawn
    shown: BallotFacts | None = await storage.read(
        lambda unit: load_ballot(unit, BallotRef(motion.id, evening.register.people[ASSEN]))
    )
    assert shown is not None
    assert [seat.selection for seat in shown.seats] == [("against",)]
    await storage.write(lambda unit: unit.people.end_role(second, held))
    with pytest.raises((errors.NotYourSeat, errors.NotAllowed)):
        await evening.cast(motion.id, "Assen", "for", by="tweede Assen")
    later = RoleHeld(Role.REPRESENTATIVE, members["Deventer"])
    await storage.write(add_person, "nieuw Deventer", SECOND + 1, later)
    evening.register.accounts["nieuw Deventer"] = SECOND + 1

    async def registers(unit: Unit) -> None:
        acting = await unit.people.acting(SECOND + 1)
        assert acting is not None
        await show_open_ballot(unit, acting)

    await storage.write(registers)
    assert "BallotRef" in await screens(storage, SECOND + 1)
    await evening.cast(motion.id, "Deventer", "for", by="nieuw Deventer")
    await evening.act(outside.close_vote, OFFICE_NAME, meeting_id)
    assert await evening.choices(motion.id) == {"Assen": "against", "Deventer": "for"}


async def test_ballots_race_the_moment_of_closing(storage: Storage, clock: TurnableClock) -> None:
    """Whatever was acknowledged is counted, and a vote that is closed twice at once is closed once."""
    names = ("Assen", "Deventer", "Emmen", "Gouda")
    evening = await convened_evening(storage, clock, *names)
    meeting_id, motion = await opened(evening, MeetingKind.CONSULTATION, "Stemt u in?")
    *cast, first, second = await together(
        *(evening.cast(motion.id, name, "for") for name in names),
        evening.act(outside.close_vote, OFFICE_NAME, meeting_id),
        evening.act(outside.close_vote, "Voorzitter", meeting_id),
    )
    assert first is None
    assert isinstance(second, errors.NotAllowed)
    outcome = (await evening.motion(motion.id)).outcome
    assert isinstance(outcome, Outcome)
    assert outcome.in_favour == sum(isinstance(result, Receipt) for result in cast)
    assert all(isinstance(result, Receipt | errors.VotingClosed) for result in cast)


async def test_who_has_not_voted_is_reminded(storage: Storage, clock: TurnableClock) -> None:
    """Days before the closing, each step once, and only who has still to vote."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    _meeting_id, motion = await opened(evening, MeetingKind.CONSULTATION, "Stemt u in?")
    assert motion.closes_at is not None
    await evening.cast(motion.id, "Assen", "for")
    clock.moment = ReminderTimes().outside(motion.closes_at, "Europe/Amsterdam")[Rung.ACTOR]
    for _ in range(2):
        await storage.write(send_reminders)
    accounts = evening.register.accounts

    async def reminded(who: str) -> int:
        ours = [facts for name, facts in await queued(storage, accounts[who]) if name == "ReminderRef"]
        return sum(facts["errand"] == "ballot" for facts in ours)

    assert (await reminded(ASSEN), await reminded(DEVENTER), await reminded(coordinator("Deventer"))) == (0, 1, 0)


async def test_a_draft_is_dropped_and_not_opened_too_late(storage: Storage, clock: TurnableClock) -> None:
    """What was dropped cannot be opened; what would be closed at once is not opened."""
    evening = await convened_evening(storage, clock, "Assen")
    meeting_id = await prepared(evening, MeetingKind.CONSULTATION, "Stemt u in?")
    clock.moment += timedelta(days=7)
    with pytest.raises(errors.DateInThePast):
        await evening.act(outside.open_vote, OFFICE_NAME, meeting_id)
    await evening.act(outside.drop_vote, OFFICE_NAME, meeting_id)
    with pytest.raises(errors.OutsideMovedOn):
        await evening.act(outside.open_vote, OFFICE_NAME, meeting_id)


async def test_a_vote_on_paper_is_entered_by_one_and_confirmed_by_another(
    storage: Storage, clock: TurnableClock
) -> None:
    """Of a member of which nobody has a phone; whoever has one votes itself. All members together then decide."""
    evening = await convened_evening(storage, clock, "Assen")
    wierden = await storage.write(lambda unit: unit.members.save(Member(0, "wierden", "Wierden")))
    await storage.write(add_person, "burgemeester Wierden", None, RoleHeld(Role.REPRESENTATIVE, wierden))
    meeting_id, motion = await opened(evening, MeetingKind.WRITTEN, "Besluit", "Besproken op 8 januari.")
    account = evening.register.accounts[OFFICE_NAME]
    await evening.act(outside_papers.show_absent, OFFICE_NAME, meeting_id, None)
    absent = [facts for name, facts in await queued(storage, account) if name == "OutsideAbsent"][-1]
    assert absent["members"] == [[wierden, "Wierden"]]
    assen = evening.register.members["Assen"]
    with pytest.raises(errors.SeatHasCarrier):
        await evening.act(entering.enter_ballot, OFFICE_NAME, motion.id, assen, "for", None)
    await evening.act(outside_papers.choose_absent, OFFICE_NAME, motion.id, wierden, None)
    await evening.act(entering.enter_ballot, OFFICE_NAME, motion.id, wierden, "for", None)
    clock.turn(timedelta(seconds=1))
    await evening.act(files.receive_file, OFFICE_NAME, IncomingFile("file-id", "unique", "stem.pdf", "", 8, ""))
    (wanted,) = await storage.read(files.wanted, 10)
    await storage.write(files.store_content, wanted.id, b"%PDF-1.7")
    (entry,) = await storage.read(lambda unit: unit.entries.of_meeting(meeting_id))
    await evening.act(entries.confirm_entry, "Voorzitter", entry.id)
    await evening.cast(motion.id, "Assen", "for")
    await evening.act(outside.close_vote, OFFICE_NAME, meeting_id)
    outcome = (await evening.motion(motion.id)).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.in_favour, outcome.adopted) == (2, True)
