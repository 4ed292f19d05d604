"""What can be chosen in a vote, and what a ballot says: a selection of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from assembly.tally import Choice

ABSTAIN = Choice.ABSTAIN.value
"""The key of an abstention, or of a blank ballot on persons; it stands alone, and is possible in every vote."""

NONE = "none"
"""The key of "none of these": a vote that is cast, and for no option. It stands alone."""

OPTION_LIMIT = 30
PICK_LIMIT = 9
"""Options in a vote, and seats to fill in one: the keys of one more than that still fit on a button."""

_CHOSEN = re.compile(r"for|against|abstain|none|[1-9][0-9]?(,[1-9][0-9]?)*")

Selection = tuple[str, ...]
"""What a ballot says: keys of options, in the order of their numbers, or ``ABSTAIN`` or ``NONE`` alone."""


@dataclass(frozen=True)
class Option:
    """Something to choose, under the key by which ballots name it: "1", "2", …; on a matter those of ``Choice``."""

    key: str
    label: str


MATTER_OPTIONS = (Option(Choice.FOR.value, ""), Option(Choice.AGAINST.value, ""))
"""What can be chosen on a matter; the words stand in the catalogue."""


def numbered(labels: Iterable[str], *, none: bool = False) -> tuple[Option, ...]:
    """Return options for ``labels``, in order; ``none``: with "none of these" at the end."""
    options = tuple(Option(str(number), label) for number, label in enumerate(labels, start=1))
    return (*options, Option(NONE, "")) if none else options


def selection(keys: Iterable[str]) -> Selection:
    """Return the selection of ``keys``, each once, in the order of their numbers."""
    return tuple(sorted(set(keys), key=lambda key: (len(key), key)))


def joined(chosen: Selection) -> "Chosen":
    """Return a selection as text."""
    return Chosen(",".join(chosen))


class Chosen(str):
    """A selection as the text by which buttons, papers and the database name it: "for", "1,3".

    Raises ``ValueError`` for any other text, and for keys twice or out of order.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Read ``text``."""
        if not _CHOSEN.fullmatch(text) or ",".join(parted(text)) != text:
            raise ValueError(text)
        return super().__new__(cls, text)


def parted(text: str) -> Selection:
    """Return the selection that a text names; whether there are such options is another question."""
    return selection(text.split(","))
