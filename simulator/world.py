"""The whole simulated Telegram: who and what there is, and who hears of what happens."""

import functools
import itertools
from typing import Any, Protocol

from simulator.chats import Chat, MemberChat, PrivateChat, Status
from simulator.clock import SimClock
from simulator.errors import ControlError
from simulator.faults import GARBAGE
from simulator.files import FileStore
from simulator.later import Later
from simulator.limits import Limits
from simulator.log import Log
from simulator.messages import Message
from simulator.people import Bot, User
from simulator.presses import Presses
from simulator.signals import Signal
from simulator.trouble import Trouble
from simulator.updates import Pending, UpdateQueue, about

Json = dict[str, Any]

_FIRST_USER = 5_200_000_001  # above 2**31, as new accounts are
_FIRST_GROUP = 4_100_000_001
_FIRST_SUPERGROUP = 2_200_000_001
_SUPERGROUP_PREFIX = 1_000_000_000_000


class Validator(Protocol):
    """Checks what goes over the line against an independent model of the Bot API."""

    def update(self, update: Json) -> list[str]:
        """Return what is wrong with an update."""

    def request(self, method: str, values: dict[str, str], files: set[str]) -> list[str]:
        """Return what is wrong with a request."""

    def result(self, method: str, result: object) -> list[str]:
        """Return what is wrong with the result of a method."""


