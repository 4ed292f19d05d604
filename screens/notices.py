"""Notices: written, shown as their readers see them, and sent."""

from datetime import datetime

from assembly.association import Association
from assembly.facts import notices as facts
from assembly.formatting import Entity, Formatted, harmless, joined
from assembly.notices import ALBUM, TEXT_ROOM, NoticeFile, NoticeState
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Album, Button, Content, Erasure, StoredDocument, StoredPicture
from screens.lists import label, names
from screens.meetings import cancel_row
from screens.notice_audience import in_words
from screens.paging import leafing
from screens.registry import Drawn, screen
from screens.texts import clip, escape, long_date_time, number

HEADING = 80
"""UTF-16 units of the association's name above a notice."""


@screen(facts.NoticeExpected)
def expected(shown: facts.NoticeExpected, _association: Association) -> Content:
    """Ask for the notice."""
    text = _(
        "Send the notice, with formatting if you like. Documents, photos and albums can go along: "
        "send all that belongs to it, one after the other. "
        "You then choose the audience, and see everything before it is sent."
    )
    rows = [(Button(_("Commissions"), presses.ShowCommissions().encode()),), cancel_row()]
    if shown.past:
        rows.insert(0, (Button(_("Earlier notices"), presses.PageNotices(0).encode()),))
    return Content(text, tuple(rows))


@screen(facts.NoticeDraft)
def draft(shown: facts.NoticeDraft, _association: Association) -> Content:
    """Tell what the notice holds so far."""
    lines = [_("<b>This is your notice so far</b>")]
    lines += [
        ngettext("• text of {count} character", "• text of {count} characters", length).format(count=number(length))
        for length in shown.lengths
    ]
    if shown.files:
        count = ngettext("{count} file", "{count} files", len(shown.files)).format(count=len(shown.files))
        named = [clip(name, 60) or _("photo") for name in shown.files]
        lines.append(f"• {count}: {names(named, 1200)}")
    if not shown.lengths:
        lines.append(_("There are no words with it yet. Send a text as well."))
    elif shown.messages > 1:
        lines.append(
            ngettext("It is sent in {count} message.", "It is sent in {count} messages.", shown.messages).format(
                count=shown.messages
            )
        )
    if max(shown.lengths, default=0) > TEXT_ROOM:
        lines.append(_("A text is too long for one message. It is cut between paragraphs, lines or words."))
    lines += ["", _("Send what else belongs to it, or go on.")]
    rows = [(Button(_("Start anew"), presses.StartNotice().encode()),), cancel_row()]
    if shown.lengths:
        choose = Button(_("Choose the audience"), presses.ShowAudience(shown.notice_id).encode(), style="primary")
        rows.insert(0, (choose,))
    return Content("\n".join(lines), tuple(rows))


@screen(facts.NoticeMessage)
def notice(shown: facts.NoticeMessage, association: Association) -> Drawn:
    """Show one message of a notice as it is sent: its formatting exactly as it was given."""
    if len(shown.files) > 1:
        return Album(tuple(_stored(file) for file in shown.files[:ALBUM]))
    text = harmless(shown.text)
    if shown.first:
        head = _("Notice of {association}").format(association=clip(association.name, HEADING))
        bold = Formatted(head)
        text = joined(Formatted(head, (Entity("bold", 0, bold.length),)), Formatted("\n\n"), text)
    document = _stored(shown.files[0]) if shown.files else None
    return Content(text.text, _receipt_row(shown), document, entities=text.entities)


def _stored(file: NoticeFile) -> StoredDocument | StoredPicture:
    return StoredPicture(file.telegram_file_id) if file.picture else StoredDocument(file.telegram_file_id)


def _receipt_row(shown: facts.NoticeMessage) -> tuple[tuple[Button, ...], ...]:
    if shown.receipt is facts.Receipt.NONE:
        return ()
    given = shown.receipt is facts.Receipt.GIVEN
    words = _("✓ Receipt confirmed") if given else _("Confirm receipt")
    style = None if given else "primary"
    return ((Button(words, presses.ConfirmNotice(shown.notice_id).encode(), style=style),),)


def confirmed() -> str:
    """Say that the reader's confirmation was noted; fits the answer to a press."""
    return _("Thank you. It is noted that you received this notice.")


@screen(facts.NoticePreview)
def preview(shown: facts.NoticePreview, association: Association) -> Content:
    """Show to how many the notice goes and how, before it is sent."""
    goes = ngettext("{count} person", "{count} people", shown.people).format(count=number(shown.people))
    if shown.groups:
        goes += " " + ngettext("and {count} group or channel", "and {count} groups or channels", shown.groups).format(
            count=shown.groups
        )
    lines = [
        _("This is the notice. Audience: {audience}.").format(audience=in_words(shown.aim)),
        _("That makes {goes}.").format(goes=goes),
    ]
    if shown.at is not None:
        lines.append(_("To be sent: {moment}.").format(moment=long_date_time(shown.at, association)))
        lines.append(_("Who receives it is worked out at that moment."))
    if shown.silent:
        lines.append(_("It arrives without a sound."))
    if shown.asks_receipt:
        lines.append(_("Its readers are asked to confirm that they received it."))
    if shown.quiet_until is not None:
        lines.append(
            _("⚠️ It would arrive in quiet hours, which last until {moment}.").format(
                moment=long_date_time(shown.quiet_until, association)
            )
        )
    return Content("\n".join(lines), tuple((button,) for button in _choices(shown, association)))


