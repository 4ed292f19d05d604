"""Listening for HTTP requests with uvicorn, without the parts of it that want to run the process."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

BACKLOG = CONNECTIONS = 256
"""Connections that are open at a time; one more is closed at once, so that what comes in never takes what goes out."""

HEAD_SECONDS = 10.0
HEAD_BYTES = 64 * 1024
"""How long it may take to say what is wanted, in time and in size."""

IDLE_SECONDS = 130
"""How long a connection is kept for a next request; longer than proxies do, or one may just send what we no longer
read."""


class CannotListen(Exception):  # noqa: N818 - reads as the state that it tells
    """This address is in use, is not this machine's, or may not be listened on; the message says which."""


class Server:
    """Serves ``app`` in the running loop.

    Signals and logging are left to whoever runs the loop, and what a client says of who forwarded it counts for
    nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=IDLE_SECONDS,
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)

    async def start(self, listener: socket.socket) -> None:
        """Take in what comes at ``listener``."""
        await self._server.startup(sockets=[listener])

    async def finish(self) -> None:
        """Take nothing more in, and wait until what is in hand is answered."""
        for listening in self._server.servers:
            listening.close()
        for connection in list(self._server.server_state.connections):
            connection.shutdown()  # at once where nothing is in hand, otherwise after the answer
        await asyncio.gather(*self._server.server_state.tasks, return_exceptions=True)

    async def cut(self) -> None:
        """Give up what is still in hand."""
        for task in self._server.server_state.tasks:
            task.cancel()
        await self.finish()


@asynccontextmanager
async def serving(app: ASGIApp, host: str, port: int) -> AsyncIterator[Server]:
    """Serve ``app`` at an address, and give up at the end what was not finished. Raises ``CannotListen``."""
    with _listening(host, port) as listener:
        server = Server(app)
        await server.start(listener)
        try:
            yield server
        finally:
            await server.cut()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CannotListen(f"{host}:{port}: {error.strerror}") from error
    # A head and its body are two packets. Connections inherit this; asyncio sees to it only for sockets that name TCP.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class _Protocol(HttpToolsProtocol):
    """A connection that waits neither for ever nor in a crowd. uvicorn's own lets a head take as long as it likes."""

    _clock: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.abort()
        else:
            self._await_head()

    def data_received(self, data: bytes) -> None:
        if self.cycle is None or self.cycle.response_complete:  # type: ignore[redundant-expr]  # not so before the first
            self._await_head()
        super().data_received(data)
        self._head = 0 if self._clock is None else self._head + len(data)
        if self._head > HEAD_BYTES:
            self.transport.abort()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()  # also of one that is sent before the answer to the one before it

    def on_headers_complete(self) -> None:
        self._stop_clock()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_clock()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._clock is None:
            self._clock = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
