"""The convocation: as it is sent, its preview, the replies, and who has it."""

from assembly.advance import first_day
from assembly.association import Association
from assembly.facts import convening as facts
from assembly.meetings import Reply
from assembly.papers import SetForm
from assembly.wording import utf16_length
from screens import presses
from screens.agenda import named_papers, titled, unnamed
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.deliveries import doubted, failed
from screens.lists import enumerated, fitting, names
from screens.marks import marked
from screens.meetings import cancel_row, meeting_head
from screens.paper_sets import set_row
from screens.registry import screen
from screens.texts import clip, escape, long_date, long_date_time, member, number
from screens.words import costs, reply_words

AGENDA = 2200
"""Visible UTF-16 units for the agenda, so that with a place, a link and a reason at their limits all fits in 4,096."""

LINE = 160

NAMES = 2400
"""UTF-16 units for all names in the overview together."""


def reply_name(reply: Reply) -> str:
    """Return what a reply says, as on its button."""
    return {
        Reply.COMING: _("I am coming"),
        Reply.REMOTE: _("I take part remotely"),
        Reply.PROXY: _("Grant a proxy"),
        Reply.ABSENT: _("I am unable to come"),
    }[reply]


def reply_rows(meeting_id: int, standing: Reply | None, association: Association) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons with which a member replies; what stands is marked."""
    return tuple(
        (
            Button(
                ("✓ " if reply is standing else "") + reply_name(reply),
                presses.GiveReply(meeting_id, reply).encode(),
            ),
        )
        for reply in Reply
        if reply is not Reply.PROXY or association.statutes.knows_proxies
    )


def _agenda(lines: tuple[facts.AgendaLine, ...], association: Association) -> str:
    shown = []
    for line in lines:
        text = titled(line.number, clip(line.title, LINE), withdrawn=line.withdrawn)
        if line.changed and not line.withdrawn:
            text += " " + _("(changed)")
        papers = unnamed(line.title, line.papers)
        if papers:
            text += f" <i>({named_papers(papers)})</i>"
        shown.append("\n".join([text, *(f"    {escape(cost)}" for cost in costs(line, association))]))
    return fitting(shown, AGENDA)


def _following(papers: int) -> str:
    return ngettext("{count} paper follows below.", "{count} papers follow below.", papers).format(count=papers)


@screen(facts.Invitation)
def invitation(shown: facts.Invitation, association: Association) -> Content:
    """Convene: what, when, where, the agenda, and how to reply."""
    lines = [
        _("<b>Convocation</b>") if shown.first is None else _("<b>Second convocation</b>"),
        _("{association} convenes you to:").format(association=escape(association.name)),
        "",
        meeting_head(shown.meeting, association),
        "",
        _("<b>Agenda</b>"),
        _agenda(shown.agenda, association),
        "",
    ]
    if shown.first is not None:
        lines.append(
            _("The quorum was missing on {day}. This assembly decides whatever the number of votes present.").format(
                day=long_date(shown.first, association)
            )
        )
    if shown.papers:
        lines.append(_following(shown.papers))
    if association.statutes.electronic_voting_article:
        lines.append(
            _("Votes are cast electronically ({article} of the statutes).").format(
                article=escape(clip(association.statutes.electronic_voting_article, 100))
            )
        )
    if association.statutes.advance_days:
        first = first_day(association.local(shown.meeting.starts_at).date(), association.statutes.advance_days)
        lines.append(
            _(
                "From {day} until the assembly opens, the representative of a member can vote beforehand on proposals "
                "that are not voted on secretly: open /menu."
            ).format(day=long_date(first, association))
        )
    if shown.late_reason:
        lines.append(
            _("This convocation is later than the statutes ask, because: {reason}").format(
                reason=escape(shown.late_reason)
            )
        )
    if not shown.replies:
        return Content("\n".join(lines).rstrip(), receipt_rows(shown.meeting.id, shown.round))
    lines.append(
        _("Do you come? Your reply counts for the member that you act for. You can change it until the assembly opens.")
    )
    rows = (*reply_rows(shown.meeting.id, None, association), *receipt_rows(shown.meeting.id, shown.round))
    if shown.consent:
        lines.append(
            _("Your member has not agreed yet to be convened here only, so it gets a letter as well (BW 2:41(5)).")
        )
        rows = (*rows, (Button(_("Agree to be convened here"), presses.GiveConsent().encode()),))
    return Content("\n".join(lines), rows)


def receipt_rows(meeting_id: int, number: int | None) -> tuple[tuple[Button, ...], ...]:
    """Return the button with which one says to have read a round; none where nobody asks (``None``)."""
    if number is None:
        return ()
    return ((Button(_("Confirm receipt"), presses.ConfirmReceipt(meeting_id, number).encode()),),)


def receipt_noted(noted: facts.ReceiptNoted, association: Association) -> str:
    """Say in the answer to a press that reading it was noted; plain text of at most 200 characters."""
    return _("Noted: you confirmed receipt on {moment}.").format(moment=long_date_time(noted.at, association))


@screen(facts.CalendarEntry)
def calendar_entry(shown: facts.CalendarEntry, _association: Association) -> Content:
    """Say what the calendar file is for."""
    if shown.cancelled:
        return Content(_("Open this file to take the assembly out of your calendar."))
    if shown.number:
        return Content(_("Open this file to change the assembly in your calendar."))
    return Content(_("Open this file to put the assembly in your calendar."))


@screen(facts.AgendaOverview)
def overview(shown: facts.AgendaOverview, association: Association) -> Content:
    """Show the agenda again, with how many papers follow."""
    lines = [meeting_head(shown.meeting, association), "", _("<b>Agenda</b>"), _agenda(shown.agenda, association)]
    if not shown.papers:
        return Content("\n".join(lines))
    lines += ["", _following(shown.papers)]
    return Content("\n".join(lines), (set_row(shown.meeting.id, *SetForm),))


@screen(facts.ConvocationPreview)
def preview(shown: facts.ConvocationPreview, association: Association) -> Content:
    """Show to whom the convocation goes and whether it is in time."""
    lines = [
        _("This is how the convocation will look. It goes to {people} and reaches {reached} of the {members}.").format(
            people=ngettext("{count} person", "{count} people", shown.people).format(count=shown.people),
            reached=shown.reached,
            members=ngettext("{count} member", "{count} members", shown.members).format(count=shown.members),
        )
    ]
    if shown.groups:
        lines.append(
            ngettext(
                "{count} group or channel gets it too.", "{count} groups or channels get it too.", shown.groups
            ).format(count=shown.groups)
        )
    lines.append(
        _("Who acts for a member can reply: {replies}.").format(
            replies=", ".join(f"“{reply_name(reply)}”" for reply in Reply)
        )
    )
    if shown.unreached:
        lines.append(_("Nobody is registered for: {names}").format(names=names(shown.unreached, 900)))
    lines.append(
        _("With it go: {papers}.").format(papers=named_papers(shown.papers))
        if shown.papers
        else _("No papers go with it.")
    )
    if shown.missing:
        lines.append(
            _("⚠️ The agenda names these as well, and they are not here: {papers}.").format(
                papers=named_papers(shown.missing)
            )
        )
    if shown.letters:
        lines.append(
            _("By letter, because they have not agreed to be convened here or nobody can be reached: {names}").format(
                names=names(shown.letters, 600)
            )
        )
    if shown.deposit is not None:
        lines.append(
            _("The statutes are amended: the text must lie open to the members from {day} at the latest.").format(
                day=long_date(shown.deposit, association)
            )
        )
    if shown.texts:
        lines.append(
            _("⚠️ No paper holds the text of the amendment yet: {items}.").format(items=named_items(shown.texts))
        )
    if shown.nominations:
        lines.append(
            _("⚠️ The members are not told yet who is nominated, and why: {items}.").format(
                items=named_items(shown.nominations)
            )
        )
    day = long_date(shown.latest, association)
    if not shown.late:
        lines.append(_("Convening is possible until {day} ({days} days of notice).").format(day=day, days=shown.days))
        return Content("\n".join(lines), _send_rows(shown.meeting_id))
    lines.append(_("The last day to convene was {day} ({days} days of notice).").format(day=day, days=shown.days))
    if not shown.reason:
        lines += [
            "",
            _("Why is the convocation late? Send the reason; it stands in the convocation and in the record."),
        ]
        return Content("\n".join(lines), (cancel_row(),))
    lines.append(_("Reason for the delay: {reason}").format(reason=escape(shown.reason)))
    return Content("\n".join(lines), _send_rows(shown.meeting_id))


def named_items(numbers: tuple[str, ...]) -> str:
    """Name agenda items by their numbers."""
    shown = enumerated([escape(number) for number in numbers[:20]])
    return ngettext("item {numbers}", "items {numbers}", len(numbers)).format(numbers=shown)


def _send_rows(meeting_id: int) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(_("Send the convocation"), presses.Convene(meeting_id).encode(), style="success"),),
        (Button(_("To the assembly"), presses.ShowMeeting().encode()),),
    )


@screen(facts.ConvocationSent)
def sent(shown: facts.ConvocationSent, _association: Association) -> Content:
    """Confirm that the convocation is on its way."""
    text = _("✅ The convocation is on its way to {people} of {members}.").format(
        people=ngettext("{count} person", "{count} people", shown.people).format(count=shown.people),
        members=ngettext("{count} member", "{count} members", shown.members).format(count=shown.members),
    )
    if shown.papers:
        text += " " + ngettext("{count} paper goes with it.", "{count} papers go with it.", shown.papers).format(
            count=shown.papers
        )
    return Content(
        text,
        (
            (Button(_("Who has the convocation"), presses.ShowDeliveries(shown.meeting_id).encode()),),
            (Button(_("To the assembly"), presses.ShowMeeting().encode()),),
        ),
    )


def noted(receipt: facts.ReplyReceipt, association: Association) -> str:
    """Say in the answer to a press what stands now; plain text of at most 200 characters."""
    what = reply_words(receipt.stands)
    if receipt.stands is not receipt.given:
        return _("Your later reply stands: {reply}.").format(reply=what)
    if len(receipt.members) > 1:
        whom = ngettext("{count} member", "{count} members", len(receipt.members)).format(count=len(receipt.members))
    else:
        whom = association.member_article + clip(receipt.members[0], 60)
    return _("Noted for {whom}: {reply}. You can change this until the assembly opens.").format(whom=whom, reply=what)


@screen(facts.Replies)
def replies(shown: facts.Replies, association: Association) -> Content:
    """Show what stands for somebody's members."""
    lines = []
    for said in shown.members:
        text = _("{member}: {reply}").format(
            member=f"<b>{member(clip(said.member, 80), association)}</b>", reply=reply_words(said.reply)
        )
        if said.entered is not None:
            text = marked(text, said.entered)
        elif said.by:
            text += " " + _("(given by {name})").format(name=escape(clip(said.by, 80)))
        lines.append(text)
    standing = {said.reply for said in shown.members}
    head = _("Your reply to the convocation of {title}:").format(title=escape(shown.title))
    if not shown.open:
        return Content(f"{head}\n\n{fitting(lines)}")
    tail = _("You can change it until the assembly opens.")
    return Content(
        f"{head}\n\n{fitting(lines)}\n\n{tail}",
        reply_rows(shown.meeting_id, standing.pop() if len(standing) == 1 else None, association),
    )


