"""Notices: asked for, aimed, shown, and followed."""

from assembly.association import Association
from assembly.facts import notices as facts
from assembly.markup import simple_html
from assembly.notices import Audience
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content, StoredDocument
from screens.deliveries import doubted, failed
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape, number


def audience_name(audience: Audience) -> str:
    """Return who receives the notice, as on the button."""
    return {
        Audience.ALL: _("Everybody"),
        Audience.COORDINATORS: _("Coordinators"),
        Audience.REPRESENTATIVES: _("Representatives"),
        Audience.OBSERVERS: _("Observers"),
        Audience.GROUP: _("The group alone"),
    }[audience]


@screen(facts.NoticeExpected)
def expected(_facts: facts.NoticeExpected, _association: Association) -> Content:
    """Ask for the notice."""
    text = _(
        "Send the notice as a message, with formatting if you like, or as a document with the notice as its caption. "
        "You choose the audience afterwards and see it before it is sent."
    )
    return Content(text, (cancel_row(),))


@screen(facts.AudienceAsked)
def audience(shown: facts.AudienceAsked, _association: Association) -> Content:
    """Ask for whom the notice is."""
    lines = [
        _("{audience}: {people}").format(
            audience=audience_name(who),
            people=ngettext("{count} person", "{count} people", count).format(count=number(count)),
        )
        for who, count in shown.people
    ]
    offered = [who for who, _count in shown.people]
    if shown.groups:
        lines.append(
            ngettext("{count} linked group or channel", "{count} linked groups or channels", shown.groups).format(
                count=shown.groups
            )
        )
        offered.append(Audience.GROUP)
    rows = tuple((Button(audience_name(who), presses.ChooseAudience(who).encode()),) for who in offered)
    return Content(_("For whom is this notice?") + "\n\n" + "\n".join(lines), (*rows, cancel_row()))


@screen(facts.NoticeMessage)
def notice(shown: facts.NoticeMessage, association: Association) -> Content:
    """Show a notice as it is sent."""
    head = _("<b>Notice of {association}</b>").format(association=escape(clip(association.name, 80)))
    document = StoredDocument(shown.telegram_file_id) if shown.telegram_file_id else None
    return Content(f"{head}\n\n{simple_html(shown.html)}", document=document)


@screen(facts.NoticePreview)
def preview(shown: facts.NoticePreview, _association: Association) -> Content:
    """Show to how many the notice goes, before it is sent."""
    goes = ngettext("{count} person", "{count} people", shown.people).format(count=number(shown.people))
    if shown.groups:
        goes += " " + ngettext("and {count} group or channel", "and {count} groups or channels", shown.groups).format(
            count=shown.groups
        )
    text = _("This is the notice. Audience: {audience}, {goes}.").format(
        audience=audience_name(shown.audience), goes=goes
    )
    return Content(
        text,
        ((Button(_("Send now"), presses.SendNotice(shown.notice_id).encode(), style="success"),), cancel_row()),
    )


@screen(facts.NoticeProgress)
def progress(shown: facts.NoticeProgress, _association: Association) -> Content:
    """Show how the notice fares."""
    found = shown.deliveries
    people = found.delivered + found.under_way + found.failed
    lines = [_("<b>Notice sent</b> – audience: {audience}").format(audience=audience_name(shown.audience))]
    if people:
        lines.append(
            ngettext("{delivered} of the {count} delivered", "{delivered} of the {count} delivered", people).format(
                delivered=number(found.delivered), count=number(people)
            )
        )
    if found.under_way:
        lines.append(_("Under way: {count}").format(count=number(found.under_way)))
    if shown.groups:
        lines.append(
            _("Groups and channels: {delivered} of {count}").format(
                delivered=shown.groups_delivered, count=shown.groups
            )
        )
    if found.failed:
        lines.append(_("{count} failed:").format(count=number(found.failed)))
        lines.append(failed(shown.failures, 2500))
    if shown.doubtful:
        lines.append(doubted(shown.doubtful, 800))
    return Content("\n".join(lines))
