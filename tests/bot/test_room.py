"""The page for the screen in the room: what it shows and when, to whom, and how it reads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession
from playwright.async_api import Page, ViewportSize, expect

from assembly import errors
from assembly.facts.room import RoomAddress
from assembly.tally import Choice, Threshold
from bot import room as served
from bot.listening import serving
from bot.room import RoomServer
from screens import render
from services import outcomes
from services.room import load_room, show_room
from simulator.testing import RunningSimulator
from storage.engine import Storage
from tests.bot.sending import ON_SQLITE
from tests.support.browser import browser_page
from tests.support.clock import TurnableClock
from tests.support.process import bot_process, environment
from tests.support.queued import queued, screens
from tests.support.register import OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative
from tests.support.waiting import until
from tests.support.webhooks import free_port

EVIL = '<img src=x onerror="alert(1)"> \u202e& "</script><b>x'
SCREEN, PHONE = ViewportSize(width=1920, height=1080), ViewportSize(width=390, height=800)


@asynccontextmanager
async def shown(storage: Storage, meeting_id: int) -> AsyncIterator[str]:
    """Serve the page, and give its address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/zaal"
    storage.association = replace(storage.association, room_url=base, key=b"key")
    async with serving(RoomServer(storage).app(), "127.0.0.1", port):
        yield storage.association.room_address(meeting_id)


async def put_to_vote(evening: Evening, text: str) -> int:
    """Put a text to the vote."""
    item_id = await evening.item("2")
    await evening.storage.write(lambda unit: unit.meetings.set_proposal(item_id, text))
    return await evening.put_to_vote("2")


async def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled to be seen."""
    return bool(
        await page.evaluate(
            "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
        )
    )


@ON_SQLITE
async def test_an_evening_on_the_screen(
    storage: Storage, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Presence, then the vote with its turnout and nothing more, then the outcome, all in one page."""
    monkeypatch.setattr(served, "FRESH_SECONDS", 0.0)
    statutes = replace(storage.association.statutes, quorum=Threshold(Fraction(1, 2), strict=True))
    storage.association = replace(storage.association, statutes=statutes)
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await evening.arrive("Assen", "Deventer")
    async with shown(storage, evening.meeting.id) as address, browser_page(viewport=SCREEN) as page:
        await page.goto(address)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Opening")
        await expect(page.locator("#turnout")).to_have_text(
            "Aanwezig of vertegenwoordigd: 2 van de 3 stemmen. Quorum: 2 stemmen."
        )
        motion_id = await put_to_vote(evening, "Het voorstel. " * 70)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Notulen, bijlage 1")
        await expect(page.locator(".count")).to_have_text("0 van de 2 stemmen uitgebracht")
        assert await fits(page)
        await evening.cast(motion_id, "Assen", Choice.FOR)
        await expect(page.locator(".count")).to_have_text("1 van de 2 stemmen uitgebracht")
        before = await page.content()
        await evening.cast(motion_id, "Assen", Choice.AGAINST)
        assert "Tegen" not in await page.inner_text("body")
        await page.reload()
        assert await page.content() == before, "a changed vote changes nothing on the screen"
        await evening.end_vote(motion_id)
        await expect(page.get_by_role("heading", level=2)).to_have_text("Verworpen")
        await expect(page.get_by_role("table", name="Uitslag agendapunt 2")).to_contain_text("Tegen1")
        await expect(page.get_by_role("progressbar", name="Tegen")).to_have_count(1)
        assert await fits(page)
        await page.set_viewport_size(PHONE)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390


@ON_SQLITE
async def test_hostile_texts_and_no_script(storage: Storage, clock: TurnableClock) -> None:
    """Markup in a title or a text is shown, not obeyed; and without scripts the page loads itself anew."""
    storage.association = replace(storage.association, name=EVIL)
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    await put_to_vote(evening, EVIL)
    async with shown(storage, evening.meeting.id) as address, browser_page(java_script_enabled=False) as page:
        answer = await page.goto(address)
        await expect(page.locator(".text")).to_have_text(EVIL.replace("\u202e", ""))
        assert await page.locator("img, main b").count() == 0
        assert await page.locator('noscript meta[http-equiv="refresh"]').count() == 1
        assert answer is not None
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"


