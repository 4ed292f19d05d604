"""The overview of members and proxies: filters, pages of sixty members, the forecast, live in one message."""

from typing import Any

import pytest

from tests.scenarios.granting import grants
from tests.scenarios.test_convening import convene, labels, prepare
from tests.support.house import Actor, House

NAMES = [f"Lid{number:02}" for number in range(1, 61)]
REGISTERED = NAMES[:5]


async def sixty(house: House) -> dict[str, Any]:
    """Convene an assembly of sixty members, of which five registered; return the overview."""
    rows = [f"{name};portefeuillehouder {name};wethouder;vertegenwoordiger" for name in NAMES]
    await house.import_register(rows[: len(REGISTERED)])
    await house.register_everybody()
    await house.import_register(rows)
    await prepare(house)
    await convene(house)
    office = house.secretariat
    await office.press("Leden en volmachten")
    return await office.sees("Alle (60)")


async def filtered(office: Actor, label: str, message_id: int, *said: str) -> dict[str, Any]:
    """Choose a filter; the same message then says ``said``."""
    await office.house.sim.wait_for(office.user, label=label, after=message_id - 1)
    await office.press(label, message_id=message_id)
    for _ in range(200):
        shown = next(message for message in await office.messages() if message["message_id"] == message_id)
        if all(text in shown["text"] for text in said):
            return shown
        await office.house.sim.idle(0.05)
    raise AssertionError(f"{said} did not come: {shown['text']}")


@pytest.mark.parametrize("environment", [{"ALVBOT_QUORUM": ">=1/20"}])
async def test_sixty_members_in_one_message(house: House) -> None:
    """Every filter with its count, five pages, and what changes shows by itself; the forecast counts what is sure."""
    shown = await sixty(house)
    office, number = house.secretariat, shown["message_id"]
    assert "⚠️ Verwacht: 0 van de 60 stemmen (quorum: 3)" in shown["text"]
    assert "Pagina 1 van 5" in shown["text"]
    await filtered(office, "Volgende", number, "Pagina 2 van 5", "Lid13: niemand aangemeld, ")
    await filtered(office, "Niet aangemeld (55)", number, "Pagina 1 van 5", "Lid06: niemand aangemeld")
    await filtered(office, "Geen reactie (60)", number, "Geen reactie (60)")
    people = [await house.person(f"portefeuillehouder {name}") for name in REGISTERED]
    for person in people[:2]:
        await person.press("Ik kom")
    await office.sees("Verwacht: 2 van de 60 stemmen")
    await grants(people[3], people[0].name)
    await grants(people[4], people[0].name)
    await filtered(office, "Volmacht onderweg (2)", number, "volmacht aan portefeuillehouder Lid01 (Lid01), nog te")
    await people[0].press("Volmacht weigeren")
    await office.sees("Volmacht onderweg (1)")
    await filtered(office, "Volmacht vervallen (1)", number, "geweigerd")
    await people[0].press("Volmacht aanvaarden")
    await office.sees("✅ Verwacht: 3 van de 60 stemmen (quorum: 3)")
    shown = await filtered(office, "Volmacht aanvaard (1)", number, "(Lid01), aanvaard")
    assert not [text for text in labels(shown) if text.startswith("Aanwezig")]
    await house.sim.set_clock("2019-02-13T17:05:00Z")
    await office.press("ALV openen")
    await people[0].press("Ik ben aanwezig")
    await office.sees("Aanwezig of vertegenwoordigd: 2 van de 60 stemmen (quorum: 3)")
    await filtered(office, "Aanwezig (2)", number, "Lid01: aanwezig", "vertegenwoordigd, volmacht aan")
    await filtered(office, "Afwezig (58)", number, "Lid02: afwezig", "Pagina 1 van 5")
    assert "hoort niet bij uw rol" in await people[0].press_data("1:memf:1:all:0")
