"""Members as the secretariat works with them: the list, a member's card, and what changes one."""

from collections.abc import Callable
from datetime import date
from functools import partial

from assembly.association import Association
from assembly.facts import members as facts
from assembly.facts.members import MemberFact, MemberState
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.people import person_line
from screens.register import fact_name
from screens.registry import screen
from screens.texts import clip, escape, long_date, member, number, one_stop

NAME_LIMIT = 100
PEOPLE_LIMIT = 2000
"""Visible UTF-16 units for the people of one member."""

REASON_LIMIT = 500
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
            *_leafing(shown, presses.PageMembers),
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
        return one_stop(_("Nothing was found for “{search}”. Type another part of a name.").format(search=search))
    text = _("Found for “{search}”:").format(search=search)
    more = shown.found - len(shown.members)
    if more > 0:
        text += "\n" + ngettext(
            "{count} more was found. Type more letters.", "{count} more were found. Type more letters.", more
        ).format(count=more)
    return text


def _leafing(
    shown: facts.MemberList | facts.SuccessorChoice, at: Callable[[int], presses.Press]
) -> list[tuple[Button, ...]]:
    """Return a row that leads to other pages, or back from what was searched; ``at`` names a page."""

    def page(text: str, place: int) -> Button:
        return Button(text, at(place).encode())

    if shown.search is not None:
        return [(page(_("All members"), 0),)]
    row = [page(_("Previous"), shown.page - 1)] if shown.page else []
    if shown.page + 1 < shown.pages:
        row.append(page(_("Next"), shown.page + 1))
    return [tuple(row)] if row else []


@screen(facts.MemberCard)
def member_card(shown: facts.MemberCard, association: Association) -> Content:
    """Show a member with its people, each with a button."""
    of = shown.member
    lines = [f"<b>{_name(of.name)}</b> ({_name(of.code)})", _standing(shown, association)]
    if of.inhabitants is not None:
        lines.append(_("Inhabitants: {count}").format(count=number(of.inhabitants)))
    lines.append(_("Votes: {count}").format(count=number(of.votes)))
    lines += [
        _("{member} merged into it on {day}.").format(member=_name(name), day=long_date(day, association))
        for name, day in shown.predecessors[:PREDECESSORS_SHOWN]
    ]
    if shown.suspended:
        until = _until(shown.suspended_until, association)
        reason = escape(clip(shown.suspension_reason, REASON_LIMIT))
        lines.append(
            "⚠️ " + _("Suspended: it may attend and has no vote, {until}. {reason}").format(until=until, reason=reason)
        )
    people = fitting([person_line(person, association) for person in shown.people], PEOPLE_LIMIT)
    text = "\n".join(lines) + "\n\n" + (people or _("Nobody has a role for this member."))
    rows = [
        (Button(label(person.name), presses.ShowPerson(person.id).encode()),)
        for person in shown.people[:PEOPLE_BUTTONS]
    ]
    return Content(text, (*rows, *_actions(shown), (Button(_("All members"), presses.PageMembers(0).encode()),)))


def _actions(shown: facts.MemberCard) -> list[tuple[Button, ...]]:
    if shown.state is MemberState.ENDED:
        return []
    member_id = shown.member.id
    change = [Button(_change_label(fact), presses.AskFact(member_id, fact).encode()) for fact in MemberFact]
    if shown.revocable:
        merger = Button(_("Take the merger back"), presses.RevokeMerger(member_id).encode(), style="danger")
    else:
        merger = Button(_("Merge into another member"), presses.PageSuccessors(member_id, 0).encode())
    if shown.suspended:
        vote = [Button(_("Lift the suspension"), presses.LiftSuspension(member_id).encode())]
    else:
        suspend = Button(_("Suspend the member"), presses.AskSuspension(member_id).encode())
        vote = [suspend] if shown.state is MemberState.ACTIVE else []
    return [(button,) for button in (*change, merger, *vote)]


def _until(day: date | None, association: Association) -> str:
    if day is None:
        return _("until it is lifted")
    return _("until {day}").format(day=long_date(day, association))


def _change_label(fact: MemberFact) -> str:
    return {
        MemberFact.NAME: _("Change the name"),
        MemberFact.INHABITANTS: _("Change the number of inhabitants"),
        MemberFact.VOTES: _("Change the number of votes"),
    }[fact]


