"""Telling the evening in the terminal: a heading per step, what people see, and how far long steps are."""

import asyncio
from collections.abc import Awaitable, Iterable
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from demo.client import Message

QUOTED_LINES = 9
"""Lines of a message that are quoted; the rest is in the chat."""


class Narrator:
    """Writes to ``console``. ``pace`` is how many seconds an audience gets to read each piece; 0 goes on at once."""

    def __init__(self, console: Console, pace: float = 0) -> None:
        self._console = console
        self._pace = pace

    def heading(self, title: str, moment: datetime | None = None) -> None:
        """Begin a step, at a moment of the play on local time."""
        when = f"  [dim]{moment:%d-%m-%Y %H.%M} uur[/dim]" if moment else ""
        self._console.print()
        self._console.rule(f"[bold]{title}[/bold]{when}", align="left", style="blue")

    async def tell(self, text: str) -> None:
        """Say what happens."""
        self._console.print(f"• {text}")
        await asyncio.sleep(self._pace)

    async def show(self, who: str, message: Message | str) -> None:
        """Quote what somebody sees: a message with its buttons, or the answer to a press."""
        text, buttons = (message, ()) if isinstance(message, str) else (message.text, tuple(message.buttons))
        lines = text.splitlines()
        shown = Text("\n".join(lines[:QUOTED_LINES]) + ("\n…" if len(lines) > QUOTED_LINES else ""))
        for label in buttons[:6]:
            shown.append("\n" if label == buttons[0] else "  ")
            shown.append(f" {label} ", style="reverse")
        panel = Panel(shown, title=who, title_align="left", border_style="dim", expand=False)
        self._console.print(Padding(panel, (0, 0, 0, 2)))
        await asyncio.sleep(self._pace)

    async def together(self, doing: str, work: Iterable[Awaitable[object]]) -> None:
        """Let many people act at once and show how many are done."""
        awaitables = list(work)
        bar = Progress(
            TextColumn("  {task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
        )
        with bar:
            task = bar.add_task(doing, total=len(awaitables))

            async def one(act: Awaitable[object]) -> None:
                await act
                bar.advance(task)

            acting = [asyncio.create_task(one(act)) for act in awaitables]
            try:
                await asyncio.gather(*acting)
            finally:  # where one gets stuck, the others need not go on
                for act in acting:
                    act.cancel()
