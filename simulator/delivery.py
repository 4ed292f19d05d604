"""Delivering updates to webhooks.

As Telegram does: several connections at once, but the messages of one chat one at a time and in order, and so the
presses of one person; whatever is not answered with 2xx is sent again at once and then after 2, 4, 8... seconds (120 at
most, or what ``Retry-After`` says) until it is 24 hours old; the answer's body may carry a method to call.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from simulator.errors import ApiError
from simulator.params import Params, from_json
from simulator.people import Bot
from simulator.updates import Pending
from simulator.webhooks import Webhook
from simulator.world import World

Json = dict[str, Any]

_ANSWER_SECONDS = 60
_MAX_DELAY = 60
_MAX_RETRY_AFTER = 3600
# Carries out a Bot API method; the outcome is only logged.
Caller = Callable[[World, Bot, str, Params], Awaitable[object]]
_NOT_AS_ANSWER = ("setwebhook", "deletewebhook", "close", "logout")


@dataclass
class _Lane:
    """The updates of one chat or person: whether one is on its way, and when the next try may start."""

    busy: bool = False
    not_before: float = 0.0
    delay: int = 1
    fails: int = 0


class Deliverer:
    """Sends the updates of one bot to its webhook, until it is stopped."""

    def __init__(self, world: World, bot: Bot, webhook: Webhook, call: Caller) -> None:
        self._world, self._bot, self.webhook, self._call = world, bot, webhook, call
        self._lanes: dict[object, _Lane] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop delivering; what is on its way is given up and stays in the queue."""
        tasks = [self._task, *self._sending]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                wake_in = self._start_ready(session)
                arrived = asyncio.create_task(self._bot.queue.arrived.wait())
                await asyncio.wait({arrived, *self._sending}, timeout=wake_in, return_when=asyncio.FIRST_COMPLETED)
                arrived.cancel()

    def _start_ready(self, session: aiohttp.ClientSession) -> float | None:
        """Start what may be sent now; return the seconds until something else may, None if nothing waits."""
        now = time.monotonic()
        seen: set[object] = set()
        waits: list[float] = []
        for pending in self._bot.queue.first():
            key = _lane(pending.update)
            lane = self._lanes.setdefault(key, _Lane())
            if key in seen or lane.busy:
                continue
            seen.add(key)
            if lane.not_before > now:
                waits.append(lane.not_before - now)
            elif len(self._sending) < self.webhook.max_connections:
                lane.busy = True
                task = asyncio.create_task(self._send(session, pending, lane))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
        return min(waits, default=None)

    async def _send(self, session: aiohttp.ClientSession, pending: Pending, lane: _Lane) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret} if self.webhook.secret else {}
        retry_after = 0
        try:
            async with session.post(self.webhook.url, json=pending.update, headers=headers) as response:
                body = await response.text()
                error = "" if response.ok else f"Wrong response from the webhook: {response.status} {response.reason}"
                retry_after = Params({"seconds": response.headers.get("Retry-After", "")}).number("seconds")
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            body, error = "", str(failure) or "Connection timed out"
        self._world.log.add("webhook", bot=self._bot.id, update_ids=[pending.id], error=error or None)
        lane.busy = False
        if error:
            self._failed(lane, error, retry_after)
            return
        lane.fails, lane.delay, lane.not_before = 0, 1, 0.0
        self._bot.queue.done(pending)
        await self._call_answer(body)

    def _failed(self, lane: _Lane, error: str, retry_after: int) -> None:
        self.webhook.last_error = error
        self.webhook.last_error_date = self._world.clock.timestamp()
        wait = min(max(retry_after, 0), _MAX_RETRY_AFTER)
        if not retry_after and lane.fails:
            lane.delay = min(random.SystemRandom().randint(_MAX_DELAY, 2 * _MAX_DELAY), 2 * lane.delay)
            wait = lane.delay
        lane.fails += 1
        lane.not_before = time.monotonic() + wait

    async def _call_answer(self, body: str) -> None:
        """Carry out the method in an answer's body; Telegram passes over anything that is none."""
        try:
            values = from_json(body)
        except ApiError:
            return
        method = values.pop("method", "")
        if method and method.lower() not in _NOT_AS_ANSWER and not method.lower().startswith("get"):
            await self._call(self._world, self._bot, method, Params(values))


class Webhooks:
    """Keeps one deliverer running for every bot that has a webhook."""

    def __init__(self, world: World, call: Caller) -> None:
        self._world, self._call = world, call
        self._running: dict[int, Deliverer] = {}

    async def refresh(self, bot: Bot) -> None:
        """Start, restart or stop delivering after a bot changed its webhook."""
        old = self._running.get(bot.id)
        if old is not None and old.webhook is bot.webhook:
            return
        if old is not None:
            del self._running[bot.id]
            await old.stop()
        if bot.webhook is not None:
            self._running[bot.id] = Deliverer(self._world, bot, bot.webhook, self._call)

    async def stop(self) -> None:
        """Stop all of them."""
        while self._running:
            await self._running.popitem()[1].stop()


def _lane(update: Json) -> object:
    """Return what must stay in order: messages of a chat, anything else by its kind and the person behind it."""
    for kind, payload in update.items():
        if isinstance(payload, dict):
            is_message = kind.endswith(("message", "channel_post"))
            whose = payload.get("chat" if is_message else "from")
            return is_message or kind, whose.get("id") if isinstance(whose, dict) else None
    return None
