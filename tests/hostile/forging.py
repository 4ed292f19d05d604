"""Callback data that nobody's screen gave: of every kind of button, aimed at everything there is and is not."""

from dataclasses import fields
from datetime import date
from enum import Enum
from random import Random
from typing import Any, get_type_hints

from assembly.options import Chosen
from screens.presses import Press
from tests.hostile.people import Known
from tests.hostile.texts import hostile

EXTREMES = (0, 1, 2, 7, 99, 2**31 - 1, 2**31, 2**53, 10**17, 10**18 - 1)
DAYS = (date(2019, 12, 31), date.min, date.max)
NOT_NUMBERS = (
    "-1",
    "+1",
    " 1",
    "1 ",
    "01",
    "00000000000000001",
    "١",
    "１",
    "²",
    "1_0",
    "1e3",
    "0x1",
    "9" * 19,
    "9" * 40,
    "",
    "NaN",
)


CHOICES = tuple(Chosen(text) for text in ("for", "against", "abstain", "none", "1", "2,3", "99"))
"""What a button on a ballot can say, in a vote of one kind or another."""

MANY_FIELDS = 3
"""Of a button that names more than so many things only some of each are tried: all of them would be thousands."""


def forged(dice: Random, known: Known) -> str:
    """Return callback data: mostly well-formed presses of any kind, else one that was tampered with, or anything."""
    shape = dice.random()
    data = well_formed(dice, known)
    if shape < 0.6:
        return data
    if shape < 0.85:
        return _tampered(dice, data)
    if shape < 0.92:
        return f"{dice.choice('023456789x')}{data[1:]}"
    if shape < 0.94:
        return f"{dice.choice((1, 7, 999))}~{data}"[:64]  # of a rehearsal, which nobody plays
    return hostile(dice)[:64]


def well_formed(dice: Random, known: Known) -> str:
    """Return the data of a button of any kind; its numbers mostly name something that exists."""
    kind = dice.choice(tuple(Press.kinds.values()))
    hints = get_type_hints(kind)
    press = kind(*(_value(dice, known, field.name, hints[field.name]) for field in fields(kind)))
    try:
        return press.encode()
    except ValueError:  # so many of the largest numbers stand on no button
        return well_formed(dice, known)


def presses_of(kind: type[Press], known: Known) -> list[str]:
    """Return the data of every button of this kind that names something that exists, in every choice that it offers."""
    hints = get_type_hints(kind)
    values: list[list[Any]] = [[]]
    for field in fields(kind):
        hint = hints[field.name]
        options: list[Any] = list(known.ids.get(field.name, (0, 1)))
        if issubclass(hint, Enum | date):
            options = list(DAYS if hint is date else hint)
        options = list(CHOICES) if hint is Chosen else options
        options = options[:3] if len(fields(kind)) > MANY_FIELDS else options
        values = [[*chosen, option] for chosen in values for option in options]
    return [kind(*chosen).encode() for chosen in values]


def _value(dice: Random, known: Known, name: str, hint: type[Any]) -> Any:  # noqa: ANN401 - the field's own
    if issubclass(hint, Enum):
        return dice.choice(tuple(hint))
    if hint is Chosen:
        return dice.choice(CHOICES)
    if hint is date:
        return dice.choice(DAYS)
    if hint is str:
        return "x"
    there = known.ids.get(name, (0, 1))
    return dice.choice(there) if dice.random() < 0.85 else dice.choice((*EXTREMES, dice.randint(0, 60)))


def _tampered(dice: Random, data: str) -> str:
    at = dice.randrange(len(data))
    match dice.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + chr(ord(data[at]) ^ (1 << dice.randrange(7))) + data[at + 1 :]
        case 2:
            return data + dice.choice((":", ":1", "\n", "\0", ":for", data))
        case 3:
            parts = data.split(":")
            parts[dice.randrange(len(parts))] = dice.choice(NOT_NUMBERS)
            return ":".join(parts)
        case 4:
            parts = data.split(":")
            dice.shuffle(parts)
            return ":".join(parts)
        case _:
            return data.swapcase()
