"""After the convocation, in chat: calendars, letters, the proof, changes, cancellation and reminders."""

from typing import Any

from icalendar import Calendar

from tests.scenarios.test_convening import convene, labels, prepare
from tests.support.house import Actor, House


async def calendar(house: House, person: Actor, after: int = 0) -> Any:  # noqa: ANN401 - an event of the library
    """Return the event in the calendar file that the person got, as a calendar reads it."""
    message = await person.sees("agenda te", after=after)
    read = Calendar.from_ical(await house.sim.file(message["document"]["file_id"]))
    (event,) = read.walk("VEVENT")
    return event


async def test_a_calendar_file_comes_and_changes(house: House) -> None:
    """Everybody gets the assembly for the calendar, its change under the same name, and its end."""
    await house.members("Assen")
    await prepare(house)
    await convene(house)
    office, person = house.secretariat, await house.person("coördinator Assen")
    first = await calendar(house, person)
    assert first.decoded("DTSTART").isoformat() == "2019-02-13T17:00:00+00:00"
    assert "Ontvangst bevestigen" in labels(await person.sees("roept u op voor"))
    assert "bevestigd op maandag 14 januari 2019" in await person.press("Ontvangst bevestigen")
    before = await person.last_id()
    await office.write("/alv")
    await office.press("Datum of plaats wijzigen")
    await office.sees("Stuur de nieuwe datum en tijd")
    await office.write("20-02-2019 19:00")
    await office.press("Plaats blijft gelijk")
    await office.sees("Waarom wijzigt")
    await office.write("De zaal viel uit.")
    await office.sees("Het gaat naar 3 personen van 1 lid")
    await office.press("Wijziging versturen")
    await office.sees("De wijziging is onderweg naar 3 personen")
    told = await person.sees("Wijziging van de oproeping", after=before)
    assert "Nieuwe datum: woensdag 20 februari 2019 om 19.00 uur (was: woensdag 13 februari" in told["text"]
    assert "Reden: De zaal viel uit." in told["text"]
    assert labels(told)[:2] == ["Ik kom", "Ik doe op afstand mee"]
    moved = await calendar(house, person, before)
    assert (moved["UID"], int(moved["SEQUENCE"])) == (first["UID"], 1)
    assert moved.decoded("DTSTART").isoformat() == "2019-02-20T18:00:00+00:00"
    before = await person.last_id()
    await office.write("/alv")
    await office.press("ALV afgelasten")
    await office.sees("gaat ALV 13 februari 2019 niet door")
    await office.write("Te weinig agendapunten.")
    await office.press("ALV afgelasten en iedereen inlichten")
    told = await person.sees("De ALV gaat niet door", after=before)
    assert "Te weinig agendapunten." in told["text"]
    message = await person.sees("uit uw agenda te halen", after=before)
    gone = Calendar.from_ical(await house.sim.file(message["document"]["file_id"]))
    event: Any = gone.walk("VEVENT")[0]
    assert (gone["METHOD"], event["STATUS"], int(event["SEQUENCE"])) == ("CANCEL", "CANCELLED", 2)
    assert event["UID"] == first["UID"]


async def test_letters_and_the_proof(house: House) -> None:
    """Members agree by button or get a letter; how and when it went is recorded, and the proof shows it."""
    await house.members("Assen", "Deventer")
    await prepare(house, 1)
    await convene(house)
    office = house.secretariat
    agreeing = await house.person("portefeuillehouder Deventer")
    assert "voortaan via Telegram opgeroepen" in await agreeing.press("Instemmen met oproeping via Telegram")
    await office.write("/alv")
    await office.press("Wie heeft de oproeping")
    await office.press("Brieven")
    page = await office.sees("Per brief: ALV 13 februari 2019")
    assert "de gemeente Assen: nog niet vastgelegd" in page["text"]
    assert "Deventer" not in page["text"]
    await office.press("Brieven maken")
    message = await office.sees("1 brief voor een vensterenvelop")
    assert (await house.sim.file(message["document"]["file_id"])).startswith(b"%PDF-")
    await office.press("Assen", message_id=page["message_id"])
    await office.press("Per post")
    await office.sees("op welke dag")
    await office.write("14-01-2019")
    await office.sees("Vastgelegd voor 1 lid: per post, maandag 14 januari 2019")
    await house.sim.idle()
    await office.write("/alv")
    await office.press("Wie heeft de oproeping")
    await office.press("Bewijs van oproeping")
    message = await office.sees("Bewijs van oproeping, stand op")
    assert (await house.sim.file(message["document"]["file_id"])).startswith(b"%PDF-")


async def test_who_did_not_reply_is_reminded(house: House) -> None:
    """At nine, ten days before, the representative is reminded and can reply in the same message; then nobody is."""
    await house.members("Assen", "Deventer")
    await prepare(house)
    await convene(house)
    replied = await house.person("portefeuillehouder Deventer")
    await replied.press("Ik kom")
    await house.sim.idle()
    quiet = await replied.last_id()
    await house.sim.set_clock("2019-02-03T08:00:30Z")
    silent = await house.person("portefeuillehouder Assen")
    reminder = await silent.sees("Herinnering")
    assert "Van de gemeente Assen is nog geen reactie ontvangen" in reminder["text"]
    await silent.press("Ik ben verhinderd", message_id=reminder["message_id"])
    await house.sim.set_clock("2019-02-08T08:00:30Z")
    await house.secretariat.write("/alv")
    await house.secretariat.sees("1 verhinderd")
    await house.sim.set_clock("2019-02-11T08:00:30Z")
    await house.sim.idle()
    for person in (replied, await house.person("coördinator Assen"), house.secretariat):
        texts = [str(message["text"]) for message in await person.messages()]
        assert not [text for text in texts if "Herinnering" in text or "Bellijst" in text]
    assert await replied.last_id() == quiet


async def test_amounts_in_the_invitation(house: House) -> None:
    """An amount per inhabitant is filled in at the item; each member reads its own sum."""
    await house.members("Assen")
    await prepare(house)
    office = house.secretariat
    await office.press("Agendapunten nalopen")
    await office.press("2.1 Notulen ALV, 21 juni 2018, bijlage 1.")
    await office.press("Kosten per inwoner invoeren")
    await office.sees("Wat kost agendapunt 2.1 een lid per inwoner")
    await office.write("€ 0,12")
    await office.sees("Dit kost een lid")
    await office.write("/alv")
    await convene(house)
    person = await house.person("coördinator Assen")
    invitation = await person.sees("roept u op voor")
    assert "het inwonertal van de gemeente Assen is niet bekend" in invitation["text"]
