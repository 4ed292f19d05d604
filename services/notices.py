"""Notices (mededelingen): written in chat, aimed, shown, sent, and followed."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.notices import (
    AudienceAsked,
    NoticeExpected,
    NoticeMessage,
    NoticePreview,
    NoticeProgress,
    NoticeProgressRef,
)
from assembly.markup import simple_html, visible_text
from assembly.members import Acting
from assembly.notices import Audience
from assembly.permissions import Act, check_may
from assembly.wording import written_text
from services.access import require
from services.delivery import count_deliveries, failures
from services.documents import IncomingFile, store
from services.telling import show, spread, tell, tell_groups
from storage.notices import Notice
from storage.tables import Priority, SendState
from storage.unit import Unit

PURPOSE = "notice"
"""Step of the conversation, and purpose of a document."""

AUDIENCE_STEP = "notice_audience"
TEXT_LIMIT = 3500
CAPTION_LIMIT = 900
"""Visible UTF-16 units: what Telegram takes less what stands around the text."""


def notice_batch(notice_id: int) -> str:
    """Return the batch of a notice's messages, which is also the key of the screen that follows them."""
    return f"notice:{notice_id}"


async def start_notice(unit: Unit, telegram_id: int) -> None:
    """Expect a notice."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    await unit.conversations.begin(acting.person.id, PURPOSE)
    await tell(unit, acting, NoticeExpected())


async def take_notice(unit: Unit, acting: Acting, html: str, _data: Mapping[str, Any]) -> None:
    """Take the text of a notice with its formatting."""
    await _take(unit, acting, html, TEXT_LIMIT, None)


async def receive_notice_file(unit: Unit, acting: Acting, file: IncomingFile, _data: Mapping[str, Any]) -> None:
    """Take a document with the text of a notice as its caption."""
    if not file.size:
        raise errors.FileRefused("empty")
    await _take(unit, acting, file.caption_html, CAPTION_LIMIT, file)


async def choose_audience(unit: Unit, telegram_id: int, audience: Audience) -> None:
    """Show the notice as it will be sent, and to how many."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.step != AUDIENCE_STEP:
        raise errors.Gone
    people = await _recipients(unit, audience)
    groups = len(await unit.chats.linked()) if audience.groups else 0
    if not people and not groups:
        raise errors.NobodyToTell
    data = conversation.data
    notice_id = await unit.notices.add(acting.person.id, data["html"], data["file_id"], audience)
    await unit.conversations.begin(acting.person.id, AUDIENCE_STEP, **{**data, "notice_id": notice_id})
    await tell(unit, acting, _message(await _notice(unit, notice_id)))
    await tell(unit, acting, NoticePreview(notice_id, audience, len(people), groups))


async def send_notice(unit: Unit, telegram_id: int, notice_id: int, pressed: int | None) -> None:
    """Send the notice that was shown last, once; the message under which was pressed then tells how it fares."""
    acting = await require(unit, telegram_id, Act.BROADCAST)
    notice = await _notice(unit, notice_id, lock=True)
    if notice.sent_at is not None:
        raise errors.AlreadySent(notice.sent_at)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.data.get("notice_id") != notice_id:
        raise errors.Gone
    await unit.conversations.end(acting.person.id)
    await unit.notices.mark_sent(notice_id)
    people = await _recipients(unit, notice.audience)
    batch = notice_batch(notice_id)
    await spread(unit, people, [_message(notice)], batch)
    if notice.audience.groups:
        await tell_groups(unit, _message(notice), priority=Priority.BULK, batch=batch)
    await unit.journal.note(
        "notice_sent",
        actor_id=acting.person.id,
        facts={
            "notice": notice_id,
            "audience": notice.audience,
            "people": [other.person.id for other in people],
            "groups": len(await unit.chats.linked()) if notice.audience.groups else 0,
        },
    )
    await show(unit, acting, NoticeProgressRef(notice_id), batch, priority=Priority.DIALOGUE, pressed=pressed)


async def load_progress(unit: Unit, ref: NoticeProgressRef) -> NoticeProgress | None:
    """Load how a notice fares."""
    notice = await unit.notices.get(ref.notice_id)
    if notice is None:
        return None
    batch = notice_batch(notice.id)
    to_groups = [row for row in await unit.outbox.report(batch) if row.person_id is None]
    return NoticeProgress(
        notice.audience,
        await count_deliveries(unit, batch),
        await failures(unit, batch),
        groups=len(to_groups),
        groups_delivered=sum(row.state is SendState.SENT for row in to_groups),
    )


async def _take(unit: Unit, acting: Acting, html: str, limit: int, file: IncomingFile | None) -> None:
    check_may(acting, Act.SEND_NOTICE)
    html = simple_html(html)
    written_text(visible_text(html), limit)
    file_id = await store(unit, acting.person.id, file, PURPOSE) if file else None
    await unit.conversations.begin(acting.person.id, AUDIENCE_STEP, html=html, file_id=file_id)
    people = [(audience, len(await _recipients(unit, audience))) for audience in Audience if audience.roles]
    await tell(unit, acting, AudienceAsked(tuple(people), len(await unit.chats.linked())))


async def _recipients(unit: Unit, audience: Audience) -> tuple[Acting, ...]:
    """Return the registered people of an audience."""
    if not audience.roles:
        return ()
    people = await unit.people.holding(audience.roles)
    return tuple(acting for acting in people if acting.person.telegram_id is not None)


async def _notice(unit: Unit, notice_id: int, *, lock: bool = False) -> Notice:
    notice = await unit.notices.get(notice_id, lock=lock)
    if notice is None:
        raise errors.Gone
    return notice


def _message(notice: Notice) -> NoticeMessage:
    return NoticeMessage(notice.html, notice.telegram_file_id or "")
