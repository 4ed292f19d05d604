"""An assembly from nothing to its papers in chat, as the secretariats of several associations do it."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.scenarios.test_convening import convene, labels, prepare
from tests.support.documents import pdf, word
from tests.support.house import Actor, House

DATA = Path(__file__).parents[1] / "assembly" / "data"
TABLE = [
    ("Nr", "Onderwerp", "Doel", "Bijlage"),
    ("1", "Opening", "", ""),
    ("2", "Jaarrekening 2018", "ter besluitvorming", "1"),
    ("3", "Fusieplannen", "ter kennisname", ""),
    ("4", "Sluiting", "", ""),
]
FORM = """Naam: kandidaat A
Leeftijd: 54
Beroep: accountant
Aandelen: geen
Functies: bestuurder
Commissariaten: geen
Motivering: kennis van financiën"""


def seed(name: str) -> str:
    """Return one of the agendas that are read in the tests of the rules."""
    return (DATA / f"agenda-{name}.txt").read_text(encoding="utf-8")


async def begin(office: Actor) -> None:
    """Let the secretariat start a new assembly."""
    await office.write("/alv")
    await office.press("Nieuwe ALV voorbereiden")
    await office.sees("Of stuur meteen de agenda")


async def test_an_assembly_out_of_its_agenda(house: House) -> None:
    """The agenda of 2019, pasted as it stands, brings title, date, place and all items."""
    office = house.secretariat
    await begin(office)
    await office.write(seed("2019"))
    preview = await office.sees("Zo is de agenda gelezen, met 21 punten")
    assert "Titel: Algemene Leden Vergadering Voorbeeld" in preview["text"]
    assert "Wanneer: woensdag 13 februari 2019 om 18.00 uur" in preview["text"]
    assert "Waar: Grand Hotel Karel V, Geertebolwerk 1, Utrecht" in preview["text"]
    await office.press("Deze ALV voorbereiden")
    console = await office.sees("In voorbereiding", after=preview["message_id"])
    assert "Agenda: 21 punten, waarvan 4 ter stemming" in console["text"]
    assert "Papers" not in console["text"]


async def test_the_minutes_of_2018_as_an_agenda(house: House) -> None:
    """Ten items and no remarks; the date has passed, so that it is asked."""
    office = house.secretariat
    await begin(office)
    await office.send_file("notulen.md", seed("2018").encode())
    preview = await office.sees("Zo is de agenda gelezen, met 10 punten")
    assert "6 Bedrijfsplan en tarieven 2019 – Besluit, bijlage 7" in preview["text"]
    await office.press("Deze ALV voorbereiden")
    await office.sees("Wanneer begint “Algemene Ledenvergadering Voorbeeld”")
    await office.write("13-02-2019 18:00")
    await office.sees("Agenda: 10 punten", after=preview["message_id"])


@pytest.mark.parametrize(
    ("name", "content", "items"),
    [
        ("agenda.docx", word("Agenda", table=TABLE), 4),
        (
            "agenda.docx",
            word("List Number|Opening", "List Number|Begroting", "List Bullet|Tarieven", "List Number|Sluiting"),
            4,
        ),
        ("agenda.pdf", pdf("1. Opening\n2. Begroting\n3. Rondvraag\n4. Sluiting"), 4),
        ("agenda.txt", "I. Opening\r\nII. Coördinatie\r\nIII. Sluiting".encode("cp1252"), 3),
    ],
    ids=["Word, a table", "Word, its numbering", "PDF", "plain text"],
)
async def test_agendas_as_files(house: House, name: str, content: bytes, items: int) -> None:
    """Whatever the file, what was read is shown before it is taken over; a date that is not there is asked."""
    office = house.secretariat
    await begin(office)
    await office.send_file(name, content)
    await office.sees(f"Zo is de agenda gelezen, met {items} punten")
    await office.press("Deze ALV voorbereiden")
    await office.sees("Hoe heet de ALV")
    for answer in ("ALV voorjaar", "13-02-2019 18:00", "Utrecht"):
        await office.write(answer)
    await office.sees(f"Agenda: {items} punten")


async def test_files_that_are_no_agenda(house: House) -> None:
    """Each gets its plain reason, and the right one can be sent after it."""
    office = house.secretariat
    await begin(office)
    for name, content, said in (
        ("scan.pdf", pdf("#rect(width: 5cm, height: 5cm)"), "In deze PDF staat geen tekst, alleen beeld"),
        ("agenda.rtf", b"{\\rtf1 1. Opening}", "Dit soort bestand kan niet als agenda worden gelezen"),
        ("brief.txt", b"Beste leden, tot dan.", "geen genummerde punten"),
    ):
        await office.send_file(name, content)
        await office.sees(said)
    await office.send_file("agenda.txt", b"1. Opening\n2. Sluiting")
    await office.sees("Zo is de agenda gelezen, met 2 punten")


async def test_another_head_than_was_filled_in(house: House) -> None:
    """The head of an agenda that comes later is proposed, and taken over only when that is pressed."""
    office = house.secretariat
    await prepare(house)
    await office.press("Agenda invoeren")
    await office.write("Agenda ledenraad 20 februari 2019, 19.30 uur, in Zwolle\n\n1. Opening\n2. Sluiting")
    await office.press("Ook titel, datum en plaats overnemen")
    stored = await office.sees("De agenda telt 2 punten")
    await office.write("/alv")
    console = await office.sees("woensdag 20 februari 2019 om 19.30 uur", after=stored["message_id"])
    assert str(console["text"]).splitlines()[0] == "Ledenraad"


async def open_item(office: Actor, label: str) -> dict[str, Any]:
    """Open an agenda item."""
    await office.press("Agendapunten nalopen")
    page = await office.sees("Welk agendapunt wilt u nalopen")
    await office.press(label, message_id=page["message_id"])
    return await office.sees("Soort: ", after=page["message_id"] - 1)


async def test_items_by_button(house: House) -> None:
    """An item moves, gets a majority, a neighbour and a nomination; and another one goes after a second press."""
    office = house.secretariat
    await prepare(house)
    item = await open_item(office, "3.1 Voordracht, nieuw lid van de Raad van Commi…")
    assert "De voordracht is nog niet ingevuld" in item["text"]
    await office.press("Voordracht invullen")
    form = await office.sees("Kopieer dit formulier")
    assert str(form["text"]).count(":\n") + str(form["text"]).count(": \n") >= 6
    await office.write(FORM)
    item = await office.sees("Voorgedragen: kandidaat A")
    await office.press("Stemming instellen")
    await office.press("Ten minste twee derde van de uitgebrachte stemmen")
    await office.press("Hoofdelijk")
    await office.press("Naar het agendapunt")
    item = await office.sees("De stemming is hoofdelijk.")
    assert "Nodig: ten minste twee derde van de uitgebrachte stemmen" in item["text"]
    await office.press("Naar de agendapunten")
    await office.press("4 Sluiting")
    await office.press("Omhoog")
    item = await office.sees("3 Sluiting")
    await office.press("Verwijderen")
    await office.press("Ja, verwijderen")
    listed = await office.sees("Welk agendapunt wilt u nalopen")
    assert "3 Bestuurlijke zaken" in listed["text"]
    assert "Sluiting" not in listed["text"]


async def test_an_album_of_papers(house: House) -> None:
    """Several files at once find their numbers by their names; one without is asked about, a slip corrected."""
    office = house.secretariat
    await prepare(house)
    await office.press("Stukken toevoegen")
    await office.sees("Stuur de stukken")
    await house.sim.send_documents(
        office.user,
        ("Bijlage 1 - Notulen.pdf", pdf("Notulen")),
        ("bijl. 4a.docx", word("Tarieven")),
        ("scan0001.pdf", pdf("Voordracht")),
        caption="",
    )
    await office.sees("Bijlage 1 – Notulen is ontvangen")
    await office.sees("Bijlage 4a is ontvangen")
    asked = await office.sees("Welke bijlage is scan0001.pdf")
    assert labels(asked) == ["Bijlage 2", "Bijlage 3"]
    await office.press("Bijlage 3", message_id=asked["message_id"])
    received = await office.sees("Bijlage 3 – Scan0001 is ontvangen")
    await office.press("Ander nummer", message_id=received["message_id"])
    chosen = await office.sees("is nu bijlage 3")
    await office.press("Bijlage 2", message_id=chosen["message_id"])
    card = await office.sees("De bijlage hoort bij agendapunt 3.1", after=chosen["message_id"])
    assert "Bestand: scan0001.pdf" in card["text"]
    await office.press("Naar de bijlagen", message_id=card["message_id"])
    listed = await office.sees("Welke bijlage wilt u nalopen")
    assert labels(listed)[:3] == ["Bijlage 1 Notulen", "Bijlage 2 Scan0001", "Bijlage 4a"]


async def test_changes_after_the_convocation(house: House) -> None:
    """A changed proposal and an item that is held over go with the nazending, and /stukken shows them."""
    await house.members("Assen")
    office = house.secretariat
    await prepare(house, 1)
    await convene(house)
    await open_item(office, "2.1 Notulen ALV, 21 juni 2018, bijlage 1.")
    await office.press("Voorgenomen besluit invoeren")
    await office.write("De notulen gewijzigd vast te stellen.")
    await office.sees("de leden weten dat nog niet")
    await office.press("Naar de agendapunten")
    await office.press("3.1 Voordracht, nieuw lid van de Raad van Commi…")
    await office.sees("Soort: Benoeming")
    await office.press("Aanhouden")
    await office.sees("(aangehouden)")
    await office.press("Nazending versturen")
    await office.sees("2 wijzigingen van de agenda: onderweg naar 3 personen")
    person = await house.person("portefeuillehouder Assen")
    changed = await person.sees("Het voorgenomen besluit is nu:")
    assert "De notulen gewijzigd vast te stellen." in changed["text"]
    await person.sees("Dit punt wordt aangehouden")
    await person.write("/stukken")
    overview = await person.sees("(gewijzigd)")
    assert "(aangehouden)" in overview["text"]


async def document_of(person: Actor, label: str, said: str) -> bytes:
    """Ask for all papers in one file, and return it."""
    await person.press(label)
    message = await person.sees(said)
    return await person.house.sim.file(message["document"]["file_id"])


async def test_all_papers_in_one_file(house: House) -> None:
    """A ZIP with every paper and a PDF with bookmarks, made and uploaded once, whoever asks after that."""
    await house.members("Assen", "Deventer")
    await prepare(house, 1)
    office = house.secretariat
    await office.press("Stukken toevoegen")
    before = await office.last_id()
    await office.send_file("Bijlage 2 - Voordracht.pdf", pdf("Voordracht"))
    await office.send_file("Bijlage 3 - Tarieven.docx", word("Tarieven"))
    await office.sees("Bijlage 3 – Tarieven is ontvangen", after=before)
    await office.press("Klaar")
    await convene(house)
    person = await house.person("portefeuillehouder Assen")
    await person.sees("Bijlage 3 – Tarieven")
    await person.write("/stukken")
    await person.sees("Hieronder volgen 3 bijlagen")
    packed = await document_of(person, "Alles in één ZIP", "3 bijlagen in één ZIP")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == [
            "Bijlage 1 - Stuk 1.pdf",
            "Bijlage 2 - Voordracht.pdf",
            "Bijlage 3 - Tarieven.docx",
        ]
    bound = await document_of(person, "Alles in één PDF", "2 bijlagen in één PDF")
    reader = PdfReader(io.BytesIO(bound))
    assert [str(item["/Title"]) for item in reader.outline if isinstance(item, dict)] == ["Bijlage 2 – Voordracht"]
    assert "Bijlage 1 – Stuk 1" in reader.pages[0].extract_text(), "it is no sound PDF, so it is named"
    for name in ("coördinator Assen", "portefeuillehouder Deventer", "coördinator Deventer"):
        other = await house.person(name)
        await other.write("/stukken")
        await other.press("Alles in één ZIP")
    for name in ("coördinator Assen", "portefeuillehouder Deventer", "coördinator Deventer"):
        await (await house.person(name)).sees("3 bijlagen in één ZIP")
    sent = [entry["params"] for entry in await house.sim.requests("sendDocument")]
    zips = [str(params["document"]) for params in sent if "in één ZIP" in str(params.get("caption"))]
    assert len(zips) == 4
    assert len(set(zips[1:])) == 1
    assert zips[0] != zips[1], "uploaded for the first, and sent by its id to the others"
