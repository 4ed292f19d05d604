"""Faults on command: what a bot must survive. A seeded script of them is a ``Weather``.

The kinds for requests. *Before* means that a request has no effect, *after* that it has, unknown to the bot.

- ``429``: this one request is refused with ``retry_after``. ``flood`` and ``flood_all``: refused likewise, and the
  bot is shut out of the request's chat, or of all chats, until the time is over, as Telegram does.
- ``500``, ``502``, ``503``, ``504``: refused with Telegram's JSON; ``html_502`` and so on with the page of a proxy in
  between. All of them also as ``502_after``.
- ``timeout_before``, ``timeout_after``: silence for ``seconds``, then the connection is cut. ``reset_…``: it is cut
  at once.
- ``truncated_…``, ``not_json_…``, ``empty_…``, ``not_object_…``, ``no_result_…``, ``wrong_type_…``: status 200 with a
  body that is no answer, or with the answer as ``text/html``.

The kinds for updates. ``duplicate``: it is delivered again after it was accepted. ``reorder``: it is delivered after
the next one. ``delay``: it comes into being so many seconds late. ``garbage``: right after it comes one that nobody
can read.
"""

from dataclasses import dataclass
from typing import Any

STATUSES = {
    "500": "Internal Server Error",
    "502": "Bad Gateway",
    "503": "Service Unavailable",
    "504": "Gateway Timeout",
}
FLOODS = ("429", "flood", "flood_all")
_REFUSALS = (*STATUSES, *(f"html_{status}" for status in STATUSES))
_MALFORMED = ("truncated", "not_json", "empty", "not_object", "no_result", "wrong_type")
FILE_KINDS = (
    *_REFUSALS, *(f"{refusal}_after" for refusal in _REFUSALS),
    *(f"{cut}_{when}" for cut in ("timeout", "reset") for when in ("before", "after")),
)  # fmt: skip
REQUEST_KINDS = (*FLOODS, *FILE_KINDS, *(f"{broken}_{when}" for broken in _MALFORMED for when in ("before", "after")))
UPDATE_KINDS = ("duplicate", "reorder", "delay", "garbage")
DOWNTIME = "downtime"
"""A kind of the weather only: on command it has a request of its own."""
GARBAGE: tuple[dict[str, Any], ...] = (
    {"message": {"message_id": "?"}},
    {"callback_query": {"id": 7, "from": "nobody", "data": ["x"]}},
    {"hologram": {"id": 1}},
    {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": "x", "type": "private"}}},
    {"message": None},
    {"my_chat_member": []},
)
"""Updates that nobody can read, each in its own way; they come in turn."""
DOWNLOAD = "file"
"""Stands for a method where a file is fetched; only the kinds that do not touch the bytes happen there."""


@dataclass
class Fault:
    """A fault for the next ``times`` requests or updates that fit: of a method, in a chat (any, if None).

    ``retry_after`` (whole seconds) goes with a refusal for too many requests; ``seconds`` is how long a timeout keeps
    the connection open, and for how long an update is held back at most. ``source`` says who wanted it: ``command``
    or ``weather``.
    """

    kind: str
    method: str | None = None
    chat: str | None = None
    times: int = 1
    retry_after: int = 1
    seconds: float = 60.0
    source: str = "command"

    @property
    def after(self) -> bool:
        """Whether the request is carried out."""
        return self.kind.endswith("_after")

    @property
    def look(self) -> str:
        """How the answer looks, whatever happened before."""
        return self.kind.removesuffix("_after").removesuffix("_before")
