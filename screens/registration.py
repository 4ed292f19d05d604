"""Registering, and finding one's way."""

from assembly.association import Association
from assembly.facts import registration as facts
from assembly.members import Role
from screens.catalogue import _
from screens.content import Button, Content
from screens.presses import ConfirmRegistration, DenyRegistration
from screens.registry import screen
from screens.texts import escape, member


def role_name(role: Role) -> str:
    """Return the Dutch name of a role."""
    return {
        Role.REPRESENTATIVE: _("representative entitled to vote"),
        Role.COORDINATOR: _("coordinator"),
        Role.SIGNATORY: _("authorised signatory"),
        Role.SECRETARIAT: _("secretariat"),
        Role.CHAIR: _("chair"),
        Role.MINUTES_TAKER: _("minutes taker"),
        Role.SUPERVISOR: _("supervisory board member"),
        Role.BOARD_MEMBER: _("board member"),
        Role.OBSERVER: _("observer"),
    }[role]


def roles_lines(roles: tuple[facts.RoleShown, ...], association: Association) -> str:
    """Return one line per role, with its member."""
    return "\n".join(
        "• " + role_name(shown.role)
        if shown.member is None
        else "• " + _("{role} of {member}").format(role=role_name(shown.role), member=member(shown.member, association))
        for shown in roles
    )


@screen(facts.Stranger)
def stranger(_facts: facts.Stranger, association: Association) -> Content:
    """Tell a stranger how to get in."""
    text = _(
        "This is the assembly assistant of {association}.\n\n"
        "You are not registered yet. Open the personal link from your letter. "
        "No letter? Ask {contact} for one."
    )
    return Content(text.format(association=escape(association.name), contact=escape(association.contact)))


@screen(facts.RegistrationQuestion)
def question(shown: facts.RegistrationQuestion, association: Association) -> Content:
    """Ask whether this is the person of the link."""
    text = _("Are you <b>{name}</b> ({function})?\n\n{roles}\n\nYour Telegram account will be bound to this name.")
    return Content(
        text.format(
            name=escape(shown.name), function=escape(shown.function), roles=roles_lines(shown.roles, association)
        ),
        (
            (Button(_("Yes, that is me"), ConfirmRegistration(shown.link_id).encode(), style="primary"),),
            (Button(_("No, that is not me"), DenyRegistration(shown.link_id).encode()),),
        ),
    )


@screen(facts.Registered)
def registered(shown: facts.Registered, association: Association) -> Content:
    """Confirm the registration."""
    text = _("✅ You are registered as <b>{name}</b> ({function}).\n\n{roles}")
    return Content(
        text.format(
            name=escape(shown.name), function=escape(shown.function), roles=roles_lines(shown.roles, association)
        )
    )


@screen(facts.RegistrationDenied)
def denied(_facts: facts.RegistrationDenied, association: Association) -> Content:
    """Confirm that nothing was bound."""
    text = _("Nothing was registered. {contact} has been told that this link reached the wrong person.")
    contact = association.contact[:1].upper() + association.contact[1:]
    return Content(text.format(contact=escape(contact)))


@screen(facts.RegistrationMistake)
def mistake(shown: facts.RegistrationMistake, _association: Association) -> Content:
    """Tell the secretariat about a link in the wrong hands."""
    text = _("The registration link of <b>{name}</b> reached somebody else. Make a new link and send it again.")
    return Content(text.format(name=escape(shown.name)))


@screen(facts.Cancelled)
def cancelled(shown: facts.Cancelled, _association: Association) -> Content:
    """Confirm that the input was left."""
    if shown.anything:
        return Content(_("Cancelled. What was saved before stays saved."))
    return Content(_("There was nothing to cancel."))


@screen(facts.NotUnderstood)
def not_understood(_facts: facts.NotUnderstood, _association: Association) -> Content:
    """Tell that a message belongs to nothing."""
    return Content(_("I was not expecting this message; nothing was saved. Choose from /menu, or ask for /help."))


def not_handled_text(association: Association) -> str:
    """Return what is said when the program failed, as plain text: it also answers a press."""
    return _("Something went wrong here. /menu shows what has been saved. Please ask {contact} if it stays so.").format(
        contact=association.contact
    )


@screen(facts.NotHandled)
def not_handled(_facts: facts.NotHandled, association: Association) -> Content:
    """Tell that the program failed on a message."""
    return Content("⚠️ " + escape(not_handled_text(association)))


@screen(facts.Privacy)
def privacy(_facts: facts.Privacy, association: Association) -> Content:
    """Tell what is kept about people."""
    text = _(
        "<b>Privacy</b>\n\n"
        "{association} keeps your name, function, e-mail address and Telegram account, and what you did for the "
        "assembly: replies, proxies, attendance and votes. This is needed to hold the assembly and to prove its "
        "decisions.\n\n"
        "A roll-call vote is visible to the members after closing. Telegram carries all messages and can read them.\n\n"
        "Questions, corrections or removal: ask {contact}."
    )
    return Content(text.format(association=escape(association.name), contact=escape(association.contact)))
