"""After sending: how a notice fares, corrections, withdrawal, once more for whom it failed, and confirmations."""

from datetime import UTC, datetime, timedelta

import pytest

from assembly import errors
from assembly.facts.notices import (
    Arrival,
    NoticeMessageRef,
    NoticeProgress,
    NoticeProgressRef,
    NoticeReport,
    NoticeReportRef,
    Receipt,
)
from assembly.notices import Circle
from services import notice_audience, notice_changes, notice_progress, notice_sending, notices, progress
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.tables import SendState
from storage.unit import Unit
from tests.support.assembly import says, sends
from tests.support.clock import TurnableClock
from tests.support.notices import GROUP, aimed, sent, written
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, Register, filled

NOON = datetime(2019, 1, 14, 11, 0, tzinfo=UTC)
BLOCKED = "Forbidden: bot was blocked by the user"


@pytest.fixture
async def register(storage: Storage, clock: TurnableClock) -> Register:
    """Give a register with two members, and a linked group, at noon."""
    clock.moment = NOON
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV")))
    return await filled(storage, "Assen", "Deventer")


async def drain(storage: Storage, *failing: int, late: tuple[int, ...] = ()) -> None:
    """Send all that waits, except to the chats ``failing`` and ``late``: what is late is being sent still."""

    async def send(unit: Unit) -> None:
        while rows := await unit.outbox.claim(100, set(late), 0.0, 60.0):
            for row in rows:
                if row.chat_id in failing and row.batch is not None:
                    await unit.outbox.mark_failed(row.id, BLOCKED)
                else:
                    await unit.outbox.mark_sent(row.id, row.message_id or row.id)

    await storage.write(send)


async def fares(storage: Storage, notice_id: int) -> NoticeProgress:
    """Return how the notice fares."""
    shown = await storage.read(notice_progress.load_progress, NoticeProgressRef(notice_id))
    assert shown is not None
    return shown


async def reads(storage: Storage, notice_id: int, person_id: int | None = None, part: str = "t0") -> str | None:
    """Return what somebody reads of the notice now."""
    message = await storage.read(notice_sending.load_message, NoticeMessageRef(notice_id, part), person_id)
    return message.text.text if message else None


async def test_progress_is_followed_until_the_end(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """The sender sees how many have it and whom it did not reach; when all is told the screen comes to rest."""
    notice_id = await written(storage)
    await aimed(storage, notice_id, Circle.COORDINATORS)
    await storage.write(notice_audience.toggle_chat, OFFICE, notice_id, GROUP, None)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, 77)
    assert await storage.read(lambda unit: unit.outbox.posted(OFFICE, f"notice:{notice_id}")) == 77
    await drain(storage, register.coordinator("Deventer"))
    shown = await fares(storage, notice_id)
    assert (shown.deliveries.delivered, shown.deliveries.under_way, shown.deliveries.failed) == (1, 0, 1)
    assert (shown.groups.delivered, shown.groups.failed) == (1, 0)
    assert [failure.name for failure in shown.failures] == ["coördinator Deventer"]
    before = (await screens(storage, OFFICE)).count("NoticeProgressRef")
    await storage.write(progress.redraw_progress)
    assert (await screens(storage, OFFICE)).count("NoticeProgressRef") == before + 1
    clock.turn(timedelta(seconds=10))
    await drain(storage)
    await storage.write(progress.redraw_progress)
    assert (await screens(storage, OFFICE)).count("NoticeProgressRef") == before + 1


@pytest.mark.usefixtures("register")
async def test_who_may_have_it_twice(storage: Storage) -> None:
    """People and groups of whom Telegram did not say whether they have it are counted and named."""
    notice_id = await written(storage)
    await aimed(storage, notice_id, Circle.EVERYBODY)
    await storage.write(notice_audience.toggle_chat, OFFICE, notice_id, GROUP, None)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)

    async def doubt(unit: Unit) -> None:
        for row in await unit.outbox.claim(100, set(), 0.0, 60.0):
            if row.batch is not None and row.chat_id in {GROUP, CHAIR}:
                await unit.outbox.retry(row.id, 0.0, "Timed out", may_have_arrived=True)

    await storage.write(doubt)
    shown = await fares(storage, notice_id)
    assert (shown.doubts, shown.doubtful) == (2, ("Voorzitter", "ALV"))


