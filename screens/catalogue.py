"""The catalogue: English message ids in, the people's language out.

The one source is the ``.po`` file. It is read at first use and compiled in memory, so that no compiled copy can lag
behind it. Message ids carry named places (``{name}``), which callers fill with ``str.format``.
"""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGE = "nl"
CATALOGUE = Path(__file__).resolve().parent.parent / "locales" / LANGUAGE / "LC_MESSAGES" / "alvbot.po"
"""Beside the packages, in the source tree and in an installed wheel alike."""


@cache
def translations() -> GNUTranslations:
    """Return the compiled catalogue. Raises ``OSError`` when the file is missing: the installation is broken then."""
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale=LANGUAGE, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(message: str) -> str:
    """Return ``message`` in the people's language."""
    return translations().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of the message that goes with ``number`` in the people's language."""
    return translations().ngettext(singular, plural, number)


_ = gettext
