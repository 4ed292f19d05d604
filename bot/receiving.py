"""What Telegram sends to the webhook: one update per request, answered only after its effect is stored."""

import asyncio
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.handling import CONCURRENT, Handling
from bot.readiness import Readiness
from handlers.answers import carrying

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

MAXIMUM_BYTES = 1024 * 1024
"""Several times what the longest message that answers the longest message takes with every character escaped."""

BODY_SECONDS = 10.0
"""How long a body may take to arrive."""

MAXIMUM_IN_HAND = 3 * CONCURRENT
"""Telegram sends ``CONCURRENT`` at a time; the rest is for what it sends again while it still is in hand."""

BUSY_SECONDS = 1
UNSTORED_SECONDS = 5
"""When to send an update again; without a word from us Telegram would wait ever longer, up to two minutes."""

_CLOSE = {"Connection": "close"}
"""For a request that is refused before its body was read: the rest of it is not worth reading."""

_LARGEST_ID = 2**63 - 1


class Receiver:
    """Takes updates from Telegram; until it is opened all of them are put off."""

    def __init__(self, handling: Handling, secret: str) -> None:
        self._handling = handling
        self._secret = secret.encode()
        self._open = False
        self._in_hand = 0

    def open(self) -> None:
        """Take in what comes from now on."""
        self._open = True

    async def receive(self, request: Request) -> Response:
        """Handle the update in ``request``; the answer to a press rides in the response."""
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(given, self._secret):
            raise HTTPException(403, headers=_CLOSE)
        with self._place():
            raw = _update(await _body(request))
            with carrying() as carrier:
                stored = await self._handling.handle([raw])
            if not stored:
                await carrier.release()
                raise HTTPException(503, headers={"Retry-After": str(UNSTORED_SECONDS)})
        if carrier.held is None:
            return Response()
        return Response(json.dumps(carrier.held.as_method()), media_type="application/json")

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Count a request as in hand; put it off where there are too many."""
        if not self._open or self._in_hand >= MAXIMUM_IN_HAND:
            raise HTTPException(503, headers={"Retry-After": str(BUSY_SECONDS), **_CLOSE})
        self._in_hand += 1
        try:
            yield
        finally:
            self._in_hand -= 1


def create_app(receiver: Receiver, readiness: Readiness, path: str) -> Starlette:
    """Return the application: the webhook at ``path`` (empty for a bare host), with ``health`` and ``ready`` beside it.

    A proxy in front may take the beginning of a path away, so each end of it serves as well.
    """

    async def health(_: Request) -> Response:
        return JSONResponse({"alive": True})

    async def ready(_: Request) -> Response:
        parts = await readiness.parts()
        return JSONResponse(parts, 200 if all(parts.values()) else 503, {"Cache-Control": "no-store"})

    beside = path.rpartition("/")[0]
    app = Starlette(
        routes=[
            *(Route(end, receiver.receive, methods=["POST"]) for end in {*_ends(path), "/"}),
            *(Route(end, health, methods=["GET"]) for end in _ends(f"{beside}/health")),
            *(Route(end, ready, methods=["GET"]) for end in _ends(f"{beside}/ready")),
        ]
    )
    app.router.redirect_slashes = False
    return app


def _ends(path: str) -> list[str]:
    """List what may be left of a path: "/alv/telegram" and "/telegram"."""
    return [path[at:] for at, character in enumerate(path) if character == "/"]


async def _body(request: Request) -> bytes:
    """Read the body, no more and no longer than an update can take."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, headers=_CLOSE)
    if int(request.headers.get("Content-Length", 0)) > MAXIMUM_BYTES:
        raise HTTPException(413, headers=_CLOSE)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > MAXIMUM_BYTES:
                    raise HTTPException(413, headers=_CLOSE)
    except TimeoutError:
        raise HTTPException(408, headers=_CLOSE) from None
    except ClientDisconnect:
        raise HTTPException(400, headers=_CLOSE) from None
    return bytes(body)


def _update(body: bytes) -> dict[str, Any]:
    """Return the update that a body holds; whatever Telegram cannot have sent is refused."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if type(number) is not int or not 0 <= number <= _LARGEST_ID:
        raise HTTPException(400)
    update: dict[str, Any] = raw
    return update
