"""Checking what goes over the line against aiogram's model of the Bot API.

aiogram is an independent implementation (pydantic types, Bot API 10.3) and a development dependency only. Where its
types are lax this is strict: no unknown parameter or field is let through.
"""

import json
import types
import typing
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

try:
    import aiogram.methods
    from aiogram.client.default import Default
    from aiogram.methods.base import TelegramMethod
    from aiogram.types import Update
except ImportError as missing:
    raise RuntimeError("validation needs aiogram: install the development dependencies") from missing

Json = dict[str, Any]


class AiogramValidator:
    """Knows aiogram's classes for all methods and what they return."""

    def __init__(self) -> None:
        self._methods: dict[str, type[TelegramMethod[Any]]] = {}
        for name in aiogram.methods.__all__:
            found = getattr(aiogram.methods, name)
            if isinstance(found, type) and issubclass(found, TelegramMethod) and hasattr(found, "__api_method__"):
                self._methods[found.__api_method__] = found
        self._results: dict[str, TypeAdapter[Any]] = {}

    def update(self, update: Json) -> list[str]:
        """Return what is wrong with an update, nothing if all is well."""
        try:
            parsed = Update.model_validate(update)
        except ValidationError as error:
            return _problems(error)
        return _unknown_fields(parsed, "update")

    def request(self, method: str, values: dict[str, str], files: set[str]) -> list[str]:
        """Return what is wrong with a request; ``files`` are the names of its uploaded parts."""
        model = self._methods.get(method)
        if model is None:
            return [f"no such method: {method}"]
        known = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        attached = {name for name in files if name not in known}
        unknown = [f"unknown parameter: {name}" for name in values if name not in known]
        unused = [f"unused file: {name}" for name in attached if f"attach://{name}" not in "".join(values.values())]
        if unknown or unused:
            return unknown + unused
        given: Json = {
            name: _decoded(value, known[name]) for name, value in values.items() if value or _takes_text(known[name])
        }
        given |= {name: f"attach://{name}" for name in files if name in known}
        try:
            parsed = model.model_validate(given)
        except ValidationError as error:
            return _problems(error)
        return _unknown_fields(parsed, method)

    def result(self, method: str, result: object) -> list[str]:
        """Return what is wrong with a method's result."""
        if method not in self._results:
            self._results[method] = TypeAdapter(self._methods[method].__returning__)
        try:
            parsed = self._results[method].validate_python(result)
        except ValidationError as error:
            return _problems(error)
        return _unknown_fields(parsed, method)


def _decoded(value: str, annotation: object) -> object:
    """Decode the JSON of a parameter that is no text; what is no JSON either is left for the model to judge."""
    if _takes_text(annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _takes_text(annotation: object) -> bool:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return any(_takes_text(part) for part in typing.get_args(annotation))
    return annotation is str


def _unknown_fields(value: object, path: str) -> list[str]:
    """List the fields that the model does not know, however deep."""
    if isinstance(value, list | tuple):
        return [problem for number, item in enumerate(value) for problem in _unknown_fields(item, f"{path}[{number}]")]
    if not isinstance(value, BaseModel):
        return []
    problems = [f"unknown field: {path}.{name}" for name in value.model_extra or {}]
    for name in value.model_fields_set & set(type(value).model_fields):
        field = getattr(value, name)
        if not isinstance(field, Default):
            problems += _unknown_fields(field, f"{path}.{name}")
    return problems


def _problems(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors(include_url=False)]
