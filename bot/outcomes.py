"""What became of a message, and how that is stored."""

from dataclasses import dataclass
from typing import Protocol

from storage.unit import Unit
from storage.waiting import OutboxRow


class Outcome(Protocol):
    """The end of one attempt to send a row."""

    async def store(self, unit: Unit) -> None:
        """Mark the row accordingly."""


@dataclass(frozen=True)
class Sent:
    """It is there. ``message_id`` shows it, or is ``None`` where nothing had to be shown.

    ``more`` are the further messages of an album.
    """

    row: OutboxRow
    message_id: int | None
    more: tuple[int, ...] = ()

    async def store(self, unit: Unit) -> None:
        """Mark the row as sent, which also remembers the message of a keyed one."""
        await unit.outbox.mark_sent(self.row.id, self.message_id, self.more)


@dataclass(frozen=True)
class Unchangeable:
    """The message that it should change is gone, or too old: it is sent anew, when it is its chat's turn again."""

    row: OutboxRow
    message_id: int

    async def store(self, unit: Unit) -> None:
        """Queue the row again, as a message of its own."""
        await unit.outbox.send_anew(self.row.id, self.row.chat_id, self.message_id)


@dataclass(frozen=True)
class Failed:
    """It will not be tried again. ``unreachable``: nothing will reach this chat.

    ``may_have_arrived``: the last attempt got no answer.
    """

    row: OutboxRow
    error: str
    unreachable: bool = False
    may_have_arrived: bool = False

    async def store(self, unit: Unit) -> None:
        """Give the row up, and note who cannot be reached."""
        await unit.outbox.mark_failed(self.row.id, self.error, may_have_arrived=self.may_have_arrived)
        if self.unreachable:
            await unit.people.set_reachable(self.row.chat_id, reachable=False)


@dataclass(frozen=True)
class Passing:
    """Not now: try again at ``not_before`` (Unix time in seconds).

    ``may_have_arrived``: the attempt got no answer. ``silence``: Telegram wants to hear nothing until then.
    """

    row: OutboxRow
    not_before: float
    error: str
    may_have_arrived: bool = False
    silence: bool = False

    async def store(self, unit: Unit) -> None:
        """Queue the row again."""
        await unit.outbox.retry(
            self.row.id,
            self.not_before,
            self.error,
            may_have_arrived=self.may_have_arrived,
            silent_until=self.not_before if self.silence else None,
        )


@dataclass(frozen=True)
class Migrated:
    """The group became a supergroup: everything for it goes there from now on."""

    row: OutboxRow
    new_chat_id: int
    not_before: float

    async def store(self, unit: Unit) -> None:
        """Follow the group, and queue the row again."""
        await unit.outbox.follow_migration(self.row.chat_id, self.new_chat_id)
        await unit.outbox.retry(self.row.id, self.not_before, "migrated")
