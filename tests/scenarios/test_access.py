"""Who comes in, who must stay out, and what happens when a phone is lost, as the people themselves would tell it."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlparse

import pyotp

from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import convened, grant, opened, put_to_vote
from tests.support.house import Actor, House


def token_in(message: dict[str, Any]) -> str:
    """Return the token of the link in a message."""
    found = re.search(r"https://t\.me/\S+", message["caption"])
    assert found is not None
    return parse_qs(urlparse(found[0]).query)["start"][0]


async def comes_in(person: Actor, token: str) -> None:
    """Let somebody follow a link and say who it is."""
    await person.start(token)
    await person.press("Ja, dat ben ik")
    await person.sees("U bent aangemeld als")


async def code_of(house: House, key: str) -> str:
    """Return the code that the app of ``key`` shows now."""
    return pyotp.TOTP(key).at(datetime.fromisoformat(await house.sim.clock()))


async def gone(person: Actor, message_id: int) -> None:
    """Wait until a message is out of the person's chat."""
    for _ in range(100):
        if all(message["message_id"] != message_id for message in await person.messages()):
            return
        await person.house.sim.idle(0.05)
    raise AssertionError("the message is still there")


async def test_a_stolen_phone_is_blocked_in_the_middle_of_a_vote(house: House) -> None:
    """A colleague blocks it with two taps; the thief's buttons are dead, and the owner votes with a new phone."""
    await convened(house, "Assen", "Deventer")
    await opened(house, "Assen", "Deventer")
    await put_to_vote(house, "2.1")
    stolen = await house.person("portefeuillehouder Assen")
    await stolen.sees("Stemming: agendapunt 2.1")
    coordinator = await house.person("coördinator Assen")
    await coordinator.write("/collegas")
    await coordinator.press("portefeuillehouder Assen")
    await coordinator.press("Telefoon blokkeren")
    await coordinator.press("Nu blokkeren")
    await coordinator.sees("De telefoon van portefeuillehouder Assen is geblokkeerd")
    for label in ("Assen: tegen", "Ik vertrek"):
        assert (await stolen.press(label)).startswith("Dit account is geblokkeerd, dus er is niets gedaan.")
    before = await stolen.last_id()
    await stolen.write("/alv")
    await stolen.sees("Dit account is geblokkeerd", after=before)

    office = house.secretariat
    await office.sees("coördinator Assen heeft de telefoon van portefeuillehouder Assen geblokkeerd.")
    await office.press("portefeuillehouder Assen bekijken")
    await office.press("Nieuwe link als bericht")
    link = await office.sees("De persoonlijke link van portefeuillehouder Assen")
    owner = await house.person("portefeuillehouder Assen, nieuwe telefoon")
    await comes_in(owner, token_in(link))
    await owner.press("Assen: voor")
    silent = await stolen.last_id()
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    await owner.sees("Voor stemden: Assen.")
    await house.sim.idle()
    assert await stolen.last_id() == silent, "the thief is told nothing any more"
    await stolen.start(token_in(link))
    await stolen.sees("Deze link is al gebruikt of vervangen")


async def test_the_secretariat_needs_a_code_to_open(house: House) -> None:
    """The secretary sets the app up, opens with a code after a wrong one, and no secret stays in the chat."""
    await convened(house, "Assen")
    office = house.secretariat
    await office.write("/beveiliging")
    await office.press("Tweede factor instellen")
    shown = await office.sees("Scan deze afbeelding met de app")
    assert shown["photo"] is not None
    assert shown["protected"]
    key = re.search(r"sleutel over: ([A-Z2-7]+)", shown["caption"])
    assert key is not None
    typed = await house.sim.write(office.user, await code_of(house, key[1]))
    await office.sees("Uw tweede factor werkt")
    codes = await office.sees("Herstelcodes")
    assert codes["protected"]
    recovery = codes["text"].splitlines()[-1]
    await gone(office, shown["message_id"])
    await gone(office, typed["message_id"])
    await office.press("Bericht wissen", message_id=codes["message_id"])
    await gone(office, codes["message_id"])

    await house.sim.set_clock("2019-02-13T17:05:00Z")
    assert "Typ eerst de code van uw app" in await office.press("ALV openen")
    await office.sees("Typ de zes cijfers van uw app om de ALV te openen.")
    await office.write("000000")
    await office.sees("U kunt het nog 4 keer proberen")
    code = await code_of(house, key[1])
    await office.write(code)
    accepted = await office.sees("Druk op Doorgaan om de ALV te openen.")
    await office.press("Doorgaan", message_id=accepted["message_id"])
    await (await house.person("portefeuillehouder Assen")).sees("Bent u erbij")

    await house.sim.set_clock("2019-02-13T19:05:00Z")
    before = await office.last_id()
    await office.press("ALV sluiten")
    await office.sees("Typ de zes cijfers van uw app om de ALV te sluiten.", after=before)
    await office.write(code)
    await office.sees("Deze code klopt niet of is al gebruikt", after=before)
    await office.write(recovery)
    await office.sees("U hebt een herstelcode gebruikt; er zijn er nog 7.", after=before)
    again = await office.sees("Druk op Doorgaan om de ALV te sluiten.", after=before)
    await office.press("Doorgaan", message_id=again["message_id"])
    await (await house.person("portefeuillehouder Assen")).sees("is gesloten om")


