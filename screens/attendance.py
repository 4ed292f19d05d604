"""Opening and closing the assembly, checking in, and the attendance list."""

from assembly.association import Association
from assembly.facts import attendance as facts
from assembly.floor import Round
from assembly.meetings import Mode
from assembly.proxies import ProxyKind
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.floor import ask_buttons
from screens.lists import fitting, fitting_parts
from screens.marks import marked
from screens.presses import CheckIn, CheckOut
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, member, time

NAME_LIMIT = 80


def _check_in_buttons(meeting_id: int, *modes: Mode) -> tuple[tuple[Button, ...], ...]:
    labels = {Mode.ROOM: _("I am present in the room"), Mode.REMOTE: _("I take part remotely")}
    return tuple((Button(labels[mode], CheckIn(meeting_id, mode).encode(), style="primary"),) for mode in modes)


@screen(facts.CheckInAsked)
def check_in(shown: facts.CheckInAsked, _association: Association) -> Content:
    """Ask whether somebody is there."""
    text = _("<b>{title}</b> is open.\n\nAre you there? Check in. Votes count only of who is checked in.")
    return Content(text.format(title=escape(shown.title)), _check_in_buttons(shown.meeting_id, *Mode))


@screen(facts.CheckedIn)
def checked_in(shown: facts.CheckedIn, association: Association) -> Content:
    """Confirm how somebody takes part, and whose votes it casts."""
    here = {
        Mode.ROOM: _("✅ You are present at <b>{title}</b>."),
        Mode.REMOTE: _("✅ You take part in <b>{title}</b> remotely."),
    }[shown.mode]
    parts = [here.format(title=escape(shown.title))]
    if shown.seats:
        lines = [_seat(seat, association) for seat in shown.seats]
        parts.append(_("You cast the vote of:") + "\n" + fitting(lines, 3000))
    if shown.waits:
        parts.append(_("A vote is open already. You take part from the next vote on."))
    other = Mode.REMOTE if shown.mode is Mode.ROOM else Mode.ROOM
    leave = (Button(_("I leave"), CheckOut(shown.meeting_id).encode()),)
    floor = ask_buttons(shown.meeting_id, *Round)
    return Content("\n\n".join(parts), (*floor, *_check_in_buttons(shown.meeting_id, other), leave))


def _seat(seat: facts.SeatCarried, association: Association) -> str:
    name = member(clip(seat.member, NAME_LIMIT), association)
    return "• " + (_("{member} (proxy)").format(member=name) if seat.by_proxy else name)


@screen(facts.CheckedOut)
def checked_out(shown: facts.CheckedOut, _association: Association) -> Content:
    """Confirm that somebody left."""
    text = _("You have left <b>{title}</b>.").format(title=escape(shown.title))
    if shown.has_ballot:
        text += "\n\n" + _("You can still vote with the ballot of the vote that is open.")
    return Content(text, _check_in_buttons(shown.meeting_id, *Mode))


@screen(facts.MeetingOpened)
def opened(shown: facts.MeetingOpened, association: Association) -> Content:
    """Tell a group that the assembly is open."""
    text = _("<b>{title}</b> was opened at {time}. Members check in with the message that they received.")
    return Content(text.format(title=escape(shown.title), time=time(shown.at, association)))


@screen(facts.MeetingClosed)
def closed(shown: facts.MeetingClosed, association: Association) -> Content:
    """Tell that the assembly is closed, with the reader's proxies that lapsed."""
    text = _("<b>{title}</b> was closed at {time}.").format(title=escape(shown.title), time=time(shown.at, association))
    if not shown.lapsed:
        return Content(text)
    lines = [
        "• "
        + _("of {member} to {holder}").format(
            member=member(clip(proxy.member, NAME_LIMIT), association), holder=escape(clip(proxy.holder, NAME_LIMIT))
        )
        for proxy in shown.lapsed
    ]
    heading = ngettext("This proxy has lapsed:", "These proxies have lapsed:", len(lines))
    return Content(f"{text}\n\n{heading}\n{fitting(lines, 3000)}")


@screen(facts.AttendanceList)
def attendance(shown: facts.AttendanceList, association: Association) -> Content:
    """Show the attendance list: present, represented, absent, guests, and what that means for the quorum."""
    head = [
        _("<b>Attendance list</b>"),
        escape(shown.title),
        long_date_time(shown.starts_at, association),
        _("As it stands at {time}").format(time=time(shown.at, association)),
        "",
        ngettext(
            "Present or represented: {present} of the {total} vote.",
            "Present or represented: {present} of the {total} votes.",
            shown.total,
        ).format(present=shown.votes, total=shown.total),
    ]
    if shown.needed is not None:
        reached = _("The quorum is reached: {needed} votes are needed.")
        missing = _("The quorum is not reached: {needed} votes are needed.")
        head.append((reached if shown.votes >= shown.needed else missing).format(needed=shown.needed))
    parts = [
        (_("Present ({count})"), [_present(seat, association) for seat in shown.present]),
        (_("Represented by proxy ({count})"), [_represented(seat) for seat in shown.represented]),
        (_("Absent ({count})"), [_absent(seat) for seat in shown.absent]),
        (_("Guests ({count})"), [_guest(guest) for guest in shown.guests]),
        (_("Suspended, without a vote ({count})"), [_short(name) for name in shown.suspended]),
    ]
    shown_parts = [(f"<b>{title.format(count=len(lines))}</b>", lines) for title, lines in parts if lines]
    return Content("\n".join(head) + "\n\n" + fitting_parts(shown_parts))


def _short(name: str) -> str:
    return escape(clip(name, NAME_LIMIT))


def _present(seat: facts.PresentSeat, association: Association) -> str:
    line = marked(f"{_short(seat.member)}: {_short(seat.person)}", seat.entered)
    if seat.left_at is not None:
        return line + " " + _("(left at {time})").format(time=time(seat.left_at, association))
    return line + " " + _("(remotely)") if seat.mode is Mode.REMOTE else line


def _represented(seat: facts.RepresentedSeat) -> str:
    how = {
        ProxyKind.COLLEAGUE: _("own colleague"),
        ProxyKind.OTHER_MEMBER: _short(seat.holder_member),
        ProxyKind.STANDING: _("standing proxy to {holder}").format(holder=_short(seat.holder_member or seat.holder)),
    }.get(seat.kind, _("from outside"))
    return marked(f"{_short(seat.member)}: {_short(seat.holder)} ({how})", seat.entered)


def _absent(seat: facts.AbsentSeat) -> str:
    name = _short(seat.member)
    if seat.holder is not None:
        return _("{member} (proxy to {holder}, who is absent)").format(member=name, holder=_short(seat.holder))
    return (_("{member} (with notice)") if seat.notice else _("{member} (without notice)")).format(member=name)


def _guest(guest: facts.Guest) -> str:
    line = _short(guest.name)
    if guest.function and guest.function.casefold() != guest.name.casefold():
        line += f", {_short(guest.function)}"
    return line + " " + _("(remotely)") if guest.mode is Mode.REMOTE else line
