"""People as the secretariat and their colleagues see them: overview, search, cards, and what was done to them."""

from assembly.access import Registration
from assembly.association import Association
from assembly.facts import people as facts
from assembly.facts.people import CardAction, PeopleEvent
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import enumerated, fitting, label
from screens.meetings import cancel_row
from screens.registration import role_name, roles_lines, roles_named
from screens.registry import screen
from screens.texts import clip, escape, long_date, member, one_stop

NAME_LIMIT = 100
PROXIES_SHOWN = 5
"""More than the statutes let anybody carry."""

ROLES_LIMIT = 900
"""Visible UTF-16 units for the roles of one person."""


def standing(person: facts.PersonShown, association: Association) -> str:
    """Say where a person stands on the way in."""
    day = "" if person.until is None else long_date(person.until, association)
    return {
        Registration.REGISTERED: _("registered"),
        Registration.LINK_VALID: _("link valid until {day}"),
        Registration.LINK_EXPIRED: _("link expired on {day}"),
        Registration.NO_LINK: _("no link yet"),
        Registration.BLOCKED: _("phone blocked"),
    }[person.registration].format(day=day)


def person_line(person: facts.PersonShown, association: Association) -> str:
    """Return a line with somebody's name, roles and standing."""
    return "• " + _("{name}, {roles}: {standing}").format(
        name=escape(clip(person.name, NAME_LIMIT)),
        roles=roles_named(person.roles, association),
        standing=standing(person, association),
    )


def _state_name(state: Registration) -> str:
    return {
        Registration.REGISTERED: _("Registered"),
        Registration.LINK_VALID: _("Link valid"),
        Registration.LINK_EXPIRED: _("Link expired"),
        Registration.NO_LINK: _("No link yet"),
        Registration.BLOCKED: _("Phone blocked"),
    }[state]


@screen(facts.RegistrationOverview)
def overview(shown: facts.RegistrationOverview, association: Association) -> Content:
    """Show how many people stand where, and those of one state with a way to each."""
    counts = [f"{_state_name(state)}: {count}" for state, count in shown.counts]
    heading = f"<b>{_state_name(shown.shown)}</b>"
    if shown.pages > 1:
        heading += " " + _("(page {page} of {pages})").format(page=shown.page + 1, pages=shown.pages)
    lines = [person_line(person, association) for person in shown.people]
    text = _("<b>Registrations</b>") + "\n" + "\n".join(counts) + f"\n\n{heading}\n" + fitting(lines, 2800)
    others = [(state, count) for state, count in shown.counts if count and state is not shown.shown]
    rows = [
        *((_person_button(person),) for person in shown.people),
        *_leafing(shown),
        *((Button(_state_name(state), presses.ShowRegistrations(state, 0).encode()),) for state, _count in others),
        (Button(_("Search for somebody"), presses.AskPerson().encode()),),
        (Button(_("Make registration links"), presses.ExportLinks().encode()),),
    ]
    if shown.requests:
        asked = ngettext("{count} request for access", "{count} requests for access", shown.requests)
        button = Button(asked.format(count=shown.requests), presses.ShowRequests().encode(), style="primary")
        rows.append((button,))
    return Content(text, tuple(rows))


def _person_button(person: facts.PersonShown) -> Button:
    return Button(label(person.name), presses.ShowPerson(person.id).encode())


def _leafing(shown: facts.RegistrationOverview) -> list[tuple[Button, ...]]:
    def page(text: str, number: int) -> Button:
        return Button(text, presses.ShowRegistrations(shown.shown, number).encode())

    row = [page(_("Previous"), shown.page - 1)] if shown.page else []
    if shown.page + 1 < shown.pages:
        row.append(page(_("Next"), shown.page + 1))
    return [tuple(row)] if row else []


@screen(facts.PersonExpected)
def expected(_facts: facts.PersonExpected, _association: Association) -> Content:
    """Ask for whom to search."""
    return Content(_("Type a part of a name, a function or a member."), (cancel_row(),))


