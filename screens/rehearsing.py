"""What marks everything that a rehearsal shows: a heading on each message, and a mark on each of its buttons.

A button of a rehearsal says its number before all else: ``7~1:c:12:3:for``. On anything real it is no button
at all, so that none can come to count, however late it is pressed and whatever number it names.
"""

import re
from dataclasses import replace

from assembly.association import Association
from assembly.formatting import Entity
from assembly.wording import utf16_length
from screens import presses
from screens.catalogue import _
from screens.content import CAPTION_LIMIT, TEXT_LIMIT, Album, Button, Content, MadeDocument, MadePicture
from screens.presses import Press
from screens.registry import Drawn
from screens.texts import clip, escape, visible, visible_length
from screens.words import rehearsal_words

REAL: frozenset[type[Press]] = frozenset(
    {
        presses.ShowRehearsal,
        presses.PageRehearsal,
        presses.InvitePlayer,
        presses.InviteChat,
        presses.AskRehearsal,
        presses.BeginRehearsal,
        presses.DropRehearsal,
        presses.AskEraseRehearsal,
        presses.EraseRehearsal,
    }
)
"""Buttons that speak of the rehearsal itself, also where they hang under its messages: they bear no mark."""

HEADING_ROOM = 80
"""UTF-16 units that the heading may take of a message, with the blank line under it."""

FILE_PREFIX = "REPETITIE-"

_MARKED = re.compile(r"([1-9][0-9]{0,8})~(.*)", re.DOTALL)


def headed(content: Drawn, association: Association) -> Drawn:
    """Return a message as a rehearsal shows it; where none is played here, as it is."""
    if not association.rehearsal:
        return content
    if isinstance(content, Album):
        return replace(content, caption=rehearsal_words())
    if not isinstance(content, Content):
        return content
    keyboard = tuple(tuple(_marked(button, association.rehearsal) for button in row) for row in content.keyboard)
    return _named(_worded(replace(content, keyboard=keyboard)))


def headed_answer(text: str, association: Association) -> str:
    """Return the answer to a press as a rehearsal gives it; an empty one stays empty."""
    return _("REHEARSAL: {text}").format(text=text) if text and association.rehearsal else text


def read_mark(data: object) -> tuple[int, str] | None:
    """Return of which rehearsal a button is, and what it says there; ``None`` where it is of none."""
    found = _MARKED.fullmatch(data) if isinstance(data, str) else None
    return (int(found[1]), found[2]) if found else None


def _marked(button: Button, number: int) -> Button:
    if button.data is None or Press.kind_of(button.data) in REAL:
        return button
    return replace(button, data=f"{number}~{button.data}")


def _worded(content: Content) -> Content:
    """Put the heading above the words; where there is no room for all, the last give way, and the formatting."""
    head = f"{rehearsal_words()}\n\n"
    room = (TEXT_LIMIT if content.document is None else CAPTION_LIMIT) - utf16_length(head)
    if content.entities is None:
        long = visible_length(content.text) > room
        words = escape(clip(visible(content.text), room)) if long else content.text
        return replace(content, text=f"<b>{rehearsal_words()}</b>\n\n{words}")
    text, shift = clip(content.text, room), utf16_length(head)
    moved = (
        replace(entity, offset=entity.offset + shift, length=min(entity.length, utf16_length(text) - entity.offset))
        for entity in content.entities
        if entity.offset < utf16_length(text)
    )
    bold = Entity("bold", 0, utf16_length(rehearsal_words()))
    return replace(content, text=head + text, entities=(bold, *moved))


def _named(content: Content) -> Content:
    """Let the name of a file say it too: files are saved and sent on without the message."""
    made = content.document
    if isinstance(made, MadeDocument | MadePicture) and not made.name.startswith(FILE_PREFIX):
        return replace(content, document=replace(made, name=FILE_PREFIX + made.name))
    return content
