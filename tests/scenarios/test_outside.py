"""A consultation outside a meeting, in chat: prepared, opened, voted on and closed."""

from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import representatives
from tests.support.house import House, words


async def test_a_consultation_in_chat(house: House) -> None:
    """The secretariat types the question with variants; members vote with a tap; everybody reads what came out."""
    await house.members("Assen", "Deventer", "Emmen")
    office = house.secretariat
    group = (await house.sim.group("Leden", office.user))["id"]
    await house.sim.add_member(group, "bot", office.user)
    await office.write("/raadpleging")
    await office.press("Ledenraadpleging voorbereiden")
    await office.sees("Hoe heet het?")
    await office.write("Bod van de leverancier")
    await office.sees("Typ de vraag.")
    await office.write("Welk bod heeft uw voorkeur?\n- drie jaar vast\n- ieder jaar opnieuw\n- niet ingaan op het bod")
    await office.sees("Tot wanneer kan worden gestemd?")
    await office.write("21-01-2019 17:00")
    card = await office.sees("Nog niet geopend. Er zijn 3 stemmen")
    await office.press("Stukken toevoegen", message_id=card["message_id"])
    await office.sees("Er zijn nog geen stukken.")
    await office.send_file("offertes.pdf", b"%PDF-1.4 offertes")
    await office.sees("📎 Bijlage 1 – Offertes")
    await office.press("Openen en stembiljetten versturen", message_id=card["message_id"])
    assen, deventer, emmen = await representatives(house, "Assen", "Deventer", "Emmen")
    ballot = await assen.sees("Ledenraadpleging")
    assert labels(ballot) == [
        "1. Drie jaar vast",
        "2. Ieder jaar opnieuw",
        "3. Niet ingaan op het bod",
        "Geen van deze",
        "Blanco",
    ]
    assert "U kunt die wijzigen tot de stemming sluit, op maandag 21 januari 2019 om 17.00 uur" in ballot["text"]
    await assen.sees("Bijlage 1 – Offertes")
    await (await house.person("coördinator Assen")).sees("kunnen stemmen tot maandag 21 januari 2019 om 17.00 uur")
    await assen.press("2. Ieder jaar opnieuw")
    await assen.press("1. Drie jaar vast")
    await deventer.press("1. Drie jaar vast")
    await emmen.press("3. Niet ingaan op het bod")
    live = await house.sim.wait_for(office.user, "3 van de 3 stemmen uitgebracht", chat=group)
    assert "Drie jaar vast" not in live["text"].replace("1. drie jaar vast", "")
    counted = await office.sees("3 van de 3 stemmen uitgebracht")
    assert counted["message_id"] == card["message_id"]
    await house.sim.set_clock("2019-01-21T16:00:01Z")
    for person in (assen, await house.person("coördinator Emmen"), office):
        told = await person.sees("Uitslag van de ledenraadpleging")
        assert "De meeste stemmen: drie jaar vast, 2 van de 3 = 66,7%." in words(told)
        assert "Geen van deze: 0\nBlanco: 0" in told["caption"]
        assert "Een ledenraadpleging is een advies; de ALV besluit." in words(told)
    await house.sim.wait_for(office.user, "Uitslag van de ledenraadpleging", chat=group)
    await office.sees("Gesloten op maandag 21 januari 2019 om 17.00 uur")
