"""The Bot API without a network: the simulator's own answers, given in the same process."""

import json
from collections import Counter, defaultdict
from typing import Any, cast

from telegram.request import BaseRequest, RequestData

from simulator.app import create_app
from simulator.botapi import answer_call
from simulator.files import Upload
from simulator.params import Params
from simulator.testing import TOKEN
from simulator.world import World

ALERT_LIMIT = 200
"""UTF-16 units of an answer to a press."""

FAIR = (
    "chat not found",
    "can't initiate conversation",
    "wrong file identifier",
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "message can't be deleted",
    "message can't be edited",
    "there is no text in the message to edit",
)
"""What Telegram may answer to a sound bot: of people without a chat with it, of files and messages that are gone."""


class Wire(BaseRequest):
    """Answers as Telegram does, and remembers what it refused and how each press was answered."""

    world: World
    answers: dict[str, list[str]]
    refused: Counter[str]

    def __init__(self, *, connections: int, read_timeout: float) -> None:  # noqa: ARG002 - as ``Transport``
        self._read_timeout = read_timeout

    @classmethod
    def begin(cls) -> None:
        """Begin a new Telegram with the one bot."""
        cls.world = create_app(validate=True).state.world
        cls.world.limits.numbers.enforced = False
        cls.world.add_bot(TOKEN, "testbot", "Testbot")
        cls.answers = defaultdict(list)
        cls.refused = Counter()

    @classmethod
    def know(cls, name: str, account: int) -> None:
        """Let somebody have a chat with the bot."""
        user = cls.world.add_user(name, user_id=account)
        cls.world.private_chat(user, cls.world.bot()).opened = True

    @classmethod
    def forget(cls) -> None:
        """Forget what is done: a million updates would not fit in memory."""
        cls.world.log._entries.clear()
        cls.answers.clear()
        for chat in cls.world.private.values():
            chat.messages.clear()

    @property
    def read_timeout(self) -> float:
        """Seconds that nobody waits here."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - PTB's signature
        request_data: RequestData | None = None,
        *_timeouts: Any,  # noqa: ANN401 - same
        **_more: Any,  # noqa: ANN401 - same
    ) -> tuple[int, bytes]:
        """Answer one request."""
        name = url.rpartition("/")[2]
        values = dict(request_data.json_parameters) if request_data else {}
        if any("\ud800" <= char <= "\udfff" for value in values.values() for char in value):
            self.refused[f"{name}: half a character"] += 1
        answer = self._press(values) if name == "answerCallbackQuery" else await self._call(name, values, request_data)
        return answer.get("error_code", 200), json.dumps(answer).encode()

    async def _call(self, name: str, values: dict[str, str], request: RequestData | None) -> dict[str, Any]:
        given = request.multipart_data if request is not None and request.contains_files else {}
        files = {field: Upload(part[0], cast("bytes", part[1])) for field, part in given.items()}
        answer = await answer_call(self.world, self.world.bot(), name, Params(values, files))
        if not answer["ok"] and not any(words in answer["description"].lower() for words in FAIR):
            self.refused[f"{name}: {answer['description']}"] += 1
        return answer

    def _press(self, values: dict[str, str]) -> dict[str, Any]:
        """Take any press for one that was made: the presses are the tests' own."""
        text = values.get("text", "")
        if len(text.encode("utf-16-le", "replace")) // 2 > ALERT_LIMIT:
            self.refused["answerCallbackQuery: MESSAGE_TOO_LONG"] += 1
        self.answers[values["callback_query_id"]].append(text)
        return {"ok": True, "result": True}
