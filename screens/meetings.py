"""Preparing an assembly, and the console that shows where it stands."""

from collections import Counter

from assembly.association import Association
from assembly.entries import SheetSource
from assembly.facts import meetings as facts
from assembly.meetings import Meeting, MeetingState, Reply
from assembly.motions import BallotForm, MotionState
from assembly.permissions import Act
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.leading import course, course_buttons
from screens.lists import enumerated
from screens.registry import screen
from screens.texts import clip, escape, long_date, long_date_time, number, one_stop

CANCEL = presses.Cancel().encode()


def cancel_row() -> tuple[Button, ...]:
    """Return the row that leaves what one is busy with."""
    return (Button(_("Cancel"), CANCEL),)


def meeting_head(meeting: Meeting, association: Association) -> str:
    """Return title, moment, place and stream, each on a line, as far as they were given."""
    lines = [f"<b>{escape(meeting.title)}</b>", long_date_time(meeting.starts_at, association)]
    if meeting.place:
        lines.append(escape(meeting.place))
    if meeting.stream:
        lines.append(_("Remotely: {link}").format(link=escape(meeting.stream)))
    return "\n".join(lines)


@screen(facts.TitleExpected)
def title_expected(shown: facts.TitleExpected, _association: Association) -> Content:
    """Ask for the title."""
    if shown.current:
        text = one_stop(_("What is the assembly called? Now it is “{title}”.").format(title=escape(shown.current)))
    else:
        text = _("What is the assembly called? For example: General assembly of spring.")
        text += "\n\n" + _(
            "Or send its agenda at once, as a text or as a file (Word, PDF with text, Markdown or plain text): "
            "title, date and place are read from it, and you confirm them."
        )
    return Content(text, (cancel_row(),))


@screen(facts.MomentExpected)
def moment_expected(shown: facts.MomentExpected, _association: Association) -> Content:
    """Ask for date and time."""
    text = _("When does “{title}” begin? Write date and time, for example 13-02-2019 18:00.")
    return Content(text.format(title=escape(shown.title)), (cancel_row(),))


@screen(facts.PlaceExpected)
def place_expected(shown: facts.PlaceExpected, association: Association) -> Content:
    """Ask for the place."""
    text = _(
        "“{title}” begins on {moment}. Where is it? A link for who takes part remotely may stand in the same message."
    )
    return Content(
        text.format(title=escape(shown.title), moment=long_date_time(shown.starts_at, association)), (cancel_row(),)
    )


@screen(facts.NoAssembly)
def no_assembly(shown: facts.NoAssembly, _association: Association) -> Content:
    """Tell that there is no assembly yet."""
    text = _("No assembly was prepared yet.")
    return Content(text, (_create_row(),) if shown.may_prepare else ())


@screen(facts.MeetingConsole)
def console(shown: facts.MeetingConsole, association: Association) -> Content:
    """Show where the assembly stands, with what the person can do now."""
    lines = [_state(shown.meeting, association), _agenda(shown), _papers(shown)]
    if shown.sitting is not None:
        lines = [_state(shown.meeting, association), _presence(shown), *([_untold(shown)] if shown.untold else [])]
        lines += ["", course(shown.sitting, association)]
    elif shown.meeting.state is MeetingState.DRAFT:
        lines += [_notice(shown, association), _votes(shown)]
    else:
        lines += [*([_untold(shown)] if shown.untold else []), _deliveries(shown), _replies(shown)]
        lines += [_forecast(shown)] if shown.meeting.state is MeetingState.CONVENED else []
    text = meeting_head(shown.meeting, association) + "\n\n" + "\n".join(lines)
    return Content(text, tuple((button,) for button in _buttons(shown, association)))


def _state(meeting: Meeting, association: Association) -> str:
    moment = {
        MeetingState.CONVENED: meeting.convened_at,
        MeetingState.OPEN: meeting.opened_at,
        MeetingState.CLOSED: meeting.closed_at,
    }.get(meeting.state)
    text = {
        MeetingState.DRAFT: _("Being prepared."),
        MeetingState.CONVENED: _("Convened on {moment}."),
        MeetingState.OPEN: _("Open since {moment}."),
        MeetingState.CLOSED: _("Closed on {moment}."),
        MeetingState.CANCELLED: _("Cancelled."),
    }[meeting.state]
    return text.format(moment=long_date_time(moment, association) if moment else "")


