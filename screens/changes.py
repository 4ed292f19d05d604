"""A convocation that changes or is cancelled: asked of the secretariat, shown before it goes, and told to everybody."""

from datetime import date

from assembly.association import Association
from assembly.facts import changes as facts
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.convening import receipt_rows, reply_rows
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape, long_date, long_date_time, number

TITLE = 200


@screen(facts.NewMomentExpected)
def new_moment(shown: facts.NewMomentExpected, association: Association) -> Content:
    """Ask for the new date and time."""
    text = _(
        "{title} begins on {moment}. Send the new date and time, for example 13-02-2019 18:00. "
        "You first see what everybody would be told."
    ).format(title=_title(shown.meeting.title), moment=long_date_time(shown.meeting.starts_at, association))
    return Content(text, (_keep(shown.meeting.id, _("The date stays")), cancel_row()))


@screen(facts.NewPlaceExpected)
def new_place(shown: facts.NewPlaceExpected, association: Association) -> Content:
    """Ask for the new place."""
    lines = []
    if shown.starts_at is not None:
        lines.append(_("The new date: {moment}.").format(moment=long_date_time(shown.starts_at, association)))
    place = " ".join(part for part in (shown.meeting.place, shown.meeting.stream) if part)
    lines.append(
        _(
            "Now the place is: {place}. Send the new place; a link for who takes part remotely may stand with it."
        ).format(place=escape(clip(place, 600)) or "–")
    )
    return Content("\n".join(lines), (_keep(shown.meeting.id, _("The place stays")), cancel_row()))


@screen(facts.ChangeReasonExpected)
def reason_expected(shown: facts.ChangeReasonExpected, association: Association) -> Content:
    """Ask why; it is told to everybody."""
    if shown.cancels:
        text = _("Why is {title} cancelled? Send the reason; everybody reads it, and it stands in the record.")
    else:
        text = _("Why does {title} change? Send the reason; everybody reads it, and it stands in the record.")
    lines = [text.format(title=_title(shown.meeting.title))]
    if shown.latest is not None:
        lines.append(_late(shown.latest, association))
    return Content("\n".join(lines), (cancel_row(),))


@screen(facts.ConvocationChanged)
def changed(shown: facts.ConvocationChanged, association: Association) -> Content:
    """Tell what changed, from what to what, and why."""
    meeting = shown.meeting
    lines = [
        _("<b>Change of the convocation</b>"),
        _("{association} changes the convocation for:").format(association=escape(association.name)),
        "",
        f"<b>{escape(meeting.title)}</b>",
    ]
    moved = meeting.starts_at != shown.starts_at
    moment = long_date_time(meeting.starts_at, association)
    if moved:
        lines.append(
            _("New date: {moment} (was: {before})").format(
                moment=f"<b>{moment}</b>", before=long_date_time(shown.starts_at, association)
            )
        )
    else:
        lines.append(moment)
    if meeting.place != shown.place:
        lines.append(
            _("New place: {place} (was: {before})").format(
                place=f"<b>{escape(meeting.place) or '–'}</b>", before=escape(shown.place) or "–"
            )
        )
    elif meeting.place:
        lines.append(escape(meeting.place))
    if meeting.stream:
        link = escape(meeting.stream)
        lines.append(
            _("Remotely: {link}").format(link=link)
            if meeting.stream == shown.stream
            else _("Remotely, new link: {link}").format(link=link)
        )
    lines += ["", _("Reason: {reason}").format(reason=escape(shown.reason)), _("The agenda stays the same.")]
    if not shown.replies:
        return Content("\n".join(lines), receipt_rows(meeting.id, shown.round))
    lines.append(
        _("Replies to the earlier date do not count any more. Do you come on the new date?")
        if moved
        else _("Your reply still counts. You can change it until the assembly opens.")
    )
    return Content(
        "\n".join(lines), (*reply_rows(meeting.id, None, association), *receipt_rows(meeting.id, shown.round))
    )


@screen(facts.ConvocationCancelled)
def cancelled(shown: facts.ConvocationCancelled, association: Association) -> Content:
    """Tell that the assembly is not held, and why."""
    lines = [
        _("<b>The assembly is cancelled</b>"),
        _("{title} of {moment} is not held.").format(
            title=_title(shown.meeting.title), moment=long_date_time(shown.meeting.starts_at, association)
        ),
        _("Reason: {reason}").format(reason=escape(shown.reason)),
    ]
    if shown.lapsed:
        lines.append(_("The proxies for it in which you had a part have lapsed."))
    return Content("\n".join(lines), receipt_rows(shown.meeting.id, shown.round))


