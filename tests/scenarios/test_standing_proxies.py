"""Standing proxies over two assemblies in chat: until a typed day, confirmed, skipped, revoked and run out."""

import pytest

from bot import scheduler
from tests.scenarios.granting import accepts, chooses, count
from tests.scenarios.test_convening import labels
from tests.scenarios.test_voting import convened, opened, representatives
from tests.support.house import AGENDA, Actor, House

LASTING = "Doorlopend, tot een einddatum"


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is due be done several times a second."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.2)


async def grants_until(person: Actor, holder: str, day: str) -> None:
    """Let somebody grant a standing proxy to ``holder`` until a day that is typed."""
    found = await chooses(person, holder, LASTING)
    await person.press(labels(found)[0], message_id=found["message_id"])
    await person.sees("Tot en met welke dag geldt deze?")
    await person.write("wanneer het uitkomt")
    await person.sees("wanneer het uitkomt", after=found["message_id"])
    await person.write("01-02-2019")
    await person.sees("geldt niet op de dag van de ALV, woensdag 13 februari 2019")
    await person.write(day)
    await person.sees("Soort: doorlopend, tot en met")
    await person.press("Volmacht verlenen")


async def next_assembly(house: House, title: str, moment: str, now: str) -> None:
    """Let the assembly pass, and another one be convened."""
    await opened(house)
    office = house.secretariat
    await office.press("ALV sluiten")
    await office.sees("is gesloten om")
    await house.sim.set_clock(now)
    before = await office.last_id()
    await office.write("/alv")
    await office.press("Nieuwe ALV voorbereiden")
    for question, answer in (("Hoe heet", title), ("Wanneer begint", moment), ("Waar", "Zwolle")):
        await office.sees(question, after=before)
        await office.write(answer)
    await office.press("Agenda invoeren")
    await office.sees("Stuur de agenda", after=before)
    await office.write(AGENDA)
    await office.sees("Zo is de agenda gelezen", after=before)
    await office.press("Agenda overnemen")
    await office.sees("De agenda telt", after=before)
    await office.press("Oproeping bekijken")
    await office.sees("Zo ziet de oproeping eruit", after=before)
    await office.press("Oproeping versturen")
    await office.sees("De oproeping is onderweg", after=before)


async def standing(house: House, day: str) -> tuple[Actor, Actor]:
    """Grant a standing proxy of Deventer to Assen, accepted, and bring the next assembly; return (grantor, holder)."""
    await convened(house, "Assen", "Deventer")
    holder, grantor = await representatives(house, "Assen", "Deventer")
    await grants_until(grantor, holder.name, day)
    await accepts(house, holder.name, "Deventer")
    await next_assembly(house, "ALV najaar", "20-11-2019 18:00", "2019-10-01T09:00:00Z")
    return grantor, holder


async def test_a_standing_proxy_is_confirmed_for_the_next_assembly(house: House) -> None:
    """The grantor is asked; before that nobody carries the vote, after it the holder does without accepting anew."""
    grantor, holder = await standing(house, "31-12-2020")
    asked = await grantor.sees("Bevestigt u deze doorlopende volmacht voor deze ALV?")
    assert "doorlopend, tot en met donderdag 31 december 2020" in asked["text"]
    assert labels(asked)[:3] == ["Bevestigen voor deze ALV", "Niet voor deze ALV", "Volmacht intrekken"]
    await grantor.write("/stem")
    await grantor.sees("doorlopende volmacht aan portefeuillehouder Assen (Assen), nog niet bevestigd voor deze ALV")
    await grantor.press("Bevestigen voor deze ALV", message_id=asked["message_id"])
    await holder.sees("✅ portefeuillehouder Deventer heeft de doorlopende volmacht")
    await grantor.sees("portefeuillehouder Assen (Assen), volmacht aanvaard (tot en met donderdag 31 december 2020)")
    await holder.write("/stem")
    await holder.sees("de gemeente Deventer: volmacht aanvaard")


async def test_a_standing_proxy_is_skipped_and_then_revoked(house: House) -> None:
    """Not for this assembly, so that another holder can be chosen; the mandate stands until it is revoked."""
    grantor, holder = await standing(house, "31-12-2020")
    asked = await grantor.sees("Bevestigt u deze doorlopende volmacht voor deze ALV?")
    await grantor.press("Niet voor deze ALV", message_id=asked["message_id"])
    await holder.sees("geldt niet voor deze ALV; dat heeft portefeuillehouder Deventer bepaald.")
    before = await grantor.last_id()
    await grantor.write("/stem")
    shown = await grantor.sees("de doorlopende volmacht aan portefeuillehouder Assen (Assen) geldt niet voor deze ALV")
    assert labels(shown) == ["Volmacht verlenen", "Doorlopende volmacht intrekken"]
    revoke = next(b["data"] for row in shown["buttons"] for b in row if b["label"].startswith("Doorlopende"))
    await grantor.press_data(revoke)
    await holder.sees("portefeuillehouder Deventer heeft de volmacht van de gemeente Deventer")
    assert "Deze knop werkt niet meer" in await grantor.press_data(revoke)
    await grantor.write("/stem")
    await grantor.sees("de gemeente Deventer: een eigen vertegenwoordiger", after=before)


async def test_a_standing_proxy_runs_out(house: House) -> None:
    """Its day lies before the next assembly: nothing is asked, and on the day after both sides hear it, once."""
    grantor, holder = await standing(house, "31-10-2019")
    await house.sim.idle()
    assert await count(grantor, "Bevestigt u deze doorlopende volmacht") == 0
    await house.sim.set_clock("2019-11-01T09:00:00Z")
    for person in (grantor, holder, house.secretariat):
        await person.sees("is vervallen: de einddatum is voorbij.")
    for person in (grantor, holder):
        assert await count(person, "is vervallen: de einddatum is voorbij.") == 1
