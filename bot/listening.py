"""Listening for HTTP requests with uvicorn, without the parts of it that want to run the process."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

BACKLOG = CONNECTIONS = 256
"""Connections that are open at a time; one more is closed at once, so that what comes in never takes what goes out."""

HEAD_SECONDS = 10.0
"""How long a new connection may take to say what it wants."""

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


class _Protocol(H11Protocol):
    """A connection that waits neither for ever nor in a crowd. uvicorn's own stops its clock at the first byte."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.abort()
        else:
            self.timeout_keep_alive_task = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def data_received(self, data: bytes) -> None:
        self.conn.receive_data(data)
        self.handle_events()  # a whole head stops the clock
