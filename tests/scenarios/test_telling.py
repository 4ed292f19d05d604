"""Notices to people and groups, and groups that come and go."""

import pytest

from bot import scheduler
from tests.scenarios.test_convening import convene, prepare
from tests.support.house import House


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is due be done several times a second."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.2)


async def test_notice_reaches_everybody_and_the_group(house: House) -> None:
    """A notice is seen before it is sent; its formatting arrives, and its sender sees whom it did not reach and why."""
    await house.members("Assen", "Deventer")
    office = house.secretariat
    group = await house.sim.group("ALV", office.user)
    await house.sim.add_member(group["id"], "bot", office.user)
    await house.sim.wait_for(office.user, "ontvangt voortaan de oproepingen", chat=group["id"])
    await office.sees("“ALV” ontvangt voortaan")
    gone = await house.person("coördinator Deventer")
    await house.sim.block(gone.user)
    await office.write("/mededeling")
    await office.sees("Stuur de mededeling")
    await office.write("De zaal is gewijzigd & de tijd niet.")
    asked = await office.sees("Voor wie is deze mededeling?")
    assert "Coördinatoren: 2 personen" in asked["text"]
    await office.press("Allen")
    await office.sees("Ontvangers: Allen, 5 personen en 1 groep of kanaal")
    await office.press("Nu versturen")
    person = await house.person("portefeuillehouder Assen")
    notice = await person.sees("De zaal is gewijzigd & de tijd niet.")
    assert notice["text"].startswith("Mededeling van Coöperatie Voorbeeld U.A.")
    await house.sim.wait_for(office.user, "De zaal is gewijzigd", chat=group["id"])
    result = await office.sees("4 van de 5 bezorgd")
    assert "coördinator Deventer (coördinator): heeft deze assistent geblokkeerd" in result["text"]
    assert "Groepen en kanalen: 1 van 1" in result["text"]
    assert not result["buttons"], "the preview became the progress"


async def test_notice_as_a_document(house: House) -> None:
    """A document with a caption goes to the chosen role only."""
    await house.members("Assen")
    office = house.secretariat
    await office.press("Mededeling versturen")
    await office.sees("Stuur de mededeling")
    await office.send_file("route.pdf", b"%PDF route", "De route naar de zaal")
    await office.press("Vertegenwoordigers")
    await office.press("Nu versturen")
    person = await house.person("portefeuillehouder Assen")
    notice = await person.sees("De route naar de zaal")
    assert notice["document"]["file_name"] == "route.pdf"
    await office.sees("1 van de 1 bezorgd")
    other = await house.person("coördinator Assen")
    assert not [message for message in await other.messages() if "route" in str(message["caption"])]


async def test_cancelled_notice_is_not_sent(house: House) -> None:
    """After cancelling, the button under the preview sends nothing."""
    await house.members("Assen")
    office = house.secretariat
    await office.write("/mededeling")
    await office.sees("Stuur de mededeling")
    await office.write("Toch maar niet")
    await office.press("Allen")
    preview = await office.sees("Zo ziet de mededeling eruit")
    await office.press("Annuleren", message_id=preview["message_id"])
    await office.sees("Geannuleerd")
    assert "knop werkt niet meer" in await office.press("Nu versturen", message_id=preview["message_id"])


async def test_group_of_a_stranger_is_not_linked(house: House) -> None:
    """Whoever adds the bot to a group of its own gets nothing, and the secretariat hears of it."""
    stranger = await house.person("Buitenstaander")
    group = await house.sim.group("Stiekem", stranger.user)
    await house.sim.add_member(group["id"], "bot", stranger.user)
    await house.secretariat.sees("toegevoegd aan “Stiekem”. Die groep ontvangt niets")
    await house.sim.idle()
    assert not [m for m in await house.sim.messages(stranger.user, group["id"]) if (m["from"] or {}).get("is_bot")]


async def test_group_is_followed_and_let_go(house: House) -> None:
    """A linked group that becomes a supergroup keeps receiving; one that the bot was taken out of does not."""
    office = house.secretariat
    group = await house.sim.group("ALV", office.user)
    await house.sim.add_member(group["id"], "bot", office.user)
    await house.sim.wait_for(office.user, "ontvangt voortaan de oproepingen", chat=group["id"])
    moved = (await house.sim.migrate(group["id"]))["id"]
    await house.sim.idle()
    await office.write("/mededeling")
    await office.sees("Stuur de mededeling")
    await office.write("Wij zijn verhuisd")
    await office.press("Alleen de groep")
    await office.press("Nu versturen")
    await house.sim.wait_for(office.user, "Wij zijn verhuisd", chat=moved)
    await house.sim.remove_member(moved, "bot", office.user)
    await office.sees("verwijderd uit “ALV”")


async def test_convocation_is_followed(house: House) -> None:
    """The overview of the convocation shows by itself when everything has arrived."""
    await house.members("Assen")
    await prepare(house, 1)
    await convene(house)
    office = house.secretariat
    await office.press("Wie heeft de oproeping")
    await office.sees("Bezorgd: 3 – onderweg: 0 – mislukt: 0")
