"""Refusals of papers, and of files that people send."""

from dataclasses import dataclass
from typing import Literal

from assembly.errors.base import Refusal


@dataclass(eq=False)
class FileRefused(Refusal):
    """A document cannot be accepted; ``detail`` is what the sentence about ``reason`` needs to know."""

    reason: Literal[
        "type",
        "program",
        "size",
        "empty",
        "agenda",
        "no_text",
        "pages",
        "fetch",
        "columns",
        "column_twice",
        "rows",
        "rows_wrong",
        "encoding",
        "quotes",
        "password",
        "old_format",
        "macros",
        "external",
        "merged",
        "sheets",
        "tables",
        "unpacked",
        "time",
        "broken",
    ]
    detail: str = ""


@dataclass(eq=False)
class NothingToSend(Refusal):
    """Every paper was sent already."""


@dataclass(eq=False)
class PaperSent(Refusal):
    """A paper that people have cannot be given another number or be taken away."""

    number: str


@dataclass(eq=False)
class PaperKnown(Refusal):
    """This very file is the newest version of the paper already."""

    number: str


@dataclass(eq=False)
class NoPapers(Refusal):
    """There is no paper that could go into one file of this ``form``."""

    form: Literal["zip", "pdf"]


@dataclass(eq=False)
class PapersUnderWay(Refusal):
    """The bytes of these papers are not here yet, or could not be fetched."""

    numbers: tuple[str, ...]


@dataclass(eq=False)
class SetTooLarge(Refusal):
    """All papers in one file come to more megabytes than Telegram takes."""

    size: int
    limit: int


@dataclass(eq=False)
class SetNotMade(Refusal):
    """The papers could not be bound into one PDF, whichever of them is to blame."""
