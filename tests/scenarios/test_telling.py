"""Groups that come and go, and the convocation as it is followed."""

import pytest

from bot import scheduler
from tests.scenarios.test_convening import convene, prepare
from tests.support.house import House


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is due be done several times a second."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.2)


async def test_group_of_a_stranger_is_not_linked(house: House) -> None:
    """Whoever adds the bot to a group of its own gets nothing, and the secretariat hears of it."""
    stranger = await house.person("Buitenstaander")
    group = await house.sim.group("Stiekem", stranger.user)
    await house.sim.add_member(group["id"], "bot", stranger.user)
    await house.secretariat.sees("toegevoegd aan “Stiekem”. Die groep ontvangt niets")
    await house.sim.idle()
    assert not [m for m in await house.sim.messages(stranger.user, group["id"]) if (m["from"] or {}).get("is_bot")]


async def test_group_is_followed_and_let_go(house: House) -> None:
    """A linked group that becomes a supergroup keeps receiving; one that the bot was taken out of does not."""
    office = house.secretariat
    group = await house.sim.group("ALV", office.user)
    await house.sim.add_member(group["id"], "bot", office.user)
    await house.sim.wait_for(office.user, "ontvangt voortaan de oproepingen", chat=group["id"])
    moved = (await house.sim.migrate(group["id"]))["id"]
    await house.sim.idle()
    await office.write("/mededeling")
    await office.sees("Stuur de mededeling")
    await office.write("Wij zijn verhuisd")
    await office.press("Ontvangers kiezen")
    await office.press("📣 ALV")
    await office.press("Mededeling bekijken en versturen")
    await office.press("Nu versturen")
    await house.sim.wait_for(office.user, "Wij zijn verhuisd", chat=moved)
    await house.sim.remove_member(moved, "bot", office.user)
    await office.sees("verwijderd uit “ALV”")


async def test_convocation_is_followed(house: House) -> None:
    """The overview of the convocation shows by itself when everything has arrived."""
    await house.members("Assen")
    await prepare(house, 1)
    await convene(house)
    office = house.secretariat
    await office.press("Wie heeft de oproeping")
    await office.sees("Bezorgd: 3 – onderweg: 0 – mislukt: 0")
