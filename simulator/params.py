"""The parameters of a Bot API request, from whichever form they came in.

As in Telegram's own server every value is a string in the end: query, form and multipart values as they are, JSON
values that are no strings as JSON. An empty string is an absent parameter.
"""

import json
import re
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.errors import ApiError, bad_request
from simulator.files import MAX_UPLOAD, Upload

_INTEGER = re.compile(r"\s*(-?\d+)")
_FORM_OVERHEAD = 1024 * 1024
_MAX_FIELD = 8 * 1024 * 1024


@dataclass(frozen=True)
class Params:
    """Values and uploaded files of one request, by name."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a value as it came, empty if it is absent."""
        return self.values.get(name, "")

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
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def array(self, name: str, what: str, item: str) -> list[object]:
        """Return a JSON array, empty if it is absent; ``item`` names its elements in the error."""
        value = self.json(name, what)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {item}")
        return value


async def read_params(request: Request) -> Params:
    """Read the query and the body of a request: JSON, form or multipart."""
    if int(request.headers.get("content-length") or 0) > MAX_UPLOAD + _FORM_OVERHEAD:
        raise ApiError(413, "Request Entity Too Large")
    values = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        values |= from_json(await request.body())
    elif kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        async with request.form(max_part_size=_MAX_FIELD) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = Upload(value.filename or "", await value.read())
                else:
                    values[name] = value
    return Params(values, files)


def from_json(body: bytes | str) -> dict[str, str]:
    """Flatten a JSON object to strings."""
    if not body:
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise bad_request("can't parse request body JSON object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parsed.items()
        if value is not None
    }
