"""Reply markup: what a bot may put under a message, checked as Telegram does.

Follows ``get_reply_markup`` of tdlib/telegram-bot-api (Client.cpp) and of tdlib/td (ReplyMarkup.cpp).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import ApiError, bad_request
from simulator.links import LinkError, checked_https_link, checked_link, linked_user

Json = dict[str, Any]
Keyboard = list[list[Json]]
Refuse = Callable[[str], ApiError]

MAX_BUTTONS = 100
MAX_ROW = 12
MAX_CALLBACK_DATA = 64
MAX_COPY_TEXT = 256
_STYLES = ("", "default", "primary", "danger", "success")
_FLAGS = ("hide_keyboard", "remove_keyboard", "personal_keyboard", "selective", "force_reply_keyboard", "force_reply")
# The first of these that a button has is what it does; Telegram passes over the others.
_ACTIONS = (
    "callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat", "login_url", "web_app", "copy_text",
)  # fmt: skip
_CHOSEN_CHATS = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")


@dataclass(frozen=True)
class Markup:
    """An inline keyboard, empty if there is none; ``other`` says that there is another markup instead.

    Reply keyboards, their removal and force-reply belong to no message and are not kept.
    """

    inline: Keyboard = field(default_factory=list)
    other: bool = False

    @property
    def opens_web_app(self) -> bool:
        """Whether a button of it works in private chats only."""
        return any("web_app" in button for row in self.inline for button in row)


def read_markup(source: str) -> Markup:
    """Read a ``reply_markup`` parameter."""
    if not source:
        return Markup()
    try:
        markup = json.loads(source)
    except (ValueError, RecursionError):
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    shown = [_reply_row(row) for row in _rows(markup, "keyboard")]
    inline = [_inline_row(row) for row in _rows(markup, "inline_keyboard")]
    for name in _FLAGS:
        if not isinstance(markup.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if shown:
        return Markup(other=any(shown))
    if inline:
        kept = [row for row in inline if row]
        if sum(len(row) for row in kept) > MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        return Markup(kept)
    return Markup(other=any(markup.get(name) for name in _FLAGS if name not in ("personal_keyboard", "selective")))


def inline_only(markup: Markup) -> Keyboard:
    """Return the inline keyboard; refuse any other markup."""
    if markup.other:
        raise bad_request("inline keyboard expected")
    return markup.inline


def _rows(markup: Json, name: str) -> list[list[object]]:
    rows = markup.get(name, [])
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        whose = " of the InlineKeyboardMarkup" if name == "inline_keyboard" else ""
        raise bad_request(f'field "{name}"{whose} must be an Array of Arrays')
    return rows


def _reply_row(row: list[object]) -> list[str]:
    """Check the outline of a row of a reply keyboard; return its labels."""
    labels = []
    for button in row:
        if isinstance(button, dict):
            labels.append(_text(button, "text", _refuse_reply))
        elif isinstance(button, str):
            labels.append(button)
        else:
            raise _refuse_reply("KeyboardButton must be a String or an Object")
    return [label for label in labels if label]


def _inline_row(row: list[object]) -> list[Json]:
    """Read a row; what is beyond the twelfth button is left out, as Telegram does."""
    return [_button(item) for item in row][:MAX_ROW]


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise _refuse_inline("InlineKeyboardButton must be an Object")
    kept: Json = {"text": _text(button, "text", _refuse_inline)}
    style = _text(button, "style", _refuse_inline, needed=False).lower()
    if style not in _STYLES:
        raise _refuse_inline("invalid button style specified")
    if style not in ("", "default"):
        kept["style"] = style
    if button.get("icon_custom_emoji_id"):
        kept["icon_custom_emoji_id"] = str(button["icon_custom_emoji_id"])
    kept |= _action(button)
    # Telegram leaves such a button out without a word; here its author is told.
    if not kept["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    return kept


def _action(button: Json) -> Json:
    """Return what a button does, checked."""
    if url := _text(button, "url", _refuse_inline, needed=False):
        return {"url": _link(url, "URL") if linked_user(url) is None else url}
    if data := _text(button, "callback_data", _refuse_inline, needed=False):
        if len(data.encode()) > MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    action = next((name for name in _ACTIONS if name in button), None)
    if action is None:
        raise _refuse_inline("Text buttons are unallowed in the inline keyboard")
    value = button[action]
    if action in ("callback_game", "pay"):  # these belong to games and invoices, which the simulator does not know
        raise bad_request("BUTTON_TYPE_INVALID")
    if action in ("switch_inline_query", "switch_inline_query_current_chat"):
        return {action: _text(button, action, _refuse_inline)}
    if not isinstance(value, dict):
        raise _refuse_inline(f'Field "{action}" must be of type Object')
    return {action: _object(action, value)}


def _object(action: str, value: Json) -> Json:
    """Return what an action holds, without what Telegram does not know in it."""
    if action == "switch_inline_query_chosen_chat":
        return {
            "query": _text(value, "query", _refuse_inline, needed=False),
            **{name: True for name in _CHOSEN_CHATS if value.get(name) is True},
        }
    if action == "copy_text":
        text = _text(value, "text", _refuse_inline)
        if not 1 <= len(text) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"text": text}
    what = "Web App URL" if action == "web_app" else "login URL"
    return {"url": _link(_text(value, "url", _refuse_inline), what, https=True)}


def _link(url: str, what: str, *, https: bool = False) -> str:
    try:
        return checked_https_link(url) if https else checked_link(url)
    except LinkError as error:
        raise bad_request(f"inline keyboard button {what} '{url}' is invalid: {error}") from None


def _text(owner: Json, name: str, refuse: Refuse, *, needed: bool = True) -> str:
    """Return a text field; as everywhere in the Bot API a number will do."""
    value = owner.get(name)
    if name not in owner:
        if needed:
            raise refuse(f'Can\'t find field "{name}"')
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise refuse(f'Field "{name}" must be of type String')
    return str(value)


def _refuse_inline(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _refuse_reply(reason: str) -> ApiError:
    return bad_request(f"can't parse keyboard button: {reason}")
