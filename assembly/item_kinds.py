"""What the assembly does with an agenda item, and guessing it from the item's words."""

import re
from enum import StrEnum


class ItemKind(StrEnum):
    """What the assembly does with an item."""

    PROCEDURE = "procedure"
    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"
    PERSONS = "persons"
    AMENDMENT = "amendment"
    """Amendment of the statutes, of which the law asks more than of another decision (BW 2:42, 2:43)."""

    @property
    def votable(self) -> bool:
        """Whether the item can be put to the vote."""
        return self in {ItemKind.DECISION, ItemKind.PERSONS, ItemKind.AMENDMENT}


_PROCEDURE = re.compile(
    r"^(opening|sluiting|welkom|inloop|ontvangst|pauze|borrel)\b|\bw\.?v\.?t\.?t\.?k\b|\bwat verder ter tafel"
    r"|\b(rondvraag|mededelingen|ingekomen stukken|presentielijst)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(stukken |punten )?ter (besluitvorming|vaststelling|goedkeuring)\W*$|^(hamer|bespreek)stuk(ken)?\W*$",
    re.IGNORECASE,
)
"""A heading that says nothing but that what stands below it is decided."""

_IN_ORDER: tuple[tuple[ItemKind, re.Pattern[str]], ...] = (
    # How a title begins says most: whoever explains a proposal may name the decision of another day.
    (
        ItemKind.PROCEDURE,
        re.compile(r"^(opening|sluiting)\b|\bvaststell\w* (van )?(de )?agenda\b|\bagenda vaststellen", re.IGNORECASE),
    ),
    (
        ItemKind.INFORMATION,
        re.compile(
            r"^((korte|mondelinge) )?(toelichting|presentatie|terugkoppeling|terugblik)\b(?! (op )?en\b)"
            r"|\bter (kennisname|kennisneming|informatie)\b",
            re.IGNORECASE,
        ),
    ),
    (ItemKind.DISCUSSION, re.compile(r"\bter bespreking\b(?! en\b)", re.IGNORECASE)),
    (
        ItemKind.PERSONS,
        re.compile(
            r"\b(her)?benoem|\bvoordracht|verkiezing|\bkandida|\bbestuurswisseling"
            r"|\bsamenstelling (van )?(de |het )?(raad|rvc|bestuur)",
            re.IGNORECASE,
        ),
    ),
    (
        ItemKind.AMENDMENT,
        re.compile(r"\bstatutenwijziging|\bwijzig\w* (van )?(de )?statuten|\bstatuten (te )?wijzigen", re.IGNORECASE),
    ),
    (
        ItemKind.DECISION,
        re.compile(
            r"^voorstel\b|\bnotulen\b|\bverslag (van )?(de )?(vorige|laatste|alv|\w*vergadering)"
            r"|\b(vaststell|vast te stellen|accord|akkoord|goedkeur|goed te keuren|instem|in te stemmen|besluit)"
            r"|\b(décharge|decharge|jaarrekening|jaarverslag|jaarstukken|begroting|tarieven|contributie)"
            r"|\b(wijziging (van )?(het )?huishoudelijk|ontbinding|fusie|toetreding)"
            r"|\b(hamer|bespreek)stuk",
            re.IGNORECASE,
        ),
    ),
    (
        ItemKind.INFORMATION,
        re.compile(
            r"\b(presentatie|toelichting|terugkoppeling|stand van zaken|lezing)\b|\binformatie(?!\w)", re.IGNORECASE
        ),
    ),
    (ItemKind.PROCEDURE, _PROCEDURE),
)


def guess_kind(title: str, heading: str = "") -> ItemKind:
    """Guess what the assembly does with an item from its words; the secretariat corrects it by button.

    ``heading`` is the title of the item that a sub point stands under: it speaks where the sub point's own words say
    nothing. Discussion is what remains.
    """
    for kind, pattern in _IN_ORDER:
        if pattern.search(title):
            return kind
    if heading:
        above = guess_kind(heading)
        # Under "Begroting" the budget itself is decided, not each remark below it.
        if not above.votable or _SECTION.search(heading):
            return above
    return ItemKind.DISCUSSION


def heading_kind(title: str) -> ItemKind:
    """Guess the kind of a heading whose sub points are what is decided: never votable itself."""
    kind = guess_kind(title)
    if not kind.votable:
        return kind
    return ItemKind.PROCEDURE if _PROCEDURE.search(title) else ItemKind.DISCUSSION
