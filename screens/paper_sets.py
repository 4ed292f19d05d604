"""All papers in one file."""

from assembly.association import Association
from assembly.facts import convening as facts
from assembly.papers import SetForm
from screens import presses
from screens.agenda import named_papers
from screens.catalogue import _, ngettext
from screens.content import Button, Content, StoredDocument
from screens.registry import screen
from screens.texts import clip, escape

TITLE = 200
NAMED = 20
"""Papers that are named one by one in a caption."""


def set_row(meeting_id: int, *forms: SetForm) -> tuple[Button, ...]:
    """Return the row that asks for all papers in one file."""
    labels = {SetForm.ZIP: _("All in one ZIP"), SetForm.PDF: _("All in one PDF")}
    return tuple(Button(labels[form], presses.GetPaperSet(meeting_id, form).encode()) for form in forms)


@screen(facts.PaperSetComing)
def coming(shown: facts.PaperSetComing, _association: Association) -> Content:
    """Say that the file is being made."""
    return Content(
        {
            SetForm.ZIP: _("All papers are being put into one ZIP. It comes as soon as it is ready."),
            SetForm.PDF: _("All papers are being bound into one PDF. It comes as soon as it is ready."),
        }[shown.form]
    )


@screen(facts.PaperSet)
def paper_set(shown: facts.PaperSet, _association: Association) -> Content:
    """Send all papers in one file, and name those that could not go into it."""
    count = len(shown.papers)
    text = {
        SetForm.ZIP: ngettext("{title}: {count} paper in one ZIP.", "{title}: {count} papers in one ZIP.", count),
        SetForm.PDF: ngettext("{title}: {count} paper in one PDF.", "{title}: {count} papers in one PDF.", count),
    }[shown.form].format(title=f"<b>{escape(clip(shown.title, TITLE))}</b>", count=count)
    rows: tuple[tuple[Button, ...], ...] = ()
    if shown.left_out:
        numbers = tuple(number for number, _version, _title in shown.left_out)
        names = named_papers(numbers) if len(numbers) <= NAMED else _papers(len(numbers))
        text += "\n" + _("Not in it, because these are no PDF: {papers}. They are in the ZIP.").format(papers=names)
        rows = (set_row(shown.meeting_id, SetForm.ZIP),)
    document = StoredDocument(shown.telegram_file_id) if shown.telegram_file_id else None
    return Content(text, rows, document)


def _papers(count: int) -> str:
    return ngettext("{count} paper", "{count} papers", count).format(count=count)
