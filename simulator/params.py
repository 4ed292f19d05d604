"""The parameters of a Bot API request, from whichever form they came in.

As in Telegram's own server (HttpReader of tdlib/td) every value is a string in the end: query, form and multipart
values as they are, JSON values that are no strings as JSON, so that ``null`` is the text "null". Of a name that comes
twice the first counts, the query before the body. A body that cannot be read has no parameters. An empty string is an
absent one.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from simulator.errors import ApiError, bad_request
from simulator.files import MAX_UPLOAD, Upload

_INTEGER = re.compile(r"\s*(-?\d+)")
_FORM_OVERHEAD = 1024 * 1024
_MAX_PARAMETERS = 1024 * 1024
_MAX_FILES = 50
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Params:
    """Values and uploaded files of one request, by name."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a value as it came, empty if it is absent."""
        return self.values.get(name, "")

    def needed(self, name: str) -> str:
        """Return a value that must be there."""
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def number(self, name: str, default: int = 0) -> int:
        """Return a whole number; like Telegram, read what starts as one and take 0 for anything else."""
        value = self.text(name)
        if not value:
            return default
        match = _INTEGER.match(value)
        return int(match.group(1)) if match else 0

    def flag(self, name: str) -> bool:
        """Return a truth value."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str, what: str) -> object:
        """Return a value that was written as JSON, None if it is absent; ``what`` names it in the error."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {what} JSON object") from None

    def array(self, name: str, what: str, item: str) -> list[object]:
        """Return a JSON array, empty if it is absent; ``item`` names its elements in the error."""
        if not self.text(name):
            return []
        value = self.json(name, what)
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {item}")
        return value


async def read_params(request: Request) -> Params:
    """Read the query and the body of a request: JSON, form or multipart. Raises 413 where it is too much."""
    if int(request.headers.get("content-length") or 0) > MAX_UPLOAD + _FORM_OVERHEAD:
        raise too_large()
    request = Request(request.scope, _limited(request.receive, MAX_UPLOAD + _FORM_OVERHEAD))
    values = _first(request.query_params.multi_items())
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        values, files = await _multipart(request, values)
    elif kind in ("application/json", _FORM):
        body = await request.body()
        if len(body) > _MAX_PARAMETERS:
            raise too_large()
        values = {**parsed(body, kind), **values}
    if sum(len(value) for value in values.values()) > _MAX_PARAMETERS:
        raise too_large()
    return Params(values, files)


def parsed(body: bytes, kind: str) -> dict[str, str]:
    """Return the parameters in a JSON or form body; none if it is neither, or broken."""
    if kind == _FORM:
        return _first(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if kind != "application/json":
        return {}
    try:
        values = json.loads(body, object_pairs_hook=_first)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def too_large() -> ApiError:
    """Return the refusal of a body that is too large."""
    return ApiError(413, "Request Entity Too Large")


def _first(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return a dictionary in which the first of equal names counts."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


async def _multipart(request: Request, values: dict[str, str]) -> tuple[dict[str, str], dict[str, Upload]]:
    files: dict[str, Upload] = {}
    try:
        async with request.form(max_files=_MAX_FILES, max_part_size=_MAX_PARAMETERS) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files.setdefault(name, Upload(value.filename or "", await value.read()))
                else:
                    values.setdefault(name, value)
    except HTTPException as error:
        too_much = error.detail.startswith(("Too many", "Part exceeded"))
        raise too_large() if too_much else ApiError(400, f"Bad Request: {error.detail}") from None
    return values, files


def _limited(receive: Receive, most: int) -> Receive:
    """Return a receiver that refuses when the body has become longer than ``most`` bytes, whatever was announced."""
    length = 0

    async def received() -> Message:
        nonlocal length
        message = await receive()
        length += len(message.get("body", b""))
        if length > most:
            raise too_large()
        return message

    return received
