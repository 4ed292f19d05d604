"""Proxies as people live them: chosen, signed, accepted or declined, with instruction and letter."""

import json
from typing import Any

import pytest

from tests.scenarios.granting import accepts, chooses, count, granted, grants
from tests.scenarios.test_convening import convene, labels, prepare
from tests.scenarios.test_voting import convened, opened, put_to_vote, representatives
from tests.support.house import Actor, House

NOBODY = "Er is nog geen vertegenwoordiger van een ander lid aangemeld die een volmacht mag houden."


async def gives_positions(person: Actor, member: str) -> dict[str, Any]:
    """Let a coordinator enter what the college decided, by taps and by typing; return the positions."""
    await person.write("/menu")
    await person.press(f"Standpunten van {member}")
    page = await person.sees(f"Standpunten van de gemeente {member}")
    assert "2.1 Notulen ALV, 21 juni 2018, bijlage 1.: geen standpunt" in page["text"]
    await person.press("2.1 voor", message_id=page["message_id"])
    await person.sees("bijlage 1.: voor")
    tegen = [button["data"] for row in page["buttons"] for button in row if button["label"] == "tegen"]
    await person.press_data(tegen[1])
    await person.sees("(bijlage 2).: tegen")
    await person.write("3.1 eerst een open voordracht")
    page = await person.sees("tegen – eerst een open voordracht")
    await person.press("Besluit van het college", message_id=page["message_id"])
    await person.sees("Onder welk nummer en op welke dag")
    await person.write("2019-000305, 12-02-2019")
    return await person.sees("Besluit van het college: 2019-000305, dinsdag 12 februari 2019")


async def letter(person: Actor, typeset: list[dict[str, str]]) -> tuple[str, str]:
    """Let somebody ask for the letter of the proxy that stands last in its chat; return its two pages."""
    before = await person.last_id()
    await person.press("Volmachtbrief (PDF)")
    message = await person.sees("Volmachtbrief van", after=before)
    return await pages(person, message, typeset)


async def pages(person: Actor, message: dict[str, Any], typeset: list[dict[str, str]]) -> tuple[str, str]:
    """Return what the first page and that with the instruction say of the letter in a message."""
    assert (await person.house.sim.file(message["document"]["file_id"])).startswith(b"%PDF-")
    said = json.loads(typeset[-1]["letter"])
    return str({part: text for part, text in said.items() if part != "instruction"}), str(said["instruction"] or "")


async def test_from_positions_to_a_vote_that_is_warned(house: House) -> None:
    """A coordinator enters positions and grants with them; the mayor signs; the holder deviates and is warned."""
    await house.import_register(["Deventer;burgemeester Deventer;burgemeester;tekenbevoegde"])
    await convened(house, "Assen", "Deventer")
    coordinator, mayor = await house.person("coördinator Deventer"), await house.person("burgemeester Deventer")
    holder, own = await representatives(house, "Assen", "Deventer")
    await gives_positions(coordinator, "Deventer")
    await grants(coordinator, "portefeuillehouder Assen", agree="Verlenen met steminstructie")
    await mayor.press("Volmacht ondertekenen")
    offered = await holder.sees("Steminstructie")
    assert "2.1 Notulen ALV, 21 juni 2018, bijlage 1.: voor" in offered["text"]
    assert "tegen – eerst een open voordracht" in offered["text"]
    await accepts(house, holder.name, "Deventer")
    office = house.secretariat
    await office.sees("heeft de volmacht van de gemeente Deventer aanvaard. Er hoort een steminstructie bij.")
    await opened(house, "Assen")
    await put_to_vote(house, "2.1")
    ballot = await holder.sees("Stemming: agendapunt 2.1")
    assert "namens de gemeente Deventer, volmacht: nog niet uitgebracht (instructie: voor)" in ballot["text"]
    assert "Let op: dit wijkt af van het standpunt: voor." in await holder.press("Deventer: tegen")
    await holder.sees("namens de gemeente Deventer, volmacht: tegen (instructie: voor)")
    seen = [message["text"] or "" for message in await office.messages()]
    assert not [text for text in seen if "instructie: voor" in text or "eerst een open" in text]
    await office.press("Stemming sluiten")
    await office.press("Uitslag uitspreken")
    await own.sees("Tegen: 1")


