"""Facts and screens of the tests' own, so that the sender is tested apart from what the bot really says."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from assembly.association import Association
from records import RECORDS, Record
from screens.content import Button, CommandMenu, Content, MadeDocument, StoredDocument
from screens.registry import SCREENS, Screen
from services.live import LOADERS, Loader
from storage.tables import people
from storage.unit import Unit


@dataclass(frozen=True)
class Line:
    """One line of text, perhaps with a button or pinned."""

    text: str
    button: str = ""
    pin: bool = False


@dataclass(frozen=True)
class Paper:
    """A document: one that is made, or one that Telegram has already."""

    caption: str
    file_id: str = ""


@dataclass(frozen=True)
class Letter:
    """A message that comes with its record."""

    text: str


@dataclass(frozen=True)
class Offer:
    """A command menu."""

    command: str


@dataclass(frozen=True)
class HeadCountRef:
    """Live: how many people are in the register; nothing while there is nobody."""


@dataclass(frozen=True)
class Broken:
    """A screen that fails."""


def register_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the test screens to the registry for one test."""
    screens = ((Line, _line), (Paper, _paper), (Letter, _letter), (Offer, _offer), (Broken, _broken))
    for facts_type, draw in screens:
        monkeypatch.setitem(SCREENS, facts_type.__name__, Screen(facts_type, draw))
    monkeypatch.setitem(RECORDS, Letter, _record)
    monkeypatch.setitem(LOADERS, HeadCountRef.__name__, Loader(HeadCountRef, _count))


def _line(facts: Line, _association: Association) -> Content:
    keyboard = ((Button(facts.button, data=f"1:{facts.button}", style="primary"),),) if facts.button else ()
    return Content(facts.text, keyboard, pin=facts.pin)


def _paper(facts: Paper, _association: Association) -> Content:
    document = StoredDocument(facts.file_id) if facts.file_id else MadeDocument("bijlage 4.txt", "text/plain", b"tekst")
    return Content(facts.caption, document=document)


def _letter(facts: Letter, _association: Association) -> Content:
    return Content(facts.text)


def _record(facts: Letter, association: Association) -> Record:
    return Record("brief.txt", "text/plain", f"{facts.text} van {association.name}".encode())


def _offer(facts: Offer, _association: Association) -> CommandMenu:
    return CommandMenu(((facts.command, "Doe dit"),))


def _broken(_facts: Broken, _association: Association) -> Content:
    raise LookupError("a private text")


async def _count(unit: Unit, _ref: HeadCountRef) -> Line | None:
    names = (await unit.connection.execute(select(people.c.name))).all()
    return Line(f"Aantal: {len(names)}") if names else None
