"""What a bot told Telegram about its webhook."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(eq=False)
class Webhook:
    """A webhook in force; ``last_error_date`` is a Unix time on the simulated clock."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int = 0
    last_error: str = ""
