"""The report on the delivery of a notice, as a workbook."""

from assembly.association import Association
from assembly.facts.notices import NoticeReport, ReportLine
from records.registry import Record, record
from records.workbooks import MIME_TYPE, Cell, Sheet, workbook
from screens.catalogue import gettext as _
from screens.deliveries import outcome
from screens.texts import long_date_time


@record(NoticeReport)
def report(facts: NoticeReport, association: Association) -> Record:
    """Make a workbook with a row for each person and group."""
    header = [
        _("Name"),
        _("Function"),
        _("Delivery"),
        _("At"),
        *([_("Receipt confirmed")] if facts.asks_receipt else []),
    ]
    rows = [_row(line, association, asks_receipt=facts.asks_receipt) for line in facts.lines]
    about: list[tuple[Cell, ...]] = [
        (_("Sent on"), long_date_time(facts.sent_at, association)),
        (_("How it begins"), facts.opening),
        (_("People and groups"), len(facts.lines)),
    ]
    sheets = [Sheet(_("Delivery"), header, rows), Sheet(_("Notice"), (_("What"), _("Value")), about)]
    name = f"mededeling-{facts.notice_id}-{association.local(facts.sent_at).date().isoformat()}.xlsx"
    return Record(name, MIME_TYPE, workbook(sheets))


def _row(line: ReportLine, association: Association, *, asks_receipt: bool) -> tuple[Cell, ...]:
    done = None if line.done_at is None else long_date_time(line.done_at, association)
    row = (line.name, line.function, outcome(line), done)
    if not asks_receipt:
        return row
    confirmed = None if line.confirmed_at is None else long_date_time(line.confirmed_at, association)
    return (*row, _("no") if confirmed is None else confirmed)
