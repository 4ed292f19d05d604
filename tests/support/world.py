"""A small association with somebody in every role and something for every button, in any state of its assembly."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256
from itertools import count
from typing import Any, get_type_hints

from sqlalchemy import text

from assembly import options_tally
from assembly.access import LinkForm, Registration, RequestState
from assembly.agenda import ItemKind, read_agenda
from assembly.agenda_head import Head
from assembly.convocation import Means
from assembly.entries import EnteredReply, EntryState, SheetSource
from assembly.facts.members import MemberFact
from assembly.facts.register import ImportPart
from assembly.facts.second_factor import MessageErased
from assembly.floor import Round
from assembly.formatting import Formatted
from assembly.item_settings import ItemMajority, VoteForm
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState, Mode, Reply
from assembly.members import Acting, Member, Role, RoleHeld
from assembly.motions import Ballot, MotionKind, MotionState, Question
from assembly.nominations import Nomination
from assembly.notices import Audience, Circle, Lack, NoticeState
from assembly.options import Chosen, numbered
from assembly.overviews import MemberFilter
from assembly.papers import SetForm
from assembly.positions import Stance
from assembly.proxies import ProxyKind
from assembly.register_changes import Reading
from assembly.register_file import read_register
from assembly.sheets import SheetState
from assembly.slips import Bundle
from assembly.tables import read_csv
from assembly.tally import ChairsVote, Choice, Seat, tally
from screens import presses
from screens.presses import Press
from services import (
    acclaiming,
    agenda,
    attendance,
    changing,
    entering,
    floor,
    letters,
    member_facts,
    motions,
    notice_changes,
    notices,
    outcomes,
    outside,
    outside_files,
    papers,
    prepared,
    sitting,
    suspensions,
)
from services.inviting import CHECK_STEP
from services.notices import notice_batch, part_key
from services.registration import make_link, open_link, token_hash
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.facts import dump
from storage.meetings import AgendaItem
from storage.mergers import Merger
from storage.unit import Origin, Unit
from tests.support.assembly import STARTS_AT, convened, drafted, sends
from tests.support.clock import TurnableClock
from tests.support.register import CHAIR, OFFICE, add_person, filled

STRANGER, BLOCKED, LOST, NEWCOMER, APPLICANT, UNSURE = range(6001, 6007)
BARE_CHAIR, DEPUTY, CLERK, EDITOR, MOVER, SENDER, TYPIST, READER = range(6007, 6015)
"""Nobody; blocked; without a role since a moment ago; showing a link; two who ask for access; a chair without a second
factor; and seven more of the secretariat, each busy with something else than the first."""

OWN, SIGNED, GRANTED, OTHER, FAR = "Assen", "Gouda", "Hoorn", "Deventer", "Emmen"
"""The people of the first three are the same; a proxy of each of the last two hangs on them."""

INSTRUCTED, LASTING, GIVEN, CONFIRMING, IDLE, LETTERED = "Kampen", "Ommen", "Raalte", "Zwolle", "Breda", "Tiel"
"""Members of the same people too: two that grant a proxy yet; one to be replaced; of a standing proxy one that is to be
confirmed and one that is not for this assembly; and one of which the signed letter was sent."""

ON_PAPER = "Wierden"
"""A member whose representative has no phone and is in the room."""

OURS = (OWN, SIGNED, GRANTED, INSTRUCTED, LASTING, GIVEN, CONFIRMING, IDLE, LETTERED)

_MISSING = 999_999


@dataclass
class World:
    """The accounts by who they are, and the ids that buttons need, by the names of the fields of presses."""

    accounts: dict[str, int]
    ids: dict[str, Any]

    def sample(self, kind: type[Press]) -> Press:
        """Return a press of this kind that makes sense here."""
        hints = get_type_hints(kind)
        values = self.ids | _OVERRIDES.get(kind, {})
        return kind(*(self._value(values, field.name, hints[field.name]) for field in fields(kind)))

    def _value(self, values: dict[str, Any], name: str, hint: type[Any]) -> Any:  # noqa: ANN401 - the field's own
        value = values[hint.__name__ if issubclass(hint, Enum) else name]
        return self.ids[value] if isinstance(value, str) and value in self.ids and not issubclass(hint, Enum) else value


_OVERRIDES: dict[type[Press], dict[str, Any]] = {
    presses.MoveItem: {"item_id": "first_id"},
    presses.NextItem: {"item_id": "first_id"},
    presses.LiftExclusion: {"member_id": OTHER},
    presses.Pronounce: {"motion_id": "proposed_id"},
    presses.AskOtherwise: {"motion_id": "proposed_id"},
    presses.GetRollCall: {"motion_id": "pronounced_id"},
    presses.PickVerdict: {"motion_id": "proposed_id"},
    presses.PronounceOtherwise: {"motion_id": "proposed_id"},
    presses.BreakTie: {"motion_id": "chairs_id"},
    presses.DisputeOutcome: {"motion_id": "pronounced_id"},
    presses.VoteAgain: {"motion_id": "pronounced_id"},
    presses.AskRectification: {"motion_id": "pronounced_id"},
    presses.RemoveItem: {"item_id": "first_id"},
    presses.SetItemMajority: {"majority": "ItemMajority"},
    presses.AskNomination: {"item_id": "persons_id"},
    presses.SetPicks: {"item_id": "persons_id"},
    presses.ShowOutside: {"meeting_id": "outside_id"},
    presses.OpenOutside: {"meeting_id": "outside_id"},
    presses.DropOutside: {"meeting_id": "outside_id"},
    presses.PlanOutside: {"meeting_id": "outside_id"},
    presses.UnplanOutside: {"meeting_id": "outside_id"},
    presses.AskOutsideFiles: {"meeting_id": "outside_id"},
    presses.RemoveOutsideFile: {"paper_id": "outside_paper_id"},
    presses.CloseOutside: {"meeting_id": "running_id"},
    presses.ShowAbsent: {"meeting_id": "running_id"},
    presses.ChooseAbsent: {"motion_id": "running_motion_id", "member_id": "paper_member_id"},
    presses.OpenRound: {"motion_id": "tied_id"},
    presses.DrawLot: {"motion_id": "tied_id"},
    presses.NumberFile: {"file_id": "unnumbered_id"},
    presses.SendHeld: {"last": "sent_last"},
    presses.AcceptProxy: {"proxy_id": "offered_id"},
    presses.DeclineProxy: {"proxy_id": "offered_id"},
    presses.StartProxy: {"member_id": "granting_id"},
    presses.PageHolders: {"member_id": "granting_id"},
    presses.ChooseHolder: {"member_id": "granting_id"},
    presses.GrantProxy: {"member_id": "granting_id"},
    presses.ChooseStanding: {"member_id": LASTING, "holder_id": "colleague_id", "holder_member_id": LASTING},
    presses.ChooseUntil: {"member_id": LASTING, "holder_id": "colleague_id", "holder_member_id": LASTING},
    presses.GrantStanding: {"member_id": LASTING, "holder_id": "colleague_id", "holder_member_id": LASTING},
    presses.GrantInstructed: {"member_id": INSTRUCTED, "holder_id": "colleague_id", "holder_member_id": INSTRUCTED},
    presses.SkipProxy: {"proxy_id": "confirming_id"},
    presses.AskReplacement: {"proxy_id": "given_id"},
    presses.ReplaceHolder: {"proxy_id": "given_id", "holder_id": "colleague_id", "holder_member_id": GIVEN},
    presses.VoteSelf: {"proxy_id": "given_id"},
    presses.InstructProxy: {"proxy_id": "lettered_id"},
    presses.SendLetter: {"proxy_id": "lettered_id"},
    presses.ShowLetters: {"proxy_id": "lettered_id"},
    presses.AskLetter: {"proxy_id": "lettered_id"},
    presses.EnterFor: {"member_id": "paper_member_id"},
    presses.EnterReply: {"member_id": "paper_member_id"},
    presses.EnterHolders: {"member_id": "paper_member_id"},
    presses.EnterHolder: {"member_id": "paper_member_id"},
    presses.EnterStanding: {"member_id": "paper_member_id"},
    presses.EnterUntil: {"member_id": "paper_member_id"},
    presses.EnterSignature: {"member_id": GIVEN, "proxy_id": "given_id"},
    presses.EnterPresence: {"member_id": "paper_member_id", "person_id": "paper_person_id"},
    presses.EnterBallot: {"member_id": "paper_member_id"},
    presses.TurnSheet: {"seat_id": "paper_member_id"},
    presses.MarkHand: {"seat_id": "paper_member_id"},
    presses.MarkSlip: {"seat_id": "paper_member_id"},
    presses.ReturnSheet: {"sheet_id": "offered_sheet_id"},
    presses.ConfirmSheet: {"sheet_id": "offered_sheet_id"},
    presses.ObjectToEntry: {"entry_id": "confirmed_entry_id"},
    presses.ApproveAsKnown: {"person_id": "unregistered_id"},
    presses.LinkColleague: {"person_id": "unregistered_id"},
    presses.MakePersonalLink: {"person_id": "unregistered_id"},
    presses.MakeLetter: {"person_id": "unregistered_id"},
    presses.RevokeLink: {"person_id": "unregistered_id"},
    presses.ResetFactor: {"person_id": "secretary_id"},
    presses.UnplanNotice: {"notice_id": "planned_id"},
    presses.ShowNotice: {"notice_id": "sent_id"},
    presses.PageReport: {"notice_id": "sent_id"},
    presses.ExportReport: {"notice_id": "sent_id"},
    presses.AskCorrection: {"notice_id": "sent_id"},
    presses.CorrectNotice: {"notice_id": "sent_id"},
    presses.AskWithdrawal: {"notice_id": "sent_id"},
    presses.WithdrawNotice: {"notice_id": "sent_id"},
    presses.RepeatNotice: {"notice_id": "sent_id"},
    presses.ConfirmNotice: {"notice_id": "sent_id"},
    presses.RevokeMerger: {"member_id": "merging_id"},
    presses.LiftSuspension: {"member_id": "merging_id"},
}
"""Which thing a press needs where others of the same name would not do."""


async def build(
    storage: Storage, clock: TurnableClock, state: MeetingState | None, *, voting: bool = False, acclaimed: bool = False
) -> World:
    """Build the world with an assembly in ``state``, or none.

    With ``voting`` a vote is open; where something is ``acclaimed``, instead of casting one can object.
    """
    everybody = await filled(storage, *OURS, OTHER, FAR)
    accounts = await storage.write(_people, everybody.members)
    ids: dict[str, Any] = {
        "meeting_id": _MISSING,
        "item_id": _MISSING,
        "motion_id": _MISSING,
        "pronounced_id": _MISSING,
        "proposed_id": _MISSING,
        "chairs_id": _MISSING,
        "paused": 1,
        "suspended": 1,
        "minutes": 5,
        "turn_id": _MISSING,
        "sheet_id": _MISSING,
        "SheetSource": SheetSource.HANDS,
        "offered_sheet_id": _MISSING,
        "seat_id": _MISSING,
        "handed": 1,
        "version": 1,
        "Round": Round.ITEM,
        "choice": Chosen("for"),
        "proxy_id": _MISSING,
        "offered_id": _MISSING,
        "given_id": _MISSING,
        "confirming_id": _MISSING,
        "lettered_id": _MISSING,
        "standing_id": _MISSING,
        "colleague_id": _MISSING,
        **{name: everybody.members[name] for name in (*OURS, OTHER)},
        "letter_id": _MISSING,
        "entry_id": _MISSING,
        "confirmed_entry_id": _MISSING,
        "paper_member_id": _MISSING,
        "paper_person_id": _MISSING,
        "signs": 0,
        "present": 0,
        "member_id": everybody.members[OWN],
        "granting_id": everybody.members[GRANTED],
        "holder_id": everybody.people[f"portefeuillehouder {OTHER}"],
        "holder_member_id": everybody.members[OTHER],
        "page": 0,
        "renew": 1,
        "round": 0,
        "Means": Means.POST,
        "electronic": 1,
        "mark": 0,
        "successor_id": everybody.members[OTHER],
        "day": date(2030, 1, 1).toordinal(),
        "follow": 1,
        "ImportPart": ImportPart.CHANGES,
        "MemberFact": MemberFact.VOTES,
        "standing": 0,
        "until": date(2030, 12, 31),
        "instructed": 1,
        "approved": 1,
        "ProxyKind": ProxyKind.OTHER_MEMBER,
        "Stance": Stance.FOR,
        "MemberFilter": MemberFilter.ALL,
        "ItemKind": ItemKind.DECISION,
        "Reply": Reply.COMING,
        "Circle": Circle.REPRESENTATIVES,
        "Lack": Lack.REGISTRATION,
        "any_hour": 1,
        "minute": 40_000_000,
        "chat": 100200300,
        "Mode": Mode.ROOM,
        "Choice": Choice.FOR,
        "Role": Role.COORDINATOR,
        "Registration": Registration.REGISTERED,
        "LinkForm": LinkForm.FILE,
        "first_id": _MISSING,
        "persons_id": _MISSING,
        "nomination_id": _MISSING,
        "option_id": _MISSING,
        "tied_id": _MISSING,
        "picks": 2,
        "adopt": 1,
        "paper_id": _MISSING,
        "paper_number": "7",
        "unnumbered_id": _MISSING,
        "head": 0,
        "up": 0,
        "sure": 0,
        "withdraw": 0,
        "ItemMajority": ItemMajority.SPECIAL,
        "VoteForm": VoteForm.ROLL_CALL,
        "by_seat": 1,
        "MeetingKind": MeetingKind.CONSULTATION,
        "SetForm": SetForm.ZIP,
        "rehearsal_id": _MISSING,
        "plays": 1,
    }
    ids |= await storage.write(_on_paper)
    if state is not None:
        ids |= await _assembly(
            storage,
            clock,
            everybody.members,
            accounts,
            state,
            voting=voting,
            acclaimed=acclaimed,
            on_paper=ids["paper_person_id"],
        )
    ids |= await storage.write(_things, everybody.members, accounts)
    ids |= await storage.write(_outside)
    await storage.write(outside.open_vote, OFFICE, ids["running_id"])
    running = await storage.read(lambda unit: unit.motions.open_in(ids["running_id"]))
    assert running is not None
    ids["running_motion_id"] = running.id
    await storage.write(_changes, ids["meeting_id"])
    ids |= await storage.write(_held, state)
    if state is not None:
        ids["rehearsal_id"] = await storage.write(_rehearsal, ids["meeting_id"], state)
    return World(accounts, ids)


async def make_secret(unit: Unit, motion_id: int) -> None:
    """Let the open vote, in which nothing was cast, be a secret one."""
    await unit.connection.execute(text("UPDATE motions SET form = 'secret' WHERE id = :id"), {"id": motion_id})
    await unit.boxes.open(motion_id, [choice.value for choice in Choice])


async def hand_in(unit: Unit, motion_id: int, member_id: int, account: int) -> None:
    """Suspend the secret vote, and let the secretariat have entered the slip of a member."""
    await unit.motions.set_state(motion_id, MotionState.SUSPENDED)
    counts = {choice.value: int(choice is Choice.FOR) for choice in Choice}
    await unit.boxes.write_bundle(Bundle(motion_id, await _id_of(unit, account), frozenset({member_id}), counts, 0))


async def _changes(unit: Unit, meeting_id: int) -> None:
    """Let one of the secretariat be busy with a new date, and another have seen what everybody would be told."""
    mover, sender = await unit.people.acting(MOVER), await unit.people.acting(SENDER)
    assert mover is not None
    assert sender is not None
    await unit.conversations.begin(mover.person.id, changing.MOMENT_STEP, meeting_id=meeting_id)
    shown = {"meeting_id": meeting_id, "place": "Deventer", "reason": "De zaal viel uit."}
    await unit.conversations.begin(sender.person.id, changing.CHECK_STEP, **shown)


async def _rehearsal(unit: Unit, meeting_id: int, state: MeetingState) -> int:
    """Plan a rehearsal of the assembly; where that is open or closed already, it was never erased."""
    secretary = await unit.people.acting(OFFICE)
    assert secretary is not None
    await unit.rehearsals.plan(meeting_id, [secretary.person.id])
    rehearsal = await unit.rehearsals.live()
    assert rehearsal is not None
    if state in {MeetingState.OPEN, MeetingState.CLOSED}:
        await unit.rehearsals.begin(rehearsal.id, secretary.person.id)
    return rehearsal.id


async def _held(unit: Unit, state: MeetingState | None) -> dict[str, int]:
    """Hold what waits, as after a restore: without an assembly it can be sent, and otherwise be dropped."""
    await unit.outbox.hold()
    last = (await unit.outbox.held()).last
    return {"sent_last": last if state is None else _MISSING, "last": last}


async def _people(unit: Unit, members: dict[str, int]) -> dict[str, int]:
    """Store somebody for each role, and those who have none."""
    numbers = count(5001)
    accounts = {
        "stranger": STRANGER,
        "blocked": BLOCKED,
        "lost": LOST,
        "newcomer": NEWCOMER,
        "applicant": APPLICANT,
        "unsure": UNSURE,
        "bare chair": BARE_CHAIR,
        "deputy": DEPUTY,
        "clerk": CLERK,
        "editor": EDITOR,
        "mover": MOVER,
        "sender": SENDER,
        "typist": TYPIST,
        "reader": READER,
    }
    for role in Role:
        accounts[role.value] = next(numbers)
        own = [members[name] for name in OURS] if role.of_member else [None]
        held = [RoleHeld(role, member_id) for member_id in own]
        await add_person(unit, role.value, accounts[role.value], *held)
    everything = [RoleHeld(role, members[OWN] if role.of_member else None) for role in Role]
    lost = await add_person(unit, "ontslagen", LOST, *everything)
    for role_held in everything:
        await unit.people.end_role(lost, role_held)
    blocked = await add_person(unit, "gestolen", None, *everything)
    await unit.blocks.add(BLOCKED, blocked, blocked)
    await add_person(unit, "tweede voorzitter", BARE_CHAIR, RoleHeld(Role.CHAIR))
    await add_person(unit, "tweede regiebureau", DEPUTY, RoleHeld(Role.SECRETARIAT))
    await add_person(unit, "derde regiebureau", CLERK, RoleHeld(Role.SECRETARIAT))
    await add_person(unit, "vierde regiebureau", EDITOR, RoleHeld(Role.SECRETARIAT))
    await add_person(unit, "vijfde regiebureau", MOVER, RoleHeld(Role.SECRETARIAT))
    await add_person(unit, "zesde regiebureau", SENDER, RoleHeld(Role.SECRETARIAT))
    await add_person(unit, "zevende regiebureau", TYPIST, RoleHeld(Role.SECRETARIAT))
    await add_person(unit, "achtste regiebureau", READER, RoleHeld(Role.SECRETARIAT))
    return accounts


async def _assembly(
    storage: Storage,
    clock: TurnableClock,
    members: dict[str, int],
    accounts: dict[str, int],
    state: MeetingState,
    *,
    voting: bool,
    acclaimed: bool,
    on_paper: int,
) -> dict[str, Any]:
    """Bring an assembly into ``state``; returns the ids of what it holds."""
    meeting = await (drafted(storage, clock) if state is MeetingState.DRAFT else convened(storage, clock))
    proxies = {} if state is MeetingState.DRAFT else await storage.write(_proxies, meeting.id, members, accounts)
    items = await storage.read(lambda unit: unit.meetings.items(meeting.id))
    entered = {} if state is MeetingState.DRAFT else await storage.write(_entries, meeting.id, members)
    ids = {"meeting_id": meeting.id, "item_id": items[1].id, **proxies, **entered}
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    await sends(storage, OFFICE, "bijlage 9.pdf", "bijlage 9")
    ids |= await storage.write(_hanging, meeting.id)
    if state in {MeetingState.OPEN, MeetingState.CLOSED}:
        clock.moment = STARTS_AT
        voter = accounts[Role.REPRESENTATIVE.value]
        await storage.write(sitting.open_meeting, OFFICE, meeting.id)
        await storage.write(attendance.check_in, voter, meeting.id, Mode.ROOM, None)
        await storage.write(lambda unit: unit.attendance.arrive(meeting.id, on_paper, Mode.ROOM))
        ids |= await storage.write(_pronounced_votes, items[3], voter)
        await storage.write(floor.ask_floor, voter, meeting.id, Round.CLOSING)
        (turn,) = await storage.read(lambda unit: unit.floor.waiting(meeting.id))
        ids["turn_id"] = turn.id
        if acclaimed:
            await storage.write(acclaiming.acclaim, CHAIR, items[1].id, None)
        elif voting or state is MeetingState.CLOSED:
            await storage.write(motions.open_motion, CHAIR, items[1].id, None)
        if voting or state is MeetingState.CLOSED:
            opened = await storage.read(lambda unit: unit.motions.open_in(meeting.id))
            assert opened is not None
            ids["motion_id"] = opened.id
            office = accounts[Role.SECRETARIAT.value]
            ids["sheet_id"] = await storage.write(_sheet, meeting.id, opened.id, office, SheetState.DRAFT)
            ids["offered_sheet_id"] = await storage.write(_sheet, meeting.id, opened.id, OFFICE, SheetState.OFFERED)
            await storage.write(_position, ids["item_id"], members[OWN], voter)
            if not acclaimed:
                await storage.write(prepared.cast_prepared, voter, opened.id, origin=Origin(1, 1))
        else:
            ids["tied_id"] = await storage.write(_tied, items[2])
        await storage.write(lambda unit: _exclude(unit, items[1].id, members[OTHER]))
        if voting:
            await storage.write(lambda unit: unit.motions.set_state(ids["proposed_id"], MotionState.CLOSED))
            await storage.write(lambda unit: unit.motions.set_state(ids["chairs_id"], MotionState.CLOSED))
        if state is MeetingState.CLOSED:
            await storage.write(outcomes.close_motion, CHAIR, ids["motion_id"])
            await storage.write(outcomes.pronounce, CHAIR, ids["motion_id"])
            await storage.write(attendance.check_out, voter, meeting.id, None)
            await storage.write(sitting.close_meeting, CHAIR, meeting.id)
    return ids


async def _exclude(unit: Unit, item_id: int, member_id: int) -> None:
    await unit.exclusions.add(item_id, member_id, "belang", await _id_of(unit, CHAIR))


async def _pronounced_votes(unit: Unit, item: AgendaItem, voter: int) -> dict[str, int]:
    """Store votes of which the outcome was pronounced; that of the last one by the chair's vote."""
    chair, carrier = await _id_of(unit, CHAIR), await _id_of(unit, voter)
    question = Question("Procedureel", unit.association.statutes.majority, procedural=True)
    seats = [Seat(member.id, 1, carrier) for member in await unit.members.all()]

    async def vote(chairs: ChairsVote = ChairsVote.NONE) -> int:
        motion_id = await unit.motions.add(item, question, seats, chair)
        outcome = replace(tally(seats, {}, question.majority), chair=chairs)
        await unit.motions.close(motion_id, chair, unit.now, outcome)
        await unit.motions.pronounce(motion_id)
        return motion_id

    return {
        "pronounced_id": await vote(),
        "proposed_id": await vote(),
        "chairs_id": await vote(ChairsVote.AWAITED),
    }


