"""January: the secretariat makes a group, prepares the assembly in the chat, and adds the papers that are there."""

import asyncio
import re

from demo.stage import Stage

_PAGE = re.compile(r"\(bladzijde (\d+) van")
_LIST = "Welk agendapunt wilt u nalopen"


async def make_group(stage: Stage) -> None:
    """Make the group that follows the assembly, with everybody in it and then the bot."""
    narrator, office = stage.narrator, stage.cast.secretariat
    narrator.heading(f"De groep “{stage.material.group}”")
    everybody = [person.id for person in stage.cast]
    stage.group = await stage.simulator.add_group(stage.material.group, office.id, everybody)
    await stage.simulator.add_bot_to(stage.group, office.id)
    await narrator.show(stage.material.group, await office.sees_in(stage.group, "Deze groep van"))


async def prepare(stage: Stage) -> None:
    """Prepare the assembly. While one person enters the agenda, a colleague adds the papers that are there."""
    narrator, office, material = stage.narrator, stage.cast.secretariat, stage.material
    narrator.heading("De ALV wordt voorbereid")
    await office.press("Nieuwe ALV voorbereiden")
    for answer in (material.title, material.moment, material.place):  # whoever knows the questions types ahead
        await office.write(answer)
    await office.sees(label="Agenda invoeren")
    await asyncio.gather(_enter_agenda(stage), add_papers(stage, 1, 3, 4))


async def _enter_agenda(stage: Stage) -> None:
    """Paste the agenda, and correct what the assembly does with an item where its words suggest something else."""
    narrator, office, material = stage.narrator, stage.cast.secretariat, stage.material
    await office.press("Agenda invoeren")
    await office.sees("Stuur de agenda")
    pasted = await office.write(material.agenda)
    await office.press("Agenda overnemen", after=pasted)
    await narrator.show(office.name, await office.sees("De agenda telt", after=pasted))
    way = "Agendapunten nalopen"
    for number, kind in material.kinds.items():
        await office.press(way, after=pasted)
        await _open_item(stage, number)
        await _correct(stage, number, kind)
        way = "Naar de agendapunten"


async def add_papers(stage: Stage, *numbers: int) -> int:
    """Let the colleague send papers with number and title as caption; returns the message that its console is below."""
    office = stage.cast.colleague
    await office.sees("U bent aangemeld")
    asked = await office.write("/alv")
    await office.press("Stukken toevoegen", after=asked)
    sent = (await office.sees("Stuur de stukken", after=asked)).id
    for paper in stage.material.papers:
        if paper.number in numbers:
            file = stage.papers[paper.number]
            sent = await office.send(file.name, file.read_bytes(), f"Bijlage {paper.number} – {paper.title}")
    received = await office.sees(f"Bijlage {numbers[-1]}", after=sent)
    await stage.narrator.show(office.name, received)
    await office.press("Klaar", after=sent)
    return asked


async def _correct(stage: Stage, number: str, kind: str) -> None:
    """Correct what the assembly does with an item."""
    office = stage.cast.secretariat
    await office.press(kind)
    await office.sees(label=f"✓ {kind}")
    await stage.narrator.tell(f"Agendapunt {number} is nu “{kind}”.")


async def _open_item(stage: Stage, number: str) -> None:
    """Leaf through the agenda to an item and open it."""
    office = stage.cast.secretariat
    page = await office.sees(_LIST)
    while not any(label.startswith(f"{number} ") for label in page.buttons):
        found = _PAGE.search(page.text)
        await office.press_on(page, "Volgende")
        page = await office.sees(f"(bladzijde {int(found[1]) + 1 if found else 2} van")
    await office.press_on(page, page.label(f"{number} "))
    await office.sees("Soort: ", after=page.id - 1)
