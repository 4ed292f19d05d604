"""Coming in: the register, the links, and everybody who should not come in."""

from tests.scenarios.test_convening import labels
from tests.support.house import House

HOSTILE = "<b>Bo</b> & \u202e" + "x" * 5000


async def test_members_are_read_in_and_registered(house: House) -> None:
    """The secretariat reads in two members, hands out links, and four people come in with a menu of their own."""
    await house.members("Assen", "Deventer")
    coordinator = await house.person("coördinator Deventer")
    confirmed = await coordinator.sees("U bent aangemeld als coördinator Deventer")
    assert "coördinator van de gemeente Deventer" in confirmed["text"]
    assert labels(await coordinator.sees("Wat wilt u doen?")) == ["Mijn collega’s"]
    commands = [command["command"] for command in await house.sim.commands(coordinator.user)]
    assert "volmacht" in commands
    assert "leden" not in commands


async def test_stranger_gets_nowhere(house: House) -> None:
    """A stranger with a hostile name is told how to come in, whatever it writes, presses or sends."""
    stranger = await house.person(HOSTILE)
    await stranger.write("/start")
    await stranger.sees("U bent nog niet aangemeld")
    for text in ("/alv", "/leden", "/volmacht", "hallo", "/annuleren", "/help", "/privacy"):
        before = await stranger.last_id()
        await stranger.write(text)
        await stranger.sees("", after=before + 1)
    assert "niet aangemeld" in await stranger.press_data("1:reg")
    await stranger.send_file("leden.csv", b"lid\nAssen\n")
    await stranger.sees("U bent niet aangemeld; er is niets opgeslagen")


async def test_stale_and_forged_buttons_are_answered(house: House) -> None:
    """Whatever data a press carries, it gets an answer that says what to do, and nothing happens."""
    office = house.secretariat
    for data in (
        "x",
        "0:menu",
        "1:menu:1",
        "1:yes:999999",
        "1:rapply:999999:changes:0",
        "1:rpage:999999:endings:3",
        "1:c:9:9",
        "2:c",
        "é" * 32,
    ):
        assert "knop werkt niet meer" in await office.press_data(data)
    assert "niet bij uw rol" in await office.press_data("1:rsvp:1:coming")


async def test_wrong_link_locks_out(house: House) -> None:
    """Five wrong links lock the account out, also for the right link."""
    guesser = await house.person("Rader")
    for left in (4, 3, 2, 1):
        await guesser.start("verkeerd")
        await guesser.sees(f"nog {left} keer proberen")
    await guesser.start("verkeerd")
    await guesser.sees("te veel verkeerde links")


async def test_wrong_register_file_changes_nothing(house: House) -> None:
    """A file with wrong rows is explained row by row, and the register stays as it was."""
    office = house.secretariat
    await office.write("/leden")
    await office.sees("Stuur een XLSX- of CSV-bestand")
    await office.send_file("leden.csv", "lid;naam;rol\nAssen;Jan;keizer\n;Piet;coördinator\n".encode())
    shown = await office.sees("niets overgenomen")
    assert "Regel 2: onbekende rol: keizer" in shown["text"]
    assert "Regel 3: het lid ontbreekt (Piet)" in shown["text"]
    assert await house.storage.read(lambda unit: unit.members.all()) == ()
