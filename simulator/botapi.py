"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<file_path>``."""

import asyncio
import hashlib
import inspect
import re
import time
from collections.abc import Coroutine
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from simulator.broken import Dropped, broken, hung_up, refusal, server_error
from simulator.errors import ApiError, bad_request, too_many_requests
from simulator.faults import DOWNLOAD, FLOODS, STATUSES, Fault
from simulator.methods import METHODS, Call
from simulator.params import Params, read_params
from simulator.people import Bot
from simulator.world import World

Json = dict[str, Any]

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_VERBS = ("GET", "POST")
_PUSHES_WEBHOOK = {"setWebhook", "deleteWebhook"}
# What Telegram counts as sending; from anything else nobody is shut out.
_COUNTED = ("send", "copy", "forward", "edit")


async def bot_request(request: Request) -> Response:
    """Answer one request of a bot."""
    world: World = request.app.state.world
    started = time.monotonic()
    if request.method not in _VERBS:
        return Response(status_code=501)
    try:
        bot = _bot(world, request.path_params["token"])
        params = await read_params(request)
    except ApiError as error:
        return _json(refusal(error))
    except ClientDisconnect:
        return Dropped(0)
    name = request.path_params["method"] or params.text("method")
    name = METHODS.get(name.lower(), (name, None))[0]
    fault = world.trouble.of_request(name, params.text("chat_id"))
    if fault is not None and not fault.after:
        return _refused(world, bot, name, params, fault)
    if world.latency_ms:
        await asyncio.sleep(world.latency_ms / 1000)
    answer = await _unless_gone(request, world, answer_call(world, bot, name, params, started=started))
    if name in _PUSHES_WEBHOOK:
        await request.app.state.webhooks.refresh(bot)
    # Whatever is under way when Telegram goes down stays without its answer.
    fault = fault or world.trouble.down()
    if fault is not None:
        _log_fault(world, bot, name, params, fault, carried_out=answer is not None)
        if name == "getUpdates":
            bot.queue.lost()
        return broken(fault, answer)
    return Dropped(0) if answer is None else _json(answer)


async def answer_call(world: World, bot: Bot, name: str, params: Params, *, started: float | None = None) -> Json:
    """Carry out a method and return the whole answer object, written to the log as well."""
    started = time.monotonic() if started is None else started
    canonical, _ = METHODS.get(name.lower(), (name, None))
    try:
        answer: Json = {"ok": True, "result": await _perform(world, bot, canonical, params)}
    except ApiError as error:
        answer = refusal(error)
    except UnicodeEncodeError:
        answer = refusal(bad_request("strings must be encoded in UTF-8"))
    answer = _validated(world, canonical, answer)
    # What getUpdates hands out is in the log as a delivery already; an empty one is nothing worth telling.
    if canonical != "getUpdates" or not answer["ok"]:
        _log(world, bot, canonical, params, answer, started)
    return answer


async def call_unheard(world: World, bot: Bot, name: str, params: Params) -> None:
    """Carry out the method in a webhook's answer, of whose outcome nobody hears, unless a fault keeps it from that."""
    canonical = METHODS.get(name.lower(), (name, None))[0]
    fault = world.trouble.of_request(canonical, params.text("chat_id"))
    if fault is not None:
        _log_fault(world, bot, canonical, params, fault, carried_out=fault.after)
        _shut_out(world, bot, canonical, params, fault)
    if fault is None or fault.after:
        await answer_call(world, bot, canonical, params)


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
        bot = _bot(world, request.path_params["token"])
    except ApiError as error:
        return _json(refusal(error))
    path = request.path_params["path"]
    if fault := world.trouble.of_request(DOWNLOAD, ""):
        _log_fault(world, bot, DOWNLOAD, Params({"path": path}), fault, carried_out=False)
        return broken(fault)
    file = world.files.at_path(path)
    if file is None:
        return _json(refusal(ApiError(404, "Not Found")))
    return Response(file.data, media_type="application/octet-stream")


def _bot(world: World, token: str) -> Bot:
    if not _TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    bot = next((bot for bot in world.bots.values() if bot.token == token), None)
    if bot is None:
        raise ApiError(401, "Unauthorized")
    return bot


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
    return refusal(ApiError(500, f"Internal Server Error: invalid result: {'; '.join(problems)}"))


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


def _refused(world: World, bot: Bot, name: str, params: Params, fault: Fault) -> Response:
    """Answer (or not) a request that has no effect."""
    _log_fault(world, bot, name, params, fault, carried_out=False)
    _shut_out(world, bot, name, params, fault)
    if fault.kind in FLOODS:
        answer = refusal(too_many_requests(fault.retry_after))
    elif fault.kind in STATUSES:
        answer = refusal(server_error(fault.kind))
    else:
        return broken(fault)
    _log(world, bot, name, params, answer, time.monotonic())
    return _json(answer)


def _shut_out(world: World, bot: Bot, name: str, params: Params, fault: Fault) -> None:
    """Let a flood last: for the chat of the request, or for all."""
    if fault.kind == "flood" and name.startswith(_COUNTED):
        world.limits.shut(bot.id, params.number("chat_id"), fault.retry_after)
    elif fault.kind == "flood_all" and name.startswith(_COUNTED):
        world.limits.shut(bot.id, None, fault.retry_after)


def _log_fault(world: World, bot: Bot, name: str, params: Params, fault: Fault, *, carried_out: bool) -> None:
    world.log.add(
        "fault",
        bot=bot.id,
        method=name,
        chat=params.text("chat_id") or None,
        fault=fault.kind,
        source=fault.source,
        carried_out=carried_out,
        params=params.values,
    )


async def _unless_gone(request: Request, world: World, work: Coroutine[Any, Any, Json]) -> Json | None:
    """Return the answer, or None if the line broke before: nobody may then count as having received it."""
    doing = asyncio.create_task(work)
    broke = [asyncio.create_task(hung_up(request)), asyncio.create_task(_goes_down(world))]
    try:
        await asyncio.wait({doing, *broke}, return_when=asyncio.FIRST_COMPLETED)
        return await doing if doing.done() else None
    finally:
        for task in (doing, *broke):
            task.cancel()


async def _goes_down(world: World) -> None:
    while not world.trouble.down():
        await world.trouble.turned.wait()
