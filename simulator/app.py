"""The application: Bot API, control API and page, around one world."""

import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.botapi import bot_request, call_unheard, file_request
from simulator.control import control_routes
from simulator.control.openapi import describe
from simulator.delivery import Webhooks
from simulator.world import World

_LOGGER = logging.getLogger(__name__)
_PAGE = Path(__file__).parent / "page"
_ANY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# Whatever a name or a message may hold: the browser runs and loads nothing but our own files.
_ONLY_OWN = {"Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'"}


def create_app(*, validate: bool = False) -> Starlette:
    """Return a new simulated Telegram as an ASGI application, empty but for its clock.

    With ``validate`` everything that goes over the line is checked against aiogram's model of the Bot API, which must
    be installed (RuntimeError otherwise). The world is at ``app.state.world``.
    """
    validator = None
    if validate:
        from simulator.validation import AiogramValidator  # noqa: PLC0415 - aiogram is needed only here

        validator = AiogramValidator()
    world = World(validator)
    webhooks = Webhooks(world, call_unheard)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await webhooks.stop()

    app = Starlette(
        routes=[
            Route("/bot{token}/{method:path}", bot_request, methods=_ANY),
            Route("/file/bot{token}/{path:path}", file_request),
            *control_routes(),
            Route("/sim/openapi.json", _openapi),
            Route("/sim/docs", _docs),
            Route("/", _index),
            Mount("/page", StaticFiles(directory=_PAGE)),
        ],
        exception_handlers={404: _not_found, Exception: _failed},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # a token without a method is not found, as at Telegram
    app.state.world = world
    app.state.webhooks = webhooks
    return app


async def _openapi(_: Request) -> Response:
    return JSONResponse(describe())


async def _docs(_: Request) -> Response:
    return FileResponse(_PAGE / "docs.html", headers=_ONLY_OWN)


async def _index(_: Request) -> Response:
    return FileResponse(_PAGE / "index.html", headers=_ONLY_OWN)


async def _failed(request: Request, error: Exception) -> Response:
    """Answer a fault of the simulator itself, and make sure that it is seen: on the log and in the process's own."""
    _LOGGER.error("the simulator failed", exc_info=error)
    world: World = request.app.state.world
    world.log.add("invalid", what="simulator", path=request.url.path.partition(":")[0], problems=[repr(error)])
    if request.url.path.startswith("/bot"):
        return JSONResponse({"ok": False, "error_code": 500, "description": "Internal Server Error"}, 500)
    return JSONResponse({"error": repr(error)}, 500)


async def _not_found(request: Request, _: Exception) -> Response:
    """Answer an unknown path in the words of whichever side it belongs to."""
    if request.url.path.startswith(("/bot", "/file")):
        return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
    return JSONResponse({"error": "no such path"}, 404)
