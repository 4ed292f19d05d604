"""Every refusal in Telegram's own words and with its status."""

from typing import Any

import aiohttp
import pytest

from simulator.testing import RunningSimulator
from tests.simulator.support import Raw

Json = dict[str, Any]

_LONG = "x" * 4097
_BUTTON = {"text": "A", "callback_data": "a"}


def _keyboard(*buttons: object) -> Json:
    return {"inline_keyboard": [list(buttons)]}


def _button(**fields: object) -> Json:
    return {"chat_id": "anna", "text": "a", "reply_markup": _keyboard(fields)}


def _html(text: str) -> Json:
    return {"chat_id": "anna", "text": text, "parse_mode": "HTML"}


_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_UNPARSED = "can't parse entities: "
_NO_BUTTON = "can't parse inline keyboard button: "

# method, parameters ("anna", "own", "hers", "file" and "gone" stand for ids), Telegram's words after "Bad Request: "
BAD_REQUESTS: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": "a"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 77, "text": "a"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "a"}, "chat not found"),
    ("sendMessage", {"chat_id": -100123, "text": "a"}, "chat not found"),
    ("sendMessage", {"chat_id": "anna"}, "message text is empty"),
    ("sendMessage", {"chat_id": "anna", "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": "anna", "text": " \n "}, "text must be non-empty"),
    ("sendMessage", _html("<b> </b>"), "text must be non-empty"),
    ("sendMessage", {"chat_id": "anna", "text": _LONG}, "message is too long"),
    ("sendMessage", {"chat_id": "anna", "text": "🗳" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": "anna", "text": "x" * 40000}, "text is too long"),
    ("sendMessage", {"chat_id": "anna", "text": "a", "parse_mode": "XML"}, "unsupported parse_mode"),
    ("sendMessage", _html("<foo>a</foo>"), _UNPARSED + 'Unsupported start tag "foo" at byte offset 0'),
    ("sendMessage", _html("3 < 5"), _UNPARSED + 'Unsupported start tag "" at byte offset 2'),
    ("sendMessage", _html("é <b>a"), _UNPARSED + 'Can\'t find end tag corresponding to start tag "b"'),
    ("sendMessage", _html("a</b>"), _UNPARSED + "Unexpected end tag at byte offset 1"),
    (
        "sendMessage",
        _html("<b><i>a</b></i>"),
        _UNPARSED + 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    ("sendMessage", _html("<b"), _UNPARSED + "Unclosed start tag at byte offset 0"),
    ("sendMessage", _html("<b>a</b"), _UNPARSED + "Unclosed end tag at byte offset 4"),
    (
        "sendMessage",
        _html('<span class="x">a</span>'),
        _UNPARSED + 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    ),
    ("sendMessage", _button(text="A"), _NO_BUTTON + "Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", _button(callback_data="a"), _NO_BUTTON + 'Can\'t find field "text"'),
    ("sendMessage", _button(text="", callback_data="a"), "inline keyboard button text must be non-empty"),
    ("sendMessage", _button(text="A", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
    ("sendMessage", _button(text="A", callback_data="a", style="pink"), _NO_BUTTON + "invalid button style specified"),
    (
        "sendMessage",
        _button(text="A", url="http://localhost/x"),
        "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ),
    ("sendMessage", _button(text="A", copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "a", "reply_markup": _keyboard(*[_BUTTON] * 101)},
        "reply markup is too long",
    ),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "a", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    ("sendMessage", {"chat_id": "anna", "text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "a", "reply_markup": {"inline_keyboard": [_BUTTON]}},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "a", "reply_parameters": {"message_id": "gone"}},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "abc", "entities": [{"type": "bold", "length": 1}]},
        "can't parse MessageEntity: Can't find field \"offset\"",
    ),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "abc", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
        "receive an entity with incorrect offset -1",
    ),
    ("sendDocument", {"chat_id": "anna"}, "there is no document in the request"),
    ("sendDocument", {"chat_id": "anna", "document": "nope"}, "wrong file identifier/HTTP URL specified"),
    ("sendDocument", {"chat_id": "anna", "document": "https://x.nl/a.pdf"}, "failed to get HTTP URL content"),
    ("sendDocument", {"chat_id": "anna", "document": "file", "caption": "x" * 1025}, "message caption is too long"),
    ("sendPhoto", {"chat_id": "anna"}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": "anna", "photo": "file"}, "can't use file of type Document as Photo"),
    ("sendMediaGroup", {"chat_id": "anna"}, "there are no messages to send"),
    (
        "sendMediaGroup",
        {"chat_id": "anna", "media": [{"type": "document", "media": "file"}] * 11},
        "too many messages to send as an album",
    ),
    (
        "sendMediaGroup",
        {"chat_id": "anna", "media": [{"type": "document", "media": "attach://a"}] * 2},
        "can't parse InputMedia: media not found",
    ),
    ("copyMessage", {"chat_id": "anna", "from_chat_id": "anna", "message_id": "gone"}, "message to copy not found"),
    (
        "forwardMessage",
        {"chat_id": "anna", "from_chat_id": "anna", "message_id": "gone"},
        "message to forward not found",
    ),
    ("editMessageText", {"chat_id": "anna", "message_id": "gone", "text": "a"}, "message to edit not found"),
    ("editMessageText", {"chat_id": "anna", "message_id": "hers", "text": "a"}, "message can't be edited"),
    (
        "editMessageText",
        {"chat_id": "anna", "message_id": "doc", "text": "a"},
        "there is no text in the message to edit",
    ),
    ("editMessageText", {"text": "a"}, "message identifier is not specified"),
    ("editMessageCaption", {"chat_id": "anna", "message_id": "own"}, "there is no caption in the message to edit"),
    (
        "editMessageText",
        {"chat_id": "anna", "message_id": "own", "text": "eigen "},
        _NOT_MODIFIED,
    ),
    (
        "editMessageReplyMarkup",
        {"chat_id": "anna", "message_id": "own"},
        _NOT_MODIFIED,
    ),
    ("deleteMessage", {"chat_id": "anna"}, "message identifier is not specified"),
    ("deleteMessage", {"message_id": 1}, "chat identifier is not specified"),
    ("deleteMessage", {"chat_id": "anna", "message_id": "gone"}, "message to delete not found"),
    ("deleteMessages", {"chat_id": "anna"}, "message identifiers are not specified"),
    (
        "deleteMessages",
        {"chat_id": "anna", "message_ids": list(range(1, 102))},
        "too many message identifiers specified",
    ),
    ("pinChatMessage", {"chat_id": "anna", "message_id": "gone"}, "message to pin not found"),
    ("unpinChatMessage", {"chat_id": "anna"}, "message to unpin not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("getFile", {}, "file_id not specified"),
    ("getFile", {"file_id": "nope"}, "invalid file_id"),
    ("getChat", {"chat_id": 77}, "chat not found"),
    ("getChatMember", {"chat_id": "anna", "user_id": 0}, "invalid user_id specified"),
    ("getChatMember", {"chat_id": "anna", "user_id": 77}, "user not found"),
    ("getChatAdministrators", {"chat_id": "anna"}, "there are no administrators in the private chat"),
    ("sendChatAction", {"chat_id": "anna", "action": "dancing"}, "wrong parameter action in request"),
    ("setMyCommands", {"commands": [{"command": "", "description": "d"}]}, "command must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "Stem", "description": "d"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "d"}]}, "command length must not exceed 32"),
    (
        "setMyCommands",
        {"commands": [{"command": "stem", "description": ""}]},
        "command description must be non-empty",
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "planet"}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    (
        "setChatMenuButton",
        {"menu_button": {"type": "magic"}},
        "can't parse menu button: MenuButton has unsupported type",
    ),
    ("setWebhook", {"url": "http://bot.example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "setWebhook",
        {"url": "https://bot.example.org:5000/"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    ("setWebhook", {"url": "http://127.0.0.1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
]


@pytest.fixture
async def places(sim: RunningSimulator, raw: Raw, anna: Json) -> Json:
    """Prepare what the table's stand-ins mean; validation is off, or it would refuse first."""
    sim.world.validator = None
    own = await raw("sendMessage", chat_id=anna["id"], text="eigen")
    document = await raw.upload("sendDocument", {"document": ("a.txt", b"a")}, chat_id=anna["id"])
    return {
        "anna": anna["id"],
        "own": own["result"]["message_id"],
        "hers": 1,
        "doc": document["result"]["message_id"],
        "file": document["result"]["document"]["file_id"],
        "gone": 999_999,
    }


def _filled(value: object, places: Json) -> object:
    if isinstance(value, dict):
        return {name: _filled(item, places) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, places) for item in value]
    return places.get(value, value) if isinstance(value, str) else value


async def test_bad_requests(raw: Raw, places: Json) -> None:
    """Each request of the table is refused with status 400 and exactly these words."""
    wrong = []
    for method, params, words in BAD_REQUESTS:
        answer = await raw(method, **_filled(params, places))  # type: ignore[arg-type]  # a dict stays a dict
        if (answer.get("error_code"), answer.get("description")) != (400, f"Bad Request: {words}"):
            wrong.append((method, params, words, answer))
    assert wrong == []


async def test_nothing_happened(sim: RunningSimulator, raw: Raw, places: Json, anna: Json) -> None:
    """Refused requests leave no trace in the chat."""
    before = await sim.messages(anna)
    for method, params, _ in BAD_REQUESTS:
        await raw(method, **_filled(params, places))  # type: ignore[arg-type]  # a dict stays a dict
    assert await sim.messages(anna) == before


async def test_forbidden(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """What a bot may not do is told with status 403."""
    stranger = await sim.user("Bas")
    await sim.add_bot("55:other", "otherbot")
    answers = [await raw("sendMessage", chat_id=number, text="a") for number in (stranger["id"], 55)]
    await sim.block(anna, "testbot")
    answers.append(await raw("sendMessage", chat_id=anna["id"], text="a"))
    await sim.delete_account(anna)
    answers.append(await raw("sendMessage", chat_id=anna["id"], text="a"))
    assert [(answer["error_code"], answer["description"]) for answer in answers] == [
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (403, "Forbidden: bot can't send messages to bots"),
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
    ]


async def test_addresses(sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession) -> None:
    """An unknown token, a malformed one and an unknown method are told apart; method names know no case."""
    assert (await Raw(sim, http, "1:unknown")("getMe"))["description"] == "Unauthorized"
    assert (await Raw(sim, http, "nonsense")("getMe"))["error_code"] == 404
    assert (await raw("sendLove"))["description"] == "Not Found: method not found"
    assert (await raw("GETME"))["ok"]
    async with http.get(f"{sim.base_url}/bot{sim.token}/getMe") as response:
        assert (await response.json())["ok"]
    async with http.get(f"{sim.base_url}/bot{sim.token}") as response:
        assert (await response.json())["description"] == "Not Found"


async def test_file_sizes(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """50 MB can be uploaded, 10 MB as photo, and only 20 MB come back."""
    big = await raw.upload("sendDocument", {"document": ("a.bin", bytes(50 * 1024 * 1024 + 1))}, chat_id=anna["id"])
    assert (big["error_code"], big["description"]) == (413, "Request Entity Too Large")
    photo = await raw.upload("sendPhoto", {"photo": ("a.png", bytes(10 * 1024 * 1024 + 1))}, chat_id=anna["id"])
    assert photo["description"].endswith("is too big for a photo; the maximum size is 10485760 bytes")
    fake = await raw.upload("sendPhoto", {"photo": ("a.png", b"no picture")}, chat_id=anna["id"])
    assert fake["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    empty = await raw.upload("sendDocument", {"document": ("a.bin", b"")}, chat_id=anna["id"])
    assert empty["description"] == "Bad Request: file must be non-empty"
    await sim.send_documents(anna, ("film.bin", bytes(20 * 1024 * 1024 + 1)))
    update = (await raw.updates(-1))[0]
    answer = await raw("getFile", file_id=update["message"]["document"]["file_id"])
    assert answer["description"] == "Bad Request: file is too big"


async def test_answer_too_long(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """The notice on a press has 200 characters at most, and its link leads to the bot itself."""
    press = await sim.press(anna, data="x", wait=0)
    query = press["callback_query_id"]
    long = await raw("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    elsewhere = await raw("answerCallbackQuery", callback_query_id=query, url="https://voorbeeld.nl")
    assert elsewhere["description"] == "Bad Request: URL_INVALID"
    link = await raw("answerCallbackQuery", callback_query_id=query, url="https://t.me/testbot?start=abc")
    assert link["ok"]


async def test_press_too_old(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A press that waited too long cannot be answered any more."""
    await sim.limits(callback_seconds=0.001)
    press = await sim.press(anna, data="x", wait=0.01)
    answer = await raw("answerCallbackQuery", callback_query_id=press["callback_query_id"])
    assert answer["description"].startswith("Bad Request: query is too old")


async def test_old_messages_cannot_be_deleted(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """After 48 hours a message stays, on both sides of the chat."""
    await sim.set_clock("2019-01-21T09:00:00Z")
    sent = await raw("sendMessage", chat_id=anna["id"], text="Blijft")
    assert sent["result"]["date"] // 60 == 1_548_061_200 // 60
    await sim.set_clock("2019-01-23T09:01:00Z")
    answer = await raw("deleteMessage", chat_id=anna["id"], message_id=sent["result"]["message_id"])
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


async def test_validation_refuses_what_the_core_overlooks(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """With validation on, an unknown parameter or field is refused and logged."""
    typo = await raw("sendMessage", chat_id=anna["id"], text="a", disable_notifications=True)
    assert typo["description"].endswith("unknown parameter: disable_notifications")
    button = {"text": "A", "callback_data": "a", "colour": "red"}
    field = await raw("sendMessage", chat_id=anna["id"], text="a", reply_markup=_keyboard(button))
    assert "unknown field: sendMessage.reply_markup.inline_keyboard[0][0].colour" in field["description"]
    wrong = await raw("sendMessage", chat_id=anna["id"], text="a", reply_markup=_keyboard({"text": "A", "url": 1}))
    assert wrong["error_code"] == 400
    assert [entry["what"] for entry in await sim.log(kind="invalid")] == ["request"] * 3