def _agenda(shown: facts.MeetingConsole) -> str:
    if not shown.items:
        return _("Agenda: not filled in yet")
    return ngettext(
        "Agenda: {count} item, {votable} to vote on", "Agenda: {count} items, {votable} to vote on", shown.items
    ).format(count=shown.items, votable=shown.votable)


def _papers(shown: facts.MeetingConsole) -> str:
    if not shown.papers:
        return _("Papers: none yet")
    text = _("Papers: {numbers}").format(numbers=_few(shown.papers))
    if shown.unsent and shown.meeting.state is not MeetingState.DRAFT:
        text += " " + _("(not sent yet: {numbers})").format(numbers=_few(shown.unsent))
    return text


def _untold(shown: facts.MeetingConsole) -> str:
    return ngettext(
        "⚠️ {count} change of the agenda or nomination is not sent yet",
        "⚠️ {count} changes of the agenda or nominations are not sent yet",
        shown.untold,
    ).format(count=shown.untold)


def _few(numbers: tuple[str, ...]) -> str:
    """Write numbers out, or only how many where that would be a long row."""
    if len(numbers) > 20:  # noqa: PLR2004 - about a line and a half on a phone
        return ngettext("{count} paper", "{count} papers", len(numbers)).format(count=len(numbers))
    return enumerated([escape(clip(value, 8)) for value in numbers])


def _notice(shown: facts.MeetingConsole, association: Association) -> str:
    day = long_date(shown.latest_notice, association)
    if shown.notice_passed:
        return _("⚠️ Convening was possible until {day}; now it needs a reason.").format(day=day)
    return _("Convene at the latest on {day}.").format(day=day)


def _deliveries(shown: facts.MeetingConsole) -> str:
    found = shown.deliveries
    return _("Convocation: {delivered} delivered, {waiting} under way, {failed} failed").format(
        delivered=number(found.delivered), waiting=number(found.under_way), failed=number(found.failed)
    )


def _replies(shown: facts.MeetingConsole) -> str:
    counts = Counter(dict(shown.replies))
    return _(
        "Replies: {coming} coming, {remote} remotely, {proxy} by proxy, {absent} unable, {unanswered} without a reply"
    ).format(
        coming=counts[Reply.COMING],
        remote=counts[Reply.REMOTE],
        proxy=counts[Reply.PROXY],
        absent=counts[Reply.ABSENT],
        unanswered=shown.members - counts.total(),
    )


def _votes(shown: facts.MeetingConsole) -> str:
    """Say how many votes there are, while nobody can have replied yet."""
    text = ngettext("The members have {votes} vote.", "The members have {votes} votes together.", shown.votes)
    text = text.format(votes=number(shown.votes))
    if shown.quorum is not None:
        text += " " + _("(quorum: {needed})").format(needed=shown.quorum)
    return text


def _forecast(shown: facts.MeetingConsole) -> str:
    text = _("Expected: {expected} of the {votes} votes").format(expected=shown.votes_expected, votes=shown.votes)
    if shown.quorum is not None:
        text += " " + _("(quorum: {needed})").format(needed=shown.quorum)
    return text


def _presence(shown: facts.MeetingConsole) -> str:
    text = ngettext(
        "Present: {count} person, who carry {carried} of the {votes} votes",
        "Present: {count} people, who carry {carried} of the {votes} votes",
        shown.present,
    ).format(count=shown.present, carried=shown.votes_present, votes=shown.votes)
    if shown.quorum is not None:
        text += " " + _("(quorum: {needed})").format(needed=shown.quorum)
    return text


