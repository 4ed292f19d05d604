"""The Bot API as somebody else wrote it down: aiogram's types say what an update may hold, and which is nonsense."""

import json
import re
import types
import typing
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cache
from random import Random
from typing import Any

from aiogram.types import Update
from pydantic import BaseModel, ValidationError

from tests.hostile.texts import hostile

Json = dict[str, Any]

DEPTH = 6
NUMBERS = (0, 1, 2, 7, 42, 255)
HARD_NUMBERS = (-1, 2**31 - 1, 2**31, -(2**31), 2**52, -(2**52), 2**63 - 1)
HARD = 0.1
"""How often a number is one that is hard to hold."""
DATES = (0, 1, 1549990800, 2**31 - 1, 2**31, 2**32, 10**10)
_DIGITS = re.compile(r"-?\d+(?=[,}\]])")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def is_sound(raw: Json) -> bool:
    """Whether the model finds nothing wrong with an update: every field of its type, with nothing converted.

    Halves of characters are let through: a text may hold anything. A number has 64 bits at most.
    """
    if any(len(digits) > 18 and not -(2**63) <= int(digits) < 2**63 for digits in _DIGITS.findall(json.dumps(raw))):
        return False
    raw = json.loads(_SURROGATE.sub("?", json.dumps(raw)))
    try:
        parsed = Update.model_validate(raw)
        dumped = parsed.model_dump(mode="json", by_alias=True, exclude_unset=True)
    except (ValidationError, ValueError, OverflowError, RecursionError, OSError):
        return False
    return json.dumps(dumped, sort_keys=True) == json.dumps(raw, sort_keys=True)


def drawn(dice: Random, model: type[BaseModel], depth: int = 0, *, optional: float = 0.15) -> Json:
    """Return a random object of this type; each field that may be left out is there with the chance ``optional``."""
    chance = optional if depth < DEPTH else 0.0
    return {
        name: value
        for name, annotation, required in _fields(model)
        if (required or dice.random() < chance) and (value := _value(dice, annotation, name, depth + 1)) is not None
    }


def drawn_field(dice: Random, model: type[BaseModel], name: str) -> Any:  # noqa: ANN401 - whatever the field holds
    """Return a random value of one field."""
    annotation = next(annotation for field, annotation, _ in _fields(model) if field == name)
    return _value(dice, annotation, name, 1)


def optional_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of the fields that may be left out."""
    return tuple(name for name, _, required in _fields(model) if not required)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Any, bool], ...]:
    return tuple(
        (field.alias or name, field.annotation, field.is_required() or field.default is not None)
        for name, field in model.model_fields.items()
    )


def _value(dice: Random, annotation: Any, name: str, depth: int) -> Any:  # noqa: ANN401 - whatever the type says
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        chosen = dice.choice(parts)
        return chosen.value if isinstance(chosen, Enum) else chosen
    if origin is typing.Annotated:
        return _value(dice, parts[0], name, depth)
    if origin in {typing.Union, types.UnionType}:
        return _value(dice, dice.choice([part for part in parts if part is not type(None)]), name, depth)
    if origin is list:
        count = 0 if depth > DEPTH else dice.randint(0, 3)
        values = [_value(dice, parts[0], name, depth + 1) for _ in range(count)]
        return [value for value in values if value is not None]
    return _plain(dice, annotation, depth)


def _plain(dice: Random, annotation: Any, depth: int) -> Any:  # noqa: ANN401 - whatever the type says
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return drawn(dice, annotation, depth)
    make = _PLAIN.get(annotation)
    return None if make is None else make(dice)  # what only a request can hold, or a name that says nothing here


_PLAIN: dict[Any, Callable[[Random], Any]] = {
    str: hostile,
    bool: lambda dice: dice.random() < 0.5,
    int: lambda dice: dice.choice(HARD_NUMBERS if dice.random() < HARD else NUMBERS),
    float: lambda dice: dice.choice((0.0, -1.5, 1e300, 52.25)),
    datetime: lambda dice: dice.choice(DATES),
}

UPDATE_KINDS = tuple(name for name in Update.model_fields if name != "update_id")


def kind_model(kind: str) -> type[BaseModel]:
    """Return what an update of this kind holds: ``Message`` for "edited_message"."""
    annotation = Update.model_fields[kind].annotation
    model: type[BaseModel] = next(part for part in typing.get_args(annotation) if part is not type(None))
    return model
