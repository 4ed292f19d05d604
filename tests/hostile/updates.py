"""Updates of every kind that Telegram has, asked for or not: whole, aimed at what is there, or broken somewhere."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from aiogram.types import Message

from tests.hostile.forging import forged
from tests.hostile.model import DATES, UPDATE_KINDS, drawn, drawn_field, kind_model, optional_fields
from tests.hostile.people import Known
from tests.hostile.texts import hostile, spoiled

Json = dict[str, Any]

COMMANDS = (
    "start", "menu", "help", "privacy", "annuleren", "leden", "alv", "stukken", "mededeling", "volmacht", "stem",
    "aanwezig", "Start", "START", "onbekend", "start@testbot", "start@anderebot", "alv@TESTBOT", "",
)  # fmt: skip
ENDINGS = (".csv", ".CSV", ".pdf", ".exe", ".pdf.exe", ".txt", "", ".csv\0.pdf", "/", "\u202efdp.exe")
NAMES = (
    "leden",
    "../../etc/passwd",
    "bijlage 4",
    "x" * 300,
    "4. Voorstel",
    "\u202ebijlage 4",
    "",
    "a\nb",
    "CON",
    "😀" * 100,
)
TYPES = ("text/csv", "application/pdf", "application/zip", "", "x" * 500, "text/\0", "a/b; charset=utf-7")
SIZES = (0, 1, 100, 20_000_000, 20_000_001, 10**9, 2**31, 2**52, -1, -(2**40))
_AROUND = (
    *("forward_origin", "reply_to_message", "via_bot", "quote", "external_reply", "message_thread_id", "sender_chat"),
    *("is_topic_message", "author_signature", "business_connection_id", "reply_markup"),
)
QUERIES = "query-"
"""How the ids of callback queries begin, until something is broken."""

_CONTENT = tuple(
    name
    for name in optional_fields(Message)
    if name not in {"from", "text", "migrate_to_chat_id", "migrate_from_chat_id", "sender_chat"}
)


@dataclass
class Updates:
    """Makes updates; the same dice make the same ones. ``links`` are real ones, ``groups`` where the bot may be.

    ``presses`` counts the callback queries, for their ids.
    """

    dice: Random
    known: Known
    accounts: Sequence[int]
    links: Sequence[str]
    groups: Sequence[int]
    presses: int = 0

    def any(self) -> Json:
        """Return an update without its number: hostile, and sound as far as the Bot API's types go."""
        shape = self.dice.random()
        if shape < 0.35:
            return {"callback_query": self.press(self.account(), forged(self.dice, self.known))}
        if shape < 0.6:
            return {"message": self.text(self.account())}
        if shape < 0.7:
            return {"message": self.document(self.account())}
        if shape < 0.85:
            kind = self.dice.choice(("message", "message", "edited_message", "channel_post", "business_message"))
            return {kind: self.content(self.account())}
        if shape < 0.9:
            return {"my_chat_member": self.membership()}
        kind = self.dice.choice([kind for kind in UPDATE_KINDS if kind != "callback_query"])
        return {kind: drawn(self.dice, kind_model(kind))}

    def account(self) -> int:
        """Return somebody: of the register, a stranger, or an id that no account has."""
        if self.dice.random() < 0.97:
            return self.dice.choice(self.accounts)
        return self.dice.choice((0, -5, 777000, 1087968824, 2**40, 2**52 - 1, 10**15))

    def user(self, account: int) -> Json:
        """Return the profile of an account, which says of itself what it likes."""
        profile = {"id": account, "is_bot": self.dice.random() < 0.03, "first_name": hostile(self.dice)}
        for name in ("last_name", "username", "language_code"):
            if self.dice.random() < 0.2:
                profile[name] = hostile(self.dice)
        return profile

    def press(self, account: int, data: str) -> Json:
        """Return a callback query of an account, with the message under it as Telegram may give it."""
        self.presses += 1
        query: Json = {"id": f"{QUERIES}{self.presses}", "from": self.user(account), "chat_instance": "1", "data": data}
        shape = self.dice.random()
        if shape < 0.75:
            query["message"] = self.message(account)
        elif shape < 0.85:
            chat = self.dice.choice((self.private(account), self.group()))
            query["message"] = {"chat": chat, "message_id": self.dice.randint(0, 99), "date": 0}
        elif shape < 0.92:
            query["inline_message_id"] = hostile(self.dice)
        if self.dice.random() < 0.03:
            del query["data"]
            if self.dice.random() < 0.5:
                query["game_short_name"] = hostile(self.dice)
        return query

    def message(self, account: int, **content: Any) -> Json:  # noqa: ANN401 - whatever a message holds
        """Return a message of an account to the bot, mostly in their private chat."""
        chat = self.private(account)
        if self.dice.random() < 0.1:
            chat = self.group()
        message = {
            "message_id": self.dice.randint(1, 10**6),
            "date": self.dice.choice(DATES) if self.dice.random() < 0.1 else 1549990800,
            "chat": chat,
            "from": self.user(account),
            **content,
        }
        if self.dice.random() < 0.1:
            message |= self._surroundings()
        if self.dice.random() < 0.02:
            del message["from"]
        return message

    def text(self, account: int) -> Json:
        """Return a message of text, perhaps a command, perhaps with formatting that does not fit it."""
        if self.dice.random() < 0.4:
            return self.command(account)
        message = self.message(account, text=hostile(self.dice))
        if self.dice.random() < 0.3:
            message["entities"] = [self.entity() for _ in range(self.dice.randint(1, 12))]
        return message

    def command(self, account: int) -> Json:
        """Return a command with arguments of all sorts."""
        name = self.dice.choice(COMMANDS)
        words = f"/{name}"
        if name.lower().startswith("start") or self.dice.random() < 0.2:
            words += self.dice.choice((" ", "  ", "\n", "=", "")) + self.payload()
        length = self.dice.choice((len(name) + 1,) * 8 + (0, 1, 4096, -1))
        return self.message(account, text=words, entities=[{"type": "bot_command", "offset": 0, "length": length}])

    def payload(self) -> str:
        """Return what stands behind /start: a real token, one that was tampered with, or anything."""
        token = self.dice.choice(self.links)
        shape = self.dice.random()
        if shape < 0.15:
            return token
        if shape < 0.3:
            return self.dice.choice((token[:-1], token + "A", token.swapcase(), token[::-1], spoiled(self.dice, token)))
        return hostile(self.dice) if shape < 0.8 else self.dice.choice(("", "A" * 64, "-" * 65, "0", "_"))

    def entity(self) -> Json:
        """Return formatting that may lie anywhere."""
        kind = self.dice.choice(
            ("bold", "italic", "text_link", "text_mention", "custom_emoji", "bot_command", "blockquote", "pre", "neu")
        )
        places = (0, 1, 2, 5, 30, 4095, 4096, -1, 2**31)
        found: Json = {"type": kind, "offset": self.dice.choice(places), "length": self.dice.choice(places)}
        if kind == "text_link":
            found["url"] = hostile(self.dice)
        if kind == "text_mention":
            found["user"] = self.user(self.account())
        if kind == "custom_emoji":
            found["custom_emoji_id"] = hostile(self.dice)
        return found

    def document(self, account: int) -> Json:
        """Return a message with a document that says of itself what it likes."""
        document: Json = {"file_id": hostile(self.dice) or "x", "file_unique_id": hostile(self.dice)}
        if self.dice.random() < 0.9:
            document["file_name"] = self.dice.choice((*NAMES, hostile(self.dice))) + self.dice.choice(ENDINGS)
        if self.dice.random() < 0.8:
            document["mime_type"] = self.dice.choice((*TYPES, hostile(self.dice)))
        if self.dice.random() < 0.9:
            document["file_size"] = self.dice.choice(SIZES)
        message = self.message(account, document=document)
        if self.dice.random() < 0.6:
            message["caption"] = self.dice.choice(
                ("bijlage 4", "bijlage 0", "Bijlage 12 \u202e Begroting", hostile(self.dice))
            )
            message["caption_entities"] = [self.entity() for _ in range(self.dice.randint(0, 3))]
        return message

    def content(self, account: int) -> Json:
        """Return a message with one to three of all that a message can hold, service messages among them."""
        names = self.dice.sample(_CONTENT, self.dice.randint(1, 3))
        found = {name: drawn_field(self.dice, Message, name) for name in names}
        return self.message(account, **{name: value for name, value in found.items() if value is not None})

    def membership(self) -> Json:
        """Return that the bot came into a chat or went, by whomever."""
        account = self.account()
        chat = self.dice.choice((self.private(account), self.group()))
        return drawn(self.dice, kind_model("my_chat_member")) | {"from": self.user(account), "chat": chat}

    def private(self, account: int) -> Json:
        """Return the private chat of an account."""
        return {"id": account, "type": "private", "first_name": hostile(self.dice)}

    def group(self) -> Json:
        """Return a group or channel, with a title of its own choice."""
        kind = self.dice.choice(("group", "supergroup", "channel"))
        return {"id": self.dice.choice(self.groups), "type": kind, "title": hostile(self.dice)}

    def _surroundings(self) -> Json:
        """Return what may stand around any message: a forward, a reply, a topic, an author who hides."""
        found = {name: drawn_field(self.dice, Message, name) for name in self.dice.sample(_AROUND, 2)}
        return {name: value for name, value in found.items() if value is not None}


STRANGE: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    "",
    "x",
    [],
    {},
    [None],
    {"id": {}},
    2**63,
    -(2**63) - 1,
    10**400,
    "1",
    [[[]]],
)


def broken(dice: Random, update: Json) -> Json:
    """Return ``update`` with one to three things wrong somewhere inside: gone, added, of another type, or twice."""
    update = copy.deepcopy(update)
    for _ in range(dice.randint(1, 3)):
        holder = dice.choice(_holders(update))
        if isinstance(holder, list):
            holder.insert(dice.randint(0, len(holder)), copy.deepcopy(dice.choice(STRANGE)))
            continue
        name = dice.choice(tuple(holder)) if holder and dice.random() < 0.9 else "unknown"
        if dice.random() < 0.35:
            holder.pop(name, None)
        else:
            holder[name] = copy.deepcopy(dice.choice(STRANGE))
    return update


def _holders(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    """Return every object and list in ``value``, itself included."""
    if not isinstance(value, dict | list):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [value, *(holder for item in inner for holder in _holders(item))]
