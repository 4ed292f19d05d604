"""How a notice fares: in one message that is redrawn, per person, and what can be done about it."""

from fractions import Fraction

from assembly.association import Association
from assembly.facts import notices as facts
from assembly.facts.meetings import Deliveries
from assembly.notices import BAR, NoticeState, filled
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.deliveries import doubted, failed, outcome
from screens.lists import fitting
from screens.notice_audience import in_words
from screens.paging import leafing, page_line
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, number, percent


@screen(facts.NoticeProgress)
def progress(shown: facts.NoticeProgress, association: Association) -> Content:
    """Show how the notice fares."""
    lines = [_heading(shown, association), _("Audience: {audience}").format(audience=in_words(shown.aim))]
    if shown.state is not NoticeState.PLANNED:
        lines += _delivered(shown)
    return Content("\n".join(lines), tuple((button,) for button in _buttons(shown)))


def _heading(shown: facts.NoticeProgress, association: Association) -> str:
    moment = long_date_time(shown.at, association) if shown.at is not None else "–"
    return {
        NoticeState.DRAFT: _("<b>Notice that is not sent</b>"),
        NoticeState.PLANNED: _("🕗 <b>Notice planned</b> for {moment}"),
        NoticeState.SENT: _("<b>Notice sent</b> on {moment}"),
        NoticeState.WITHDRAWN: _("🗑 <b>Notice withdrawn</b>; it was sent on {moment}"),
    }[shown.state].format(moment=moment)


def _delivered(shown: facts.NoticeProgress) -> list[str]:
    found = shown.deliveries
    total = _total(found)
    lines = []
    if total:
        lines.append(_bar(found.delivered + found.failed, total))
        lines.append(
            ngettext("{delivered} of the {count} delivered", "{delivered} of the {count} delivered", total).format(
                delivered=number(found.delivered), count=number(total)
            )
        )
    if found.under_way:
        lines.append(_("Under way: {count}").format(count=number(found.under_way)))
    if _total(shown.groups):
        lines.append(
            _("Groups and channels: {delivered} of {count}").format(
                delivered=shown.groups.delivered, count=_total(shown.groups)
            )
        )
    if shown.confirmed is not None:
        lines.append(
            _("Receipt confirmed: {count} of {total}").format(count=number(shown.confirmed), total=number(total))
        )
    lines += _changes(shown)
    failures = (*shown.failures, *shown.failed_groups)
    count = found.failed + shown.groups.failed
    if count:
        lines.append(_("{count} failed:").format(count=number(count)))
        lines.append(failed(failures, 1800, count - len(failures)))
    if shown.doubts:
        lines.append(doubted(shown.doubtful, 800, shown.doubts))
    return lines


def _changes(shown: facts.NoticeProgress) -> list[str]:
    lines = []
    if shown.corrected is not None:
        lines.append(
            _("Corrected: in {delivered} of {count} chats").format(
                delivered=number(shown.corrected.delivered), count=number(_total(shown.corrected))
            )
        )
    if shown.withdrawn is not None:
        lines.append(
            _("Deleted: in {delivered} of {count} chats").format(
                delivered=number(shown.withdrawn.delivered), count=number(_total(shown.withdrawn))
            )
        )
        if shown.withdrawn.failed:
            lines.append(
                ngettext(
                    "In {count} chat it remains: Telegram deletes nothing after 48 hours, "
                    "nor where this assistant is blocked.",
                    "In {count} chats it remains: Telegram deletes nothing after 48 hours, "
                    "nor where this assistant is blocked.",
                    shown.withdrawn.failed,
                ).format(count=number(shown.withdrawn.failed))
            )
    return lines


def _bar(done: int, total: int) -> str:
    full = filled(done, total)
    return f"{'▓' * full}{'░' * (BAR - full)} {percent(Fraction(done, total))}"


def _total(found: Deliveries) -> int:
    return found.delivered + found.under_way + found.failed


def _buttons(shown: facts.NoticeProgress) -> list[Button]:
    notice_id = shown.notice_id
    if shown.state is NoticeState.PLANNED:
        return [Button(_("Do not send it"), presses.UnplanNotice(notice_id).encode(), style="danger")]
    if shown.state is NoticeState.DRAFT:
        return []
    buttons = [
        Button(_("Report per person"), presses.PageReport(notice_id, 0).encode()),
        Button(_("Report as a file (XLSX)"), presses.ExportReport(notice_id).encode()),
    ]
    if shown.state is NoticeState.SENT:
        if shown.deliveries.failed or shown.groups.failed:
            buttons.append(Button(_("Send again to whom it failed"), presses.RepeatNotice(notice_id).encode()))
        buttons.append(Button(_("Correct"), presses.AskCorrection(notice_id).encode()))
        buttons.append(Button(_("Withdraw"), presses.AskWithdrawal(notice_id).encode()))
    return buttons


@screen(facts.NoticeReportPage)
def report_page(shown: facts.NoticeReportPage, association: Association) -> Content:
    """Show how the notice fares with each person."""
    lines = [_line(line, association, asks_receipt=shown.asks_receipt) for line in shown.lines]
    text = _("<b>Report per person</b>") + "\n" + (fitting(lines) or "–")
    if line := page_line(shown.page, shown.pages):
        text += "\n\n" + line
    back = Button(_("Back to the notice"), presses.ShowNotice(shown.notice_id).encode())
    pages = leafing(shown.page, shown.pages, lambda page: presses.PageReport(shown.notice_id, page))
    return Content(text, (*pages, (back,)))


def _line(line: facts.ReportLine, association: Association, *, asks_receipt: bool) -> str:
    mark = {facts.Arrival.FAILED: "❌", facts.Arrival.WAITING: "…", facts.Arrival.DELIVERED: "✓"}[line.arrival]
    who = f"{line.name} ({line.function})" if line.function else line.name
    parts = [outcome(line)]
    if line.confirmed_at is not None:
        parts.append(_("confirmed on {moment}").format(moment=long_date_time(line.confirmed_at, association)))
    elif asks_receipt and line.arrival is facts.Arrival.DELIVERED:
        parts.append(_("not confirmed"))
    return f"{mark} {escape(clip(who, 100))}: {'; '.join(parts)}"


@screen(facts.NoticeReport)
def report(shown: facts.NoticeReport, association: Association) -> Content:
    """Hand over the report."""
    return Content(
        _("The delivery of the notice of {moment}, per person, as it is now.").format(
            moment=long_date_time(shown.sent_at, association)
        )
    )
