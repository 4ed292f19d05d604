"""An assembly in chat: proxies, attendance, votes, outcomes and the decision list, as people see them."""

from typing import Any

import pytest

from tests.scenarios.test_convening import convene, labels, prepare
from tests.support.house import Actor, House, words

BOTH_WAYS = pytest.mark.parametrize("way", ["polling", "webhook"])


async def convened(house: House, *members: str) -> None:
    """Let the secretariat register ``members`` and convene an assembly."""
    await house.members(*members)
    await prepare(house)
    await convene(house)


async def representatives(house: House, *members: str) -> list[Actor]:
    """Return the representatives of ``members``."""
    return [await house.person(f"portefeuillehouder {member}") for member in members]


async def opened(house: House, *present: str) -> None:
    """Let the secretariat open the assembly, and let representatives check in."""
    await house.sim.set_clock("2019-02-13T17:05:00Z")
    await house.secretariat.press("ALV openen")
    for person in await representatives(house, *present):
        await person.press("Ik ben aanwezig")
        await person.sees("U bent aanwezig bij ALV 13 februari 2019")


async def put_to_vote(
    house: House, item: str, label: str = "Stemming openen", opened: str = "Stemming geopend"
) -> None:
    """Let the secretariat put an item to the vote."""
    office = house.secretariat
    before = await office.last_id()
    await office.press("In stemming brengen")
    choice = await office.sees("Welk agendapunt brengt u in stemming", after=before)
    button = next(text for text in labels(choice) if text.startswith(f"{item} "))
    await office.press(button, message_id=choice["message_id"])
    await office.press(label)
    await office.sees(f"{opened}: agendapunt {item}", after=before)


async def grant(person: Actor, holder: str) -> dict[str, Any]:
    """Let somebody choose ``holder`` by typing and grant the proxy; return the proxy as it then stands."""
    before = await person.last_id()
    await person.write("/volmacht")
    await person.sees("Wie brengt de stem uit", after=before)
    await person.write(holder)
    found = await person.sees("Gevonden voor", after=before)
    await person.press(labels(found)[0], message_id=found["message_id"])
    question = await person.sees("Volmachtgever:", after=before)
    await person.press("Volmacht verlenen", message_id=question["message_id"])
    return await person.sees("De volmacht", after=before)


@BOTH_WAYS
async def test_a_motion_from_opening_to_decision_list(house: House) -> None:
    """Members vote by one tap each, change it, and everybody reads the same outcome, in the group too."""
    await convened(house, "Assen", "Deventer", "Emmen")
    office = house.secretariat
    group = (await house.sim.group("ALV", office.user))["id"]
    await house.sim.add_member(group, "bot", office.user)
    await office.sees("“ALV” ontvangt voortaan")
    await opened(house, "Assen", "Deventer", "Emmen")
    await put_to_vote(house, "2.1")
    assen, deventer, emmen = await representatives(house, "Assen", "Deventer", "Emmen")
    ballot = await assen.sees("Stemming: agendapunt 2.1")
    assert labels(ballot) == ["Assen: voor", "Assen: tegen", "Assen: onthouding"]
    assert await assen.press("Assen: tegen") == (
        "U hebt tegen gestemd namens de gemeente Assen. U kunt dit wijzigen tot de stemming sluit."
    )
    await assen.press("Assen: voor")
    redrawn = await assen.sees("namens de gemeente Assen: voor")
    assert redrawn["message_id"] == ballot["message_id"]
    assert labels(redrawn)[:3] == ["✅ Assen: voor", "Assen: tegen", "Assen: onthouding"]
    await deventer.press("Deventer: voor")
    turnout = await office.sees("2 van de 3 stemmen uitgebracht")
    assert "Voor" not in turnout["text"]
    assert "onthouden" in await emmen.press("Emmen: onthouding")
    await office.sees("3 van de 3 stemmen uitgebracht")
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    shown = await house.sim.wait_for(office.user, "Uitslag agendapunt 2.1", chat=group)
    lines = words(shown).splitlines()
    assert {"Voor: 2", "Tegen: 0", "Onthouding: 1", "✅ Aangenomen: 2 van de 2 = 100,0%."} <= set(lines)
    assert "Uitgebracht: 2. Nodig: meer dan de helft van 2 uitgebrachte stemmen = 2." in lines
    assert "Voor stemden: Assen, Deventer." in lines
    assert words(await emmen.sees("Uitslag agendapunt 2.1")) == words(shown)
    closed = await assen.sees("Stemming gesloten: agendapunt 2.1")
    assert closed["message_id"] == ballot["message_id"]
    assert not labels(closed)
    assert "De stemming is gesloten op" in await assen.press_data("1:c:1:1:against")
    public = await house.sim.wait_for(office.user, "3 van de 3 stemmen uitgebracht", chat=group)
    assert not labels(public)
    await office.press("Besluitenlijst")
    await office.press("Besluitenlijst versturen")
    listed = await emmen.sees("Besluitenlijst")
    assert "Aangenomen op woensdag 13 februari 2019: voor 2, tegen 0, onthouding 1." in listed["text"]


