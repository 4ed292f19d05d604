"""To whom a notice goes: what can be chosen, and how a choice is said."""

from assembly.association import Association
from assembly.facts import notices as facts
from assembly.notices import Circle, Lack
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import enumerated, label, names
from screens.paging import leafing
from screens.registry import screen
from screens.texts import clip, escape, number

MEMBERS = 300
"""UTF-16 units for the names of members that were chosen."""

CHOICES = 20
"""Commissions, and groups or channels, that are offered at most."""


def circle_name(circle: Circle) -> str:
    """Return who is meant, as on the button."""
    return {
        Circle.EVERYBODY: _("Everybody"),
        Circle.COORDINATORS: _("Coordinators"),
        Circle.REPRESENTATIVES: _("Representatives"),
        Circle.SIGNATORIES: _("Signatories"),
        Circle.SUPERVISORS: _("Supervisory board"),
        Circle.BOARD: _("Board"),
        Circle.OBSERVERS: _("Observers"),
        Circle.SECRETARIAT: _("Secretariat"),
    }[circle]


def lack_name(lack: Lack) -> str:
    """Return what was not done, as on the button."""
    return {
        Lack.REGISTRATION: _("Only of members not fully registered"),
        Lack.REPLY: _("Only who has not replied"),
        Lack.VOTE: _("Only who has not voted"),
    }[lack]


def in_words(aim: facts.Aim) -> str:
    """Say who receives the notice, escaped: "Coördinatoren; alleen wie niet heeft gereageerd"."""
    who = [*(circle_name(circle) for circle in aim.circles), *(clip(name, 60) for name in aim.commissions[:CHOICES])]
    if not who and (aim.members or aim.lack):
        who = [circle_name(Circle.EVERYBODY)]
    parts = [enumerated([escape(name) for name in who])] if who else []
    if aim.members:
        parts.append(_("only of {members}").format(members=names([clip(name, 60) for name in aim.members], MEMBERS)))
    if aim.lack is not None:
        parts.append(
            {
                Lack.REGISTRATION: _("only of members not fully registered"),
                Lack.REPLY: _("only who has not replied"),
                Lack.VOTE: _("only who has not voted"),
            }[aim.lack]
        )
    parts += [escape(clip(title, 60)) for title in aim.chats[:CHOICES]]
    return "; ".join(parts) or "–"


@screen(facts.AudienceChoice)
def audience(shown: facts.AudienceChoice, _association: Association) -> Content:
    """Ask for whom the notice is."""
    lines = [_("<b>For whom is this notice?</b>"), _("Press to choose, and press again to undo. Several are possible.")]
    if shown.members:
        lines.append(_("Only of: {members}").format(members=names([clip(n, 60) for n in shown.members], MEMBERS)))
    lines.append(
        ngettext("Chosen now: {count} person", "Chosen now: {count} people", shown.people).format(
            count=number(shown.people)
        )
    )
    chats = sum(chat_id in shown.audience.chats for chat_id, _title in shown.chats)
    if chats:
        lines[-1] += " " + ngettext("and {count} group or channel", "and {count} groups or channels", chats).format(
            count=chats
        )
    return Content("\n".join(lines), tuple((button,) for button in _buttons(shown)))


def _buttons(shown: facts.AudienceChoice) -> list[Button]:
    notice_id, chosen = shown.notice_id, shown.audience
    buttons = [
        Button(
            _mark(f"{circle_name(circle)} ({number(count)})", chosen=circle in chosen.circles),
            presses.ToggleCircle(notice_id, circle).encode(),
        )
        for circle, count in shown.circles
    ]
    buttons += [
        Button(_mark(label(name), chosen=id_ in chosen.commissions), presses.ToggleCommission(notice_id, id_).encode())
        for id_, name in shown.commissions[:CHOICES]
    ]
    buttons += [
        Button(_mark(lack_name(lack), chosen=lack is chosen.lack), presses.ToggleLack(notice_id, lack).encode())
        for lack in shown.lacks
    ]
    members = _("Choose members by hand")
    if shown.members:
        members = ngettext("✓ {count} member chosen by hand", "✓ {count} members chosen by hand", len(shown.members))
        members = members.format(count=len(shown.members))
    buttons.append(Button(members, presses.PageNoticeMembers(notice_id, 0).encode()))
    buttons += [
        Button(
            _mark("📣 " + label(title, 50), chosen=chat_id in chosen.chats),
            presses.ToggleChat(notice_id, abs(chat_id)).encode(),
        )
        for chat_id, title in shown.chats[:CHOICES]
    ]
    buttons.append(Button(_("See the notice and send it"), presses.PreviewNotice(notice_id).encode(), style="primary"))
    return [*buttons, Button(_("Cancel"), presses.Cancel().encode())]


@screen(facts.NoticeMembersChoice)
def members(shown: facts.NoticeMembersChoice, _association: Association) -> Content:
    """Offer members to choose by hand."""
    lines = [_("<b>Of which members?</b>"), _("Press to choose, and press again to undo. Or type a part of a name.")]
    if shown.search is not None:
        found = ngettext("“{search}”: {count} member", "“{search}”: {count} members", shown.found)
        lines.append(found.format(search=escape(clip(shown.search, 60)), count=number(shown.found)))
    rows = [
        (
            Button(
                _mark(label(name), chosen=member_id in shown.chosen),
                presses.ToggleNoticeMember(shown.notice_id, member_id, shown.page).encode(),
            ),
        )
        for member_id, name in shown.members
    ]
    back = Button(_("Back to the audience"), presses.ShowAudience(shown.notice_id).encode(), style="primary")
    pages = leafing(shown.page, shown.pages, lambda page: presses.PageNoticeMembers(shown.notice_id, page))
    return Content("\n".join(lines), (*rows, *pages, (back,)))


def _mark(words: str, *, chosen: bool) -> str:
    return f"✓ {words}" if chosen else words
