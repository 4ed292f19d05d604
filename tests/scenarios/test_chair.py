"""The chair's evening in chat: from the agenda to what is pronounced, and what goes wrong on the way."""

from datetime import datetime, timedelta

from tests.scenarios.test_convening import convene, labels, prepare
from tests.scenarios.test_voting import opened, put_to_vote, representatives
from tests.support.house import Actor, House, words


async def chaired(house: House, *members: str) -> Actor:
    """Convene and open an assembly of ``members``, all of them present, with a chair; return the chair."""
    rows = [f"{name};portefeuillehouder {name};portefeuillehouder;vertegenwoordiger" for name in members]
    await house.import_register([";Voorzitter;voorzitter;voorzitter", *rows])
    await house.register_everybody()
    await prepare(house)
    await convene(house)
    await opened(house, *members)
    return await house.person("Voorzitter")


async def later(house: House, **time: float) -> None:
    """Turn the clock on."""
    await house.sim.set_clock((datetime.fromisoformat(await house.sim.clock()) + timedelta(**time)).isoformat())


async def heard(person: Actor, text: str) -> bool:
    """Whether somebody has a message with this text by now."""
    return any(text in words(message) for message in await person.messages())


async def proposed(house: House, leader: Actor, item: str = "2.1", *, votes: dict[str, str]) -> None:
    """Put the item at hand to the vote, let members vote, and close it; return when the outcome is proposed."""
    before = await house.secretariat.last_id()
    await house.secretariat.press(f"Punt {item} in stemming brengen")
    await house.secretariat.sees(f"In stemming brengen: agendapunt {item}", after=before)
    await house.secretariat.press("Stemming openen")
    for member, choice in votes.items():
        (person,) = await representatives(house, member)
        await person.press(f"{member}: {choice}")
    await house.secretariat.press("Stemming sluiten")
    await leader.sees(f"Uitslag agendapunt {item}")


async def test_an_item_from_console_to_outcome(house: House) -> None:
    """The secretariat begins, the chair takes over, the bot restarts in the middle: nobody loses the thread."""
    chair = await chaired(house, "Assen", "Deventer", "Emmen")
    office = house.secretariat
    group = (await house.sim.group("ALV", office.user))["id"]
    await house.sim.add_member(group, "bot", office.user)
    await office.sees("“ALV” ontvangt voortaan")
    before = await office.last_id()
    await office.write("/alv")
    console = await office.sees("Aan de orde: 1 Opening", after=before)
    assert "Behandeld: 0 van de" in console["text"]
    await office.press("Door naar punt 2", message_id=console["message_id"])
    await office.sees("Aan de orde: 2 Mededelingen")
    await office.press("Door naar punt 2.1", message_id=console["message_id"])
    await office.sees("Aan de orde: 2.1 Notulen")
    await office.press("Punt 2.1 in stemming brengen", message_id=console["message_id"])
    await office.press("Stemming openen")
    assen, deventer, emmen = await representatives(house, "Assen", "Deventer", "Emmen")
    await assen.press("Assen: voor")
    await deventer.press("Deventer: tegen")

    await house.stop()
    await house.start()

    await chair.write("/alv")  # who takes over finds everything as it stands
    taken = await chair.sees("De stemming over punt 2.1 is open.")
    assert "2 van de 3 stemmen uitgebracht" in taken["text"]
    await emmen.press("Emmen: voor")
    await chair.press("Stemming sluiten", message_id=taken["message_id"])
    for leader in (chair, office):
        await leader.sees("Voorgestelde uitslag: alleen wie de vergadering leidt")
        await leader.sees("Voorgestelde uitslag van punt 2.1")
    await assen.sees("Stemming gesloten: agendapunt 2.1")
    assert not await heard(assen, "Uitslag agendapunt")
    shown = await house.sim.messages(office.user, group)
    assert not any(word in words(message) for message in shown for word in ("Uitslag", "Voor:"))
    await chair.press("Uitslag uitspreken", message_id=taken["message_id"])
    for person in (assen, deventer, emmen, office, chair):
        await house.sim.wait_for(person.user, "✅ Aangenomen: 2 van de 3 = 66,7%", label="Ik betwist deze uitslag")
    public = await house.sim.wait_for(office.user, "Uitslag agendapunt 2.1", chat=group)
    assert not labels(public)
    await office.sees("Uitgesproken uitslag van punt 2.1")
    await office.press("Door naar punt 3", message_id=console["message_id"])
    following = await chair.sees("Aan de orde: 3 Bestuurlijke zaken")
    assert following["message_id"] == taken["message_id"]


