"""A line to a server, which can go silent and garble."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_PIECE = 65536
_GARBAGE = b"\xa5"


class Line:
    """A line from one Unix socket to another, behind which the server is."""

    def __init__(self, near: Path, far: Path) -> None:
        self._near, self._far = near, far
        self._calls: set[asyncio.Task[None]] = set()
        self._passing = asyncio.Event()
        self._passing.set()
        self._garbling = False

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[None]:
        """Lay the line, and take it away."""
        async with await asyncio.start_unix_server(self._call, self._near):
            try:
                yield
            finally:
                self._passing.set()
                await self._hang_up()

    @asynccontextmanager
    async def silent(self) -> AsyncIterator[None]:
        """Lose everything and close nothing, as a network may; when it is back, who was on the line is cut off."""
        self._passing.clear()
        try:
            yield
        finally:
            await self._hang_up()
            self._passing.set()

    @asynccontextmanager
    async def garbled(self) -> AsyncIterator[None]:
        """Make garbage of what the server says."""
        self._garbling = True
        try:
            yield
        finally:
            self._garbling = False
            await self._hang_up()

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.create_task(self._connect(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)
        with suppress(asyncio.CancelledError):
            await call

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what both sides say until one of them hangs up."""
        try:
            await self._passing.wait()
            server_reader, server_writer = await asyncio.open_unix_connection(self._far)
            there = asyncio.create_task(self._pass_on(reader, server_writer))
            back = asyncio.create_task(self._pass_on(server_reader, writer, from_server=True))
            try:
                await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                there.cancel()
                back.cancel()
                server_writer.close()
        except OSError:
            pass  # the server is down: who calls is cut off
        finally:
            writer.close()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, from_server: bool = False
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(_PIECE):
                await self._passing.wait()
                writer.write(_GARBAGE * len(piece) if from_server and self._garbling else piece)
                await writer.drain()

    async def _hang_up(self) -> None:
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
