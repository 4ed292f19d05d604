"""What people do in chats."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator import actions, pressing
from simulator.chats import Chat
from simulator.control.reading import chat_of, needed, number, read_body, seconds, user_of, world_of
from simulator.errors import ControlError
from simulator.files import Upload
from simulator.messages import Message
from simulator.people import User
from simulator.views import press_view
from simulator.world import World

Json = dict[str, Any]


async def write(request: Request) -> Json:
    """Write a message: {from, text, entities?, reply_to?}."""
    world, body = world_of(request), await read_body(request)
    user, chat = _who_and_where(request, world, body)
    reply_to = number(body["reply_to"], "reply_to") if body.get("reply_to") is not None else None
    sent = actions.write(world, chat, user, str(needed(body, "text")), entities=body.get("entities"), reply_to=reply_to)
    return _sent(*sent)


async def start(request: Request) -> Json:
    """Open a deep link to the bot: {from, payload?}, which writes "/start payload"."""
    world, body = world_of(request), await read_body(request)
    user, chat = _who_and_where(request, world, body)
    return _sent(*actions.start(world, chat, user, str(body.get("payload") or "")))


async def edit(request: Request) -> Json:
    """Change one's own message: {from, text}."""
    world, body = world_of(request), await read_body(request)
    user, chat = _who_and_where(request, world, body)
    return _sent(*actions.edit(world, chat, user, request.path_params["message_id"], str(needed(body, "text"))))


async def delete(request: Request) -> Json:
    """Delete a message for everybody (?by=, a person)."""
    world = world_of(request)
    user = user_of(world, request.query_params.get("by"), "by")
    chat = chat_of(world, request.path_params["chat"], user)
    actions.delete(world, chat, user, request.path_params["message_id"])
    return {"deleted": True}


async def send_documents(request: Request) -> Json:
    """Send documents (multipart: from, caption?, file, several of them for an album)."""
    return await _send_files(request, photos=False)


async def send_photos(request: Request) -> Json:
    """Send photos (multipart: from, caption?, file, several of them for an album)."""
    return await _send_files(request, photos=True)


async def _send_files(request: Request, *, photos: bool) -> Json:
    world = world_of(request)
    async with request.form() as form:
        user, chat = _who_and_where(request, world, {"from": form.get("from")})
        files = [part for part in form.getlist("file") if isinstance(part, UploadFile)]
        uploads = [Upload(part.filename or "", await part.read()) for part in files]
        caption = str(form.get("caption") or "")
    sent = actions.send_files(world, chat, user, uploads, caption=caption, photos=photos)
    return {"messages": [_sent(*item) for item in sent]}


async def forward(request: Request) -> Json:
    """Forward a message: {from, from_chat, message_id}."""
    world, body = world_of(request), await read_body(request)
    user, chat = _who_and_where(request, world, body)
    source = chat_of(world, needed(body, "from_chat"), user)
    return _sent(*actions.forward(world, chat, user, source, number(needed(body, "message_id"), "message_id")))


async def press(request: Request) -> Json:
    """Press a button: {user, chat, message_id?, label? or data?, message_chat?, bot?, wait? (seconds)}.

    ``message_chat`` is the person whose private chat the message is in, to press a button that one cannot see.
    """
    world, body = world_of(request), await read_body(request)
    user = user_of(world, needed(body, "user"))
    whose = user if body.get("message_chat") is None else _other_chat_owner(world, body["message_chat"])
    chat = chat_of(world, body.get("chat", "bot") if whose is not None else body["message_chat"], whose)
    message_id = number(body["message_id"], "message_id") if body.get("message_id") is not None else None
    bot = world.bot(str(body["bot"])) if body.get("bot") is not None else None
    wait = seconds(body.get("wait"), "wait")
    made = pressing.press(
        world, user, chat, message_id=message_id, label=body.get("label"), data=body.get("data"), bot=bot
    )
    await made.answered.until(lambda: made.answer, wait)
    return press_view(made)


async def read_press(request: Request) -> Json:
    """Return a press and its answer, by callback query id."""
    made = world_of(request).presses.by_id.get(request.path_params["id"])
    if made is None:
        raise ControlError("no such press", 404)
    return press_view(made)


def _other_chat_owner(world: World, value: object) -> User | None:
    """Return the person whose private chat is meant, None if it is a group."""
    chat_id = number(value, "message_chat")
    return None if chat_id in world.groups else world.user(chat_id)


def _who_and_where(request: Request, world: World, body: Json) -> tuple[User, Chat]:
    user = user_of(world, needed(body, "from"), "from")
    return user, chat_of(world, request.path_params["chat"], user)


def _sent(message: Message, update_id: int | None) -> Json:
    return {"message_id": message.id, "chat_id": message.chat.id, "update_id": update_id}
