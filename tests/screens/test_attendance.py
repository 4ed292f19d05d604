"""The attendance list as it is read, also when it is long."""

from datetime import UTC, datetime

from assembly.association import Association
from assembly.facts.attendance import AbsentSeat, AttendanceList, Guest, PresentSeat, RepresentedSeat
from assembly.meetings import Mode
from assembly.proxies import ProxyKind
from screens import render
from screens.content import Content
from screens.texts import visible_length

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")
EVENING = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)
LATER = datetime(2019, 2, 13, 19, 10, tzinfo=UTC)


def drawn(
    present: tuple[PresentSeat, ...] = (),
    represented: tuple[RepresentedSeat, ...] = (),
    absent: tuple[AbsentSeat, ...] = (),
    guests: tuple[Guest, ...] = (),
    *,
    votes: int = 17,
    needed: int | None = None,
) -> str:
    """Draw a list of an assembly with 34 votes."""
    shown = AttendanceList("ALV", EVENING, LATER, present, represented, absent, guests, votes, 34, needed)
    content = render(shown, ASSOCIATION)
    assert isinstance(content, Content)
    return content.text


def test_each_part_says_how_people_are_there() -> None:
    """In the room, remotely, left, by proxy, absent with and without notice, with an absent holder, and guests."""
    text = drawn(
        (
            PresentSeat("Assen", "portefeuillehouder Assen", Mode.ROOM),
            PresentSeat("Emmen", "portefeuillehouder Emmen", Mode.REMOTE),
            PresentSeat("Velsen", "portefeuillehouder Velsen", Mode.ROOM, LATER),
        ),
        (RepresentedSeat("Deventer", "portefeuillehouder Olst-Wijhe", "Olst-Wijhe", ProxyKind.OTHER_MEMBER),),
        (
            AbsentSeat("Brielle", notice=True),
            AbsentSeat("Laren", notice=False),
            AbsentSeat("Raalte", notice=False, holder="portefeuillehouder Zwolle"),
        ),
        (Guest("Commissaris 1", "lid van de RvC", Mode.ROOM), Guest("Notulist", "notulist", Mode.REMOTE)),
    )
    assert (
        "<b>Aanwezig (3)</b>\n"
        "Assen: portefeuillehouder Assen\n"
        "Emmen: portefeuillehouder Emmen (op afstand)\n"
        "Velsen: portefeuillehouder Velsen (vertrokken om 20.10 uur)\n"
    ) in text
    assert "<b>Vertegenwoordigd door volmacht (1)</b>\nDeventer: portefeuillehouder Olst-Wijhe (Olst-Wijhe)" in text
    assert "Brielle (met kennisgeving)\nLaren (zonder kennisgeving)\n" in text
    assert "Raalte (volmacht aan portefeuillehouder Zwolle, die niet aanwezig is)" in text
    assert "<b>Gasten (2)</b>\nCommissaris 1, lid van de RvC\nNotulist (op afstand)" in text
    assert "Stand van 20.10 uur" in text


def test_quorum_is_said_in_words() -> None:
    """17 of 34 misses a quorum of 18 and reaches one of 17; without a quorum nothing is said of it."""
    assert "Het quorum is niet gehaald: er zijn 18 stemmen nodig." in drawn(needed=18)
    assert "Het quorum is gehaald: er zijn 17 stemmen nodig." in drawn(needed=17)
    assert "quorum" not in drawn()


def test_long_list_keeps_all_its_parts() -> None:
    """With hundreds of members every part is there with its count, and says how many lines are left out."""
    text = drawn(
        tuple(PresentSeat(f"Lid {number}", "p" * 60, Mode.ROOM) for number in range(300)),
        tuple(RepresentedSeat(f"Lid {number}", "p" * 60, "Lid", ProxyKind.OTHER_MEMBER) for number in range(200)),
        tuple(AbsentSeat(f"Lid {number}", notice=False) for number in range(100)),
        tuple(Guest("g" * 60, "gast", Mode.ROOM) for _ in range(50)),
    )
    assert visible_length(text) <= 4096
    for heading in ("Aanwezig (300)", "Vertegenwoordigd door volmacht (200)", "Afwezig (100)", "Gasten (50)"):
        assert heading in text
    assert text.count("… en nog ") == 4
