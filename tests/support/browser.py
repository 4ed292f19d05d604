"""A browser, in which nothing may fail or be complained about."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Page, async_playwright


@asynccontextmanager
async def browser_page(**options: Any) -> AsyncIterator[Page]:  # noqa: ANN401 - what a context of playwright takes
    """Open a page of a browser; at the end nothing may have been complained about on it."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        opened = await browser.new_page(locale="nl-NL", **options)
        opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.set_default_timeout(10_000)
        yield opened
        await browser.close()
    assert complaints == []
