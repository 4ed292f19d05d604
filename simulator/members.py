"""Coming, going and blocking: a change of somebody's standing and the updates that it causes."""

from typing import Any

from simulator.chats import MemberChat, PrivateChat, Status
from simulator.messages import Message
from simulator.people import User
from simulator.world import World

Json = dict[str, Any]

_ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_manage_direct_messages", "can_manage_tags",
    "can_send_welcome_messages",
)  # fmt: skip
_WITHHELD = {"can_be_edited", "is_anonymous", "can_promote_members"}


def member_api(user: User, status: Status) -> Json:
    """Render a ChatMember object."""
    rendered: Json = {"user": user.api(), "status": status.value}
    if status is Status.OWNER:
        rendered["is_anonymous"] = False
    elif status is Status.ADMINISTRATOR:
        rendered |= {right: right not in _WITHHELD for right in _ADMIN_RIGHTS}
        rendered |= {"can_pin_messages": True, "can_post_messages": True, "can_edit_messages": True}
    elif status is Status.KICKED:
        rendered["until_date"] = 0
    return rendered


def change_status(world: World, chat: MemberChat, user: User, status: Status, *, by: User) -> None:
    """Change a member's standing, tell the bots, and leave a service message where Telegram does."""
    old = chat.status(user.id)
    if old is status:
        return
    present = [bot for bot in world.bots_in(chat) if bot.user is not user]
    chat.members[user.id] = status
    change = _change(world, chat.api(), by, user, old, status)
    if user.id in world.bots:
        world.queue(world.bots[user.id], "my_chat_member", change)
    for bot in present:
        if chat.status(bot.id).manages:
            world.queue(bot, "chat_member", change)
    if chat.type == "channel" or old.inside == status.inside:
        world.changed.fire()
        return
    came = status.inside
    service: Json = {"new_chat_members": [user.api()]} if came else {"left_chat_member": user.api()}
    note = Message(next(chat.ids), chat, by, world.clock.timestamp(), service=service)
    world.tell(world.put(note))


def set_blocked(world: World, chat: PrivateChat, *, blocked: bool) -> None:
    """Let a person stop (or resume) talking to a bot, which the bot is told if they ever met."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    world.changed.fire()
    if not chat.opened:
        return
    old, new = (Status.MEMBER, Status.KICKED) if blocked else (Status.KICKED, Status.MEMBER)
    world.queue(chat.bot, "my_chat_member", _change(world, chat.api(), chat.user, chat.bot.user, old, new))


def migrate(world: World, chat: MemberChat) -> MemberChat:
    """Turn a group into a supergroup: a new id, service messages on both sides, and the old id refuses."""
    owner = next(world.users[number] for number, status in chat.members.items() if status is Status.OWNER)
    successor = world.add_group("supergroup", chat.title, owner)
    successor.members = dict(chat.members)
    moved = Message(next(chat.ids), chat, owner, world.clock.timestamp(), service={"migrate_to_chat_id": successor.id})
    world.tell(world.put(moved))
    chat.successor = successor
    arrived = Message(
        next(successor.ids), successor, owner, world.clock.timestamp(), service={"migrate_from_chat_id": chat.id}
    )
    world.tell(world.put(arrived))
    return successor


def _change(world: World, chat: Json, by: User, user: User, old: Status, new: Status) -> Json:
    return {
        "chat": chat,
        "from": by.api(),
        "date": world.clock.timestamp(),
        "old_chat_member": member_api(user, old),
        "new_chat_member": member_api(user, new),
    }
