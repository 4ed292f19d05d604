"""How the answer to a request looks that meets a fault."""

import asyncio
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from simulator.errors import ApiError
from simulator.faults import STATUSES, Fault

Json = dict[str, Any]

# As nginx writes it.
_PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)
# The same before and after: what came over the line may not tell whether the request was carried out.
_BODIES = {
    "truncated": b'{"ok":true,"result":{"message_id":',
    "not_json": b"upstream connect error or disconnect/reset before headers",
    "empty": b"",
    "not_object": b"[]",
    "no_result": b'{"ok":true}',
}


def broken(fault: Fault, answer: Json | None = None) -> Response:
    """Return what a client sees of a fault; ``answer`` is the true answer if the request was carried out."""
    look = fault.look
    if look in STATUSES:
        return JSONResponse(refusal(server_error(look)), int(look))
    if look.startswith("html_"):
        status = look.removeprefix("html_")
        return HTMLResponse(_PAGE.format(f"{status} {HTTPStatus(int(status)).phrase}"), int(status))
    if look == "wrong_type":
        known = answer or refusal(server_error("500"))
        return JSONResponse(known, known.get("error_code", 200), media_type="text/html")
    if look in _BODIES:
        return Response(_BODIES[look], media_type="application/json")
    return Dropped(fault.seconds if look == "timeout" else 0)


def server_error(status: str) -> ApiError:
    """Return a server error in Telegram's words."""
    return ApiError(int(status), STATUSES[status])


def refusal(error: ApiError) -> Json:
    """Return a refusal as Telegram writes it."""
    answer: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return answer


class Dropped(Response):
    """No answer at all: the connection stays silent for some seconds (or until the client leaves) and is then cut."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        """Wait, and cut the connection."""
        request = Request(scope, receive)
        try:
            async with asyncio.timeout(self._seconds):
                await hung_up(request)
        except TimeoutError:
            # ASGI has no word for cutting a connection; uvicorn's receive is a method of what holds the transport.
            transport = getattr(getattr(receive, "__self__", None), "transport", None)
            if transport is not None:
                transport.abort()
            await hung_up(request)


async def hung_up(request: Request) -> None:
    """Wait until the client is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