async def test_a_text_that_comes_late_needs_a_code(house: House) -> None:
    """The reason of a void vote is asked for with a fresh code and typed an hour later: first a code, then it again."""
    await convened(house, "Assen")
    await opened(house, "Assen")
    await put_to_vote(house, "2.1")
    office, assen = house.secretariat, await house.person("portefeuillehouder Assen")
    await office.write("/beveiliging")
    await office.press("Tweede factor instellen")
    key = re.search(r"sleutel over: ([A-Z2-7]+)", (await office.sees("Scan deze afbeelding"))["caption"])
    assert key is not None
    await office.write(await code_of(house, key[1]))
    await office.sees("Uw tweede factor werkt")
    await office.press("Ongeldig verklaren")
    await office.sees("Waarom is de stemming over punt 2.1 ongeldig?")
    await house.sim.set_clock("2019-02-13T18:05:00Z")
    await office.write("De tekst klopte niet.")
    await office.sees("Uw tekst is niet bewaard; stuur die na de code opnieuw.")
    await office.write(await code_of(house, key[1]))
    await office.sees("Stuur uw tekst opnieuw om")
    await office.write("De tekst klopte niet.")
    await assen.sees("Reden: De tekst klopte niet.")


async def test_a_stranger_asks_for_access(house: House) -> None:
    """Somebody whose letter got lost asks for access, and is let in as who it is; a nobody is refused with a reason."""
    await house.import_register(["Deventer;portefeuillehouder Deventer;wethouder;vertegenwoordiger"])
    office = house.secretariat
    stranger = await house.person("Iemand met een telefoon")
    await stranger.start("")
    await stranger.press("Toegang aanvragen")
    await stranger.write("Portefeuillehouder Deventer")
    await stranger.sees("Wat is uw functie")
    await stranger.write("wethouder")
    await stranger.sees("Namens welk lid")
    await stranger.write("xx")
    await stranger.sees("Geen lid gevonden voor “xx”")
    await stranger.write("dev")
    await stranger.press("Deventer")
    check = await stranger.sees("Klopt dit?")
    assert "Namens: de gemeente Deventer" in check["text"]
    await stranger.press("Verzoek versturen")
    await stranger.sees("Uw verzoek ligt bij het regiebureau")
    await stranger.write("hallo?")
    await stranger.sees("Uw verzoek ligt bij", after=await stranger.last_id() - 1)
    card = await office.sees("Verzoek om toegang")
    assert "Naam in Telegram (niet gecontroleerd): Iemand met een telefoon" in card["text"]
    assert labels(card)[0] == "Dit is portefeuillehouder Deventer (wethouder)"
    await office.press("Dit is portefeuillehouder Deventer (wethouder)", message_id=card["message_id"])
    await stranger.sees("U bent aangemeld als portefeuillehouder Deventer")
    decided = await office.sees("Toegelaten door Regiebureau.")
    assert decided["message_id"] == card["message_id"]
    assert labels(decided) == []

    nobody = await house.person("Nieuwsgierige")
    await nobody.start("")
    await nobody.press("Toegang aanvragen")
    for text in ("Nieuwsgierige", "journalist"):
        await nobody.write(text)
    await nobody.press("Ik doe niet namens een lid mee")
    await nobody.press("Verzoek versturen")
    await office.press("Weigeren met reden")
    await office.sees("Waarom weigert u het verzoek van Nieuwsgierige?")
    await office.write("De ALV is besloten.")
    refused = await nobody.sees("Uw verzoek om toegang is geweigerd.")
    assert "Reden: De ALV is besloten." in refused["text"]
    await nobody.start("")
    assert "U kunt weer toegang aanvragen na" in await nobody.press("Toegang aanvragen")


