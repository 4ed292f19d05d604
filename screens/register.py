"""The register file: asked for, previewed as a difference, refused row by row, and taken over."""

from datetime import date
from itertools import groupby

from assembly.association import Association
from assembly.facts import register as facts
from assembly.facts.register import ChangeKind, ChangeShown, ImportPart
from assembly.register_changes import Fact, FieldChange
from assembly.register_file import RowError
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content, MadeDocument
from screens.csv_files import csv_file, plain_cell
from screens.lists import fitting
from screens.meetings import cancel_row
from screens.registration import roles_named
from screens.registry import screen
from screens.texts import clip, escape, long_date, number

NAME_LIMIT = 100
VALUE_LIMIT = 50
LINES_LIMIT = 2600
"""Visible UTF-16 units for the lines of a page, beside the counts of nine kinds of change."""

CAPTION_LIMIT = 600
"""Visible UTF-16 units for the lines that stand beside a file."""


@screen(facts.ElectionsExpected)
def elections_expected(_facts: facts.ElectionsExpected, _association: Association) -> Content:
    """Ask for a file of who was elected."""
    return Content(
        _(
            "<b>After elections</b>\n\n"
            "Send an XLSX or CSV file with, for each member, the people who fill a role from now on. "
            "They replace everybody who fills that role for that member now. "
            "Roles and members that are not in the file stay as they are. You first see who leaves and who comes."
        ),
        (
            (Button(_("Empty file"), presses.GetTemplate().encode()),),
            (Button(_("Register as a file"), presses.ExportRegister().encode()),),
            cancel_row(),
        ),
    )


@screen(facts.RegisterTemplate)
def template(_facts: facts.RegisterTemplate, _association: Association) -> Content:
    """Hand over the empty file."""
    return Content(
        _(
            "This file shows the columns: one row per person and role, the member repeated where it has several. "
            "The second sheet explains them. Fill it in and send it via /leden."
        )
    )


@screen(facts.RegisterExport)
def export(shown: facts.RegisterExport, association: Association) -> Content:
    """Hand over the register."""
    return Content(
        _(
            "The register as it is on {day}. Change what is needed and send the file via /leden: "
            "you first see what would change."
        ).format(day=long_date(shown.day, association))
    )


@screen(facts.FileReceived)
def received(shown: facts.FileReceived, _association: Association) -> Content:
    """Tell that a document is being read."""
    return Content(_("📎 {name} has arrived and is being read.").format(name=_name(shown.name)))