async def _sheet(unit: Unit, meeting_id: int, motion_id: int, account: int, state: SheetState) -> int:
    """Store a tally sheet of somebody on which the seat of the member on paper stands."""
    member = next(member for member in await unit.members.active(date(2019, 2, 13)) if member.name == ON_PAPER)
    sheet_id = await unit.sheets.add(meeting_id, motion_id, await _id_of(unit, account))
    await unit.sheets.write(sheet_id, {member.id: Chosen(Choice.FOR.value)})
    await unit.sheets.move(sheet_id, state)
    return sheet_id


async def _position(unit: Unit, item_id: int, member_id: int, account: int) -> None:
    """Store that a member is in favour of an item."""
    await unit.positions.set_stance(item_id, member_id, Stance.FOR, await _id_of(unit, account))


async def _tied(unit: Unit, item: AgendaItem) -> int:
    """Store a second round between two persons in which nobody voted for one more than the other; return its id."""
    asked = Question("", unit.association.statutes.majority, MotionKind.PERSONS, options=numbered(["a", "b"]), round=2)
    chair = await _id_of(unit, CHAIR)
    first, second, *_ = await unit.members.all()
    seats = [Seat(first.id, 1, chair), Seat(second.id, 1, chair)]
    motion_id = await unit.motions.add(item, asked, seats, chair)
    for seat, key in zip(seats, ("1", "2"), strict=True):
        await unit.motions.cast(Ballot(motion_id, seat.member_id, (key,), chair, unit.now, 1))
    outcome = options_tally.count(seats, await unit.motions.selections(motion_id), asked)
    assert outcome.tied
    await unit.motions.close(motion_id, chair, unit.now, outcome)
    await unit.motions.pronounce(motion_id)
    return motion_id


