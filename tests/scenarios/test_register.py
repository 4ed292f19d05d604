"""The register as the secretariat works with it: files in and out, elections, and members one by one."""

import csv
import io
from typing import Any

from openpyxl import load_workbook

from tests.scenarios.test_convening import convene, prepare
from tests.scenarios.test_voting import grant, opened, representatives
from tests.support.house import Actor, House
from tests.support.workbooks import patched, saved, workbook

MEMBERS = ("Assen", "Deventer", "Emmen", "Raalte")


async def file_of(house: House, actor: Actor, button: str) -> tuple[str, bytes]:
    """Press a button that hands out a file, and return the file's name and bytes."""
    before = await actor.last_id()
    await actor.press(button)
    message = await house.sim.wait_for(actor.user, "", after=before)
    document = message["document"]
    return document["file_name"], await house.sim.file(document["file_id"])


async def send(actor: Actor, name: str, content: bytes, answer: str, *, elections: bool = False) -> dict[str, Any]:
    """Send a register file and return the answer to it."""
    before = await actor.last_id()
    await actor.write("/leden")
    await actor.sees("Stuur een XLSX- of CSV-bestand", after=before)
    if elections:
        await actor.press("Collegewissel")
        await actor.sees("met per lid de mensen", after=before)
    await actor.send_file(name, content)
    return await actor.sees(answer, after=before)


async def test_the_register_goes_out_and_comes_back(house: House) -> None:
    """The exported workbook makes no difference; what is changed in it is shown as a difference and taken over."""
    await house.members(*MEMBERS)
    office = house.secretariat
    before = await office.last_id()
    await office.write("/leden")
    shown = await office.sees("Kies een lid", after=before)
    assert "4 leden" in shown["text"]
    name, content = await file_of(house, office, "Ledenbestand")
    assert name == "leden-2019-01-14.xlsx"
    same = await send(office, name, content, "Geen verschillen")
    assert [button["label"] for row in same["buttons"] for button in row] == ["Terug naar de leden"]
    book = load_workbook(io.BytesIO(content))
    for row in book["Leden"].iter_rows(min_row=2):
        if row[0].value == "Assen":
            row[2].value = 68_000
    book["Leden"].append(("Hoogeveen", *[None] * 5, "portefeuillehouder Hoogeveen", None, "vertegenwoordiger"))
    changed = io.BytesIO()
    book.save(changed)
    shown = await send(office, name, changed.getvalue(), "Nieuwe leden")
    assert "Hoogeveen" in shown["text"]
    assert "Assen: inwonertal – → 68.000" in shown["text"]
    assert "portefeuillehouder Hoogeveen: stemgerechtigde vertegenwoordiger van de gemeente Hoogeveen" in shown["text"]
    await office.press("Overnemen", message_id=shown["message_id"])
    await office.sees("Het register telt nu 5 leden en 10 personen")
    await office.sees("1 persoon is nog niet aangemeld")


async def test_the_template_is_filled_in_and_read(house: House) -> None:
    """The empty file comes by command and by button, and the example row in it is passed over."""
    office = house.secretariat
    await office.write("/sjabloon")
    message = await office.sees("Dit bestand toont de kolommen")
    book = load_workbook(io.BytesIO(await house.sim.file(message["document"]["file_id"])))
    assert book.sheetnames == ["Leden", "Uitleg"]
    book["Leden"].append(("Assen", *[None] * 5, "Wethouder Assen", None, "vertegenwoordiger"))
    filled = io.BytesIO()
    book.save(filled)
    shown = await send(office, "leden.xlsx", filled.getvalue(), "Nieuwe leden")
    assert "Voorbeeldstad" not in shown["text"]
    await office.press("Terug naar de leden", message_id=shown["message_id"])
    await office.sees("Kies een lid", after=shown["message_id"])
    assert await house.storage.read(lambda unit: unit.members.all()) == ()


async def test_every_wrong_row_is_named(house: House) -> None:
    """Many wrong rows come as a file with every row in it; nothing is taken over."""
    office = house.secretariat
    rows = [("Assen", None, None, None, None, None, f"Persoon {row}", None, "keizer") for row in range(200)]
    shown = await send(office, "leden.xlsx", saved(workbook(*rows)), "200 regels van leden.xlsx")
    content = (await house.sim.file(shown["document"]["file_id"])).decode("utf-8-sig")
    listed = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert listed[0] == ["regel", "reden"]
    assert listed[1:3] == [["2", "onbekende rol: keizer"], ["3", "onbekende rol: keizer"]]
    assert len(listed) == 201


