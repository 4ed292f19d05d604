"""A client of the control API: plays people and looks over their shoulders, over HTTP only."""

import asyncio
import io
import time
from types import TracebackType
from typing import Any, Self

import aiohttp

Json = dict[str, Any]
Who = int | Json


class SimError(Exception):
    """The simulator refused; ``status`` is HTTP's, ``body`` what it said."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(f"{status}: {body.get('error', body)}")
        self.status = status
        self.body = body


class SimClient:
    """Speaks with a simulator at ``base_url``; use it as an asynchronous context manager.

    People are given as ids or as the user objects that :meth:`user` returned. ``chat`` is ``"bot"`` (the private chat
    with the only bot), a bot's id or username, or the id of a group or channel.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # Each call on a connection of its own: one that was kept can be closing at the moment that it is used again.
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, verb: str, path: str, body: Json | None = None, **query: object) -> Any:  # noqa: ANN401
        """Send any control request and return its JSON; raise SimError on refusal."""
        known = {name.rstrip("_"): str(value) for name, value in query.items() if value is not None}
        async with self._http.request(verb, f"{self.base_url}{path}", json=body, params=known) as response:
            return await self._answer(response)

    async def call_status(self, verb: str, path: str, body: Json | None = None) -> int:
        """Send a control request and return its HTTP status only, whatever it is."""
        async with self._http.request(verb, f"{self.base_url}{path}", json=body) as response:
            return response.status

    # People, bots and chats

    async def add_bot(self, token: str, username: str, first_name: str | None = None, **more: bool) -> Json:
        """Register another bot."""
        body = {"token": token, "username": username, "first_name": first_name or username, **more}
        return await self._object("POST", "/sim/bots", body)

    async def user(self, first_name: str, last_name: str | None = None, **more: object) -> Json:
        """Register a person and return the user object; ``more``: username, language_code, id."""
        return await self._object("POST", "/sim/users", {"first_name": first_name, "last_name": last_name, **more})

    async def rename(self, user: Who, **names: str | None) -> Json:
        """Change a person's first_name, last_name, username or language_code."""
        return await self._object("PATCH", f"/sim/users/{_id(user)}", dict(names))

    async def block(self, user: Who, bot: str | None = None) -> Json:
        """Let a person block the bot."""
        return await self._object("POST", f"/sim/users/{_id(user)}/block", {"bot": bot})

    async def unblock(self, user: Who, bot: str | None = None) -> Json:
        """Let a person unblock the bot."""
        return await self._object("POST", f"/sim/users/{_id(user)}/unblock", {"bot": bot})

    async def delete_account(self, user: Who) -> Json:
        """Delete a person's account."""
        return await self._object("POST", f"/sim/users/{_id(user)}/delete")

    async def restore_account(self, user: Who) -> Json:
        """Bring a suspended account back."""
        return await self._object("POST", f"/sim/users/{_id(user)}/restore")

    async def group(self, title: str, owner: Who, kind: str = "group") -> Json:
        """Create a group, supergroup or channel."""
        return await self._object("POST", "/sim/chats", {"type": kind, "title": title, "owner": _id(owner)})

    async def add_member(self, chat: int, member: Who | str, by: Who, *, admin: bool = False) -> Json:
        """Add a person (id or object) or a bot (username, or ``"bot"``) to a group."""
        who = {"bot": member} if isinstance(member, str) else {"user": _id(member)}
        return await self._object("POST", f"/sim/chats/{chat}/members", {**who, "by": _id(by), "admin": admin})

    async def remove_member(self, chat: int, member: Who | str, by: Who) -> Json:
        """Remove a person or a bot from a group."""
        name = member if isinstance(member, str) else _id(member)
        return await self._object("DELETE", f"/sim/chats/{chat}/members/{name}", by=_id(by))

    async def withhold(self, chat: int, *rights: str, by: Who, member: Who | str | None = None) -> Json:
        """Take these rights, and no others, from a member (a bot by its username), or from all members."""
        name = member if member is None or isinstance(member, str) else _id(member)
        body = {"without": list(rights), "by": _id(by), "member": name}
        return await self._object("POST", f"/sim/chats/{chat}/rights", body)

    async def migrate(self, chat: int) -> Json:
        """Turn a group into a supergroup; returns the new chat."""
        return await self._object("POST", "/sim/migrate", {"chat": chat})

    # What people do

    async def write(self, user: Who, text: str, chat: int | str = "bot", *, reply_to: int | None = None) -> Json:
        """Write a message; returns {message_id, chat_id, update_id}."""
        body = {"from": _id(user), "text": text, "reply_to": reply_to}
        return await self._object("POST", f"/sim/chats/{chat}/messages", body)

    async def start(self, user: Who, payload: str = "", bot: str = "bot") -> Json:
        """Follow a deep link to the bot (or press Start, without payload)."""
        return await self._object("POST", f"/sim/chats/{bot}/start", {"from": _id(user), "payload": payload})

    async def edit(self, user: Who, message_id: int, text: str, chat: int | str = "bot") -> Json:
        """Change one's own message."""
        return await self._object(
            "PATCH", f"/sim/chats/{chat}/messages/{message_id}", {"from": _id(user), "text": text}
        )

    async def delete(self, user: Who, message_id: int, chat: int | str = "bot") -> Json:
        """Delete a message for everybody."""
        return await self._object("DELETE", f"/sim/chats/{chat}/messages/{message_id}", by=_id(user))

    async def send_documents(
        self, user: Who, *files: tuple[str, bytes], caption: str = "", chat: int | str = "bot"
    ) -> list[Json]:
        """Send documents as (file name, bytes); several are an album. Returns what was sent, one item per file."""
        return await self._upload("documents", user, files, caption, chat)

    async def send_photos(
        self, user: Who, *files: tuple[str, bytes], caption: str = "", chat: int | str = "bot"
    ) -> list[Json]:
        """Send photos as (file name, bytes); several are an album. Returns what was sent, one item per file."""
        return await self._upload("photos", user, files, caption, chat)

    async def forward(
        self, user: Who, message_id: int, from_chat: int | str = "bot", to_chat: int | str = "bot"
    ) -> Json:
        """Forward a message that the person sees."""
        body = {"from": _id(user), "from_chat": from_chat, "message_id": message_id}
        return await self._object("POST", f"/sim/chats/{to_chat}/forward", body)

    async def press(
        self,
        user: Who,
        label: str | None = None,
        *,
        data: str | None = None,
        message_id: int | None = None,
        chat: int | str = "bot",
        message_chat: int | None = None,
        wait: float = 5.0,
    ) -> Json:
        """Press a button, by its label or with any callback data, and wait so many seconds for the answer.

        Returns the press; its ``answer`` is None if the bot did not answer in time.
        """
        body = {"user": _id(user), "chat": chat, "message_chat": message_chat, "message_id": message_id, "wait": wait}
        return await self._object("POST", "/sim/press", {**body, "label": label, "data": data})

    # What people see

    async def chat(self, user: Who, chat: int | str = "bot") -> Json:
        """Return a chat as a person sees it: {chat, pinned, messages}."""
        return await self._object("GET", f"/sim/chats/{chat}", as_=_id(user))

    async def messages(self, user: Who, chat: int | str = "bot") -> list[Json]:
        """Return the messages of a chat, oldest first."""
        return list((await self.chat(user, chat))["messages"])

    async def last_message(self, user: Who, chat: int | str = "bot") -> Json:
        """Return the newest message that is no service message; LookupError if there is none."""
        for message in reversed(await self.messages(user, chat)):
            if message["service"] is None:
                return dict(message)
        raise LookupError("the chat is empty")

    async def wait_for(
        self,
        user: Who,
        text: str | None = None,
        *,
        label: str | None = None,
        after: int = 0,
        chat: int | str = "bot",
        within: float = 10.0,
    ) -> Json:
        """Wait for a message with this text in it, or with this button, above message id ``after``; return it.

        Raises SimError (408) with what is there instead after ``within`` seconds.
        """
        body = {"as": _id(user), "chat": chat, "text_contains": text, "label": label, "after_message_id": after}
        found = await self._object("POST", "/sim/wait", {**body, "timeout": within})
        return dict(found["message"])

    async def commands(self, user: Who, chat: int | str = "bot") -> list[Json]:
        """Return the command menu of a person in a chat."""
        return list(await self.call("GET", "/sim/commands", as_=_id(user), chat=chat))

    async def file(self, file_id: str) -> bytes:
        """Return the bytes of a file."""
        async with self._http.get(f"{self.base_url}/sim/files/{file_id}") as response:
            if not response.ok:
                raise SimError(response.status, await response.json())
            return await response.read()

    # The log and the clock

    async def log(self, after: int = 0, kind: str | None = None) -> list[Json]:
        """Return log entries above a number, of one kind or of all."""
        return list((await self.call("GET", "/sim/log", after=after, kind=kind))["entries"])

    async def requests(self, method: str | None = None, after: int = 0) -> list[Json]:
        """Return the bot's requests, of one method or of all."""
        return [entry for entry in await self.log(after, "request") if method in (None, entry["method"])]

    async def idle(self, quiet: float = 0.2, within: float = 10.0) -> None:
        """Wait until nothing was logged for ``quiet`` seconds; TimeoutError if it never calms down."""
        deadline = time.monotonic() + within
        last, since = -1, time.monotonic()
        while time.monotonic() - since < quiet:
            if time.monotonic() > deadline:
                raise TimeoutError("the simulation does not calm down")
            entries = await self.log(max(last, 0))
            if entries or last < 0:
                last, since = max([last, 0, *(entry["n"] for entry in entries)]), time.monotonic()
            await asyncio.sleep(quiet / 10)

    async def clock(self) -> str:
        """Return the simulated time, ISO 8601."""
        return str((await self.call("GET", "/sim/clock"))["now"])

    async def set_clock(self, now: str) -> Json:
        """Turn the simulated clock, ISO 8601."""
        return await self._object("PUT", "/sim/clock", {"now": now})

    # Limits and faults

    async def limits(self, **numbers: float | bool) -> Json:
        """Change the limits (see simulator.limits.Numbers), or read them if nothing is given."""
        return await self._object("POST", "/sim/limits", dict(numbers))

    async def latency(self, ms: float) -> Json:
        """Delay every Bot API request."""
        return await self._object("POST", "/sim/latency", {"ms": ms})

    async def fault(self, kind: str, method: str | None = None, **more: object) -> Json:
        """Plan a fault (see simulator.faults for the kinds); ``more``: chat, times, retry_after, seconds."""
        return await self._object("POST", "/sim/faults", {"kind": kind, "method": method, **more})

    async def set_weather(self, rates: dict[str, float], seed: int = 0, **more: object) -> Json:
        """Let faults happen by a seeded script (see simulator.weather); ``more``: methods, lasts, and others."""
        return await self._object("POST", "/sim/weather", {"rates": rates, "seed": seed, **more})

    async def weather(self) -> Json | None:
        """Return the weather with what happened so far, None if there is none."""
        found = await self.call("GET", "/sim/weather")
        return None if found is None else dict(found)

    async def calm(self) -> None:
        """End all trouble: weather, downtime, planned faults, being shut out, updates held back."""
        await self.call("DELETE", "/sim/weather")

    async def go_down(self, seconds: float | None = None, kind: str = "reset_before", hang: float = 60.0) -> Json:
        """Let every request meet this fault, and deliver nothing to webhooks, for so long or until ``come_up``."""
        return await self._object("POST", "/sim/downtime", {"seconds": seconds, "kind": kind, "hang": hang})

    async def come_up(self) -> None:
        """End the downtime."""
        await self.call("DELETE", "/sim/downtime")

    async def renumber(self, bot: str | None = None) -> int:
        """Let update ids go on from another random number; returns the next id."""
        return int((await self._object("POST", "/sim/updates/renumber", {"bot": bot}))["next_id"])

    async def redeliver(self, *update_ids: int) -> Json:
        """Deliver earlier updates again, before all others."""
        return await self._object("POST", "/sim/redeliver", {"update_ids": list(update_ids)})

    async def inject(self, update: Json) -> Json:
        """Queue a raw update, however broken; returns it with its id."""
        return dict((await self._object("POST", "/sim/updates", {"update": update}))["update"])

    @property
    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use the client as an asynchronous context manager")
        return self._session

    async def _object(self, verb: str, path: str, body: Json | None = None, **query: object) -> Json:
        return dict(await self.call(verb, path, body, **query))

    async def _upload(
        self, kind: str, user: Who, files: tuple[tuple[str, bytes], ...], caption: str, chat: int | str
    ) -> list[Json]:
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("from", str(_id(user)))
        form.add_field("caption", caption)
        for name, data in files:
            form.add_field("file", io.BytesIO(data), filename=name)
        async with self._http.post(f"{self.base_url}/sim/chats/{chat}/{kind}", data=form) as response:
            return list((await self._answer(response))["messages"])

    @staticmethod
    async def _answer(response: aiohttp.ClientResponse) -> Any:  # noqa: ANN401 - whatever JSON holds
        body = await response.json(content_type=None)
        if not response.ok:
            raise SimError(response.status, body if isinstance(body, dict) else {"error": str(body)})
        return body


def _id(user: Who) -> int:
    return int(user["id"]) if isinstance(user, dict) else user