def _standing(shown: facts.MemberCard, association: Association) -> str:
    since = "" if shown.member.since is None else long_date(shown.member.since, association)
    until = "" if shown.member.until is None else long_date(shown.member.until, association)
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


@screen(facts.FactExpected)
def fact_expected(shown: facts.FactExpected, _association: Association) -> Content:
    """Ask what a fact is to be."""
    question = {
        MemberFact.NAME: _("Type the new name of {member}. It is {old} now."),
        MemberFact.INHABITANTS: _("Type the number of inhabitants of {member}. It is {old} now."),
        MemberFact.VOTES: _("Type the number of votes of {member}. It is {old} now."),
    }[shown.fact]
    return Content(question.format(member=_name(shown.member), old=_value(shown.old)), (cancel_row(),))


@screen(facts.FactQuestion)
def fact_question(shown: facts.FactQuestion, _association: Association) -> Content:
    """Ask whether this change is meant."""
    text = _("<b>{member}</b>\n{fact}: {old} → {new}\n\nIs that right?").format(
        member=_name(shown.member),
        fact=fact_name(shown.fact.value),
        old=_value(shown.old),
        new=_value(shown.new),
    )
    change = presses.ChangeFact(shown.member_id, shown.fact)
    return Content(text, ((Button(_("Change it"), change.encode(), style="primary"),), cancel_row()))