async def test_adopted_without_a_vote(house: House) -> None:
    """Nobody objects to a hamerstuk: when the time is over it is adopted by itself, and everybody hears it."""
    await chaired(house, "Assen", "Deventer")
    await adopt(house)
    (assen,) = await representatives(house, "Assen")
    asked = await assen.sees("Hamerstuk: agendapunt 2.1")
    assert labels(asked) == ["Ik heb bezwaar, ik wil stemming"]
    await later(house, seconds=61)
    assert (await assen.press("Ik heb bezwaar, ik wil stemming")).startswith("De tijd voor bezwaar is voorbij")
    await assen.sees("Aangenomen zonder stemming: niemand maakte bezwaar.")
    await assen.sees("Niemand maakte bezwaar: het voorstel is aangenomen.")
    await house.secretariat.press("Besluitenlijst")
    await house.secretariat.sees("Aangenomen op woensdag 13 februari 2019: zonder stemming.")


async def adopt(house: House, item: str = "2.1") -> None:
    """Let the secretariat offer an item for adoption without a vote."""
    office = house.secretariat
    await office.press("In stemming brengen")
    choice = await office.sees("Welk agendapunt brengt u in stemming")
    await office.press(next(text for text in labels(choice) if text.startswith(f"{item} ")))
    await office.press("Hamerstuk: zonder stemming")


async def test_objection_to_adopting_without_a_vote(house: House) -> None:
    """One representative objects by one tap: everybody reads who did, and gets a ballot instead."""
    await chaired(house, "Assen", "Deventer")
    await adopt(house)
    assen, deventer = await representatives(house, "Assen", "Deventer")
    assert (await deventer.press("Ik heb bezwaar, ik wil stemming")).startswith("Uw bezwaar is genoteerd.")
    told = await assen.sees("Bezwaar tegen vaststelling zonder stemming: Deventer.")
    assert words(told).startswith("Agendapunt 2.1 wordt niet zonder stemming aangenomen: er wordt over gestemd.")
    await assen.press("Assen: voor")
    await deventer.press("Deventer: tegen")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    await assen.sees("❌ Verworpen")


async def test_a_procedural_motion_says_that_it_is_one(house: House) -> None:
    """Somebody moves to adjourn: nobody can take that vote, or its outcome, for one on the item itself."""
    chair = await chaired(house, "Assen")
    (assen,) = await representatives(house, "Assen")
    await chair.write("/alv")
    await chair.press("Door naar punt 2")
    await chair.press("Door naar punt 2.1")
    await chair.press("Ordevoorstel")
    await chair.sees("Stuur de tekst van het ordevoorstel bij punt 2.1")
    await chair.write("Schorsing van tien minuten")
    await chair.sees("Stemming geopend: agendapunt 2.1 (ordevoorstel)")
    await chair.sees("De stemming over punt 2.1 (ordevoorstel) is open.")
    await assen.sees("Stemming: agendapunt 2.1 (ordevoorstel)")
    await assen.press("Assen: voor")
    await chair.press("Stemming sluiten")
    await chair.sees("Voorgestelde uitslag van punt 2.1 (ordevoorstel)")
    await chair.press("Uitslag uitspreken")
    await assen.sees("Uitslag agendapunt 2.1 (ordevoorstel)")
    await chair.press("Besluitenlijst")
    assert "Notulen" not in words(await chair.sees("Besluitenlijst"))


