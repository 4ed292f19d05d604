"""The table of Bot API methods."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from simulator.params import Params
from simulator.people import Bot
from simulator.world import World

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One request of a bot, under way."""

    world: World
    bot: Bot
    params: Params


Method = Callable[[Call], object | Awaitable[object]]
METHODS: dict[str, tuple[str, Method]] = {}


def method(*names: str) -> Callable[[Method], Method]:
    """Register a function under the Bot API's names; they are looked up without regard to case."""

    def register(function: Method) -> Method:
        for name in names:
            METHODS[name.lower()] = name, function
        return function

    return register