async def _outside(unit: Unit) -> dict[str, int]:
    """Store two votes outside a meeting that are still to be opened."""
    asked = (
        MeetingKind.CONSULTATION,
        "Raadpleging",
        "Vraag",
        unit.now + timedelta(days=400),
        "",
        await _id_of(unit, OFFICE),
    )
    ids = {name: (await unit.outside.add(*asked))[0] for name in ("outside_id", "running_id")}
    file_id = await unit.files.add(
        telegram_file_id="offer",
        telegram_unique_id="offer",
        name="offerte.pdf",
        mime_type="application/pdf",
        size=4,
        purpose=outside_files.PURPOSE,
        sent_by=await _id_of(unit, OFFICE),
    )
    ids["outside_paper_id"] = await unit.papers.add(ids["outside_id"], file_id, None, "1", "Offerte")
    return ids


async def _on_paper(unit: Unit) -> dict[str, int]:
    """Store a member of which nobody has a phone."""
    member_id = await unit.members.save(Member(0, "wierden", ON_PAPER))
    person_id = await add_person(unit, f"portefeuillehouder {ON_PAPER}", None, RoleHeld(Role.REPRESENTATIVE, member_id))
    return {"paper_member_id": member_id, "paper_person_id": person_id}


async def _entries(unit: Unit, meeting_id: int, members: dict[str, int]) -> dict[str, int]:
    """Store what the secretariat entered for our people: one entry that waits, and one that was confirmed."""
    office, chair = await _id_of(unit, OFFICE), await _id_of(unit, CHAIR)

    async def entry(number: int) -> int:
        file_id = await unit.files.add(
            telegram_file_id=f"paper {number}",
            telegram_unique_id=f"paper {number}",
            name="opgave.pdf",
            mime_type="application/pdf",
            size=4,
            purpose=entering.PURPOSE,
            sent_by=office,
        )
        await unit.files.fetched(file_id, b"%PDF", sha256(b"%PDF").hexdigest())
        return await unit.entries.add(meeting_id, members[OWN], EnteredReply(Reply.COMING), file_id, office)

    confirmed = await entry(1)
    await unit.entries.decide(confirmed, EntryState.CONFIRMED, chair)
    return {"entry_id": await entry(2), "confirmed_entry_id": confirmed}


