"""What the tests of the simulator share: a bare client, a picture, and waiting."""

import asyncio
import io
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

import aiohttp

from simulator.testing import RunningSimulator

Json = dict[str, Any]


class Raw:
    """The Bot API without any library: what is on the line is what is tested."""

    def __init__(self, sim: RunningSimulator, session: aiohttp.ClientSession, token: str | None = None) -> None:
        """Speak with a simulator as its bot, or as the bot of another token."""
        self._url = f"{sim.base_url}/bot{token or sim.token}"
        self._session = session

    async def __call__(self, method: str, **params: object) -> Json:
        """Send a JSON request and return the whole answer."""
        async with self._session.post(f"{self._url}/{method}", json=params) as response:
            answer: Json = await response.json()
            assert answer["ok"] == (response.status == 200)
            return answer

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **params: object) -> Json:
        """Send a multipart request with files (field: (name, bytes)) and return the whole answer."""
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, data) in files.items():
            form.add_field(name, io.BytesIO(data), filename=filename)
        async with self._session.post(f"{self._url}/{method}", data=form) as response:
            answer: Json = await response.json()
            return answer

    async def updates(self, offset: int = 0, **params: object) -> list[Json]:
        """Return what getUpdates hands out."""
        answer = await self("getUpdates", offset=offset, **params)
        return list(answer["result"])


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds inside the simulator, five seconds at most."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - nothing announces what is waited for
            await asyncio.sleep(0.005)


def png(width: int = 640, height: int = 400) -> bytes:
    """Make a grey PNG picture."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