async def test_hostile_files_are_refused_in_words(house: House) -> None:
    """Macros, formulas, and what is no register at all: a plain reason each, and the bot goes on."""
    office = house.secretariat
    honest = saved(workbook(("Assen",)))
    for content, answer in (
        (patched(honest, {"xl/vbaProject.bin": b"x"}), "zitten macro’s"),
        (patched(honest, {"xl/sharedStrings.xml": b" " * 30_000_000}), "te groot als het wordt uitgepakt"),
        (saved(workbook(("=1+1",))), "cel A2 bevat een formule"),
        (b"%PDF-1.7", "andere soort dan gevraagd"),
        ("lid\nAssen\n".encode("utf-16"), "niet met zekerheid te lezen"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "Bewaar het als XLSX of CSV"),
    ):
        await send(office, "leden.xlsx", content, answer)
    assert await house.storage.read(lambda unit: unit.members.all()) == ()
    assert (await send(office, "leden.xlsx", honest, "Nieuwe leden"))["buttons"]


async def test_what_was_seen_is_what_is_taken_over(house: House) -> None:
    """Two of the secretariat at once: the second is told that the register moved, and sees what would change now."""
    await house.members("Assen")
    office = house.secretariat
    rows = "lid;code;inwonertal\nAssen;assen;{}\n"
    first = await send(office, "een.csv", rows.format(1000).encode(), "1.000")
    second = await send(office, "twee.csv", rows.format(2000).encode(), "2.000")
    await office.press("Overnemen", message_id=second["message_id"])
    await office.sees("Overgenomen")
    answer = await office.press("Overnemen", message_id=first["message_id"])
    assert "intussen gewijzigd; er is niets overgenomen" in answer
    fresh = await office.sees("inwonertal 2.000 → 1.000")
    assert fresh["message_id"] == first["message_id"]
    await office.press("Overnemen", message_id=first["message_id"])
    (assen,) = await house.storage.read(lambda unit: unit.members.all())
    assert assen.inhabitants == 1000


async def test_after_elections(house: House) -> None:
    """Collegewissel: who left can do nothing any more, who came gets a link, and the coordinator stays."""
    await house.members(*MEMBERS)
    office, leaver = house.secretariat, await house.person("portefeuillehouder Assen")
    await leaver.write("/menu")
    rows = "lid;naam;functie;rol\nAssen;nieuwe wethouder Assen;wethouder;vertegenwoordiger\n"
    shown = await send(office, "college.csv", rows.encode(), "vertrekt: portefeuillehouder Assen", elections=True)
    assert "komt: nieuwe wethouder Assen, stemgerechtigde vertegenwoordiger" in shown["text"]
    assert "coördinator" not in shown["text"]
    await office.press("Overnemen", message_id=shown["message_id"])
    await leaver.sees("Uw rollen zijn beëindigd")
    before = await leaver.last_id()
    for command in ("/volmacht", "/stem", "/stukken"):
        await leaver.write(command)
        before = (await leaver.sees("Dit hoort niet bij uw rol", after=before))["message_id"]
    done = await office.sees("1 persoon is nog niet aangemeld")
    assert "Van 1 persoon zijn rollen beëindigd" in done["text"]
    await office.press("Registratielinks maken", message_id=done["message_id"])
    await office.sees("1 persoon is nog niet aangemeld")


async def test_members_are_found_and_leafed_through(house: House) -> None:
    """The list has pages and is searched by typing; a member's card shows its people and who of them is registered."""
    await house.import_register([f"Lid {number:02};Wethouder {number:02};;vertegenwoordiger" for number in range(20)])
    office = house.secretariat
    before = await office.last_id()
    await office.write("/leden")
    shown = await office.sees("Pagina 1 van 3", after=before)
    await office.press("Volgende", message_id=shown["message_id"])
    await office.sees("Pagina 2 van 3")
    await office.press("Lid 08", message_id=shown["message_id"])
    card = await office.sees("Wethouder 08, stemgerechtigde vertegenwoordiger van de gemeente Lid 08: nog geen link")
    assert card["message_id"] == shown["message_id"]
    await office.press("Alle leden", message_id=shown["message_id"])
    await office.sees("Pagina 1 van 3")
    await office.write("wethouder 1")
    found = await office.sees("Gevonden voor “wethouder 1”")
    assert "Er zijn er nog 2 gevonden" in found["text"]
    await office.write("niemand")
    await office.sees("Er is niets gevonden voor “niemand”")


