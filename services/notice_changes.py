"""What was sent is corrected, withdrawn, or sent once more to whom it did not reach; and its readers confirm it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from assembly import errors
from assembly.facts.notices import (
    CorrectionExpected,
    CorrectionPreview,
    NoticeMessageRef,
    NoticeProgressRef,
    NoticeWithdrawn,
    Receipt,
    WithdrawalQuestion,
)
from assembly.formatting import Formatted
from assembly.members import Acting
from assembly.notices import NoticeState, check_correction, in_messages
from assembly.permissions import Act
from services.access import permit, require
from services.notice_progress import correction_batch, withdrawal_batch
from services.notice_sending import message_of
from services.notices import get_notice, notice_batch, part_key, readable
from services.telling import DELETABLE, redraw, show, tell
from storage.broadcasts import Post
from storage.facts import dump, load
from storage.notices import Notice
from storage.tables import Priority
from storage.unit import Unit

STEP = "notice_correction"

WITHDRAWN = "withdrawn before it was sent"
"""The error of a message that waited when its notice was withdrawn."""

FOLLOWED = timedelta(days=1)
"""How long after a withdrawal a message may still arrive that was being sent at that moment."""


async def ask_correction(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Expect other words for a notice."""
    acting, _notice = await _sent(unit, telegram_id, notice_id, Act.SEND_NOTICE)
    await unit.conversations.begin(acting.person.id, STEP, notice_id=notice_id)
    await tell(unit, acting, CorrectionExpected())


async def take_correction(unit: Unit, acting: Acting, text: Formatted, data: Mapping[str, Any]) -> None:
    """Take other words for a notice and show it with them."""
    await permit(unit, acting, Act.SEND_NOTICE)
    text = readable(text)
    notice = await get_notice(unit, data["notice_id"])
    check_correction(text, beside=notice.beside)
    await unit.conversations.begin(acting.person.id, STEP, notice_id=notice.id, text=dump(text))
    part = in_messages([text], notice.files, beside=notice.beside)[0]
    await tell(unit, acting, message_of(notice, part, Receipt.NONE))
    chats = len(await unit.outbox.watching(part_key(notice.id, part.code)))
    await tell(unit, acting, CorrectionPreview(notice.id, chats))


async def correct_notice(unit: Unit, telegram_id: int, notice_id: int, pressed: int | None) -> None:
    """Replace the words of a notice: where it was sent by editing, and in what still waits."""
    acting, notice = await _sent(unit, telegram_id, notice_id, Act.BROADCAST)
    conversation = await unit.conversations.current(acting.person.id)
    data = conversation.data if conversation is not None and conversation.step == STEP else {}
    if data.get("notice_id") != notice_id or "text" not in data:
        raise errors.Gone
    await unit.conversations.end(acting.person.id)
    before = {part.code for part in notice.parts()}
    await unit.notices.set_texts(notice_id, [load(Formatted, data["text"])])
    corrected = await get_notice(unit, notice_id)
    after = [part for part in corrected.parts() if part.text.text]
    batch = correction_batch(notice_id)
    for part in after:
        ref = NoticeMessageRef(notice_id, part.code)
        await unit.outbox.redraw_all(Post(ref, part_key(notice_id, part.code), silent=notice.silent), batch=batch)
    for code in before - {part.code for part in corrected.parts()}:
        await unit.outbox.take_back(NoticeWithdrawn(), part_key(notice_id, code), batch=batch)
    await unit.journal.note("notice_corrected", actor_id=acting.person.id, facts={"notice": notice_id})
    await _follow(unit, acting, notice_id, pressed)


async def ask_withdrawal(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Ask whether a notice is to be deleted everywhere, and tell where Telegram does not allow that any more."""
    acting, notice = await _sent(unit, telegram_id, notice_id, Act.SEND_NOTICE)
    rows = [row for row in await unit.outbox.report(notice_batch(notice_id)) if row.message_id is not None]
    late = {row.chat_id for row in rows if row.done_at is not None and unit.now - row.done_at > DELETABLE}
    if rows and all(row.chat_id in late for row in rows):
        raise errors.TooLateToWithdraw(notice.sent_at or unit.now)
    await tell(unit, acting, WithdrawalQuestion(notice_id, len({row.chat_id for row in rows}), len(late)))


async def withdraw_notice(unit: Unit, telegram_id: int, notice_id: int, pressed: int | None) -> None:
    """Delete a notice wherever it was sent, and send it nowhere any more."""
    acting, _notice = await _sent(unit, telegram_id, notice_id, Act.BROADCAST)
    await unit.notices.set(notice_id, state=NoticeState.WITHDRAWN)
    await unit.outbox.give_up(notice_batch(notice_id), WITHDRAWN)
    await unit.outbox.give_up(correction_batch(notice_id), WITHDRAWN)
    await _delete(unit, notice_id)
    await unit.journal.note("notice_withdrawn", actor_id=acting.person.id, facts={"notice": notice_id})
    await _follow(unit, acting, notice_id, pressed)


async def delete_late_arrivals(unit: Unit) -> None:
    """Delete what arrived after its notice was withdrawn, because it was being sent at that moment."""
    for notice_id in await unit.notices.changed_since(unit.now - FOLLOWED, NoticeState.WITHDRAWN):
        await _delete(unit, notice_id)


async def repeat_notice(unit: Unit, telegram_id: int, notice_id: int, pressed: int | None) -> None:
    """Send a notice once more to whom it did not reach."""
    acting, _notice = await _sent(unit, telegram_id, notice_id, Act.BROADCAST)
    if not await unit.outbox.try_again(notice_batch(notice_id)):
        raise errors.NothingFailed
    await unit.journal.note("notice_repeated", actor_id=acting.person.id, facts={"notice": notice_id})
    await _follow(unit, acting, notice_id, pressed)


async def confirm_receipt(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Note that a reader confirms, show that under the notice, and count on where it is followed."""
    acting = await require(unit, telegram_id)
    notice = await get_notice(unit, notice_id)
    if not notice.asks_receipt or notice.state is not NoticeState.SENT:
        raise errors.Gone
    keys = {part.code: part_key(notice_id, part.code) for part in notice.parts() if part.last}
    shown = [code for code, key in keys.items() if await unit.outbox.posted(telegram_id, key) is not None]
    if not shown:
        raise errors.Gone
    if await unit.notices.confirm(notice_id, acting.person.id):
        for code in shown:
            await show(unit, acting, NoticeMessageRef(notice_id, code), keys[code], priority=Priority.DIALOGUE)
        await redraw(unit, NoticeProgressRef(notice_id), notice_batch(notice_id))


async def _sent(unit: Unit, telegram_id: int, notice_id: int, act: Act) -> tuple[Acting, Notice]:
    """Return who acts and the notice, which was sent and not withdrawn."""
    acting = await require(unit, telegram_id, act)
    notice = await get_notice(unit, notice_id, lock=True)
    if notice.state is not NoticeState.SENT:
        raise errors.Gone
    return acting, notice


async def _delete(unit: Unit, notice_id: int) -> None:
    await unit.outbox.take_back(NoticeWithdrawn(), part_key(notice_id, "%"), batch=withdrawal_batch(notice_id))


async def _follow(unit: Unit, acting: Acting, notice_id: int, pressed: int | None) -> None:
    """Let the message under which was pressed tell how the notice fares, and whoever follows it see the change."""
    await unit.notices.set(notice_id, changed_at=unit.now)
    ref, key = NoticeProgressRef(notice_id), notice_batch(notice_id)
    await redraw(unit, ref, key)
    await show(unit, acting, ref, key, priority=Priority.DIALOGUE, pressed=pressed)
