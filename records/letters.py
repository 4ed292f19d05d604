"""Letters with registration links: one PDF, a page per person, to be folded into window envelopes."""

import json
from io import BytesIO
from pathlib import Path

import segno
import typst

from assembly.association import Association
from assembly.facts.register import RegistrationLetters, RegistrationLink
from records.registry import Record, record
from screens.catalogue import gettext as _
from screens.texts import clean_name, long_date

TEMPLATE = Path(__file__).parent / "letters.typ"
LINE_LIMIT = 72
"""UTF-16 units of a name, function or member in the address: at most two lines in the window."""


@record(RegistrationLetters)
def letters(facts: RegistrationLetters, association: Association) -> Record:
    """Typeset the letters. Only typst's own fonts are used, and embedded: the same on every machine."""
    until = long_date(facts.until, association)
    contact = association.contact
    data = {
        "window": association.letter_window,
        "association": association.name,
        "sender": association.sender or association.name,
        "date": long_date(facts.at, association),
        "subject": _("Your access to the assembly assistant"),
        "introduction": _(
            "{association} holds its general assembly with an assistant in Telegram. There you receive the "
            "convocation and the papers, let us know whether you come, grant a proxy and vote."
        ).format(association=association.name),
        "heading": _("This is how you register"),
        "steps": [
            _("Install Telegram on your phone, if you do not have it yet: telegram.org."),
            _("Scan the code with the camera of your phone, or type the link below."),
            _("Press Start in Telegram."),
            _("Check your name and press “Yes, that is me”."),
        ],
        "warning": _(
            "This link is personal. It works once, until {day}. Do not hand it on: who has it can register in your "
            "place. Is something wrong, or is this letter not for you? Ask {contact}."
        ).format(day=until, contact=contact),
        "closing": _("Kind regards,"),
        "letters": [_letter(link, association) for link in facts.links],
    }
    fonts = typst.Fonts(include_system_fonts=False)
    pdf = typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"letters": json.dumps(data)})
    return Record("registratiebrieven.pdf", "application/pdf", bytes(pdf))


def _letter(link: RegistrationLink, association: Association) -> dict[str, object]:
    name = clean_name(link.name, LINE_LIMIT)
    lines = (name, clean_name(link.function, LINE_LIMIT), clean_name(link.member, LINE_LIMIT))
    address = association.deep_link(link.token)
    return {
        "address": [line for line in lines if line],
        "opening": _("Dear {name},").format(name=name),
        "link": address,
        "qr": _qr(address),
    }


def _qr(text: str) -> str:
    """Return a QR code that bears some damage, as SVG."""
    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=1, xmldecl=False)
    return picture.getvalue().decode()
