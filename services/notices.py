"""Notices (mededelingen): written in chat, message by message, and kept until somebody sends them."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.notices import NoticeDraft, NoticeExpected
from assembly.formatting import Formatted, harmless
from assembly.members import Acting
from assembly.notices import NoticeState, fits_beside
from assembly.permissions import Act
from assembly.wording import written_text
from services.access import permit, require
from services.documents import IncomingFile, store
from services.telling import tell
from storage.notices import Notice
from storage.unit import Unit

PURPOSE = "notice"
"""Step of the conversation, and purpose of its files."""

TEXTS, FILES = 5, 20
"""How many texts and files a notice holds at most."""

LENGTH = 4096
"""UTF-16 units of a text that Telegram lets somebody send."""


def notice_batch(notice_id: int) -> str:
    """Return the batch of a notice's messages, which is also the key of the screen that follows them."""
    return f"notice:{notice_id}"


def part_key(notice_id: int, code: str) -> str:
    """Return the key of one message of a notice in each chat."""
    return f"notice:{notice_id}:{code}"


async def start_notice(unit: Unit, telegram_id: int) -> None:
    """Expect a notice."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    await unit.conversations.begin(acting.person.id, PURPOSE, notice_id=0)
    _past, count = await unit.notices.past(1, 0)
    await tell(unit, acting, NoticeExpected(past=count > 0, commissions=len(await unit.commissions.all())))


async def take_notice(unit: Unit, acting: Acting, text: Formatted, data: Mapping[str, Any]) -> None:
    """Take a text of a notice with its formatting, after those that came before."""
    await permit(unit, acting, Act.SEND_NOTICE)
    text = readable(text)
    notice = await _draft(unit, acting, data)
    if len(notice.texts) >= TEXTS:
        raise errors.NoticeFull(texts=TEXTS, files=FILES)
    await unit.notices.set_texts(notice.id, [*notice.texts, text])
    await _show_draft(unit, acting, notice.id)


async def receive_notice_file(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Take a document or a photo of a notice; its caption is a text."""
    await permit(unit, acting, Act.SEND_NOTICE)
    if not file.size:
        raise errors.FileRefused("empty")
    notice = await _draft(unit, acting, data)
    if len(notice.files) >= FILES or (file.caption and len(notice.texts) >= TEXTS):
        raise errors.NoticeFull(texts=TEXTS, files=FILES)
    file_id = await store(unit, acting.person.id, file, PURPOSE)
    await unit.notices.add_file(notice.id, file_id, picture=file.picture)
    if file.caption:
        await unit.notices.set_texts(notice.id, [*notice.texts, readable(Formatted(file.caption, file.entities))])
    together = bool(file.album) and data.get("album") == file.album
    await unit.conversations.begin(acting.person.id, PURPOSE, notice_id=notice.id, album=file.album)
    await _show_draft(unit, acting, notice.id, in_place=together)


async def draft_of(unit: Unit, telegram_id: int, notice_id: int, act: Act = Act.SEND_NOTICE) -> tuple[Acting, Notice]:
    """Return who acts, and the notice that it is writing; refuse any other, or one that is on its way already."""
    acting = await require(unit, telegram_id, act)
    notice = await get_notice(unit, notice_id, lock=True)
    if notice.sent_at is not None:
        raise errors.AlreadySent(notice.sent_at)
    conversation = await unit.conversations.current(acting.person.id)
    if notice.state is not NoticeState.DRAFT or conversation is None or conversation.data.get("notice_id") != notice_id:
        raise errors.Gone
    return acting, notice


async def get_notice(unit: Unit, notice_id: int, *, lock: bool = False) -> Notice:
    """Return a notice; refuse where there is none."""
    notice = await unit.notices.get(notice_id, lock=lock)
    if notice is None:
        raise errors.Gone
    return notice


def readable(text: Formatted) -> Formatted:
    """Return a text as it can be stored; refuse one in which nothing can be seen, or that is longer than a message."""
    text = harmless(text)
    written_text(text.text, LENGTH)
    return text


async def _draft(unit: Unit, acting: Acting, data: Mapping[str, Any]) -> Notice:
    """Return the notice that is being written; the first message begins one."""
    notice_id = data.get("notice_id") or await unit.notices.add(acting.person.id)
    await unit.conversations.begin(acting.person.id, PURPOSE, notice_id=notice_id)
    return await get_notice(unit, notice_id, lock=True)


async def _show_draft(unit: Unit, acting: Acting, notice_id: int, *, in_place: bool = False) -> None:
    """Show what the notice holds so far, at the bottom of the chat; ``in_place`` where the card is there already."""
    notice = await get_notice(unit, notice_id)
    await unit.notices.set(notice_id, beside=fits_beside(notice.texts, notice.files))
    notice = await get_notice(unit, notice_id)
    draft = NoticeDraft(
        notice_id,
        tuple(text.length for text in notice.texts),
        tuple(file.name for file in notice.files),
        len(notice.parts()) if notice.texts else 0,
    )
    key = f"draft:{notice_id}"
    if not in_place and acting.person.telegram_id is not None:
        await unit.outbox.forget_posted(acting.person.telegram_id, key)
    await tell(unit, acting, draft, key=key)
