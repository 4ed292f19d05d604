"""The rehearsal as the real database knows it: who may, what is asked, what the journal says, and that it ends once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from assembly.errors import Gone, NobodyRehearses, NotAllowed, NotRegistered, RehearsalOn, WrongMeetingState
from assembly.facts.rehearsals import RehearsalCard, RehearsalRef
from assembly.meetings import Meeting
from assembly.rehearsals import Rehearsal, RehearsalState
from services import rehearsals, sitting
from services.holding import hold_back
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.tables import journal
from storage.unit import Unit
from tests.support.assembly import convened, current
from tests.support.clock import TurnableClock
from tests.support.queued import screens
from tests.support.register import CHAIR, OFFICE, STRANGER, Register, filled

GROUP = -100


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give a register with two members, and a group."""
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV")))
    return await filled(storage, "Assen", "Deventer")


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock, register: Register) -> Meeting:  # noqa: ARG001 - who is convened
    """Give an assembly to which people were convened."""
    return await convened(storage, clock)


async def live(storage: Storage) -> Rehearsal:
    """Return the rehearsal at hand."""
    rehearsal: Rehearsal | None = await storage.read(lambda unit: unit.rehearsals.live())
    assert rehearsal is not None
    return rehearsal


async def card(storage: Storage, rehearsal_id: int = 1, *, asks: bool = False) -> RehearsalCard:
    """Load what the card of a rehearsal shows."""
    shown = await storage.read(rehearsals.load_card, RehearsalRef(rehearsal_id, asks=asks))
    assert shown is not None
    return shown


async def begun(storage: Storage, meeting: Meeting) -> int:
    """Plan a rehearsal with those who lead, and begin it; return its number."""
    await storage.write(rehearsals.show_card, OFFICE, meeting.id)
    rehearsal = await live(storage)
    await storage.write(rehearsals.begin, OFFICE, rehearsal.id)
    return rehearsal.id


async def noted(storage: Storage) -> list[str]:
    """Return what the journal says of rehearsals."""

    async def load(unit: Unit) -> list[str]:
        query = select(journal.c.kind).where(journal.c.kind.startswith("rehearsal")).order_by(journal.c.id)
        return list((await unit.connection.execute(query)).scalars())

    return await storage.read(load)


