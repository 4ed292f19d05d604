"""13 February: the assembly is opened, the members check in; at the end decisions go out and it is closed."""

import asyncio

from demo.cast import Person
from demo.plan import UNANIMOUS
from demo.stage import Stage

HERE, REMOTE = "Ik ben aanwezig", "Ik doe op afstand mee"


async def open_assembly(stage: Stage) -> None:
    """Open the assembly and let everybody who comes check in."""
    narrator, chair, plan = stage.narrator, stage.cast.chair, stage.plan
    await stage.scene("De ALV wordt geopend", "2019-02-13 17:45")
    asked = await chair.write("/alv")
    await chair.press("ALV openen", after=asked)
    someone = stage.cast.of(plan.room[0])
    await narrator.show(someone.name, await someone.sees("Bent u erbij"))
    arriving = [
        *(_check_in(stage.cast.of(member), HERE) for member in plan.room),
        *(_check_in(stage.cast.of(member), REMOTE) for member in plan.remote),
        *(_check_in(stage.cast[guest], HERE) for guest in ("Voorzitter", "Notulist", "Commissaris 1")),
    ]
    await narrator.together("aangemeld", arriving)
    await narrator.show(someone.name, await someone.sees("U bent aanwezig bij"))


async def show_attendance(stage: Stage) -> None:
    """Show the attendance list with everybody who came."""
    narrator, office, plan = stage.narrator, stage.cast.secretariat, stage.plan
    listed = await office.write("/alv")
    await office.press("Presentielijst", after=listed)
    seats = len(plan.votes[UNANIMOUS])
    complete = f"Aanwezig of vertegenwoordigd: {seats} van de {len(stage.cast.members)} stemmen"
    await narrator.show(office.name, await office.sees(complete, after=listed))


async def inform(stage: Stage) -> None:
    """Send the decision list and a notice; the two people of the secretariat do so side by side."""
    await stage.scene("De besluitenlijst en een mededeling", "2019-02-13 20:30")
    await asyncio.gather(_publish_decisions(stage), _send_notice(stage))


async def _publish_decisions(stage: Stage) -> None:
    """Send the decision list to everybody and to the group."""
    narrator, office = stage.narrator, stage.cast.secretariat
    asked = await office.write("/alv")
    await office.press("Besluitenlijst", after=asked)
    await narrator.show(office.name, await office.sees(label="Besluitenlijst versturen", after=asked))
    await office.press("Besluitenlijst versturen", after=asked)


async def _send_notice(stage: Stage) -> None:
    """Write a notice and send it to everybody."""
    narrator, office, notice = stage.narrator, stage.cast.colleague, stage.material.notice
    asked = await office.write("/mededeling")
    await office.sees("Stuur de mededeling", after=asked)
    written = await office.write(notice)
    await office.press("Ontvangers kiezen", after=written)
    choice = await office.sees("Voor wie is deze mededeling?", after=written)
    for audience in ("Allen", stage.material.group):
        await office.press(next(label for label in choice.buttons if audience in label), after=written)
    await office.press("Mededeling bekijken en versturen", after=written)
    await narrator.show(office.name, await office.sees(label="Nu versturen", after=written))
    await office.press("Nu versturen", after=written)


async def close_assembly(stage: Stage) -> None:
    """Close the assembly and wait until everybody has everything."""
    narrator, chair = stage.narrator, stage.cast.chair
    await stage.scene("De ALV wordt gesloten", "2019-02-13 21:00")
    asked = await chair.write("/alv")
    await chair.press("ALV sluiten", after=asked)
    await narrator.together("besluitenlijst, mededeling en sluiting ontvangen", map(_received_all, stage.cast))
    await narrator.show(stage.material.group, await chair.sees_in(stage.group, "is gesloten om"))
    someone = stage.cast.of("Deventer")
    await narrator.show(someone.name, await someone.sees("is gesloten om"))


async def _check_in(person: Person, label: str) -> None:
    asked = await person.sees("Bent u erbij")
    await person.press_on(asked, label)
    await person.sees(label="Ik vertrek")


async def _received_all(person: Person) -> None:
    for text in ("Besluitenlijst\n", "Mededeling van", "is gesloten om"):
        await person.sees(text)
