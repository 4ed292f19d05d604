"""The papers gone over one by one."""

from assembly.association import Association
from assembly.facts import meetings as facts
from screens import presses
from screens.agenda import named_papers
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import label
from screens.papers import paper_name
from screens.registry import screen
from screens.texts import clip, escape, file_size, long_date_time

TITLE = 200
NAME = 48


@screen(facts.PaperList)
def papers(shown: facts.PaperList, _association: Association) -> Content:
    """Offer a page of papers to choose from, and name what is not here yet."""
    lines = [_line(paper) for paper in shown.papers] or [_("No papers are here yet.")]
    if shown.missing:
        lines += [
            "",
            _("⚠️ The agenda names these as well, and they are not here: {papers}.").format(
                papers=named_papers(shown.missing[:NAMED])
            ),
        ]
    rows = [
        (
            Button(
                label(_("Paper {number}").format(number=paper.number) + f" {paper.title}", NAME),
                presses.ShowPaper(paper.id).encode(),
            ),
        )
        for paper in shown.papers
    ]
    moving = [
        *([Button(_("Previous"), presses.ListPapers(shown.meeting_id, shown.page - 1).encode())] if shown.page else []),
        *(
            [Button(_("Next"), presses.ListPapers(shown.meeting_id, shown.page + 1).encode())]
            if shown.page + 1 < shown.pages
            else []
        ),
    ]
    if moving:
        rows.append(tuple(moving))  # type: ignore[arg-type]  # rows of one and of two buttons
    rows.append((Button(_("Add papers"), presses.AskPapers(shown.meeting_id).encode()),))
    rows.append((Button(_("To the assembly"), presses.ShowMeeting().encode()),))
    return Content("\n".join([_("Which paper do you want to go over?"), "", *lines]), tuple(rows))


NAMED = 40
"""Missing papers that are named one by one."""


def _line(paper: facts.PaperLine) -> str:
    text = f"• {paper_name(paper.number, paper.version, paper.title)}"
    if paper.item:
        text += " " + _("(item {number})").format(number=escape(paper.item))
    return text if paper.sent else text + " – " + _("not sent yet")


@screen(facts.PaperCard)
def card(shown: facts.PaperCard, association: Association) -> Content:
    """Show one paper with its file, and what can be corrected."""
    lines = [f"📎 <b>{paper_name(shown.number, shown.version, shown.title)}</b>", ""]
    lines.append(_("File: {name}, {size}").format(name=escape(clip(shown.name, TITLE)), size=file_size(shown.size)))
    if shown.item:
        item_number, title = shown.item
        lines.append(
            _("It belongs to item {number}, <i>{title}</i>.").format(
                number=escape(item_number), title=escape(clip(title, 300).rstrip("."))
            )
        )
    else:
        lines.append(_("It belongs to no agenda item."))
    if shown.sent_at:
        lines.append(_("Sent on {moment}.").format(moment=long_date_time(shown.sent_at, association)))
    else:
        lines.append(_("It was not sent yet."))
    if shown.sha256:
        lines.append(_("SHA-256: {digest}").format(digest=f"<code>{escape(clip(shown.sha256, 64))}</code>"))
    back = (Button(_("To the papers"), presses.ListPapers(shown.meeting_id, 0).encode()),)
    item = Button(_("Other item"), presses.ChoosePaperItem(shown.paper_id, 0).encode())
    if shown.removing:
        lines += ["", _("Remove this paper? The version before it, if there is one, stands again.")]
        sure = Button(_("Yes, remove it"), presses.RemovePaper(shown.paper_id, 1).encode(), style="danger")
        keep = Button(_("No, keep it"), presses.ShowPaper(shown.paper_id).encode())
        return Content("\n".join(lines), ((sure,), (keep,)))
    if shown.sent_at:
        lines += ["", _("A new version is sent when you add a file with the same number.")]
        return Content("\n".join(lines), ((item,), back))
    number = Button(_("Other number"), presses.AskPaperNumber(shown.paper_id).encode())
    gone = Button(_("Remove"), presses.RemovePaper(shown.paper_id, 0).encode(), style="danger")
    return Content("\n".join(lines), ((number, item), (gone,), back))


@screen(facts.TieChoice)
def items(shown: facts.TieChoice, _association: Association) -> Content:
    """Offer the agenda items that a paper could belong to."""
    text = _("Which agenda item does {paper} belong to?").format(
        paper=f"<b>{paper_name(shown.number, 1, shown.title)}</b>"
    )
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                ("✓ " if item.id == shown.item_id else "") + label(f"{item.number} {item.title}", NAME),
                presses.TiePaper(shown.paper_id, item.id).encode(),
            ),
        )
        for item in shown.items
    ]
    moving = [
        *(
            [Button(_("Previous"), presses.ChoosePaperItem(shown.paper_id, shown.page - 1).encode())]
            if shown.page
            else []
        ),
        *(
            [Button(_("Next"), presses.ChoosePaperItem(shown.paper_id, shown.page + 1).encode())]
            if shown.page + 1 < shown.pages
            else []
        ),
    ]
    rows += [tuple(moving)] if moving else []
    rows.append((Button(_("None of these"), presses.TiePaper(shown.paper_id, 0).encode()),))
    rows.append((Button(_("To the paper"), presses.ShowPaper(shown.paper_id).encode()),))
    return Content(text, tuple(rows))
