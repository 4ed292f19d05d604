"""Statutes of other associations, set in the environment alone, as their people meet them in chat."""

import pytest

from tests.scenarios.granting import accepts, chooses, granted, grants
from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import convened, opened, put_to_vote, representatives
from tests.support.house import House

STANDING = "Doorlopend, tot een einddatum"


@pytest.mark.parametrize("environment", [{"ALVBOT_PROXY_MAXIMUM": "1"}])
async def test_one_proxy_each(house: House) -> None:
    """The second one to the same holder is refused, with the number and the article."""
    await convened(house, "Assen", "Deventer", "Emmen")
    await granted(house, "Deventer", "portefeuillehouder Assen")
    (emmen,) = await representatives(house, "Emmen")
    found = await chooses(emmen, "portefeuillehouder Assen")
    answer = await emmen.press(labels(found)[0], message_id=found["message_id"])
    assert answer.startswith("portefeuillehouder Assen heeft al 1 volmacht, het maximum in de statuten (BW 2:38).")


@pytest.mark.parametrize("environment", [{"ALVBOT_PROXY_KINDS": "colleague"}])
async def test_own_people_only_and_no_standing(house: House) -> None:
    """Only colleagues are offered, with no way to others; a forged press is refused with the setting."""
    await convened(house, "Assen", "Deventer")
    (person,) = await representatives(house, "Deventer")
    await person.write("/volmacht")
    page = await person.sees("Kies een eigen collega")
    assert labels(page) == ["coördinator Deventer (Deventer)", "Annuleren"]
    for data, said in (
        ("1:pp:2:other_member:0:0", "staan geen volmacht aan een ander lid toe (instelling proxy_kinds)"),
        ("1:pp:2:colleague:1:0", "staan geen doorlopende volmacht toe (instelling proxy_kinds)"),
        ("1:pp:2:outsider:0:0", "mag een volmacht houden (instelling proxy_kinds, BW 2:38)"),
    ):
        assert said in await person.press_data(data)
    await person.press("coördinator Deventer (Deventer)", message_id=page["message_id"])
    await person.sees("Volmachtgever: de gemeente Deventer")
    await person.press("Volmacht verlenen", message_id=page["message_id"])
    await accepts(house, "coördinator Deventer", "Deventer")


@pytest.mark.parametrize("environment", [{"ALVBOT_PROXY_KINDS": ""}])
async def test_no_proxies_at_all(house: House) -> None:
    """Nothing offers one, and who types the command or presses an old button hears why."""
    await convened(house, "Deventer")
    (person,) = await representatives(house, "Deventer")
    invitation = await person.sees("roept u op voor")
    assert labels(invitation)[:3] == ["Ik kom", "Ik doe op afstand mee", "Ik ben verhinderd"]
    assert not [text for text in labels(invitation) if "olmacht" in text]
    await person.write("/menu")
    menu = await person.sees("Coöperatie Voorbeeld U.A.", after=invitation["message_id"])
    assert not [text for text in labels(menu) if text.startswith("Volmacht")]
    await person.write("/volmacht")
    await person.sees("De statuten staan geen volmachten toe (instelling proxy_kinds)")
    assert "staan geen volmachten toe" in await person.press_data("1:pstart:1:1")


@pytest.mark.parametrize("environment", [{"ALVBOT_PROXY_GRANTORS": "signatory"}])
async def test_only_the_mayor_signs(house: House) -> None:
    """A representative prepares and cannot sign or revoke; the mayor does both."""
    await house.import_register(["Deventer;burgemeester Deventer;burgemeester;tekenbevoegde"])
    await convened(house, "Assen", "Deventer")
    (person,) = await representatives(house, "Deventer")
    mayor = await house.person("burgemeester Deventer")
    card = await grants(person, "portefeuillehouder Assen")
    assert "De volmacht moet nog worden ondertekend." in card["text"]
    assert "Alleen wie namens de gemeente Deventer mag tekenen" in await person.press_data("1:psign:1")
    await mayor.press("Volmacht ondertekenen")
    await accepts(house, "portefeuillehouder Assen", "Deventer")
    assert "Alleen wie namens de gemeente Deventer mag tekenen" in await person.press_data("1:pend:1")
    await mayor.press("Volmacht intrekken")
    await person.sees("burgemeester Deventer heeft de volmacht van de gemeente Deventer")


@pytest.mark.parametrize("environment", [{"ALVBOT_PROXY_SUBSTITUTION": "true"}])
async def test_a_vote_passes_on_to_who_is_there(house: House) -> None:
    """Deventer to Assen to Emmen: both read the way, the list names who carries, and Emmen casts all three."""
    await convened(house, "Assen", "Deventer", "Emmen")
    assen, deventer, emmen = await representatives(house, "Assen", "Deventer", "Emmen")
    await granted(house, "Deventer", assen.name)
    await granted(house, "Assen", emmen.name)
    for person, said in (
        (deventer, "portefeuillehouder Assen (Assen), volmacht aanvaard (bij afwezigheid: portefeuillehouder Emmen)"),
        (emmen, "de gemeente Deventer: doorgegeven aan u, zolang portefeuillehouder Assen er niet is"),
    ):
        await person.write("/stem")
        await person.sees(said)
    found = await chooses(emmen, deventer.name)
    answer = await emmen.press(labels(found)[0], message_id=found["message_id"])
    assert answer.startswith("Via de gemeente")
    assert "(BW 3:64)" in answer
    await opened(house, "Emmen")
    await house.secretariat.press("Presentielijst")
    listed = await house.secretariat.sees("Vertegenwoordigd door volmacht (2)")
    assert "Deventer: portefeuillehouder Emmen (Emmen)" in listed["text"]
    await put_to_vote(house, "2.1")
    ballot = await emmen.sees("namens de gemeente Deventer, volmacht: nog niet uitgebracht")
    assert len(labels(ballot)) == 12  # three for all seats at once, and three for each
    for name in ("Assen", "Deventer", "Emmen"):
        await emmen.press(f"{name}: voor")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    await deventer.sees("Voor: 3")
