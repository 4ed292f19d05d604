"""What a bot told Telegram about its webhook."""

from dataclasses import dataclass, field


@dataclass
class Webhook:
    """A webhook in force; two are equal if the bot asked for the same.

    ``last_error`` says why the last failed delivery did fail, ``last_error_date`` when (Unix time, simulated clock).
    """

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int = field(default=0, compare=False)
    last_error: str = field(default="", compare=False)
