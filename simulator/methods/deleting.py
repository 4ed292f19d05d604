"""Deleting messages: only for 48 hours, others' only in private chats or by an administrator."""

import re

from simulator.errors import bad_request
from simulator.methods.access import chat_to_write, check_may_delete, message_in
from simulator.methods.registry import Call, method

_MOST = 100


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    """Delete one message for everybody."""
    if not call.params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not call.params.number("message_id"):
        raise bad_request("message identifier is not specified")
    chat = chat_to_write(call)
    message = message_in(call, chat, "message to delete")
    check_may_delete(call, chat, message)
    chat.remove(message)
    call.world.changed.fire()
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Delete up to 100 messages; ids that are not there are passed over."""
    numbers = _message_ids(call)
    chat = chat_to_write(call)
    messages = [chat.messages[number] for number in dict.fromkeys(numbers) if number in chat.messages]
    for message in messages:
        check_may_delete(call, chat, message)
    for message in messages:
        chat.remove(message)
    call.world.changed.fire()
    return True


def _message_ids(call: Call) -> list[int]:
    if not call.params.text("message_ids"):
        raise bad_request("message identifiers are not specified")
    items = call.params.array("message_ids", "message_ids", "message identifiers")
    if len(items) > _MOST:
        raise bad_request("too many message identifiers specified")
    if not items:
        raise bad_request("message identifiers are not specified")
    return [_message_id(item) for item in items]


def _message_id(item: object) -> int:
    if isinstance(item, bool) or not isinstance(item, int | float | str):
        raise bad_request("message identifier must be a Number")
    if not re.fullmatch(r"-?\d+", str(item), re.ASCII):
        raise bad_request("can't parse message identifier as a Number")
    if int(item) <= 0:
        raise bad_request("invalid message identifier specified")
    return int(item)
