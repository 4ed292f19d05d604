"""Registration links: asked for, and handed over as a file or as letters."""

from assembly.access import LinkForm
from assembly.association import Association
from assembly.facts import people
from assembly.facts import register as facts
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content, MadeDocument
from screens.csv_files import csv_file, plain_cell
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape, long_date


@screen(people.LinksAsked)
def asked(shown: people.LinksAsked, _association: Association) -> Content:
    """Ask for whom to make links, and in which form."""
    text = ngettext(
        "{count} person is not registered yet.", "{count} people are not registered yet.", shown.unregistered
    ).format(count=shown.unregistered)
    if shown.valid:
        text += "\n" + ngettext(
            "{count} of them has a link that still works. A new link ends it.",
            "{count} of them have a link that still works. A new link ends it.",
            shown.valid,
        ).format(count=shown.valid)
    rows = []
    if shown.valid < shown.unregistered:
        without = _("without a link") if shown.valid else ""
        rows += [(_form(form, without, renew=False),) for form in LinkForm]
    if shown.valid:
        rows += [(_form(form, _("everybody anew"), renew=True),) for form in LinkForm]
    return Content(text, (*rows, cancel_row()))


def _form(form: LinkForm, whom: str, *, renew: bool) -> Button:
    name = {LinkForm.LETTERS: _("Letters (PDF)"), LinkForm.FILE: _("File for mail merge (CSV)")}[form]
    return Button(f"{name}: {whom}" if whom else name, presses.MakeLinks(form, int(renew)).encode())


@screen(people.LinkRevoked)
def revoked(shown: people.LinkRevoked, _association: Association) -> Content:
    """Confirm that a link was revoked."""
    text = _("The link of <b>{name}</b> no longer works.")
    return Content(text.format(name=escape(clip(shown.name, 100))))


@screen(facts.RegistrationLinks)
def links(shown: facts.RegistrationLinks, association: Association) -> Content:
    """Hand over the links as a mail-merge file."""
    rows = [["naam", "functie", "lid", "e-mail", "link"]]
    rows += [
        [
            plain_cell(link.name),
            plain_cell(link.function),
            plain_cell(link.member),
            plain_cell(link.email),
            association.deep_link(link.token),
        ]
        for link in shown.links
    ]
    count = len(shown.links)
    text = ngettext(
        "{count} personal link, valid for {days} days and usable once. Earlier links no longer work. "
        "Send each link only to the person that it is for.",
        "{count} personal links, valid for {days} days and usable once. Earlier links no longer work. "
        "Send each link only to the person that it is for.",
        count,
    )
    return Content(
        text.format(count=count, days=shown.days),
        (_erase_row(),),
        document=MadeDocument("registratielinks.csv", "text/csv", csv_file(rows)),
    )


@screen(facts.NobodyUnregistered)
def nobody(_facts: facts.NobodyUnregistered, _association: Association) -> Content:
    """Tell that no link is needed."""
    return Content(_("Everybody in the register is registered already; no links are needed."))


@screen(facts.RegistrationLetters)
def letters(shown: facts.RegistrationLetters, association: Association) -> Content:
    """Hand over the letters."""
    count = len(shown.links)
    text = ngettext(
        "{count} letter with a personal link that works once, until {day}. Earlier links no longer work. "
        "Print it, post it, and erase this message.",
        "{count} letters with personal links that work once, until {day}. Earlier links no longer work. "
        "Print them, post them, and erase this message.",
        count,
    )
    return Content(text.format(count=count, day=long_date(shown.until, association)), (_erase_row(),))


def _erase_row() -> tuple[Button, ...]:
    return (Button(_("Erase this message"), presses.EraseMessage().encode()),)
