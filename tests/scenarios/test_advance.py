"""Voting before the assembly, in chat."""

import pytest

from tests.scenarios.test_voting import convened, opened, put_to_vote, representatives
from tests.support.house import House, words


@pytest.fixture
def environment() -> dict[str, str]:
    """Return the settings of an association in which is voted from thirty days before."""
    return {"ALVBOT_ADVANCE_DAYS": "30"}


async def test_a_vote_cast_before_counts_without_being_there(house: House) -> None:
    """From the menu a representative votes beforehand; nobody sees it until the vote is closed, and then it counts."""
    await convened(house, "Assen", "Deventer")
    assen, deventer = await representatives(house, "Assen", "Deventer")
    await assen.write("/menu")
    await assen.press("Vooraf stemmen namens Assen")
    page = await assen.sees("Vooraf stemmen namens de gemeente Assen")
    assert "Voordracht" not in page["text"]
    await assen.press("2.1 voor", message_id=page["message_id"])
    cast = await assen.sees("bijlage 1.: voor")
    assert cast["message_id"] == page["message_id"]
    await opened(house, "Deventer")
    await put_to_vote(house, "2.1")
    await house.secretariat.sees("1 van de 2 stemmen uitgebracht")
    await assen.sees("namens de gemeente Assen: voor")
    await deventer.press("Deventer: tegen")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    told = await deventer.sees("Uitslag agendapunt 2.1")
    assert {"Voor: 1", "Tegen: 1"} <= set(words(told).splitlines())