async def _hanging(unit: Unit, meeting_id: int) -> dict[str, int]:
    """Store a nomination, a paper that people have, and a file that no number was given; return their ids."""
    first, _notes, persons, *_ = await unit.meetings.items(meeting_id)
    office = await unit.people.acting(OFFICE)
    assert office is not None
    nomination = Nomination("kandidaat")
    await unit.options.add(persons.id, ["tegenkandidaat"], office.person.id)

    async def file(name: str) -> int:
        return await unit.files.add(
            telegram_file_id=name,
            telegram_unique_id=name,
            name=f"{name}.pdf",
            mime_type="application/pdf",
            size=3,
            purpose=papers.PURPOSE,
            sent_by=office.person.id,
        )

    sent = await file("sent")
    await unit.files.fetched(sent, b"pdf", "0" * 64)
    await unit.papers.mark_sent([await unit.papers.add(meeting_id, sent, None, "8", "Stuk")])
    unsent = next(paper for paper in await unit.papers.current(meeting_id) if paper.number == "9")
    return {
        "first_id": first.id,
        "persons_id": persons.id,
        "option_id": next(option.id for option in await unit.options.of_item(persons.id)),
        "nomination_id": await unit.nominations.add(persons.id, nomination, office.person.id, supervisory=False),
        "paper_id": unsent.id,
        "unnumbered_id": await file("new"),
    }


