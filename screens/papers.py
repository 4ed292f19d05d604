"""Papers: asked for, received, and sent."""

from collections.abc import Sequence

from assembly.association import Association
from assembly.facts import convening, meetings
from assembly.papers import is_number
from screens import presses
from screens.agenda import NUMBER_ROOM, named_papers
from screens.catalogue import _, ngettext
from screens.content import Button, Content, StoredDocument
from screens.lists import enumerated, fitting
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape

TITLE = 200


def paper_name(number: str, version: int, title: str) -> str:
    """Name a paper, escaped: "Bijlage 4 – Voorstel (versie 2)"."""
    text = _("Paper {number}").format(number=clip(number, NUMBER_ROOM))
    if title:
        text += f" – {clip(title, TITLE)}"
    if version > 1:
        text += " " + _("(version {version})").format(version=version)
    return escape(text)


def _done_row(meeting_id: int) -> tuple[Button, ...]:
    return (Button(_("Done"), presses.FinishPapers(meeting_id).encode(), style="primary"),)


@screen(meetings.PapersExpected)
def expected(shown: meetings.PapersExpected, _association: Association) -> Content:
    """Ask for documents."""
    text = _(
        "Send the papers as files, one by one or together, each of at most 20 MB. The number stands in the caption "
        "or in the file name: “bijlage 4” or “4a”. Without a number you are asked. "
        "A second file with the same number is a new version."
    )
    if shown.numbers:
        text += "\n\n" + _("Already here: {papers}.").format(papers=named_papers(shown.numbers))
    return Content(text, (_done_row(shown.meeting_id), cancel_row()))


@screen(meetings.PaperNumberAsked)
def number_asked(shown: meetings.PaperNumberAsked, _association: Association) -> Content:
    """Ask which paper a file is."""
    text = _("Which paper is <b>{name}</b>? Choose its number, or type it.").format(
        name=escape(clip(shown.name, TITLE))
    )
    buttons = [
        Button(_("Paper {number}").format(number=number), presses.NumberFile(shown.file_id, number).encode())
        for number in shown.numbers
        if is_number(number)
    ]
    return Content(text, _in_rows(buttons))


@screen(meetings.PaperNumberExpected)
def number_expected(shown: meetings.PaperNumberExpected, _association: Association) -> Content:
    """Ask for another number."""
    text = _("<b>{name}</b> is paper {number} now. Which number should it have? Choose it, or type it.").format(
        name=escape(clip(shown.name, TITLE)), number=escape(shown.number)
    )
    buttons = [
        Button(_("Paper {number}").format(number=number), presses.SetPaperNumber(shown.paper_id, number).encode())
        for number in shown.numbers
        if is_number(number)
    ]
    return Content(text, (*_in_rows(buttons), cancel_row()))


def _in_rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[place : place + 3]) for place in range(0, len(buttons), 3))


@screen(meetings.PaperReceived)
def received(shown: meetings.PaperReceived, _association: Association) -> Content:
    """Confirm a paper: its number, its version, and the item that it belongs to."""
    lines = [
        _("📎 <b>{paper}</b> was received, version {version}.").format(
            paper=paper_name(shown.number, 1, shown.title), version=shown.version
        )
    ]
    if shown.item:
        number, title = shown.item
        lines.append(
            _("It belongs to item {number}, <i>{title}</i>.").format(
                number=escape(number), title=escape(clip(title, 300).rstrip("."))
            )
        )
    else:
        lines.append(_("No agenda item names this paper; it is sent along all the same."))
    if shown.convened:
        lines.append(_("It is not sent yet. Send it to everybody with “Send the late papers”, via /alv."))
    corrections = (
        Button(_("Other number"), presses.AskPaperNumber(shown.paper_id).encode()),
        Button(_("Other item"), presses.ChoosePaperItem(shown.paper_id, 0).encode()),
    )
    return Content("\n".join(lines), (corrections, _done_row(shown.meeting_id)))


@screen(convening.PaperMessage)
def paper(shown: convening.PaperMessage, _association: Association) -> Content:
    """Send a paper with its name as caption."""
    name = paper_name(shown.number, shown.version, shown.title)
    text = _("Late paper: {paper}").format(paper=name) if shown.late else name
    return Content(text, document=StoredDocument(shown.telegram_file_id))


@screen(convening.LatePapers)
def late(shown: convening.LatePapers, _association: Association) -> Content:
    """Announce papers that came after the convocation."""
    head = ngettext("<b>Late paper for {title}</b>", "<b>Late papers for {title}</b>", len(shown.papers)).format(
        title=escape(shown.title)
    )
    tail = ngettext("It follows below.", "They follow below.", len(shown.papers))
    return Content(f"{head}\n\n{fitting([f'• {paper_name(*paper)}' for paper in shown.papers])}\n\n{tail}")


@screen(convening.LatePapersSent)
def late_sent(shown: convening.LatePapersSent, _association: Association) -> Content:
    """Confirm that what came later is on its way."""
    parts = [named_papers(shown.numbers)] if shown.numbers else []
    if shown.nominations:
        parts.append(
            ngettext("{count} nomination", "{count} nominations", shown.nominations).format(count=shown.nominations)
        )
    if shown.changes:
        parts.append(
            ngettext("{count} change of the agenda", "{count} changes of the agenda", shown.changes).format(
                count=shown.changes
            )
        )
    text = ngettext(
        "✅ {papers}: on the way to {count} person.", "✅ {papers}: on the way to {count} people.", shown.people
    ).format(papers=enumerated(parts), count=shown.people)
    return Content(text, ((Button(_("To the assembly"), presses.ShowMeeting().encode()),),))
