"""A dress rehearsal in chat: an evening that is played on a copy, headed as such everywhere, and erased."""

from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from assembly.options import Chosen
from screens.presses import CastBallot, EraseRehearsal
from tests.scenarios.granting import grants
from tests.scenarios.test_convening import convene
from tests.scenarios.test_voting import convened, put_to_vote
from tests.support.house import Actor, House, words
from tests.support.tables import Rows, rows_of
from tests.support.webhooks import free_port

HEADING = "GENERALE REPETITIE – niets hiervan telt"
CARD = "Generale repetitie van “ALV 13 februari 2019”"
OVER = "Deze knop hoort bij een generale repetitie die voorbij is of waaraan u niet meedoet."

STAYS = {"rehearsals", "journal", "journal_seals", "done_updates", "outbox", "posted"}
"""That it was, and when; and what the secretariat pressed and was told about it."""

ROOM_PORT = free_port()


@pytest.fixture
def environment() -> dict[str, str]:
    """Show those who play the room's page."""
    return {
        "ALVBOT_ROOM_URL": f"http://127.0.0.1:{ROOM_PORT}",
        "ALVBOT_ROOM_PORT": str(ROOM_PORT),
    }


async def test_an_evening_is_rehearsed_and_erased(house: House) -> None:
    """Two people play all three members, in secret too; nobody else hears of it, and nothing of it is left."""
    office = house.secretariat
    await convened(house, "Assen", "Deventer", "Emmen")
    group = (await house.sim.group("ALV", office.user))["id"]
    await house.sim.add_member(group, "bot", office.user)
    await office.sees("“ALV” ontvangt voortaan")
    assen, deventer = [await house.person(f"portefeuillehouder {member}") for member in ("Assen", "Deventer")]
    await house.sim.idle()
    real, unseen = await rows_of(house.settings.database_url), await deventer.last_id()
    await _begin(house, "portefeuillehouder Assen", "groep ALV")
    entry, real_ones = (await house.sim.log())[-1]["n"], await office.last_id()
    await office.press("Repetitie beginnen")
    await _evening(house, assen)
    await house.sim.idle()
    await _headed(house, entry, real_ones, {office.id, assen.id, group})
    assert await deventer.last_id() == unseen
    assert _changed(real, await rows_of(house.settings.database_url)) <= STAYS

    played = [message for message in await assen.messages() if words(message).startswith(HEADING)]
    assert await assen.press_data(EraseRehearsal(1).encode()) != "De repetitie wordt gewist."
    await _erase(house)
    await assen.sees("De generale repetitie van “ALV 13 februari 2019” is afgelopen en gewist.")
    await house.sim.idle()
    for person in (office, assen):
        assert not any(HEADING in words(message) for message in await person.messages())
    assert not any(HEADING in words(message) for message in await house.sim.messages(office.user, chat=group))
    for button in [button for message in played for row in message["buttons"] for button in row]:
        assert OVER in await assen.press_data(button["data"])
    left = await rows_of(house.settings.database_url)
    assert _changed(real, left) <= STAYS
    kinds = [row[2] for row in left["journal"] if row not in real["journal"]]
    assert sorted(kinds) == ["rehearsal_begun", "rehearsal_erased"]
    await house.sim.set_clock("2019-02-13T17:05:00Z")
    await office.press("ALV openen")
    await deventer.press("Ik ben aanwezig")
    opened = await deventer.sees("U bent aanwezig bij ALV 13 februari 2019")
    assert HEADING not in words(opened)


async def _begin(house: House, *players: str) -> None:
    """Let the secretariat tick ``players``, look once more, and begin."""
    office = house.secretariat
    await office.write("/alv")
    await office.press("Generale repetitie")
    card = await office.sees(CARD)
    for player in players:
        await office.press(f"⬜️ {player}", message_id=card["message_id"])
        await house.sim.wait_for(office.user, label=f"☑️ {player}")
    await office.press("Verder", message_id=card["message_id"])
    await office.sees("Zodra u begint, krijgen 2 mensen berichten van de repetitie: ")


