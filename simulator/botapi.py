"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<file_path>``."""

import asyncio
import hashlib
import inspect
import re
import time
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from simulator.errors import ApiError, bad_request, too_many_requests
from simulator.faults import Fault, Kind
from simulator.methods import METHODS, Call
from simulator.params import Params, read_params
from simulator.people import Bot
from simulator.world import World

Json = dict[str, Any]

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_PUSHES_WEBHOOK = {"setWebhook", "deleteWebhook"}


async def bot_request(request: Request) -> Response:
    """Answer one request of a bot."""
    world: World = request.app.state.world
    started = time.monotonic()
    token, name = request.path_params["token"], request.path_params["method"]
    try:
        bot = _bot(world, token)
        params = await read_params(request)
        canonical, _ = METHODS.get(name.lower(), (name, None))
    except ApiError as refusal:
        return _json(_refusal(refusal))
    except ClientDisconnect:
        return _Dropped(0)
    fault = world.faults.take(canonical, params.text("chat_id"))
    if fault is not None and not fault.kind.after:
        return _faulty(world, bot, canonical, params, fault)
    if world.latency_ms:
        await asyncio.sleep(world.latency_ms / 1000)
    answer = await _unless_gone(request, answer_call(world, bot, name, params, started=started))
    if answer is None:
        return _Dropped(0)
    if canonical in _PUSHES_WEBHOOK:
        await request.app.state.webhooks.refresh(bot)
    if fault is not None:
        return _Dropped(fault.seconds if fault.kind is Kind.TIMEOUT_AFTER else 0)
    return _json(answer)


async def answer_call(world: World, bot: Bot, name: str, params: Params, *, started: float | None = None) -> Json:
    """Carry out a method and return the whole answer object, written to the log as well."""
    started = time.monotonic() if started is None else started
    canonical, _ = METHODS.get(name.lower(), (name, None))
    try:
        answer: Json = {"ok": True, "result": await _perform(world, bot, canonical, params)}
    except ApiError as refusal:
        answer = _refusal(refusal)
    answer = _validated(world, canonical, answer)
    # What getUpdates hands out is in the log as a delivery already; an empty one is nothing worth telling.
    if canonical != "getUpdates" or not answer["ok"]:
        _log(world, bot, canonical, params, answer, started)
    return answer


async def _perform(world: World, bot: Bot, name: str, params: Params) -> object:
    known = METHODS.get(name.lower())
    if known is None:
        raise ApiError(404, "Not Found: method not found")
    _validate_request(world, bot, name, params)
    result = known[1](Call(world, bot, params))
    return await result if inspect.isawaitable(result) else result


async def file_request(request: Request) -> Response:
    """Serve a file that getFile named."""
    world: World = request.app.state.world
    try:
        _bot(world, request.path_params["token"])
    except ApiError as refusal:
        return _json(_refusal(refusal))
    file = world.files.at_path(request.path_params["path"])
    if file is None:
        return _json(_refusal(ApiError(404, "Not Found")))
    return Response(file.data, media_type="application/octet-stream")


def _bot(world: World, token: str) -> Bot:
    if not _TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    bot = next((bot for bot in world.bots.values() if bot.token == token), None)
    if bot is None:
        raise ApiError(401, "Unauthorized")
    return bot


def _refusal(refusal: ApiError) -> Json:
    answer: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return answer


def _json(answer: Json) -> JSONResponse:
    headers = {}
    if retry_after := answer.get("parameters", {}).get("retry_after"):
        headers["Retry-After"] = str(retry_after)
    return JSONResponse(answer, answer.get("error_code", 200), headers)


def _validate_request(world: World, bot: Bot, name: str, params: Params) -> None:
    """Refuse what the independent model refuses; only when validation is on."""
    if world.validator is None:
        return
    problems = world.validator.request(name, params.values, set(params.files))
    if problems:
        world.log.add("invalid", what="request", bot=bot.id, method=name, problems=problems, params=params.values)
        raise bad_request(f"the request does not fit the Bot API: {'; '.join(problems)}")


def _validated(world: World, name: str, answer: Json) -> Json:
    """Turn a result of ours that does not fit the model into error 500: it is a fault of the simulator."""
    if world.validator is None or not answer["ok"] or name == "getUpdates":
        return answer
    problems = world.validator.result(name, answer["result"])
    if not problems:
        return answer
    world.log.add("invalid", what="result", method=name, problems=problems, result=answer["result"])
    return _refusal(ApiError(500, f"Internal Server Error: invalid result: {'; '.join(problems)}"))


def _log(world: World, bot: Bot, name: str, params: Params, answer: Json, started: float) -> None:
    files = {
        field: {"name": upload.name, "size": len(upload.data), "sha256": hashlib.sha256(upload.data).hexdigest()}
        for field, upload in params.files.items()
    }
    world.log.add(
        "request",
        bot=bot.id,
        method=name,
        params={**params.values, **files},
        status=answer.get("error_code", 200),
        response=answer,
        duration=round(time.monotonic() - started, 6),
    )


def _faulty(world: World, bot: Bot, name: str, params: Params, fault: Fault) -> Response:
    """Answer (or not) a request that has no effect."""
    match fault.kind:
        case Kind.TOO_MANY:
            answer = _refusal(too_many_requests(fault.retry_after))
        case Kind.SERVER_ERROR:
            answer = _refusal(ApiError(500, "Internal Server Error"))
        case _:
            world.log.add("fault", bot=bot.id, method=name, fault=fault.kind)
            return _Dropped(fault.seconds if fault.kind is Kind.TIMEOUT_BEFORE else 0)
    _log(world, bot, name, params, answer, time.monotonic())
    return _json(answer)


async def _unless_gone(request: Request, work: Any) -> Json | None:  # noqa: ANN401 - a coroutine
    """Return the answer, or None if the client hung up before: nobody may then count as having received it."""
    doing = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_hung_up(request))
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        return await doing if doing.done() else None
    finally:
        doing.cancel()
        gone.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Dropped(Response):
    """No answer at all: the connection stays silent for some seconds (or until the client leaves) and is then cut."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        request = Request(scope, receive)
        try:
            async with asyncio.timeout(self._seconds):
                await _hung_up(request)
        except TimeoutError:
            # ASGI has no word for cutting a connection; uvicorn's receive is a method of what holds the transport.
            transport = getattr(getattr(receive, "__self__", None), "transport", None)
            if transport is not None:
                transport.abort()
            await _hung_up(request)
