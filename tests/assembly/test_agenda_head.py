"""What the head of an agenda says of the assembly, with labels and in sentences."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assembly.agenda import read_agenda
from assembly.agenda_head import PLACE_LIMIT, TITLE_LIMIT, Head, read_head

DATA = Path(__file__).parent / "data"
AMSTERDAM = "Europe/Amsterdam"
TODAY = date(2025, 5, 1)


def head(text: str) -> Head:
    """Return what is read in a head."""
    return read_head([line.strip() for line in text.splitlines()], AMSTERDAM, TODAY)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "agenda-2019",
            Head(
                "Algemene Leden Vergadering Voorbeeld",
                datetime(2019, 2, 13, 17, tzinfo=UTC),
                "Grand Hotel Karel V, Geertebolwerk 1, Utrecht",
            ),
        ),
        (
            "agenda-2018",
            Head("Algemene Ledenvergadering Voorbeeld", datetime(2018, 6, 21, 16, tzinfo=UTC), "Muntgebouw Utrecht"),
        ),
        (
            "agenda-romeins",
            Head(
                "Algemene ledenvergadering van Coöperatie Dorpsstroom U.A.",
                datetime(2024, 3, 14, 18, 30, tzinfo=UTC),
                "Dorpshuis De Brink te Ede",
                "https://meet.example.org/alv",
            ),
        ),
        ("agenda-punt", Head("Ledenraad", datetime(2025, 6, 5, 18, tzinfo=UTC), "Stadhuis Zwolle")),
        (
            "agenda-kaal",
            Head(
                "Jaarvergadering van de VvE Parkzicht", datetime(2025, 6, 3, 17, 30, tzinfo=UTC), "de recreatieruimte"
            ),
        ),
        (
            "agenda-koppen",
            Head("Algemene ledenvergadering", datetime(2025, 9, 20, 8, tzinfo=UTC), "Kantine SV De Boog"),
        ),
        ("agenda-buurtvereniging", Head("Jaarvergadering", None, "het clubgebouw")),
        ("agenda-energiecooperatie", Head()),
    ],
)
def test_heads_of_real_shapes(name: str, expected: Head) -> None:
    """Title, moment, place and link are found where they stand, and nothing is made up."""
    agenda = read_agenda((DATA / f"{name}.txt").read_text(encoding="utf-8"))
    assert read_head(agenda.head, AMSTERDAM, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Datum: 12 juni 2025\nTijd: 20.00 uur", datetime(2025, 6, 12, 18, tzinfo=UTC)),
        ("Datum en tijd: donderdag 12 juni 2025, 20:00 uur", datetime(2025, 6, 12, 18, tzinfo=UTC)),
        ("Wanneer: 12-06-2025 om 20 uur", datetime(2025, 6, 12, 18, tzinfo=UTC)),
        ("ALV 12/6/2025\nAanvang: 19.30 uur", datetime(2025, 6, 12, 17, 30, tzinfo=UTC)),
        ("Datum: 3 maart\nTijd: 20.00 uur", datetime(2026, 3, 3, 19, tzinfo=UTC)),
        ("Datum: vrijdag 12 juni 2025\nTijd: 20.00 uur", None),
        ("Datum: 12 juni 2025", None),
        ("Datum: 31-02-2025\nTijd: 20.00", None),
        ("Tijd: 20.00 uur", None),
        ("Datum: 30 maart 2025\nTijd: 02.30 uur", None),
        ("Datum: 12 juni 2025\nToegang: € 12.50", None),
    ],
)
def test_moments(text: str, moment: datetime | None) -> None:
    """A whole moment is found; one of which something is missing or wrong stays open."""
    assert head(text).starts_at == moment


def test_limits() -> None:
    """What is proposed fits where it is stored."""
    found = head(f"Onderwerp: {'x' * 400}\nLocatie: {'y' * 400}\nhttps://{'z' * 400}")
    assert (len(found.title), len(found.place), found.stream) == (TITLE_LIMIT, PLACE_LIMIT, "")
