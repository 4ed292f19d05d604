"""Reply markup: what a bot may put under a message, checked as Telegram does."""

import json
from typing import Any

from simulator.errors import ApiError, bad_request
from simulator.text.html import checked_link

Json = dict[str, Any]
Keyboard = list[list[Json]]

MAX_BUTTONS = 100
MAX_CALLBACK_DATA = 64
MAX_COPY_TEXT = 256
_STYLES = ("", "default", "primary", "danger", "success")
_OTHER_MARKUP = ("keyboard", "remove_keyboard", "force_reply")
_ACTIONS = (
    "url", "callback_data", "callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat", "login_url", "web_app", "copy_text",
)  # fmt: skip


def read_markup(source: str) -> Keyboard:
    """Return the inline keyboard of a ``reply_markup`` parameter; an empty list means that there is none.

    Reply keyboards, their removal and force-reply are accepted, but they belong to no message and are not kept.
    """
    if not source:
        return []
    try:
        markup = json.loads(source)
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return _other_markup(markup)
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = [[_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in keyboard) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def _other_markup(markup: Json) -> Keyboard:
    """Check the outline of a reply keyboard; nothing of it stays on the message."""
    if markup and not any(name in markup for name in _OTHER_MARKUP):
        raise bad_request("object expected as reply markup")
    for row in markup.get("keyboard", []):
        if not isinstance(row, list):
            raise bad_request('field "keyboard" must be an Array of Arrays')
        for button in row:
            if not isinstance(button, str | dict):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
            if isinstance(button, dict) and not button.get("text"):
                raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return []


def _button(button: object) -> Json:
    def refuse(reason: str) -> ApiError:
        return bad_request(f"can't parse inline keyboard button: {reason}")

    if not isinstance(button, dict):
        raise refuse("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise refuse('Can\'t find field "text"')
    for name in ("text", "url", "callback_data"):
        if name in button and not isinstance(button[name], str):
            raise refuse(f'Field "{name}" must be of type String')
    if str(button.get("style", "")).lower() not in _STYLES:
        raise refuse("invalid button style specified")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    actions += [name for name in ("switch_inline_query", "switch_inline_query_current_chat") if button.get(name) == ""]
    if len(actions) != 1:
        raise refuse("Text buttons are unallowed in the inline keyboard")
    if not button["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    return _with_checked_action(button, actions[0])


def _with_checked_action(button: Json, action: str) -> Json:
    value = button[action]
    kept: Json = {"text": button["text"], action: value}
    if button.get("style", "default") not in ("", "default"):
        kept["style"] = button["style"].lower()
    if button.get("icon_custom_emoji_id"):
        kept["icon_custom_emoji_id"] = str(button["icon_custom_emoji_id"])
    if action == "callback_data" and len(value.encode()) > MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        if (link := checked_link(value)) is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        kept["url"] = link
    if action in ("web_app", "login_url") and not str(value.get("url", "")).startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{value.get('url')}' is invalid: Only HTTPS links are allowed"
        )
    if action == "copy_text" and not 1 <= len(value.get("text", "")) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return kept
