"""The bot as the process uses it: PTB's, with raw updates and without its token in sight."""

from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, NetworkError

from bot.transport import Transport

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")
"""Always named: without them Telegram goes on with the list of an earlier run."""

POLL_SECONDS = 25
ANSWER_SECONDS = 20.0
CONNECTIONS = 32


class AssemblyBot(Bot):
    """PTB's ``Bot`` on the project's own transport; long polling has a connection of its own."""

    __slots__ = ()

    def __init__(self, token: str, api_base_url: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        super().__init__(
            token,
            base_url=f"{api_base_url}/bot",
            base_file_url=f"{api_base_url}/file/bot",
            request=Transport(connections=CONNECTIONS, read_timeout=answer_seconds),
            get_updates_request=Transport(connections=2, read_timeout=ANSWER_SECONDS),
        )

    async def initialize(self) -> None:
        """Open the connections and ask Telegram who the bot is. Raises ``InvalidToken`` without the token in it."""
        try:
            await super().initialize()
        except InvalidToken:
            raise InvalidToken from None

    async def raw_updates(self, offset: int, *, seconds: int = POLL_SECONDS, limit: int = 100) -> list[dict[str, Any]]:
        """Ask for updates from ``offset`` on, wait at most ``seconds`` for the first, and return them as they came.

        Asking confirms every update below ``offset``. They are not parsed here, because PTB parses a whole batch at
        once and one update that it cannot read would hold up all others for ever. Raises PTB's errors, ``NetworkError``
        also for an answer that is no list of updates.
        """
        found: Any = await self._post(
            "getUpdates",
            {"offset": offset, "limit": limit, "timeout": seconds, "allowed_updates": list(ALLOWED_UPDATES)},
            read_timeout=seconds + ANSWER_SECONDS,
        )
        if not (isinstance(found, list) and all(isinstance(raw, dict) and "update_id" in raw for raw in found)):
            raise NetworkError("the answer is no list of updates")
        return found

    def __repr__(self) -> str:
        return "AssemblyBot"
