"""Steering the simulation: clock, limits, latency and faults."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from simulator import members
from simulator.clock import iso
from simulator.control.reading import bot_named, group_of, needed, number, read_body, seconds, world_of
from simulator.errors import ControlError
from simulator.faults import Fault, Kind
from simulator.methods import METHODS
from simulator.views import chat_view

Json = dict[str, Any]


async def read_clock(request: Request) -> Json:
    """Return the simulated time."""
    clock = world_of(request).clock
    return {"now": iso(clock.now()), "offset_seconds": clock.offset_seconds}


async def turn_clock(request: Request) -> Json:
    """Turn the clock: {now}, ISO 8601, taken as UTC if it names no zone; it keeps running from there."""
    world, body = world_of(request), await read_body(request)
    try:
        moment = datetime.fromisoformat(str(needed(body, "now")))
    except ValueError:
        raise ControlError("now must be ISO 8601") from None
    world.clock.turn_to(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    world.log.add("control", action="turn_clock")
    return await read_clock(request)


async def read_limits(request: Request) -> Json:
    """Return the limits in force."""
    return dataclasses.asdict(world_of(request).limits.numbers)


async def set_limits(request: Request) -> Json:
    """Change limits: {enforced?, per_chat?, chat_burst?, per_group?, overall?, overall_burst?, callback_seconds?}."""
    world, body = world_of(request), await read_body(request)
    known = {field.name for field in dataclasses.fields(world.limits.numbers)}
    for name, value in body.items():
        if name not in known or not isinstance(value, bool if name == "enforced" else int | float):
            raise ControlError(f"no such limit or not a fitting value: {name}")
        if name != "enforced" and value <= 0:
            raise ControlError(f"{name} must be positive")
    for name, value in body.items():
        setattr(world.limits.numbers, name, value)
    world.limits.reset()
    world.log.add("control", action="set_limits", limits=body)
    return await read_limits(request)


async def set_latency(request: Request) -> Json:
    """Delay every Bot API request: {ms}."""
    world, body = world_of(request), await read_body(request)
    world.latency_ms = seconds(needed(body, "ms"), "ms")
    world.log.add("control", action="set_latency", ms=world.latency_ms)
    return {"ms": world.latency_ms}


async def read_faults(request: Request) -> list[Json]:
    """List the faults that are still to come."""
    return [dataclasses.asdict(fault) for fault in world_of(request).faults.planned]


async def plan_fault(request: Request) -> Json:
    """Plan a fault: {kind, method?, chat?, times?, retry_after?, seconds?}; without method or chat it hits any."""
    world, body = world_of(request), await read_body(request)
    try:
        kind = Kind(str(needed(body, "kind")))
    except ValueError:
        raise ControlError(f"kind must be one of {', '.join(Kind)}") from None
    name = body.get("method")
    if name is not None and name.lower() not in METHODS:
        raise ControlError(f"no such method: {name}", 404)
    fault = Fault(
        kind,
        method=METHODS[name.lower()][0] if name else None,
        chat=str(body["chat"]) if body.get("chat") is not None else None,
        times=number(body.get("times", 1), "times"),
        retry_after=number(body.get("retry_after", 1), "retry_after"),
        seconds=seconds(body.get("seconds", 60), "seconds"),
    )
    world.faults.planned.append(fault)
    world.log.add("control", action="plan_fault", fault=dataclasses.asdict(fault))
    return dataclasses.asdict(fault)


async def clear_faults(request: Request) -> Json:
    """Forget the planned faults."""
    world = world_of(request)
    world.faults.planned.clear()
    world.log.add("control", action="clear_faults")
    return {"cleared": True}


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
    queued = bot_named(world, body.get("bot")).queue.inject(update)
    world.log.add("control", action="inject_update", update=queued)
    return {"update": queued}


async def migrate(request: Request) -> Json:
    """Turn a group into a supergroup: {chat}; returns the new chat."""
    world, body = world_of(request), await read_body(request)
    chat = group_of(world, needed(body, "chat"))
    if chat.type != "group" or chat.successor is not None:
        raise ControlError("only a group that did not migrate yet can", 409)
    successor = members.migrate(world, chat)
    world.log.add("control", action="migrate", chat=chat.id, to=successor.id)
    return chat_view(successor)
