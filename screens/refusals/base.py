"""How a refusal is said: its sentence, as the answer to a press and as a message."""

from collections.abc import Callable
from typing import TypeVar, cast

from assembly import errors
from assembly.association import Association
from screens.content import Content
from screens.registry import SCREENS, Screen
from screens.texts import clip, escape

R = TypeVar("R", bound=errors.Refusal)
Say = Callable[[R, Association], str]

SENTENCES: dict[type[errors.Refusal], Say[errors.Refusal]] = {}
ALERT_LIMIT = 200
"""Telegram shows at most 200 characters in the answer to a press."""


def says(kind: type[R]) -> Callable[[Say[R]], Say[R]]:
    """Register the decorated function as the sentence of a refusal, and as its screen."""

    def register(say: Say[R]) -> Say[R]:
        SENTENCES[kind] = cast("Say[errors.Refusal]", say)  # looked up by the refusal's own type only
        SCREENS[kind.__name__] = Screen(
            kind, lambda refusal, association: Content("⚠️ " + escape(say(refusal, association)))
        )
        return say

    return register


def plain(refusal: errors.Refusal, association: Association) -> str:
    """Return the refusal as plain text that fits the answer to a press."""
    return clip(SENTENCES[type(refusal)](refusal, association), ALERT_LIMIT)


def member_named(name: str, association: Association) -> str:
    """Return a member as in a sentence, not escaped: "de gemeente Deventer"."""
    return association.member_article + name
