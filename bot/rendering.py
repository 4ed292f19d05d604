"""From an outbox row to what is sent: facts are loaded, then drawn by their screen, with their record where one is."""

import asyncio
from dataclasses import dataclass, replace

import records
from assembly.association import Association
from assembly.errors import SetNotMade
from assembly.facts.convening import PaperSet
from bot.binding import made_set
from screens import render
from screens.content import CAPTION_LIMIT, Content, MadeDocument, MadePicture
from screens.registry import SCREENS, Drawn
from screens.rehearsing import HEADING_ROOM, headed
from screens.texts import visible_length
from services.live import LOADERS, Loader
from storage.engine import Storage
from storage.facts import load
from storage.unit import Unit
from storage.waiting import OutboxRow


@dataclass(frozen=True)
class Rendered:
    """What to send. ``edit`` is the message to change instead of sending a new one."""

    content: Drawn
    edit: int | None


async def render_row(storage: Storage, row: OutboxRow) -> Rendered | None:
    """Render a row; ``None`` where it has nothing to show any more.

    A live row shows what holds now, any other the facts that were frozen when it was queued.
    """
    facts: object | None
    if row.live:
        loader = LOADERS[row.screen]
        run = storage.write if loader.writes else storage.read
        facts, posted = await run(_load_live, loader, row)
    else:
        facts = load(SCREENS[row.screen].facts_type, row.facts)
        posted = await storage.read(_posted, row) if row.key else None
    if facts is None:
        return None
    made = None
    if isinstance(facts, PaperSet):
        try:
            made = await made_set(facts, storage.association)
        except SetNotMade as refusal:
            facts = refusal
    # In a thread, because a screen may draw a document for some tenths of a second; screens are pure.
    content = await asyncio.to_thread(_drawn, facts, storage.association, made)
    return Rendered(content, posted if row.message_id is None else row.message_id)


def _drawn(facts: object, association: Association, made: records.Record | None) -> Drawn:
    return headed(_as_it_is(facts, association, made), association)


def _as_it_is(facts: object, association: Association, made: records.Record | None) -> Drawn:
    content = render(facts, association)
    if not isinstance(content, Content):
        return content
    made = made or _made(facts, association)
    if made is None:
        return _pictured(content, facts, association)
    return replace(content, document=MadeDocument(made.name, made.mime_type, made.content, made.upload_key))


def _made(facts: object, association: Association) -> records.Record | None:
    made = records.make(facts, association)
    return None if made is None else records.rehearsed(made, association)


def _pictured(content: Content, facts: object, association: Association) -> Content:
    """Show a picture with the words where they leave room for one: it is one message, in any case."""
    if visible_length(content.text) > CAPTION_LIMIT - (HEADING_ROOM if association.rehearsal else 0):
        return content
    drawn = records.draw(facts, association)
    if drawn is None:
        return content
    return replace(content, document=MadePicture(drawn.name, drawn.content, drawn.upload_key))


async def _load_live(unit: Unit, loader: Loader, row: OutboxRow) -> tuple[object | None, int | None]:
    reader = (row.person_id,) if loader.personal else ()
    facts = await loader.load(unit, load(loader.ref_type, row.facts), *reader)
    return facts, await _posted(unit, row)


async def _posted(unit: Unit, row: OutboxRow) -> int | None:
    return await unit.outbox.posted(row.chat_id, row.key) if row.key else None
