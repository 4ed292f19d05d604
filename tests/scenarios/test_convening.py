"""Preparing and convening an assembly in chat, as the secretariat and the members see it."""

from base64 import b64decode
from typing import Any

from tests.support.house import AGENDA, MEETING_STARTS, House

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
"""The smallest picture."""

PLACE = "Grand Hotel Karel V, Geertebolwerk 1, Utrecht"


async def prepare(house: House, *papers: int) -> None:
    """Let the secretariat prepare an assembly with its agenda and papers in chat."""
    office = house.secretariat
    await office.write("/alv")
    await office.press("Nieuwe ALV voorbereiden")
    await office.sees("Hoe heet de ALV")
    await office.write("ALV 13 februari 2019")
    await office.sees("Wanneer begint")
    await office.write(MEETING_STARTS)
    await office.sees("woensdag 13 februari 2019 om 18.00 uur")
    await office.write(PLACE)
    await office.press("Agenda invoeren")
    await office.sees("Stuur de agenda")
    await office.write(AGENDA)
    await office.sees("Zo is de agenda gelezen, met 6 punten")
    await office.press("Agenda overnemen")
    await office.sees("De agenda telt 6 punten")
    for number in papers:
        await add_paper(house, number)


async def add_paper(house: House, number: int) -> None:
    """Let the secretariat add a paper."""
    office = house.secretariat
    await office.press("Stukken toevoegen")
    await office.sees("Stuur de stukken")
    before = await office.last_id()
    await office.send_file(f"scan{number}.pdf", b"%PDF-1.7 paper", f"Bijlage {number}: Stuk {number}")
    await office.sees(f"Bijlage {number} – Stuk {number} is ontvangen", after=before)
    await office.press("Klaar")
    await office.sees("ALV 13 februari 2019", after=before)


async def convene(house: House) -> None:
    """Let the secretariat look at the convocation and send it."""
    office = house.secretariat
    await office.press("Oproeping bekijken")
    await office.sees("Zo ziet de oproeping eruit")
    await office.press("Oproeping versturen")
    await office.sees("De oproeping is onderweg")


def labels(message: dict[str, Any]) -> list[str]:
    """Return the labels of a message's buttons."""
    return [button["label"] for row in message["buttons"] for button in row]


async def test_from_draft_to_replies(house: House) -> None:
    """An assembly is prepared, convened and replied to by button; the console follows in place."""
    await house.members("Assen", "Deventer")
    await prepare(house, 1)
    await convene(house)
    person = await house.person("portefeuillehouder Deventer")
    invitation = await person.sees("roept u op voor")
    assert "woensdag 13 februari 2019 om 18.00 uur" in invitation["text"]
    assert labels(invitation)[:4] == ["Ik kom", "Ik doe op afstand mee", "Volmacht verlenen", "Ik ben verhinderd"]
    await person.sees("Bijlage 1 – Stuk 1", after=invitation["message_id"])
    assert "de gemeente Deventer: komt" in await person.press("Ik kom")
    reply = await person.sees("Uw reactie op de oproeping")
    assert "✓ Ik kom" in labels(reply)
    assert "doet op afstand mee" in await person.press("Ik doe op afstand mee", message_id=reply["message_id"])
    changed = await person.sees("de gemeente Deventer: doet op afstand mee")
    assert changed["message_id"] == reply["message_id"]
    console = await house.secretariat.sees("1 op afstand, 0 met volmacht")
    assert "Verwacht: 1 van de 2 stemmen" in console["text"]
    assert "ALV openen" in labels(console)


async def test_papers_are_never_uploaded_again(house: House) -> None:
    """Every copy of a paper goes out by the file id under which it came in."""
    await house.members("Assen")
    await prepare(house, 1)
    await convene(house)
    for name in ("portefeuillehouder Assen", "coördinator Assen"):
        await (await house.person(name)).sees("Bijlage 1 – Stuk 1")
    sent = [entry["params"] for entry in await house.sim.requests("sendDocument")]
    papers = [params["document"] for params in sent if "Bijlage 1" in str(params.get("caption"))]
    assert len(papers) >= 2
    assert len({str(document) for document in papers}) == 1
    assert isinstance(papers[0], str), "a file id, not a file"


