"""Which function shows which facts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from assembly.association import Association
from screens.content import Album, CommandMenu, Content, Erasure

F = TypeVar("F")
Drawn = Content | Album | CommandMenu | Erasure
Draw = Callable[[F, Association], Drawn]


@dataclass(frozen=True)
class Screen:
    """A screen: the type of the facts that it shows, and the function that draws them."""

    facts_type: type[Any]
    draw: Draw[Any]


SCREENS: dict[str, Screen] = {}
"""Screens by the name of their facts type, which is the name that an outbox row carries."""


def screen(facts_type: type[F]) -> Callable[[Draw[F]], Draw[F]]:
    """Register the decorated function as the screen of ``facts_type``."""

    def register(draw: Draw[F]) -> Draw[F]:
        name = facts_type.__name__
        if name in SCREENS:
            raise ValueError(f"two screens show {name}")
        SCREENS[name] = Screen(facts_type, draw)
        return draw

    return register


def render(facts: object, association: Association) -> Drawn:
    """Draw ``facts`` with the screen that is registered for their type. Raises ``KeyError`` when there is none."""
    return SCREENS[type(facts).__name__].draw(facts, association)