def _choices(shown: facts.NoticePreview, association: Association) -> list[Button]:
    notice_id, quiet = shown.notice_id, shown.quiet_until
    any_hour = int(quiet is not None)
    buttons = []
    if quiet is not None:
        words = _("Send on {moment}").format(moment=long_date_time(quiet, association))
        buttons.append(Button(words, _plan(notice_id, quiet, 0), style="success"))
    if shown.at is None:
        words = _("Send now all the same") if any_hour else _("Send now")
        buttons.append(Button(words, presses.SendNotice(notice_id, any_hour).encode(), style=_style(any_hour)))
        buttons.append(Button(_("Send at another time"), presses.AskNoticeMoment(notice_id).encode()))
    else:
        words = _("Plan all the same") if any_hour else _("Plan like this")
        buttons.append(Button(words, _plan(notice_id, shown.at, any_hour), style=_style(any_hour)))
        buttons.append(Button(_("Change the time"), presses.AskNoticeMoment(notice_id).encode()))
        buttons.append(Button(_("Send at once instead"), presses.ForgetNoticeMoment(notice_id).encode()))
    silent = _("✓ Without a sound") if shown.silent else _("Without a sound")
    receipt = _("✓ Ask to confirm receipt") if shown.asks_receipt else _("Ask to confirm receipt")
    return [
        *buttons,
        Button(silent, presses.ToggleSilent(notice_id).encode()),
        Button(receipt, presses.ToggleReceipt(notice_id).encode()),
        Button(_("Change the audience"), presses.ShowAudience(notice_id).encode()),
        *cancel_row(),
    ]


def _style(any_hour: int) -> str:
    return "danger" if any_hour else "success"


def _plan(notice_id: int, moment: datetime, any_hour: int) -> str:
    return presses.PlanNotice(notice_id, int(moment.timestamp()) // 60, any_hour).encode()


@screen(facts.NoticeMomentExpected)
def moment_expected(_facts: facts.NoticeMomentExpected, _association: Association) -> Content:
    """Ask when the notice is to be sent."""
    return Content(
        _("When is the notice to be sent? Write date and time, for example 13-02-2019 09:00."), (cancel_row(),)
    )


@screen(facts.CorrectionExpected)
def correction_expected(_facts: facts.CorrectionExpected, _association: Association) -> Content:
    """Ask for the words that take the place of those that were sent."""
    return Content(
        _(
            "Send the whole text as it should have been. It takes the place of the earlier one; "
            "files stay as they are. You first see how it becomes."
        ),
        (cancel_row(),),
    )


@screen(facts.CorrectionPreview)
def correction(shown: facts.CorrectionPreview, _association: Association) -> Content:
    """Ask whether the words are to be replaced."""
    text = ngettext(
        "This is how it becomes. The notice is changed in {count} chat, without a new message.",
        "This is how it becomes. The notice is changed in {count} chats, without a new message.",
        shown.chats,
    ).format(count=number(shown.chats))
    apply = Button(_("Correct it"), presses.CorrectNotice(shown.notice_id).encode(), style="success")
    return Content(text, ((apply,), cancel_row()))


@screen(facts.WithdrawalQuestion)
def withdrawal(shown: facts.WithdrawalQuestion, _association: Association) -> Content:
    """Ask whether the notice is to be deleted."""
    lines = [
        ngettext(
            "The notice is deleted in {count} chat, and is not sent any further.",
            "The notice is deleted in {count} chats, and is not sent any further.",
            shown.chats,
        ).format(count=number(shown.chats)),
        _("Who has read it already knows what it says."),
    ]
    if shown.late:
        lines.append(
            ngettext(
                "In {count} chat it stands for more than 48 hours; there Telegram does not delete it any more.",
                "In {count} chats it stands for more than 48 hours; there Telegram does not delete it any more.",
                shown.late,
            ).format(count=number(shown.late))
        )
    withdraw = Button(_("Withdraw the notice"), presses.WithdrawNotice(shown.notice_id).encode(), style="danger")
    keep = Button(_("Leave it"), presses.ShowNotice(shown.notice_id).encode())
    return Content("\n".join(lines), ((withdraw,), (keep,)))


@screen(facts.NoticeWithdrawn)
def withdrawn(_facts: facts.NoticeWithdrawn, _association: Association) -> Erasure:
    """Take the message out of the chat that the row is about; where that is not possible any more, it is told."""
    return Erasure(None)


@screen(facts.PastNotices)
def past(shown: facts.PastNotices, association: Association) -> Content:
    """List the notices of before, and those that are planned."""
    lines, rows = [_("<b>Earlier and planned notices</b>")], []
    for each in shown.notices:
        mark = {NoticeState.PLANNED: "🕗 ", NoticeState.WITHDRAWN: "🗑 "}.get(each.state, "")
        lines.append(f"{mark}{long_date_time(each.at, association)}: {escape(clip(each.opening, 80))}")
        rows.append((Button(mark + label(each.opening, 50), presses.ShowNotice(each.id).encode()),))
    if not shown.notices:
        lines.append(_("There are none yet."))
    return Content("\n".join(lines), (*rows, *leafing(shown.page, shown.pages, presses.PageNotices)))
