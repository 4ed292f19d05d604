"""What a webhook needs in a test: a secret, a port, and somebody who sends to it as Telegram does."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import ClientSession

Json = dict[str, Any]
Way = Literal["polling", "webhook"]
"""How updates come to the bot."""

SECRET = "een-geheim-van-Telegram-en-de-bot_1"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    """Return a port on which nobody listens at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return int(trial.getsockname()[1])


def webhook_settings() -> dict[str, str]:
    """Return settings by lower-case name that have the bot take updates by webhook, at a port of its own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    return {"webhook_url": url, "webhook_secret": SECRET, "listen_port": str(port)}


@dataclass(frozen=True)
class Reply:
    """What the webhook answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def method(self) -> Json:
        """The Bot API method in the body, with its parameters."""
        method: Json = json.loads(self.body)
        return method


@dataclass(frozen=True)
class Sender:
    """Sends updates to the webhook at ``url``."""

    session: ClientSession
    url: str

    async def post(self, update: object, headers: Mapping[str, str] | None = None, *, path: str = "") -> Reply:
        """Send an update, or bytes as they are, with the secret unless there are other ``headers``."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        if headers is None:
            headers = {SECRET_HEADER: SECRET}
        headers = {"Content-Type": "application/json"} | dict(headers)
        async with self.session.post(self.url + path, data=body, headers=headers) as response:
            return Reply(response.status, response.headers, await response.read())

    async def get(self, path: str) -> Reply:
        """Read a page."""
        async with self.session.get(self.url + path) as response:
            return Reply(response.status, response.headers, await response.read())
