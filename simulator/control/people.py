"""People, bots, groups and who is where."""

from typing import Any

from starlette.requests import Request

from simulator import members
from simulator.chats import PERMISSIONS, MemberChat, Status
from simulator.control.reading import bot_named, group_of, needed, number, read_body, user_of, world_of
from simulator.errors import ControlError
from simulator.people import Bot, User
from simulator.views import chat_list, chat_view, user_view
from simulator.world import World

Json = dict[str, Any]


async def add_bot(request: Request) -> Json:
    """Register a bot: {token, username, first_name?, can_join_groups?, can_read_all_group_messages?}."""
    body = await read_body(request)
    bot = world_of(request).add_bot(
        needed(body, "token"),
        needed(body, "username"),
        body.get("first_name") or body["username"],
        can_join_groups=body.get("can_join_groups", True),
        reads_all=body.get("can_read_all_group_messages", False),
    )
    return bot.api()


async def list_bots(request: Request) -> list[Json]:
    """List the bots; tokens are not shown."""
    return [bot.api() for bot in world_of(request).bots.values()]


async def add_user(request: Request) -> Json:
    """Register a person: {first_name, last_name?, username?, language_code?, id?}."""
    world, body = world_of(request), await read_body(request)
    user = world.add_user(
        needed(body, "first_name"),
        body.get("last_name"),
        body.get("username"),
        body.get("language_code"),
        user_id=None if body.get("id") is None else number(body["id"], "id"),
    )
    world.log.add("control", action="add_user", user=user.id)
    return user.api()


async def list_users(request: Request) -> list[Json]:
    """List the people."""
    return [user_view(user) for user in world_of(request).users.values() if not user.is_bot]


async def rename_user(request: Request) -> Json:
    """Change names: {first_name?, last_name?, username?, language_code?}."""
    world, body = world_of(request), await read_body(request)
    user = user_of(world, request.path_params["id"])
    if "first_name" in body and not body["first_name"]:
        raise ControlError("first_name cannot be empty")
    for name in ("first_name", "last_name", "username", "language_code"):
        if name in body:
            setattr(user, name, body[name])
    world.log.add("control", action="rename_user", user=user.id)
    return user.api()


async def block(request: Request) -> Json:
    """Block a bot: {bot?}; the bot is told with my_chat_member."""
    return await _set_blocked(request, blocked=True)


async def unblock(request: Request) -> Json:
    """Unblock a bot: {bot?}."""
    return await _set_blocked(request, blocked=False)


async def _set_blocked(request: Request, *, blocked: bool) -> Json:
    world, body = world_of(request), await read_body(request)
    user = user_of(world, request.path_params["id"])
    chat = world.private_chat(user, bot_named(world, body.get("bot")))
    world.log.add("user", action="block" if blocked else "unblock", user=user.id, chat=chat.id)
    members.set_blocked(world, chat, blocked=blocked)
    return chat_view(chat)


async def delete_account(request: Request) -> Json:
    """Delete an account: bots that write to it are told that it is deactivated."""
    world = world_of(request)
    user = user_of(world, request.path_params["id"])
    user.deleted = True
    world.log.add("user", action="delete_account", user=user.id)
    world.changed.fire()
    return user_view(user)


async def restore_account(request: Request) -> Json:
    """Bring an account back that was suspended: until then it looks like a deleted one."""
    world = world_of(request)
    user = user_of(world, request.path_params["id"])
    user.deleted = False
    world.log.add("user", action="restore_account", user=user.id)
    world.changed.fire()
    return user_view(user)


async def overview(request: Request) -> list[Json]:
    """List all people, each with its chats: {user, chats}."""
    world = world_of(request)
    users = [user for user in world.users.values() if not user.is_bot]
    return [{"user": user_view(user), "chats": chat_list(world, user)} for user in users]


async def chats_of_user(request: Request) -> list[Json]:
    """List a person's chats with the last message and the number of unread ones."""
    world = world_of(request)
    return chat_list(world, user_of(world, request.path_params["id"]))


