"""Members that are convened by letter, consent to being convened here, and the proof of convocation."""

from assembly.association import Association
from assembly.convocation import Means
from assembly.facts import dispatches as facts
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import label
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape, long_date, long_date_time, member, number
from screens.words import means_name

NAME = 80


@screen(facts.LettersPage)
def letters_page(shown: facts.LettersPage, association: Association) -> Content:
    """Show the members that get letters, each with a button, and what can be done for all of them."""
    lines = [_("<b>By letter: {title}</b>").format(title=escape(clip(shown.title, 200)))]
    if not shown.members:
        lines.append(_("Every member agrees to be convened here and can be reached. No letter is needed."))
        return Content("\n".join(lines), (_back(shown.meeting_id),))
    lines.append(
        ngettext(
            "{count} member is convened by letter: it has not agreed to be convened here, or nobody can be reached.",
            "{count} members are convened by letter: they have not agreed to be convened here, "
            "or nobody can be reached.",
            shown.members,
        ).format(count=number(shown.members))
    )
    lines += ["", *(_line(standing, association) for standing in shown.shown)]
    rows: list[tuple[Button, ...]] = [
        (Button(label(one.member), presses.ShowDispatch(shown.meeting_id, one.member_id).encode()),)
        for one in shown.shown
    ]
    turning = []
    if shown.page:
        turning.append(Button(_("Previous"), presses.ShowByLetter(shown.meeting_id, shown.page - 1).encode()))
    if shown.page + 1 < shown.pages:
        turning.append(Button(_("Next"), presses.ShowByLetter(shown.meeting_id, shown.page + 1).encode()))
    if turning:
        rows.append(tuple(turning))
    rows.append((Button(_("Make the letters"), presses.MakeConvocationLetters(shown.meeting_id).encode()),))
    if shown.open:
        lines += [
            "",
            _("How were the letters sent? This records it for all that are still open ({count}).").format(
                count=number(shown.open)
            ),
        ]
        rows += _means_rows(shown.meeting_id, 0)
    return Content("\n".join(lines), (*rows, _back(shown.meeting_id)))


def _line(standing: facts.LetterStanding, association: Association) -> str:
    return f"• {member(clip(standing.member, NAME), association)}: {_standing(standing, association)}"


def _standing(standing: facts.LetterStanding, association: Association) -> str:
    if standing.means is None or standing.sent_on is None:
        return _("not recorded yet")
    return _("{means}, {day}").format(means=means_name(standing.means), day=long_date(standing.sent_on, association))


def _means_rows(meeting_id: int, member_id: int) -> list[tuple[Button, ...]]:
    buttons = [
        Button(means_name(means).capitalize(), presses.AskSentOn(meeting_id, member_id, means).encode())
        for means in Means
    ]
    return [tuple(buttons[:2]), tuple(buttons[2:])]


def _back(meeting_id: int) -> tuple[Button, ...]:
    return (Button(_("Who has the convocation"), presses.ShowDeliveries(meeting_id).encode()),)


@screen(facts.DispatchCard)
def card(shown: facts.DispatchCard, association: Association) -> Content:
    """Show one member with what was recorded, and the buttons that record something."""
    standing = shown.standing
    lines = [
        f"<b>{member(clip(standing.member, NAME), association)}</b>",
        _("Letter: {standing}").format(standing=_standing(standing, association)),
    ]
    if shown.recorded_at is not None:
        lines.append(_("Recorded on {moment}.").format(moment=long_date_time(shown.recorded_at, association)))
    if standing.consented:
        lines.append(_("It agrees to be convened electronically (BW 2:41(5))."))
        consent = Button(_("It does not agree any more"), _consent(shown, 0), style="danger")
    else:
        lines.append(_("It has not agreed to be convened electronically (BW 2:41(5))."))
        consent = Button(_("Record that it agrees"), _consent(shown, 1))
    rows = [*_means_rows(shown.meeting_id, standing.member_id), (consent,)]
    back = (Button(_("All letters"), presses.ShowByLetter(shown.meeting_id, 0).encode()),)
    return Content("\n".join(lines), (*rows, back))


def _consent(shown: facts.DispatchCard, electronic: int) -> str:
    return presses.RecordConsent(shown.meeting_id, shown.standing.member_id, electronic).encode()


@screen(facts.SentOnExpected)
def sent_on_expected(shown: facts.SentOnExpected, association: Association) -> Content:
    """Ask on which day it was sent."""
    whom = member(clip(shown.member, NAME), association) if shown.member else _("all members that are still open")
    text = _("To {whom}, {means}: on which day? Send the day, for example 14-01-2019.").format(
        whom=whom, means=means_name(shown.means)
    )
    today = Button(_("Today"), presses.SentToday(shown.meeting_id, shown.member_id, shown.means).encode())
    return Content(text, ((today,), cancel_row()))


@screen(facts.SentReasonExpected)
def sent_reason_expected(shown: facts.SentReasonExpected, association: Association) -> Content:
    """Ask why it was sent late."""
    text = _(
        "The last day to convene was {latest}, and this was sent on {day}. Why? Send the reason; it stands in the "
        "record."
    ).format(latest=long_date(shown.latest, association), day=long_date(shown.sent_on, association))
    return Content(text, (cancel_row(),))


@screen(facts.DispatchesRecorded)
def recorded(shown: facts.DispatchesRecorded, association: Association) -> Content:
    """Confirm what was recorded."""
    text = ngettext(
        "✅ Recorded for {count} member: {means}, {day}.",
        "✅ Recorded for {count} members: {means}, {day}.",
        shown.members,
    ).format(count=number(shown.members), means=means_name(shown.means), day=long_date(shown.sent_on, association))
    return Content(text, ((Button(_("All letters"), presses.ShowByLetter(shown.meeting_id, 0).encode()),),))


def consent_noted(given: facts.ConsentGiven, association: Association) -> str:
    """Say in the answer to a press that consent was noted; plain text of at most 200 characters."""
    if len(given.members) == 1:
        whom = association.member_article + clip(given.members[0], 60)
    else:
        whom = ngettext("{count} member", "{count} members", len(given.members)).format(count=len(given.members))
    return _("Noted: {whom} is convened here from now on, without a letter.").format(whom=whom)


@screen(facts.ConvocationLetters)
def letters(shown: facts.ConvocationLetters, _association: Association) -> Content:
    """Say what the file with letters holds."""
    count = len(shown.letters)
    text = ngettext(
        "{count} letter, for a window envelope (C5/6), with a fold mark. Print the papers and put them in.",
        "{count} letters, for window envelopes (C5/6), with a fold mark. Print the papers and put them in.",
        count,
    ).format(count=number(count))
    return Content(text, ((Button(_("Record the sending"), presses.ShowByLetter(shown.meeting.id, 0).encode()),),))


@screen(facts.ConvocationProof)
def proof(shown: facts.ConvocationProof, association: Association) -> Content:
    """Say what the proof holds, and which members it does not account for."""
    missing = [one for one in shown.members if not one.proved]
    lines = [
        _("Proof of convocation as it stood on {moment}.").format(moment=long_date_time(shown.at, association)),
        ngettext("{count} member", "{count} members", len(shown.members)).format(count=number(len(shown.members)))
        + ".",
    ]
    if missing:
        lines.append(
            ngettext(
                "⚠️ Of {count} member nothing shows that it was convened. It is marked in the file.",
                "⚠️ Of {count} members nothing shows that they were convened. They are marked in the file.",
                len(missing),
            ).format(count=number(len(missing)))
        )
    return Content("\n".join(lines))
