"""The speakers' lists: one's own places on them, and the whole for who leads."""

from assembly.association import Association
from assembly.facts import floor as facts
from assembly.floor import Round
from assembly.meetings import Mode
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.presses import AskFloor, AskFloorNote, EndTurn, GiveFloor, WithdrawFloor
from screens.registry import screen
from screens.texts import clip, escape

SHOWN = 40
"""Lines with two buttons each, below Telegram's 100."""

NAME_LIMIT, MEMBERS_LIMIT, NOTE_LIMIT = 60, 60, 200


def ask_buttons(meeting_id: int, *rounds: Round) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons with which somebody asks for the floor."""
    labels = {Round.ITEM: _("I want to speak"), Round.CLOSING: _("I want to speak in the any-other-questions round")}
    return tuple((Button(labels[round_], AskFloor(meeting_id, round_).encode()),) for round_ in rounds)


@screen(facts.FloorCard)
def card(shown: facts.FloorCard, _association: Association) -> Content:
    """Show where somebody stands on the lists, with what it can do about that."""
    head = _("<b>The floor</b> – {title}").format(title=escape(shown.title))
    lines = [_place(place) for place in shown.places]
    if not shown.open:
        return Content(f"{head}\n\n" + _("The assembly is not open; nobody can ask for the floor."))
    if not lines:
        lines = [_("You are on no list of speakers.")]
    rows = []
    for place in shown.places:
        about = "" if len(shown.places) == 1 else f" ({_list(place.round, place.item)})"
        rows.append((Button(label(_("Say what about") + about), AskFloorNote(place.turn_id).encode()),))
        leave = _("I do not want to speak after all") if place.place else _("I have finished")
        rows.append((Button(label(leave + about), WithdrawFloor(place.turn_id).encode()),))
    missing = [round_ for round_ in Round if round_ not in {place.round for place in shown.places}]
    return Content(f"{head}\n\n" + "\n".join(lines), (*rows, *ask_buttons(shown.meeting_id, *missing)))


def _place(place: facts.FloorPlace) -> str:
    where = escape(_list(place.round, place.item))
    if place.place == 0:
        line = _("{list}: you have the floor.").format(list=where)
    elif place.place == 1:
        line = _("{list}: you are next.").format(list=where)
    else:
        line = _("{list}: you are number {place}.").format(list=where, place=place.place)
    return f"• {line}" + (f"\n  <i>{escape(clip(place.note, NOTE_LIMIT))}</i>" if place.note else "")


def _list(round_: Round, item: str) -> str:
    """Name a list, not escaped."""
    if round_ is Round.CLOSING:
        return _("Any other questions")
    return _("Agenda item {number}").format(number=item) if item else _("Now")


@screen(facts.FloorList)
def speakers(shown: facts.FloorList, _association: Association) -> Content:
    """Show who wants to speak, in order, with the buttons that give the floor."""
    head = _("<b>Speakers</b> – {title}").format(title=escape(shown.title))
    if not shown.lines:
        return Content(f"{head}\n\n" + _("Nobody asks for the floor."))
    lines = fitting([_line(line) for line in shown.lines])
    buttons = [_buttons(line) for line in shown.lines[:SHOWN]] if shown.open else []
    return Content(f"{head}\n\n{lines}", tuple(buttons))


def _line(line: facts.FloorLine) -> str:
    mode = {Mode.ROOM: _("in the room"), Mode.REMOTE: _("remotely"), None: _("has left")}[line.mode]
    who = f"<b>{escape(clip(line.name, NAME_LIMIT))}</b>"
    if line.members:
        who += f" ({escape(clip(', '.join(line.members), MEMBERS_LIMIT))})"
    text = f"{'🎤' if line.speaks else '•'} {who}, {mode}: {escape(_list(line.round, line.item))}"
    return text + (f" – <i>{escape(clip(line.note, NOTE_LIMIT))}</i>" if line.note else "")


def _buttons(line: facts.FloorLine) -> tuple[Button, ...]:
    name = label(line.name, 40)
    end = Button(_("{name}: off the list").format(name=name), EndTurn(line.turn_id).encode())
    if line.speaks:
        return (Button(_("{name}: has spoken").format(name=name), EndTurn(line.turn_id).encode()),)
    give = Button(_("{name}: give the floor").format(name=name), GiveFloor(line.turn_id).encode(), style="primary")
    return (give, end)


@screen(facts.FloorNoteExpected)
def note_expected(_shown: facts.FloorNoteExpected, _association: Association) -> Content:
    """Ask what somebody wants to speak about."""
    return Content(_("What do you want to speak about? Write one line; the chair sees it."), (cancel_row(),))


@screen(facts.FloorGiven)
def given(shown: facts.FloorGiven, _association: Association) -> Content:
    """Tell somebody that it has the floor."""
    return Content("🎤 " + _("You have the floor ({list}).").format(list=escape(_list(shown.round, shown.item))))


@screen(facts.FloorTaken)
def taken(shown: facts.FloorTaken, _association: Association) -> Content:
    """Tell somebody that it was taken off the list."""
    text = _("You were taken off the list of speakers ({list}). You can ask for the floor again.")
    return Content(text.format(list=escape(_list(shown.round, shown.item))))
