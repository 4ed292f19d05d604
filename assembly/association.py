"""The association that the bot serves: its name, its words and its statutes."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from assembly.statutes import Statutes


@dataclass(frozen=True)
class Association:
    """Everything about the association that is the same for the whole evening.

    ``member_article`` stands before a member's name in a sentence ("de gemeente "); empty where members need none.
    ``contact`` tells people whom to ask. ``timezone`` is an IANA name. ``link_days``: how long a registration link
    works. ``address``: the postal address on letters to the association. ``bot_username`` comes from Telegram at
    start-up and makes the links.
    """

    name: str
    contact: str = "het regiebureau"
    member_article: str = ""
    timezone: str = "Europe/Amsterdam"
    link_days: int = 30
    address: str = ""
    bot_username: str = ""
    statutes: Statutes = field(default_factory=Statutes)

    def local(self, moment: datetime) -> datetime:
        """Return ``moment`` on the association's own clock."""
        return moment.astimezone(ZoneInfo(self.timezone))