async def _evening(house: House, assen: Actor) -> None:
    """Play an evening: convene, reply, grant a proxy, open, vote by roll-call, and leave a secret vote open."""
    office = house.secretariat
    welcome = words(await office.sees("U speelt de vertegenwoordiger van: "))
    assert "Deventer" in welcome
    assert "Met het volgende bericht leidt u de ALV." in welcome  # the chair reads this too, and convenes nobody
    assert "Emmen" in words(await assen.sees("U speelt de vertegenwoordiger van: "))
    await office.sees("In voorbereiding.")
    before = await assen.last_id()
    await convene(house)
    invited = await assen.sees(HEADING, after=before)
    await assen.press("Ik kom", message_id=invited["message_id"])
    await _calendar_is_another(house, assen)
    await grants(office, "portefeuillehouder Assen")
    await assen.press("Volmacht aanvaarden")
    before = await office.last_id()
    await office.write("/alv")
    console = await office.sees("Bijeengeroepen op", after=before)
    await _room_says_so(office, console["message_id"])
    await office.press("ALV openen", message_id=console["message_id"])
    await assen.press("Ik ben aanwezig")
    await put_to_vote(house, "2.1")
    assert (await assen.press("Alles voor")).startswith("REPETITIE: ")
    assert not (await assen.press_data(CastBallot(1, 1, Chosen("against")).encode())).startswith("REPETITIE")
    await office.sees("3 van de 3 stemmen uitgebracht")
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    outcome = await assen.sees("Uitslag agendapunt 2.1")
    assert outcome["photo"]
    await office.press("Ik ben aanwezig")
    await office.sees("U bent aanwezig bij ALV 13 februari 2019")
    await put_to_vote(house, "3.1", "Geheim stemmen en openen", "Geheime stemming geopend")
    await assen.press("Voor")
    drawn = await assen.sees("Na het bevestigen is dit definitief.")
    assert words(drawn).startswith(HEADING)
    await assen.press("Bevestigen")
    await assen.sees("Uw stem is uitgebracht en definitief.")


async def _erase(house: House) -> None:
    """Let the secretariat erase the rehearsal from the console of an assembly that is open, and wait until it is."""
    office = house.secretariat
    before = await office.last_id()
    await office.write("/alv")
    console = await office.sees("Geopend op", after=before)
    await office.press("Generale repetitie", message_id=console["message_id"])
    await office.press("Repetitie wissen")
    await office.sees("De repetitie wissen?")
    assert await office.press("Ja, wissen") == "De repetitie wordt gewist."
    await office.sees("De repetitie is gewist.")


async def _calendar_is_another(house: House, assen: Actor) -> None:
    """See that the calendar file is of a rehearsal, and touches nothing real in anybody's calendar."""
    await assen.sees(f"{HEADING}\n\nOpen dit bestand")
    events = []
    for message in await assen.messages():
        if (message["document"] or {}).get("file_name", "").endswith(".ics"):
            content = await house.sim.file(message["document"]["file_id"])
            events += Calendar.from_ical(content).walk("VEVENT")
    first, second = events
    assert first["UID"] != second["UID"]
    assert str(second["UID"]).startswith("repetitie-1-")
    assert str(second["SUMMARY"]).startswith(HEADING)


async def _room_says_so(office: Actor, console: int) -> None:
    """See that the page for the screen in the room says it, at an address that only the rehearsal has."""
    await office.press("Scherm in de zaal", message_id=console)
    message = words(await office.sees("De pagina voor het scherm in de zaal"))
    address = next(word for word in message.split() if word.startswith("http"))
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        page = await answer.text()
    assert f'<p class="rehearsal" role="note">{HEADING}</p>' in page


async def _headed(house: House, after: int, real: int, chats: set[int]) -> None:
    """Every message that the bot sent or changed since then bears the heading, but for those up to ``real``."""
    seen = 0
    for request in await house.sim.requests(after=after):
        given = request["params"]
        said = _said(given)
        if said is None or "chat_id" not in given or int(given.get("message_id", real + 1)) <= real:
            continue
        seen += 1
        assert int(given["chat_id"]) in chats
        assert said.startswith((HEADING, f"<b>{HEADING}</b>")), said
    assert seen > 30


def _said(given: dict[str, Any]) -> str | None:
    return given.get("text") or given.get("caption") or (given.get("media") or {}).get("caption")


def _changed(before: Rows, after: Rows) -> set[str]:
    return {name for name in before if before[name] != after[name]}
