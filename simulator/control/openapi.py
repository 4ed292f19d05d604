"""The description of the control API, made from its table and the handlers' docstrings."""

import inspect
import re
from typing import Any

from simulator.control.routes import TABLE

Json = dict[str, Any]

_CONVERTER = re.compile(r"\{(\w+)(?::\w+)?\}")


def describe() -> Json:
    """Return an OpenAPI 3.1 document."""
    paths: dict[str, Json] = {}
    for verb, path, handler in TABLE:
        text = inspect.getdoc(handler) or ""
        operation: Json = {
            "summary": text.partition("\n")[0],
            "operationId": handler.__name__,
            "parameters": [
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                for name in _CONVERTER.findall(path)
            ],
            "responses": {
                "200": {"description": "Done"},
                "4XX": {
                    "description": "Refused",
                    "content": {
                        "application/json": {"schema": {"type": "object", "properties": {"error": {"type": "string"}}}}
                    },
                },
            },
        }
        if more := text.partition("\n")[2].strip():
            operation["description"] = more
        if verb in ("POST", "PUT", "PATCH"):
            kind = "multipart/form-data" if "multipart" in text else "application/json"
            operation["requestBody"] = {"content": {kind: {"schema": {"type": "object"}}}}
        paths.setdefault(_CONVERTER.sub(r"{\1}", path), {})[verb.lower()] = operation
    info = {
        "title": "Telegram Bot API simulator: control API",
        "version": "1",
        "description": "Plays people and steers the simulation. Times are ISO 8601 in UTC.",
    }
    return {"openapi": "3.1.0", "info": info, "paths": paths}
