"""The register file and its preview."""

from assembly.association import Association
from assembly.facts import register as facts
from assembly.register_file import COLUMNS, RowError
from screens.catalogue import _, ngettext
from screens.content import Button, Content, MadeDocument
from screens.csv_files import csv_file
from screens.lists import fitting
from screens.presses import ApplyRegister, Cancel, ExportLinks, OpenMenu
from screens.registry import screen
from screens.texts import escape


@screen(facts.RegisterExpected)
def expected(_facts: facts.RegisterExpected, _association: Association) -> Content:
    """Ask for the file, with a template."""
    header = [names[0] for names in COLUMNS.values()]
    example = ["Voorbeeldstad", "voorbeeldstad", "100000", "1", "", "", "Portefeuillehouder Voorbeeldstad", "wethouder"]
    template = csv_file([header, [*example, "vertegenwoordiger", ""]])
    return Content(
        _(
            "Send the members as a CSV file. This template shows the columns: one row per person, "
            "the member repeated where it has several. You first see what would change."
        ),
        ((Button(_("Cancel"), Cancel().encode()),),),
        MadeDocument("leden-sjabloon.csv", "text/csv", template),
    )


@screen(facts.FileReceived)
def received(shown: facts.FileReceived, _association: Association) -> Content:
    """Tell that a document is being read."""
    return Content(_("📎 {name} has arrived and is being read.").format(name=escape(shown.name)))


@screen(facts.RegisterPreview)
def preview(shown: facts.RegisterPreview, _association: Association) -> Content:
    """Show what would change, or why nothing can be taken over."""
    if shown.errors:
        count = len(shown.errors)
        head = ngettext(
            "{count} row of the file cannot be read; nothing was taken over.",
            "{count} rows of the file cannot be read; nothing was taken over.",
            count,
        ).format(count=count)
        lines = [row_error(error) for error in shown.errors]
        tail = _("Correct the file and send it again via /leden.")
        return Content(f"{head}\n\n{fitting(lines)}\n\n{tail}")
    lines = [
        ngettext("{count} new member", "{count} new members", len(shown.new_members)).format(
            count=len(shown.new_members)
        ),
        ngettext("{count} changed member", "{count} changed members", len(shown.changed_members)).format(
            count=len(shown.changed_members)
        ),
        ngettext("{count} new person", "{count} new people", shown.new_people).format(count=shown.new_people),
        ngettext("{count} changed person", "{count} changed people", shown.changed_people).format(
            count=shown.changed_people
        ),
        ngettext("{count} unchanged entry", "{count} unchanged entries", shown.unchanged).format(count=shown.unchanged),
    ]
    names = fitting([f"• {escape(name)}" for name in (*shown.new_members, *shown.changed_members)])
    text = _("The file can be taken over:") + "\n" + "\n".join(f"– {line}" for line in lines)
    return Content(
        f"{text}\n\n{names}" if names else text,
        (
            (Button(_("Take over"), ApplyRegister(shown.file_id).encode(), style="primary"),),
            (Button(_("Cancel"), Cancel().encode()),),
        ),
    )


def row_error(error: RowError) -> str:
    """Say why a row cannot be used."""
    detail = escape(error.detail)
    reason = {
        "member_missing": _("the member is missing ({detail})"),
        "name_missing": _("the name is missing ({detail})"),
        "role_missing": _("the role is missing ({detail})"),
        "role_unknown": _("unknown role: {detail}"),
        "number": _("not a usable number: {detail}"),
        "date": _("not a date (day-month-year): {detail}"),
        "too_long": _("the text is too long: {detail}"),
        "contradiction": _("contradicts an earlier row of {detail}"),
        "twice": _("{detail} stands in the file twice with this role"),
    }[error.reason].format(detail=detail)
    return _("Row {row}: {reason}").format(row=error.row, reason=reason.replace(" ()", ""))


@screen(facts.RegisterApplied)
def applied(shown: facts.RegisterApplied, _association: Association) -> Content:
    """Confirm what was taken over."""
    text = _("✅ Taken over. The register now has {members} and {people}.").format(
        members=ngettext("{count} member", "{count} members", shown.members).format(count=shown.members),
        people=ngettext("{count} person", "{count} people", shown.people).format(count=shown.people),
    )
    if not shown.unregistered:
        return Content(text)
    waiting = ngettext(
        "{count} person is not registered yet.", "{count} people are not registered yet.", shown.unregistered
    ).format(count=shown.unregistered)
    return Content(
        f"{text}\n{waiting}",
        (
            (Button(_("Make registration links"), ExportLinks().encode(), style="primary"),),
            (Button(_("Back to the menu"), OpenMenu().encode()),),
        ),
    )
