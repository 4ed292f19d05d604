"""The menu, the commands and the help, each from what the person may do."""

from assembly.access import Registration
from assembly.association import Association
from assembly.facts.registration import Commands, Help, Menu
from assembly.meetings import Mode
from assembly.permissions import COMMANDS, Act, Entry
from screens import presses
from screens.catalogue import _
from screens.content import Button, CommandMenu, Content
from screens.lists import label
from screens.registry import screen
from screens.texts import escape


@screen(Menu)
def menu(shown: Menu, association: Association) -> Content:
    """Offer what can be done now."""
    title = _("<b>{association}</b>").format(association=escape(association.name))
    if shown.meeting:
        title += "\n" + escape(shown.meeting.title)
    rows = [*_office_rows(shown), *_member_rows(shown, association)]
    if Act.SEE_COLLEAGUES in shown.acts and shown.members:
        rows.append(Button(_("My colleagues"), presses.ShowColleagues().encode()))
    if not rows:
        return Content(title + "\n\n" + _("There is nothing for you to do now. You receive a message when there is."))
    return Content(title + "\n\n" + _("What do you want to do?"), tuple((button,) for button in rows))


def _office_rows(shown: Menu) -> list[Button]:
    rows = []
    if Act.PREPARE_MEETING in shown.acts or Act.LEAD_MEETING in shown.acts:
        if shown.meeting:
            rows.append(Button(_("Manage the assembly"), presses.ShowMeeting().encode(), style="primary"))
        elif Act.PREPARE_MEETING in shown.acts:
            rows.append(Button(_("Prepare an assembly"), presses.CreateMeeting().encode(), style="primary"))
    if Act.SEND_NOTICE in shown.acts:
        rows.append(Button(_("Send a notice"), presses.StartNotice().encode()))
    if Act.PREPARE_OUTSIDE in shown.acts:
        rows.append(Button(_("Votes outside a meeting"), presses.ShowOutsideVotes().encode()))
    if Act.IMPORT_MEMBERS in shown.acts:
        rows.append(Button(_("Members"), presses.AskRegister().encode()))
    if Act.SEE_PEOPLE in shown.acts:
        rows.append(Button(_("People and registrations"), presses.ShowRegistrations(Registration.NO_LINK, 0).encode()))
    return rows


def _member_rows(shown: Menu, association: Association) -> list[Button]:
    meeting = shown.meeting
    if meeting is None or not meeting.convened:
        return []
    rows = []
    if meeting.open and Act.CHECK_IN in shown.acts:
        rows.append(Button(_("I am present in the room"), presses.CheckIn(meeting.id, Mode.ROOM).encode()))
        rows.append(Button(_("I take part remotely"), presses.CheckIn(meeting.id, Mode.REMOTE).encode()))
    if shown.members:
        rows.append(Button(_("Who casts my vote, on whose behalf do I vote?"), presses.ShowSeats(meeting.id).encode()))
    if Act.SET_POSITIONS in shown.acts:
        rows += [
            Button(
                label(_("Positions of {member}").format(member=name)),
                presses.ShowPositions(meeting.id, member_id, 0).encode(),
            )
            for member_id, name in shown.members
        ]
    if meeting.advance and Act.VOTE_IN_ADVANCE in shown.acts:
        rows += [
            Button(
                label(_("Vote now for {member}").format(member=name)),
                presses.ShowAdvance(meeting.id, member_id, 0).encode(),
            )
            for member_id, name in shown.represented
        ]
    if Act.PREPARE_PROXY in shown.acts and association.statutes.knows_proxies:
        rows += [
            Button(
                label(_("Grant a proxy for {member}").format(member=name)),
                presses.StartProxy(meeting.id, member_id).encode(),
            )
            for member_id, name in shown.members
        ]
    if Act.READ_PAPERS in shown.acts:
        rows.append(Button(_("See agenda and papers"), presses.ShowPapers(meeting.id).encode()))
    return rows


def command_list(acts: tuple[Act, ...]) -> tuple[tuple[str, str], ...]:
    """Return the (command, description) pairs that fit somebody who may do ``acts``; none is for a stranger."""
    described = {
        "menu": _("show what you can do now"),
        "alv": _("prepare or lead the assembly"),
        "leden": _("see, change and read in members"),
        "sjabloon": _("an empty file for members"),
        "mensen": _("see people and registrations"),
        "mededeling": _("send a notice"),
        "stukken": _("see agenda and papers"),
        "volmacht": _("grant or see proxies"),
        "raadpleging": _("consult the members outside a meeting"),
        "invoeren": _("enter on behalf of a member, from paper"),
        "stem": _("who casts my vote, on whose behalf do I vote"),
        "aanwezig": _("check in to the assembly"),
        "collegas": _("see, invite and replace colleagues"),
        "beveiliging": _("set up the second factor"),
        "gegevens": _("see your own data"),
        "annuleren": _("leave what you are busy with"),
        "help": _("what this assistant does"),
        "privacy": _("what is kept about you"),
    }
    return tuple((command, text) for command, text in described.items() if _fits(COMMANDS[command], acts))


def _fits(purpose: Act | Entry, acts: tuple[Act, ...]) -> bool:
    if isinstance(purpose, Act):
        return purpose in acts
    return bool(acts) or purpose is not Entry.REGISTERED


@screen(Commands)
def commands(shown: Commands, _association: Association) -> CommandMenu:
    """Offer the person's commands in Telegram's own menu."""
    return CommandMenu(command_list(shown.acts))


@screen(Help)
def help_text(shown: Help, association: Association) -> Content:
    """Tell what the bot is for, with the commands that the person can use."""
    lines = "\n".join(f"/{command} – {description}" for command, description in command_list(shown.acts))
    text = _(
        "This assistant helps with the general assembly of {association}: convocation, papers, proxies, "
        "attendance and votes. You only need to press the buttons under a message.\n\n{commands}\n\n"
        "Questions? Ask {contact}."
    )
    return Content(
        text.format(association=escape(association.name), commands=escape(lines), contact=escape(association.contact))
    )
