"""Every refusal in Telegram's own words and with its status."""

from typing import Any

import aiohttp
import pytest

from simulator.testing import RunningSimulator
from tests.simulator.support import Raw, png

Json = dict[str, Any]

_LONG = "x" * 4097
_BUTTON = {"text": "A", "callback_data": "a"}


def _keyboard(*buttons: object) -> Json:
    return {"inline_keyboard": [list(buttons)]}


def _button(**fields: object) -> Json:
    return {"chat_id": "anna", "text": "a", "reply_markup": _keyboard(fields)}


def _url(url: str) -> Json:
    return _button(text="A", url=url)


def _markup(markup: Json) -> Json:
    return {"chat_id": "anna", "text": "a", "reply_markup": markup}


def _entity(entity: object) -> Json:
    return {"chat_id": "anna", "text": "abc", "entities": [entity]}


def _reply(reply: object) -> Json:
    return {"chat_id": "anna", "text": "a", "reply_parameters": reply}


def _album(item: Json) -> Json:
    return {"chat_id": "anna", "media": [item, item]}


def _from(message: str) -> Json:
    return {"chat_id": "anna", "from_chat_id": "anna", "message_id": message}


def _scope(scope: object) -> Json:
    return {"commands": [], "scope": scope}


def _html(text: str) -> Json:
    return {"chat_id": "anna", "text": text, "parse_mode": "HTML"}


_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_UNPARSED = "can't parse entities: "
_NO_BUTTON = "can't parse inline keyboard button: "
_NO_URL = "inline keyboard button URL '{}' is invalid: {}"
_NO_FILE = "wrong remote file identifier specified: "
_NO_MEDIA = "can't parse InputMedia: "
_NO_SCOPE = "can't parse BotCommandScope: "

