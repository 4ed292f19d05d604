"""Leading an assembly through its agenda: what the console shows while it sits, and the agenda to take items up."""

from assembly.association import Association
from assembly.facts import leading as facts
from assembly.meetings import Meeting
from assembly.motions import Motion, MotionState
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import label
from screens.paging import leafing, page_line
from screens.registry import screen
from screens.texts import clip, escape, time
from screens.verdicts import pronounced_in_words, proposed_in_words, void_in_words
from screens.words import item_number, kind_name

TITLE_LIMIT = 250
TEXT_LIMIT = 2000


def course(sitting: facts.Sitting, association: Association) -> str:
    """Say which item is at hand, how the vote on it stands, and what comes next."""
    lines = []
    if sitting.paused_at is not None:
        lines += ["⏸ " + _("Suspended since {time}.").format(time=time(sitting.paused_at, association)), ""]
    item = sitting.item
    if item is not None:
        at_hand = _("At hand: {item}").format(item=_named(item.number, item.title))
        lines.append(f"<b>{at_hand}</b> ({kind_name(item.kind)})")
        if item.withdrawn:
            lines.append(_("Held over: nothing is decided on it."))
    if sitting.motion is not None:
        lines += ["", *_vote(sitting, sitting.motion, association)]
    dealt_with = ngettext(
        "Dealt with: {handled} of {count} item", "Dealt with: {handled} of {count} items", sitting.items
    )
    lines += ["", dealt_with.format(handled=sitting.handled, count=sitting.items)]
    if sitting.following is not None:
        lines.append(_("Next: {item}").format(item=_named(*sitting.following)))
    return "\n".join(lines).strip()


def _named(number: str, title: str) -> str:
    return f"{escape(number)} {escape(clip(title, TITLE_LIMIT))}"


def _vote(sitting: facts.Sitting, motion: Motion, association: Association) -> list[str]:
    number = escape(item_number(motion.number, procedural=motion.procedural))
    match motion.state:
        case MotionState.OPEN:
            cast = ngettext("{cast} of the {present} vote cast", "{cast} of the {present} votes cast", sitting.present)
            lines = [
                "🗳 " + _("The vote on item {number} is open.").format(number=number),
                cast.format(cast=sitting.cast, present=sitting.present),
            ]
            if motion.closes_at is not None:
                lines.append(_("It closes by itself at {time}.").format(time=time(motion.closes_at, association)))
            return lines
        case MotionState.SUSPENDED:
            return ["⏸ " + _("The vote on item {number} is suspended.").format(number=number)]
        case MotionState.VOIDED:
            return [_("The vote on item {number} is void.").format(number=number), void_in_words(motion)]
        case MotionState.CLOSED:
            return [_("Proposed outcome of item {number}:").format(number=number), proposed_in_words(motion)]
        case _:
            return [_("Outcome of item {number}, pronounced:").format(number=number), pronounced_in_words(motion)]


def course_buttons(meeting: Meeting, sitting: facts.Sitting) -> list[Button]:
    """Return the buttons for what comes now: resume the assembly, or else lead the vote, or else go on."""
    if sitting.paused_at is not None:
        return [Button(_("Resume the assembly"), presses.PauseMeeting(meeting.id, 0).encode(), style="success")]
    motion = sitting.motion
    if motion is not None and motion.state is MotionState.OPEN:
        return [Button(_("Close the vote"), presses.CloseMotion(motion.id).encode(), style="danger")]
    if motion is not None and motion.state is MotionState.SUSPENDED:
        return [Button(_("Resume the vote"), presses.SuspendMotion(motion.id, 0).encode(), style="success")]
    if motion is not None and motion.state is MotionState.CLOSED:
        return [Button(_("Pronounce the outcome"), presses.Pronounce(motion.id).encode(), style="success")]
    return [
        *_item_buttons(meeting, sitting),
        Button(_("Another item"), presses.ShowCourse(meeting.id, 0).encode()),
        Button(_("Procedural motion"), presses.AskOrder(meeting.id).encode()),
        Button(_("Suspend the assembly"), presses.PauseMeeting(meeting.id, 1).encode()),
    ]


def _item_buttons(meeting: Meeting, sitting: facts.Sitting) -> list[Button]:
    item = sitting.item
    choose = Button(_("Put to the vote"), presses.ChooseMotion(meeting.id).encode())
    if item is None:
        return [choose]
    on = (
        _("Go on to item {number}").format(number=sitting.following[0])
        if sitting.following
        else _("This item is done with")
    )
    go_on = Button(label(on), presses.NextItem(item.item_id).encode(), style="primary")
    if item.kind.polled_only and not item.withdrawn:
        poll = label(_("Hold a straw poll on item {number}").format(number=item.number))
        return [go_on, Button(poll, presses.OpenStraw(item.item_id).encode()), choose]
    if not item.votable:
        return [go_on, choose]
    text = label(_("Put item {number} to the vote").format(number=item.number))
    return [
        Button(text, presses.PreviewMotion(item.item_id).encode(), style="primary"),
        Button(_("Hold over"), presses.HoldOver(item.item_id).encode()),
        go_on,
    ]


@screen(facts.AgendaCourse)
def agenda_course(shown: facts.AgendaCourse, _association: Association) -> Content:
    """List the agenda as far as it is dealt with; a press takes an item up."""

    def marked(line: facts.AgendaCourseLine) -> str:
        mark = "▶️ " if line.at_hand else "✅ " if line.handled else ""
        held = " " + _("(held over)") if line.withdrawn else ""
        return label(f"{mark}{line.number} {clip(line.title, 60)}{held}")

    rows = tuple((Button(marked(line), presses.TakeUpItem(line.item_id).encode()),) for line in shown.lines)
    lines = [_("Which item do you take up?"), page_line(shown.page, shown.pages)]
    text = "\n".join(line for line in lines if line)
    return Content(
        text, (*rows, *leafing(shown.page, shown.pages, lambda at: presses.ShowCourse(shown.meeting_id, at)))
    )


@screen(facts.MeetingPaused)
def paused(shown: facts.MeetingPaused, association: Association) -> Content:
    """Tell that the assembly is suspended, or goes on."""
    text = _("{title} goes on since {time}.") if shown.resumed else _("⏸ {title} is suspended since {time}.")
    return Content(text.format(title=escape(clip(shown.title, TITLE_LIMIT)), time=time(shown.at, association)))


@screen(facts.ProposalAmended)
def amended(shown: facts.ProposalAmended, _association: Association) -> Content:
    """Tell what the proposal has become in the assembly."""
    head = _("The proposal of agenda item {number} was amended in the assembly.").format(number=escape(shown.number))
    text = f"<blockquote>{escape(clip(shown.text, TEXT_LIMIT))}</blockquote>"
    tail = _("This text is put to the vote.")
    return Content(f"<b>{head}</b>\n{escape(clip(shown.title, TITLE_LIMIT))}\n\n{text}\n\n{tail}")


@screen(facts.ItemHeldOver)
def held_over(shown: facts.ItemHeldOver, _association: Association) -> Content:
    """Tell that nothing is decided on an item."""
    head = _("Agenda item {number} is held over: the assembly decides nothing on it.")
    return Content(f"<b>{head.format(number=escape(shown.number))}</b>\n{escape(clip(shown.title, TITLE_LIMIT))}")
