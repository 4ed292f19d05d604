"""Which function makes a file of which facts.

A screen draws the message of the same facts; where a record is registered for them too, the file comes with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from assembly.association import Association

F = TypeVar("F")


@dataclass(frozen=True)
class Record:
    """A file as it is handed out.

    ``upload_key`` stands for exactly these contents: once Telegram has the file, it is sent by its file id. Empty where
    the file is for one reader.
    """

    name: str
    mime_type: str
    content: bytes
    upload_key: str = ""


Make = Callable[[F, Association], Record]

RECORDS: dict[type[Any], Make[Any]] = {}
"""Records by the type of their facts."""


def record(facts_type: type[F]) -> Callable[[Make[F]], Make[F]]:
    """Register the decorated function as the record of ``facts_type``."""

    def register(made: Make[F]) -> Make[F]:
        if facts_type in RECORDS:
            raise ValueError(f"two records are made of {facts_type.__name__}")
        RECORDS[facts_type] = made
        return made

    return register


def make(facts: object, association: Association) -> Record | None:
    """Make the file that goes with ``facts``; ``None`` where none does."""
    made = RECORDS.get(type(facts))
    return made(facts, association) if made else None


@dataclass(frozen=True)
class Picture:
    """A picture (PNG) that is shown with a message. ``upload_key`` stands for exactly these contents."""

    name: str
    content: bytes
    upload_key: str


Draw = Callable[[F, Association], Picture | None]

PICTURES: dict[type[Any], Draw[Any]] = {}
"""Pictures by the type of their facts. Where the words leave no room for one they go without."""


def picture(facts_type: type[F]) -> Callable[[Draw[F]], Draw[F]]:
    """Register the decorated function as what draws the picture of ``facts_type``."""

    def register(drawn: Draw[F]) -> Draw[F]:
        PICTURES[facts_type] = drawn
        return drawn

    return register


def draw(facts: object, association: Association) -> Picture | None:
    """Draw the picture that goes with ``facts``; ``None`` where none does."""
    drawn = PICTURES.get(type(facts))
    return drawn(facts, association) if drawn else None
