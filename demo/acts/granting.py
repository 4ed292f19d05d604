"""The day before: Deventer and Raalte give their vote to Olst-Wijhe, and a third one is refused."""

import asyncio

from demo.cast import COORDINATOR, SIGNATORY, Person
from demo.client import Message
from demo.plan import GRANTORS, HOLDER, REFUSED
from demo.stage import Stage


async def play(stage: Stage) -> None:
    """Grant both proxies, signed by who is entitled and accepted by the holder, and meet the limit."""
    narrator, cast = stage.narrator, stage.cast
    holder = cast.of(HOLDER)
    signed_by_mayor, signed_at_once = GRANTORS
    await stage.scene(f"De volmachten van {signed_by_mayor} en {signed_at_once}", "2019-02-12 11:00")
    await asyncio.gather(
        _grant_signed_by_mayor(stage, holder, signed_by_mayor), _grant(stage, holder, cast.of(signed_at_once))
    )

    narrator.heading(f"{REFUSED} vraagt het ook")
    late = cast.of(REFUSED)
    found = await _search(late, holder)
    await narrator.show(late.name, await late.press_on(found, found.label(holder.name)))


async def _grant_signed_by_mayor(stage: Stage, holder: Person, member: str) -> None:
    """Let the coordinator prepare the proxy, the mayor sign it and the holder accept it."""
    coordinator, mayor = stage.cast.of(member, COORDINATOR), stage.cast.of(member, SIGNATORY)
    await stage.narrator.show(coordinator.name, await _choose(coordinator, holder))
    await coordinator.press("Volmacht verlenen")
    await stage.narrator.show(mayor.name, await mayor.sees(label="Volmacht ondertekenen"))
    await mayor.press("Volmacht ondertekenen")
    await _accept(stage, holder, member)


async def _grant(stage: Stage, holder: Person, representative: Person) -> None:
    """Let the representative grant the proxy, which signs it at once, and the holder accept it."""
    await stage.narrator.show(representative.name, await _choose(representative, holder))
    await representative.press("Volmacht verlenen")
    await _accept(stage, holder, representative.member)


async def _search(person: Person, holder: Person) -> Message:
    """Start granting a proxy and search for the holder; returns the list of who was found."""
    asked = await person.write("/volmacht")
    await person.sees("Wie brengt de stem uit", after=asked)
    typed = await person.write(holder.member)
    return await person.sees("Gevonden voor", after=typed)


async def _choose(person: Person, holder: Person) -> Message:
    """Choose the holder; returns the question before granting."""
    found = await _search(person, holder)
    await person.press_on(found, found.label(holder.name))
    return await person.sees("Volmachtgever: ", after=found.id - 1)


async def _accept(stage: Stage, holder: Person, grantor: str) -> None:
    offered = await holder.sees(f"Volmachtgever: de gemeente {grantor}")
    await holder.press_on(offered, "Volmacht aanvaarden")
    accepted = f"heeft de volmacht van de gemeente {grantor} aanvaard"
    office = stage.cast.secretariat
    await stage.narrator.show(office.name, await office.sees(accepted))
