"""Nominations (voordrachten): what the members must be told of a candidate, read from the form that people fill in."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

FACT_LIMIT = 500
CANDIDATE_LIMIT = 200


class NominationFact(StrEnum):
    """What is told of a candidate.

    Of one for the supervisory board (raad van commissarissen) all of it: age, profession, shares held, the posts that
    matter for the task, the other boards on which the candidate is, and the reasons (BW 2:57a).
    """

    CANDIDATE = "candidate"
    AGE = "age"
    PROFESSION = "profession"
    SHARES = "shares"
    POSTS = "posts"
    SUPERVISION = "supervision"
    REASONS = "reasons"


@dataclass(frozen=True)
class Nomination:
    """A candidate with what is told; a fact that nobody asked for may be empty."""

    candidate: str
    age: str = ""
    profession: str = ""
    shares: str = ""
    posts: str = ""
    supervision: str = ""
    reasons: str = ""


_LABELS: tuple[tuple[NominationFact, re.Pattern[str]], ...] = tuple(
    (fact, re.compile(pattern, re.IGNORECASE))
    for fact, pattern in (
        (NominationFact.CANDIDATE, r"(naam( kandidaat)?|kandidaat)"),
        (NominationFact.AGE, r"(leeftijd|geboortedatum|geboortejaar|geboren)"),
        (NominationFact.PROFESSION, r"(beroep|hoofdfunctie)"),
        (NominationFact.SHARES, r"(aandelen|participaties|aandelen en participaties|ledencertificaten)"),
        (NominationFact.SUPERVISION, r"(andere )?(commissariaten|toezichthoudende functies)"),
        (NominationFact.POSTS, r"((andere |neven|overige )?(functies|betrekkingen)|nevenfuncties)"),
        (NominationFact.REASONS, r"(motivering|reden(en)?|motivatie|toelichting)"),
    )
)
_LINE = re.compile(r"^\W*([A-Za-z][A-Za-z ]{2,30}?)\s*:\s*(.*)$")
_SUPERVISORY = re.compile(r"commissaris|\brvc\b|raad van toezicht", re.IGNORECASE)


def is_supervisory(*titles: str) -> bool:
    """Whether an item is about the supervisory board, by its title or that of its heading."""
    return any(_SUPERVISORY.search(title) for title in titles)


def needed_facts(*, supervisory: bool) -> tuple[NominationFact, ...]:
    """Return what has to be told of a candidate."""
    return tuple(NominationFact) if supervisory else (NominationFact.CANDIDATE,)


def missing_facts(given: Mapping[NominationFact, str], *, supervisory: bool) -> tuple[NominationFact, ...]:
    """Return what is still to be told."""
    return tuple(fact for fact in needed_facts(supervisory=supervisory) if not given.get(fact))


def read_facts(text: str, missing: Collection[NominationFact]) -> dict[NominationFact, str]:
    """Read lines such as "Beroep: accountant"; a line without a label goes on with the fact above it.

    A text without any label answers the only fact that is ``missing``, if one is.
    """
    found: dict[NominationFact, str] = {}
    at: NominationFact | None = None
    for line in text.splitlines():
        labelled = _LINE.match(line)
        fact = next((f for f, label in _LABELS if labelled and label.fullmatch(labelled[1])), None)
        if fact and labelled:
            at = fact
            found[fact] = labelled[2].strip()
        elif at and line.strip():
            found[at] = f"{found[at]} {line.strip()}".strip()
    if not found and len(missing) == 1:
        found = {next(iter(missing)): " ".join(text.split())}
    return {fact: value for fact, value in found.items() if value}
