"""Typed callback data: what a button says when it is pressed.

Callback data is a claim, never proof: anybody can send any of it. A press only names things; services decide.
Form: ``1:<code>:<field>:<field>``, at most 64 bytes. The version in front lets an old button be recognised.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Self, get_type_hints

VERSION = "1"
LIMIT = 64


class BadPress(ValueError):  # noqa: N818 - a press can be bad; it is no error of the program
    """The data is not of a button that this version draws."""


@dataclass(frozen=True)
class Press:
    """A button's message. Subclasses name their ``code``; fields are numbers, texts, days or text enumerations."""

    code: ClassVar[str] = ""
    kinds: ClassVar[dict[str, type["Press"]]] = {}

    def __init_subclass__(cls, code: str, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        super().__init_subclass__(**kwargs)
        if code in cls.kinds:
            raise ValueError(f"two presses have the code {code}")
        cls.code = code
        cls.kinds[code] = cls

    def encode(self) -> str:
        """Return the callback data. Raises ``ValueError`` where it would not fit."""
        values = (getattr(self, field.name) for field in fields(self))
        data = ":".join([VERSION, self.code, *(str(v.value if isinstance(v, Enum) else v) for v in values)])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"callback data of {self.code} is longer than {LIMIT} bytes")
        return data

    @classmethod
    def decode(cls, data: str | None) -> Self:
        """Read callback data of this kind of press. Raises ``BadPress`` for anything else."""
        version, _, rest = (data or "").partition(":")
        code, *values = rest.split(":")
        if version != VERSION or code != cls.code:
            raise BadPress(cls.code)
        kinds = _field_types(code)
        if len(values) != len(kinds):
            raise BadPress(cls.code)
        try:
            return cls(*(_read(kind, value) for kind, value in zip(kinds, values, strict=True)))
        except ValueError as error:
            raise BadPress(cls.code) from error

    @classmethod
    def kind_of(cls, data: str | None) -> "type[Press] | None":
        """Return which kind of press callback data is, whole and well-formed, or ``None`` for anything else."""
        code = (data or "").partition(":")[2].partition(":")[0]
        kind = cls.kinds.get(code)
        return kind if kind is not None and kind.matches(data) else None

    @classmethod
    def matches(cls, data: object) -> bool:
        """Whether callback data is of this kind of press, whole and well-formed."""
        try:
            cls.decode(data if isinstance(data, str) else None)
        except BadPress:
            return False
        return True


@cache
def _field_types(code: str) -> tuple[type[Any], ...]:
    kind = Press.kinds[code]
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))


def _read(kind: type[Any], value: str) -> Any:  # noqa: ANN401 - the field's own type
    """Read one field. A number or a day must stand as we write it, a number in 63 bits: what the database can hold."""
    if kind is date:
        day = date.fromisoformat(value)
        if str(day) != value:
            raise ValueError(value)
        return day
    if kind is not int:
        return kind(value)
    if len(value) > 18 or str(int(value)) != value or value.startswith("-"):  # noqa: PLR2004 - 18 digits stay below 2**63
        raise ValueError(value)
    return int(value)
