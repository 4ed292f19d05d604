"""How proxies end or fail, and how the vote is cast after all: told to both sides once, mended by one tap."""

import pytest

from bot import scheduler
from tests.scenarios.granting import accepts, count, granted
from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import convened, opened, put_to_vote, representatives
from tests.support.house import Actor, House


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is due be done several times a second."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.2)


async def one_given(house: House, *others: str) -> tuple[Actor, Actor]:
    """Let Deventer give its vote to Assen's representative; return (grantor, holder)."""
    await convened(house, "Assen", "Deventer", *others)
    holder, grantor = await representatives(house, "Assen", "Deventer")
    await granted(house, "Deventer", holder.name)
    return grantor, holder


async def test_the_grantor_comes_itself_and_leaves_again(house: House) -> None:
    """Checking in suspends the proxy and leaving resumes it, told to both; the seat is cast by whoever carries it."""
    grantor, holder = await one_given(house)
    await opened(house, "Assen", "Deventer")
    for person in (grantor, holder):
        await person.sees("is opgeschort: portefeuillehouder Deventer is zelf aanwezig en stemt.")
    await holder.sees("Opgeschort: een vertegenwoordiger van de gemeente Deventer is zelf aanwezig en stemt.")
    await put_to_vote(house, "2.1")
    ballot = await holder.sees("Stemming: agendapunt 2.1")
    assert not [text for text in labels(ballot) if text.startswith("Deventer")]
    await grantor.press("Deventer: voor")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    await grantor.sees("Uitslag agendapunt 2.1")
    await grantor.press("Ik vertrek")
    for person in (grantor, holder):
        await person.sees("geldt weer: portefeuillehouder Deventer is vertrokken.")
    await put_to_vote(house, "3.1", "Hoofdelijk stemmen en openen")
    await holder.press("Deventer: tegen")
    await house.secretariat.sees("1 van de 2 stemmen uitgebracht")


async def test_closing_ends_it_and_says_so_once(house: House) -> None:
    """With the assembly the proxy is over: both sides read it in the one message that says so, and buttons are dead."""
    grantor, holder = await one_given(house)
    await opened(house, "Assen")
    await house.secretariat.press("ALV sluiten")
    for person in (grantor, holder):
        closed = await person.sees("ALV 13 februari 2019 is gesloten")
        assert "Deventer" in closed["text"]
        assert "vervallen" in closed["text"]
        assert await count(person, "vervallen") == 2, "the news and the card"
    assert "De ALV is gesloten; dit kan niet meer." in await grantor.press_data("1:pend:1")


async def test_a_holder_that_does_not_come(house: House) -> None:
    """After ten minutes the member's side is alarmed; one tap gives the vote to who is there, and it is cast."""
    grantor, holder = await one_given(house, "Emmen")
    await opened(house, "Emmen")
    await house.sim.set_clock("2019-02-13T17:16:00Z")
    alarm = await grantor.sees("⚠️ portefeuillehouder Assen (Assen) is niet aanwezig.")
    assert labels(alarm)[:2] == ["Zelf stemmen", "Volmacht aan portefeuillehouder Emmen (Emmen)"]
    coordinator = await house.person("coördinator Deventer")
    assert "Zelf stemmen" not in labels(await coordinator.sees("is niet aanwezig. Niemand brengt nu de stem"))
    assert await count(grantor, "⚠️ portefeuillehouder Assen (Assen) is niet aanwezig.") == 1
    await grantor.press("Volmacht aan portefeuillehouder Emmen (Emmen)", message_id=alarm["message_id"])
    (emmen,) = await representatives(house, "Emmen")
    await holder.sees("portefeuillehouder Deventer heeft de volmacht van de gemeente Deventer")
    await accepts(house, emmen.name, "Deventer")
    await put_to_vote(house, "2.1")
    assert "namens de gemeente Deventer" in await emmen.press("Deventer: voor")
    again = await grantor.press_data(
        next(b["data"] for row in alarm["buttons"] for b in row if b["label"].startswith("Volmacht aan"))
    )
    assert "er is niets" in again


async def test_voting_oneself_after_all(house: House) -> None:
    """A holder that leaves: the grantor takes part remotely by one tap and votes."""
    grantor, holder = await one_given(house)
    await opened(house, "Assen")
    await holder.press("Ik vertrek")
    told = await grantor.sees(
        "portefeuillehouder Assen is vertrokken. Niemand brengt nu de stem van de gemeente Deventer"
    )
    await grantor.press("Zelf stemmen", message_id=told["message_id"])
    await grantor.sees("U doet op afstand mee aan ALV 13 februari 2019")
    await put_to_vote(house, "2.1")
    await grantor.press("Deventer: voor")
    await house.secretariat.sees("1 van de 1 stem uitgebracht")


@pytest.mark.parametrize("how", ["blocks the bot", "deletes the account", "phone blocked by a colleague"])
async def test_a_holder_out_of_reach(house: House, how: str) -> None:
    """Before the assembly already: the member's side and the secretariat hear it, once, with another holder at hand."""
    grantor, holder = await one_given(house, "Emmen")
    if how == "phone blocked by a colleague":
        colleague = await house.person("coördinator Assen")
        await colleague.write("/collegas")
        await colleague.press("portefeuillehouder Assen")
        await colleague.press("Telefoon blokkeren")
        await colleague.press("Nu blokkeren")
    elif how == "blocks the bot":
        await house.sim.block(holder.user)
    else:
        await house.sim.delete_account(holder.user)
        await house.secretariat.write("/mededeling")
        await house.secretariat.sees("Stuur de mededeling")
        await house.secretariat.write("De zaal is gewijzigd.")
        for label in ("Ontvangers kiezen", "Allen (7)", "Mededeling bekijken en versturen", "Nu versturen"):
            await house.secretariat.press(label)
    text = (
        "⚠️ portefeuillehouder Assen (Assen), die de volmacht van de gemeente Deventer heeft, is hier niet te bereiken."
    )
    for person in (grantor, await house.person("coördinator Deventer"), house.secretariat):
        await person.sees(text)
    assert await count(grantor, text) == 1
    await grantor.press("Volmacht aan portefeuillehouder Emmen (Emmen)")
    await accepts(house, "portefeuillehouder Emmen", "Deventer")
    await grantor.sees("✅ portefeuillehouder Emmen (Emmen) heeft de volmacht")


async def test_a_holder_that_lost_its_role(house: House) -> None:
    """A colleague ends it: the proxy lapses at once, both sides hear it once, and every button of it is dead."""
    grantor, holder = await one_given(house)
    await opened(house, "Assen")
    await put_to_vote(house, "2.1")
    ballot = await holder.sees("Stemming: agendapunt 2.1")
    await holder.press("Deventer: voor")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    await holder.sees("Uitslag agendapunt 2.1")
    colleague = await house.person("coördinator Assen")
    await colleague.write("/collegas")
    await colleague.press("portefeuillehouder Assen")
    await colleague.press("Rollen beëindigen")
    await colleague.press("Nu beëindigen")
    text = "is vervallen: de gevolmachtigde treedt niet meer op namens Assen."
    for person in (grantor, holder):
        await person.sees(text)
        assert await count(person, text) == 1
    for data in (
        *(button["data"] for row in ballot["buttons"] for button in row),
        "1:pdec:1",
        "1:plet:1",
        "1:pstart:1:1",
        "1:seats:1",
    ):
        assert "hoort niet bij uw rol" in await holder.press_data(data), data
    await grantor.press("Volmacht aan coördinator Deventer (Deventer)")
    await accepts(house, "coördinator Deventer", "Deventer")