@screen(facts.RegisterPreview)
def preview(shown: facts.RegisterPreview, association: Association) -> Content:
    """Show what would change, page by page."""
    parts = [f"<b>{_name(shown.file_name)}</b>\n" + "\n".join(_counts(shown))]
    if shown.lines:
        parts.append(fitting(_grouped(shown, association), LINES_LIMIT))
    if shown.pages > 1:
        parts.append(_("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages))
    if shown.part is ImportPart.ENDINGS and shown.lines:
        parts.append(
            _("Every button of these people for these roles stops working at once, and proxies that they hold lapse.")
        )
    return Content("\n\n".join(parts), (*_leafing(shown), *_choices(shown)))


def _counts(shown: facts.RegisterPreview) -> list[str]:
    def line(kind: ChangeKind, count: int) -> str:
        return {
            ChangeKind.MEMBER_NEW: ngettext("{count} new member", "{count} new members", count),
            ChangeKind.MEMBER_CHANGED: ngettext("{count} changed member", "{count} changed members", count),
            ChangeKind.PERSON_NEW: ngettext("{count} new person", "{count} new people", count),
            ChangeKind.PERSON_CHANGED: ngettext("{count} changed person", "{count} changed people", count),
            ChangeKind.ROLES_GAINED: ngettext("{count} who comes", "{count} who come", count),
            ChangeKind.ROLES_ENDED: ngettext("{count} who leaves a role", "{count} who leave a role", count),
            ChangeKind.PROXY_LAPSES: ngettext("{count} proxy lapses", "{count} proxies lapse", count),
            ChangeKind.PROXY_STAYS: ngettext("{count} proxy remains", "{count} proxies remain", count),
            ChangeKind.MEMBER_ABSENT: ngettext("{count} member is not named", "{count} members are not named", count),
        }[kind].format(count=count)

    same = ngettext("{count} unchanged entry", "{count} unchanged entries", shown.unchanged).format(
        count=shown.unchanged
    )
    lines = [line(kind, count) for kind, count in shown.counts]
    if not [kind for kind, _count in shown.counts if kind is not ChangeKind.MEMBER_ABSENT] and not shown.endings:
        lines.insert(0, _("No differences: the file says what the register says."))
    if shown.endings:
        lines.append(
            ngettext(
                "{count} person has a role that the file does not name",
                "{count} people have a role that the file does not name",
                shown.endings,
            ).format(count=shown.endings)
        )
    return [f"– {line}" for line in (*lines, same)]


def _grouped(shown: facts.RegisterPreview, association: Association) -> list[str]:
    """Return the lines under headings: the kind of change, or for elections the member."""
    lines = []
    by_member = shown.part is ImportPart.ELECTIONS
    for heading, group in groupby(shown.lines, lambda line: line.member if by_member else line.kind):
        lines.append(f"<b>{_name(heading) if by_member else _heading(ChangeKind(heading))}</b>")
        lines += [f"• {_line(line, association, by_member=by_member)}" for line in group]
    return lines


def _heading(kind: ChangeKind) -> str:
    return {
        ChangeKind.MEMBER_NEW: _("New members"),
        ChangeKind.MEMBER_CHANGED: _("Changed members"),
        ChangeKind.PERSON_NEW: _("New people"),
        ChangeKind.PERSON_CHANGED: _("Changed people"),
        ChangeKind.ROLES_GAINED: _("Who comes"),
        ChangeKind.ROLES_ENDED: _("Roles that would end"),
        ChangeKind.PROXY_LAPSES: _("Proxies that lapse"),
        ChangeKind.PROXY_STAYS: _("Proxies that remain"),
        ChangeKind.MEMBER_ABSENT: _("Not in the file; they stay as they are"),
    }[kind]


def _line(line: ChangeShown, association: Association, *, by_member: bool) -> str:
    name, roles = _name(line.name), roles_named(line.roles, association)
    if by_member:
        return {
            ChangeKind.ROLES_ENDED: _("leaves: {name}, {roles}"),
            ChangeKind.ROLES_GAINED: _("comes: {name}, {roles}"),
            ChangeKind.PROXY_LAPSES: _("the proxy to {name} lapses; both sides are told"),
            ChangeKind.PROXY_STAYS: _("the proxy to {name} remains: the member granted it"),
        }.get(line.kind, "{name}").format(name=name, roles=roles)
    changes = [_field(field, association) for field in line.fields]
    if line.roles:
        changes.append(
            roles if line.kind is not ChangeKind.PERSON_CHANGED else _("becomes {roles}").format(roles=roles)
        )
    return f"{name}: {'; '.join(changes)}" if changes else name


def _field(change: FieldChange, association: Association) -> str:
    return f"{fact_name(change.fact)} {_value(change.old, association)} → {_value(change.new, association)}"


def fact_name(fact: Fact) -> str:
    """Return the Dutch name of a fact."""
    return {
        "code": _("code"),
        "name": _("name"),
        "inhabitants": _("inhabitants"),
        "votes": _("votes"),
        "since": _("member from"),
        "until": _("member until"),
        "function": _("function"),
        "email": _("e-mail"),
    }[fact]


def _value(value: str | int | date | None, association: Association) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return long_date(value, association)
    return number(value) if isinstance(value, int) else escape(clip(value, VALUE_LIMIT))


def _leafing(shown: facts.RegisterPreview) -> list[tuple[Button, ...]]:
    def page(text: str, at: int) -> Button:
        return Button(text, presses.PageChanges(shown.file_id, shown.part, at).encode())

    row = [page(_("Previous"), shown.page - 1)] if shown.page else []
    if shown.page + 1 < shown.pages:
        row.append(page(_("Next"), shown.page + 1))
    return [tuple(row)] if row else []


def _choices(shown: facts.RegisterPreview) -> list[tuple[Button, ...]]:
    apply = presses.ApplyRegister(shown.file_id, shown.part, shown.mark).encode()
    kinds = {kind: count for kind, count in shown.counts if kind is not ChangeKind.MEMBER_ABSENT}
    rows = []
    if shown.part is ImportPart.ENDINGS:
        count = kinds.get(ChangeKind.ROLES_ENDED, 0)
        if count:
            text = ngettext("End the roles of {count} person", "End the roles of {count} people", count)
            rows.append((Button(text.format(count=count), apply, style="danger"),))
        back = presses.PageChanges(shown.file_id, ImportPart.CHANGES, 0).encode()
        return [*rows, (Button(_("Back"), back),)]
    if kinds:
        rows.append((Button(_("Take over"), apply, style="primary"),))
    if shown.endings:
        rows.append((_see_endings(shown.file_id, shown.endings),))
    return [*rows, (Button(_("Back to the members"), presses.PageMembers(0).encode()),)]


def _see_endings(file_id: int, count: int) -> Button:
    return Button(
        _("See roles that would end ({count})").format(count=count),
        presses.PageChanges(file_id, ImportPart.ENDINGS, 0).encode(),
    )


@screen(facts.RegisterErrors)
def errors(shown: facts.RegisterErrors, _association: Association) -> Content:
    """Show every row that cannot be used."""
    lines = [row_error(error) for error in shown.errors]
    tail = _("Correct the file and send it again via /leden.")
    return Content(f"{_errors_heading(shown)}\n\n{fitting(lines)}\n\n{tail}")


@screen(facts.RegisterErrorsFile)
def errors_file(shown: facts.RegisterErrorsFile, _association: Association) -> Content:
    """Show the first rows that cannot be used; all of them are in the file that comes along."""
    lines = [row_error(error) for error in shown.errors]
    tail = _("All rows are in this file. Correct yours and send it again via /leden.")
    rows = [[str(error.row), plain_cell(row_reason(error))] for error in shown.errors]
    return Content(
        f"{_errors_heading(shown)}\n\n{fitting(lines, CAPTION_LIMIT)}\n\n{tail}",
        document=MadeDocument("fouten.csv", "text/csv", csv_file([["regel", "reden"], *rows])),
    )


def _errors_heading(shown: facts.RegisterErrors | facts.RegisterErrorsFile) -> str:
    count = len(shown.errors)
    return ngettext(
        "{count} row of {name} cannot be used; nothing was taken over.",
        "{count} rows of {name} cannot be used; nothing was taken over.",
        count,
    ).format(count=count, name=_name(shown.file_name))


def row_error(error: RowError) -> str:
    """Say why a row cannot be used, escaped."""
    return escape(_("Row {row}: {reason}").format(row=error.row, reason=row_reason(error)))


def row_reason(error: RowError) -> str:
    """Say what is wrong with a row, as plain text."""
    return (
        {
            "member_missing": _("the member is missing ({detail})"),
            "name_missing": _("the name is missing ({detail})"),
            "role_missing": _("the role is missing ({detail})"),
            "role_unknown": _("unknown role: {detail}"),
            "number": _("not a usable number: {detail}"),
            "date": _("not a date (day-month-year): {detail}"),
            "period": _("the membership of {detail} ends before it begins"),
            "email": _("not an e-mail address: {detail}"),
            "too_long": _("the text is too long: {detail}"),
            "contradiction": _("contradicts an earlier row of {detail}"),
            "twice": _("{detail} stands in the file twice with this role"),
            "formula": _("cell {detail} holds a formula or an error; put the value itself there"),
            "namesake": _("several people are called {detail}; give the e-mail address of each"),
            "member_unknown": _("{detail} is not in the register"),
            "member_ended": _("{detail} is no member any more and cannot have people"),
            "role_elsewhere": _("the role of {detail} is of the association; change it via /leden"),
            "held_before": _("the membership of {detail} cannot end before an assembly that was held"),
        }[error.reason]
        .format(detail=error.detail)
        .replace(" ()", "")
    )


@screen(facts.RegisterApplied)
def applied(shown: facts.RegisterApplied, _association: Association) -> Content:
    """Confirm what was taken over."""
    text = _("✅ Taken over. The register now has {members} and {people}.").format(
        members=ngettext("{count} member", "{count} members", shown.members).format(count=shown.members),
        people=ngettext("{count} person", "{count} people", shown.people).format(count=shown.people),
    )
    if shown.ended:
        text += "\n" + ngettext(
            "Roles of {count} person were ended. This person was told and can do nothing with them any more.",
            "Roles of {count} people were ended. They were told and can do nothing with them any more.",
            shown.ended,
        ).format(count=shown.ended)
    rows = []
    if shown.unregistered:
        text += "\n" + ngettext(
            "{count} person is not registered yet.", "{count} people are not registered yet.", shown.unregistered
        ).format(count=shown.unregistered)
        rows.append((Button(_("Make registration links"), presses.ExportLinks().encode(), style="primary"),))
    if shown.endings and shown.part is ImportPart.CHANGES:
        rows.append((_see_endings(shown.file_id, shown.endings),))
    return Content(text, (*rows, (Button(_("Back to the menu"), presses.OpenMenu().encode()),)))


def _name(name: str) -> str:
    return escape(clip(name, NAME_LIMIT))
