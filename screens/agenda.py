"""The agenda: as it was read, and item by item."""

import re

from assembly.agenda_head import Head
from assembly.association import Association
from assembly.facts import meetings as facts
from assembly.papers import NUMBER, as_number
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import enumerated, fitting, label
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape, long_date_time
from screens.words import kind_name

LINE = 160
"""UTF-16 units of a title in a list."""

LABEL = 48
NUMBER_ROOM = 8
"""UTF-16 units of a paper's number."""

PREVIEWED = 2600
"""Visible UTF-16 units of the items in a preview: what its head says must fit below them."""

_PAPERS = re.compile(rf"\b(?:bijlagen?|bijl\.)((?:\s*(?:nr\.?|,|en|&)?\s*(?:{NUMBER}))+)", re.IGNORECASE)
_NUMBERS = re.compile(NUMBER, re.IGNORECASE)


def item_label(item: facts.ItemShown) -> str:
    """Return a button's label for an item."""
    return label(f"{item.number} {item.title}", LABEL)


def unnamed(title: str, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the papers that the words of ``title`` do not name already, one by one."""
    named = {as_number(found) for words in _PAPERS.findall(title) for found in _NUMBERS.findall(words)}
    return tuple(value for value in numbers if value not in named)


def named_papers(numbers: tuple[str, ...]) -> str:
    """Name papers by number: "bijlagen 1 en 2"."""
    return ngettext("paper {numbers}", "papers {numbers}", len(numbers)).format(
        numbers=enumerated([escape(clip(value, NUMBER_ROOM)) for value in numbers])
    )


@screen(facts.AgendaExpected)
def expected(shown: facts.AgendaExpected, _association: Association) -> Content:
    """Ask for the agenda."""
    text = _(
        "Send the agenda: paste it, forward it, or send it as a file (Word, PDF with text, Markdown or plain text). "
        "You see how it was read before anything is saved. "
        "A line “Voorgenomen besluit: …” below an item is the text for the vote."
    )
    if shown.replaces:
        text += "\n\n" + _("It replaces the agenda that is there now, with its proposals and nominations.")
    return Content(text, (cancel_row(),))


@screen(facts.AgendaContinues)
def continues(_shown: facts.AgendaContinues, _association: Association) -> Content:
    """Wait for the rest of a long agenda."""
    text = _("This message is so long that Telegram may have cut the rest off. Send the rest, or say that this is all.")
    return Content(text, ((Button(_("This is all"), presses.FinishAgenda().encode(), style="primary"),), cancel_row()))


@screen(facts.AgendaPreview)
def preview(shown: facts.AgendaPreview, association: Association) -> Content:
    """Show how the agenda was read, and what its head says."""
    count = len(shown.items)
    parts = [
        ngettext(
            "This is how the agenda was read, with {count} item:",
            "This is how the agenda was read, with {count} items:",
            count,
        ).format(count=count),
        fitting([_line(item) for item in shown.items], PREVIEWED),
    ]
    head = _head(shown.head, association)
    if head and (shown.creates or shown.differs):
        parts.append(_("Above it stands:") + "\n" + "\n".join(head))
    parts.append(_("Is it right? Nothing is saved yet. You can correct every item later, also its guessed kind."))
    take = Button(_("Take over the agenda"), presses.AcceptAgenda(shown.mark, 0).encode(), style="success")
    if shown.creates:
        take = Button(_("Prepare this assembly"), presses.AcceptAgenda(shown.mark, 1).encode(), style="success")
    rows = [(take,)]
    if shown.differs:
        both = presses.AcceptAgenda(shown.mark, 1).encode()
        rows.append((Button(_("Also title, date and place"), both),))
    return Content("\n\n".join(parts), (*rows, cancel_row()))


def _head(head: Head, association: Association) -> list[str]:
    """Name what the head of an agenda says, each on a line."""
    lines = [_("Title: {title}").format(title=escape(head.title))] if head.title else []
    if head.starts_at is not None:
        lines.append(_("When: {moment}").format(moment=long_date_time(head.starts_at, association)))
    if head.place:
        lines.append(_("Where: {place}").format(place=escape(head.place)))
    if head.stream:
        lines.append(_("Remotely: {link}").format(link=escape(head.stream)))
    return lines


@screen(facts.AgendaStored)
def stored(shown: facts.AgendaStored, _association: Association) -> Content:
    """Show the agenda as it stands."""
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


def titled(number: str, title: str, *, withdrawn: bool) -> str:
    """Write an item on a line; one that is held over is struck through, and its readers are told."""
    if withdrawn:
        return f"<b>{escape(number)}</b> <s>{escape(title)}</s> " + _("(held over)")
    return f"<b>{escape(number)}</b> {escape(title)}"


def _line(item: facts.ItemShown) -> str:
    papers = unnamed(item.title, item.papers)
    words = [kind_name(item.kind), *([named_papers(papers)] if papers else [])]
    title = titled(item.number, clip(item.title, LINE), withdrawn=item.withdrawn)
    return f"{title} – <i>{escape(', '.join(words))}</i>"


@screen(facts.ItemsPage)
def items(shown: facts.ItemsPage, _association: Association) -> Content:
    """Offer a page of items to choose from."""
    rows = [(Button(item_label(item), presses.ShowItem(item.id).encode()),) for item in shown.items]
    text = _("Which item do you want to go over?")
    if shown.pages > 1:
        text += " " + _("(page {page} of {pages})").format(page=shown.page + 1, pages=shown.pages)
    text += "\n\n" + fitting([_line(item) for item in shown.items])
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
