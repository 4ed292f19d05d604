"""January: the register is read in, and everybody opens the personal link."""

import asyncio
import csv
import io
from collections.abc import Mapping
from urllib.parse import parse_qs, urlparse

from demo.cast import Cast, Person
from demo.material import REGISTER
from demo.stage import Stage

AT_A_TIME = 20


async def arrive(stage: Stage, first_link: str) -> None:
    """Let the secretariat open its link, which asks who it is."""
    office = stage.cast.secretariat
    await stage.scene("Het regiebureau opent de eerste link", "2019-01-07 09:00")
    await office.open_link(first_link)
    await stage.narrator.show(office.name, await office.sees(label="Ja, dat ben ik"))


async def fill_register(stage: Stage, first_link: str) -> dict[str, str]:
    """Register the secretariat with ``first_link`` and read in the register; returns everybody's token, by name."""
    narrator, office = stage.narrator, stage.cast.secretariat
    await arrive(stage, first_link)
    await office.press("Ja, dat ben ik")
    await narrator.show(office.name, await office.sees("Wat wilt u doen?"))

    narrator.heading("Het ledenregister")
    await office.write("/leden")
    await office.sees("Stuur een XLSX- of CSV-bestand")
    sent = await office.send(REGISTER.name, REGISTER.read_bytes())
    await narrator.show(office.name, await office.sees(label="Overnemen", after=sent))
    await office.press("Overnemen")
    await narrator.show(office.name, await office.sees("Het register telt nu"))

    narrator.heading("Persoonlijke links")
    await office.press("Registratielinks maken")
    await office.press("Bestand voor samenvoegen (CSV)")
    links = await office.sees("persoonlijke links")
    await narrator.show(office.name, links)
    return read_links(await stage.simulator.file(links.file_id or ""))


def register_all(cast: Cast, tokens: Mapping[str, str]) -> list[asyncio.Task[None]]:
    """Let everybody register, some at a time, so that whoever waits for an answer does not wait behind all others."""
    places = asyncio.Semaphore(AT_A_TIME)

    async def register(person: Person) -> None:
        async with places:
            await person.open_link(tokens[person.name])
            await person.press("Ja, dat ben ik")
            await person.sees("U bent aangemeld")

    return [asyncio.create_task(register(person)) for person in cast]


def read_links(content: bytes) -> dict[str, str]:
    """Return the tokens in the mail-merge file of links, by name."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return {row["naam"]: parse_qs(urlparse(row["link"]).query)["start"][0] for row in rows}