async def add_chat(request: Request) -> Json:
    """Create a chat: {type: group|supergroup|channel, title, owner}."""
    world, body = world_of(request), await read_body(request)
    owner = user_of(world, needed(body, "owner"), "owner")
    chat = world.add_group(needed(body, "type"), needed(body, "title"), owner)
    world.log.add("user", action="create_chat", user=owner.id, chat=chat.id)
    return chat_view(chat)


async def list_chats(request: Request) -> list[Json]:
    """List groups, supergroups and channels."""
    world = world_of(request)
    return [chat_view(chat) for chat in world.groups.values()]


async def add_member(request: Request) -> Json:
    """Add somebody or change a standing: {user or bot, by, admin?}; in a channel a bot is always an administrator."""
    world, body = world_of(request), await read_body(request)
    chat = group_of(world, request.path_params["chat"])
    by = user_of(world, needed(body, "by"), "by")
    bot = _bot_to_add(world, body)
    admin = body.get("admin", False) or (bot is not None and chat.type == "channel")
    user = bot.user if bot is not None else user_of(world, needed(body, "user"))
    if not chat.status(by.id).inside or (admin and not chat.status(by.id).manages):
        raise ControlError("this person may not add members or administrators here", 403)
    world.log.add("user", action="add_member", user=by.id, chat=chat.id, member=user.id)
    members.change_status(world, chat, user, Status.ADMINISTRATOR if admin else Status.MEMBER, by=by)
    return chat_view(chat)


def _bot_to_add(world: World, body: Json) -> Bot | None:
    if body.get("bot") is None:
        return None
    bot = bot_named(world, body["bot"])
    if not bot.can_join_groups:
        raise ControlError("this bot does not join groups", 403)
    return bot


async def remove_member(request: Request) -> Json:
    """Remove somebody (?by=, a person); who removes itself has left, others are kicked."""
    world = world_of(request)
    chat = group_of(world, request.path_params["chat"])
    by = user_of(world, request.query_params.get("by"), "by")
    user = _member(world, chat, request.path_params["member"])
    if user is not by and not chat.status(by.id).manages:
        raise ControlError("only administrators remove others", 403)
    status = Status.LEFT if user is by else Status.KICKED
    world.log.add("user", action="remove_member", user=by.id, chat=chat.id, member=user.id)
    members.change_status(world, chat, user, status, by=by)
    return chat_view(chat)


async def withhold_rights(request: Request) -> Json:
    """Take rights from somebody, and give all others back: {without, by, member?}; without ``member`` from all members.

    ``without`` lists rights in the words of the Bot API (can_send_messages, can_post_messages, can_pin_messages, ...).
    """
    world, body = world_of(request), await read_body(request)
    chat = group_of(world, request.path_params["chat"])
    by = user_of(world, needed(body, "by"), "by")
    user = _member(world, chat, str(body["member"])) if body.get("member") is not None else None
    rights = needed(body, "without")
    known = PERMISSIONS if user is None or not chat.status(user.id).manages else members.ADMIN_RIGHTS
    if not isinstance(rights, list) or not set(rights) <= set(known):
        raise ControlError(f"without must be a list out of {', '.join(known)}")
    if not chat.status(by.id).manages:
        raise ControlError("only administrators give and take rights", 403)
    if user is not None and chat.type == "group" and not chat.status(user.id).manages:
        raise ControlError("single members are restricted in supergroups only", 409)
    whose = None if user is None else user.id
    world.log.add("user", action="withhold_rights", user=by.id, chat=chat.id, member=whose, without=rights)
    members.withhold(world, chat, user, rights, by=by)
    return {"chat": chat.id, "without": sorted(chat.lacks(whose))}


def _member(world: World, chat: MemberChat, name: str) -> User:
    user = world.users.get(int(name)) if name.isdigit() else world.bot(name).user
    if user is None or not chat.status(user.id).inside:
        raise ControlError(f"{name} is not in this chat", 404)
    return user
