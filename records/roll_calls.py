"""The list of a roll-call vote, as a workbook."""

from assembly.association import Association
from assembly.facts.roll_calls import RollCallLine, RollCallList
from assembly.meeting_kinds import MeetingKind
from records.registry import Record, record
from records.workbooks import MIME_TYPE, Cell, Sheet, workbook
from screens.catalogue import gettext as _
from screens.choices import option_name
from screens.texts import long_date_time
from screens.words import held_words


@record(RollCallList)
def roll_call(facts: RollCallList, association: Association) -> Record:
    """Make a workbook with a row for each member that could vote."""
    header = [_("Member"), _("Votes"), _("Cast"), _("Receipt code"), _("Remark")]
    where = _("Agenda item {number}").format(number=facts.number)
    about: list[tuple[Cell, ...]] = [
        (_("Vote"), where if facts.held is MeetingKind.ASSEMBLY else held_words(facts.held)),
        (_("Title"), facts.title),
        (_("Closed on"), long_date_time(facts.closed_at, association)),
    ]
    rows = [_row(line, facts) for line in facts.lines]
    sheets = [Sheet(_("Roll-call"), header, rows), Sheet(_("Vote"), (_("What"), _("Value")), about)]
    name = f"hoofdelijke-stemming-{facts.motion_id}.xlsx"
    return Record(name, MIME_TYPE, workbook(sheets))


def _row(line: RollCallLine, facts: RollCallList) -> tuple[Cell, ...]:
    cast = _("did not vote")
    if line.selection is not None:
        cast = ", ".join(option_name(key, facts.options) for key in line.selection)
    remark = _("Entered by the secretariat") if line.entered else None
    return (line.member, line.votes, cast, line.receipt or None, remark)