@screen(facts.DeliveryOverview)
def deliveries(shown: facts.DeliveryOverview, _association: Association) -> Content:
    """Show who has the convocation and what was replied."""
    found = shown.deliveries
    lines = [
        _("<b>Convocation of {title}</b>").format(title=escape(shown.title)),
        _("Delivered: {delivered} – under way: {waiting} – failed: {failed}").format(
            delivered=number(found.delivered), waiting=number(found.under_way), failed=number(found.failed)
        ),
    ]
    if shown.failures:
        lines.append(failed(shown.failures, 600))
    room = _room(shown)
    if shown.doubtful:
        lines.append(doubted(shown.doubtful, room))
    if shown.unregistered:
        lines.append(_named(_("Not registered ({count}): {names}"), shown.unregistered, room))
    if shown.unreached:
        lines.append(_named(_("⚠️ Members of whom nobody is registered ({count}): {names}"), shown.unreached, room))
    lines += ["", _("<b>Replies</b>")]
    lines += [_named(_reply_heading(reply), members, room) for reply, members in shown.replies]
    lines.append(_named(_("No reply yet ({count}): {names}"), shown.unanswered, room))
    buttons = (
        Button(_("Letters"), presses.ShowByLetter(shown.meeting_id, 0).encode()),
        Button(_("Proof of convocation"), presses.MakeProof(shown.meeting_id).encode()),
        Button(_("To the assembly"), presses.ShowMeeting().encode()),
    )
    return Content("\n".join(lines), tuple((button,) for button in buttons))


def _room(shown: facts.DeliveryOverview) -> int:
    """Return how long each list of names may be: as long as it likes, or its share where all do not fit together."""
    replied = [members for _reply, members in shown.replies]
    lists = [shown.doubtful, shown.unregistered, shown.unreached, shown.unanswered, *replied]
    wanted = sum(utf16_length(name) + len(", ") for found in lists for name in found)
    return NAMES if wanted <= NAMES else NAMES // len(lists)


def _named(text: str, found: tuple[str, ...], room: int) -> str:
    return text.format(count=len(found), names=names(found, room) or "–")


def _reply_heading(reply: Reply) -> str:
    return {
        Reply.COMING: _("Coming ({count}): {names}"),
        Reply.REMOTE: _("Remotely ({count}): {names}"),
        Reply.PROXY: _("By proxy ({count}): {names}"),
        Reply.ABSENT: _("Unable to come ({count}): {names}"),
    }[reply]
