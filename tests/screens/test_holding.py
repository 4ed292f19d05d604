"""What the secretariat reads after a restore, word for word."""

from datetime import UTC, datetime

import pytest

from assembly.association import Association
from assembly.facts.holding import HeldDecided, Restored
from screens import presses, render
from screens.content import Content

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.")
MADE_AT = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)


def drawn(facts: object) -> Content:
    """Draw a message."""
    content = render(facts, ASSOCIATION)
    assert isinstance(content, Content)
    return content


def test_question() -> None:
    """The message says to which moment the assistant went back, what waits for how many, and what can be chosen."""
    content = drawn(Restored(MADE_AT, 1200, 40, 1, last=77))
    assert content.text.split("\n\n") == [
        "⚠️ <b>Deze assistent is terug bij de stand van woensdag 13 februari 2019 om 18.00 uur.</b>",
        "Wat daarna is vastgelegd, is er niet meer. Controleer wat er nu staat en voer de rest opnieuw in.",
        (
            "1.200 berichten wachtten toen nog, voor 40 personen en 1 groep of kanaal. Misschien zijn ze al verstuurd. "
            "Ze gaan pas uit als u dat besluit."
        ),
    ]
    assert [(button.label, button.data) for (button,) in content.keyboard] == [
        ("Alsnog versturen", presses.SendHeld(77).encode()),
        ("Niet versturen", presses.DropHeld(77).encode()),
    ]


def test_nothing_to_decide() -> None:
    """Where nothing waited there is nothing to choose."""
    assert drawn(Restored(MADE_AT, 0, 0, 0, last=0)).keyboard == ()


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            HeldDecided(1, sent=True, by="Regiebureau"),
            "1 bericht van vóór het terugzetten wordt alsnog verstuurd. Besloten door Regiebureau.",
        ),
        (
            HeldDecided(1200, sent=False, by="A & B"),
            "1.200 berichten van vóór het terugzetten worden niet verstuurd. Besloten door A &amp; B.",
        ),
    ],
)
def test_decision(facts: HeldDecided, text: str) -> None:
    """Everybody of the secretariat reads what was decided, and by whom."""
    assert drawn(facts).text == text
