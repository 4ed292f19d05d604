"""Faults on command: what a bot must survive."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What goes wrong. *Before* means that the request has no effect, *after* that it has, unknown to the bot."""

    TOO_MANY = "429"
    SERVER_ERROR = "500"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"

    @property
    def after(self) -> bool:
        """Whether the request is carried out."""
        return self in (Kind.TIMEOUT_AFTER, Kind.RESET_AFTER)


@dataclass
class Fault:
    """A fault for the next ``times`` requests of a method (any, if None), in a chat (any, if None).

    ``retry_after`` (whole seconds) goes with 429; ``seconds`` is how long a timeout keeps the connection open.
    """

    kind: Kind
    method: str | None = None
    chat: str | None = None
    times: int = 1
    retry_after: int = 1
    seconds: float = 60.0


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []

    def take(self, method: str, chat: str) -> Fault | None:
        """Return the first fault that fits this request, using it up once."""
        for fault in self.planned:
            if fault.method in (None, method) and fault.chat in (None, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None
