"""Reading control requests: bodies, people and chats, with errors that say what is missing."""

import json
from typing import Any

from starlette.requests import Request

from simulator.chats import Chat, MemberChat
from simulator.errors import ControlError
from simulator.people import Bot, User
from simulator.world import World

Json = dict[str, Any]


def world_of(request: Request) -> World:
    """Return the world that a request is about."""
    world = request.app.state.world
    if not isinstance(world, World):
        raise TypeError("the application has no world")
    return world


async def read_body(request: Request) -> Json:
    """Return the JSON object of the body, empty if there is no body."""
    source = await request.body()
    try:
        body = json.loads(source or b"{}")
    except ValueError:
        raise ControlError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    return body


def needed(body: Json, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a field that must be there."""
    if body.get(name) is None:
        raise ControlError(f"{name} is required")
    return body[name]


def number(value: object, name: str) -> int:
    """Return a whole number."""
    try:
        return int(str(value))
    except ValueError:
        raise ControlError(f"{name} must be a number, not {value!r}") from None


def seconds(value: object, name: str) -> float:
    """Return a duration in seconds, 0 if there is none."""
    try:
        return max(float(str(value or 0)), 0.0)
    except ValueError:
        raise ControlError(f"{name} must be a number of seconds, not {value!r}") from None


def user_of(world: World, value: object, name: str = "user") -> User:
    """Return a person by id."""
    return world.user(number(value, name))


def bot_named(world: World, value: object) -> Bot:
    """Return a bot by id or username, the only one if nothing is named."""
    return world.bot(None if value is None else str(value))


def chat_of(world: World, value: object, user: User | None) -> Chat:
    """Return a chat: ``bot`` or a bot's id or name is a person's private chat with it, anything else a group's id."""
    name = str(value)
    group = world.groups.get(int(name)) if name.lstrip("-").isdigit() else None
    if group is not None:
        return group
    bot = bot_named(world, name)
    if user is None:
        raise ControlError("whose private chat? name the person")
    return world.private_chat(user, bot)


def group_of(world: World, value: object) -> MemberChat:
    """Return a group, supergroup or channel."""
    group = world.groups.get(number(value, "chat"))
    if group is None:
        raise ControlError(f"no such chat: {value}", 404)
    return group
