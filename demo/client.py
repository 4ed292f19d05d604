"""A small client of the simulator's control API: what people do and see, over HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import aiohttp

Json = dict[str, Any]

PATIENCE = 30.0
"""Seconds to wait for something to appear before the play is given up."""

ANSWER_WITHIN = 15.0
"""Seconds within which Telegram wants a press answered."""

IDLE_CONNECTION = 2.0
"""Seconds that an idle connection is kept: shorter than the server does, or a request could meet its closing."""


class NotSeen(Exception):  # noqa: N818 - says what did not happen on the stage
    """Somebody waited for a message that did not come; the text says what was there instead."""


@dataclass(frozen=True)
class Message:
    """A message as somebody sees it. ``buttons`` has the callback data by label."""

    id: int
    text: str
    buttons: Mapping[str, str]
    file_id: str | None

    def label(self, start: str) -> str:
        """Return the label that begins with ``start``. Raises ``NotSeen`` where there is none."""
        found = next((label for label in self.buttons if label.startswith(start)), None)
        if found is None:
            raise NotSeen(f"no button {start!r} on {self.text[:80]!r}; there are: {list(self.buttons)}")
        return found

    @classmethod
    def read(cls, facts: Json) -> Self:
        """Read a message as the simulator describes it."""
        document = facts.get("document") or {}
        buttons = {button["label"]: button.get("data") or "" for row in facts["buttons"] for button in row}
        return cls(facts["message_id"], facts["text"] or facts["caption"] or "", buttons, document.get("file_id"))


class Simulator:
    """The simulated Telegram at ``base_url``; use it as an asynchronous context manager.

    ``chat`` is ``"bot"`` for somebody's private chat with the bot, or the id of a group. ``who`` is a user id.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_CONNECTION)
        timeout = aiohttp.ClientTimeout(total=PATIENCE * 2)
        self._http = aiohttp.ClientSession(self.base_url, connector=connector, timeout=timeout)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.close()

    async def add_user(self, first_name: str) -> int:
        """Register somebody and return the user id."""
        return int((await self._ask("POST", "/sim/users", {"first_name": first_name}))["id"])

    async def add_group(self, title: str, owner: int, members: Sequence[int]) -> int:
        """Create a group with people in it and return its id."""
        chat = int((await self._ask("POST", "/sim/chats", {"type": "group", "title": title, "owner": owner}))["id"])
        for member in members:
            await self._ask("POST", f"/sim/chats/{chat}/members", {"user": member, "by": owner})
        return chat

    async def add_bot_to(self, chat: int, by: int) -> None:
        """Let somebody add the bot to a group."""
        await self._ask("POST", f"/sim/chats/{chat}/members", {"bot": "bot", "by": by})

    async def start(self, who: int, payload: str) -> None:
        """Open a deep link to the bot."""
        await self._ask("POST", "/sim/chats/bot/start", {"from": who, "payload": payload})

    async def write(self, who: int, text: str) -> int:
        """Write to the bot and return the message id."""
        return int((await self._ask("POST", "/sim/chats/bot/messages", {"from": who, "text": text}))["message_id"])

    async def send_document(self, who: int, name: str, content: bytes, caption: str = "") -> int:
        """Send a document to the bot and return the message id."""
        form = aiohttp.FormData()
        form.add_field("from", str(who))
        form.add_field("caption", caption)
        form.add_field("file", content, filename=name)
        async with self._session.post("/sim/chats/bot/documents", data=form) as response:
            return int((await _answer(response))["messages"][0]["message_id"])

    async def press(
        self, who: int, *, label: str | None = None, data: str | None = None, message_id: int, chat: int | str = "bot"
    ) -> str:
        """Press a button and return the words of the answer.

        ``data`` presses what need not be on any button, and ``chat`` may be a message in somebody else's chat (that
        person's id): a modified client can send both. Raises ``NotSeen`` when no answer comes.
        """
        body = {"user": who, "label": label, "data": data, "message_id": message_id, "wait": ANSWER_WITHIN}
        where = {"chat": "bot"} if chat in {"bot", who} else {"message_chat": chat}
        press = await self._ask("POST", "/sim/press", {**body, **where})
        if press["answer"] is None:
            raise NotSeen(f"no answer to {label or data}")
        return str(press["answer"]["text"] or "")

    async def wait_for(
        self, who: int, *, text: str | None = None, label: str | None = None, after: int = 0, chat: int | str = "bot"
    ) -> Message:
        """Wait until somebody sees a message with this text or button, the newest one, above message id ``after``.

        Raises ``NotSeen`` after ``PATIENCE`` seconds, with what is there.
        """
        wanted = {"text_contains": text, "label": label, "after_message_id": after}
        body = {"as": who, "chat": chat, **wanted, "timeout": PATIENCE}
        async with self._session.post("/sim/wait", json=body) as response:
            if response.status == HTTPStatus.REQUEST_TIMEOUT:
                seen = [message["text"] or message["caption"] for message in (await response.json())["messages"]]
                raise NotSeen(f"no {text or label!r} above {after}; there is: {seen[-4:]}")
            return Message.read((await _answer(response))["message"])

    async def file(self, file_id: str) -> bytes:
        """Return the bytes of a file."""
        async with self._session.get(f"/sim/files/{file_id}") as response:
            response.raise_for_status()
            return await response.read()

    async def turn_clock(self, now: str) -> None:
        """Turn the clock of the simulated world, ISO 8601 in UTC."""
        await self._ask("PUT", "/sim/clock", {"now": now})

    async def log(self) -> list[Json]:
        """Return everything that happened."""
        return list((await self._ask("GET", "/sim/log"))["entries"])

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            raise RuntimeError("use the simulator as an asynchronous context manager")
        return self._http

    async def _ask(self, verb: str, path: str, body: Json | None = None) -> Json:
        async with self._session.request(verb, path, json=body) as response:
            return await _answer(response)


async def _answer(response: aiohttp.ClientResponse) -> Json:
    body = await response.json()
    if not response.ok:
        raise NotSeen(f"{response.url.path}: {body.get('error')} {body.get('labels', '')}".strip())
    return dict(body)