class World:
    """One simulated Telegram, in memory. ``changed`` fires whenever a chat looks different."""

    def __init__(self, validator: Validator | None = None) -> None:
        self.clock = SimClock()
        self.log = Log(self.clock)
        self.files = FileStore()
        self.limits = Limits()
        self.trouble = Trouble(self.log)
        self.later = Later()
        self._garbage = itertools.cycle(GARBAGE)
        self.presses = Presses()
        self.changed = Signal()
        self.validator = validator
        self.latency_ms = 0.0
        self.users: dict[int, User] = {}
        self.bots: dict[int, Bot] = {}
        self.private: dict[tuple[int, int], PrivateChat] = {}
        self.groups: dict[int, MemberChat] = {}
        self._user_ids = itertools.count(_FIRST_USER)
        self._group_ids = itertools.count(_FIRST_GROUP)
        self._supergroup_ids = itertools.count(_FIRST_SUPERGROUP)
        # Private chats and groups number their messages together; supergroups and channels each by themselves.
        self._message_ids = itertools.count(1)

    def add_user(
        self,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        *,
        user_id: int | None = None,
    ) -> User:
        """Register a person, with an id of one's own choice or the next free one."""
        chosen = user_id if user_id is not None else next(i for i in self._user_ids if i not in self.users)
        if chosen in self.users or chosen <= 0:
            raise ControlError(f"user id {chosen} is taken or not positive", 409)
        user = User(chosen, first_name, last_name, username, language_code)
        self.users[chosen] = user
        return user

    def add_bot(
        self, token: str, username: str, first_name: str, *, can_join_groups: bool = True, reads_all: bool = False
    ) -> Bot:
        """Register a bot; the number before the colon of its token is its id."""
        number, colon, secret = token.partition(":")
        if not (number.isdigit() and colon and secret):
            raise ControlError("a token looks like 123456:ABC-DEF")
        if int(number) in self.users:
            raise ControlError(f"id {number} is taken", 409)
        user = User(int(number), first_name, username=username, is_bot=True)
        queue = UpdateQueue(self.clock, self.limits.numbers, functools.partial(self._dropped, user.id))
        bot = Bot(user, token, queue, can_join_groups, reads_all)
        self.users[bot.id] = user
        self.bots[bot.id] = bot
        return bot

    def bot(self, name: int | str | None = None) -> Bot:
        """Return a bot by id or username, or the only one there is."""
        if name in (None, "", "bot"):
            if len(self.bots) != 1:
                raise ControlError(f"there are {len(self.bots)} bots: name one")
            return next(iter(self.bots.values()))
        for bot in self.bots.values():
            if str(name).lstrip("@") in (str(bot.id), bot.user.username):
                return bot
        raise ControlError(f"no such bot: {name}", 404)

    def user(self, user_id: int) -> User:
        """Return a person."""
        user = self.users.get(user_id)
        if user is None or user.is_bot:
            raise ControlError(f"no such user: {user_id}", 404)
        return user

    def private_chat(self, user: User, bot: Bot) -> PrivateChat:
        """Return the chat of a person with a bot, not yet opened if they never met."""
        key = user.id, bot.id
        if key not in self.private:
            self.private[key] = PrivateChat(user.id, self._message_ids, user=user, bot=bot)
        return self.private[key]

    def met(self, user: User, bot: Bot) -> bool:
        """Whether a bot knows a person: from their private chat, or from a group that both are or were in."""
        if self.private_chat(user, bot).opened:
            return True
        return any({user.id, bot.id} <= chat.members.keys() for chat in self.groups.values())

    def add_group(self, kind: str, title: str, owner: User) -> MemberChat:
        """Create a group, supergroup or channel with its owner in it."""
        if kind not in ("group", "supergroup", "channel"):
            raise ControlError("type must be group, supergroup or channel")
        if kind == "group":
            chat = MemberChat(-next(self._group_ids), self._message_ids, kind=kind, title=title)
        else:
            number = -(_SUPERGROUP_PREFIX + next(self._supergroup_ids))
            # The first message of a supergroup or channel is that it was created.
            chat = MemberChat(number, itertools.count(2), kind=kind, title=title)
        chat.members[owner.id] = Status.OWNER
        self.groups[chat.id] = chat
        return chat

    def bots_in(self, chat: Chat) -> list[Bot]:
        """Return the bots that are in a chat."""
        if isinstance(chat, PrivateChat):
            return [chat.bot]
        if isinstance(chat, MemberChat):
            return [bot for bot in self.bots.values() if chat.status(bot.id).inside]
        return []

    def put(self, message: Message) -> Message:
        """Add a message to its chat and wake those who wait for one."""
        message.chat.add(message)
        self.changed.fire()
        return message

    def queue(self, bot: Bot, kind: str, payload: Json) -> int | None:
        """Queue an update for a bot; return its id, None if it has none yet or the bot did not ask for this kind."""
        if not bot.queue.accepts(kind):
            return None
        fault = self.trouble.of_update(str(about({kind: payload})[1]))
        if fault is None:
            return self._push(bot, kind, payload)
        self.log.add("fault", bot=bot.id, fault=fault.kind, source=fault.source, seconds=fault.seconds, update=payload)
        if fault.kind == "delay":
            self.later.after(fault.seconds, functools.partial(self._push, bot, kind, payload))
            return None
        held = fault.kind == "reorder"
        update_id = self._push(bot, kind, payload, again=fault.kind == "duplicate", held=held)
        if held:
            self.later.after(fault.seconds, bot.queue.let_go)
        if fault.kind == "garbage":
            self.inject(bot, next(self._garbage))
        return update_id

    def inject(self, bot: Bot, update: Json) -> Json:
        """Queue a raw update as it is, however broken; return it with its id."""
        queued = bot.queue.inject(update)
        self.log.add("update", bot=bot.id, update_id=queued["update_id"], update=queued, injected=True)
        return queued

    def _push(self, bot: Bot, kind: str, payload: Json, *, again: bool = False, held: bool = False) -> int:
        update = bot.queue.push(kind, payload, again=again, held=held)
        self.log.add("update", bot=bot.id, update_id=update["update_id"], update=update)
        if self.validator and (problems := self.validator.update(update)):
            self.log.add("invalid", what="update", problems=problems, update=update)
            raise RuntimeError(f"the simulator made an invalid update: {problems}")
        return int(update["update_id"])

    def _dropped(self, bot_id: int, pending: Pending) -> None:
        self.log.add("dropped", bot=bot_id, update_id=pending.id, fails=pending.fails)

    def tell(self, message: Message, *, edited: bool = False) -> int | None:
        """Queue a message for every bot that sees it; return the (last) update id."""
        kind = "channel_post" if message.chat.type == "channel" else "message"
        kind = f"edited_{kind}" if edited else kind
        told = None
        for bot in self.bots_in(message.chat):
            if sees(self, bot, message):
                told = self.queue(bot, kind, message.api(self.files, bot.id))
        return told


def sees(world: World, bot: Bot, message: Message) -> bool:
    """Whether a bot receives a message.

    Never another bot's, of its own only that it pinned something, and in groups what privacy mode leaves.
    """
    chat, sender = message.chat, message.sender
    if sender is not None and sender.is_bot:
        return sender.id == bot.id and "pinned_message" in message.service
    if not isinstance(chat, MemberChat) or chat.type == "channel" or message.service:
        return True
    if bot.can_read_all_group_messages or chat.status(bot.id).manages:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot.user:
        return True
    return _commands(world, bot, chat, message)


def _commands(world: World, bot: Bot, chat: MemberChat, message: Message) -> bool:
    """Whether a message holds a command for this bot: by name, or to the only or the last bot that wrote."""
    text = message.content.text
    units = text.text.encode("utf-16-le")
    for entity in text.entities:
        if entity["type"] != "bot_command":
            continue
        command = units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        addressed = command.partition("@")[2].lower()
        if addressed:
            return addressed == (bot.user.username or "").lower()
        writers = [item.sender for item in chat.messages.values() if item.sender is not None and item.sender.is_bot]
        return len(world.bots_in(chat)) == 1 or (bool(writers) and writers[-1] is bot.user)
    return False