# method, parameters, Telegram's words after "Bad Request: "; what stands for ids is in the fixture ``places``
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
    ("sendMessage", {"chat_id": "anna", "text": "a", "parse_mode": None}, "unsupported parse_mode"),
    ("sendMessage", {"chat_id": "anna", "text": "half \ud83d"}, "strings must be encoded in UTF-8"),
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
    ("sendMessage", _html("<b =1>a</b>"), _UNPARSED + 'Empty attribute name in the tag "b" at byte offset 0'),
    (
        "sendMessage",
        _html("<tg-emoji emoji-id='x'>a</tg-emoji>"),
        _UNPARSED + "Invalid custom emoji identifier specified",
    ),
    ("sendMessage", _button(text="A"), _NO_BUTTON + "Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", _button(callback_data="a"), _NO_BUTTON + 'Can\'t find field "text"'),
    ("sendMessage", _button(text="", callback_data="a"), "inline keyboard button text must be non-empty"),
    ("sendMessage", _button(text="A", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
    ("sendMessage", _button(text="A", callback_data="a", style="pink"), _NO_BUTTON + "invalid button style specified"),
    ("sendMessage", _button(text=["A"], callback_data="a"), _NO_BUTTON + 'Field "text" must be of type String'),
    (
        "sendMessage",
        _button(text="A", callback_data={"a": 1}),
        _NO_BUTTON + 'Field "callback_data" must be of type String',
    ),
    ("sendMessage", _button(text="A", copy_text="x"), _NO_BUTTON + 'Field "copy_text" must be of type Object'),
    ("sendMessage", _markup({"inline_keyboard": [["A"]]}), _NO_BUTTON + "InlineKeyboardButton must be an Object"),
    ("sendMessage", _url("http://localhost/x"), _NO_URL.format("http://localhost/x", "Wrong HTTP URL")),
    ("sendMessage", _url("happ://add"), _NO_URL.format("happ://add", "Unsupported URL protocol")),
    ("sendMessage", _url("https://"), _NO_URL.format("https://", "URL host is empty")),
    ("sendMessage", _url("https://x y.nl"), _NO_URL.format("https://x y.nl", "Disallowed character in URL host")),
    (
        "sendMessage",
        _url("https://voorbeeld.nl:99999/"),
        _NO_URL.format("https://voorbeeld.nl:99999/", "Wrong port number specified in the URL"),
    ),
    (
        "sendMessage",
        _button(text="A", web_app={"url": "http://voorbeeld.nl"}),
        "inline keyboard button Web App URL 'http://voorbeeld.nl' is invalid: Only HTTPS links are allowed",
    ),
    ("sendMessage", _button(text="A", copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    (
        "sendMessage",
        _markup({"inline_keyboard": [[_BUTTON] * 8] * 13}),
        "reply markup is too long",
    ),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "a", "reply_markup": "{"},
        "can't parse reply keyboard markup JSON object",
    ),
    ("sendMessage", {"chat_id": "anna", "text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
    ("sendMessage", {"chat_id": "anna", "text": "a", "reply_markup": None}, "object expected as reply markup"),
    ("sendMessage", _markup({"inline_keyboard": {}}), 'field "inline_keyboard" must be of type Array'),
    ("sendMessage", _markup({"keyboard": [["A"], "B"]}), 'field "keyboard" must be an Array of Arrays'),
    (
        "sendMessage",
        _markup({"keyboard": [[1]]}),
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
    ),
    ("sendMessage", _markup({"keyboard": [[{}]]}), "can't parse keyboard button: Can't find field \"text\""),
    ("sendMessage", _markup({"remove_keyboard": "yes"}), 'field "remove_keyboard" must be of type Boolean'),
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
    ("sendMessage", _entity("x"), "can't parse MessageEntity: expected an Object"),
    (
        "sendMessage",
        _entity({"type": "bold", "offset": "x", "length": 1}),
        'can\'t parse MessageEntity: Field "offset" must be a valid Number',
    ),
    (
        "sendMessage",
        _entity({"type": "party", "offset": 0, "length": 1}),
        "can't parse MessageEntity: Unsupported type specified",
    ),
    (
        "sendMessage",
        _entity({"type": "text_link", "offset": 0, "length": 1}),
        "can't parse MessageEntity: Can't find field \"url\"",
    ),
    ("sendMessage", _reply("{"), "can't parse reply parameters JSON object"),
    ("sendMessage", _reply([]), "object expected as reply parameters"),
    ("sendMessage", _reply({"chat_id": 1}), 'can\'t find field "message_id"'),
    ("sendMessage", _reply({"message_id": "x"}), 'field "message_id" must be a valid Number'),
    (
        "sendMessage",
        _reply({"message_id": 1, "allow_sending_without_reply": "yes"}),
        'field "allow_sending_without_reply" must be of type Boolean',
    ),
    (
        "sendMessage",
        {"chat_id": "anna", "text": "abc", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
        "receive an entity with incorrect offset -1",
    ),
    ("sendDocument", {"chat_id": "anna"}, "there is no document in the request"),
    (
        "sendDocument",
        {"chat_id": "anna", "document": "nope"},
        _NO_FILE + "can't unserialize it. Wrong last symbol",
    ),
    ("sendDocument", {"chat_id": "anna", "document": "no file!"}, _NO_FILE + "Wrong character in the string"),
    ("sendDocument", {"chat_id": "anna", "document": "nopex"}, _NO_FILE + "Wrong string length"),
    ("sendDocument", {"chat_id": "anna", "document": "attach://gone"}, "there is no document in the request"),
    (
        "sendDocument",
        {"chat_id": "anna", "document": "https://x.nl:0/a.pdf"},
        "invalid file HTTP URL specified: Wrong port number specified in the URL",
    ),
    ("sendDocument", {"chat_id": "anna", "document": "https://x.nl/a.pdf"}, "failed to get HTTP URL content"),
    ("sendDocument", {"chat_id": "anna", "document": "file", "caption": "x" * 1025}, "message caption is too long"),
    ("sendPhoto", {"chat_id": "anna"}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": "anna", "photo": "file"}, "can't use file of type Document as Photo"),
    ("sendPhoto", {"chat_id": "anna", "photo": "http://x.nl/a.jpg"}, "failed to get HTTP URL content"),
    ("sendMediaGroup", {"chat_id": "anna"}, 'parameter "media" is required'),
    ("sendMediaGroup", {"chat_id": "anna", "media": []}, "there are no messages to send"),
    ("sendMediaGroup", {"chat_id": "anna", "media": "{"}, "can't parse media JSON object"),
    ("sendMediaGroup", {"chat_id": "anna", "media": {}}, "expected an Array of InputMedia"),
    ("sendMediaGroup", {"chat_id": "anna", "media": [1, 2]}, _NO_MEDIA + "expected an Object"),
    ("sendMediaGroup", {"chat_id": "anna", "media": [{}, {}]}, _NO_MEDIA + 'Can\'t find field "type"'),
    ("sendMediaGroup", _album({"type": "party", "media": "file"}), _NO_MEDIA + 'type "party" is unsupported'),
    (
        "sendMediaGroup",
        _album({"type": "animation", "media": "file"}),
        _NO_MEDIA + 'type "animation" can\'t be used in sendMediaGroup',
    ),
    (
        "sendMediaGroup",
        _album({"type": "document", "media": "file", "caption": "<b>", "parse_mode": "HTML"}),
        _NO_MEDIA + "Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "sendMediaGroup",
        _album({"type": "document", "media": "file", "caption": "x" * 1025}),
        "message caption is too long",
    ),
    (
        "sendMediaGroup",
        {"chat_id": "anna", "media": [{"type": "document", "media": "file"}, {"type": "photo", "media": "picture"}]},
        "document can't be mixed with other media types",
    ),
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
    ("copyMessage", {"chat_id": "anna", "message_id": "own"}, 'parameter "from_chat_id" is required'),
    ("copyMessage", _from("note"), "the message can't be copied"),
    ("copyMessage", _from("doc") | {"caption": "x" * 1025}, "MEDIA_CAPTION_TOO_LONG"),
    ("forwardMessage", {"chat_id": "anna", "message_id": "own"}, 'parameter "from_chat_id" is required'),
    ("forwardMessage", _from("note"), "the message can't be forwarded"),
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
    ("editMessageText", {"message_id": "own", "text": "a"}, "chat_id is empty"),
    ("editMessageText", {"chat_id": "anna", "text": "a"}, "message to edit not found"),
    ("editMessageText", {"inline_message_id": "x", "text": "a"}, "MESSAGE_ID_INVALID"),
    ("editMessageText", {"chat_id": "anna", "message_id": "own"}, "message text is empty"),
    ("editMessageText", {"chat_id": "anna", "message_id": "own", "text": _LONG}, "MESSAGE_TOO_LONG"),
    ("editMessageText", {"chat_id": "anna", "message_id": "note", "text": "a"}, "message can't be edited"),
    ("editMessageText", {"chat_id": "anna", "message_id": "forward", "text": "a"}, "message can't be edited"),
    ("editMessageText", {"chat_id": "anna", "message_id": "menu", "text": "a"}, "message can't be edited"),
    (
        "editMessageText",
        {"chat_id": "anna", "message_id": "own", "text": "a", "reply_markup": {"keyboard": [["A"]]}},
        "inline keyboard expected",
    ),
    ("editMessageCaption", {"chat_id": "anna", "message_id": "doc", "caption": "x" * 1025}, "MEDIA_CAPTION_TOO_LONG"),
    ("editMessageMedia", {"chat_id": "anna", "message_id": "doc"}, 'parameter "media" is required'),
    (
        "editMessageMedia",
        {"chat_id": "anna", "message_id": "doc", "media": "{"},
        "can't parse input media JSON object",
    ),
    (
        "editMessageMedia",
        {"chat_id": "anna", "message_id": "doc", "media": {"type": "document", "media": "attach://gone"}},
        _NO_MEDIA + "media not found",
    ),
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
    ("deleteMessages", {"chat_id": "anna", "message_ids": "x"}, "can't parse message_ids JSON object"),
    ("deleteMessages", {"chat_id": "anna", "message_ids": {}}, "expected an Array of message identifiers"),
    ("deleteMessages", {"chat_id": "anna", "message_ids": [True]}, "message identifier must be a Number"),
    ("deleteMessages", {"chat_id": "anna", "message_ids": ["x"]}, "can't parse message identifier as a Number"),
    ("deleteMessages", {"chat_id": "anna", "message_ids": [0]}, "invalid message identifier specified"),
    (
        "deleteMessages",
        {"chat_id": "anna", "message_ids": list(range(1, 102))},
        "too many message identifiers specified",
    ),
    ("pinChatMessage", {"chat_id": "anna", "message_id": "gone"}, "message to pin not found"),
    ("pinChatMessage", {"chat_id": "anna", "message_id": "note"}, "service messages can't be pinned"),
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
    ("getChat", {}, "chat_id is empty"),
    ("getChatMember", {"chat_id": "anna", "user_id": 77}, "member not found"),
    ("leaveChat", {"chat_id": "anna"}, "chat member status can't be changed in private chats"),
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
    ("setMyCommands", {"commands": "{"}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": ["stem"]}, "can't parse BotCommand: expected an Object"),
    (
        "setMyCommands",
        {"commands": [{"command": "stem"}]},
        "can't parse BotCommand: Can't find field \"description\"",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "stem", "description": "d" * 257}]},
        "command description length must not exceed 256",
    ),
    ("setMyCommands", {"commands": [], "language_code": "dutch"}, "invalid language code specified"),
    ("setMyCommands", _scope("{"), "can't parse BotCommandScope JSON object"),
    ("setMyCommands", _scope({}), _NO_SCOPE + 'Can\'t find field "type"'),
    ("setMyCommands", _scope({"type": "chat"}), _NO_SCOPE + 'Can\'t find field "chat_id"'),
    ("setMyCommands", _scope({"type": "chat", "chat_id": 77}), "chat not found"),
    (
        "setMyCommands",
        _scope({"type": "chat_administrators", "chat_id": "anna"}),
        "can't use specified scope in private chats",
    ),
    (
        "setMyCommands",
        _scope({"type": "chat_member", "chat_id": "anna", "user_id": 0}),
        _NO_SCOPE + "Invalid user_id specified",
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
    ("setChatMenuButton", {"menu_button": "{"}, "can't parse menu button JSON object"),
    ("setChatMenuButton", {"chat_id": 0}, "invalid chat_id specified"),
    ("setChatMenuButton", {"chat_id": 77}, "user not found"),
    ("setMyName", {"name": "x", "language_code": "dutch"}, "invalid language code specified"),
    ("setWebhook", {"url": "ftp://bot.example.org/"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "https://10.0.0.1/"}, "bad webhook: IP address 10.0.0.1 is reserved"),
    ("setWebhook", {"url": "https://[2001:db8::1]/"}, "bad webhook: IPv6-only addresses are not allowed"),
    ("setWebhook", {"url": "http://127.0.0.1/", "secret_token": "x" * 257}, "secret token is too long"),
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
    chat = {"chat_id": anna["id"]}
    own = (await raw("sendMessage", **chat, text="eigen"))["result"]["message_id"]
    document = (await raw.upload("sendDocument", {"document": ("a.txt", b"a")}, **chat))["result"]
    photo = (await raw.upload("sendPhoto", {"photo": ("a.png", png())}, **chat))["result"]
    menu = (await raw("sendMessage", **chat, text="kies", reply_markup={"keyboard": [["A"]]}))["result"]["message_id"]
    forward = (await raw("forwardMessage", **chat, from_chat_id=anna["id"], message_id=own))["result"]["message_id"]
    await raw("pinChatMessage", **chat, message_id=own)
    note = max(message["message_id"] for message in await sim.messages(anna))
    await raw("unpinAllChatMessages", **chat)
    return {
        "anna": anna["id"],
        "own": own,
        "hers": 1,
        "doc": document["message_id"],
        "file": document["document"]["file_id"],
        "picture": photo["photo"][-1]["file_id"],
        "menu": menu,
        "forward": forward,
        "note": note,
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
    """What a bot may not do is told with status 403: to write first to whom it knows from a group, and so on."""
    known = await sim.user("Bas")
    await sim.add_member((await sim.group("ALV", known))["id"], "testbot", known)
    await sim.add_bot("55:other", "otherbot")
    answers = [await raw("sendMessage", chat_id=number, text="a") for number in (known["id"], 55)]
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
