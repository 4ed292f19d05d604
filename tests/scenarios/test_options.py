"""Votes on variants and persons in chat: rounds, the lot, twelve seats in two taps, and weights."""

from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import update

from storage.tables import members as members_table
from tests.scenarios.test_convening import convene, labels, prepare
from tests.scenarios.test_voting import convened, opened, representatives
from tests.support.house import Actor, House, words

FIVE = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte")


async def choose_item(house: House, item: str) -> dict[str, Any]:
    """Let the secretariat choose an item to put to the vote; return its preview."""
    office = house.secretariat
    before = await office.last_id()
    await office.press("In stemming brengen")
    choice = await office.sees("Welk agendapunt brengt u in stemming", after=before)
    button = next(text for text in labels(choice) if text.startswith(f"{item} "))
    await office.press(button, message_id=choice["message_id"])
    return await office.sees(f"In stemming brengen: agendapunt {item}", after=before)


async def add_options(house: House, item: str, button: str, *lines: str, seats: int = 1) -> None:
    """Let the secretariat add variants or candidates from the preview, and go back to it."""
    office = house.secretariat
    preview = await choose_item(house, item)
    await office.press("Varianten of kandidaten", message_id=preview["message_id"])
    await office.press(button)
    before = await office.last_id()
    await office.write("\n".join(lines))
    shown = await office.sees(f"{len(lines)}. {lines[-1]}", after=before)
    for _ in range(seats - 1):
        await office.press("Een plaats meer", message_id=shown["message_id"])
    if seats > 1:
        await office.sees(f"Te kiezen: {seats} personen", after=before)
    await office.press("Naar de stemming")


async def vote(person: Actor, *buttons: str) -> str:
    """Let somebody press buttons on its ballot, and return the last answer."""
    answer = ""
    for button in buttons:
        answer = await person.press(button)
    return answer


@pytest.mark.parametrize("environment", [{"ALVBOT_VARIANTS_RULE": "elimination", "ALVBOT_VARIANTS_NONE": "false"}])
async def test_variants_in_two_rounds(house: House) -> None:
    """Three texts, of which the one with the fewest votes drops out; the second round decides with its sum shown."""
    await convened(house, *FIVE)
    await opened(house, *FIVE)
    office = house.secretariat
    await add_options(house, "2.1", "Varianten toevoegen", "Ruim budget", "Krap budget", "Geen budget")
    preview = await office.sees("Zonder meerderheid volgt een ronde zonder de keuze met de minste stemmen.")
    await office.press("Stemming openen", message_id=preview["message_id"])
    people = await representatives(house, *FIVE)
    ballot = await people[0].sees("Stemming: agendapunt 2.1")
    assert labels(ballot) == ["1. Ruim budget", "2. Krap budget", "3. Geen budget", "Blanco"]
    choices = ("1. Ruim budget", "1. Ruim budget", "2. Krap budget", "2. Krap budget", "3. Geen budget")
    for person, choice in zip(people, choices, strict=True):
        answer = await vote(person, choice)
        assert answer.startswith(f"Uw keuze namens de gemeente {person.name.split()[-1]}: {choice[3:]}.")
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    first = await people[4].sees("Uitslag agendapunt 2.1")
    assert "Er is nog niets beslist. Een volgende ronde kan tussen Ruim budget en Krap budget." in words(first)
    before = await people[4].last_id()
    await office.press("Volgende ronde openen")
    second = await people[4].sees("Ronde 2", after=before)
    assert labels(second) == ["1. Ruim budget", "2. Krap budget", "Blanco"]
    assert "De stemming is gesloten" in await people[4].press_data("1:c:1:5:1")
    for person, choice in zip(people, (*choices[:4], "2. Krap budget"), strict=True):
        messages = await person.messages()
        last = next(m for m in reversed(messages) if choice in labels(m))
        await person.press(choice, message_id=last["message_id"])
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    told = await people[0].sees("✅ Aangenomen: Krap budget")
    lines = words(told).splitlines()
    assert {"Krap budget: 3", "Ruim budget: 2", "Blanco: 0"} <= set(lines)
    assert "Uitgebracht: 5. Nodig: meer dan de helft van 5 uitgebrachte stemmen = 3." in lines
    assert "✅ Aangenomen: Krap budget, 3 van de 5 = 60,0%." in lines
    assert "Krap budget: Emmen, Ommen, Raalte." in lines
    await office.press("Besluitenlijst")
    listed = await office.sees("Aangenomen op woensdag 13 februari 2019: Krap budget (3 stemmen).")
    assert listed["text"].count("agendapunt 2.1") == 1