async def test_coordinator_grants_mayor_signs_holder_votes(house: House) -> None:
    """A proxy is prepared, signed by the mayor and accepted; its holder then votes for both, each seat on its own."""
    await house.import_register(["Deventer;burgemeester Deventer;burgemeester;tekenbevoegde"])
    await convened(house, "Assen", "Deventer")
    coordinator = await house.person("coördinator Deventer")
    mayor = await house.person("burgemeester Deventer")
    (holder,) = await representatives(house, "Assen")
    card = await grant(coordinator, "assen")
    assert "De volmacht moet nog worden ondertekend." in card["text"]
    assert "presentielijst tekenen en over alle agendapunten stemmen" in card["text"]
    await mayor.press("Volmacht ondertekenen")
    await mayor.sees("De volmacht is ondertekend. portefeuillehouder Assen moet nog aanvaarden.")
    await holder.press("Volmacht aanvaarden")
    await holder.sees("De volmacht is aanvaard. portefeuillehouder Assen brengt de stem uit van de gemeente Deventer.")
    for told in (coordinator, mayor, house.secretariat):
        await told.sees("✅ portefeuillehouder Assen (Assen) heeft de volmacht van de gemeente Deventer aanvaard.")
    refreshed = await coordinator.sees("De volmacht is aanvaard")
    assert refreshed["message_id"] == card["message_id"]
    assert not {"Volmacht ondertekenen", "Volmacht aanvaarden", "Volmacht intrekken"} & set(labels(refreshed))
    await holder.write("/stem")
    await holder.sees("de gemeente Deventer: volmacht aanvaard")
    await opened(house, "Assen")
    await put_to_vote(house, "2.1")
    ballot = await holder.sees("namens de gemeente Deventer, volmacht: nog niet uitgebracht")
    assert len(labels(ballot)) == 9
    await holder.press("Assen: voor")
    assert "vóór gestemd namens de gemeente Deventer" in await holder.press("Deventer: voor")
    (grantor,) = await representatives(house, "Deventer")
    forged = await house.sim.press(
        grantor.user, data="1:c:1:2:against", message_id=(await grantor.messages())[-1]["message_id"]
    )
    assert "U brengt hier de stem van" in forged["answer"]["text"]
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    await grantor.sees("Voor: 2")


async def test_proxy_is_refused_with_its_reason(house: House) -> None:
    """Above the maximum, in a chain, and twice at once: each is refused in Dutch, and nothing is stored."""
    await convened(house, "Assen", "Deventer", "Emmen", "Ommen")
    assen, deventer, emmen, ommen = await representatives(house, "Assen", "Deventer", "Emmen", "Ommen")
    for person in (deventer, emmen):
        await grant(person, "assen")
    before = await ommen.last_id()
    await ommen.write("/volmacht")
    page = await ommen.sees("Wie brengt de stem uit", after=before)
    button = next(text for text in labels(page) if "Assen" in text)
    refused = await ommen.press(button, message_id=page["message_id"])
    assert refused.startswith("portefeuillehouder Assen heeft al 2 volmachten, het maximum in de statuten (BW 2:38)")
    button = next(text for text in labels(page) if "Deventer" in text)
    assert "BW 3:64" in await ommen.press(button, message_id=page["message_id"])
    await ommen.write("bestaat niet")
    await ommen.sees("Niemand gevonden voor “bestaat niet”")
    await deventer.write("/volmacht")
    standing = await deventer.sees("De volmacht is ondertekend", after=await deventer.last_id() - 1)
    assert labels(standing)[0] == "Volmacht intrekken"
    await deventer.press("Volmacht intrekken")
    await deventer.sees("De volmacht is ingetrokken.")
    await assen.sees("portefeuillehouder Deventer heeft de volmacht van de gemeente Deventer")


async def test_attendance_list_follows_the_room(house: House) -> None:
    """Who comes, changes how, or leaves is on the list that the secretariat has open, in the same message."""
    await convened(house, "Assen", "Deventer")
    office = house.secretariat
    await opened(house, "Assen")
    await office.press("Presentielijst")
    first = await office.sees("Aanwezig of vertegenwoordigd: 1 van de 2 stemmen.")
    assert "Afwezig (1)" in first["text"]
    (deventer,) = await representatives(house, "Deventer")
    await deventer.press("Ik doe op afstand mee")
    grown = await office.sees("Deventer: portefeuillehouder Deventer (op afstand)")
    assert grown["message_id"] == first["message_id"]
    await deventer.press("Ik vertrek")
    await office.sees("(vertrokken om 18.05 uur)")
    await deventer.write("/aanwezig")
    await deventer.press("Ik ben aanwezig")
    await office.sees("Aanwezig of vertegenwoordigd: 2 van de 2 stemmen.")
    await office.press("ALV sluiten")
    await deventer.sees("ALV 13 februari 2019 is gesloten om 18.05 uur.")


async def test_vote_on_persons_needs_roll_call(house: House) -> None:
    """An appointment says that it is secret by default, and opens only by the button that chooses roll-call."""
    await convened(house, "Assen")
    await opened(house, "Assen")
    await put_to_vote(house, "3.1", "Hoofdelijk stemmen en openen")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    (assen,) = await representatives(house, "Assen")
    shown = await assen.sees("Uitslag agendapunt 3.1")
    assert "Er is geen stem voor of tegen uitgebracht; het voorstel is verworpen." in words(shown)
    assert "❌ Verworpen" in words(shown)


@BOTH_WAYS
async def test_redelivered_press_changes_nothing(house: House) -> None:
    """Telegram delivers a press again after a later one: the later one stands, and nothing is counted twice."""
    await convened(house, "Assen")
    await opened(house, "Assen")
    await put_to_vote(house, "2.1")
    (assen,) = await representatives(house, "Assen")
    ballot = await assen.sees("Stemming: agendapunt 2.1")
    pressed = await house.sim.press(assen.user, "Assen: voor", message_id=ballot["message_id"])
    await assen.press("Assen: tegen")
    await assen.sees("namens de gemeente Assen: tegen")
    await house.sim.redeliver(pressed["update_id"])
    await house.sim.idle()
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    shown = await assen.sees("Uitslag agendapunt 2.1")
    assert {"Voor: 0", "Tegen: 1"} <= set(words(shown).splitlines())
