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

    @property
    def polled_only(self) -> bool:
        """Whether nothing is decided on the item, and a straw poll (peiling) can be held about it all the same."""
        return self in {ItemKind.DISCUSSION, ItemKind.INFORMATION}


_PROCEDURE = re.compile(
    r"^(opening|(af)?sluiting|welkom|inloop|ontvangst|pauze|borrel|einde)\b"
    r"|\bw\.?v\.?t\.?t\.?k\b|\bwat verder ter tafel"
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
            r"|\bter (kennisname|kennisneming|informatie|info)\b|[(\[](informatief|info|i)[)\]]",
            re.IGNORECASE,
        ),
    ),
    (
        ItemKind.DISCUSSION,
        re.compile(
            r"\bter (bespreking|discussie|consultatie)\b(?! en\b)|\b(opini|beeldvorm)|[(\[]d[)\]]", re.IGNORECASE
        ),
    ),
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
            r"|\b(hamer|bespreek)stuk|[(\[](besl?\.?|b)[)\]]",
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


_STATED: tuple[tuple[ItemKind, re.Pattern[str]], ...] = (
    (ItemKind.PERSONS, re.compile(r"(ter )?(her)?benoem\w*|verkiezing|voordracht", re.IGNORECASE)),
    (
        ItemKind.INFORMATION,
        re.compile(r"(ter )?(kennisname|kennisneming|informatie|informati[ef]\w*|info|informerend|i)", re.IGNORECASE),
    ),
    (
        ItemKind.DISCUSSION,
        re.compile(r"(ter )?(bespreking|bespreken|discussie|opini\w+|beeldvorm\w+|consultatie|d)", re.IGNORECASE),
    ),
    (
        ItemKind.DECISION,
        re.compile(
            r"(ter )?(besluit\w*|vaststell\w*|goedkeur\w*|instemm\w*|accord\w*|akkoord|hamerstuk|stemming|b)",
            re.IGNORECASE,
        ),
    ),
    (ItemKind.PROCEDURE, re.compile(r"procedure\w*|huishoudelijk|formaliteit", re.IGNORECASE)),
)
"""What agendas write in a column or a line of its own. What is for information and decision is a decision."""

_ASKED = re.compile(
    r"\b(stemt in met|stemmen in met|in te stemmen|vast te stellen|goed te keuren|ter besluitvorming"
    r"|(wordt|worden) (\w+ ){0,6}(vastgesteld|goedgekeurd)|stelt (\w+ ){0,3}voor"
    r"|(wordt|worden) (\w+ ){0,3}(gevraagd|verzocht|voorgesteld|voorgelegd))\b",
    re.IGNORECASE,
)
_ASKED_PERSONS = re.compile(r"\b(her)?benoemd?\b|\bvoorgedragen\b|\bvoordracht\b|\bkandidaat\b", re.IGNORECASE)
_LATER = re.compile(r"\b(volgende|eerstvolgende|latere) (alv|vergadering|ledenvergadering)\b", re.IGNORECASE)


def guess_kind(title: str, heading: str = "", section: ItemKind | None = None, note: str = "") -> ItemKind:
    """Guess what the assembly does with an item from its words; the secretariat corrects it by button.

    Where its own words say nothing, ``heading`` speaks (the title of the item that it stands under), then ``section``
    (what a line above several items says of all of them), then ``note``, the explanation below it. Discussion remains.
    """
    spoken = _spoken(title)
    if spoken:
        return spoken
    if heading:
        above = guess_kind(heading)
        # Under "Begroting" the budget itself is decided, not each remark below it.
        if (not above.votable and above is not ItemKind.DISCUSSION) or _SECTION.search(heading):
            return above
    return section or _explained(note) or ItemKind.DISCUSSION


def stated_kind(text: str) -> ItemKind | None:
    """Return the kind that ``text`` names and says nothing else: "ter kennisname", "Besluit", "B"; else ``None``."""
    words = [word.strip(" ().[]") for word in re.split(r"\s*(?:/|,|\ben\b|&)\s*", text)]
    kinds = [next((kind for kind, pattern in _STATED if pattern.fullmatch(word)), None) for word in words if word]
    named = [kind for kind in kinds if kind]
    if not named or len(named) < len(kinds):
        return None
    return next((kind for kind in named if kind.votable), named[0])


def heading_kind(title: str) -> ItemKind:
    """Guess the kind of a heading whose sub points are what is decided: never votable itself."""
    kind = guess_kind(title)
    if not kind.votable:
        return kind
    return ItemKind.PROCEDURE if _PROCEDURE.search(title) else ItemKind.DISCUSSION


def _spoken(title: str) -> ItemKind | None:
    return next((kind for kind, pattern in _IN_ORDER if pattern.search(title)), None)


def _explained(note: str) -> ItemKind | None:
    """Return what an explanation asks for; what another assembly will decide is not asked now."""
    asked = [line for line in re.split(r"(?<=[.!?])\s", note) if _ASKED.search(line) and not _LATER.search(line)]
    if not asked:
        return None
    return ItemKind.PERSONS if any(_ASKED_PERSONS.search(line) for line in asked) else ItemKind.DECISION
