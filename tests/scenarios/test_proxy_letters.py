"""Signed letters in chat: a photo or PDF is judged, and everything else is refused in plain words."""

import pytest

from tests.scenarios.granting import accepts, count, grants
from tests.scenarios.test_convening import PIXEL, labels
from tests.scenarios.test_voting import convened, representatives
from tests.support.house import Actor, House

PDF = b"%PDF-1.7 signed"


async def asked(house: House) -> tuple[Actor, int]:
    """Let a coordinator prepare a proxy and be about to send its letter; return it with the id of that question."""
    await convened(house, "Assen", "Deventer")
    coordinator = await house.person("coördinator Deventer")
    await grants(coordinator, "portefeuillehouder Assen")
    await coordinator.press("Ondertekende brief sturen")
    question = await coordinator.sees("Stuur de ondertekende volmachtbrief van de gemeente Deventer")
    assert "Iemand van het regiebureau bekijkt de brief." in question["text"]
    return coordinator, int(question["message_id"])


@pytest.mark.parametrize("photo", [True, False])
async def test_the_secretariat_judges_a_letter(house: House, photo: bool) -> None:
    """First it is not right, then another one is: with that the proxy is signed, and the holder is asked."""
    coordinator, _ = await asked(house)
    office = house.secretariat

    async def sends() -> None:
        if photo:
            await house.sim.send_photos(coordinator.user, ("brief.jpg", PIXEL))
        else:
            await coordinator.send_file("brief.pdf", PDF)

    await sends()
    await coordinator.sees("is bewaard. Het regiebureau bekijkt de brief.")
    shown = await office.sees("Ondertekende volmachtbrief van de gemeente Deventer aan portefeuillehouder Assen")
    assert bool(shown["photo"]) is photo
    assert labels(shown) == ["Handtekening akkoord", "Niet akkoord"]
    await office.press("Niet akkoord", message_id=shown["message_id"])
    assert "Deze volmacht moet nog worden ondertekend" in await office.press(
        "Handtekening akkoord", message_id=shown["message_id"]
    )
    refused = await coordinator.sees("Het regiebureau vond de handtekening niet op de volmachtbrief")
    await coordinator.press("Ondertekende brief sturen", message_id=refused["message_id"])
    await coordinator.sees("Stuur de ondertekende volmachtbrief", after=refused["message_id"])
    await sends()
    again = await office.sees("Ondertekende volmachtbrief", after=shown["message_id"])
    await office.press("Handtekening akkoord", message_id=again["message_id"])
    assert "al ondertekend" in await office.press("Handtekening akkoord", message_id=again["message_id"])
    await accepts(house, "portefeuillehouder Assen", "Deventer")
    (holder,) = await representatives(house, "Assen")
    await holder.press("2 ondertekende brieven bekijken")
    await holder.sees("gestuurd door coördinator Deventer")


async def test_what_is_no_letter_is_refused_and_another_can_follow(house: House) -> None:
    """A Word file, a web page called .pdf and one of 20 MB: refused; then the right one is taken."""
    coordinator, at = await asked(house)
    for name, content in (
        ("brief.docx", b"PK\x03\x04 word"),
        ("brief.pdf", b"<html>geen pdf</html>"),
    ):
        await coordinator.send_file(name, content)
        at = (await coordinator.sees("Dit is geen foto of pdf van ten hoogste 10 MB.", after=at))["message_id"]
    await coordinator.send_file("groot.pdf", b"%PDF" + bytes(20_000_001))
    at = (await coordinator.sees("20 MB", after=at))["message_id"]
    await coordinator.write("en nu de goede")
    at = (await coordinator.sees("Stuur de ondertekende volmachtbrief", after=at))["message_id"]
    await coordinator.send_file("brief.pdf", PDF)
    await coordinator.sees("is bewaard", after=at)
    assert await count(house.secretariat, "Ondertekende volmachtbrief van") == 1


async def test_an_album_is_one_letter_of_two_sheets(house: House) -> None:
    """Both photos are taken; the secretariat sees both, and either one signs, once."""
    coordinator, _ = await asked(house)
    await house.sim.send_photos(coordinator.user, ("een.png", PIXEL), ("twee.png", PIXEL + b"2"))
    office = house.secretariat
    first = await office.sees("Ondertekende volmachtbrief van")
    await office.sees("Ondertekende volmachtbrief van", after=first["message_id"])
    assert await count(coordinator, "is bewaard") == 2
    await office.press("Handtekening akkoord")
    await coordinator.sees("De volmacht is ondertekend")


async def test_a_photo_that_nobody_asked_for(house: House) -> None:
    """Outside of the step a photo is answered with what can be done; a stranger hears how to register."""
    await convened(house, "Deventer")
    person = await house.person("coördinator Deventer")
    before = await person.last_id()
    await house.sim.send_photos(person.user, ("foto.png", PIXEL))
    answer = await person.sees("/menu", after=before)
    assert "niet" in answer["text"]
    stranger = await house.person("iemand")
    await house.sim.send_photos(stranger.user, ("foto.png", PIXEL))
    await stranger.sees("persoonlijke link")


async def test_who_may_sign_signs_by_the_photo(house: House) -> None:
    """The representative's own photo signs at once; the secretariat sees it and has nothing to decide."""
    await convened(house, "Assen", "Deventer")
    coordinator = await house.person("coördinator Deventer")
    await grants(coordinator, "portefeuillehouder Assen")
    (grantor,) = await representatives(house, "Deventer")
    await grantor.press("Ondertekende brief sturen")
    await grantor.sees("U mag namens de gemeente Deventer ondertekenen: met het sturen is de volmacht ondertekend.")
    await house.sim.send_photos(grantor.user, ("brief.jpg", PIXEL))
    await accepts(house, "portefeuillehouder Assen", "Deventer")
    shown = await house.secretariat.sees("Ondertekende volmachtbrief van")
    assert labels(shown) == []
