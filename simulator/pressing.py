"""People pressing buttons, honestly or not."""

from simulator.actions import message_in
from simulator.chats import Chat
from simulator.clock import iso
from simulator.errors import ControlError
from simulator.messages import Message
from simulator.people import Bot, User
from simulator.presses import Press
from simulator.world import World


def press(
    world: World,
    user: User,
    chat: Chat,
    *,
    message_id: int | None = None,
    label: str | None = None,
    data: str | None = None,
    bot: Bot | None = None,
) -> Press:
    """Press a button, by its label or with any callback data: a modified client can send what it likes.

    ``message_id`` may be left out: the newest message with that label, or with any message, is taken.
    """
    if user.deleted:
        raise ControlError("this account was deleted", 403)
    if label is None and data is None:
        raise ControlError("say which button: label or data")
    if label is not None:
        message, found = _button(chat, message_id, label)
        data, message_id = found, message.id
    if message_id is None:
        message_id = max((item.id for item in chat.messages.values() if _by_bot(world, item)), default=0)
    target = chat.messages.get(message_id)
    owner = bot or _owner(world, chat, target)
    made = Press(user, owner, chat, message_id, str(data), label, iso(world.clock.now()))
    world.presses.by_id[made.id] = made
    made.log_n = world.log.add(
        "press", user=user.id, bot=owner.id, chat=chat.id, message_id=message_id, data=made.data, label=label,
        callback_query_id=made.id,
    )  # fmt: skip
    # What a deleted message still shows is no more than where it was.
    inaccessible = {"chat": chat.api(), "message_id": message_id, "date": 0}
    shown = target.api(world.files, owner.id) if target is not None else inaccessible
    query = {"id": made.id, "from": user.api(), "message": shown, "chat_instance": chat.instance, "data": made.data}
    made.update_id = world.queue(owner, "callback_query", query)
    return made


def _button(chat: Chat, message_id: int | None, label: str) -> tuple[Message, str]:
    """Return the message that has the button, the newest first, and the button's data."""
    messages = [message_in(chat, message_id)] if message_id is not None else list(chat.messages.values())[::-1]
    labels = []
    for message in messages:
        for button in (button for row in message.keyboard for button in row):
            labels.append(button["text"])
            if button["text"] == label:
                if "callback_data" not in button:
                    raise ControlError(f"the button {label!r} has no callback data", 400, button=button)
                return message, button["callback_data"]
    raise ControlError(f"no button {label!r} here", 404, labels=list(dict.fromkeys(labels)))


def _owner(world: World, chat: Chat, message: Message | None) -> Bot:
    """Return the bot that receives a press: who wrote the message, or the chat's only bot."""
    if message is not None and message.author is not None and message.author.id in world.bots:
        return world.bots[message.author.id]
    bots = world.bots_in(chat)
    if len(bots) != 1:
        raise ControlError("which bot? the message is not of a bot", 400)
    return bots[0]


def _by_bot(world: World, message: Message) -> bool:
    return message.author is not None and message.author.id in world.bots and not message.service