async def test_only_by_its_address(storage: Storage, clock: TurnableClock) -> None:
    """Another address, another path or another method shows nothing, and each assembly has an address of its own."""
    evening = await open_evening(storage, clock, "Assen")
    async with shown(storage, evening.meeting.id) as address, ClientSession() as session:

        async def status(url: str, method: str = "GET") -> int:
            async with session.request(method, url) as response:
                return response.status

        token = address.rpartition("/")[2]
        assert len(token) == 26
        assert await status(address) == 200
        assert await status(address.replace("/zaal", "")) == 200, "a proxy may take the beginning away"
        others = (storage.association.room_address(evening.meeting.id + 1), address[:-1], f"{address}/", f"{address}é")
        assert [await status(url) for url in others] == [404] * 4
        assert await status(address, "POST") == 405


@ON_SQLITE
async def test_an_outcome_no_sooner_than_it_is_announced(storage: Storage, clock: TurnableClock) -> None:
    """Between the closing of a vote and its announcement the page knows what everybody knows: that it is closed."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    motion_id = await put_to_vote(evening, "Het voorstel.")
    for act, known in ((outcomes.close_motion, False), (outcomes.pronounce, True)):
        await evening.act(act, OFFICE_NAME, motion_id)
        assert ("OutcomePublished" in await screens(storage, evening.register.representative("Assen"))) is known
        shown = await storage.read(load_room)
        assert shown is not None
        assert shown.vote is not None
        assert shown.vote.closed_at is not None
        assert (shown.vote.outcome is not None) is known


@ON_SQLITE
async def test_who_leads_is_told_where(storage: Storage, clock: TurnableClock) -> None:
    """The address is in the message and stored nowhere; without the setting, and for others, there is none."""
    evening = await open_evening(storage, clock, "Assen")
    with pytest.raises(errors.Gone):
        await evening.act(show_room, OFFICE_NAME, evening.meeting.id)
    storage.association = replace(storage.association, room_url="https://alv.example.nl/zaal", key=b"key")
    with pytest.raises(errors.NotAllowed):
        await evening.act(show_room, representative("Assen"), evening.meeting.id)
    await evening.act(show_room, OFFICE_NAME, evening.meeting.id)
    token = storage.association.room_token(evening.meeting.id)
    told = [facts for name, facts in await queued(storage, OFFICE) if name == "RoomAddress"]
    assert told == [{"meeting_id": evening.meeting.id, "title": evening.meeting.title}]
    assert token not in str(told)
    message = render(RoomAddress(evening.meeting.id, evening.meeting.title), storage.association)
    assert f"https://alv.example.nl/zaal/{token}" in message.text  # type: ignore[union-attr]


@ON_SQLITE
async def test_nothing_before_the_convocation(storage: Storage) -> None:
    """Without an assembly to which people were convened there is no page."""
    assert await storage.read(load_room) is None


@ON_SQLITE
async def test_served_while_the_bot_asks_telegram(
    storage: Storage, database_url: str, sim: RunningSimulator, clock: TurnableClock, tmp_path: Path
) -> None:
    """The running bot serves the page in polling mode too, and its log does not tell the address."""
    evening = await open_evening(storage, clock, "Assen")
    port, log = free_port(), tmp_path / "log"
    url = f"http://127.0.0.1:{port}"
    env = environment(sim, database_url, room_url=url, room_port=str(port))
    key = sha256(b"second factor" + sim.token.encode()).digest()
    address = replace(storage.association, room_url=url, key=key).room_address(evening.meeting.id)
    async with bot_process(env, log), ClientSession() as session:

        async def answers() -> bool:
            try:
                async with session.get(address) as response:
                    return response.status == 200 and "Opening" in await response.text()
            except ClientConnectionError:
                return False

        await until(answers, 60)
    assert address.rpartition("/")[2] not in log.read_text()