async def test_report_names_everybody(storage: Storage, register: Register) -> None:
    """The report has a line for each person and group, failures first; its file is for who may see it."""
    notice_id = await sent(storage, Circle.COORDINATORS, receipt=True)
    await drain(storage, register.coordinator("Deventer"))
    await storage.write(notice_changes.confirm_receipt, register.coordinator("Assen"), notice_id)
    await storage.write(notice_progress.show_report, OFFICE, notice_id, 9, None)
    page = (await queued(storage, OFFICE))[-1]
    assert page[0] == "NoticeReportPage"
    assert [(line["name"], line["arrival"]) for line in page[1]["lines"]] == [
        ("coördinator Deventer", "failed"),
        ("coördinator Assen", "delivered"),
    ]
    await storage.write(notice_progress.export_report, OFFICE, notice_id)
    office = await storage.read(lambda unit: unit.people.acting(OFFICE))
    assert office is not None
    ref = NoticeReportRef(notice_id, office.person.id)
    report = await storage.read(notice_progress.load_report, ref)
    assert isinstance(report, NoticeReport)
    assert [(line.arrival, line.error, line.confirmed_at) for line in report.lines] == [
        (Arrival.FAILED, BLOCKED, None),
        (Arrival.DELIVERED, "", NOON),
    ]
    chair = NoticeReportRef(notice_id, register.people["Voorzitter"])
    assert await storage.read(notice_progress.load_report, chair) is None


async def test_correction_reaches_everybody_once(storage: Storage, register: Register) -> None:
    """What was sent is edited, what is being sent is edited after that, and what waits is sent as corrected."""
    notice_id = await sent(storage, Circle.COORDINATORS, Circle.REPRESENTATIVES)
    accounts = [register.coordinator("Assen"), register.coordinator("Deventer"), register.representative("Assen")]
    await drain(storage, late=(*accounts[1:], register.representative("Deventer")))

    async def sending(unit: Unit) -> int:
        (row,) = await unit.outbox.claim(9, {OFFICE, *accounts[2:], register.representative("Deventer")}, 0.0, 60.0)
        return row.id

    under_way = await storage.write(sending)
    await storage.write(notice_changes.ask_correction, OFFICE, notice_id)
    await says(storage, OFFICE, "De zaal is toch niet gewijzigd.")
    preview = (await queued(storage, OFFICE))[-1]
    assert preview == ("CorrectionPreview", {"notice_id": notice_id, "chats": 4})
    assert await reads(storage, notice_id) == "De zaal is gewijzigd."
    await storage.write(notice_changes.correct_notice, OFFICE, notice_id, None)
    assert await reads(storage, notice_id) == "De zaal is toch niet gewijzigd."
    waiting = [
        len([1 for name, _facts in await queued(storage, chat) if name == "NoticeMessageRef"]) for chat in accounts
    ]
    assert waiting == [2, 2, 1], "sent, being sent, waiting"
    await storage.write(lambda unit: unit.outbox.mark_sent(under_way, 500))
    await drain(storage)
    shown = await fares(storage, notice_id)
    assert shown.corrected is not None
    assert (shown.corrected.delivered, shown.deliveries.delivered) == (2, 4)
    with pytest.raises(errors.Gone):
        await storage.write(notice_changes.correct_notice, OFFICE, notice_id, None)


