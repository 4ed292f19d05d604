"""The agenda: as it was read, and item by item."""

import re

from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.facts import meetings as facts
from assembly.papers import NUMBER, as_number
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import enumerated, fitting, label
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape

LINE = 160
"""UTF-16 units of a title in a list."""

LABEL = 48
_PAPERS = re.compile(rf"\b(?:bijlagen?|bijl\.)((?:\s*(?:nr\.?|,|en|&)?\s*(?:{NUMBER}))+)", re.IGNORECASE)
_NUMBERS = re.compile(NUMBER, re.IGNORECASE)


def kind_name(kind: ItemKind) -> str:
    """Return what the assembly does with an item, as on the agenda."""
    return {
        ItemKind.INFORMATION: _("For information"),
        ItemKind.DISCUSSION: _("Discussion"),
        ItemKind.DECISION: _("Decision"),
        ItemKind.PERSONS: _("Appointment"),
        ItemKind.PROCEDURE: _("Procedure"),
    }[kind]


def item_label(item: facts.ItemShown) -> str:
    """Return a button's label for an item."""
    return label(f"{item.number} {item.title}", LABEL)


def unnamed(title: str, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the papers that the words of ``title`` do not name already, one by one."""
    named = {as_number(found) for words in _PAPERS.findall(title) for found in _NUMBERS.findall(words)}
    return tuple(value for value in numbers if value not in named)


def named_papers(numbers: tuple[str, ...]) -> str:
    """Name papers by number: "bijlagen 1 en 2"."""
    return ngettext("paper {numbers}", "papers {numbers}", len(numbers)).format(numbers=enumerated(numbers))


@screen(facts.AgendaExpected)
def expected(shown: facts.AgendaExpected, _association: Association) -> Content:
    """Ask for the agenda."""
    text = _(
        "Send the agenda as a message or as a text file (.txt). Begin each item with its number: 1. Opening. "
        "Points below an item begin with a dash, a letter or a number like 6.1. "
        "A line “Voorgenomen besluit: …” below an item is the text for the vote."
    )
    if shown.replaces:
        text += "\n\n" + _("It replaces the agenda that is there now, with its proposals.")
    return Content(text, (cancel_row(),))


@screen(facts.AgendaStored)
def stored(shown: facts.AgendaStored, _association: Association) -> Content:
    """Show the agenda as it was read."""
    count = len(shown.items)
    head = ngettext("✅ The agenda has {count} item:", "✅ The agenda has {count} items:", count).format(count=count)
    tail = _("The kind behind each item was guessed from its words. Go over the items to correct it.")
    return Content(
        f"{head}\n\n{fitting([_line(item) for item in shown.items])}\n\n{tail}",
        (
            (Button(_("Go over the items"), presses.ShowItems(shown.meeting_id, 0).encode(), style="primary"),),
            (Button(_("Add papers"), presses.AskPapers(shown.meeting_id).encode()),),
            (Button(_("To the assembly"), presses.ShowMeeting().encode()),),
        ),
    )


def _line(item: facts.ItemShown) -> str:
    papers = unnamed(item.title, item.papers)
    words = [kind_name(item.kind), *([named_papers(papers)] if papers else [])]
    return f"<b>{escape(item.number)}</b> {escape(clip(item.title, LINE))} – <i>{escape(', '.join(words))}</i>"


@screen(facts.ItemsPage)
def items(shown: facts.ItemsPage, _association: Association) -> Content:
    """Offer a page of items to choose from."""
    rows = [(Button(item_label(item), presses.ShowItem(item.id).encode()),) for item in shown.items]
    text = _("Which item do you want to go over?")
    if shown.pages > 1:
        text += " " + _("(page {page} of {pages})").format(page=shown.page + 1, pages=shown.pages)
    text += "\n\n" + "\n".join(_line(item) for item in shown.items)
    return Content(
        text,
        (*rows, *_leafing(shown), (Button(_("To the assembly"), presses.ShowMeeting().encode()),)),
    )


def _leafing(shown: facts.ItemsPage) -> tuple[tuple[Button, ...], ...]:
    row = []
    if shown.page:
        row.append(Button(_("Previous"), presses.ShowItems(shown.meeting_id, shown.page - 1).encode()))
    if shown.page + 1 < shown.pages:
        row.append(Button(_("Next"), presses.ShowItems(shown.meeting_id, shown.page + 1).encode()))
    return (tuple(row),) if row else ()


@screen(facts.ItemDetails)
def details(shown: facts.ItemDetails, _association: Association) -> Content:
    """Show one item, with its kind to correct and its proposal to fill in."""
    item = shown.item
    lines = [f"<b>{escape(item.number)}</b> {escape(clip(item.title, 1200))}", ""]
    lines.append(_("Kind: {kind}").format(kind=kind_name(item.kind)))
    if item.papers:
        lines.append(_("Belongs to it: {papers}").format(papers=named_papers(item.papers)))
    if shown.proposal:
        lines += ["", _("Proposed decision:"), f"<blockquote>{escape(shown.proposal)}</blockquote>"]
    elif item.kind.votable:
        lines += ["", _("No proposed decision was filled in: the title is put to the vote.")]
    back = (Button(_("To the items"), presses.ShowItems(shown.meeting_id, shown.page).encode()),)
    if shown.fixed:
        lines += ["", _("This item was put to the vote, so it stays as it is.")]
        return Content("\n".join(lines), (back,))
    rows = [
        (Button(("✓ " if kind is item.kind else "") + kind_name(kind), presses.SetItemKind(item.id, kind).encode()),)
        for kind in (
            ItemKind.INFORMATION,
            ItemKind.DISCUSSION,
            ItemKind.DECISION,
            ItemKind.PERSONS,
            ItemKind.PROCEDURE,
        )
    ]
    proposal = (Button(_("Fill in the proposed decision"), presses.AskProposal(item.id).encode()),)
    return Content("\n".join(lines), (*rows, proposal, back))


@screen(facts.ProposalExpected)
def proposal_expected(shown: facts.ProposalExpected, _association: Association) -> Content:
    """Ask for the text that is put to the vote."""
    text = _(
        "Send the proposed decision for item {number}, <i>{title}</i>. These words are put to the vote "
        "and stand in the decision list."
    )
    return Content(
        text.format(number=escape(shown.number), title=escape(clip(shown.title, 300).rstrip("."))), (cancel_row(),)
    )
