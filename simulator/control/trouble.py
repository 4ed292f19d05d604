"""Trouble: faults on command, weather, downtime, and updates that come twice, late or broken."""

import dataclasses
import math
from typing import Any

from starlette.requests import Request

from simulator.control.reading import bot_named, needed, number, read_body, seconds, world_of
from simulator.errors import ControlError
from simulator.faults import DOWNLOAD, DOWNTIME, FLOODS, REQUEST_KINDS, UPDATE_KINDS, Fault
from simulator.methods import METHODS
from simulator.weather import Weather
from simulator.world import World

Json = dict[str, Any]

_OPEN_SECONDS = 60
_HELD_SECONDS = 1


async def read_faults(request: Request) -> list[Json]:
    """List the faults that are still to come."""
    return [dataclasses.asdict(fault) for fault in world_of(request).trouble.planned]


async def plan_fault(request: Request) -> Json:
    """Plan a fault: {kind, method?, chat?, times?, retry_after?, seconds?}; without method or chat it hits any.

    For requests: 429 (this one is refused), flood and flood_all (refused, and shut out of the chat or of all chats
    for retry_after); 500, 502, 503, 504, html_500 ... (a proxy's page), each also as 500_after ...; and with _before
    or _after timeout (open for ``seconds``), reset, truncated, not_json, empty, not_object, no_result, wrong_type.
    "After" means that the request is carried out and its answer lost. The method "file" stands for fetching a file.

    For updates: duplicate, reorder (delivered after the next, ``seconds`` later at most), delay (by ``seconds``),
    garbage (right after it comes one that nobody can read).
    """
    world, body = world_of(request), await read_body(request)
    kind = _one_of((*REQUEST_KINDS, *UPDATE_KINDS), str(needed(body, "kind")), "kind")
    fault = Fault(
        kind,
        method=_method(body["method"]) if body.get("method") is not None else None,
        chat=str(body["chat"]) if body.get("chat") is not None else None,
        times=number(body.get("times", 1), "times"),
        retry_after=number(body.get("retry_after", 1), "retry_after"),
        seconds=seconds(body.get("seconds", _HELD_SECONDS if kind in UPDATE_KINDS else _OPEN_SECONDS), "seconds"),
    )
    world.trouble.planned.append(fault)
    world.log.add("control", action="plan_fault", fault=dataclasses.asdict(fault))
    return dataclasses.asdict(fault)


async def clear_faults(request: Request) -> Json:
    """Forget the planned faults."""
    world = world_of(request)
    world.trouble.planned.clear()
    world.log.add("control", action="clear_faults")
    return {"cleared": True}


async def read_weather(request: Request) -> Json | None:
    """Return the weather with what happened in it so far and how many seconds are left, null if there is none."""
    return _weather_view(world_of(request).trouble.weather)


async def set_weather(request: Request) -> Json | None:
    """Let faults happen by a seeded script: {rates, seed?, methods?, lasts?, retry_after?, downtime?, delay?, ...}.

    ``rates`` maps kinds (those of faults, and ``downtime``) to probabilities per request or update; the same seed and
    the same requests give the same faults. ``methods`` are the only ones hit, ``lasts`` is for how many seconds. The
    longest of each kind, in seconds: ``retry_after``, ``downtime`` and ``delay`` (of updates), of which a part is
    drawn, and ``seconds`` (of a connection without answer). Every fault is in the log. It replaces the weather
    before.
    """
    world, body = world_of(request), await read_body(request)
    weather = Weather(number(body.get("seed", 0), "seed"), _rates(needed(body, "rates")))
    weather.methods = tuple(_method(name) for name in body.get("methods") or ())
    weather.lasts = seconds(body["lasts"], "lasts") if body.get("lasts") is not None else None
    weather.retry_after = max(number(body.get("retry_after", weather.retry_after), "retry_after"), 1)
    for name in ("downtime", "delay", "seconds"):
        setattr(weather, name, seconds(body.get(name, getattr(weather, name)), name))
    world.trouble.weather = weather
    world.log.add("control", action="set_weather", weather=_weather_view(weather))
    return _weather_view(weather)


async def calm(request: Request) -> Json:
    """End all trouble: weather, downtime, planned faults, being shut out; updates that are held back come now."""
    world = world_of(request)
    world.trouble.weather = None
    world.trouble.planned.clear()
    world.trouble.come_up()
    world.limits.let_in()
    world.later.now()
    world.log.add("control", action="calm")
    return {"calm": True}


