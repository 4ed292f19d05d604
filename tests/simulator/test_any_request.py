"""Whatever a client sends: an answer as Telegram gives it, and never a fault of the simulator's own."""

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import actions
from simulator.botapi import answer_call
from simulator.methods import METHODS
from simulator.params import Params, parsed
from simulator.validation import AiogramValidator
from simulator.world import World

Json = dict[str, Any]


class Results(AiogramValidator):
    """Checks results and updates, and lets every request through."""

    def request(self, *_: object) -> list[str]:
        """Find nothing wrong."""
        return []


_RESULTS = Results()
_FIELDS = (
    "text", "callback_data", "url", "type", "offset", "length", "user", "id", "media", "caption", "inline_keyboard",
    "keyboard", "message_id", "chat_id", "user_id", "command", "description", "web_app", "copy_text", "style", "pay",
    "parse_mode", "caption_entities", "custom_emoji_id", "language",
)  # fmt: skip
_NAMES = (
    "chat_id", "from_chat_id", "message_id", "message_ids", "text", "caption", "parse_mode", "entities", "media",
    "caption_entities", "reply_markup", "reply_parameters", "document", "photo", "callback_query_id", "url", "offset",
    "limit", "allowed_updates", "secret_token", "max_connections", "commands", "scope", "language_code", "user_id",
    "menu_button", "file_id", "action", "name",
)  # fmt: skip
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(
        [1, 2, 5, -1, 1.5, "HTML", "<b", "<b>x</b>", "attach://x", "https://x.nl:٣", "tg://user?id=5", "{"]
    )
    | st.text(st.characters(), max_size=8)
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=4),
    max_leaves=8,
)
_KEYBOARDS = st.dictionaries(st.sampled_from(_FIELDS), _VALUES, max_size=3).map(
    lambda button: {"inline_keyboard": [[{"text": "A", **button}]]}
)
_ENTITIES = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["bold", "text_link", "text_mention", "pre", "custom_emoji"]),
        "offset": st.integers(-1, 9),
        "length": st.integers(-1, 9),
    },
    optional=dict.fromkeys(("url", "user", "language", "custom_emoji_id"), _VALUES),
).map(lambda entity: [entity])
_REQUESTS = st.dictionaries(st.sampled_from(_NAMES), _VALUES | _KEYBOARDS | _ENTITIES, max_size=5)


def _world() -> World:
    world = World(_RESULTS)
    world.limits.numbers.enforced = False
    bot = world.add_bot("7:secret", "testbot", "Testbot")
    anna = world.add_user("Anna", user_id=5)
    actions.start(world, world.private_chat(anna, bot), anna, "")
    return world


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted({name for name, _ in METHODS.values()})), _REQUESTS, st.booleans())
def test_answers_whatever_comes(method: str, request: Json, known: bool) -> None:
    """Any parameters get a result that fits the Bot API, or a refusal that is no server error."""
    world = _world()
    fields = {"chat_id": 5, "text": "hallo", **request} if known else request
    body = json.dumps(fields).encode()
    answer = asyncio.run(answer_call(world, world.bot(), method, Params(parsed(body, "application/json"))))
    assert answer["ok"] or answer["error_code"] in (400, 403, 404, 409, 413, 429), answer
    assert world.log.after(0, "invalid") == []