@screen(facts.SuccessorChoice)
def successor_choice(shown: facts.SuccessorChoice, _association: Association) -> Content:
    """Ask into which member it merges."""
    rows = [
        (Button(label(name), presses.ChooseSuccessor(shown.member_id, member_id).encode()),)
        for member_id, name in shown.members
    ]
    text = _("<b>{member}</b> merges into which member?").format(member=_name(shown.member))
    if shown.search is not None and not shown.members:
        search = escape(clip(shown.search, NAME_LIMIT))
        text += "\n\n" + one_stop(
            _("Nothing was found for “{search}”. Type another part of a name.").format(search=search)
        )
    else:
        text += "\n\n" + _("Choose a member, or type a part of its name.")
    if shown.pages > 1:
        text += "\n\n" + _("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages)
    back = Button(_("Back"), presses.ShowMember(shown.member_id).encode())
    return Content(text, (*rows, *_leafing(shown, partial(presses.PageSuccessors, shown.member_id)), (back,)))


@screen(facts.MergerDayExpected)
def merger_day(shown: facts.MergerDayExpected, _association: Association) -> Content:
    """Ask for the day."""
    text = _(
        "<b>{member}</b> merges into <b>{successor}</b>.\n\n"
        "Type the first day on which {member} is no member any more, for example 01-01-2019."
    )
    return Content(text.format(member=_name(shown.member), successor=_name(shown.successor)), (cancel_row(),))


@screen(facts.MergerQuestion)
def merger_question(shown: facts.MergerQuestion, association: Association) -> Content:
    """Show what the merger does, and ask whether it is meant."""
    before = ngettext("{count} member", "{count} members", shown.members_before).format(count=shown.members_before)
    after = ngettext("{count} member", "{count} members", shown.members_after).format(count=shown.members_after)
    parts = [
        _("<b>{member}</b> merges into <b>{successor}</b> on {day}.").format(
            member=_name(shown.member), successor=_name(shown.successor), day=long_date(shown.day, association)
        ),
        _("Until then nothing changes. From that day on {member} has no vote: {before} become {after}.").format(
            member=_name(shown.member), before=before, after=after
        )
        + " "
        + _("Earlier assemblies keep showing it."),
    ]
    if shown.proxies:
        lines = [
            "• " + _("{member} to {holder}").format(member=_name(grantor), holder=_name(holder))
            for grantor, holder in shown.proxies
        ]
        parts.append(_("These proxies lapse on that day; both sides are told:") + "\n" + fitting(lines, 800))
    if shown.people:
        parts.append(
            _("Do these people go on for {successor}, or do their roles end?").format(successor=_name(shown.successor))
            + "\n"
            + fitting([f"• {_name(name)}" for name in shown.people], 1200)
        )
    return Content("\n\n".join(parts), _merger_buttons(shown))


def _merger_buttons(shown: facts.MergerQuestion) -> tuple[tuple[Button, ...], ...]:
    def decide(text: str, follow: int) -> tuple[Button, ...]:
        press = presses.DecideMerger(shown.member_id, shown.successor_id, shown.day.toordinal(), follow)
        return (Button(text, press.encode(), style="primary"),)

    back = (Button(_("Back"), presses.ShowMember(shown.member_id).encode()),)
    if not shown.people:
        return (decide(_("Merge"), 0), back)
    return (decide(_("Merge, the people go on"), 1), decide(_("Merge, the roles end"), 0), back)


@screen(facts.MergerDecided)
def merger_decided(shown: facts.MergerDecided, association: Association) -> Content:
    """Tell the others of the secretariat what was decided."""
    if shown.revoked:
        text = _("{actor} took back that {member} merges into {successor} on {day}. {member} stays a member.")
    elif shown.people_follow:
        text = _("{actor} decided that {member} merges into {successor} on {day}. Its people go on for {successor}.")
    else:
        text = _("{actor} decided that {member} merges into {successor} on {day}. The roles of its people end then.")
    return Content(
        text.format(
            actor=_name(shown.actor),
            member=_name(shown.member),
            successor=_name(shown.successor),
            day=long_date(shown.day, association),
        )
    )


@screen(facts.MembershipEnded)
def membership_ended(shown: facts.MembershipEnded, association: Association) -> Content:
    """Tell the secretariat that a membership is over, and what that did."""
    day = long_date(shown.day, association)
    if shown.successor is None:
        lines = [_("{member} is no member any more since {day}.").format(member=_name(shown.member), day=day)]
    else:
        lines = [
            _("{member} merged into {successor} on {day}.").format(
                member=_name(shown.member), successor=_name(shown.successor), day=day
            )
        ]
    if shown.people:
        text = (
            ngettext("{count} person goes on for it.", "{count} people go on for it.", shown.people)
            if shown.people_follow
            else ngettext("The roles of {count} person ended.", "The roles of {count} people ended.", shown.people)
        )
        lines.append(text.format(count=shown.people))
    if shown.proxies:
        text = ngettext(
            "{count} proxy lapsed; both sides know.", "{count} proxies lapsed; both sides know.", shown.proxies
        )
        lines.append(text.format(count=shown.proxies))
    count = ngettext("{count} member", "{count} members", shown.members).format(count=shown.members)
    lines.append(_("The association now has {members}.").format(members=count))
    return Content("\n".join(lines))


@screen(facts.SuspensionReasonExpected)
def suspension_reason(shown: facts.SuspensionReasonExpected, _association: Association) -> Content:
    """Ask why the member is suspended."""
    text = _("Why is <b>{member}</b> suspended? The reason is told to its people and stands in the record.")
    return Content(text.format(member=_name(shown.member)), (cancel_row(),))


@screen(facts.SuspensionQuestion)
def suspension_question(shown: facts.SuspensionQuestion, association: Association) -> Content:
    """Ask whether this suspension is meant."""
    text = _(
        "<b>{member}</b> may attend from today on and has no vote, {until}.\n\nReason: {reason}\n\n"
        "Type a date to set the first day on which it votes again."
    ).format(
        member=_name(shown.member),
        until=_until(shown.until, association),
        reason=escape(clip(shown.reason, REASON_LIMIT)),
    )
    suspend = Button(_("Suspend the member"), presses.SuspendMember(shown.member_id).encode(), style="danger")
    return Content(text, ((suspend,), cancel_row()))


@screen(facts.SuspensionNews)
def suspension_news(shown: facts.SuspensionNews, association: Association) -> Content:
    """Tell that a member has no vote for a time, or has it again."""
    name = member(clip(shown.member, NAME_LIMIT), association)
    if shown.lifted:
        return Content(_("The suspension of {member} was lifted. It votes again from now on.").format(member=name))
    return Content(
        _("{member} is suspended: it may attend and has no vote, {until}. Reason: {reason}").format(
            member=name,
            until=_until(shown.until, association),
            reason=escape(clip(shown.reason, REASON_LIMIT)),
        )
    )


def _value(value: str | int | None) -> str:
    if value is None:
        return "–"
    return number(value) if isinstance(value, int) else _name(value)


def _name(name: str) -> str:
    return escape(clip(name, NAME_LIMIT))
