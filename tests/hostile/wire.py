"""The Bot API without a network: the simulator's own answers, given in the same process."""

import json
from collections import Counter
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


class Wire(BaseRequest):
    """Answers as Telegram does, and remembers what went wrong and which presses were answered, with what."""

    world: World
    answers: dict[str, str]
    refused: Counter[str]

    def __init__(self, *, connections: int, read_timeout: float) -> None:  # noqa: ARG002 - as ``Transport``
        self._read_timeout = read_timeout

    @classmethod
    def begin(cls) -> None:
        """Begin a new Telegram with the one bot."""
        cls.world = create_app(validate=True).state.world
        cls.world.limits.numbers.enforced = False
        cls.world.add_bot(TOKEN, "testbot", "Testbot")
        cls.answers = {}
        cls.refused = Counter()

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
        answer = self._press(values) if name == "answerCallbackQuery" else await self._call(name, values, request_data)
        return answer.get("error_code", 200), json.dumps(answer).encode()

    async def _call(self, name: str, values: dict[str, str], request: RequestData | None) -> dict[str, Any]:
        given = request.multipart_data if request is not None and request.contains_files else {}
        files = {field: Upload(part[0], cast("bytes", part[1])) for field, part in given.items()}
        answer = await answer_call(self.world, self.world.bot(), name, Params(values, files))
        if not answer["ok"]:
            self.refused[f"{name}: {answer['description']}"] += 1
        return answer

    def _press(self, values: dict[str, str]) -> dict[str, Any]:
        """Take any press for one that was made: the presses are the tests' own."""
        text = values.get("text", "")
        if len(text.encode("utf-16-le")) // 2 > ALERT_LIMIT:
            self.refused["answerCallbackQuery: MESSAGE_TOO_LONG"] += 1
        known = self.answers.get(values["callback_query_id"])
        self.answers[values["callback_query_id"]] = text if known is None else f"{known}\n{text}"
        return {"ok": True, "result": True}
