"""A vote that a coordinator prepared, in chat: approved in one tap, explained, and found back by its code."""

import re

from tests.scenarios.test_voting import convened, opened, put_to_vote, representatives
from tests.support.house import House, words


async def test_a_prepared_vote_is_approved_explained_and_found_back(house: House) -> None:
    """The coordinator prepares in chat; one tap casts it; a sentence goes along; the closed ballot shows a code."""
    await convened(house, "Assen")
    coordinator = await house.person("coördinator Assen")
    (assen,) = await representatives(house, "Assen")
    await coordinator.write("/menu")
    await coordinator.press("Standpunten van Assen")
    page = await coordinator.sees("Standpunten van de gemeente Assen")
    await coordinator.press("2.1 voor", message_id=page["message_id"])
    await opened(house, "Assen")
    await put_to_vote(house, "2.1")
    await assen.sees("nog niet uitgebracht (standpunt: voor)")
    answer = await assen.press("Stem volgens voorbereiding (1)")
    assert answer == "Volgens de voorbereiding uitgebracht voor 1 stem. U kunt dit wijzigen tot de stemming sluit."
    await assen.press("Stemverklaring geven")
    await assen.sees("Typ één zin die de stem van de gemeente Assen over agendapunt 2.1 verklaart")
    await assen.write("Voor, met dank aan de notulist.")
    await assen.sees("Opgeslagen als stemverklaring van de gemeente Assen")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    told = await assen.sees("Uitslag agendapunt 2.1")
    assert "Stemverklaringen:\nAssen: “Voor, met dank aan de notulist.”" in words(told)
    closed = await assen.sees("Stemming gesloten: agendapunt 2.1")
    assert re.search(r"ontvangstcode: \w{4}-\w{4}-\w{4}", closed["text"])
