"""A notice is shown as it will be sent, and sent: at once, or by itself when it is due."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assembly import errors
from assembly.dates import read_moment
from assembly.facts.notices import (
    NoticeMessage,
    NoticeMessageRef,
    NoticeMomentExpected,
    NoticePreview,
    NoticeProgressRef,
    Receipt,
)
from assembly.members import Acting
from assembly.notices import NoticePart, NoticeState
from assembly.permissions import Act
from services.access import permit, require
from services.notice_audience import in_words, linked, recipients
from services.notices import draft_of, get_notice, notice_batch, part_key
from services.quiet import quiet_until
from services.telling import show, tell
from storage.broadcasts import Post
from storage.notices import Notice
from storage.tables import Priority
from storage.unit import Unit

STEP = "notice_moment"
"""The step at which a text is when the notice is to be sent."""

PREVIEW_STEP = "notice_preview"


async def preview_notice(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Show the notice as its readers will see it, and to how many it goes."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    if not notice.texts:
        raise errors.TextMissing
    await _check_audience(unit, notice)
    await unit.conversations.begin(acting.person.id, PREVIEW_STEP, notice_id=notice_id)
    for part in notice.parts():
        await tell(unit, acting, message_of(notice, part, Receipt.NONE), messages=max(1, len(part.files)))
    await _show_preview(unit, acting, notice, None)


async def toggle_silent(unit: Unit, telegram_id: int, notice_id: int, message_id: int | None) -> None:
    """Let the notice arrive without a sound, or with one."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    await unit.notices.set(notice_id, silent=not notice.silent)
    await _show_preview(unit, acting, await get_notice(unit, notice_id), message_id)


async def toggle_receipt(unit: Unit, telegram_id: int, notice_id: int, message_id: int | None) -> None:
    """Ask the readers to confirm, or not."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    await unit.notices.set(notice_id, asks_receipt=not notice.asks_receipt)
    await _show_preview(unit, acting, await get_notice(unit, notice_id), message_id)


async def ask_moment(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Expect when the notice is to be sent."""
    acting, _notice = await draft_of(unit, telegram_id, notice_id)
    await unit.conversations.begin(acting.person.id, STEP, notice_id=notice_id)
    await tell(unit, acting, NoticeMomentExpected())


