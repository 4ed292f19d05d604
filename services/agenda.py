"""The agenda as people send it: pasted, forwarded or as a file; read, shown, and taken over when it is right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from assembly import errors
from assembly.agenda import ParsedAgenda, read_agenda
from assembly.agenda_head import Head, read_head
from assembly.facts.meetings import AgendaContinues, AgendaExpected, AgendaPreview, AgendaStored, ItemShown
from assembly.facts.register import FileReceived
from assembly.meetings import Meeting, check_state
from assembly.members import Acting
from assembly.permissions import Act, states_for
from assembly.wording import utf16_length
from services import meetings
from services.access import permit, require
from services.agenda_items import check_lengths, replace_agenda, shown_items
from services.documents import IncomingFile, store
from services.meetings import get_meeting, refresh_consoles
from services.telling import tell
from storage.facts import canonical, dump, load
from storage.files import StoredFile
from storage.unit import Unit

PURPOSE = "agenda"
"""Step of the conversation, and purpose of a document that holds an agenda."""

PREVIEW_STEP = "agenda_preview"

CUT_OFF = 4000
"""Telegram cuts a text in messages of at most 4,096 UTF-16 units, at a line or a word: the first is about as long."""

PARTS = 10
"""Messages that one agenda may take."""

MARK_BYTES = 6
"""Bytes of a hash: enough to tell two readings apart, few enough for a button."""


async def ask_agenda(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Expect the agenda as a text or a file; it may be replaced as a whole until the assembly is convened."""
    acting = await require(unit, telegram_id, Act.EDIT_MEETING)
    check_state(await get_meeting(unit, meeting_id), *states_for(Act.EDIT_MEETING))
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting_id)
    await tell(unit, acting, AgendaExpected(bool(await unit.meetings.items(meeting_id))))


async def take_agenda(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the agenda from a message. One that Telegram may have cut waits for the rest."""
    await permit(unit, acting, Act.PREPARE_MEETING)
    meeting_id = data.get("meeting_id")
    parts = [*data.get("parts", ()), text]
    if utf16_length(text) > CUT_OFF and len(parts) < PARTS:
        await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting_id, parts=parts)
        await tell(unit, acting, AgendaContinues())
        return
    await _preview(unit, acting, meeting_id, "\n".join(parts))


async def finish_agenda(unit: Unit, telegram_id: int) -> None:
    """Read the parts that came: there are no more."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.step != PURPOSE or not conversation.data.get("parts"):
        raise errors.Gone
    await _preview(unit, acting, conversation.data.get("meeting_id"), "\n".join(conversation.data["parts"]))


async def take_title(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the title of an assembly; of a new one also its whole agenda, which says the rest in its head."""
    if data.get("meeting_id") is None and "\n" in text.strip() and _is_agenda(text):
        await take_agenda(unit, acting, text, data)
    else:
        await meetings.take_title(unit, acting, text, data)


async def receive_agenda_file(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Note a file that holds the agenda, of which the bytes are being fetched."""
    await permit(unit, acting, Act.PREPARE_MEETING)
    if data.get("meeting_id") is not None:
        check_state(await get_meeting(unit, data["meeting_id"]), *states_for(Act.EDIT_MEETING))
    await store(unit, acting.person.id, file, PURPOSE)
    await tell(unit, acting, FileReceived(file.name))


async def read_agenda_file(unit: Unit, file: StoredFile, text: str) -> None:
    """Show what was read in a fetched file."""
    acting = await unit.people.get(file.sent_by)
    if acting is None:
        return
    await permit(unit, acting, Act.PREPARE_MEETING)
    meeting = await unit.meetings.current()
    await _preview(unit, acting, None if meeting is None else meeting.id, text)


async def accept_agenda(unit: Unit, telegram_id: int, mark: int, message_id: int | None, *, with_head: bool) -> None:
    """Take over the agenda that was shown. ``with_head``: also what its head says of the assembly.

    Where there is no assembly yet it is created, and what its agenda does not say is asked.
    """
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.step != PREVIEW_STEP or conversation.data["mark"] != mark:
        raise errors.Gone
    data = conversation.data
    head = load(Head, data["head"])
    meeting_id = data["meeting_id"]
    if meeting_id is None:
        await meetings.prepare(unit, acting, {**_known(head), "agenda": data["agenda"]})
        return
    meeting = await get_meeting(unit, meeting_id, lock=True)
    await replace_agenda(unit, acting, meeting, load(ParsedAgenda, data["agenda"]).items)
    if with_head:
        known = {**_of(meeting), **_known(head)}
        await meetings.prepare(unit, acting, {**known, "meeting_id": meeting_id}, quiet=True)
    else:
        await unit.conversations.end(acting.person.id)
        await refresh_consoles(unit, meeting_id)
    await tell(unit, acting, AgendaStored(meeting_id, await shown_items(unit, meeting_id)), edit=message_id)


async def _preview(unit: Unit, acting: Acting, meeting_id: int | None, text: str) -> None:
    """Show how the agenda was read. A refusal keeps the step, so that another text can be sent."""
    agenda = read_agenda(text)
    check_lengths(agenda.items)
    meeting = None if meeting_id is None else await get_meeting(unit, meeting_id)
    if meeting is not None:
        check_state(meeting, *states_for(Act.EDIT_MEETING))
    head = _ahead(read_head(agenda.head, unit.association.timezone, unit.association.local(unit.now).date()), unit)
    read = {"agenda": dump(agenda), "head": dump(head), "meeting_id": meeting_id}
    mark = int.from_bytes(sha256(canonical(read).encode()).digest()[:MARK_BYTES])
    await unit.conversations.begin(acting.person.id, PREVIEW_STEP, mark=mark, **read)
    known = _known(head)
    differs = meeting is not None and any(_of(meeting)[name] != value for name, value in known.items())
    preview = AgendaPreview(mark, _shown(agenda), head, creates=meeting is None, differs=differs)
    await tell(unit, acting, preview)


def _is_agenda(text: str) -> bool:
    try:
        return len(read_agenda(text).items) > 1
    except errors.AgendaNotUnderstood:
        return False


def _ahead(head: Head, unit: Unit) -> Head:
    """Return the head, its moment left open where that has passed: minutes and old agendas are sent as well."""
    return replace(head, starts_at=None) if head.starts_at is not None and head.starts_at <= unit.now else head


def _known(head: Head) -> dict[str, Any]:
    """Return what a head says, as the steps of a conversation keep it."""
    known: dict[str, Any] = {}
    if head.title:
        known["title"] = head.title
    if head.starts_at is not None:
        known["starts_at"] = head.starts_at.isoformat()
    if head.place or head.stream:
        known |= {"place": head.place, "stream": head.stream}
    return known


def _of(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "stream": meeting.stream,
    }


def _shown(agenda: ParsedAgenda) -> tuple[ItemShown, ...]:
    items: Sequence[Any] = agenda.items
    return tuple(ItemShown(0, i.number, i.title, i.kind, bool(i.proposal), i.attachments) for i in items)
