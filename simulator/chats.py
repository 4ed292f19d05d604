"""Chats: private ones (a person and a bot) and those with members (groups, supergroups, channels)."""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from simulator.messages import Message
from simulator.people import Bot, User

Json = dict[str, Any]


class Status(StrEnum):
    """A member's standing in a chat, in the Bot API's words."""

    OWNER = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def inside(self) -> bool:
        """Whether one is in the chat."""
        return self not in (Status.LEFT, Status.KICKED)

    @property
    def manages(self) -> bool:
        """Whether one has the rights of an administrator."""
        return self in (Status.OWNER, Status.ADMINISTRATOR)


@dataclass(eq=False)
class Chat(ABC):
    """What all chats share. ``messages`` is ordered; deleted ones are gone from it. ``ids`` numbers new messages.

    ``read`` maps a person to the highest message id that was shown to it.
    """

    id: int
    ids: Iterator[int]
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)
    instance: str = field(default_factory=lambda: str(secrets.randbits(62) - 2**61))

    @property
    @abstractmethod
    def type(self) -> str:
        """``private``, ``group``, ``supergroup`` or ``channel``."""

    @abstractmethod
    def api(self) -> Json:
        """Render the Chat object."""

    def add(self, message: Message) -> Message:
        """Append a message that was made with the next of ``ids``."""
        self.messages[message.id] = message
        return message

    def remove(self, message: Message) -> None:
        """Delete a message for everybody."""
        del self.messages[message.id]
        if message.id in self.pinned:
            self.pinned.remove(message.id)


@dataclass(eq=False)
class PrivateChat(Chat):
    """The chat of one person with one bot. It opens with the person's first message."""

    user: User = field(kw_only=True)
    bot: Bot = field(kw_only=True)
    opened: bool = False
    blocked: bool = False

    @property
    def type(self) -> str:
        """Always ``private``."""
        return "private"

    def api(self) -> Json:
        """Render the Chat object: its id and names are the person's."""
        rendered = self.user.api()
        return {name: rendered[name] for name in ("id", "first_name", "last_name", "username") if name in rendered} | {
            "type": "private"
        }


PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages", "can_change_info", "can_invite_users", "can_pin_messages",
    "can_manage_topics",
)  # fmt: skip
"""What members of a group may do, unless it is withheld from them."""


@dataclass(eq=False)
class MemberChat(Chat):
    """A group, supergroup or channel. ``members`` also holds those who left, with that status.

    ``withheld`` names the rights that a member or administrator lacks, and under None those that no member has.
    """

    kind: str = field(kw_only=True)
    title: str = field(kw_only=True)
    members: dict[int, Status] = field(default_factory=dict)
    withheld: dict[int | None, frozenset[str]] = field(default_factory=lambda: {None: frozenset({"can_pin_messages"})})
    successor: "MemberChat | None" = None

    @property
    def type(self) -> str:
        """The chat's kind."""
        return self.kind

    def api(self) -> Json:
        """Render the Chat object."""
        return {"id": self.id, "type": self.kind, "title": self.title}

    def status(self, user_id: int) -> Status:
        """Return a person's or bot's standing; a stranger counts as having left."""
        return self.members.get(user_id, Status.LEFT)

    def lacks(self, user_id: int | None) -> frozenset[str]:
        """Return the rights that are withheld from somebody, or from all members."""
        return self.withheld.get(user_id, frozenset())

    def may(self, user_id: int, right: str) -> bool:
        """Whether somebody has a right: as administrator, or as a member if all members have it."""
        if self.status(user_id).manages:
            return right not in self.lacks(user_id)
        return right in PERMISSIONS and right not in self.lacks(user_id) | self.lacks(None)
