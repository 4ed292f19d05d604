"""Coming, going and blocking: a change of somebody's standing and the updates that it causes."""

from collections.abc import Collection
from typing import Any

from simulator.chats import PERMISSIONS, MemberChat, PrivateChat, Status
from simulator.messages import Message
from simulator.people import Bot, User
from simulator.world import World

Json = dict[str, Any]

ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_manage_direct_messages", "can_manage_tags",
    "can_send_welcome_messages", "can_pin_messages", "can_post_messages", "can_edit_messages",
)  # fmt: skip
_NEVER = {"can_be_edited", "is_anonymous", "can_promote_members"}


def member_api(user: User, status: Status, lacks: Collection[str] = ()) -> Json:
    """Render a ChatMember object; a member from whom rights are withheld is restricted."""
    rendered: Json = {"user": user.api(), "status": status.value}
    if status is Status.OWNER:
        rendered["is_anonymous"] = False
    elif status is Status.ADMINISTRATOR:
        rendered |= {right: right not in _NEVER and right not in lacks for right in ADMIN_RIGHTS}
    elif status is Status.MEMBER and lacks:
        rendered |= {"status": "restricted", "is_member": True, "until_date": 0, "can_edit_tag": False}
        rendered |= {right: right not in lacks for right in PERMISSIONS}
    elif status is Status.KICKED:
        rendered["until_date"] = 0
    return rendered


def chat_member(chat: MemberChat, user: User) -> Json:
    """Render somebody as the member of a chat."""
    return member_api(user, chat.status(user.id), chat.lacks(user.id))


def change_status(world: World, chat: MemberChat, user: User, status: Status, *, by: User) -> None:
    """Change a member's standing, tell the bots, and leave a service message where Telegram does."""
    was = chat.status(user.id)
    if was is status:
        return
    present = [bot for bot in world.bots_in(chat) if bot.user is not user]
    old = chat_member(chat, user)
    chat.members[user.id] = status
    chat.withheld.pop(user.id, None)
    _tell(world, chat, user, old, by=by, others=present)
    if chat.type == "channel" or was.inside == status.inside:
        world.changed.fire()
        return
    came = status.inside
    service: Json = {"new_chat_members": [user.api()]} if came else {"left_chat_member": user.api()}
    note = Message(next(chat.ids), chat, by, world.clock.timestamp(), service=service)
    world.tell(world.put(note))


def withhold(world: World, chat: MemberChat, user: User | None, rights: Collection[str], *, by: User) -> None:
    """Take these rights, and no others, from a member or administrator, or from all members (None)."""
    if user is None:
        chat.withheld[None] = frozenset(rights)
        return
    old = chat_member(chat, user)
    chat.withheld[user.id] = frozenset(rights)
    _tell(world, chat, user, old, by=by, others=[bot for bot in world.bots_in(chat) if bot.user is not user])


def _tell(world: World, chat: MemberChat, user: User, old: Json, *, by: User, others: list[Bot]) -> None:
    """Tell the bot whose standing changed, and the others that manage the chat."""
    change = _change(world, chat.api(), by, old, chat_member(chat, user))
    if change["old_chat_member"] == change["new_chat_member"]:
        return
    if user.id in world.bots:
        world.queue(world.bots[user.id], "my_chat_member", change)
    for bot in others:
        if chat.status(bot.id).manages:
            world.queue(bot, "chat_member", change)


def set_blocked(world: World, chat: PrivateChat, *, blocked: bool) -> None:
    """Let a person stop (or resume) talking to a bot, which the bot is told if they ever met."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    world.changed.fire()
    if not chat.opened:
        return
    old, new = (Status.MEMBER, Status.KICKED) if blocked else (Status.KICKED, Status.MEMBER)
    me = chat.bot.user
    change = _change(world, chat.api(), chat.user, member_api(me, old), member_api(me, new))
    world.queue(chat.bot, "my_chat_member", change)


def migrate(world: World, chat: MemberChat) -> MemberChat:
    """Turn a group into a supergroup: a new id, service messages on both sides, and the old id refuses."""
    owner = next(world.users[number] for number, status in chat.members.items() if status is Status.OWNER)
    successor = world.add_group("supergroup", chat.title, owner)
    successor.members = dict(chat.members)
    successor.withheld = dict(chat.withheld)
    moved = Message(next(chat.ids), chat, owner, world.clock.timestamp(), service={"migrate_to_chat_id": successor.id})
    world.tell(world.put(moved))
    chat.successor = successor
    arrived = Message(
        next(successor.ids), successor, owner, world.clock.timestamp(), service={"migrate_from_chat_id": chat.id}
    )
    world.tell(world.put(arrived))
    return successor


def _change(world: World, chat: Json, by: User, old: Json, new: Json) -> Json:
    return {
        "chat": chat,
        "from": by.api(),
        "date": world.clock.timestamp(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