async def take_moment(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take when the notice is to be sent."""
    await permit(unit, acting, Act.SEND_NOTICE)
    moment = read_moment(text, unit.association.timezone)
    if moment <= unit.now:
        raise errors.MomentPassed(moment)
    await unit.notices.set(data["notice_id"], due_at=moment)
    await unit.conversations.begin(acting.person.id, PREVIEW_STEP, notice_id=data["notice_id"])
    await _show_preview(unit, acting, await get_notice(unit, data["notice_id"]), None)


async def forget_moment(unit: Unit, telegram_id: int, notice_id: int, message_id: int | None) -> None:
    """Send at once after all, once that is confirmed."""
    acting, _notice = await draft_of(unit, telegram_id, notice_id)
    await unit.notices.set(notice_id, due_at=None)
    await _show_preview(unit, acting, await get_notice(unit, notice_id), message_id)


async def send_notice(
    unit: Unit, telegram_id: int, notice_id: int, pressed: int | None, *, at_any_hour: bool = False
) -> None:
    """Send the notice that was shown last, once; the message under which was pressed then tells how it fares.

    Refused in quiet hours, unless it is meant to be sent ``at_any_hour``.
    """
    acting, notice = await draft_of(unit, telegram_id, notice_id, Act.BROADCAST)
    await _check_audience(unit, notice)
    if not at_any_hour and (until := await quiet_until(unit, unit.now)):
        raise errors.QuietHours(until)
    await unit.conversations.end(acting.person.id)
    await send(unit, notice, acting.person.id)
    await show(
        unit, acting, NoticeProgressRef(notice_id), notice_batch(notice_id), priority=Priority.DIALOGUE, pressed=pressed
    )


async def plan_notice(
    unit: Unit, telegram_id: int, notice_id: int, moment: datetime, pressed: int | None, *, at_any_hour: bool = False
) -> None:
    """Let the notice go out by itself at ``moment``, as it was shown."""
    acting, notice = await draft_of(unit, telegram_id, notice_id, Act.BROADCAST)
    await _check_audience(unit, notice)
    if moment <= unit.now:
        raise errors.MomentPassed(moment)
    if not at_any_hour and (until := await quiet_until(unit, moment)):
        raise errors.QuietHours(until)
    await unit.conversations.end(acting.person.id)
    await unit.notices.set(notice_id, state=NoticeState.PLANNED, due_at=moment, at_any_hour=at_any_hour)
    await unit.journal.note(
        "notice_planned",
        actor_id=acting.person.id,
        facts={"notice": notice_id, "due": moment.astimezone(UTC).isoformat()},
    )
    await show(
        unit, acting, NoticeProgressRef(notice_id), notice_batch(notice_id), priority=Priority.DIALOGUE, pressed=pressed
    )


async def unplan_notice(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Do not send a planned notice; it is a draft again, of whoever takes it back."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    notice = await get_notice(unit, notice_id, lock=True)
    if notice.sent_at is not None:
        raise errors.AlreadySent(notice.sent_at)
    if notice.state is not NoticeState.PLANNED:
        raise errors.Gone
    await unit.notices.set(notice_id, state=NoticeState.DRAFT, due_at=None, at_any_hour=False)
    await unit.journal.note("notice_unplanned", actor_id=acting.person.id, facts={"notice": notice_id})
    await unit.conversations.begin(acting.person.id, PREVIEW_STEP, notice_id=notice_id)
    await _show_preview(unit, acting, await get_notice(unit, notice_id), None)


async def send_due_notices(unit: Unit) -> None:
    """Send the planned notices that are due. One that comes late, into quiet hours, waits for their end.

    To whom they go is worked out now: who replied meanwhile is not told to reply.
    """
    for notice_id in await unit.notices.due():
        notice = await get_notice(unit, notice_id, lock=True)
        quiet = not notice.at_any_hour and await quiet_until(unit, unit.now)
        if notice.state is NoticeState.PLANNED and not quiet:
            await send(unit, notice, None)
            author = await unit.people.get(notice.author_id)
            if author is not None:
                await show(unit, author, NoticeProgressRef(notice_id), notice_batch(notice_id), silent=False)


def message_of(notice: Notice, part: NoticePart, receipt: Receipt) -> NoticeMessage:
    """Return one message of a notice; the readers are asked to confirm under the last one with words."""
    asked = receipt if part.last else Receipt.NONE
    return NoticeMessage(part.text, part.files, part.first, notice.id, asked)


async def load_message(unit: Unit, ref: NoticeMessageRef, person_id: int | None) -> NoticeMessage | None:
    """Load one message of a notice for a reader; nothing once it is withdrawn, or has that message no more."""
    notice = await unit.notices.get(ref.notice_id)
    if notice is None or notice.state is NoticeState.WITHDRAWN:
        return None
    part = next((part for part in notice.parts() if part.code == ref.part), None)
    if part is None:
        return None
    receipt = Receipt.NONE
    if notice.asks_receipt and person_id is not None:
        receipt = Receipt.GIVEN if await unit.notices.receipt(notice.id, person_id) else Receipt.ASKED
    return message_of(notice, part, receipt)


async def send(unit: Unit, notice: Notice, actor_id: int | None) -> None:
    """Queue the notice for everybody, in this transaction: so nobody is skipped whenever the process ends."""
    people, chats = await recipients(unit, notice.audience), await linked(unit, notice.audience)
    await unit.notices.set(notice.id, state=NoticeState.SENT, sent_at=unit.now, changed_at=unit.now)
    posts = [
        Post(
            NoticeMessageRef(notice.id, part.code),
            part_key(notice.id, part.code),
            silent=notice.silent or place > 0,
            messages=max(1, len(part.files)),
        )
        for place, part in enumerate(notice.parts())
    ]
    ids = [acting.person.id for acting in people]
    chat_ids = [chat.chat_id for chat in chats]
    await unit.outbox.broadcast(ids, chat_ids, posts, batch=notice_batch(notice.id))
    await unit.journal.note(
        "notice_sent", actor_id=actor_id, facts={"notice": notice.id, "people": ids, "groups": chat_ids}
    )


async def _check_audience(unit: Unit, notice: Notice) -> None:
    if not await recipients(unit, notice.audience) and not await linked(unit, notice.audience):
        raise errors.NobodyToTell


async def _show_preview(unit: Unit, acting: Acting, notice: Notice, message_id: int | None) -> None:
    preview = NoticePreview(
        notice.id,
        await in_words(unit, notice.audience),
        len(await recipients(unit, notice.audience)),
        len(await linked(unit, notice.audience)),
        len(notice.parts()),
        notice.silent,
        notice.asks_receipt,
        notice.due_at,
        await quiet_until(unit, notice.due_at or unit.now),
    )
    await tell(unit, acting, preview, edit=message_id)