@screen(facts.PeopleFound)
def found(shown: facts.PeopleFound, association: Association) -> Content:
    """Show who was found."""
    search = escape(clip(shown.search, NAME_LIMIT))
    if not shown.people:
        text = _("Nobody was found for “{search}”. Type another part of a name, function or member.")
        return Content(one_stop(text.format(search=search)), (cancel_row(),))
    text = _("Found for “{search}”:").format(search=search) + "\n"
    text += fitting([person_line(person, association) for person in shown.people], 2800)
    more = shown.found - len(shown.people)
    if more:
        text += "\n" + ngettext(
            "{count} more was found. Type more letters.", "{count} more were found. Type more letters.", more
        ).format(count=more)
    return Content(text, tuple((_person_button(person),) for person in shown.people))


@screen(facts.PersonCard)
def card(shown: facts.PersonCard, association: Association) -> Content:
    """Show somebody with what the reader can do."""
    person = shown.person
    lines = [
        f"<b>{escape(clip(person.name, NAME_LIMIT))}</b> ({escape(clip(person.function, NAME_LIMIT))})",
        fitting(roles_lines(person.roles, association).splitlines(), ROLES_LIMIT) or _("No role any more."),
    ]
    if shown.email:
        lines.append(_("E-mail: {email}").format(email=escape(clip(shown.email, NAME_LIMIT))))
    lines.append(_("Registration: {standing}").format(standing=standing(person, association)))
    if shown.second_factor is not None:
        lines.append(_("Second factor: set up") if shown.second_factor else _("Second factor: not set up"))
    rows = tuple((_action(action, shown),) for action in shown.actions)
    return Content("\n".join(lines), rows)


def _action(action: CardAction, shown: facts.PersonCard) -> Button:
    person_id, member_id = shown.person.id, shown.member_id
    if action is CardAction.NEW_LINK:
        press = presses.LinkColleague(member_id, person_id) if member_id else presses.MakePersonalLink(person_id)
        return Button(_("New link as a message"), press.encode())
    if action is CardAction.END:
        end = presses.AskEndColleague(member_id, person_id) if member_id else presses.AskEndPerson(person_id)
        return Button(_("End the roles"), end.encode())
    text, other, style = {
        CardAction.LETTER: (_("New link as a letter (PDF)"), presses.MakeLetter(person_id), None),
        CardAction.REVOKE_LINK: (_("Revoke the link"), presses.RevokeLink(person_id), None),
        CardAction.RESET_FACTOR: (_("Erase the second factor"), presses.ResetFactor(person_id), None),
        CardAction.REPLACE: (_("Replace"), presses.ReplaceColleague(member_id, person_id), None),
        CardAction.BLOCK: (_("Block the phone"), presses.AskBlock(person_id), "danger"),
    }[action]
    return Button(text, other.encode(), style=style)


def lapsing_line(members: tuple[str, ...], association: Association) -> str:
    """Say whose proxies lapse."""
    named = enumerated([member(clip(name, NAME_LIMIT), association) for name in members[:PROXIES_SHOWN]])
    return "⚠️ " + ngettext(
        "The proxy of {members} lapses. Both sides are told.",
        "The proxies of {members} lapse. Both sides are told.",
        len(members),
    ).format(members=named)


@screen(facts.EndPreview)
def end_preview(shown: facts.EndPreview, association: Association) -> Content:
    """Show what ending somebody's roles would do, and ask whether that is meant."""
    name = escape(clip(shown.name, NAME_LIMIT))
    parts = [
        _("End the roles of <b>{name}</b>?").format(name=name)
        + "\n"
        + fitting(roles_lines(shown.roles, association).splitlines(), ROLES_LIMIT)
    ]
    if shown.proxies:
        parts.append(lapsing_line(shown.proxies, association))
    parts += ["⚠️ " + _("After this nobody is {role} there.").format(role=role_name(role)) for role in shown.last]
    if shown.self_:
        parts.append("⚠️ " + _("This is about yourself: you cannot undo it."))
    parts.append(_("Every button of {name} then stops working at once.").format(name=name))
    end = (
        presses.EndColleague(shown.member_id, shown.person_id)
        if shown.member_id
        else presses.EndPerson(shown.person_id)
    )
    return Content("\n\n".join(parts), ((Button(_("End the roles now"), end.encode(), style="danger"),), cancel_row()))


@screen(facts.Ended)
def ended(shown: facts.Ended, association: Association) -> Content:
    """Confirm that somebody's roles were ended."""
    text = _("The roles of <b>{name}</b> were ended:").format(name=escape(clip(shown.name, NAME_LIMIT)))
    return Content(text + "\n" + fitting(roles_lines(shown.roles, association).splitlines(), ROLES_LIMIT))


