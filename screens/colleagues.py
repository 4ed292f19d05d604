"""The people of a member, and inviting somebody to it."""

from assembly.association import Association
from assembly.facts import people as facts
from assembly.members import Role
from screens import presses
from screens.catalogue import _
from screens.content import Button, Content, MadePicture
from screens.lists import enumerated, fitting, label
from screens.meetings import cancel_row
from screens.people import NAME_LIMIT, lapsing_line, person_line
from screens.qr import qr_png
from screens.registration import role_name
from screens.registry import screen
from screens.texts import clip, escape, long_date, member

CHOICES = 40
"""Buttons under one message: nobody acts for more members."""


@screen(facts.ColleaguesChoice)
def choice(shown: facts.ColleaguesChoice, _association: Association) -> Content:
    """Ask whose people to show."""
    rows = [
        (Button(label(name), presses.PageColleagues(member_id, 0).encode()),)
        for member_id, name in shown.members[:CHOICES]
    ]
    return Content(_("Whose people do you want to see?"), tuple(rows))


@screen(facts.Colleagues)
def colleagues(shown: facts.Colleagues, association: Association) -> Content:
    """Show the people of a member with a way to each."""
    heading = _("<b>The people of {member}</b>").format(member=_member(shown.member, association))
    if shown.pages > 1:
        heading += " " + _("(page {page} of {pages})").format(page=shown.page + 1, pages=shown.pages)
    lines = fitting([person_line(person, association) for person in shown.people], 2800)
    rows = [
        (Button(label(person.name), presses.ShowColleague(shown.member_id, person.id).encode()),)
        for person in shown.people
    ]
    if shown.pages > 1:
        turned = (shown.page + 1) % shown.pages
        rows.append((Button(_("Next page"), presses.PageColleagues(shown.member_id, turned).encode()),))
    if shown.may_manage:
        invite = presses.InviteColleague(shown.member_id).encode()
        rows.append((Button(_("Invite somebody"), invite, style="primary"),))
    return Content(f"{heading}\n{lines}", tuple(rows))


@screen(facts.InviteRoleAsked)
def role_asked(shown: facts.InviteRoleAsked, association: Association) -> Content:
    """Ask in which role somebody is invited."""
    text = _("Whom do you invite for {member}?").format(member=_member(shown.member, association))
    rows = [
        (Button(role_name(role), presses.ChooseInviteRole(shown.member_id, role).encode()),)
        for role in Role
        if role.of_member
    ]
    return Content(text, (*rows, cancel_row()))


@screen(facts.InviteNameAsked)
def name_asked(shown: facts.InviteNameAsked, association: Association) -> Content:
    """Ask for the name of the invited."""
    if shown.leaver is None:
        text = _("What is the name of the new {role} of {member}?").format(
            role=_roles(shown.roles), member=_member(shown.member, association)
        )
    else:
        text = _("Who comes in the place of {leaver}? Type the name.").format(leaver=_name(shown.leaver))
    return Content(text, (cancel_row(),))


@screen(facts.InviteFunctionAsked)
def function_asked(shown: facts.InviteFunctionAsked, _association: Association) -> Content:
    """Ask for the function of the invited."""
    text = _("What is the function of {name}? For example: wethouder.").format(name=_name(shown.name))
    return Content(text, (cancel_row(),))


@screen(facts.InvitePreview)
def preview(shown: facts.InvitePreview, association: Association) -> Content:
    """Show what the invitation will do, and ask whether that is meant."""
    member_name = _member(shown.member, association)
    comes = _("<b>{name}</b> ({function}) becomes {role} of {member}.").format(
        name=_name(shown.name), function=_name(shown.function), role=_roles(shown.roles), member=member_name
    )
    parts = [comes]
    if shown.leaver is not None:
        parts.append(
            _("{leaver} is that no longer; every button of {leaver} stops working at once.").format(
                leaver=_name(shown.leaver)
            )
        )
    if shown.proxies:
        parts.append(lapsing_line(shown.proxies, association))
    if not shown.known:
        parts.append(
            _("You receive a personal link to hand on. {contact} is told.").format(contact=_contact(association))
        )
    text = _("Replace now") if shown.leaver is not None else _("Invite now")
    button = Button(text, presses.ConfirmInvite(shown.draft).encode(), style="primary")
    return Content("\n\n".join(parts), ((button,), cancel_row()))


@screen(facts.Invited)
def invited(shown: facts.Invited, association: Association) -> Content:
    """Confirm the invitation."""
    text = "✅ " + _("<b>{name}</b> is now {role} of {member}.").format(
        name=_name(shown.name), role=_roles(shown.roles), member=_member(shown.member, association)
    )
    if shown.leaver is not None:
        text += "\n" + _("{leaver} is that no longer.").format(leaver=_name(shown.leaver))
    if shown.link_follows:
        return Content(text + "\n\n" + _("The link follows."))
    return Content(text + "\n\n" + _("{contact} is told.").format(contact=_contact(association)))


@screen(facts.PersonalLink)
def personal_link(shown: facts.PersonalLink, association: Association) -> Content:
    """Hand over the link of one person, with its QR code."""
    address = association.deep_link(shown.token)
    text = _(
        "The personal link of <b>{name}</b>:\n{address}\n\n"
        "It works once, until {day}. Who has it can register as {name}: send it to nobody else, "
        "and never to a group. An earlier link no longer works."
    ).format(name=_name(shown.name), address=escape(address), day=long_date(shown.until, association))
    erase = Button(_("Erase this message"), presses.EraseMessage().encode())
    return Content(text, ((erase,),), MadePicture("registratielink.png", qr_png(address)))


def _roles(roles: tuple[Role, ...]) -> str:
    return enumerated([role_name(role) for role in dict.fromkeys(roles)])


def _name(name: str) -> str:
    return escape(clip(name, NAME_LIMIT))


def _member(name: str, association: Association) -> str:
    return member(clip(name, NAME_LIMIT), association)


def _contact(association: Association) -> str:
    return escape(association.contact[:1].upper() + association.contact[1:])
