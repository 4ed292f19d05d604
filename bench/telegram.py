"""As little of Telegram as a storm of votes needs: the Bot API, and deliveries by webhook or to who asks for them.

The stateful simulator checks and remembers everything, which takes longer than a good bot does. This one only counts,
on bare asyncio protocols. How far its own end is away is measured by ``bench.bare nothing``, a bot that does nothing.
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "123456789:simulated-bot-token-for-the-bench"  # noqa: S105 - opens nothing
SECRET = "what-the-bench-and-the-bots-have-agreed-on"  # noqa: S105 - same
FIRST = 1_000_000
"""The Telegram id of the first voter; the others follow."""

CONNECTIONS = 40
"""How many updates Telegram has under way at a webhook at most, where the bot does not say."""

BATCH = 100
"""Updates in an answer to ``getUpdates`` at most."""

LATER = 0.5
"""Seconds before an update is sent again that the bot put off."""

_MARK = re.compile(rb"stem-(\d{7})")
_ALERT = re.compile(rb'show_alert"?[:=]\s*"?true', re.IGNORECASE)

Json = dict[str, Any]


@dataclass
class Vote:
    """One press: what stands on the button, when it was pressed, and when its answer came (monotonic seconds).

    ``refused``: the answer was an alert, so nothing was stored.
    """

    voter: int
    data: str
    pressed: float = 0.0
    answered: float | None = None
    refused: bool = False


@dataclass
class Storm:
    """Everybody presses the first button at once, and each next one when the one before it was answered."""

    buttons: Sequence[Sequence[str]]
    votes: list[Vote] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.over = asyncio.Event()
        self._left = sum(map(len, self.buttons))
        self._next = [0] * len(self.buttons)

    def press(self, voter: int) -> tuple[int, Vote] | None:
        """Let somebody press the next button; return its number and the vote, ``None`` where no button is left."""
        at = self._next[voter]
        if at == len(self.buttons[voter]):
            return None
        self._next[voter] += 1
        vote = Vote(voter, self.buttons[voter][at], monotonic())
        self.votes.append(vote)
        return len(self.votes) - 1, vote

    def answer(self, number: int, *, refused: bool) -> Vote | None:
        """Note the answer to a vote; return the vote, ``None`` where it had one already."""
        vote = self.votes[number]
        if vote.answered is not None:
            return None
        vote.answered, vote.refused = monotonic(), refused
        self._left -= 1
        if not self._left:
            self.over.set()
        return vote


class Telegram:
    """Serves the Bot API to one bot, with ``latency`` seconds before each answer, and brings it what is pressed."""

    url = ""

    def __init__(self, storm: Storm, latency: float) -> None:
        self.storm = storm
        self.latency = latency
        self.ready = asyncio.Event()
        self.lines: list[_Line] = []
        self._waiting: deque[bytes] = deque()
        self._asked: list[_Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Let the storm break loose."""
        for voter in range(len(self.storm.buttons)):
            self._press(voter)

    def answered(self, body: bytes) -> None:
        """Take the answer to a press, whichever way it came."""
        mark = _MARK.search(body)
        vote = self.storm.answer(int(mark[1]), refused=bool(_ALERT.search(body))) if mark else None
        if vote is not None:
            self._press(vote.voter)

    def put_off(self, update: bytes) -> None:
        """Deliver an update again later."""
        asyncio.get_running_loop().call_later(LATER, self._deliver, update)

    def next_update(self) -> bytes | None:
        """Return what is to be delivered next."""
        return self._waiting.popleft() if self._waiting else None

    def call(self, server: "_Server", path: str, body: bytes) -> None:
        """Answer one request."""
        method = path.rpartition("/")[2].partition("?")[0]
        if method == "getUpdates":
            self.ready.set()
            if self._waiting or _parameter(body, path, "timeout") == 0:
                self._give(server)
            else:
                self._asked.append(server)
            return
        if method == "answerCallbackQuery":
            self.answered(body)
        if method == "setWebhook":
            url = _text(body, path, "url")
            connections = _parameter(body, path, "max_connections") or CONNECTIONS
            task = asyncio.create_task(self._connect(url, connections))
            self._tasks.add(task)
        server.reply(_RESULTS.get(method, b"true"), self.latency)

    def close(self) -> None:
        """Close what is open."""
        for line in self.lines:
            line.close()
        for task in self._tasks:
            task.cancel()

    async def _connect(self, url: str, connections: int) -> None:
        """Open the connections to a webhook."""
        parts = urlsplit(url)
        head = (
            f"POST {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: "
        ).encode()
        loop = asyncio.get_running_loop()
        while len(self.lines) < connections:
            try:
                _, line = await loop.create_connection(
                    lambda: _Line(self, head), parts.hostname or "", parts.port or 80
                )
            except OSError:  # some say where they listen before they do
                await asyncio.sleep(LATER)
            else:
                self.lines.append(line)
        self.ready.set()

    def _press(self, voter: int) -> None:
        pressed = self.storm.press(voter)
        if pressed is not None:
            number, vote = pressed
            self._deliver(json.dumps(_update(number, vote, self.storm.buttons[voter])).encode())

    def _deliver(self, update: bytes) -> None:
        self._waiting.append(update)
        idle = next((line for line in self.lines if line.idle), None)
        if idle is not None:
            idle.send_next()
        elif self._asked:
            asyncio.get_running_loop().call_soon(self._give, self._asked.pop())  # with what comes in the same moment

    def _give(self, server: "_Server") -> None:
        batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        server.reply(b"[" + b",".join(batch) + b"]", self.latency)


