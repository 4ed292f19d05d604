"""Notices as the secretariat works with them, through chat alone: written, aimed, sent, followed, and changed after."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from bot import scheduler
from screens.qr import qr_png
from tests.support.house import Actor, House

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is due be done several times a second."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.2)


async def write(office: Actor, text: str, entities: list[Json] | None = None) -> None:
    """Begin a notice with a text."""
    await office.write("/mededeling")
    await office.sees("Stuur de mededeling")
    body = {"from": office.id, "text": text, "entities": entities or []}
    await office.house.sim.call("POST", "/sim/chats/bot/messages", body)


async def send(office: Actor, *labels: str, options: tuple[str, ...] = ()) -> Json:
    """Choose the audience, look at the notice, and send it; return the message that follows it."""
    await office.press("Ontvangers kiezen")
    for label in labels:
        await office.press(label)
    await office.press("Mededeling bekijken en versturen")
    for label in options:
        await office.press(label)
    await office.press("Nu versturen")
    return await office.sees("Mededeling verstuurd op")


async def group(house: House, kind: str = "group") -> Json:
    """Link a group or channel."""
    office = house.secretariat
    made = await house.sim.group("ALV", office.user, kind)
    await house.sim.add_member(made["id"], "bot", office.user, admin=kind == "channel")
    await office.sees("“ALV” ontvangt voortaan")
    return made


async def test_notice_reaches_everybody_and_the_group(house: House) -> None:
    """A notice is seen before it is sent; its formatting arrives, and its sender sees whom it did not reach and why."""
    await house.members("Assen", "Deventer")
    office = house.secretariat
    chat = await group(house)
    gone, closed = await house.person("coördinator Deventer"), await house.person("coördinator Assen")
    await house.sim.block(gone.user)
    await house.sim.delete_account(closed.user)
    entities: list[Json] = [
        {"type": "bold", "offset": 3, "length": 7},
        {"type": "italic", "offset": 6, "length": 9},
        {"type": "text_link", "offset": 19, "length": 4, "url": "https://voorbeeld.nl/?a=1&b=2"},
    ]
    await write(office, "😀 De zaal is gewij hier & <nu>.", entities)
    await office.press("Ontvangers kiezen")
    asked = await office.sees("Voor wie is deze mededeling?")
    labels = [button["label"] for row in asked["buttons"] for button in row]
    assert labels == [
        "Allen (5)",
        "Vertegenwoordigers (2)",
        "Coördinatoren (2)",
        "Regiebureau (1)",
        "Leden met de hand kiezen",
        "📣 ALV",
        "Mededeling bekijken en versturen",
        "Annuleren",
    ]
    await office.press("Allen (5)")
    await office.press("📣 ALV")
    await office.sees("Nu gekozen: 5 personen en 1 groep of kanaal")
    await office.press("Mededeling bekijken en versturen")
    preview = await office.sees("Zo ziet de mededeling eruit. Ontvangers: Allen; ALV.")
    assert "Dat zijn 5 personen en 1 groep of kanaal." in preview["text"]
    await office.press("Nu versturen")
    person = await house.person("portefeuillehouder Assen")
    notice = await person.sees("De zaal is gewij hier & <nu>.")
    head = "Mededeling van Coöperatie Voorbeeld U.A."
    assert notice["text"].startswith(f"{head}\n\n😀")
    moved = [{**entity, "offset": entity["offset"] + len(head) + 2} for entity in entities]
    assert notice["entities"] == [{"type": "bold", "offset": 0, "length": len(head)}, *moved]
    await house.sim.wait_for(office.user, "De zaal is gewij", chat=chat["id"])
    result = await office.sees("3 van de 5 bezorgd")
    assert "▓▓▓▓▓▓▓▓▓▓ 100,0%" in result["text"]
    assert "coördinator Deventer (coördinator): heeft deze assistent geblokkeerd" in result["text"]
    assert "coördinator Assen (coördinator): heeft geen Telegram-account meer" in result["text"]
    assert "Groepen en kanalen: 1 van 1" in result["text"]
    assert result["message_id"] == preview["message_id"], "the preview became the progress"


async def test_document_with_its_words(house: House) -> None:
    """A document with a caption goes to the chosen role only, as one message."""
    await house.members("Assen")
    office = house.secretariat
    await office.press("Mededeling versturen")
    await office.sees("Stuur de mededeling")
    await office.send_file("route.pdf", b"%PDF route", "De route naar de zaal")
    await office.sees("1 bestand: route.pdf")
    await send(office, "Vertegenwoordigers (1)")
    person = await house.person("portefeuillehouder Assen")
    notice = await person.sees("De route naar de zaal")
    assert notice["document"]["file_name"] == "route.pdf"
    await office.sees("1 van de 1 bezorgd")
    other = await house.person("coördinator Assen")
    assert not [message for message in await other.messages() if "route" in str(message["caption"])]


async def test_albums_arrive_as_albums(house: House) -> None:
    """Documents and photos that were sent together arrive together, behind the words; withdrawn they are all gone."""
    await house.members("Assen")
    office = house.secretariat
    await write(office, "Zie de bijlagen.")
    await office.sees("tekst van 16 tekens")
    documents = [(f"bijlage {number}.pdf", b"%PDF " + bytes([number])) for number in range(3)]
    await house.sim.send_documents(office.user, *documents)
    await house.sim.send_photos(office.user, ("a.png", qr_png("a")), ("b.png", qr_png("b")), caption="De zaal")
    draft = await office.sees("5 bestanden")
    assert "Dat worden 4 berichten." in draft["text"]
    await send(office, "Vertegenwoordigers (1)")
    await office.sees("1 van de 1 bezorgd")
    person = await house.person("portefeuillehouder Assen")
    *_before, text, words, first, second, third, left, right = await person.messages()
    assert (text["text"], words["text"]) == ("Mededeling van Coöperatie Voorbeeld U.A.\n\nZie de bijlagen.", "De zaal")
    assert [message["document"]["file_name"] for message in (first, second, third)] == [name for name, _ in documents]
    assert len({message["media_group_id"] for message in (first, second, third)}) == 1
    assert left["photo"]
    assert left["media_group_id"] == right["media_group_id"] != first["media_group_id"]
    count = len(await person.messages())
    await office.press("Intrekken")
    await office.press("Mededeling intrekken")
    await office.sees("Verwijderd: in 1 van de 1 chats")
    assert len(await person.messages()) == count - 7


async def test_commission_and_confirmations(house: House) -> None:
    """A commission is filled by typing and pressing; its people confirm, and the secretariat sees that live."""
    await house.members("Assen", "Deventer")
    office = house.secretariat
    await office.write("/mededeling")
    await office.press("Commissies")
    await office.press("Nieuwe commissie")
    await office.sees("Hoe heet de commissie?")
    await office.write("Auditcommissie")
    await office.sees("Wie komt bij “Auditcommissie”?")
    await office.write("coördinator")
    await office.press("coördinator Assen (coördinator)")
    await office.sees("Auditcommissie – 1 persoon")
    await write(office, "Graag bevestigen.")
    await send(office, "Auditcommissie", options=("Ontvangst laten bevestigen", "Zonder geluid"))
    await office.sees("Ontvangst bevestigd: 0 van de 1")
    person = await house.person("coördinator Assen")
    await person.sees("Graag bevestigen.")
    assert await person.press("Ontvangst bevestigen") == "Dank u. Genoteerd is dat u deze mededeling hebt ontvangen."
    await person.press("✓ Ontvangst bevestigd")
    await office.sees("Ontvangst bevestigd: 1 van de 1")
    other = await house.person("coördinator Deventer")
    assert not [message for message in await other.messages() if "Graag bevestigen" in str(message["text"])]


async def test_corrected_repeated_and_reported(house: House) -> None:
    """What was sent is corrected in place; whom it failed gets it once more; the report says so, also as a file."""
    await house.members("Assen", "Deventer")
    office = house.secretariat
    person, away = await house.person("portefeuillehouder Assen"), await house.person("portefeuillehouder Deventer")
    await house.sim.block(away.user)
    await write(office, "Om 19.00 uur.")
    await send(office, "Vertegenwoordigers (2)")
    wrong = await person.sees("Om 19.00 uur.")
    await office.sees("1 van de 2 bezorgd")
    await office.press("Corrigeren")
    await office.sees("Stuur de hele tekst")
    await office.write("Om 20.00 uur.")
    await office.sees("De mededeling wordt in 1 chat gewijzigd")
    await office.press("Correctie doorvoeren")
    right = await person.sees("Om 20.00 uur.")
    assert right["message_id"] == wrong["message_id"]
    await office.sees("Gecorrigeerd: in 1 van de 1 chats")
    await house.sim.unblock(away.user)
    await office.press("Opnieuw naar wie het mislukte")
    await office.sees("2 van de 2 bezorgd")
    await away.sees("Om 20.00 uur.")
    await office.press("Bezorging per persoon")
    report = await office.sees("✓ portefeuillehouder Deventer (portefeuillehouder): bezorgd")
    assert "✓ portefeuillehouder Assen (portefeuillehouder): bezorgd" in report["text"]
    await office.press("Terug naar de mededeling")
    await office.press("Bezorging als bestand (XLSX)")
    message = await office.sees("De bezorging van de mededeling van maandag 14 januari 2019 om 10.00 uur")
    assert message["document"]["file_name"] == "mededeling-1-2019-01-14.xlsx"
    book = load_workbook(io.BytesIO(await house.sim.file(message["document"]["file_id"])))
    rows = list(book["Bezorging"].iter_rows(values_only=True))
    assert rows[0] == ("Naam", "Functie", "Bezorging", "Moment")
    assert [row[:3] for row in rows[1:]] == [
        ("portefeuillehouder Assen", "portefeuillehouder", "bezorgd"),
        ("portefeuillehouder Deventer", "portefeuillehouder", "bezorgd"),
    ]


async def test_withdrawn_after_two_days(house: House) -> None:
    """Within two days a notice is deleted; after that Telegram refuses, and the secretariat is told."""
    await house.members("Assen")
    office = house.secretariat
    await write(office, "Per ongeluk.")
    await send(office, "Coördinatoren (1)")
    person = await house.person("coördinator Assen")
    await person.sees("Per ongeluk.")
    await office.sees("1 van de 1 bezorgd")
    await house.sim.set_clock("2019-01-16T10:00:00Z")
    assert "Telegram verwijdert niets na 48 uur" in await office.press("Intrekken")
    await house.sim.set_clock("2019-01-16T08:00:00Z")
    await office.press("Intrekken")
    await office.press("Laten staan")
    await office.press("Intrekken")
    await office.press("Mededeling intrekken")
    await office.sees("Mededeling ingetrokken")
    await office.sees("Verwijderd: in 1 van de 1 chats")
    assert not [message for message in await person.messages() if "Per ongeluk" in str(message["text"])]


async def test_planned_in_the_evening(house: House) -> None:
    """In quiet hours the notice is offered for the morning; planned there it goes out by itself, to a channel too."""
    await house.members("Assen")
    office = house.secretariat
    channel = await group(house, "channel")
    await house.sim.set_clock("2019-01-14T20:30:00Z")
    await write(office, "Goedemorgen.")
    await office.press("Ontvangers kiezen")
    await office.press("Coördinatoren (1)")
    await office.press("📣 ALV")
    await office.press("Mededeling bekijken en versturen")
    await office.sees("Zij zou in de stille uren aankomen. Die duren tot dinsdag 15 januari 2019 om 08.00 uur.")
    await office.press("Versturen op dinsdag 15 januari 2019 om 08.00 uur")
    await office.sees("🕗 Mededeling gepland voor dinsdag 15 januari 2019 om 08.00 uur")
    await house.sim.idle()
    person = await house.person("coördinator Assen")
    assert not [message for message in await person.messages() if "Goedemorgen" in str(message["text"])]
    await house.sim.set_clock("2019-01-15T07:00:00Z")
    await person.sees("Goedemorgen.")
    await house.sim.wait_for(office.user, "Goedemorgen.", chat=channel["id"])
    await office.sees("1 van de 1 bezorgd")


async def test_planned_at_a_time_and_taken_back(house: House) -> None:
    """A time is typed; in quiet hours that needs a say-so; a plan is taken back, and the notice sent at once."""
    await house.members("Assen")
    office = house.secretariat
    await write(office, "Straks.")
    await office.press("Ontvangers kiezen")
    await office.press("Coördinatoren (1)")
    await office.press("Mededeling bekijken en versturen")
    await office.press("Op een ander moment versturen")
    await office.sees("Wanneer moet de mededeling uit?")
    await office.write("13-01-2019 09:00")
    await office.sees("Dat moment is al voorbij")
    await office.write("14-01-2019 21:00")
    await office.sees("Zij zou in de stille uren aankomen.")
    await office.press("Toch zo plannen")
    await office.sees("Mededeling gepland voor maandag 14 januari 2019 om 21.00 uur")
    await office.write("/mededeling")
    await office.press("Eerdere mededelingen")
    await office.press("🕗 Straks.")
    await office.press("Niet versturen")
    await office.press("Nu versturen")
    await (await house.person("coördinator Assen")).sees("Straks.")


async def test_members_by_hand_and_a_long_text(house: House) -> None:
    """Members are found by typing and chosen by pressing; a text that fills a message arrives in two."""
    await house.members("Assen", "Deventer")
    office = house.secretariat
    words = " ".join(f"woord{number}" for number in range(465))
    assert 3900 < len(words) < 4096
    await write(office, words)
    draft = await office.sees("Dat worden 2 berichten.")
    assert "De tekst is te lang voor één bericht." in draft["text"]
    await office.press("Ontvangers kiezen")
    await office.press("Leden met de hand kiezen")
    await office.write("dev")
    await office.press("Deventer")
    await office.press("Terug naar de ontvangers")
    await office.sees("Alleen van: Deventer")
    await office.press("Mededeling bekijken en versturen")
    await office.sees("Ontvangers: Allen; alleen van Deventer.")
    await office.press("Nu versturen")
    await office.sees("2 van de 2 bezorgd")
    person = await house.person("coördinator Deventer")
    first, second = (message["text"] for message in (await person.messages())[-2:])
    assert first.startswith("Mededeling van Coöperatie Voorbeeld U.A.\n\nwoord0 ")
    assert f"{first.partition(chr(10) * 2)[2]} {second}" == words


async def test_cancelled_notice_is_not_sent(house: House) -> None:
    """After cancelling, the button under the preview sends nothing."""
    await house.members("Assen")
    office = house.secretariat
    await write(office, "Toch maar niet")
    await office.press("Ontvangers kiezen")
    await office.press("Allen (3)")
    await office.press("Mededeling bekijken en versturen")
    preview = await office.sees("Zo ziet de mededeling eruit")
    await office.press("Annuleren", message_id=preview["message_id"])
    await office.sees("Geannuleerd")
    assert "knop werkt niet meer" in await office.press("Nu versturen", message_id=preview["message_id"])