async def test_agenda_is_gone_over_in_place(house: House) -> None:
    """Items are leafed through, corrected and given a proposal in one message that changes."""
    await prepare(house)
    office = house.secretariat
    await office.press("Agendapunten nalopen")
    page = await office.sees("Welk agendapunt wilt u nalopen")
    await office.press("2.1 Notulen ALV, 21 juni 2018, bijlage 1.", message_id=page["message_id"])
    item = await office.sees("Soort: Besluit")
    assert item["message_id"] == page["message_id"]
    await office.press("Bespreking", message_id=item["message_id"])
    item = await office.sees("Soort: Bespreking")
    assert "✓ Bespreking" in labels(item)
    await office.press("✓ Bespreking", message_id=item["message_id"])
    await office.press("Besluit", message_id=item["message_id"])
    await office.press("Voorgenomen besluit invoeren")
    await office.sees("Stuur het voorgenomen besluit bij agendapunt 2.1")
    await office.write("De notulen van 21 juni 2018 vast te stellen.")
    shown = await office.sees("Voorgenomen besluit:", after=item["message_id"])
    assert "De notulen van 21 juni 2018 vast te stellen." in shown["text"]
    await office.press("Naar de agendapunten", message_id=shown["message_id"])
    await office.sees("Welk agendapunt wilt u nalopen", after=item["message_id"])


async def test_album_of_papers(house: House) -> None:
    """Papers can come as an album; the one without a number is asked about and the others are stored."""
    await prepare(house)
    office = house.secretariat
    await office.press("Stukken toevoegen")
    await office.sees("Stuur de stukken")
    files = (("Bijlage_1.pdf", b"%PDF one"), ("los stuk.pdf", b"%PDF two"), ("2. Voordracht.pdf", b"%PDF three"))
    await house.sim.send_documents(office.user, *files)
    await office.sees("Bijlage 1 is ontvangen, versie 1")
    await office.sees("Welke bijlage is los stuk.pdf")
    await office.sees("Bijlage 2 – Voordracht is ontvangen")
    await office.write("4")
    await office.sees("Bijlage 4 – Los stuk is ontvangen")
    await office.write("dat was het")
    repeated = await office.sees("Al ontvangen: bijlagen 1, 2 en 4")
    await house.sim.send_photos(office.user, ("foto.png", PIXEL))
    await office.sees("Stuur de stukken als bestand", after=repeated["message_id"])
    await office.press("Klaar")
    await office.sees("Bijlagen: 1, 2 en 4")


async def test_late_convocation_and_late_paper(house: House) -> None:
    """Convening late asks for a reason; a paper that comes later goes to everybody, also to who registers last."""
    await house.members("Assen")
    await prepare(house)
    await house.sim.set_clock("2019-02-01T09:00:00Z")
    office = house.secretariat
    await office.press("Oproeping bekijken")
    await office.sees("Waarom komt de oproeping later?")
    await office.write("De zaal viel uit.")
    await office.press("Oproeping versturen")
    person = await house.person("coördinator Assen")
    await person.sees("met als reden: De zaal viel uit.")
    await office.write("/alv")
    await add_paper(house, 2)
    await office.press("Nazending versturen")
    await person.sees("Nazending: Bijlage 2 – Stuk 2")
    await office.sees("Nazending van bijlage 2: onderweg naar 3 personen")
    await house.members("Deventer")
    newcomer = await house.person("portefeuillehouder Deventer")
    invitation = await newcomer.sees("roept u op voor")
    await newcomer.sees("Bijlage 2 – Stuk 2", after=invitation["message_id"])
    await newcomer.write("/stukken")
    await newcomer.sees("Hieronder volgt 1 bijlage", after=invitation["message_id"])


async def test_redelivered_press_convenes_once(house: House) -> None:
    """When Telegram delivers the press again, and somebody presses again, nobody gets a second invitation."""
    await house.members("Assen")
    await prepare(house)
    await convene(house)
    updates = [entry["update"] for entry in await house.sim.log(kind="update")]
    press = next(update for update in updates if update.get("callback_query", {}).get("data") == "1:conv:1")
    await house.sim.redeliver(press["update_id"])
    again = await house.secretariat.press_data("1:conv:1")
    assert "al verstuurd op maandag 14 januari 2019" in again
    person = await house.person("coördinator Assen")
    await person.sees("roept u op voor")
    await house.sim.idle()
    invitations = [m for m in await person.messages() if "roept u op voor" in str(m["text"])]
    assert len(invitations) == 1


async def test_only_the_secretariat_prepares(house: House) -> None:
    """A member's people get no console and no way to convene, whatever they write or press."""
    await house.members("Assen")
    await prepare(house)
    person = await house.person("portefeuillehouder Assen")
    before = await person.last_id()
    await person.write("/alv")
    await person.sees("hoort niet bij uw rol", after=before)
    for data in ("1:conv:1", "1:prev:1", "1:agenda:1", "1:papers:1", "1:late:1", "1:who:1", "1:note", "1:send:1:0"):
        assert "hoort niet bij uw rol" in await person.press_data(data)