class _Server(asyncio.Protocol):
    """A connection of the bot to the Bot API."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        whole = _whole(self._buffer)
        if whole is not None:
            head, body, self._buffer = whole
            self._telegram.call(self, head.split(b" ", 2)[1].decode(), body)

    def reply(self, result: bytes, latency: float) -> None:
        """Answer the request at hand, so many seconds later."""
        body = b'{"ok":true,"result":' + result + b"}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        if latency:
            asyncio.get_running_loop().call_later(latency, self._transport.write, head + body)
        else:
            self._transport.write(head + body)


class _Line(asyncio.Protocol):
    """A connection to the bot's webhook, over which one update at a time is brought."""

    def __init__(self, telegram: Telegram, head: bytes) -> None:
        self._telegram = telegram
        self._head = head
        self._buffer = b""
        self._update: bytes | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._update is None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type
        self._transport = transport

    def send_next(self) -> None:
        """Bring what is next, if anything is."""
        self._update = self._telegram.next_update()
        if self._update is not None:
            self._transport.write(self._head + b"%d\r\n\r\n" % len(self._update) + self._update)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        whole = _whole(self._buffer)
        if whole is None:
            return
        head, body, self._buffer = whole
        if not head.split(b" ", 2)[1].startswith(b"2") and self._update is not None:
            self._telegram.put_off(self._update)
        self._update = None
        self.send_next()
        if body:
            self._telegram.answered(body)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


def _whole(buffer: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Return head, body and what comes after them, once a message of HTTP is whole."""
    head, separator, rest = buffer.partition(b"\r\n\r\n")
    if not separator:
        return None
    found = _LENGTH.search(head)
    length = int(found[1]) if found else 0
    return (head, rest[:length], rest[length:]) if len(rest) >= length else None


_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def _text(body: bytes, path: str, name: str) -> str:
    """Read a parameter out of the forms in which libraries send them: JSON, parts, a form, or the address."""
    if body.startswith(b"{"):
        return str(json.loads(body).get(name, ""))
    if body.startswith(b"--"):
        part = re.search(rf'name="{name}"\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)'.encode(), body)
        return part[1].decode() if part else ""
    query = parse_qs(body.decode() if body else urlsplit(path).query)
    return query.get(name, [""])[0]


def _parameter(body: bytes, path: str, name: str) -> int:
    return int(_text(body, path, name) or 0)


def _update(number: int, vote: Vote, buttons: Sequence[str]) -> Json:
    """Return the press as Telegram sends it, with the whole message under which the button hangs."""
    user = {"id": FIRST + vote.voter, "is_bot": False, "first_name": f"Lid {vote.voter}", "language_code": "nl"}
    chat = {"id": FIRST + vote.voter, "first_name": f"Lid {vote.voter}", "type": "private"}
    rows = [
        [{"text": f"Lid {number}: {choice}", "callback_data": data} for choice in ("voor", "tegen", "onthouding")]
        for data in buttons
    ]
    message = {
        "message_id": 1,
        "from": {"id": 123456789, "is_bot": True, "first_name": "Bench", "username": "benchbot"},
        "chat": chat,
        "date": 1_550_000_000,
        "text": "🗳 Stemming: agendapunt 1\nBegroting\n\nU stemt:\n• namens Lid: nog niet uitgebracht\n\nDruk uw keuze.",
        "entities": [{"offset": 0, "length": 26, "type": "bold"}],
        "reply_markup": {"inline_keyboard": rows},
    }
    query = {"id": f"stem-{number:07}", "from": user, "message": message, "chat_instance": "1", "data": vote.data}
    return {"update_id": 1_000_000 + number, "callback_query": query}


_MESSAGE = json.dumps(
    {"message_id": 1, "date": 1_550_000_000, "chat": {"id": FIRST, "type": "private", "first_name": "Lid"}, "text": "x"}
).encode()
_RESULTS = {
    "getMe": json.dumps(
        {"id": 123456789, "is_bot": True, "first_name": "Bench", "username": "benchbot", "can_join_groups": True}
    ).encode(),
    "getWebhookInfo": b'{"url":"","has_custom_certificate":false,"pending_update_count":0}',
    "sendMessage": _MESSAGE,
    "editMessageText": _MESSAGE,
}


@asynccontextmanager
async def serving(storm: Storm, latency: float) -> AsyncIterator[Telegram]:
    """Serve on a port of its own."""
    telegram = Telegram(storm, latency)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Server(telegram), "127.0.0.1", 0)
    telegram.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield telegram
    finally:
        telegram.close()
        server.close()
