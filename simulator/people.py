"""People and bots as Telegram knows them."""

from dataclasses import dataclass, field
from typing import Any

from simulator.updates import UpdateQueue
from simulator.webhooks import Webhook

Json = dict[str, Any]


@dataclass(eq=False)
class User:
    """A Telegram account, of a person or of a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deleted: bool = False

    def api(self) -> Json:
        """Render the User object; a deleted account has an empty name."""
        if self.deleted:
            return {"id": self.id, "is_bot": False, "first_name": ""}
        named = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        known = {name: value for name, value in named.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **known}

    @property
    def full_name(self) -> str:
        """The name as clients show it."""
        return "Verwijderd account" if self.deleted else " ".join(filter(None, (self.first_name, self.last_name)))


@dataclass(eq=False)
class Bot:
    """A bot: its account, its token and what the Bot API keeps for it.

    ``commands`` maps (scope, language) to command lists, ``menu_buttons`` a private chat's id (None: the default) to a
    MenuButton, ``texts`` (kind, language) to its name and descriptions.
    """

    user: User
    token: str
    queue: UpdateQueue
    can_join_groups: bool = True
    can_read_all_group_messages: bool = False
    webhook: Webhook | None = None
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The bot's user id."""
        return self.user.id

    def api(self) -> Json:
        """Render the User object that getMe answers."""
        return {
            **self.user.api(),
            "can_join_groups": self.can_join_groups,
            "can_read_all_group_messages": self.can_read_all_group_messages,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
