"""Notices: written, aimed, seen before they go, sent once, and followed."""

from datetime import timedelta

import pytest

from assembly.errors import AlreadySent, FileRefused, Gone, NobodyToTell, NotAllowed, TextMissing, TextTooLong
from assembly.facts.notices import NoticeProgress, NoticeProgressRef
from assembly.notices import Audience
from services import menus, notices, progress
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.unit import Unit
from tests.support.assembly import says, sends
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, Register, add_person, filled

GROUP = -100200300


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give a register with two members, and a linked group."""
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV")))
    return await filled(storage, "Assen", "Deventer")


async def written(storage: Storage, audience: Audience, text: str = "De zaal is gewijzigd.") -> int:
    """Write a notice for an audience and return its id."""
    await storage.write(notices.start_notice, OFFICE)
    await says(storage, OFFICE, text)
    await storage.write(notices.choose_audience, OFFICE, audience)
    screen, facts = (await queued(storage, OFFICE))[-1]
    assert screen == "NoticePreview"
    return int(facts["notice_id"])


async def told(storage: Storage, register: Register) -> set[str]:
    """Return who got a notice, by name."""
    names = {**{account: name for name, account in register.accounts.items()}, GROUP: "groep"}
    return {
        name
        for chat_id, name in names.items()
        if chat_id != OFFICE and "NoticeMessage" in await screens(storage, chat_id)
    }


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.COORDINATORS, {"coördinator Assen", "coördinator Deventer"}),
        (Audience.REPRESENTATIVES, {"portefeuillehouder Assen", "portefeuillehouder Deventer"}),
        (Audience.OBSERVERS, {"Toehoorder"}),
        (Audience.GROUP, {"groep"}),
    ],
)
async def test_audience_gets_the_notice_and_nobody_else(
    storage: Storage, register: Register, audience: Audience, expected: set[str]
) -> None:
    """A notice goes to the people of the chosen role, or to the group alone."""
    await storage.write(notices.send_notice, OFFICE, await written(storage, audience), None)
    assert await told(storage, register) == expected


async def test_notice_for_all_goes_to_the_group_too(storage: Storage, register: Register) -> None:
    """Everybody who is registered gets it once, whatever its roles, and the group as well."""
    await storage.write(add_person, "niet aangemeld", None)
    notice_id = await written(storage, Audience.ALL)
    assert (await queued(storage, OFFICE))[-1][1] | {"notice_id": 0} == {
        "notice_id": 0,
        "audience": "all",
        "people": 7,
        "groups": 1,
    }
    await storage.write(notices.send_notice, OFFICE, notice_id, None)
    assert await told(storage, register) == {*register.accounts, "groep"} - {"Regiebureau"}
    assert (await screens(storage, OFFICE)).count("NoticeMessage") == 2, "once as the preview, once as sent"


@pytest.mark.usefixtures("register")
async def test_formatting_is_kept_as_far_as_it_is_simple(storage: Storage) -> None:
    """Bold and links stay, anything else loses its tags and keeps its words."""
    html = '<b>Let op</b> <tg-emoji emoji-id="5">🔔</tg-emoji> <a href="javascript:x">hier</a> &lt;3 <script>'
    await written(storage, Audience.OBSERVERS, html)
    facts = [facts for name, facts in await queued(storage, OFFICE) if name == "NoticeMessage"][-1]
    assert facts["html"] == "<b>Let op</b> 🔔 hier &lt;3 "


@pytest.mark.usefixtures("register")
async def test_text_has_limits(storage: Storage) -> None:
    """The words that people see count, not the tags; an invisible text is none."""
    await storage.write(notices.start_notice, OFFICE)
    with pytest.raises(TextTooLong) as refused:
        await says(storage, OFFICE, "<b>" + "x" * 3501 + "</b>")
    assert refused.value.length == 3501
    with pytest.raises(TextMissing):
        await says(storage, OFFICE, "<b> \u200b</b>")
    await says(storage, OFFICE, "<b>" + "x" * 3500 + "</b>")
    assert (await screens(storage, OFFICE))[-1] == "AudienceAsked"


@pytest.mark.usefixtures("register")
async def test_document_with_a_caption_is_a_notice(storage: Storage) -> None:
    """A document goes along by its file id; without words it is refused."""
    await storage.write(notices.start_notice, OFFICE)
    with pytest.raises(TextMissing):
        await sends(storage, OFFICE, "route.pdf")
    with pytest.raises(FileRefused):
        await sends(storage, OFFICE, "route.pdf", "De route", size=0)
    await sends(storage, OFFICE, "route.pdf", "De route")
    await storage.write(notices.choose_audience, OFFICE, Audience.OBSERVERS)
    await storage.write(notices.send_notice, OFFICE, 1, None)
    assert await queued(storage, OBSERVER) == [
        ("NoticeMessage", {"html": "De route", "telegram_file_id": "file-route.pdf"})
    ]


@pytest.mark.usefixtures("register")
async def test_second_tap_sends_nothing(storage: Storage) -> None:
    """A notice is sent once."""
    notice_id = await written(storage, Audience.OBSERVERS)
    await storage.write(notices.send_notice, OFFICE, notice_id, None)
    with pytest.raises(AlreadySent):
        await storage.write(notices.send_notice, OFFICE, notice_id, None)
    assert (await screens(storage, OBSERVER)).count("NoticeMessage") == 1


@pytest.mark.usefixtures("register")
async def test_only_the_last_preview_can_be_sent(storage: Storage) -> None:
    """Who chose another audience, or cancelled, cannot send the earlier preview by accident."""
    first = await written(storage, Audience.ALL)
    await storage.write(notices.choose_audience, OFFICE, Audience.OBSERVERS)
    with pytest.raises(Gone):
        await storage.write(notices.send_notice, OFFICE, first, None)
    await storage.write(menus.cancel, OFFICE)
    with pytest.raises(Gone):
        await storage.write(notices.send_notice, OFFICE, first + 1, None)
    with pytest.raises(Gone):
        await storage.write(notices.choose_audience, OFFICE, Audience.ALL)
    with pytest.raises(Gone):
        await storage.write(notices.send_notice, OFFICE, 999, None)


async def test_empty_audience_is_refused(storage: Storage) -> None:
    """Without a linked group there is no notice for the group alone."""
    await filled(storage)
    await storage.write(notices.start_notice, OFFICE)
    await says(storage, OFFICE, "Hallo")
    for audience in (Audience.GROUP, Audience.COORDINATORS):
        with pytest.raises(NobodyToTell):
            await storage.write(notices.choose_audience, OFFICE, audience)


@pytest.mark.usefixtures("register")
async def test_only_the_secretariat_sends_notices(storage: Storage) -> None:
    """The chair cannot start, aim or send a notice, not even one of the secretariat."""
    notice_id = await written(storage, Audience.OBSERVERS)
    with pytest.raises(NotAllowed):
        await storage.write(notices.start_notice, CHAIR)
    with pytest.raises(NotAllowed):
        await storage.write(notices.choose_audience, CHAIR, Audience.ALL)
    with pytest.raises(NotAllowed):
        await storage.write(notices.send_notice, CHAIR, notice_id, None)


async def test_progress_is_followed_until_the_end(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """The sender sees how many have it and whom it did not reach; when all is told the screen comes to rest."""
    notice_id = await written(storage, Audience.COORDINATORS)
    await storage.write(notices.send_notice, OFFICE, notice_id, 77)
    assert await storage.read(lambda unit: unit.outbox.posted(OFFICE, f"notice:{notice_id}")) == 77
    await storage.write(_drain, register.people["coördinator Deventer"])
    shown = await _progress(storage, notice_id)
    assert (shown.deliveries.delivered, shown.deliveries.under_way, shown.deliveries.failed) == (1, 0, 1)
    assert [failure.name for failure in shown.failures] == ["coördinator Deventer"]
    before = (await screens(storage, OFFICE)).count("NoticeProgressRef")
    await storage.write(progress.redraw_progress)
    assert (await screens(storage, OFFICE)).count("NoticeProgressRef") == before + 1
    clock.turn(timedelta(seconds=10))
    await storage.write(_drain, 0)
    await storage.write(progress.redraw_progress)
    assert (await screens(storage, OFFICE)).count("NoticeProgressRef") == before + 1


async def _progress(storage: Storage, notice_id: int) -> NoticeProgress:
    shown = await storage.read(notices.load_progress, NoticeProgressRef(notice_id))
    assert shown is not None
    return shown


async def _drain(unit: Unit, unreachable: int) -> None:
    """Send all that waits, except to one person."""
    while rows := await unit.outbox.claim(100, set(), 0.0, 60.0):
        for row in rows:
            if row.person_id == unreachable and row.batch is not None:
                await unit.outbox.mark_failed(row.id, "Forbidden: user is deactivated")
            else:
                await unit.outbox.mark_sent(row.id, row.id)


@pytest.mark.usefixtures("register")
async def test_groups_are_counted_apart(storage: Storage) -> None:
    """The groups are counted apart from the people."""
    notice_id = await written(storage, Audience.ALL)
    await storage.write(notices.send_notice, OFFICE, notice_id, None)
    shown = await _progress(storage, notice_id)
    assert (shown.groups, shown.groups_delivered) == (1, 0)
    await storage.write(_drain, 0)
    shown = await _progress(storage, notice_id)
    assert (shown.groups_delivered, shown.deliveries.delivered, shown.doubtful) == (1, 7, ())


@pytest.mark.usefixtures("register")
async def test_groups_that_may_have_it_twice(storage: Storage) -> None:
    """A group of which Telegram did not say whether it has the notice is named, after the people."""
    notice_id = await written(storage, Audience.ALL)
    await storage.write(notices.send_notice, OFFICE, notice_id, None)

    async def doubt(unit: Unit) -> None:
        for row in await unit.outbox.claim(100, set(), 0.0, 60.0):
            if row.batch is not None and (row.chat_id in {GROUP, CHAIR}):
                await unit.outbox.retry(row.id, 0.0, "Timed out", may_have_arrived=True)

    await storage.write(doubt)
    assert (await _progress(storage, notice_id)).doubtful == ("Voorzitter", "ALV")