def _buttons(shown: facts.MeetingConsole, association: Association) -> list[Button]:
    meeting_id, acts = shown.meeting.id, shown.acts
    room = [Button(_("Screen in the room"), presses.ShowRoom(meeting_id).encode())] if association.room_url else []
    prepares = Act.PREPARE_MEETING in acts
    agenda = Button(_("Fill in the agenda"), presses.AskAgenda(meeting_id).encode())
    items = Button(_("Go over the items"), presses.ShowItems(meeting_id, 0).encode())
    papers = Button(_("Add papers"), presses.AskPapers(meeting_id).encode())
    entered = presses.PageEntryMembers(0) if prepares else presses.ShowEntries(meeting_id, 0)
    entering = Button(_("Enter on behalf of a member") if prepares else _("What was entered"), entered.encode())
    here = [Button(_("Go over the papers"), presses.ListPapers(meeting_id, 0).encode())] if shown.papers else []
    rehearse = [Button(_("Dress rehearsal"), presses.ShowRehearsal(meeting_id).encode())] if prepares else []
    erase = rehearse if association.rehearsal else []  # in whatever state the assembly is that is rehearsed
    match shown.meeting.state:
        case MeetingState.DRAFT:
            edit = Button(_("Change title, date or place"), presses.EditMeeting(meeting_id).encode())
            preview = Button(_("See the convocation"), presses.PreviewConvocation(meeting_id).encode(), style="primary")
            filled = [items, papers, *here, preview] if shown.items else [papers, *here]
            rehearsing = rehearse if shown.items else erase
            return [agenda, *filled, edit, *rehearsing] if prepares else []
        case MeetingState.CONVENED:
            who = Button(_("Who has the convocation"), presses.ShowDeliveries(meeting_id).encode())
            members = Button(_("Members and proxies"), presses.ShowMembers(meeting_id).encode())
            change = Button(_("Change date or place"), presses.ChangeMeeting(meeting_id).encode())
            cancel = Button(_("Cancel the assembly"), presses.CancelMeeting(meeting_id).encode(), style="danger")
            late = Button(_("Send the late papers"), presses.SendLatePapers(meeting_id).encode(), style="primary")
            sending = [late] if shown.unsent or shown.untold else []
            cards = Button(_("Print the voting cards"), presses.PrintCards(meeting_id).encode())
            rows = [who, papers, *here, *sending, items, cards] if prepares else []
            return [
                members,
                entering,
                *rows,
                *room,
                Button(_("Open the assembly"), presses.OpenMeeting(meeting_id).encode(), style="success"),
                *rehearse,
                *([change, cancel] if prepares else []),
            ]
        case MeetingState.OPEN:
            return [
                *(course_buttons(shown.meeting, shown.sitting) if shown.sitting else []),
                Button(_("Attendance list"), presses.ShowAttendance(meeting_id).encode()),
                Button(_("Members and proxies"), presses.ShowMembers(meeting_id).encode()),
                entering,
                *(_entered(shown) if prepares else []),
                Button(_("Decision list"), presses.ShowDecisions(meeting_id).encode()),
                Button(_("Speakers"), presses.ShowFloor(meeting_id).encode()),
                *room,
                *erase,
                Button(_("Close the assembly"), presses.CloseMeeting(meeting_id).encode(), style="danger"),
            ]
        case MeetingState.CANCELLED:
            return [*erase, *_create_row()] if prepares else []
        case _:
            after = [
                Button(_("Attendance list"), presses.ShowAttendance(meeting_id).encode()),
                Button(_("Decision list"), presses.ShowDecisions(meeting_id).encode()),
            ]
            if not prepares:
                return after
            second = Button(_("Convene a second assembly"), presses.PrepareSecond(meeting_id).encode(), style="primary")
            return [*after, *erase, *([second] if shown.second else []), *_create_row()]


def _entered(shown: facts.MeetingConsole) -> list[Button]:
    """Return the buttons by which ballots are entered that were not cast here: in a secret vote only without names."""
    motion, meeting_id = shown.sitting.motion if shown.sitting else None, shown.meeting.id
    if (
        motion is not None
        and motion.form is BallotForm.SECRET
        and motion.state in {MotionState.OPEN, MotionState.SUSPENDED}
    ):
        return [Button(_("Enter ballot slips"), presses.OpenSlips(motion.id).encode())]
    return [
        Button(_("Hands in the room"), presses.OpenSheet(meeting_id, SheetSource.HANDS).encode()),
        Button(_("Enter voting cards"), presses.OpenSheet(meeting_id, SheetSource.CARDS).encode()),
    ]


def _create_row() -> tuple[Button, ...]:
    return (Button(_("Prepare an assembly"), presses.CreateMeeting().encode(), style="primary"),)