async def _proxies(unit: Unit, meeting_id: int, members: dict[str, int], accounts: dict[str, int]) -> dict[str, int]:
    """Store proxies: one to sign, one to accept, and those that our people granted before."""
    voter = await unit.people.acting(accounts[Role.REPRESENTATIVE.value])
    other = next(iter(await unit.people.holding({Role.REPRESENTATIVE}, member_id=members[OTHER])))
    assert voter is not None
    prepared = await unit.proxies.add(
        meeting_id, members[SIGNED], other.person.id, members[OTHER], ProxyKind.OTHER_MEMBER, voter.person.id
    )
    offered = await unit.proxies.add(
        meeting_id, members[FAR], voter.person.id, members[OWN], ProxyKind.OTHER_MEMBER, other.person.id
    )
    await unit.proxies.sign(offered.id, other.person.id)
    granted = await _own_proxies(unit, meeting_id, members, accounts)
    return {"proxy_id": prepared.id, "offered_id": offered.id, **granted}


async def _own_proxies(
    unit: Unit, meeting_id: int, members: dict[str, int], accounts: dict[str, int]
) -> dict[str, int]:
    """Store what our people granted to a colleague: one that it carries, standing ones, and one with its letter."""
    voter = await _id_of(unit, accounts[Role.REPRESENTATIVE.value])
    holder = await _id_of(unit, accounts[Role.SIGNATORY.value])

    async def to_holder(name: str, standing_id: int | None = None) -> int:
        proxy = await unit.proxies.add(
            meeting_id, members[name], holder, members[name], ProxyKind.COLLEAGUE, voter, standing_id=standing_id
        )
        return proxy.id

    async def standing(name: str) -> int:
        standing_id = await unit.standing.add(members[name], holder, members[name], date(2030, 12, 31))
        await unit.standing.accept(standing_id)
        return standing_id

    given, lettered = await to_holder(GIVEN), await to_holder(LETTERED)
    await unit.proxies.sign(given, voter)
    await unit.proxies.accept(given)
    file_id = await unit.files.add(
        telegram_file_id="letter",
        telegram_unique_id="letter",
        name="volmacht.pdf",
        mime_type="application/pdf",
        size=4,
        purpose=letters.PURPOSE,
        sent_by=voter,
    )
    letter_id = await unit.letters.add(lettered, file_id)
    await unit.files.fetched(file_id, b"%PDF", sha256(b"%PDF").hexdigest())
    return {
        "given_id": given,
        "lettered_id": lettered,
        "letter_id": letter_id,
        "confirming_id": await to_holder(CONFIRMING, await standing(CONFIRMING)),
        "standing_id": await standing(IDLE),
        "colleague_id": await _id_of(unit, accounts[Role.COORDINATOR.value]),
    }


