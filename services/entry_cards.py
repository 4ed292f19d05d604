"""An entry on behalf of a member as each of those whom it concerns sees it."""

from collections.abc import Iterable

from assembly.entries import (
    EnteredAct,
    EnteredBallot,
    EnteredPresence,
    EnteredProxy,
    EnteredSignature,
    Entry,
    EntryState,
)
from assembly.facts.entries import EntryCard, EntryDescribed, EntryRef
from assembly.members import Acting
from assembly.options import MATTER_OPTIONS, Option
from assembly.permissions import Act, may
from services.access import holders_of
from services.seats import GRANTOR_SIDE
from services.telling import refresh, show_anew
from storage.unit import Unit


def entry_key(entry_id: int) -> str:
    """Return the key of the message that shows an entry."""
    return f"entry:{entry_id}"


async def describe(unit: Unit, member_id: int, act: EnteredAct) -> EntryDescribed:
    """Return what is entered, with the names in it."""
    person_id, held_for, item = None, None, ""
    options: tuple[Option, ...] = MATTER_OPTIONS
    match act:
        case EnteredProxy():
            person_id, held_for = act.holder_id, act.holder_member_id
        case EnteredSignature():
            proxy = await unit.proxies.get(act.proxy_id)
            person_id, held_for = (proxy.holder_id, proxy.holder_member_id) if proxy else (None, None)
        case EnteredPresence():
            person_id = act.person_id
        case EnteredBallot():
            motion = await unit.motions.get(act.motion_id)
            if motion is not None:
                item, options = f"{motion.number} {motion.title}", motion.options
        case _:
            pass
    names = await unit.members.names([member_id, held_for or member_id])
    person = await unit.people.get(person_id) if person_id is not None else None
    return EntryDescribed(
        names.get(member_id, ""),
        act,
        person.person.name if person else "",
        "" if held_for is None else names.get(held_for, ""),
        item,
        options,
    )


async def parties(unit: Unit, entry: Entry) -> tuple[Acting, ...]:
    """Return whom an entry concerns: the member's people, and the holder of its proxy."""
    found = {person.person.id: person for person in await unit.people.holding(GRANTOR_SIDE, member_id=entry.member_id)}
    holder_id = entry.act.holder_id if isinstance(entry.act, EnteredProxy) else None
    if isinstance(entry.act, EnteredSignature):
        proxy = await unit.proxies.get(entry.act.proxy_id)
        holder_id = proxy.holder_id if proxy else None
    holder = await unit.people.get(holder_id) if holder_id is not None else None
    return tuple((found | ({holder.person.id: holder} if holder else {})).values())


async def load_entry(unit: Unit, ref: EntryRef) -> EntryCard | None:
    """Load an entry for one of those who decide on it, or whom it concerns once it is confirmed."""
    entry, reader = await unit.entries.get(ref.entry_id), await unit.people.get(ref.person_id)
    if entry is None or reader is None:
        return None
    decides = may(reader, Act.SEE_ENTRIES)
    if not decides and (entry.state is not EntryState.CONFIRMED or not await is_party(unit, entry, reader)):
        return None
    ids = {entry.entered_by, entry.decided_by, entry.objected_by} - {None}
    names = {person.person.id: person.person.name for person in await unit.people.all({i for i in ids if i})}
    pending = decides and entry.state is EntryState.PENDING
    return EntryCard(
        entry.id,
        await describe(unit, entry.member_id, entry.act),
        entry.state,
        names[entry.entered_by],
        entry.paper,
        names.get(entry.decided_by or 0, ""),
        entry.reason,
        names.get(entry.objected_by or 0, ""),
        may_confirm=pending and reader.person.id != entry.entered_by,
        may_reject=pending,
        may_object=entry.state is EntryState.CONFIRMED and entry.objected_by is None,
    )


async def is_party(unit: Unit, entry: Entry, reader: Acting) -> bool:
    """Whether an entry concerns the person."""
    return reader.person.id in {party.person.id for party in await parties(unit, entry)}


async def show_entry(unit: Unit, readers: Iterable[Acting], entry: Entry) -> None:
    """Show an entry as it stands to each of ``readers``, at the bottom of the chat."""
    for reader in {reader.person.id: reader for reader in readers}.values():
        await show_anew(unit, reader, EntryRef(entry.id, reader.person.id), entry_key(entry.id))


async def redraw_entry(unit: Unit, entry: Entry) -> None:
    """Bring an entry up to date wherever it is shown."""
    readers = {person.person.id: person for person in (*await deciders(unit), *await parties(unit, entry))}
    await refresh(unit, readers.values(), lambda reader: EntryRef(entry.id, reader.person.id), entry_key(entry.id))


async def deciders(unit: Unit) -> tuple[Acting, ...]:
    """Return who decides on entries."""
    return await holders_of(unit, Act.CONFIRM_ENTRY)


async def lapse_entries(unit: Unit, meeting_id: int, motion_id: int | None = None) -> None:
    """Let what still waits lapse because the assembly ends or is called off, or only the ballots of a vote."""
    for entry in await unit.entries.of_meeting(meeting_id):
        of_vote = isinstance(entry.act, EnteredBallot) and entry.act.motion_id == motion_id
        if entry.state is EntryState.PENDING and (motion_id is None or of_vote):
            await lapse_entry(unit, entry)


async def lapse_entry(unit: Unit, entry: Entry) -> None:
    """Let an entry lapse that cannot be confirmed any more, and show that to who entered it."""
    if not await unit.entries.decide(entry.id, EntryState.LAPSED, None):
        return
    await unit.journal.note(
        "entry_lapsed",
        actor_id=None,
        meeting_id=entry.meeting_id,
        facts={"entry": entry.id, "member": entry.member_id},
    )
    await redraw_entry(unit, entry)
    first = await unit.people.get(entry.entered_by)
    await show_entry(unit, [first] if first else [], entry)