@pytest.mark.usefixtures("register")
async def test_correction_of_a_long_text(storage: Storage) -> None:
    """Where the words took two messages and take one now, the other one is deleted."""
    notice_id = await written(storage, "woord " * 682)
    await aimed(storage, notice_id, Circle.OBSERVERS)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    await drain(storage)
    await storage.write(notice_changes.ask_correction, OFFICE, notice_id)
    with pytest.raises(errors.TextTooLong):
        await says(storage, OFFICE, "x" * 4000)
    await says(storage, OFFICE, "Kort.")
    await storage.write(notice_changes.correct_notice, OFFICE, notice_id, None)
    assert (await screens(storage, OBSERVER))[2:] == ["NoticeMessageRef", "NoticeWithdrawn"]
    assert await reads(storage, notice_id, part="t1") is None


@pytest.mark.usefixtures("register")
async def test_correction_beside_a_document(storage: Storage) -> None:
    """Words beside a document stay there, so they have to fit there."""
    await storage.write(notices.start_notice, OFFICE)
    await sends(storage, OFFICE, "route.pdf", "De route")
    notice_id = (await queued(storage, OFFICE))[-1][1]["notice_id"]
    await aimed(storage, notice_id, Circle.OBSERVERS)
    await storage.write(notice_sending.send_notice, OFFICE, notice_id, None)
    await drain(storage)
    await storage.write(notice_changes.ask_correction, OFFICE, notice_id)
    with pytest.raises(errors.TextTooLong) as refused:
        await says(storage, OFFICE, "x" * 901)
    assert refused.value.limit == 900


