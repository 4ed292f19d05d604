"""The attendance list of 21 June 2018, played through chat alone: 34 members, 17 seats, carried by 14 people."""

import asyncio
from collections.abc import Sequence
from typing import Any

from tests.scenarios.test_convening import convene, labels
from tests.scenarios.test_voting import put_to_vote
from tests.support.house import AGENDA, Actor, House, words

IN_PERSON = ("Assen", "Emmen", "Hellevoetsluis", "Laarbeek", "Olst-Wijhe", "Oost Gelre", "Rotterdam", "Zwolle")
BY_COLLEAGUE = ("Coevorden", "Enschede", "Groningen", "Oldambt", "Roermond")
BY_OTHERS = {
    "Deventer": "portefeuillehouder Olst-Wijhe",
    "Raalte": "portefeuillehouder Olst-Wijhe",
    "Gemert-Bakel": "plaatsvervanger Laarbeek",
}
STANDING, KAMPEN = "Ten Boer", "Kampen"
ABSENT = (
    *("Blaricum", "Borger-Odoorn", "Brielle", "Eemnes", "Hardenberg", "Landerd", "Landsmeer", "Laren", KAMPEN),
    *("Nissewaard", "Oldenzaal", "Ommen", "Twenterand", "Velsen", "Waterland", "Westerwolde", "Westvoorne"),
)
MEMBERS = (*IN_PERSON, *BY_COLLEAGUE, *BY_OTHERS, STANDING, *ABSENT)


def rows() -> list[str]:
    """Return the register: representatives, the colleagues who hold a proxy, and a deputy who is a commissaris."""
    return [
        *(f"{name};portefeuillehouder {name};wethouder;vertegenwoordiger" for name in MEMBERS),
        *(f"{name};coördinator {name};adviseur;coördinator" for name in (*BY_COLLEAGUE, KAMPEN)),
        "Laarbeek;plaatsvervanger Laarbeek;wethouder;vertegenwoordiger",
        ";plaatsvervanger Laarbeek;wethouder;commissaris",
    ]


async def prepare(house: House) -> None:
    """Let the secretariat prepare the assembly a month before."""
    await house.sim.set_clock("2018-05-21T09:00:00Z")
    office = house.secretariat
    await office.write("/alv")
    await office.press("Nieuwe ALV voorbereiden")
    for question, answer in (
        ("Hoe heet de ALV", "ALV 21 juni 2018"),
        ("Wanneer begint", "21-06-2018 18:00"),
        ("donderdag 21 juni 2018 om 18.00 uur", "Muntgebouw, Utrecht"),
    ):
        await office.sees(question)
        await office.write(answer)
    await office.press("Agenda invoeren")
    await office.sees("Stuur de agenda")
    await office.write(AGENDA)
    await office.press("Agenda overnemen")
    await office.sees("De agenda telt 6 punten")


async def grant(house: House, member: str, holder: str, *kinds: str, until: str = "") -> None:
    """Let a representative grant a proxy by buttons, and the holder accept it. ``kinds`` lead to the right page."""
    person, taker = await house.person(f"portefeuillehouder {member}"), await house.person(holder)
    before = await person.last_id()
    await person.write("/volmacht")
    page = await person.sees("Wie brengt de stem uit", after=before)
    for kind in kinds:
        await person.press(kind, message_id=page["message_id"])
        page = await person.sees("Wie brengt de stem uit", after=before)
    await person.write(holder)
    found = await person.sees("Gevonden voor", after=before)
    button = next(label for label in labels(found) if label.startswith(holder))
    await person.press(button, message_id=found["message_id"])
    if until:
        await person.sees("Tot en met welke dag", after=before)
        await person.press(until)
    await person.sees("Volmachtgever:", after=before)
    await person.press("Volmacht verlenen")
    offered = await taker.sees(f"Volmachtgever: de gemeente {member}")
    await taker.press("Volmacht aanvaarden", message_id=offered["message_id"])
    await person.sees("De volmacht is aanvaard", after=before)


async def grant_all(house: House) -> None:
    """Let everybody grant who did in 2018; what needs another proxy first comes last."""
    colleague = "Aan een eigen collega"
    await asyncio.gather(
        *(grant(house, name, f"coördinator {name}", colleague) for name in (*BY_COLLEAGUE, KAMPEN)),
        *(grant(house, name, holder) for name, holder in BY_OTHERS.items() if name != "Raalte"),
    )
    await grant(house, "Raalte", BY_OTHERS["Raalte"])
    standing = "Doorlopend, tot een einddatum"
    await grant(house, STANDING, "coördinator Groningen", standing, until="maandag 31 december 2018")


