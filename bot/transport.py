"""The road to the Bot API: python-telegram-bot's request interface on one aiohttp session.

PTB's default transport searches its whole pool for every request, and its URLs, which carry the bot's token, reach logs
and exceptions. This one is several times faster, and no error that leaves it speaks of a URL.
"""

import json
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from aiohttp.client_exceptions import ClientConnectorError, ConnectionTimeoutError
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
UPLOAD_SECONDS = 120.0
"""A large paper over a slow line; Telegram takes files up to 50 MB."""

_TOO_LARGE = 413

Timeout = Any
"""A number of seconds, ``None`` for none, or PTB's private marker for "the default"."""


class NoConnectionError(NetworkError):
    """There was no connection, so Telegram cannot have received anything."""


class Transport(BaseRequest):
    """Requests to the Bot API over at most ``connections`` kept-alive connections.

    ``read_timeout`` is the number of seconds within which the whole answer must be there, waiting for a free connection
    included. Raises ``NoConnectionError`` without a connection, ``TimedOut`` when no answer came in time and
    ``NetworkError`` when the connection broke; only after the first it is certain that nothing arrived.
    """

    __slots__ = ("_connections", "_read_timeout", "_session")

    def __init__(self, *, connections: int, read_timeout: float) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where a call names none."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session. Connections are made when they are needed."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=True,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request and return its status and body."""
        if self._session is None:
            raise NoConnectionError("the transport is closed")
        upload = request_data is not None and request_data.contains_files
        read = self._seconds(read_timeout, UPLOAD_SECONDS if upload else self._read_timeout)
        timeout = ClientTimeout(
            total=_sum(read, self._seconds(pool_timeout, 0.0), self._seconds(write_timeout, 0.0)),
            sock_connect=self._seconds(connect_timeout, CONNECT_SECONDS),
        )
        try:
            async with self._session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                content = await response.read()
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NoConnectionError(f"no connection ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            # Only the kind of error: its text may hold the URL, and with it the token.
            raise NetworkError(f"the connection broke ({type(error).__name__})") from None
        if response.status == _TOO_LARGE:  # PTB would take it for a network error, which is tried again for ever
            raise BadRequest("Request Entity Too Large")
        if not response.ok and not _from_telegram(content):
            raise NetworkError(f"something on the way answered with status {response.status}")
        return response.status, content

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Unlike PTB's own reading it logs nothing of it: an answer can hold people's messages."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            raise NetworkError("the answer is not JSON") from None
        if not isinstance(answer, dict):
            raise NetworkError("the answer is not a JSON object")
        if answer.get("ok") is True and "result" not in answer:
            raise NetworkError("the answer has no result")
        return answer

    @staticmethod
    def _seconds(given: Timeout, default: float) -> float | None:
        """Return the timeout that holds: PTB marks "not given" with an object of its own."""
        return given if given is None or isinstance(given, int | float) else default


def _from_telegram(content: bytes) -> bool:
    """Whether a refusal is in Telegram's own form: a proxy's 403 does not mean that somebody blocked the bot."""
    try:
        return "error_code" in Transport.parse_json_payload(content)
    except NetworkError:
        return False


def _sum(*parts: float | None) -> float | None:
    """Add timeouts; without an end where one of them has none."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _body(data: RequestData | None) -> dict[str, Any]:
    """Return the body as keyword for aiohttp: a form with parts where files go up, JSON otherwise."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"json": data.parameters}
    form = FormData(quote_fields=False, default_to_multipart=True)  # quoted, people would see "bijlage%204.pdf"
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return {"data": form}