async def _id_of(unit: Unit, account: int) -> int:
    acting = await unit.people.acting(account)
    assert acting is not None
    return acting.person.id


async def _things(unit: Unit, members: dict[str, int], accounts: dict[str, int]) -> dict[str, Any]:
    """Store a file, a notice, links, requests, a second factor and drafts, and return their ids."""
    office = await unit.people.acting(accounts[Role.SECRETARIAT.value])
    coordinator = await unit.people.acting(accounts[Role.COORDINATOR.value])
    chair = await unit.people.acting(accounts[Role.CHAIR.value])
    secretary = await unit.people.acting(OFFICE)
    deputy, clerk = await unit.people.acting(DEPUTY), await unit.people.acting(CLERK)
    editor = await unit.people.acting(EDITOR)
    assert editor is not None
    typist, reader = await unit.people.acting(TYPIST), await unit.people.acting(READER)
    assert typist is not None
    assert reader is not None
    assert deputy is not None
    assert clerk is not None
    assert office is not None
    assert coordinator is not None
    assert chair is not None
    assert secretary is not None
    own = RoleHeld(Role.COORDINATOR, members[OWN])
    unregistered = await add_person(unit, "nog niet aangemeld", None, own)
    colleague = await add_person(unit, "collega", 5900, own)
    for acting in (office, chair, secretary, deputy, clerk, editor, typist, reader):
        await unit.factors.begin(acting.person.id, "salt")
        await unit.factors.accept(acting.person.id, step=1)
    content = f"lid;naam;rol\n{OWN};nieuw;coördinator\n".encode()
    file_id = await unit.files.add(
        telegram_file_id="file",
        telegram_unique_id="unique",
        name="leden.csv",
        mime_type="text/csv",
        size=len(content),
        purpose=Reading.UPDATE.value,
        sent_by=office.person.id,
    )
    await unit.files.fetched(file_id, content, sha256(content).hexdigest())
    await unit.imports.add(file_id, Reading.UPDATE, read_register(read_csv(content)))
    merging = await unit.members.save(Member(0, "ten-boer", "Ten Boer", until=date(2030, 1, 1)))
    await unit.mergers.add(Merger(merging, members[FAR], people_follow=True), office.person.id)
    await unit.suspensions.add(merging, date(2018, 1, 1), None, "achterstand", office.person.id)
    await unit.conversations.begin(
        clerk.person.id, suspensions.UNTIL_STEP, member_id=members[OWN], reason="achterstand", until=None
    )
    await unit.conversations.begin(
        deputy.person.id, member_facts.STEP, member_id=members[OWN], fact=MemberFact.VOTES.value, value=2
    )
    current = await unit.meetings.current()
    of = {"meeting_id": current.id if current else None}
    await unit.conversations.begin(typist.person.id, agenda.PURPOSE, parts=["1. Opening"], **of)
    read = {"agenda": dump(read_agenda("1. Opening")), "head": dump(Head())}
    await unit.conversations.begin(reader.person.id, agenda.PREVIEW_STEP, mark=0, **read, **of)
    notices_there = await _notices(unit, office, editor, coordinator)
    draft = {"roles": ["representative"], "leaver_id": None, "name": "Nieuw", "function": "wethouder", "number": 42}
    await unit.conversations.begin(coordinator.person.id, CHECK_STEP, member_id=members[OWN], **draft)
    await make_link(unit, unregistered)
    guest = await add_person(unit, "genodigde", None, RoleHeld(Role.OBSERVER))
    token = await make_link(unit, guest)
    await open_link(unit, NEWCOMER, token)
    link = await unit.links.by_hash(token_hash(token))
    assert link is not None
    await _request(unit, APPLICANT, members[OWN], RequestState.CHECK)
    await _request(unit, UNSURE, members[OWN], RequestState.MEMBER)
    return {
        "file_id": file_id,
        "merging_id": merging,
        "number": 42,
        "link_id": link.id,
        "person_id": colleague,
        "unregistered_id": unregistered,
        "secretary_id": secretary.person.id,
        "request_id": await _request(unit, 5901, members[OWN], RequestState.OPEN),
        **notices_there,
    }