async def come(house: House) -> Sequence[Actor]:
    """Open the assembly, and let everybody check in who was there: Kampen's holder was not."""
    await house.sim.set_clock("2018-06-21T16:00:00Z")
    await house.secretariat.press("ALV openen")
    names = [
        *(f"portefeuillehouder {name}" for name in IN_PERSON),
        *(f"coördinator {name}" for name in BY_COLLEAGUE),
        "plaatsvervanger Laarbeek",
    ]
    people = [await house.person(name) for name in names]
    laarbeek, deputy = people[IN_PERSON.index("Laarbeek")], people[-1]
    await asyncio.gather(*(_check_in(person) for person in people if person is not deputy))
    await laarbeek.sees("U bent aanwezig bij ALV 21 juni 2018")
    await _check_in(deputy)
    return people


async def _check_in(person: Actor) -> None:
    await person.press("Ik ben aanwezig")
    await person.sees("U bent aanwezig bij ALV 21 juni 2018")


def part(text: str, heading: str) -> list[str]:
    """Return the lines of one part of the attendance list."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(heading))
    return lines[start + 1 :][: next((n for n, line in enumerate(lines[start + 1 :]) if not line), None)]


async def test_the_attendance_list_of_2018(house: House) -> None:
    """Eight members in person, nine represented by each kind of proxy, seventeen absent: 17 of the 34 votes."""
    assert len(set(MEMBERS)) == 34
    await house.import_register(rows())
    await house.register_everybody()
    await prepare(house)
    await convene(house)
    await grant_all(house)
    people = await come(house)
    assert len(people) == 14
    office = house.secretariat
    await office.press("Presentielijst")
    shown = (await office.sees("Aanwezig of vertegenwoordigd: 17 van de 34 stemmen."))["text"]
    assert sorted(part(shown, "Aanwezig (8)")) == [f"{name}: portefeuillehouder {name}" for name in sorted(IN_PERSON)]
    assert sorted(part(shown, "Vertegenwoordigd door volmacht (9)")) == sorted(
        [
            *(f"{name}: coördinator {name} (eigen collega)" for name in BY_COLLEAGUE),
            "Deventer: portefeuillehouder Olst-Wijhe (Olst-Wijhe)",
            "Raalte: portefeuillehouder Olst-Wijhe (Olst-Wijhe)",
            "Gemert-Bakel: plaatsvervanger Laarbeek (Laarbeek)",
            "Ten Boer: coördinator Groningen (doorlopende volmacht aan Groningen)",
        ]
    )
    absent = part(shown, "Afwezig (17)")
    assert {line.split(" (")[0] for line in absent} == set(ABSENT)
    assert "Kampen (volmacht aan coördinator Kampen, die niet aanwezig is)" in absent
    await _alarm_of_kampen(house)
    await _vote(house)


async def _alarm_of_kampen(house: House) -> None:
    """Ten minutes after the opening Kampen is told that its holder is not there, with ways to mend it."""
    await house.sim.set_clock("2018-06-21T16:11:00Z")
    kampen = await house.person("portefeuillehouder Kampen")
    alarm = await kampen.sees("coördinator Kampen (Kampen) is niet aanwezig")
    assert "Niemand brengt nu de stem van de gemeente Kampen uit." in alarm["text"]
    assert labels(alarm)[0] == "Zelf stemmen"
    await house.secretariat.sees("coördinator Kampen (Kampen) is niet aanwezig")


async def _vote(house: House) -> None:
    """Who carries several votes casts each; the outcome counts all seventeen."""
    await put_to_vote(house, "2.1")
    carried: dict[str, list[str]] = {}
    for holder, names in {
        "portefeuillehouder Olst-Wijhe": ["Olst-Wijhe", "Deventer", "Raalte"],
        "coördinator Groningen": ["Groningen", "Ten Boer"],
        "plaatsvervanger Laarbeek": ["Gemert-Bakel"],
    }.items():
        person = await house.person(holder)
        ballot: dict[str, Any] = await person.sees("Stemming: agendapunt 2.1")
        carried[holder] = [label.split(":")[0] for label in labels(ballot) if label.endswith(": voor")]
        assert sorted(carried[holder]) == sorted(names)
        for name in names:
            await person.press(f"{name}: voor")
    await house.secretariat.sees("6 van de 17 stemmen uitgebracht")
    await house.secretariat.press("Stemming sluiten")
    await house.secretariat.press("Uitslag uitspreken")
    outcome = await house.secretariat.sees("Uitslag agendapunt 2.1")
    assert "Voor: 6" in words(outcome).splitlines()
