"""The stage: what every act of the evening works with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from demo.cast import Cast
from demo.client import Simulator
from demo.material import Material
from demo.narrator import Narrator
from demo.plan import Plan

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass
class Stage:
    """Everything an act needs. ``papers`` are the files by number; ``group`` is the chat id once the group is there."""

    simulator: Simulator
    narrator: Narrator
    cast: Cast
    plan: Plan
    material: Material
    papers: dict[int, Path]
    group: int = field(default=0, init=False)

    async def scene(self, title: str, moment: str) -> None:
        """Begin a step at a moment on local time ("2019-01-21 09:00"), to which the clock is turned."""
        local = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
        await self.simulator.turn_clock(local.astimezone(UTC).isoformat())
        self.narrator.heading(title, local)