async def test_the_portefeuillehouder_sees_the_position(house: House) -> None:
    """What the coordinator entered stands on the own representative's ballot; a deviation is warned of."""
    await convened(house, "Deventer")
    await gives_positions(await house.person("coördinator Deventer"), "Deventer")
    (person,) = await representatives(house, "Deventer")
    await opened(house, "Deventer")
    await put_to_vote(house, "2.1")
    await person.sees("namens de gemeente Deventer: nog niet uitgebracht (standpunt: voor)")
    assert "Let op: dit wijkt af van het standpunt: voor." in await person.press("Deventer: tegen")
    assert "Let op" not in await person.press("Deventer: voor")
    coordinator = await house.person("coördinator Deventer")
    await coordinator.write("/menu")
    before = await coordinator.last_id()
    await coordinator.press("Standpunten van Deventer")
    page = await coordinator.sees("Standpunten van de gemeente Deventer", after=before - 1)
    assert "2.1 voor" not in " ".join(labels(page)), "its vote is open: the position is fixed"
    assert "✅ tegen" in labels(page)


async def test_a_changed_proposal_takes_the_instruction_along(house: House) -> None:
    """The secretariat changes a proposal: each of the member's side and the holder are told, once; the proxy stands."""
    await convened(house, "Assen", "Deventer")
    coordinator = await house.person("coördinator Deventer")
    holder, grantor = await representatives(house, "Assen", "Deventer")
    await gives_positions(coordinator, "Deventer")
    await grants(grantor, holder.name, agree="Verlenen met steminstructie")
    await accepts(house, holder.name, "Deventer")
    office = house.secretariat
    await office.write("/alv")
    await office.press("Agendapunten nalopen")
    await office.press("2.1 Notulen ALV, 21 juni 2018, bijlage 1.")
    await office.press("Voorgenomen besluit invoeren")
    await office.sees("Stuur het voorgenomen besluit bij agendapunt 2.1")
    await office.write("De notulen met een wijziging vast te stellen.")
    for person in (coordinator, grantor):
        await person.sees("Het standpunt van de gemeente Deventer daarover is vervallen. Geef het opnieuw op.")
    await holder.sees(
        "De steminstructie van de gemeente Deventer voor dit punt is vervallen. De volmacht blijft gelden."
    )
    assert await count(holder, "is gewijzigd. De steminstructie") == 1
    assert await count(coordinator, "is gewijzigd. Het standpunt") == 1
    await holder.sees("vervallen: het voorstel is gewijzigd")
    await holder.sees("De volmacht is aanvaard")


async def test_holders_by_buttons_pages_and_kinds(house: House) -> None:
    """Twelve members take two pages; a colleague is behind another button; a declined proxy asks for somebody else."""
    names = [f"Lid{number:02}" for number in range(1, 12)]
    await convened(house, *names)
    person, holder = await house.person("portefeuillehouder Lid01"), await house.person("portefeuillehouder Lid11")
    await person.write("/volmacht")
    page = await person.sees("Pagina 1 van 2")
    assert labels(page)[0] == "portefeuillehouder Lid02 (Lid02)"
    await person.press("Volgende", message_id=page["message_id"])
    await person.sees("Pagina 2 van 2")
    await person.press("portefeuillehouder Lid11 (Lid11)", message_id=page["message_id"])
    question = await person.sees("Volmachtgever: de gemeente Lid01")
    assert question["message_id"] == page["message_id"], "one message leads to the proxy"
    await person.press("Volmacht verlenen", message_id=page["message_id"])
    offered = await holder.sees("Aanvaardt u deze volmacht?")
    await holder.press("Volmacht weigeren", message_id=offered["message_id"])
    await person.sees("portefeuillehouder Lid11 ziet van deze volmacht af.")
    told = await person.sees("❌ portefeuillehouder Lid11 (Lid11) heeft de volmacht van de gemeente Lid01 geweigerd.")
    assert labels(told)[0] == "Zelf stemmen"
    assert labels(told)[-1] == "Andere gevolmachtigde kiezen"
    colleague = next(text for text in labels(told) if text.startswith("Volmacht aan coördinator Lid01"))
    await person.press(colleague, message_id=told["message_id"])
    await accepts(house, "coördinator Lid01", "Lid01")
    assert "aan een eigen collega (Gemeentewet 171)" in (await person.sees("De volmacht is aanvaard"))["text"]