async def _notices(unit: Unit, office: Acting, editor: Acting, reader: Acting) -> dict[str, int]:
    """Store a notice that is being written, one that is planned, one that was sent, a commission and a group."""
    text, everybody = Formatted("Mededeling"), Audience(circles=frozenset({Circle.EVERYBODY}))
    await unit.chats.link(LinkedChat(-100200300, "supergroup", "ALV"))
    ids = [await unit.notices.add(office.person.id) for _ in range(3)]
    for notice_id in ids:
        await unit.notices.set_texts(notice_id, [text])
        await unit.notices.aim(notice_id, everybody)
    draft, planned, sent = ids
    await unit.notices.set(planned, state=NoticeState.PLANNED, due_at=unit.now + timedelta(days=400))
    await unit.notices.set(sent, state=NoticeState.SENT, sent_at=unit.now, changed_at=unit.now, asks_receipt=True)
    batch, account = notice_batch(sent), reader.person.telegram_id or 0
    failed = await unit.outbox.send(account, MessageErased(0), person_id=reader.person.id, batch=batch)
    await unit.outbox.mark_failed(failed, "Forbidden: bot was blocked by the user")
    await unit.outbox.set_posted(account, part_key(sent, "t0"), 5)
    await unit.conversations.begin(office.person.id, notices.PURPOSE, notice_id=draft)
    await unit.conversations.begin(editor.person.id, notice_changes.STEP, notice_id=sent, text=dump(text))
    return {
        "notice_id": draft,
        "planned_id": planned,
        "sent_id": sent,
        "commission_id": await unit.commissions.add("Auditcommissie"),
    }


async def _request(unit: Unit, account: int, member_id: int, state: RequestState) -> int:
    await unit.requests.begin(account, "Iemand")
    request = await unit.requests.live(account)
    assert request is not None
    await unit.requests.set(request.id, state, name="Nieuw", function="wethouder", member_id=member_id)
    return request.id
