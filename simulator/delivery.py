"""Delivering updates to webhooks.

As Telegram does: several connections at once, but the messages of one chat one at a time and in order, and so the
presses of one person; whatever is not answered with 2xx is sent again at once and then after 2, 4, 8... seconds (120 at
most, or what ``Retry-After`` says). When the next try would come after its time (24 hours, on the simulated clock), an
update is given up and what waits behind it goes on. The answer's body may carry a method to call.
"""

import asyncio
import math
import os
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from simulator.params import Params, parsed
from simulator.people import Bot
from simulator.updates import Pending, about
from simulator.webhooks import Webhook
from simulator.world import World

Json = dict[str, Any]

_ANSWER_SECONDS = 60
_ACCEPTED = range(200, 300)
_MAX_DELAY = 60
_MAX_RETRY_AFTER = 3600
# Carries out a Bot API method; the outcome is only logged.
Caller = Callable[[World, Bot, str, Params], Awaitable[object]]
_NOT_AS_ANSWER = ("setwebhook", "deletewebhook", "close", "logout")


class Deliverer:
    """Sends the updates of one bot to its webhook, until it is stopped."""

    def __init__(self, world: World, bot: Bot, webhook: Webhook, call: Caller) -> None:
        self._world, self._bot, self.webhook, self._call = world, bot, webhook, call
        self._trouble = world.trouble
        self._busy: set[object] = set()
        self._sending: set[asyncio.Task[None]] = set()
        for pending in bot.queue.first():
            pending.fails, pending.delay, pending.not_before = 0, 1, 0.0
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
                news = [
                    asyncio.create_task(signal.wait()) for signal in (self._bot.queue.arrived, self._trouble.turned)
                ]
                try:
                    await asyncio.wait({*news, *self._sending}, timeout=wake_in, return_when=asyncio.FIRST_COMPLETED)
                finally:  # also where it is stopped: a task that waits for ever would be lost some time later
                    for task in news:
                        task.cancel()

    def _start_ready(self, session: aiohttp.ClientSession) -> float | None:
        """Start what may be sent now; return the seconds until something else may, None if nothing waits."""
        if self._trouble.down():
            return None if math.isinf(self._trouble.down_for) else self._trouble.down_for
        now = time.monotonic()
        seen: set[object] = set()
        waits: list[float] = []
        for pending in self._bot.queue.first():
            lane = _lane(pending)
            if lane in seen or lane in self._busy:
                continue
            seen.add(lane)
            if pending.not_before > now:
                waits.append(pending.not_before - now)
            elif len(self._sending) < self.webhook.max_connections:
                self._busy.add(lane)
                task = asyncio.create_task(self._send(session, pending, lane))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
        return min(waits, default=None)

    async def _send(self, session: aiohttp.ClientSession, pending: Pending, lane: object) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret} if self.webhook.secret else {}
        retry_after = 0
        answer = Params()
        try:
            async with session.post(
                self.webhook.url, json=pending.update, headers=headers, allow_redirects=False
            ) as response:
                error = f"Wrong response from the webhook: {response.status} {response.reason}"
                if response.status in _ACCEPTED:
                    answer, error = Params(parsed(await response.read(), response.content_type)), ""
                retry_after = Params({"seconds": response.headers.get("Retry-After", "")}).number("seconds")
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            error = _reason(failure)
        self._world.log.add("webhook", bot=self._bot.id, update_ids=[pending.id], error=error or None)
        self._busy.discard(lane)
        if error:
            self._failed(pending, error, retry_after)
            return
        self._bot.queue.done(pending)
        await self._call_answer(answer)

    def _failed(self, pending: Pending, error: str, retry_after: int) -> None:
        self.webhook.last_error = error
        self.webhook.last_error_date = self._world.clock.timestamp()
        wait = min(max(retry_after, 0), _MAX_RETRY_AFTER)
        if not retry_after and pending.fails:
            pending.delay = min(random.SystemRandom().randint(_MAX_DELAY, 2 * _MAX_DELAY), 2 * pending.delay)
            wait = pending.delay
        pending.fails += 1
        pending.not_before = time.monotonic() + wait
        if self._bot.queue.expires_in(pending) < wait:
            self._bot.queue.give_up(pending)

    async def _call_answer(self, answer: Params) -> None:
        """Carry out the method in an answer's body; Telegram passes over anything that is none."""
        method = answer.values.pop("method", "")
        if method and method.lower() not in _NOT_AS_ANSWER and not method.lower().startswith("get"):
            await self._call(self._world, self._bot, method, answer)


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


def _lane(pending: Pending) -> object:
    """Return what must stay in order: messages of a chat, anything else by its kind and the person behind it."""
    kind, number = about(pending.update)
    return kind.endswith(("message", "channel_post")) or kind, number


def _reason(failure: Exception) -> str:
    """Say why there was no answer, in the words of getWebhookInfo."""
    if isinstance(failure, aiohttp.ClientConnectorError):
        return os.strerror(failure.os_error.errno) if failure.os_error.errno else str(failure)
    return "Read timeout expired" if isinstance(failure, TimeoutError) else "Connection closed"