async def test_the_letter_says_what_a_letter_must_say(house: House, typeset: list[dict[str, str]]) -> None:
    """As in 2019: member, grantor and capacity, holder, function and member, assembly, date, place, scope, decision."""
    await house.import_register(
        [
            "Deventer;burgemeester Deventer;burgemeester;tekenbevoegde",
            "Olst-Wijhe;directeur Olst-Wijhe;algemeen directeur;vertegenwoordiger",
        ]
    )
    await convened(house, "Deventer")
    coordinator, mayor = await house.person("coördinator Deventer"), await house.person("burgemeester Deventer")
    await gives_positions(coordinator, "Deventer")
    await grants(coordinator, "directeur Olst-Wijhe", agree="Verlenen met steminstructie")
    first, instruction = await letter(coordinator, typeset)
    for part in (
        "Coöperatie Voorbeeld U.A.",
        "Onderwerp: volmacht ALV 13 februari 2019",
        "Hierbij machtig ik directeur Olst-Wijhe, algemeen directeur bij de gemeente Olst-Wijhe, om",
        "op woensdag 13 februari 2019 om 18.00 uur in Grand Hotel Karel V, Geertebolwerk 1, Utrecht",
        "namens de gemeente Deventer de presentielijst te tekenen",
        "over alle agendapunten die in stemming komen",
        "onder nummer 2019-000305 op dinsdag 12 februari 2019",
        "Namens de gemeente Deventer,",
        "Handtekening:",
        "burgemeester Deventer",
    ):
        assert part in first, part
    assert "eerst een open voordracht" not in first
    assert "eerst een open voordracht" in instruction
    await mayor.press("Volmacht ondertekenen")
    await mayor.sees("De volmacht is ondertekend")
    signed, _ = await letter(mayor, typeset)
    assert "Ondertekend in de vergaderassistent op maandag 14 januari 2019" in signed
    office = house.secretariat
    await office.press_data("1:plet:1")
    message = await office.sees("Volmachtbrief van de gemeente Deventer")
    assert (await pages(office, message, typeset))[1] == "", "the instruction is not for the secretariat"


async def test_who_carries_whose_vote(house: House) -> None:
    """/stem answers both questions, in one message that follows what happens."""
    await convened(house, "Assen", "Deventer")
    holder, grantor = await representatives(house, "Assen", "Deventer")
    for person in (holder, grantor):
        await person.write("/stem")
    mine = await grantor.sees("de gemeente Deventer: een eigen vertegenwoordiger")
    theirs = await holder.sees("U stemt niet namens een ander lid.")
    await grants(grantor, holder.name)
    await grantor.sees("volmacht aan portefeuillehouder Assen (Assen) aangeboden, nog niet aanvaard")
    shown = await holder.sees("de gemeente Deventer: volmacht aan u aangeboden")
    assert shown["message_id"] == theirs["message_id"]
    await holder.press("Volmacht aanvaarden: Deventer", message_id=shown["message_id"])
    stands = await grantor.sees("de gemeente Deventer: portefeuillehouder Assen (Assen), volmacht aanvaard")
    assert stands["message_id"] == mine["message_id"]
    assert labels(stands) == ["Volmacht bekijken", "Vervangen", "Volmacht intrekken"]
    await grantor.press("Volmacht intrekken", message_id=mine["message_id"])
    await holder.sees("portefeuillehouder Deventer heeft de volmacht van de gemeente Deventer")