async def test_it_is_chosen_who_plays(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Those who lead play, and whoever else is ticked; nobody by accident, and not who cannot be reached."""
    await storage.write(rehearsals.show_card, OFFICE, meeting.id)
    assert (await card(storage)).players == ("Regiebureau", "Voorzitter")
    assen = register.people["portefeuillehouder Assen"]
    await storage.write(rehearsals.invite_player, OFFICE, 1, assen, 0, None, plays=True)
    await storage.write(rehearsals.invite_player, OFFICE, 1, assen, 0, None, plays=True)  # twice is once
    await storage.write(rehearsals.invite_player, OFFICE, 1, register.people["Voorzitter"], 0, None, plays=False)
    await storage.write(rehearsals.invite_chat, OFFICE, 1, -GROUP, 0, None, plays=True)
    shown = await card(storage)
    assert set(shown.players) == {"Regiebureau", "portefeuillehouder Assen"}
    assert shown.groups == ("ALV",)
    with pytest.raises(Gone):
        await storage.write(rehearsals.invite_player, OFFICE, 1, 999, 0, None, plays=True)
    with pytest.raises(Gone):
        await storage.write(rehearsals.invite_chat, OFFICE, 1, 999, 0, None, plays=True)
    await storage.write(rehearsals.invite_player, OFFICE, 1, assen, 0, None, plays=False)
    await storage.write(rehearsals.invite_player, OFFICE, 1, register.people["Regiebureau"], 0, None, plays=False)
    with pytest.raises(NobodyRehearses):
        await storage.write(rehearsals.ask_begin, OFFICE, 1, None)
    with pytest.raises(NobodyRehearses):
        await storage.write(rehearsals.begin, OFFICE, 1)
    await storage.write(rehearsals.drop, OFFICE, 1)
    assert (await card(storage)).state is RehearsalState.ERASED
    assert await noted(storage) == []


async def test_only_the_secretariat(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Nobody else plans, begins or erases a rehearsal."""
    rehearsal_id = await begun(storage, meeting)
    for account, refusal in (
        (CHAIR, NotAllowed),
        (register.representative("Assen"), NotAllowed),
        (STRANGER, NotRegistered),
    ):
        for service, subject in ((rehearsals.show_card, meeting.id), (rehearsals.erase, rehearsal_id)):
            with pytest.raises(refusal):
                await storage.write(service, account, subject)
    assert (await live(storage)).state is RehearsalState.BEGUN


async def test_it_ends_once_and_nothing_real_does(storage: Storage, meeting: Meeting) -> None:
    """Erased twice, or by a number that is none: nothing more comes of it, and the assembly itself is never touched."""
    rehearsal_id = await begun(storage, meeting)
    with pytest.raises(Gone):
        await storage.write(rehearsals.begin, OFFICE, rehearsal_id)
    with pytest.raises(RehearsalOn):
        await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    await storage.write(rehearsals.note_running, rehearsal_id)
    await storage.write(rehearsals.ask_erase, OFFICE, rehearsal_id, None)
    await storage.write(rehearsals.erase, OFFICE, rehearsal_id)
    for number in (rehearsal_id, 7, 999):
        with pytest.raises(Gone):
            await storage.write(rehearsals.erase, OFFICE, number)
    await storage.write(rehearsals.note_running, rehearsal_id)  # too late: it stays ended
    assert (await live(storage)).state is RehearsalState.ENDED
    for _ in range(2):
        await storage.write(rehearsals.note_erased, rehearsal_id)
    assert await storage.read(lambda unit: unit.rehearsals.live()) is None
    assert await noted(storage) == ["rehearsal_begun", "rehearsal_erased"]
    assert (await screens(storage, CHAIR)).count("RehearsalOver") == 1
    assert await current(storage) == meeting
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    with pytest.raises(WrongMeetingState):  # what is held cannot be rehearsed any more
        await storage.write(rehearsals.show_card, OFFICE, meeting.id)


async def test_a_forgotten_one_ends_by_itself(storage: Storage, meeting: Meeting, clock: TurnableClock) -> None:
    """After the days of the setting, and not before; the journal says that nobody did it."""
    await begun(storage, meeting)
    clock.turn(timedelta(days=3) - timedelta(seconds=1))
    await storage.write(rehearsals.erase_due)
    assert (await live(storage)).state is RehearsalState.BEGUN
    clock.turn(timedelta(seconds=1))
    for _ in range(2):
        await storage.write(rehearsals.erase_due)
    assert (await live(storage)).state is RehearsalState.ENDED
    assert await noted(storage) == ["rehearsal_begun", "rehearsal_erased"]


async def test_a_restore_ends_it(storage: Storage, meeting: Meeting, clock: TurnableClock) -> None:
    """What is on the stage then is of another time; a plan stays."""
    await storage.write(rehearsals.show_card, OFFICE, meeting.id)
    await storage.write(hold_back, clock.moment, release=False)
    assert (await live(storage)).state is RehearsalState.PLANNED
    await begun(storage, meeting)
    await storage.write(hold_back, clock.moment, release=False)
    assert (await live(storage)).state is RehearsalState.ENDED


async def test_no_copy_could_be_made(storage: Storage, meeting: Meeting) -> None:
    """It is planned again, and who began it is told."""
    rehearsal_id = await begun(storage, meeting)
    await storage.write(rehearsals.note_not_made, rehearsal_id)
    assert (await live(storage)).state is RehearsalState.PLANNED
    assert "RehearsalNotMade" in await screens(storage, OFFICE)
    await storage.write(rehearsals.begin, OFFICE, rehearsal_id)
    assert (await live(storage)).state is RehearsalState.BEGUN


async def test_who_plays(storage: Storage, meeting: Meeting, register: Register, clock: TurnableClock) -> None:
    """A player plays as long as it has access; a text that was asked for something real makes it busy."""
    assert await storage.read(rehearsals.player_of, OFFICE) is None
    rehearsal_id = await begun(storage, meeting)
    player = await storage.read(rehearsals.player_of, OFFICE)
    assert player == rehearsals.Player(rehearsal_id, register.people["Regiebureau"], None)
    for account in (STRANGER, register.representative("Assen")):
        assert await storage.read(rehearsals.player_of, account) is None
    await storage.write(lambda unit: unit.conversations.begin(register.people["Voorzitter"], "meeting_title"))
    busy = await storage.read(rehearsals.player_of, CHAIR)
    assert busy is not None
    assert busy.asked_at == clock.moment
    await storage.write(lambda unit: unit.people.unbind(register.people["Voorzitter"]))
    assert await storage.read(rehearsals.player_of, CHAIR) is None