async def test_suspended_void_and_held_again(house: House) -> None:
    """A vote is suspended and goes on, is void for a reason, and after a dispute is held again and corrected."""
    chair = await chaired(house, "Assen", "Deventer", "Emmen")
    assen, deventer, emmen = await representatives(house, "Assen", "Deventer", "Emmen")
    office = house.secretariat
    await put_to_vote(house, "2.1")
    await assen.press("Assen: voor")
    await office.press("Stemming schorsen")
    paused = await assen.sees("Stemming geschorst: agendapunt 2.1")
    assert not labels(paused)
    assert (await assen.press_data("1:c:1:1:against")).startswith("De stemming is geschorst; deze druk op de knop telt")
    await office.press("Stemming hervatten")
    await assen.press("Assen: tegen")
    await chair.press("Ongeldig verklaren")
    await chair.write("De verkeerde tekst stond in stemming.")
    await emmen.sees("Reden: De verkeerde tekst stond in stemming.")
    await emmen.sees("Stemming ongeldig: agendapunt 2.1")

    await proposed(house, office, votes={"Assen": "voor", "Deventer": "voor", "Emmen": "tegen"})
    await office.press("Uitslag uitspreken")
    assert "1 van de 2 stemmen" in await emmen.press("Ik betwist deze uitslag")
    assert "moet een herstemming houden" in await deventer.press("Ik betwist deze uitslag")
    demanded = await chair.sees("Genoeg stemmen betwisten de uitslag van agendapunt 2.1")
    await chair.press("Herstemming houden", message_id=demanded["message_id"])
    for person, member in ((assen, "Assen"), (deventer, "Deventer"), (emmen, "Emmen")):
        await person.press(f"{member}: tegen")
    await chair.press("Stemming sluiten")
    await chair.press("Uitslag uitspreken")
    again = await assen.sees("Dit was een herstemming")
    assert "❌ Verworpen" in words(again)

    before = await chair.last_id()
    card = await house.sim.wait_for(chair.user, "Dit was een herstemming", label="Uitslag rectificeren")
    await chair.press("Uitslag rectificeren", message_id=card["message_id"])
    await chair.sees("Welke rectificatie hoort bij de uitslag van punt 2.1?", after=before)
    await chair.write("Emmen stemde voor zichzelf.")
    await assen.sees("Rectificatie van de uitslag van agendapunt 2.1")
    await office.press("Besluitenlijst")
    listed = await office.sees("Rectificatie: Emmen stemde voor zichzelf.")
    assert "Verworpen op" in listed["text"]
    assert "Aangenomen op" not in listed["text"]


async def test_closes_by_itself(house: House) -> None:
    """The chair sets when a vote closes: everybody reads it, a press is too late, and the outcome is proposed."""
    chair = await chaired(house, "Assen", "Deventer")
    assen, deventer = await representatives(house, "Assen", "Deventer")
    await put_to_vote(house, "2.1")
    await chair.press("Sluit over 2 min.")
    await assen.sees("De stemming sluit vanzelf om 18.07 uur.")
    await assen.press("Assen: voor")
    await later(house, minutes=2)
    assert (await deventer.press("Deventer: tegen")).startswith("De stemming is gesloten op")
    await chair.sees("Voorgestelde uitslag: alleen wie de vergadering leidt")
    await chair.press("Uitslag uitspreken")
    outcome = await deventer.sees("✅ Aangenomen: 1 van de 1 = 100,0%.")
    assert "De stemming is gesloten om 18.07 uur." in words(outcome)


async def test_pronounced_otherwise_amended_and_excluded(house: House) -> None:
    """A member is excluded, the text amended on the spot, and the chair pronounces otherwise: all is published."""
    chair = await chaired(house, "Assen", "Deventer")
    assen, deventer = await representatives(house, "Assen", "Deventer")
    office = house.secretariat
    await office.press("In stemming brengen")
    choice = await office.sees("Welk agendapunt brengt u in stemming")
    await office.press(next(text for text in labels(choice) if text.startswith("2.1 ")))
    await office.press("Voorstel wijzigen")
    await office.write("De notulen worden gewijzigd vastgesteld.")
    await deventer.sees("Het voorstel bij agendapunt 2.1 is in de vergadering gewijzigd.")
    await office.press("Lid uitsluiten")
    before = await office.last_id()
    await office.press("Deventer")
    await office.sees("Waarom is de gemeente Deventer uitgesloten", after=before)
    await office.write("Belang bij het besluit.")
    await deventer.sees("De gemeente Deventer stemt niet mee over agendapunt 2.1. Reden: Belang bij het besluit.")
    await office.press("Terug naar het voorstel")
    await office.press("Stemming openen")
    ballot = await assen.sees("De notulen worden gewijzigd vastgesteld.", after=0)
    assert ballot is not None
    await assen.press("Assen: voor")
    await chair.press("Stemming sluiten")
    await chair.press("Anders uitspreken")
    verdicts = await chair.sees("Wat spreekt u uit bij agendapunt 2.1?")
    assert "Geteld is “Aangenomen”. Daarna schrijft u waarom u iets anders uitspreekt." in words(verdicts)
    assert labels(verdicts) == ["Verworpen", "Geen besluit", "Annuleren"]
    await chair.press("Verworpen")
    await chair.write("Het voorstel gaat verder dan de agenda.")
    outcome = await deventer.sees(
        "De voorzitter sprak uit “Verworpen”, anders dan is geteld. Reden: Het voorstel gaat verder dan de agenda."
    )
    assert "Uitgesloten van deze stemming: Deventer (Belang bij het besluit.)." in words(outcome)
