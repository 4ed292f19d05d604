"""The overview of all members: how each stands, by filter, with what is expected."""

from assembly.association import Association
from assembly.facts import overviews as facts
from assembly.overviews import MemberFilter, MemberStanding
from assembly.proxies import ProxyState
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.marks import marked
from screens.presses import FilterMembers, ShowMeeting
from screens.proxies import holder_of
from screens.registry import screen
from screens.texts import clip, escape
from screens.words import reply_words

NAME_LIMIT = 60
IN_A_ROW = 2
"""Filter buttons beside each other: with their counts they must stay readable on a phone."""


@screen(facts.MembersOverview)
def members(shown: facts.MembersOverview, _association: Association) -> Content:
    """Show a page of members, the forecast, and buttons for the other pages and filters."""
    head = [_("<b>Members and proxies</b>"), escape(clip(shown.title, 200)), _forecast(shown)]
    lines = [_member(standing, shown.open) for standing in shown.members]
    counts = dict(shown.counts)
    title = f"<b>{_filter_name(shown.filter)} ({counts.get(shown.filter, len(lines))})</b>"
    parts = ["\n".join(head), title + "\n" + (fitting(lines) if lines else _("Nobody."))]
    if shown.pages > 1:
        parts.append(_("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages))
    return Content("\n\n".join(parts), tuple(_rows(shown)))


def _forecast(shown: facts.MembersOverview) -> str:
    text = _("Present: {present} of the {votes} votes") if shown.open else _("Expected: {present} of the {votes} votes")
    said = text.format(present=shown.expected, votes=shown.votes)
    if shown.quorum is None:
        return said
    enough = "✅" if shown.expected >= shown.quorum else "⚠️"
    return f"{enough} {said} " + _("(quorum: {needed})").format(needed=shown.quorum)


def _member(standing: MemberStanding, sits: bool) -> str:
    """Write how a member stands on one line."""
    said = []
    if not standing.registered:
        said.append(_("nobody registered"))
    if sits:
        said.append(_presence(standing))
    elif standing.proxy is None or not standing.proxy.under_way:
        said.append(reply_words(standing.reply))
    if standing.proxy is not None:
        said.append(_proxy(standing))
    if standing.missing:
        said.append("⚠️ " + _("the holder cannot carry it"))
    return marked(f"• <b>{escape(clip(standing.member, NAME_LIMIT))}</b>: " + ", ".join(said), standing.entered)


def _presence(standing: MemberStanding) -> str:
    if not standing.present:
        return _("absent")
    return _("represented") if standing.by_proxy else _("present")


def _proxy(standing: MemberStanding) -> str:
    if standing.confirming:
        text = _("standing proxy to {holder}, to be confirmed")
    else:
        text = {
            ProxyState.PREPARED: _("proxy to {holder}, to be signed"),
            ProxyState.OFFERED: _("proxy to {holder}, to be accepted"),
            ProxyState.ACCEPTED: _("proxy to {holder}, accepted"),
            ProxyState.DECLINED: _("proxy to {holder} declined"),
            ProxyState.REVOKED: _("proxy to {holder} revoked"),
        }.get(standing.proxy or ProxyState.LAPSED, _("proxy to {holder} lapsed"))
    said = text.format(holder=holder_of(clip(standing.holder, NAME_LIMIT), clip(standing.holder_member, NAME_LIMIT)))
    return f"{said} " + _("(with instruction)") if standing.instructed else said


def _filter_name(wanted: MemberFilter) -> str:
    return {
        MemberFilter.ALL: _("All"),
        MemberFilter.UNREGISTERED: _("Not registered"),
        MemberFilter.UNANSWERED: _("No reply"),
        MemberFilter.PROXY_OPEN: _("Proxy under way"),
        MemberFilter.PROXY_ACCEPTED: _("Proxy accepted"),
        MemberFilter.PROXY_ENDED: _("Proxy ended"),
        MemberFilter.PRESENT: _("Present or represented"),
        MemberFilter.ABSENT: _("Absent"),
    }[wanted]


def _rows(shown: facts.MembersOverview) -> list[tuple[Button, ...]]:
    def page(text: str, wanted: MemberFilter, number: int) -> Button:
        return Button(label(text), FilterMembers(shown.meeting_id, wanted, number).encode())

    leaf = []
    if shown.page > 0:
        leaf.append(page(_("Previous"), shown.filter, shown.page - 1))
    if shown.page + 1 < shown.pages:
        leaf.append(page(_("Next"), shown.filter, shown.page + 1))
    hidden = set() if shown.open else {MemberFilter.PRESENT, MemberFilter.ABSENT}
    counts = dict(shown.counts)
    others = [
        page(f"{_filter_name(wanted)} ({counts.get(wanted, 0)})", wanted, 0)
        for wanted in MemberFilter
        if wanted is not shown.filter and wanted not in hidden
    ]
    rows = [tuple(others[start : start + IN_A_ROW]) for start in range(0, len(others), IN_A_ROW)]
    return [
        *([tuple(leaf)] if leaf else []),
        *rows,
        (Button(_("To the assembly"), ShowMeeting().encode()),),
    ]
