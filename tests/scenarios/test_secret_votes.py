"""A secret vote in chat: on persons, with a holder of three seats, a second tap, a late press, and totals only."""

import re

import pytest

from assembly.options import Chosen
from bot import scheduler
from screens.presses import CastSecret
from tests.scenarios.granting import granted
from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import BOTH_WAYS, convened, opened, put_to_vote, representatives
from tests.support.house import Actor, House, words

MEMBERS = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte", "Zwolle", "Hengelo")
CHOICES = re.compile(r"\b(voor|tegen|onthouding|blanco)\b", re.IGNORECASE)


async def confirm(person: Actor, choice: str) -> str:
    """Choose and confirm on the person's ballot; return the answer."""
    await person.press(choice)
    await person.sees("Na het bevestigen is dit definitief.")
    return await person.press("Bevestigen")


@BOTH_WAYS
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_secret_vote_from_opening_to_outcome(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody chooses and confirms; a second tap, another choice and a late press change nothing and tell nothing."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.2)
    await convened(house, *MEMBERS)
    holder, _deventer, emmen, ommen, raalte, zwolle, hengelo = await representatives(house, *MEMBERS)
    for member in ("Deventer", "Emmen"):
        await granted(house, member, "portefeuillehouder Assen")
    await opened(house, "Assen", "Ommen", "Raalte", "Zwolle", "Hengelo")
    await put_to_vote(house, "3.1", "Geheim stemmen en openen", "Geheime stemming geopend")
    ballot = await holder.sees("Geheime stemming: agendapunt 3.1")
    assert labels(ballot) == ["Voor", "Tegen", "Onthouding", "Per lid kiezen"]
    await holder.press("Per lid kiezen")
    await holder.sees("Namens welk lid stemt u nu?")
    await holder.press("Deventer")
    await holder.sees("U kiest namens de gemeente Deventer.")
    assert await confirm(holder, "Tegen") == "Uw stem namens de gemeente Deventer is uitgebracht en definitief."
    await holder.sees("namens de gemeente Deventer, volmacht: uitgebracht")
    await holder.press("Voor")
    chosen = await holder.sees("U kiest namens 2 leden: voor. Na het bevestigen is dit definitief.")
    assert chosen["message_id"] == ballot["message_id"]
    assert labels(chosen) == ["Bevestigen", "Terug naar het stembiljet"]
    data = CastSecret(1, 0, Chosen("for")).encode()
    assert await holder.press_data(data) == "Uw 2 stemmen zijn uitgebracht en definitief."
    for press in (data, data.replace("for", "against")):
        assert (await holder.press_data(press)).startswith("Uw stem is al uitgebracht en definitief")
    done = await holder.sees("Uw stem is uitgebracht en definitief. Niemand kan hier zien wat u koos.")
    assert (done["message_id"], labels(done)) == (ballot["message_id"], [])
    assert not CHOICES.search(words(done))
    await house.secretariat.sees("3 van de 7 stemmen uitgebracht")
    assert (await house.secretariat.press("Stemming sluiten")).startswith(
        "Het aantal mensen dat stemde is 1, nodig is 5"
    )
    for person, choice in ((ommen, "Voor"), (raalte, "Tegen"), (zwolle, "Voor"), (hengelo, "Onthouding")):
        await confirm(person, choice)
    await house.secretariat.sees("7 van de 7 stemmen uitgebracht")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    told = await emmen.sees("Uitslag agendapunt 3.1")
    assert {"Voor: 4", "Tegen: 2", "Onthouding: 1"} <= set(words(told).splitlines())
    assert "Dit was een geheime stemming: hier kan niemand nagaan wie wat stemde." in words(told)
    assert not any(name in words(told) for name in MEMBERS)
    assert "De stemming is gesloten op" in await ommen.press_data(data)
    await house.secretariat.sees("De sporen van de geheime stemming zijn gewist")


async def test_slips_without_names(house: House) -> None:
    """The vote is suspended, slips are counted by two, and confirming their totals closes it; nothing else is shown."""
    five = MEMBERS[:5]
    await convened(house, *five)
    office, second = house.secretariat, await house.person("tweede regiebureau")
    await house.import_register([";tweede regiebureau;;regiebureau"])
    await house.register_everybody()
    await opened(house, *five)
    await put_to_vote(house, "3.1", "Geheim stemmen en openen", "Geheime stemming geopend")
    await office.write("/alv")
    console = await office.sees("De stemming over punt 3.1 is open.")
    assert not {"Handopsteken invoeren", "Stemkaarten invoeren"} & set(labels(console))
    assert (await office.press("Stembriefjes invoeren")).startswith("De stemming is nog open; er is niets ingevoerd.")
    await office.press("Stemming schorsen")
    await office.sees("Wie op papier stemt, levert nu een briefje zonder naam in.")
    await office.write("/alv")
    await office.press("Stembriefjes invoeren")
    card = await office.sees("Druk op de leden van wie een briefje in de stembus zit.")
    for member in five:
        await office.press(member, message_id=card["message_id"])
    await office.sees("5 briefjes ingeleverd, van de 5 stemmen die nog niet zijn uitgebracht.")
    await office.press("Aantallen invoeren")
    await office.sees("Hoe vaak staat elk hiervan op de 5 briefjes?")
    await office.write("3 1 2")
    await office.sees("De aantallen zijn samen geen 5, het aantal briefjes. Er is niets bewaard.")
    await office.write("3 1 1")
    offered = await second.sees("Onthouding en ongeldig: 1")
    assert labels(offered) == ["Bevestigen en stemming sluiten", "Zelf opnieuw beginnen"]
    await second.press("Bevestigen en stemming sluiten")
    await second.sees("Wat bevestigd is, is meegeteld. De aantallen van de briefjes zijn niet bewaard.")
    await office.press("Uitslag uitspreken")
    told = await (await house.person("portefeuillehouder Assen")).sees("Uitslag agendapunt 3.1")
    assert {"Voor: 3", "Tegen: 1", "Onthouding: 1"} <= set(words(told).splitlines())
    assert not any(name in words(told) for name in five)
