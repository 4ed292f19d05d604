"""A webhook that the simulator delivers to."""

import asyncio
from typing import Any

from aiohttp import web

Json = dict[str, Any]


class Hook:
    """A webhook that keeps what it receives and answers what it is told to; by default 200."""

    def __init__(self) -> None:
        """Start with nothing received."""
        self.received: asyncio.Queue[tuple[Json, str | None]] = asyncio.Queue()
        self.answers: list[web.Response] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        """Receive one update."""
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.put_nowait((await request.json(), secret))
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def next(self) -> tuple[Json, str | None]:
        """Return the next received update and its secret."""
        return await asyncio.wait_for(self.received.get(), 5)

    def refuse(self, *statuses: int) -> None:
        """Answer the next updates with these statuses."""
        self.answers += [web.Response(status=status) for status in statuses]

    def reply(self, content_type: str, body: str) -> None:
        """Answer the next update with a body."""
        self.answers.append(web.Response(text=body, content_type=content_type))

    def redirect(self) -> None:
        """Answer the next update by sending its sender on, to where everything is accepted."""
        self.answers.append(web.Response(status=302, headers={"Location": "/hook"}))

    async def accept(self, _: web.Request) -> web.Response:
        """Accept whoever was sent on."""
        return web.Response()
