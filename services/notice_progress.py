"""How a notice fares: followed in one message, told per person, and as a file; and the notices of before."""

from collections.abc import Collection

from assembly import errors
from assembly.facts.meetings import Deliveries
from assembly.facts.notices import (
    Arrival,
    NoticeBrief,
    NoticeProgress,
    NoticeProgressRef,
    NoticeReport,
    NoticeReportPage,
    NoticeReportRef,
    PastNotices,
    ReportLine,
)
from assembly.notices import NoticeState
from assembly.permissions import Act, may
from services.access import require
from services.delivery import doubted_names, failed_names, worst
from services.notice_audience import in_words
from services.notices import get_notice, notice_batch
from services.telling import show_anew, turn
from storage.broadcasts import DELIVERED, FAILED, UNDER_WAY, Tally, fares
from storage.notices import Notice
from storage.unit import Unit

SHOWN = 40
"""Names of a kind that the progress shows at most; the report has them all."""

PAGE_SIZE = 12
LIST_SIZE = 8
OPENING = 60
"""Characters of a notice in a list."""


def correction_batch(notice_id: int) -> str:
    """Return the batch of what is edited when a notice is corrected."""
    return f"notice:{notice_id}:corrected"


def withdrawal_batch(notice_id: int) -> str:
    """Return the batch of what is deleted when a notice is withdrawn."""
    return f"notice:{notice_id}:withdrawn"


async def show_notice(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Show how a notice fares, at the bottom of the chat."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    if (await get_notice(unit, notice_id)).state is NoticeState.DRAFT:
        raise errors.Gone
    await show_anew(unit, acting, NoticeProgressRef(notice_id), notice_batch(notice_id))


async def show_past(unit: Unit, telegram_id: int, page: int, message_id: int | None) -> None:
    """Show a page of the notices that were planned or sent."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    found, count = await unit.notices.past(LIST_SIZE, page * LIST_SIZE)
    briefs = tuple(
        NoticeBrief(notice.id, notice.state, moment, opening(notice))
        for notice in found
        if (moment := notice.sent_at or notice.due_at) is not None
    )
    await turn(unit, acting, PastNotices(briefs, page, max(1, -(-count // LIST_SIZE))), "notices", message_id)


async def load_progress(unit: Unit, ref: NoticeProgressRef) -> NoticeProgress | None:
    """Load how a notice fares."""
    notice = await unit.notices.get(ref.notice_id)
    if notice is None:
        return None
    batch = notice_batch(notice.id)
    people, groups = await unit.outbox.tally(batch)
    failed, failed_groups = await failed_names(unit, batch, SHOWN)
    doubts, doubtful = await doubted_names(unit, batch, SHOWN)
    return NoticeProgress(
        notice.id,
        notice.state,
        await in_words(unit, notice.audience),
        notice.sent_at or notice.due_at,
        _deliveries(people),
        failed,
        _deliveries(groups),
        failed_groups,
        doubts,
        doubtful,
        await unit.notices.receipt_count(notice.id) if notice.asks_receipt else None,
        await _of_change(unit, correction_batch(notice.id)),
        await _of_change(unit, withdrawal_batch(notice.id)),
    )


async def show_report(unit: Unit, telegram_id: int, notice_id: int, page: int, message_id: int | None) -> None:
    """Show a page of the report per person."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    notice = await get_notice(unit, notice_id)
    if notice.sent_at is None:
        raise errors.Gone
    lines = await _lines(unit, notice)
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    page = min(page, pages - 1)
    shown = tuple(lines[page * PAGE_SIZE : (page + 1) * PAGE_SIZE])
    report = NoticeReportPage(notice_id, shown, notice.asks_receipt, page, pages)
    await turn(unit, acting, report, f"report:{notice_id}", message_id)


async def export_report(unit: Unit, telegram_id: int, notice_id: int) -> None:
    """Send the whole report as a file."""
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    if (await get_notice(unit, notice_id)).sent_at is None:
        raise errors.Gone
    await unit.journal.note("notice_report_exported", actor_id=acting.person.id, facts={"notice": notice_id})
    ref = NoticeReportRef(notice_id, acting.person.id)
    await show_anew(unit, acting, ref, f"report-file:{notice_id}")


async def load_report(unit: Unit, ref: NoticeReportRef) -> NoticeReport | None:
    """Load the whole report for somebody who may see it."""
    notice, acting = await unit.notices.get(ref.notice_id), await unit.people.get(ref.person_id)
    if notice is None or notice.sent_at is None or acting is None or not may(acting, Act.SEND_NOTICE):
        return None
    lines = tuple(await _lines(unit, notice))
    return NoticeReport(notice.id, notice.sent_at, opening(notice), notice.asks_receipt, lines)


def opening(notice: Notice) -> str:
    """Return how the text of a notice begins, on one line."""
    words = " ".join(notice.texts[0].text[: 4 * OPENING].split()) if notice.texts else ""
    return words if len(words) <= OPENING else words[: OPENING - 1].rstrip() + "…"


async def _lines(unit: Unit, notice: Notice) -> list[ReportLine]:
    """Return a line for each person and group, what failed first, then what waits, each by name."""
    batch = notice_batch(notice.id)
    rows = await unit.outbox.report(batch)
    of_chat = worst(rows)
    doubted = {row.chat_id for row in await unit.outbox.doubted_in(batch)}
    confirmed = await unit.notices.receipts(notice.id)
    titles = await unit.chats.titles()
    people = await _people(unit, {row.person_id for row in rows if row.person_id is not None})
    lines = [
        ReportLine(
            *(people.get(row.person_id, ("–", "")) if row.person_id else (titles.get(chat_id, "–"), "")),
            _ARRIVAL[fares(row.state)],
            row.error or "",
            row.done_at,
            chat_id in doubted,
            row.may_have_arrived,
            confirmed.get(row.person_id or 0),
        )
        for chat_id, row in of_chat.items()
    ]
    order = list(Arrival)
    return sorted(lines, key=lambda line: (order.index(line.arrival), line.name.casefold()))


_ARRIVAL = {DELIVERED: Arrival.DELIVERED, UNDER_WAY: Arrival.WAITING, FAILED: Arrival.FAILED}


async def _people(unit: Unit, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    return {acting.person.id: (acting.person.name, acting.person.function) for acting in await unit.people.all(ids)}


async def _of_change(unit: Unit, batch: str) -> Deliveries | None:
    """Return in how many chats a change was made; ``None`` where none was asked for."""
    people, groups = await unit.outbox.tally(batch)
    both = Deliveries(
        people.delivered + groups.delivered, people.under_way + groups.under_way, people.failed + groups.failed
    )
    return both if both != Deliveries(0, 0, 0) else None


def _deliveries(tally: Tally) -> Deliveries:
    return Deliveries(tally.delivered, tally.under_way, tally.failed)
