"""Members whose people use no Telegram: the secretariat enters what stands on paper, and a second person confirms."""

from typing import Any

from storage.unit import Unit
from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import convened, opened, put_to_vote
from tests.support.house import Actor, House, words

PDF = b"%PDF-1.7 signed by the mayor of Raalte"
SECOND = "tweede regiebureau"


async def with_second(house: House, *members: str, rows: tuple[str, ...] = ()) -> Actor:
    """Convene an assembly, with a second person in the secretariat; return that person."""
    await house.import_register([f";{SECOND};medewerker;regiebureau", *rows])
    await convened(house, *members)
    return await house.person(SECOND)


async def chosen(office: Actor, member: str) -> dict[str, Any]:
    """Let somebody of the secretariat find a member by typing; return what can be entered for it."""
    before = await office.last_id()
    await office.write("/invoeren")
    await office.sees("Van welk lid hebt u een papier", after=before)
    await office.write(member.lower())
    found = await office.sees("Gevonden voor", after=before)
    await office.press(member, message_id=found["message_id"])
    return await office.sees("Wat staat er op het papier", after=before)


async def entered(office: Actor, member: str, *buttons: str) -> dict[str, Any]:
    """Let somebody of the secretariat enter something with its paper; return the entry as it then stands."""
    before = await office.last_id()
    await chosen(office, member)
    for button in buttons:
        await office.press(button)
    await office.sees("Stuur het papier waarop dit staat", after=before)
    before = await office.last_id()
    await office.send_file("papier.pdf", PDF)
    return await office.sees("Een ander van het regiebureau, of de voorzitter, bevestigt dit", after=before)


async def test_a_proxy_from_a_letter(house: House) -> None:
    """The secretariat enters Raalte's proxy, a second one confirms; its coordinator, who has a phone, objects."""
    second = await with_second(house, "Assen", "Raalte")
    office = house.secretariat
    card = await entered(office, "Raalte", "Verleent een volmacht", "portefeuillehouder Assen (Assen)")
    assert "Volmacht aan portefeuillehouder Assen (Assen), op papier ondertekend" in card["caption"]
    assert labels(card) == ["Invoer terugnemen"]
    coordinator, holder = await house.person("coördinator Raalte"), await house.person("portefeuillehouder Assen")
    assert not any("Volmachtgever" in (message["text"] or "") for message in await holder.messages())
    question = await second.sees("Staat dit op het papier? Het telt zodra u het bevestigt.")
    entry = next(
        str(button["data"]) for row in question["buttons"] for button in row if button["label"] == "Bevestigen"
    )
    assert "U hebt dit zelf gedaan" in await office.press_data(entry)
    assert await second.press("Bevestigen") == ""
    assert "Deze invoer is al bevestigd" in await second.press_data(entry)
    await holder.press("Volmacht aanvaarden")
    told = await coordinator.sees("Bevestigd door tweede regiebureau; het telt.")
    assert "Ingevoerd door het regiebureau: Regiebureau" in told["caption"]
    assert (await house.sim.file(told["document"]["file_id"])) == PDF
    await coordinator.press("Dit klopt niet")
    for person in (office, second, holder):
        await person.sees("coördinator Raalte meldt dat dit niet klopt.")
    assert "heeft dit al gemeld" in await holder.press_data(entry.replace(":ec:", ":eo:"))
    await office.write("/alv")
    await office.press("Leden en volmachten")
    await office.sees("portefeuillehouder Assen (Assen), aanvaard (ingevoerd door het regiebureau; betwist)")
    await chosen(office, "Raalte")
    await entered(office, "Raalte", "Trekt de volmacht aan portefeuillehouder Assen in")
    await second.press("Bevestigen")
    await holder.sees("heeft de volmacht van de gemeente Raalte aan portefeuillehouder Assen (Assen) ingetrokken")


async def test_in_the_room_without_a_phone(house: House) -> None:
    """Raalte's representative comes, votes on a paper card and leaves; every one of these is confirmed by a second."""
    second = await with_second(house, "Assen", rows=("Raalte;wethouder Raalte;wethouder;vertegenwoordiger",))
    await without_phone(house, "wethouder Raalte")
    office = house.secretariat
    await opened(house, "Assen")
    await entered(office, "Raalte", "wethouder Raalte is in de zaal")
    await office.write("/alv")
    await office.press("Presentielijst")
    await office.sees("Aanwezig of vertegenwoordigd: 1 van de 2 stemmen.")
    await second.press("Bevestigen")
    await office.sees("Raalte: wethouder Raalte (ingevoerd door het regiebureau)")
    await office.write("/alv")
    await put_to_vote(house, "2.1")
    await entered(office, "Raalte", "Stemt: tegen")
    assert not any("2 van de 2 stemmen uitgebracht" in (m["text"] or "") for m in await office.messages())
    await second.press("Bevestigen")
    assert "Raalte heeft al gestemd, via tweede regiebureau" in await _refused(office, "Raalte", "Stemt: voor")
    assert "stemt met de eigen telefoon namens de gemeente Assen" in await _refused(office, "Assen", "Stemt: voor")
    (assen,) = [await house.person("portefeuillehouder Assen")]
    await assen.press("Assen: voor")
    await office.sees("2 van de 2 stemmen uitgebracht")
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    outcome = await assen.sees("Uitslag agendapunt 2.1")
    assert {"Voor: 1", "Tegen: 1", "Ingevoerd door het regiebureau: Raalte."} <= set(words(outcome).splitlines())
    await entered(office, "Raalte", "wethouder Raalte vertrekt")
    await second.press("Bevestigen")
    await office.sees("Raalte: wethouder Raalte (ingevoerd door het regiebureau) (vertrokken om 18.05 uur)")


async def without_phone(house: House, name: str) -> None:
    """Let somebody be without an account, as who never registered."""

    async def unbind(unit: Unit) -> None:
        person = next(person for person in await unit.people.all() if person.person.name == name)
        await unit.people.unbind(person.person.id)

    await house.storage.write(unbind)


async def _refused(office: Actor, member: str, button: str) -> str:
    options = await chosen(office, member)
    return await office.press(button, message_id=options["message_id"])


async def test_what_is_not_confirmed(house: House) -> None:
    """Without a paper nothing is entered; a wrong file is asked for again; a rejection and a lapse are told."""
    second = await with_second(house, "Raalte")
    office = house.secretariat
    await chosen(office, "Raalte")
    await office.press("Komt")
    before = await office.last_id()
    await office.write("het papier ligt hier")
    await office.sees("Zonder papier wordt er niets ingevoerd", after=before)
    await office.send_file("papier.docx", b"PK\x03\x04 no paper")
    await office.sees("Dit is geen foto of pdf")
    before = await office.last_id()
    await office.send_file("papier.pdf", PDF)
    await office.sees("Opgave: komt", after=before)
    await second.press("Niet bevestigen")
    await second.sees("Waarom wordt dit niet bevestigd")
    await second.write("Er staat verhinderd")
    await office.sees("Niet bevestigd door tweede regiebureau: Er staat verhinderd")
    await entered(office, "Raalte", "Is verhinderd")
    representative = await house.person("portefeuillehouder Raalte")
    await representative.press("Ik kom")
    assert "Raalte heeft na deze invoer zelf gereageerd; dat geldt." in await second.press("Bevestigen")
    await office.sees("Vervallen: dit kan niet meer worden bevestigd.")
    await representative.sees("komt (doorgegeven door portefeuillehouder Raalte)")
