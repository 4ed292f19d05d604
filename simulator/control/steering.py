"""Steering the simulation: clock, limits, latency and migration."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from simulator import members
from simulator.clock import iso
from simulator.control.reading import group_of, needed, read_body, seconds, world_of
from simulator.errors import ControlError
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
    """Change limits: {enforced?, per_chat?, chat_burst?, per_group?, overall?, overall_burst?, callback_seconds?, ...}.

    ``press_seconds`` is how long a press waits for its delivery. All that was counted so far is forgotten.
    """
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


async def migrate(request: Request) -> Json:
    """Turn a group into a supergroup: {chat}; returns the new chat."""
    world, body = world_of(request), await read_body(request)
    chat = group_of(world, needed(body, "chat"))
    if chat.type != "group" or chat.successor is not None:
        raise ControlError("only a group that did not migrate yet can", 409)
    successor = members.migrate(world, chat)
    world.log.add("control", action="migrate", chat=chat.id, to=successor.id)
    return chat_view(successor)
