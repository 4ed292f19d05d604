"""The association that the bot serves: its name, its words and its statutes."""

from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import digest
from zoneinfo import ZoneInfo

from assembly.access import SecondFactorMode
from assembly.quiet import QuietHours
from assembly.reminders import ReminderTimes
from assembly.statutes import Statutes


class Window(StrEnum):
    """Where a window envelope shows the address."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Association:
    """Everything about the association that is the same for the whole evening.

    ``member_article`` stands before a member's name in a sentence ("de gemeente "); empty where members need none.
    ``contact`` tells people whom to ask. ``timezone`` is an IANA name. ``link_days``: how long a registration link
    works; letters with it show ``sender`` above the address, which stands at the ``letter_window``.
    ``bot_username`` comes from Telegram at start-up and makes the links. ``second_factor_remembered``: how long a code
    of the second factor holds; ``key`` is what those codes, and the room's addresses, are derived from, and is shown
    nowhere. ``meeting_length`` is how long an assembly stands in calendars. ``room_url``: where the page for the screen
    in the room is reached; empty where there is none. ``rehearsal`` is the number of the generale repetitie that is
    played here, on a copy; 0 where everything is real. It is erased by itself after ``rehearsal_days``.
    """

    name: str
    contact: str = "het regiebureau"
    member_article: str = ""
    timezone: str = "Europe/Amsterdam"
    link_days: int = 30
    letter_window: Window = Window.LEFT
    sender: str = ""
    address: str = ""
    rehearsal: int = 0
    rehearsal_days: int = 3
    bot_username: str = ""
    room_url: str = ""
    second_factor: SecondFactorMode = SecondFactorMode.OPTIONAL
    second_factor_remembered: timedelta = timedelta(minutes=30)
    meeting_length: timedelta = timedelta(hours=3)
    key: bytes = field(default=b"", repr=False, compare=False)
    quiet: QuietHours = field(default_factory=QuietHours)
    reminders: ReminderTimes = field(default_factory=ReminderTimes)
    statutes: Statutes = field(default_factory=Statutes)

    def deep_link(self, token: str) -> str:
        """Return the address that opens the bot with ``token``."""
        return f"https://t.me/{self.bot_username}?start={token}"

    def room_token(self, meeting_id: int) -> str:
        """Return what ends the address of an assembly's page for the room: 128 bits, in letters that can be typed."""
        derived = self._derived(b"room %d" % meeting_id)[:16]
        return b32encode(derived).decode().rstrip("=").lower()

    def room_address(self, meeting_id: int) -> str:
        """Return the address of the page for the screen in the room; it holds for this assembly only."""
        return f"{self.room_url}/{self.room_token(meeting_id)}"

    def card_code(self, meeting_id: int, member_id: int) -> str:
        """Return the check code of a member's voting card ("4KQ7-M2XA"): who made a card without us cannot know it."""
        code = b32encode(self._derived(b"card %d %d" % (meeting_id, member_id))[:5]).decode()
        return f"{code[:4]}-{code[4:]}"

    def _derived(self, purpose: bytes) -> bytes:
        """Return 256 bits that stand for ``purpose``; in a rehearsal they are others, so that nothing of it is real."""
        return digest(self.key, purpose + (b" rehearsal %d" % self.rehearsal if self.rehearsal else b""), "sha256")

    def local(self, moment: datetime) -> datetime:
        """Return ``moment`` on the association's own clock."""
        return moment.astimezone(ZoneInfo(self.timezone))