async def test_a_coordinator_replaces_the_representative(house: House) -> None:
    """The college changes: the coordinator replaces the representative, whose proxy and buttons end at once."""
    await convened(house, "Assen", "Deventer")
    office, leaver = house.secretariat, await house.person("portefeuillehouder Assen")
    coordinator, grantor = await house.person("coördinator Assen"), await house.person("portefeuillehouder Deventer")
    await grant(grantor, "Assen")
    await leaver.press("Volmacht aanvaarden")
    await grantor.sees("heeft de volmacht van de gemeente Deventer aanvaard")

    await coordinator.press("Mijn collega’s")
    await coordinator.press("portefeuillehouder Assen")
    await coordinator.press("Vervangen")
    await coordinator.sees("Wie komt in de plaats van portefeuillehouder Assen?")
    await coordinator.write("opvolger Assen")
    await coordinator.sees("Wat is de functie van opvolger Assen?")
    await coordinator.write("wethouder")
    preview = await coordinator.sees("opvolger Assen (wethouder) wordt")
    assert "De volmacht van de gemeente Deventer vervalt." in preview["text"]
    await coordinator.press("Nu vervangen")
    link = await coordinator.sees("De persoonlijke link van opvolger Assen")
    await leaver.sees("Uw rollen zijn beëindigd.")
    assert "niet bij uw rol" in await leaver.press("Ik kom")
    await house.sim.idle()
    commands = [command["command"] for command in await house.sim.commands(leaver.user)]
    assert commands == ["menu", "annuleren", "help", "privacy"]
    await grantor.sees("is vervallen: de gevolmachtigde treedt niet meer op namens Assen.")
    await office.sees("coördinator Assen heeft portefeuillehouder Assen vervangen door opvolger Assen.")
    comer = await house.person("opvolger Assen")
    await comes_in(comer, token_in(link))
    await comer.press("Ik kom")


async def test_letters_go_out_and_everybody_comes_in(house: House) -> None:
    """The secretariat makes letters, sees who has a link and who came in, and revokes a link that went astray."""
    await house.import_register(
        [
            "Assen;portefeuillehouder Assen;wethouder;vertegenwoordiger",
            "Assen;coördinator Assen;coördinator;coördinator",
        ]
    )
    office = house.secretariat
    await office.press("Registratielinks maken")
    await office.press("Brieven (PDF)")
    message = await office.sees("2 brieven met persoonlijke links")
    assert (await house.sim.file(message["document"]["file_id"])).startswith(b"%PDF")
    await office.write("/mensen")
    shown = await office.sees("Aanmeldingen")
    assert "Aangemeld: 1\nLink geldig: 2\n" in shown["text"]
    await office.press("Iemand zoeken")
    await office.write("portef")
    found = await office.sees("Gevonden voor “portef”")
    await office.press("portefeuillehouder Assen", message_id=found["message_id"])
    card = await office.sees("Aanmelding: link geldig tot woensdag 13 februari 2019")
    await office.press("Link intrekken", message_id=card["message_id"])
    await office.sees("De link van portefeuillehouder Assen werkt niet meer.")
    before = await office.last_id()
    await office.press("Registratielinks maken")
    asked = await office.sees("2 personen zijn nog niet aangemeld.", after=before)
    assert "1 van hen heeft een link die nog werkt." in asked["text"]
    await office.press("Bestand voor samenvoegen (CSV): alleen zonder link")
    message = await office.sees("1 persoonlijke link")
    (line,) = (await house.sim.file(message["document"]["file_id"])).decode("utf-8-sig").splitlines()[1:]
    assert line.startswith("portefeuillehouder Assen;wethouder;Assen;;https://t.me/")


async def test_somebody_asks_what_is_kept(house: House) -> None:
    """Whoever is registered can read what is kept about it."""
    await house.members("Assen")
    person = await house.person("portefeuillehouder Assen")
    await person.write("/gegevens")
    shown = await person.sees("Uw gegevens")
    assert "Naam: portefeuillehouder Assen" in shown["text"]
    assert "0 uitgebrachte stemmen" in shown["text"]