async def test_a_fact_is_changed_in_chat(house: House) -> None:
    """The card becomes the question and then the card again, with what was typed."""
    await house.import_register(["Assen;Wethouder Assen;;vertegenwoordiger"])
    office = house.secretariat
    before = await office.last_id()
    await office.write("/leden")
    shown = await office.sees("Kies een lid", after=before)
    await office.press("Assen", message_id=shown["message_id"])
    await office.press("Inwonertal wijzigen")
    await office.sees("Typ het inwonertal van Assen. Nu is dat –.")
    await office.write("veel")
    await office.sees("“veel” is geen heel getal van ten minste 0")
    await office.write("68.000")
    question = await office.sees("inwonertal: – → 68.000")
    await office.press("Wijzigen", message_id=question["message_id"])
    card = await office.sees("Inwonertal: 68.000")
    assert card["message_id"] == question["message_id"]


MUNICIPALITIES = (
    "Assen", "Blaricum", "Borger-Odoorn", "Brielle", "Coevorden", "Deventer", "Eemnes", "Emmen", "Enschede",
    "Gemert-Bakel", "Groningen", "Hardenberg", "Hellevoetsluis", "Kampen", "Laarbeek", "Landerd", "Landsmeer",
    "Laren", "Nissewaard", "Oldambt", "Oldenzaal", "Olst-Wijhe", "Ommen", "Oost Gelre", "Raalte", "Roermond",
    "Rotterdam", "Ten Boer", "Twenterand", "Velsen", "Waterland", "Westerwolde", "Westvoorne", "Zwolle",
)  # fmt: skip
"""The members of 2018."""


async def test_ten_boer_merges_into_groningen(house: House) -> None:
    """Herindeling: 34 members become 33 on 1 January 2019; its proxy lapses then, and before that nothing changes."""
    await house.sim.set_clock("2018-12-10T09:00:00Z")
    active = ("Groningen", "Ten Boer", "Zwolle")
    await house.import_register([f"{name};;;" for name in MUNICIPALITIES])
    await house.members(*active)
    await prepare(house)
    await convene(house)
    office = house.secretariat
    boer, zwolle = await representatives(house, "Ten Boer", "Zwolle")
    await grant(boer, "Zwolle")
    await zwolle.press("Volmacht aanvaarden")
    await boer.sees("heeft de volmacht van de gemeente Ten Boer aanvaard")

    before = await office.last_id()
    await office.write("/leden")
    shown = await office.sees("34 leden", after=before)
    await office.write("ten boer")
    found = await office.sees("Gevonden voor “ten boer”", after=shown["message_id"])
    await office.press("Ten Boer", message_id=found["message_id"])
    await office.press("Herindeling")
    await office.sees("In welk lid gaat Ten Boer op")
    await office.write("groningen")
    choice = await office.sees("In welk lid gaat Ten Boer op", after=found["message_id"] + 1)
    await office.press("Groningen", message_id=choice["message_id"])
    await office.sees("Typ de eerste dag waarop Ten Boer geen lid meer is")
    await office.write("1 januari 2019")
    question = await office.sees("Tot die dag verandert er niets")
    assert "34 leden worden 33 leden" in question["text"]
    assert "Ten Boer aan portefeuillehouder Zwolle" in question["text"]
    await office.press("Vastleggen, mensen gaan mee", message_id=question["message_id"])
    await office.sees("Gaat op dinsdag 1 januari 2019 op in Groningen")

    await zwolle.write("/stem")
    await zwolle.sees("de gemeente Ten Boer: volmacht aanvaard")
    await house.sim.set_clock("2018-12-31T23:00:05Z")
    await office.sees("Ten Boer is op dinsdag 1 januari 2019 opgegaan in Groningen")
    await office.sees("De vereniging heeft nu 33 leden")
    for person in (boer, zwolle):
        await person.sees("is vervallen: de gemeente Ten Boer is geen lid meer")
    await boer.sees("stemgerechtigde vertegenwoordiger van de gemeente Groningen")
    before = await zwolle.last_id()
    await zwolle.write("/stem")
    assert "Ten Boer" not in (await zwolle.sees("Namens wie stem ik", after=before))["text"]
    await opened(house, "Zwolle")
    await office.sees("1 van de 33 stemmen")