async def read_downtime(request: Request) -> Json:
    """Say whether Telegram is down: {down, seconds}; ``seconds`` is null if it stays so until it is ended."""
    return _downtime_view(world_of(request))


async def go_down(request: Request) -> Json:
    """Let Telegram be down: {seconds?, kind?, hang?}; without ``seconds`` until it is ended.

    Every request meets ``kind``, that of a fault before which nothing is carried out: reset_before if none is named,
    timeout_before (open for ``hang`` seconds), 502, html_502 and so on. What is under way, getUpdates too, stays
    without answer. Nothing is delivered to webhooks. People go on, and what they do waits.
    """
    world, body = world_of(request), await read_body(request)
    kinds = tuple(kind for kind in REQUEST_KINDS if not kind.endswith("_after") and kind not in FLOODS)
    kind = _one_of(kinds, str(body.get("kind") or "reset_before"), "kind")
    fault = Fault(kind, seconds=seconds(body.get("hang", _OPEN_SECONDS), "hang"), source=DOWNTIME)
    world.trouble.go_down(fault, seconds(body["seconds"], "seconds") if body.get("seconds") is not None else math.inf)
    return _downtime_view(world)


async def come_up(request: Request) -> Json:
    """End the downtime."""
    world = world_of(request)
    world.trouble.come_up()
    world.log.add("control", action="come_up")
    return _downtime_view(world)


async def redeliver(request: Request) -> Json:
    """Deliver earlier updates again, unchanged and before all others: {update_ids, bot?}."""
    world, body = world_of(request), await read_body(request)
    bot = bot_named(world, body.get("bot"))
    queued = [number(value, "update_ids") for value in needed(body, "update_ids")]
    for update_id in queued:
        if bot.queue.redeliver(update_id) is None:
            raise ControlError(f"no such update: {update_id}", 404)
    world.log.add("control", action="redeliver", update_ids=queued)
    return {"queued": queued}


async def inject_update(request: Request) -> Json:
    """Queue a raw update as it is, however broken: {update, bot?}; one without update_id gets the next."""
    world, body = world_of(request), await read_body(request)
    update = needed(body, "update")
    if not isinstance(update, dict):
        raise ControlError("update must be an object")
    return {"update": world.inject(bot_named(world, body.get("bot")), update)}


async def renumber_updates(request: Request) -> Json:
    """Let the ids of updates go on from another random number: {bot?}; Telegram does so after a week without any."""
    world, body = world_of(request), await read_body(request)
    next_id = bot_named(world, body.get("bot")).queue.renumber()
    world.log.add("control", action="renumber_updates", next_id=next_id)
    return {"next_id": next_id}


def _rates(value: object) -> dict[str, float]:
    if not isinstance(value, dict):
        raise ControlError("rates must be an object: kinds with their probabilities")
    for kind, rate in value.items():
        _one_of((*REQUEST_KINDS, *UPDATE_KINDS, DOWNTIME), kind, "a kind in rates")
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate <= 1:
            raise ControlError(f"the rate of {kind} must be between 0 and 1")
    for kinds in (UPDATE_KINDS, (*REQUEST_KINDS, DOWNTIME)):
        if sum(rate for kind, rate in value.items() if kind in kinds) > 1:
            raise ControlError("the rates for requests, and those for updates, may not exceed 1 together")
    return value


def _method(name: object) -> str:
    if name == DOWNLOAD:
        return DOWNLOAD
    known = METHODS.get(str(name).lower())
    if known is None:
        raise ControlError(f"no such method: {name}", 404)
    return known[0]


def _one_of(known: tuple[str, ...], value: str, what: str) -> str:
    if value not in known:
        raise ControlError(f"{what} must be one of {', '.join(known)}")
    return value


def _weather_view(weather: Weather | None) -> Json | None:
    if weather is None:
        return None
    names = ("seed", "rates", "methods", "lasts", "left", "retry_after", "downtime", "delay", "seconds", "happened")
    return {name: getattr(weather, name) for name in names}


def _downtime_view(world: World) -> Json:
    left = world.trouble.down_for
    return {"down": left > 0, "seconds": left if math.isfinite(left) else None}
