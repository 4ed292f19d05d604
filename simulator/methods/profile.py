"""Who the bot is, and leaving the server."""

from typing import Any

from simulator.errors import bad_request
from simulator.methods.commands import language
from simulator.methods.registry import Call, method

Json = dict[str, Any]

_LONGEST = {"name": 64, "description": 512, "short_description": 120}


@method("getMe")
def get_me(call: Call) -> Json:
    """Describe the bot."""
    return call.bot.api()


@method("setMyName")
def set_my_name(call: Call) -> bool:
    """Set the bot's name for a language; without a language it is the one that people see."""
    _set(call, "name")
    name = call.params.text("name")
    if name and not call.params.text("language_code"):
        call.bot.user.first_name = name
    return True


@method("setMyDescription")
def set_my_description(call: Call) -> bool:
    """Set what an empty chat with the bot shows."""
    return _set(call, "description")


@method("setMyShortDescription")
def set_my_short_description(call: Call) -> bool:
    """Set what the bot's profile shows."""
    return _set(call, "short_description")


@method("getMyName")
def get_my_name(call: Call) -> Json:
    """Return the bot's name for a language."""
    return {"name": _get(call, "name") or call.bot.user.first_name}


@method("getMyDescription")
def get_my_description(call: Call) -> Json:
    """Return the description for a language."""
    return {"description": _get(call, "description")}


@method("getMyShortDescription")
def get_my_short_description(call: Call) -> Json:
    """Return the short description for a language."""
    return {"short_description": _get(call, "short_description")}


@method("logOut", "close")
def log_out(_: Call) -> bool:
    """Accept the farewell of a bot that moves to another server; here it may simply come back."""
    return True


def _set(call: Call, kind: str) -> bool:
    value = call.params.text(kind)
    if len(value) > _LONGEST[kind]:
        raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
    call.bot.texts[kind, language(call)] = value
    return True


def _get(call: Call, kind: str) -> str:
    texts = call.bot.texts
    return texts.get((kind, language(call))) or texts.get((kind, ""), "")
