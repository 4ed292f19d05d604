"""The command menu, per scope and language, and the menu button."""

import json
import re
from typing import Any

from simulator.chats import Chat, MemberChat, PrivateChat
from simulator.errors import ApiError, bad_request
from simulator.methods.access import readable_chat
from simulator.methods.registry import Call, method
from simulator.people import Bot, User

Json = dict[str, Any]

_MAX_COMMANDS = 100
_MAX_COMMAND = 32
_MAX_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    """Replace the commands of one scope and language."""
    items = call.params.array("commands", "commands", "BotCommand")
    commands = [_command(item) for item in items]
    if len(commands) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope(call), language(call)] = commands
    return True


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    """Remove the commands of one scope and language; wider ones show again."""
    call.bot.commands.pop((_scope(call), language(call)), None)
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    """Return the commands of exactly one scope and language."""
    return call.bot.commands.get((_scope(call), language(call)), [])


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    """Set the menu button of one private chat, or the default one."""
    button = call.params.json("menu_button", "menu button") if call.params.text("menu_button") else {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if "type" not in button:
        raise bad_request("can't parse menu button: Can't find field \"type\"")
    if button["type"] not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    call.bot.menu_buttons[_private_chat_id(call)] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Json:
    """Return the menu button of one private chat, or the default one."""
    default = call.bot.menu_buttons.get(None, {"type": "commands"})
    button = call.bot.menu_buttons.get(_private_chat_id(call), default)
    return {"type": "commands"} if button["type"] == "default" and button is default else button


def shown_commands(bot: Bot, user: User, chat: Chat) -> list[Json]:
    """Return the commands that a person sees in a chat: the narrowest scope wins, its language before no language."""
    if isinstance(chat, MemberChat):
        scopes = [_key("chat_member", chat.id, user.id)]
        if chat.status(user.id).manages:
            scopes.append(_key("chat_administrators", chat.id))
        scopes.append(_key("chat", chat.id))
        if chat.status(user.id).manages:
            scopes.append(_key("all_chat_administrators"))
        scopes.append(_key("all_group_chats"))
    else:
        scopes = [_key("chat", chat.id), _key("all_private_chats")]
    for scope in (*scopes, _key("default")):
        for language in (user.language_code or "", ""):
            if commands := bot.commands.get((scope, language)):
                return commands
    return []


def language(call: Call) -> str:
    """Return the language that a request is about, empty for none."""
    code = call.params.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _private_chat_id(call: Call) -> int | None:
    if "chat_id" not in call.params.values:
        return None
    number = call.params.number("chat_id")
    if number <= 0:
        raise bad_request("invalid chat_id specified")
    user = call.world.users.get(number)
    if user is None or user.is_bot or not call.world.met(user, call.bot):
        raise bad_request("user not found")
    return number


def _command(item: object) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in item:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
        if not isinstance(item[name], str):
            raise bad_request(f'can\'t parse BotCommand: Field "{name}" must be of type String')
    command, description = item["command"].strip().removeprefix("/"), item["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > _MAX_COMMAND:
        raise bad_request(f"command length must not exceed {_MAX_COMMAND}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > _MAX_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {_MAX_DESCRIPTION}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _scope(call: Call) -> str:
    def refuse(reason: str) -> ApiError:
        return bad_request(f"can't parse BotCommandScope: {reason}")

    if not call.params.text("scope"):
        return _key("default")
    scope = call.params.json("scope", "BotCommandScope")
    if not isinstance(scope, dict):
        raise refuse("BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in _PLAIN_SCOPES:
        return _key(str(kind))
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise refuse("Unsupported type specified" if "type" in scope else 'Can\'t find field "type"')
    if "chat_id" not in scope:
        raise refuse('Can\'t find field "chat_id"')
    if not str(scope["chat_id"]):
        raise refuse("Empty chat_id specified")
    user_id = _member_id(scope) if kind == "chat_member" else None
    chat = readable_chat(call, str(scope["chat_id"]))
    if isinstance(chat, PrivateChat) and kind != "chat":
        raise bad_request("can't use specified scope in private chats")
    if chat.type == "channel":
        raise bad_request("can't change commands in channel chats")
    return _key(str(kind), chat.id, *([user_id] if user_id is not None else []))


def _member_id(scope: Json) -> int:
    found = str(scope.get("user_id", ""))
    if "user_id" not in scope or not re.fullmatch(r"-?\d+", found, re.ASCII):
        reason = 'Field "user_id" must be a valid Number' if "user_id" in scope else 'Can\'t find field "user_id"'
        raise bad_request(f"can't parse BotCommandScope: {reason}")
    if int(found) <= 0:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return int(found)


def _key(kind: str, *ids: int) -> str:
    return json.dumps([kind, *ids])
