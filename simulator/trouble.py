"""What goes wrong next: planned faults, the weather, and downtime."""

import math
import time
from typing import TYPE_CHECKING

from simulator.faults import DOWNLOAD, DOWNTIME, FILE_KINDS, REQUEST_KINDS, UPDATE_KINDS, Fault
from simulator.log import Log
from simulator.signals import Signal

if TYPE_CHECKING:
    from simulator.weather import Weather


class Trouble:
    """The planned faults, the weather, and whether Telegram is down; ``turned`` fires as that changes."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.planned: list[Fault] = []
        self.weather: Weather | None = None
        self.turned = Signal()
        self._down: Fault | None = None
        self._down_until = 0.0

    def of_request(self, method: str, chat: str) -> Fault | None:
        """Return the fault that hits this request, using it up once."""
        kinds = FILE_KINDS if method == DOWNLOAD else REQUEST_KINDS
        if fault := self.down() or self._of_plan(kinds, method, chat):
            return fault
        fault = self.weather.of_request(method, chat, kinds) if self.weather is not None else None
        if fault is not None and fault.kind == DOWNTIME:
            self.go_down(Fault("reset_before", source="weather"), fault.seconds)
            return self.down()
        return fault

    def of_update(self, chat: str) -> Fault | None:
        """Return the fault that hits this update, using it up once."""
        if fault := self._of_plan(UPDATE_KINDS, None, chat):
            return fault
        return self.weather.of_update(chat) if self.weather is not None else None

    def go_down(self, fault: Fault, seconds: float = math.inf) -> None:
        """Let every request meet this fault for so many seconds, and deliver nothing to webhooks meanwhile."""
        self._down, self._down_until = fault, time.monotonic() + seconds
        lasts = seconds if math.isfinite(seconds) else None
        self._log.add("fault", fault=DOWNTIME, source=fault.source, meets=fault.kind, seconds=lasts)
        self.turned.fire()

    def come_up(self) -> None:
        """End the downtime."""
        self._down = None
        self.turned.fire()

    def down(self) -> Fault | None:
        """Return what every request meets now, None if Telegram is up."""
        if time.monotonic() >= self._down_until:
            self._down = None
        return self._down

    @property
    def down_for(self) -> float:
        """For how many more seconds Telegram is down; 0 if it is up."""
        return self._down_until - time.monotonic() if self.down() else 0.0

    def _of_plan(self, kinds: tuple[str, ...], method: str | None, chat: str) -> Fault | None:
        for fault in self.planned:
            if fault.kind in kinds and fault.method in (None, method) and fault.chat in (None, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None
