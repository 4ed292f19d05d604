"""The page of chats in a browser: live, by keyboard, on a phone, and unmoved by hostile names."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from simulator.testing import RunningSimulator
from tests.simulator.support import Raw
from tests.support.browser import browser_page

Json = dict[str, Any]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """Open a browser page; nothing may fail or be complained about on it."""
    async with browser_page(viewport={"width": 1100, "height": 700}) as opened:
        yield opened


async def _answer_presses(raw: Raw, answers: list[Json]) -> None:
    """Answer as many presses as there are answers."""
    offset = 0
    while answers:
        for update in await raw.updates(offset, timeout=10):
            offset = update["update_id"] + 1
            if "callback_query" in update:
                query = update["callback_query"]["id"]
                await raw("answerCallbackQuery", callback_query_id=query, **answers.pop(0))


async def test_a_vote_from_start_to_answer(sim: RunningSimulator, raw: Raw, page: Page) -> None:
    """A person starts the bot, sees its message appear, presses a button and reads the answer."""
    anna = await sim.user("Anna", "de Wit")
    await raw("setMyDescription", description="Leidt de ALV.")
    await page.goto(sim.base_url)
    await page.get_by_role("button", name="Anna de Wit").click()
    await expect(page.get_by_text("Leidt de ALV.")).to_be_visible()
    await page.get_by_role("button", name="START").click()
    await expect(page.locator(".message.own")).to_contain_text("/start")
    keyboard = {"inline_keyboard": [[{"text": "Voor", "callback_data": "v", "style": "success"}]]}
    await raw("sendMessage", chat_id=anna["id"], text="<b>Stem</b> nu", parse_mode="HTML", reply_markup=keyboard)
    await expect(page.locator(".words b")).to_have_text("Stem")
    answers: list[Json] = [{"text": "Uw stem is vastgelegd."}, {"text": "De stemming is gesloten.", "show_alert": True}]
    answering = asyncio.create_task(_answer_presses(raw, answers))
    await page.get_by_role("button", name="Voor").click()
    await expect(page.locator("#toast")).to_have_text("Uw stem is vastgelegd.")
    await page.get_by_role("button", name="Voor").click()
    await expect(page.get_by_role("dialog")).to_contain_text("De stemming is gesloten.")
    await answering


async def test_writing_and_commands_by_keyboard(sim: RunningSimulator, raw: Raw, anna: Json, page: Page) -> None:
    """Enter sends, the command menu is walked with the arrows, and files go along."""
    await raw("setMyCommands", commands=[{"command": name, "description": name} for name in ("agenda", "stemmen")])
    await page.goto(f"{sim.base_url}/#user={anna['id']}")
    await page.get_by_role("textbox", name="Schrijf een bericht").fill("Goedenavond")
    await page.keyboard.press("Enter")
    await sim.wait_for(anna, "Goedenavond")
    await page.get_by_role("button", name="Opdrachten").click()
    await expect(page.get_by_role("menuitem", name="agenda")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await sim.wait_for(anna, "/stemmen")
    files: Any = {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"Geachte leden"}
    await page.locator("#files").set_input_files(files)
    await expect(page.locator(".document")).to_contain_text("brief.txt")
    assert await sim.file((await sim.last_message(anna))["document"]["file_id"]) == b"Geachte leden"


async def test_hostile_names_do_nothing(sim: RunningSimulator, raw: Raw, page: Page) -> None:
    """Markup in names, texts and file names is shown, not obeyed."""
    evil = "<img src=x onerror=alert(1)>"
    mallory = await sim.user(evil, "</script><b>x")
    await sim.start(mallory)
    await sim.send_documents(mallory, ('"><b>x.txt', b"x"), caption=evil)
    await raw("sendMessage", chat_id=mallory["id"], text=evil)
    await page.goto(f"{sim.base_url}/#user={mallory['id']}")
    await expect(page.locator(".message")).to_have_count(3)
    await expect(page.locator(".message").last).to_contain_text(evil)
    assert await page.locator("img, .message b:not(.document b), .entry b").count() == 0


async def test_phone(sim: RunningSimulator, raw: Raw, anna: Json, page: Page) -> None:
    """On a narrow screen list and chat take turns, and a pinned message leads to its place."""
    sent = (await raw("sendMessage", chat_id=anna["id"], text="Stand: 24 van de 33"))["result"]
    await raw("pinChatMessage", chat_id=anna["id"], message_id=sent["message_id"])
    await page.set_viewport_size({"width": 390, "height": 800})
    await page.goto(sim.base_url)
    await expect(page.locator("#main")).to_be_hidden()
    await page.get_by_role("button", name="Anna de Wit").click()
    await expect(page.locator("#side")).to_be_hidden()
    await page.locator("#pinned").click()
    await expect(page.locator(f"#m{sent['message_id']}")).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.get_by_role("button", name="Terug naar de lijst").click()
    await expect(page.locator("#side")).to_be_visible()
