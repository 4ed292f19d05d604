"""The page for the screen in the room, over HTTP: read only, and found by whoever has its address."""

import asyncio
import hmac
from base64 import b64encode
from hashlib import sha256
from time import monotonic

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.logs import where
from bot.rehearsing import Rehearsing
from screens import room
from services.room import load_room
from storage.engine import Storage, StorageUnavailable

FRESH_SECONDS = 0.5
"""How long a page holds: however many screens ask, the database is asked twice a second."""

RETRY_SECONDS = 2

_log = structlog.stdlib.get_logger(__name__)


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hashed(room.STYLE)}",
            f"script-src {_hashed(room.SCRIPT)}",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""The page holds its own style and script and no others, and its address is told to nobody."""


class RoomServer:
    """Answers with the page of the last assembly, or of its rehearsal."""

    def __init__(self, storage: Storage, rehearsing: Rehearsing | None = None) -> None:
        self._real = _Room(storage)
        self._rehearsing = rehearsing
        self._played: _Room | None = None

    def app(self) -> Starlette:
        """Return the application. Only the end of the path counts: a proxy may leave its beginning or take it away."""
        return Starlette(routes=[Route("/{path:path}", self._show, methods=["GET"])])

    async def _show(self, request: Request) -> Response:
        given = request.path_params["path"].rpartition("/")[2]
        try:
            rooms = [await self._real.current(), *await self._rehearsed()]
        except StorageUnavailable as error:
            _log.warning("room's page not loaded", error=where(error))
            raise HTTPException(503, headers={"Retry-After": str(RETRY_SECONDS)}) from error
        for token, page in rooms:
            if token and hmac.compare_digest(given.encode(), token.encode()):
                return HTMLResponse(page, headers=HEADERS)
        raise HTTPException(404)

    async def _rehearsed(self) -> list[tuple[str, str]]:
        """Return the same of the rehearsal, where one is played."""
        play = None if self._rehearsing is None else self._rehearsing.play
        if play is None:
            return []
        with play.held():
            if self._played is None or self._played.storage is not play.storage:
                self._played = _Room(play.storage)
            return [await self._played.current()]


class _Room:
    """The page of the last assembly in one database, as it was a moment ago."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._turn = asyncio.Lock()
        self._looked_at = -FRESH_SECONDS
        self._token = ""
        self._page = ""

    async def current(self) -> tuple[str, str]:
        """Return the token and the page of the assembly as it stands, both empty where there is none."""
        async with self._turn:
            if monotonic() - self._looked_at >= FRESH_SECONDS:
                shown = await self.storage.read(load_room)
                association = self.storage.association
                self._token = "" if shown is None else association.room_token(shown.meeting.id)
                self._page = "" if shown is None else room.page(shown, association)
                self._looked_at = monotonic()
            return self._token, self._page
