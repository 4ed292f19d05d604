"""Serving the application with uvicorn, on a port that the system may choose."""

import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette

_BACKLOG = 2048


@contextlib.asynccontextmanager
async def serving(app: Starlette, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve an application in the running loop and give its base URL; connections are cut at the end.

    Signals and logging are left to whoever runs the loop: uvicorn's own ``serve`` would take both.
    """
    config = uvicorn.Config(app, access_log=False, log_config=None, log_level="critical", timeout_graceful_shutdown=0)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    with socket.create_server((host, port), backlog=_BACKLOG) as listener:
        await server.lifespan.startup()
        await server.startup(sockets=[listener])
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            await server.shutdown(sockets=[listener])