async def test_stale_forged_and_double_taps(house: House) -> None:
    """Each is answered with where the proxy stands; nothing happens twice, and nothing for a stranger."""
    await convened(house, "Assen", "Deventer", "Emmen")
    holder, grantor, other = await representatives(house, "Assen", "Deventer", "Emmen")
    found = await chooses(grantor, holder.name)
    await grantor.press(labels(found)[0], message_id=found["message_id"])
    question = await grantor.sees("Volmachtgever:", after=found["message_id"] - 1)
    grant_press = next(b["data"] for row in question["buttons"] for b in row if b["label"] == "Volmacht verlenen")
    await grantor.press_data(grant_press)
    assert (await grantor.press_data(grant_press)).startswith("Er loopt al een volmacht aan portefeuillehouder Assen")
    for data, words_of_it in (
        ("1:pacc:1", "U kunt dit niet doen namens de gemeente Deventer"),
        ("1:pend:1", "U kunt dit niet doen namens de gemeente Deventer"),
        ("1:psign:1", "U kunt dit niet doen namens de gemeente Deventer"),
        ("1:plet:1", "U kunt dit niet doen namens de gemeente Deventer"),
        (grant_press, "U kunt dit niet doen namens de gemeente Deventer"),
        ("1:pacc:999", "Deze knop werkt niet meer"),
        ("1:pjudge:1:1", "hoort niet bij uw rol"),
        ("1:pacc:x", "Deze knop werkt niet meer"),
    ):
        assert words_of_it in await other.press_data(data), data
    await accepts(house, holder.name, "Deventer")
    assert "is al aanvaard" in await holder.press_data("1:pacc:1")
    assert await count(grantor, "✅ portefeuillehouder Assen (Assen) heeft de volmacht") == 1
    stranger = await house.person("iemand")
    assert "U bent niet aangemeld" in await stranger.press_data("1:pend:1")
    await grantor.press("Volmacht intrekken")
    assert "Deze volmacht is ingetrokken" in await holder.press_data("1:pdec:1")


async def test_refusals_name_their_ground(house: House) -> None:
    """To oneself, a circle, to who is not registered or not entitled, and a second one: why, and by which article."""
    await house.import_register(["Zwolle;portefeuillehouder Zwolle;wethouder;vertegenwoordiger"])
    await convened(house, "Assen", "Deventer")
    holder, grantor = await representatives(house, "Assen", "Deventer")
    await granted(house, "Deventer", holder.name)
    before = await holder.last_id()
    await holder.write("/volmacht")
    page = await holder.sees("Wie brengt de stem uit", after=before)
    circle = next(text for text in labels(page) if "Deventer" in text)
    assert "(BW 3:64)" in await holder.press(circle, message_id=page["message_id"])

    def grant_to(holder_id: int, member_id: int) -> str:
        return f"1:pgrant:1:{assen}:{holder_id}:{member_id}"

    data = next(b["data"] for row in page["buttons"] for b in row if b["label"] == circle).split(":")
    assen, deventer_person, deventer = (int(part) for part in data[3:6])
    answers = {person_id: await holder.press_data(grant_to(person_id, assen)) for person_id in range(1, 7)}
    (me,) = [person_id for person_id, answer in answers.items() if "zonder volmacht uit" in answer]
    unable = await holder.press_data(grant_to(deventer_person, assen))
    assert "kan deze stem niet uitbrengen: niet aangemeld, of niet als collega" in unable
    assert "(BW 3:64)" in await holder.press_data(grant_to(deventer_person, deventer))
    assert any("niet aangemeld" in answer for answer in answers.values())
    again = await grantor.press_data(f"1:pgrant:1:{deventer}:{me}:{assen}")
    assert again.startswith("Er loopt al een volmacht aan portefeuillehouder Assen")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"ALVBOT_PROXY_BOARD_HOLDER": "allowed"}, None),
        ({"ALVBOT_PROXY_BOARD_HOLDER": "warned"}, "is commissaris of bestuurder. De ALV besluit ook over de RvC"),
        ({"ALVBOT_PROXY_BOARD_HOLDER": "refused"}, NOBODY),
    ],
)
async def test_a_holder_of_the_board(house: House, said: str | None) -> None:
    """A representative who is a commissaris: just a holder, a warning for both sides, or nobody to choose."""
    await house.import_register(
        [
            "Assen;wethouder Assen;wethouder;vertegenwoordiger",
            ";wethouder Assen;wethouder;commissaris",
            "Deventer;portefeuillehouder Deventer;wethouder;vertegenwoordiger",
        ]
    )
    await house.register_everybody()
    await prepare(house)
    await convene(house)
    (grantor,) = await representatives(house, "Deventer")
    if said == NOBODY:
        before = await grantor.last_id()
        await grantor.write("/volmacht")
        await grantor.sees(said, after=before)
        return
    card = await granted(house, "Deventer", "wethouder Assen")
    for text in (card["text"], (await (await house.person("wethouder Assen")).sees("aanvaard"))["text"]):
        assert (said is not None and said in text) or (said is None and "commissaris" not in text)
