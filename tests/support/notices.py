"""Notices that are written and sent, for tests of services."""

from typing import Any

from assembly.notices import Circle
from services import notice_audience, notice_sending, notices
from storage.engine import Storage
from tests.support.assembly import says
from tests.support.queued import queued
from tests.support.register import OFFICE

GROUP = -100200300


async def written(storage: Storage, text: str = "De zaal is gewijzigd.") -> int:
    """Let the secretariat write a notice and return its id."""
    await storage.write(notices.start_notice, OFFICE)
    await says(storage, OFFICE, text)
    screen, facts = (await queued(storage, OFFICE))[-1]
    assert screen == "NoticeDraft"
    return int(facts["notice_id"])


async def aimed(storage: Storage, notice_id: int, *circles: Circle) -> None:
    """Let the secretariat choose who receives it."""
    for circle in circles:
        await storage.write(notice_audience.toggle_circle, OFFICE, notice_id, circle, None)


async def sent(storage: Storage, *circles: Circle, receipt: bool = False) -> int:
    """Let the secretariat send a notice to circles and return its id."""
    notice_id = await written(storage)
    await aimed(storage, notice_id, *circles)
    if receipt:
        await storage.write(notice_sending.toggle_receipt, OFFICE, notice_id, None)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    return notice_id


async def received(storage: Storage, chat_id: int) -> list[dict[str, Any]]:
    """Return the messages of notices that are on their way to a chat."""
    return [facts for name, facts in await queued(storage, chat_id) if name == "NoticeMessageRef"]
