"""Facts as JSON and back: frozen dataclasses with moments, enumerations, fractions and tuples of each other."""

import json
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

T = TypeVar("T")


def dump(facts: object) -> dict[str, Any]:
    """Return the fields of the dataclass instance ``facts`` as plain JSON values.

    Raises ``TypeError`` for anything that is no dataclass, and pydantic's errors for a field that JSON cannot carry.
    """
    if not hasattr(type(facts), "__dataclass_fields__"):
        raise TypeError(f"facts must be a dataclass, not {type(facts).__name__}")
    dumped: dict[str, Any] = _adapter(cast("Hashable", type(facts))).dump_python(facts, mode="json")
    return dumped


def load(kind: type[T], data: Mapping[str, Any]) -> T:
    """Build a ``kind`` out of what ``dump`` made of one.

    Raises ``ValueError`` when ``data`` does not fit, as after an upgrade that changed the class.
    """
    loaded: T = _adapter(cast("Hashable", kind)).validate_python(dict(data))
    return loaded


def canonical(value: object) -> str:
    """Return ``value`` as the one JSON text that stands for it: sorted keys, no white space, UTF-8 as it is.

    Hashes are taken over this text, so it must not depend on the order in which a mapping was filled.
    """
    return json.dumps(
        to_jsonable_python(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