async def test_withdrawal_deletes_everywhere(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """What was sent is deleted, what waits is not sent, and what was being sent is deleted when it has arrived."""
    notice_id = await sent(storage, Circle.COORDINATORS, Circle.OBSERVERS, receipt=True)
    assen, deventer = register.coordinator("Assen"), register.coordinator("Deventer")
    await drain(storage, late=(OBSERVER, deventer))

    async def sending(unit: Unit) -> int:
        (row,) = await unit.outbox.claim(9, {OFFICE, OBSERVER, assen}, 0.0, 60.0)
        return row.id

    under_way = await storage.write(sending)
    await storage.write(notice_changes.ask_withdrawal, OFFICE, notice_id)
    assert (await queued(storage, OFFICE))[-1][1] == {"notice_id": notice_id, "chats": 1, "late": 0}
    await storage.write(notice_changes.withdraw_notice, OFFICE, notice_id, None)
    assert await reads(storage, notice_id) is None
    assert (await screens(storage, assen))[-1] == "NoticeWithdrawn"
    assert "NoticeWithdrawn" not in await screens(storage, deventer)
    await storage.write(lambda unit: unit.outbox.mark_sent(under_way, 500))
    for _ in range(2):
        await storage.write(notice_changes.delete_late_arrivals)
    assert (await screens(storage, deventer)).count("NoticeWithdrawn") == 1
    rows = await storage.read(lambda unit: unit.outbox.report(f"notice:{notice_id}"))
    assert {row.chat_id: row.state for row in rows}[OBSERVER] is SendState.FAILED
    await drain(storage)
    shown = await fares(storage, notice_id)
    assert shown.withdrawn is not None
    assert shown.withdrawn.delivered == 2
    for service in (notice_changes.confirm_receipt, notice_changes.ask_correction, notice_changes.ask_withdrawal):
        with pytest.raises(errors.Gone):
            await storage.write(service, OFFICE, notice_id)
    clock.turn(timedelta(days=2))
    await storage.write(notice_changes.delete_late_arrivals)


@pytest.mark.usefixtures("register")
async def test_withdrawal_after_two_days_is_refused(storage: Storage, clock: TurnableClock) -> None:
    """Telegram deletes nothing after 48 hours, and that is said at once."""
    notice_id = await sent(storage, Circle.OBSERVERS)
    await drain(storage)
    clock.turn(timedelta(hours=49))
    with pytest.raises(errors.TooLateToWithdraw):
        await storage.write(notice_changes.ask_withdrawal, OFFICE, notice_id)


async def test_repeated_for_whom_it_failed(storage: Storage, register: Register) -> None:
    """Only who missed it gets it again, at the account that it has now; when all have it there is nobody left."""
    notice_id = await sent(storage, Circle.COORDINATORS)
    old, new = register.coordinator("Deventer"), 1999
    await drain(storage, old)
    await storage.write(lambda unit: unit.people.bind(register.people["coördinator Deventer"], new))
    await storage.write(notice_changes.repeat_notice, OFFICE, notice_id, None)
    assert (await fares(storage, notice_id)).deliveries.under_way == 1
    await drain(storage)
    shown = await fares(storage, notice_id)
    assert (shown.deliveries.delivered, shown.deliveries.failed, shown.failures) == (2, 0, ())
    assert await storage.read(lambda unit: unit.outbox.posted(new, f"notice:{notice_id}:t0")) is not None
    assert (await screens(storage, register.coordinator("Assen"))).count("NoticeMessageRef") == 1
    with pytest.raises(errors.NothingFailed):
        await storage.write(notice_changes.repeat_notice, OFFICE, notice_id, None)


async def test_confirmations_are_counted_live(storage: Storage, register: Register) -> None:
    """Who confirms sees that, once; the count is redrawn where it is followed; who has not got it cannot confirm."""
    notice_id = await sent(storage, Circle.COORDINATORS, receipt=True)
    await drain(storage)
    assen = register.coordinator("Assen")
    before = (await screens(storage, OFFICE)).count("NoticeProgressRef")
    for _ in range(2):
        await storage.write(notice_changes.confirm_receipt, assen, notice_id)
    assert (await fares(storage, notice_id)).confirmed == 1
    assert (await screens(storage, OFFICE)).count("NoticeProgressRef") == before + 1
    assert (await screens(storage, assen)).count("NoticeMessageRef") == 2
    ref = NoticeMessageRef(notice_id, "t0")
    person = register.people["coördinator Assen"]
    shown = await storage.read(notice_sending.load_message, ref, person)
    assert shown is not None
    assert shown.receipt is Receipt.GIVEN
    with pytest.raises(errors.Gone):
        await storage.write(notice_changes.confirm_receipt, OBSERVER, notice_id)


@pytest.mark.usefixtures("register")
async def test_only_who_may_broadcast_changes_what_was_sent(storage: Storage) -> None:
    """The chair corrects, withdraws and repeats nothing, and sees no report."""
    notice_id = await sent(storage, Circle.OBSERVERS)
    for service in (notice_changes.correct_notice, notice_changes.withdraw_notice, notice_changes.repeat_notice):
        with pytest.raises(errors.NotAllowed):
            await storage.write(service, CHAIR, notice_id, None)
    with pytest.raises(errors.NotAllowed):
        await storage.write(notice_progress.show_report, CHAIR, notice_id, 0, None)


@pytest.mark.usefixtures("register")
async def test_earlier_notices_are_listed(storage: Storage) -> None:
    """Sent and planned ones are listed, newest first, and can be looked at again; drafts are not."""
    first = await sent(storage, Circle.OBSERVERS)
    second = await written(storage, "Tweede " * 30)
    await aimed(storage, second, Circle.OBSERVERS)
    await storage.write(notice_sending.plan_notice, OFFICE, second, NOON + timedelta(hours=1), None)
    draft = await written(storage)
    await storage.write(notice_progress.show_past, OFFICE, 0, None)
    shown = (await queued(storage, OFFICE))[-1][1]["notices"]
    assert [(brief["id"], brief["state"]) for brief in shown] == [(second, "planned"), (first, "sent")]
    assert len(shown[0]["opening"]) <= 60
    await storage.write(notice_progress.show_notice, OFFICE, first)
    with pytest.raises(errors.Gone):
        await storage.write(notice_progress.show_notice, OFFICE, draft)
