"""In the room and at home: asking for the floor, and hands that are entered on a sheet, in chat."""

from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import convened, opened, put_to_vote, representatives
from tests.support.house import House


async def test_the_floor(house: House) -> None:
    """Somebody asks with a line about what, and is told when it has the floor; the list follows."""
    await convened(house, "Assen", "Deventer")
    await opened(house, "Assen", "Deventer")
    office = house.secretariat
    assen, deventer = await representatives(house, "Assen", "Deventer")
    await put_to_vote(house, "2.1")
    await assen.press("Ik vraag het woord")
    await assen.sees("Agendapunt 2.1: u bent als eerste aan de beurt.")
    await deventer.press("Voor de rondvraag aanmelden")
    await deventer.sees("Rondvraag: u bent als eerste aan de beurt.")
    await assen.press("Onderwerp noemen")
    await assen.sees("Waarover wilt u spreken?")
    await assen.write("De bijdrage van kleine leden")
    shown = await office.sees("De bijdrage van kleine leden")
    assert "portefeuillehouder Assen (Assen), in de zaal: Agendapunt 2.1" in shown["text"]
    assert [label.split(": ")[1] for label in labels(shown)] == ["woord geven", "van de lijst"] * 2
    await office.press("portefeuillehouder Assen: woord geven")
    await assen.sees("U hebt het woord (Agendapunt 2.1).")
    await assen.press("Ik heb gesproken")
    await assen.sees("U staat op geen sprekerslijst.")
    await office.press("portefeuillehouder Deventer: van de lijst")
    await deventer.sees("U bent van de sprekerslijst gehaald (Rondvraag).")
    await office.sees("Niemand vraagt het woord.")


async def test_hands_in_the_room(house: House) -> None:
    """The secretariat enters one exception and the rest, a colleague confirms, and the members read that it was so."""
    await convened(house, "Assen", "Deventer", "Emmen")
    office, second = house.secretariat, await house.person("tweede regiebureau")
    await house.import_register([";tweede regiebureau;;regiebureau"])
    await house.register_everybody()
    await opened(house, "Assen", "Deventer", "Emmen")
    await put_to_vote(house, "2.1")
    assen, deventer = await representatives(house, "Assen", "Deventer")
    await deventer.press("Deventer: tegen")
    await office.press("Handopsteken invoeren")
    sheet = await office.sees("Deze leden zijn in de zaal en hebben niet gestemd.")
    assert labels(sheet)[:2] == ["Assen: voor", "Assen: tegen"]
    assert not any("Deventer" in label for label in labels(sheet))
    await office.press("Emmen: tegen", message_id=sheet["message_id"])
    await office.press("Overige: voor")
    await office.press("Ter bevestiging aanbieden")
    offered = await second.sees("Waren de handen zo?")
    assert "Assen (portefeuillehouder Assen): voor" in offered["text"]
    await second.press("Bevestigen", message_id=offered["message_id"])
    await office.sees("Bevestigd door tweede regiebureau; deze stemmen tellen.")
    await assen.sees("Gezien in de zaal, bij handopsteken.")
    await office.sees("3 van de 3 stemmen uitgebracht")


async def test_voting_cards_when_telegram_fails(house: House) -> None:
    """Cards are printed beforehand; the chair suspends, cards are entered and confirmed, and the outcome says whose."""
    await convened(house, "Assen", "Deventer", "Emmen")
    office, second = house.secretariat, await house.person("tweede regiebureau")
    await house.import_register([";tweede regiebureau;;regiebureau"])
    await house.register_everybody()
    await office.write("/alv")
    await office.press("Stemkaarten afdrukken")
    await office.sees("3 stemkaarten, elk een eigen blad")
    await opened(house, "Assen", "Deventer", "Emmen")
    await put_to_vote(house, "2.1")
    _assen, deventer = await representatives(house, "Assen", "Deventer")
    await deventer.press("Deventer: tegen")
    await office.press("Stemming schorsen")
    await office.write("/alv")
    await office.press("Stemkaarten invoeren")
    sheet = await office.sees("Al gestemd, een kaart telt dan niet: Deventer.")
    assert [label.split(":")[0] for label in labels(sheet)[:6]] == ["Assen"] * 3 + ["Emmen"] * 3
    await office.press("Assen: voor", message_id=sheet["message_id"])
    await office.press("Emmen: tegen", message_id=sheet["message_id"])
    await office.press("Ter bevestiging aanbieden")
    offered = await second.sees("Staat het zo op de kaarten?")
    await second.press("Bevestigen", message_id=offered["message_id"])
    await office.sees("Bevestigd door tweede regiebureau; deze stemmen tellen.")
