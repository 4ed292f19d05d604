"""Members as the secretariat works with them: the list, a member's card, and what changes one."""

from assembly.association import Association
from assembly.facts import members as facts
from assembly.facts.members import MemberState
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.people import person_line
from screens.registry import screen
from screens.texts import clip, escape, long_date, number

NAME_LIMIT = 100
PEOPLE_LIMIT = 2400
"""Visible UTF-16 units for the people of one member."""

PEOPLE_BUTTONS = 20
PREDECESSORS_SHOWN = 5


@screen(facts.MemberList)
def member_list(shown: facts.MemberList, _association: Association) -> Content:
    """Show a page of members, each with a button, and what can be done with the register."""
    counts = "\n".join(
        [
            ngettext("{count} member", "{count} members", shown.member_count).format(count=number(shown.member_count)),
            ngettext("{count} person", "{count} people", shown.people).format(count=number(shown.people)),
            ngettext("{count} not registered yet", "{count} not registered yet", shown.unregistered).format(
                count=number(shown.unregistered)
            ),
        ]
    )
    rows = [(Button(label(name), presses.ShowMember(member_id).encode()),) for member_id, name in shown.members]
    return Content(
        _("<b>Members</b>") + f"\n{counts}\n\n{_found(shown)}",
        (
            *rows,
            *_leafing(shown),
            (Button(_("After elections"), presses.AskElections().encode()),),
            (
                Button(_("Empty file"), presses.GetTemplate().encode()),
                Button(_("Register as a file"), presses.ExportRegister().encode()),
            ),
            (Button(_("Back to the menu"), presses.OpenMenu().encode()),),
        ),
    )


def _found(shown: facts.MemberList) -> str:
    if shown.search is None:
        text = _(
            "Choose a member, or type a part of a name. "
            "Send an XLSX or CSV file to read members in: you first see what would change."
        )
        if shown.pages > 1:
            text += "\n\n" + _("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages)
        return text
    search = escape(clip(shown.search, NAME_LIMIT))
    if not shown.members:
        return _("Nothing was found for “{search}”. Type another part of a name.").format(search=search)
    text = _("Found for “{search}”:").format(search=search)
    more = shown.found - len(shown.members)
    if more > 0:
        text += "\n" + ngettext(
            "{count} more was found. Type more letters.", "{count} more were found. Type more letters.", more
        ).format(count=more)
    return text


def _leafing(shown: facts.MemberList) -> list[tuple[Button, ...]]:
    def page(text: str, at: int) -> Button:
        return Button(text, presses.PageMembers(at).encode())

    if shown.search is not None:
        return [(page(_("All members"), 0),)]
    row = [page(_("Previous"), shown.page - 1)] if shown.page else []
    if shown.page + 1 < shown.pages:
        row.append(page(_("Next"), shown.page + 1))
    return [tuple(row)] if row else []


@screen(facts.MemberCard)
def member_card(shown: facts.MemberCard, association: Association) -> Content:
    """Show a member with its people, each with a button."""
    member = shown.member
    lines = [f"<b>{_name(member.name)}</b> ({_name(member.code)})", _standing(shown, association)]
    if member.inhabitants is not None:
        lines.append(_("Inhabitants: {count}").format(count=number(member.inhabitants)))
    lines.append(_("Votes: {count}").format(count=number(member.votes)))
    lines += [
        _("{member} merged into it on {day}.").format(member=_name(name), day=long_date(day, association))
        for name, day in shown.predecessors[:PREDECESSORS_SHOWN]
    ]
    people = fitting([person_line(person, association) for person in shown.people], PEOPLE_LIMIT)
    text = "\n".join(lines) + "\n\n" + (people or _("Nobody has a role for this member."))
    rows = [
        (Button(label(person.name), presses.ShowPerson(person.id).encode()),)
        for person in shown.people[:PEOPLE_BUTTONS]
    ]
    return Content(text, (*rows, (Button(_("All members"), presses.PageMembers(0).encode()),)))


def _standing(shown: facts.MemberCard, association: Association) -> str:
    member = shown.member
    since = "" if member.since is None else long_date(member.since, association)
    until = "" if member.until is None else long_date(member.until, association)
    if shown.successor is not None:
        text = (
            _("Merged into {successor} on {day}.")
            if shown.state is MemberState.ENDED
            else _("Merges into {successor} on {day}.")
        )
        return text.format(successor=_name(shown.successor), day=until)
    if shown.state is MemberState.ENDED:
        return _("No member any more since {day}.").format(day=until)
    if shown.state is MemberState.FUTURE:
        return _("Member from {day} on.").format(day=since)
    parts = [_("Member since {day}.").format(day=since) if since else _("Member.")]
    if until:
        parts.append(_("The membership ends on {day}.").format(day=until))
    return " ".join(parts)


def _name(name: str) -> str:
    return escape(clip(name, NAME_LIMIT))