@screen(facts.ChangePreview)
def preview(shown: facts.ChangePreview, association: Association) -> Content:
    """Show to how many it would go."""
    lines = [
        _("This is what everybody will read. It goes to {people} of {members}.").format(
            people=ngettext("{count} person", "{count} people", shown.people).format(count=number(shown.people)),
            members=ngettext("{count} member", "{count} members", shown.members).format(count=number(shown.members)),
        ),
        _("A calendar file goes with it, which changes the assembly in people's calendars."),
    ]
    if shown.groups:
        lines.append(
            ngettext(
                "{count} group or channel gets it too.", "{count} groups or channels get it too.", shown.groups
            ).format(count=shown.groups)
        )
    if shown.letters:
        lines.append(_letters(shown.letters))
    if shown.latest is not None:
        lines.append(_late(shown.latest, association))
    label = _("Cancel the assembly and tell everybody") if shown.cancels else _("Send the change")
    style = "danger" if shown.cancels else "success"
    send = Button(label, presses.SendChange(shown.meeting_id).encode(), style=style)
    return Content("\n".join(lines), ((send,), cancel_row()))


@screen(facts.ChangeSent)
def sent(shown: facts.ChangeSent, _association: Association) -> Content:
    """Confirm that it is on its way."""
    whom = ngettext("{count} person", "{count} people", shown.people).format(count=number(shown.people))
    text = (
        _("✅ The assembly is cancelled. That is on its way to {people}.")
        if shown.cancels
        else _("✅ The change is on its way to {people}.")
    )
    lines = [text.format(people=whom)]
    rows = [(Button(_("Proof of convocation"), presses.MakeProof(shown.meeting_id).encode()),)]
    if shown.letters:
        lines.append(_letters(shown.letters))
        rows.insert(0, (Button(_("Letters"), presses.ShowByLetter(shown.meeting_id, 0).encode(), style="primary"),))
    return Content("\n".join(lines), tuple(rows))


@screen(facts.SecondMomentExpected)
def second_moment(shown: facts.SecondMomentExpected, association: Association) -> Content:
    """Ask when the second assembly is held."""
    text = _(
        "The quorum of {title} was missing on {day}. When is the second assembly? Write date and time, for example "
        "13-02-2019 18:00. It needs {days} full days of notice; agenda and papers stay the same."
    ).format(
        title=_title(shown.first.title), day=long_date(shown.first.starts_at, association), days=number(shown.days)
    )
    return Content(text, (cancel_row(),))


@screen(facts.DepositReasonExpected)
def deposit_reason(shown: facts.DepositReasonExpected, association: Association) -> Content:
    """Ask why the text of an amendment comes late."""
    text = _(
        "⚠️ The text of an amendment of the statutes had to lie open to the members from {day}. Nothing was sent yet. "
        "Why does it come later? Send the reason; it stands in the record."
    ).format(day=long_date(shown.last, association))
    return Content(text, (cancel_row(),))


@screen(facts.DepositReasonNoted)
def deposit_noted(shown: facts.DepositReasonNoted, _association: Association) -> Content:
    """Offer to send the papers after all."""
    send = Button(_("Send the late papers"), presses.SendLatePapers(shown.meeting_id).encode(), style="primary")
    return Content(_("The reason stands in the record. The papers can be sent now."), ((send,), cancel_row()))


def _letters(count: int) -> str:
    return ngettext(
        "{count} member has to be told by letter: you can make it afterwards.",
        "{count} members have to be told by letter: you can make those afterwards.",
        count,
    ).format(count=number(count))


def _late(latest: date, association: Association) -> str:
    return _("⚠️ The last day to convene for that day was {day}. The reason stands in the record.").format(
        day=long_date(latest, association)
    )


def _title(title: str) -> str:
    return f"<b>{escape(clip(title, TITLE))}</b>"


def _keep(meeting_id: int, label: str) -> tuple[Button, ...]:
    return (Button(label, presses.KeepAsItIs(meeting_id).encode()),)