async def test_two_seats_with_second_round_and_lot(house: House) -> None:
    """Two names are chosen by two taps; one is elected, the next round ties, and anybody can draw the lot again."""
    await convened(house, "Assen", "Deventer", "Emmen", "Ommen")
    await opened(house, "Assen", "Deventer", "Emmen", "Ommen")
    office = house.secretariat
    await add_options(house, "3.1", "Kandidaten toevoegen", "Jansen", "Pieters", "De Wit", seats=2)
    await office.press("Hoofdelijk stemmen en openen")
    people = await representatives(house, "Assen", "Deventer", "Emmen", "Ommen")
    ballot = await people[0].sees("Kies hoogstens 2 namen.")
    assert labels(ballot) == ["1. Jansen", "2. Pieters", "3. De Wit", "Blanco"]
    for person, second in zip(people, ("2. Pieters", "3. De Wit", "2. Pieters", "3. De Wit"), strict=True):
        await vote(person, "1. Jansen")
        await person.sees("Jansen", after=0)
        await person.press("✅ 1. Jansen")  # the only name again: it stays
        answer = await vote(person, second)
        assert f"Jansen, {second[3:]}" in answer
    await people[0].sees("Jansen, Pieters")
    refused = await people[0].press("3. De Wit")
    assert refused.startswith("U kunt hoogstens 2 keuzes maken")
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    first = await people[0].sees("Uitslag agendapunt 3.1")
    assert "✅ Gekozen: Jansen, 4 van de 4 = 100,0%." in words(first)
    assert "Er blijft 1 plaats open. Een volgende ronde kan tussen Pieters en De Wit." in words(first)
    for person, choice in zip(people, ("2. Pieters", "3. De Wit", "2. Pieters", "3. De Wit"), strict=True):
        if person is people[0]:
            await office.press("Volgende ronde openen")
        shown = await person.sees("Ronde 2")
        await person.press(choice, message_id=shown["message_id"])
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    await people[0].sees("De stemmen staken tussen Pieters en De Wit.")
    await office.press("Loten")
    told = await people[0].sees("De stemmen staakten; het lot besliste.")
    seed = words(told).split("SHA-256 van “")[1].split("”")[0]
    by_hand = sorted(("Pieters", "De Wit"), key=lambda name: sha256(f"{seed} {name}".encode()).hexdigest())
    assert f"De getrokken volgorde: {by_hand[0]} en {by_hand[1]}." in words(told)
    assert f"✅ Gekozen: {by_hand[0]}, 2 van de 4 = 50,0%." in words(told)
    assert "Eerder gekozen: Jansen." in words(told)
    await office.press("Besluitenlijst")
    await office.sees(f"Gekozen op woensdag 13 februari 2019: Jansen, {by_hand[0]} (2 stemmen).")


async def test_twelve_seats_in_two_taps_and_weights(house: House) -> None:
    """Who carries twelve seats votes all of them by one tap, one otherwise by two; a heavy member decides."""
    names = [f"Lid {number:02}" for number in range(1, 13)]
    rows = [f"{name};portefeuillehouder Samen;portefeuillehouder;vertegenwoordiger" for name in names]
    await house.import_register([*rows, "Zwaar;portefeuillehouder Zwaar;portefeuillehouder;vertegenwoordiger"])
    await house.register_everybody()
    heavy = update(members_table).where(members_table.c.name == "Zwaar").values(votes=12)
    await house.storage.write(lambda unit: unit.connection.execute(heavy))
    await prepare(house)
    await convene(house)
    await opened(house, "Samen", "Zwaar")
    office = house.secretariat
    samen, zwaar = await representatives(house, "Samen", "Zwaar")
    preview = await choose_item(house, "2.1")
    await office.press("Stemming openen", message_id=preview["message_id"])
    ballot = await samen.sees("Stemming: agendapunt 2.1")
    assert len(labels(ballot)) == 3 + 12 * 3
    assert await samen.press("Alles voor") == (
        "Vastgelegd voor 12 stemmen: voor. U kunt dit wijzigen tot de stemming sluit."
    )
    await samen.press("Lid 12: tegen")
    await office.sees("12 van de 24 stemmen uitgebracht")
    assert "Geen" not in await zwaar.press("Zwaar: tegen")
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    told = await zwaar.sees("Uitslag agendapunt 2.1")
    assert {"Voor: 11", "Tegen: 13", "❌ Verworpen: 11 van de 24 = 45,8%."} <= set(words(told).splitlines())
    await add_options(house, "3.1", "Kandidaten toevoegen", "Jansen", "Pieters")
    await office.press("Hoofdelijk stemmen en openen")
    ballot = await samen.sees("Stemming: agendapunt 3.1")
    assert labels(ballot) == ["1. Jansen", "2. Pieters", "Blanco", *(f"Alleen {name}" for name in names)]
    await samen.press("1. Jansen")
    await samen.press("Alleen Lid 12")
    one = await samen.sees("▸ namens de gemeente Lid 12: Jansen")
    assert labels(one) == ["✅ 1. Jansen", "2. Pieters", "Blanco", "Al mijn stemmen", "Stemverklaring geven"]
    assert "namens de gemeente Lid 12: Pieters" in await samen.press("2. Pieters")
    await samen.sees("• namens de gemeente Lid 12: Pieters")
    await zwaar.press("2. Pieters")
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    told = await zwaar.sees("Uitslag agendapunt 3.1")
    assert {"Pieters: 13", "Jansen: 11"} <= set(words(told).splitlines())
    assert "✅ Gekozen: Pieters, 13 van de 24 = 54,2%." in words(told)
