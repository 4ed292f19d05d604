"""Looking: chats, commands, files, the log and the live stream."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from simulator.chats import Chat, MemberChat
from simulator.control.reading import chat_of, number, read_body, seconds, user_of, world_of
from simulator.errors import ControlError
from simulator.messages import Message
from simulator.methods.commands import shown_commands
from simulator.people import User
from simulator.views import message_view, messages_view
from simulator.world import World

Json = dict[str, Any]

_WAIT_SECONDS = 10.0


async def read_chat(request: Request) -> Json:
    """Return a chat and its messages (?as=, the person who looks; &seen=1 marks them as read)."""
    world = world_of(request)
    user = _viewer(world, request.query_params.get("as"))
    chat = chat_of(world, request.path_params["chat"], user)
    _check_sees(chat, user)
    if user is not None and request.query_params.get("seen"):
        chat.read[user.id] = max(chat.messages, default=0)
    return messages_view(world, chat)


async def commands(request: Request) -> list[Json]:
    """Return the commands that a person sees (?as=, &chat=)."""
    world = world_of(request)
    user = user_of(world, request.query_params.get("as"), "as")
    chat = chat_of(world, request.query_params.get("chat", "bot"), user)
    bots = world.bots_in(chat)
    return [command for bot in bots for command in shown_commands(bot, user, chat)]


async def read_file(request: Request) -> Response:
    """Return a file, by any bot's file_id or by file_unique_id."""
    file = world_of(request).files.find(request.path_params["id"])
    if file is None:
        raise ControlError("no such file", 404)
    # Only pictures and PDF are shown in place; anything else could be a page with scripts.
    shown = (file.mime_type.startswith("image/") and "svg" not in file.mime_type) or file.mime_type == "application/pdf"
    disposition = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name)}"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return Response(file.data, media_type=file.mime_type, headers=headers)


async def read_log(request: Request) -> Json:
    """Return log entries (?after=, a number; &kind=)."""
    after = number(request.query_params.get("after") or 0, "after")
    return {"entries": world_of(request).log.after(after, request.query_params.get("kind"))}


async def events(request: Request) -> Response:
    """Stream log entries as server-sent events; starts at the next one, or after ?after= or Last-Event-ID."""
    log = world_of(request).log
    start = request.headers.get("last-event-id") or request.query_params.get("after")
    begin = number(start, "after") if start else log.last

    async def stream() -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        async for entry in log.follow(begin):
            yield f"id: {entry['n']}\ndata: {json.dumps(entry)}\n\n"

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def wait(request: Request) -> Response:
    """Wait for a message: {as?, chat?, text_contains?, label?, after_message_id?, timeout? (seconds)}."""
    world, body = world_of(request), await read_body(request)
    user = _viewer(world, body.get("as"))
    chat = chat_of(world, body.get("chat", "bot"), user)
    _check_sees(chat, user)

    def look() -> Message | None:
        return next((item for item in reversed(chat.messages.values()) if _fits(item, body)), None)

    found = await world.changed.until(look, seconds(body.get("timeout", _WAIT_SECONDS), "timeout"))
    if found is None:
        seen = [message_view(world, message) for message in list(chat.messages.values())[-10:]]
        return JSONResponse({"error": "nothing like that appeared in time", "messages": seen}, 408)
    return JSONResponse({"message": message_view(world, found)})


async def health(request: Request) -> Json:
    """Say that the simulator works."""
    return {"ok": True, "bots": len(world_of(request).bots)}


def _fits(message: Message, wanted: Json) -> bool:
    text, label = wanted.get("text_contains"), wanted.get("label")
    if message.id <= number(wanted.get("after_message_id") or 0, "after_message_id"):
        return False
    if text is not None and text not in message.content.text.text:
        return False
    return label is None or any(button["text"] == label for row in message.keyboard for button in row)


def _viewer(world: World, value: object) -> User | None:
    return None if value is None else user_of(world, value, "as")


def _check_sees(chat: Chat, user: User | None) -> None:
    """Nobody looks into a group that it is not in."""
    if user is not None and isinstance(chat, MemberChat) and not chat.status(user.id).inside:
        raise ControlError("not a member of this chat", 403)
