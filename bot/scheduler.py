"""The alarm clock: every few seconds it calls what does the work that is due by then.

Deadlines are columns in the database and the duties find them there, so a missed tick is made up for by the next one
and nothing is lost while the process is down.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.erasing import erase_traces
from bot.logs import where
from bot.waiting import wait_for_any
from services.closing import close_due
from services.lapses import lapse_ended
from services.memberships import end_memberships
from services.notice_changes import delete_late_arrivals
from services.notice_sending import send_due_notices
from services.outside import close_due_outside
from services.outside_plans import open_due_outside
from services.progress import redraw_progress
from services.rehearsals import erase_due
from services.reminders import send_reminders
from services.replacing import raise_alarms
from storage.engine import Storage, StorageUnavailable
from storage.intake import DONE_KEYS_KEPT
from storage.unit import Unit

TICK_SECONDS = 5

Duty = Callable[[Unit], Awaitable[object]]
"""An idempotent service that does what is due by now; often nothing."""

_log = structlog.stdlib.get_logger(__name__)


async def seal_journal(unit: Unit) -> None:
    """Chain what was added to the journal since the last tick."""
    await unit.journal.seal()


async def forget_done_updates(unit: Unit) -> None:
    """Delete the done-keys of updates that Telegram cannot deliver again."""
    await unit.intake.forget_done(unit.now - DONE_KEYS_KEPT)


DUTIES: tuple[Duty, ...] = (
    close_due,
    end_memberships,
    open_due_outside,
    close_due_outside,
    send_due_notices,
    delete_late_arrivals,
    lapse_ended,
    raise_alarms,
    seal_journal,
    forget_done_updates,
    redraw_progress,
    send_reminders,
    erase_due,
)


class Scheduler:
    """Calls the ``duties`` at start-up and every ``TICK_SECONDS`` after."""

    def __init__(self, storage: Storage, duties: tuple[Duty, ...] = DUTIES) -> None:
        self._storage = storage
        self._duties = duties

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; a tick that is under way is finished."""
        ringing = asyncio.Event()

        async def ring() -> None:
            ringing.set()

        alarm = AsyncIOScheduler(timezone=UTC)
        alarm.add_job(
            ring,
            "interval",
            seconds=TICK_SECONDS,
            next_run_time=datetime.now(UTC),
            misfire_grace_time=None,  # the default drops a tick that is a second late without a word
            coalesce=True,
            max_instances=1,
        )
        alarm.start()
        try:
            while not stop.is_set():
                await wait_for_any(stop, ringing)
                if ringing.is_set():
                    ringing.clear()
                    await self.tick()
        finally:
            alarm.shutdown(wait=False)

    async def tick(self) -> None:
        """Do what is due. One duty that fails holds up no other, and is called again at the next tick."""
        for duty in self._duties:
            await self._attempt(duty.__name__, self._storage.write(duty))
        await self._attempt(erase_traces.__name__, erase_traces(self._storage))

    async def _attempt(self, duty: str, work: Awaitable[object]) -> None:
        try:
            await work
        except StorageUnavailable as error:
            _log.warning("duty put off", duty=duty, error=where(error))
        except Exception:  # noqa: BLE001 - the other duties must go on
            _log.exception("duty failed", duty=duty)