@screen(facts.RolesChanged)
def roles_changed(shown: facts.RolesChanged, association: Association) -> Content:
    """Tell somebody which roles it has now."""
    if not shown.roles:
        text = _("Your roles were ended. You can do nothing here any more. Is that wrong? Ask {contact}.")
        return Content(text.format(contact=escape(association.contact)))
    lines = fitting(roles_lines(shown.roles, association).splitlines(), ROLES_LIMIT)
    return Content(_("Your roles have changed. You are now:") + "\n" + lines)


@screen(facts.BlockQuestion)
def block_question(shown: facts.BlockQuestion, association: Association) -> Content:
    """Ask whether a phone is to be blocked."""
    text = _(
        "Block the phone of <b>{name}</b>?\n\nEvery button stops working at once, and nothing more is sent to it. "
        "Only a new link from {contact} lets {name} in again."
    ).format(name=escape(clip(shown.name, NAME_LIMIT)), contact=escape(association.contact))
    button = Button(_("Block the phone now"), presses.BlockPhone(shown.person_id).encode(), style="danger")
    return Content(text, ((button,), cancel_row()))


@screen(facts.PhoneBlocked)
def phone_blocked(shown: facts.PhoneBlocked, association: Association) -> Content:
    """Confirm that a phone was blocked."""
    text = _("The phone of <b>{name}</b> is blocked. {name} gets a new link from {contact}.")
    return Content(text.format(name=escape(clip(shown.name, NAME_LIMIT)), contact=escape(association.contact)))


@screen(facts.PeopleNews)
def news(shown: facts.PeopleNews, association: Association) -> Content:
    """Tell the secretariat what somebody did to somebody."""
    text = {
        PeopleEvent.INVITED: _("{actor} invited {name}."),
        PeopleEvent.REPLACED: _("{actor} replaced {leaver} by {name}."),
        PeopleEvent.ENDED: _("{actor} ended the roles of {name}."),
        PeopleEvent.BLOCKED: _("{actor} blocked the phone of {name}. Make a new link when the phone is safe again."),
        PeopleEvent.FACTOR_SET: _("{name} has set up a second factor."),
        PeopleEvent.FACTOR_ENDED: _("{actor} erased the second factor of {name}."),
    }[shown.event].format(
        actor=escape(clip(shown.actor, NAME_LIMIT)),
        name=escape(clip(shown.name, NAME_LIMIT)),
        leaver=escape(clip(shown.leaver or "", NAME_LIMIT)),
    )
    if shown.roles:
        text += "\n" + fitting(roles_lines(shown.roles, association).splitlines(), ROLES_LIMIT)
    button = Button(_("See {name}").format(name=label(shown.name, 50)), presses.ShowPerson(shown.person_id).encode())
    return Content(text, ((button,),))


@screen(facts.MyData)
def my_data(shown: facts.MyData, association: Association) -> Content:
    """Show somebody what is kept about it."""
    registered = shown.registered_at and long_date(shown.registered_at, association)
    lines = [
        _("Name: {name}").format(name=escape(clip(shown.name, NAME_LIMIT))),
        _("Function: {function}").format(function=escape(clip(shown.function, NAME_LIMIT))),
        _("E-mail: {email}").format(email=escape(clip(shown.email, NAME_LIMIT)) or "–"),
        *([_("Registered on {day}, with this Telegram account").format(day=registered)] if registered else []),
        *([_("Second factor: set up")] if shown.second_factor else []),
        ngettext("{count} reply to a convocation", "{count} replies to a convocation", shown.replies).format(
            count=shown.replies
        ),
        ngettext("{count} proxy", "{count} proxies", shown.proxies).format(count=shown.proxies),
        ngettext("{count} time present", "{count} times present", shown.attendances).format(count=shown.attendances),
        ngettext("{count} vote cast", "{count} votes cast", shown.ballots).format(count=shown.ballots),
    ]
    parts = [
        _("<b>What is kept about you</b>"),
        "\n".join(lines),
        fitting(roles_lines(shown.roles, association).splitlines(), ROLES_LIMIT),
        _("Corrections or removal: ask {contact}. Why it is kept: /privacy.").format(
            contact=escape(association.contact)
        ),
    ]
    return Content("\n\n".join(part for part in parts if part))
