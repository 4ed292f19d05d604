"""How dates, numbers, names and long texts are written."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.association import Association
from assembly.wording import utf16_length
from screens import texts

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")
NBSP = "\N{NO-BREAK SPACE}"


def more(count: int) -> str:
    """Say how many lines were left out."""
    return f"… en nog {count}"


def test_a_moment_is_written_in_full() -> None:
    """A moment stands on the association's own clock, with weekday, year and "uur"."""
    moment = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)
    assert texts.long_date_time(moment, ASSOCIATION) == "woensdag 13 februari 2019 om 18.00 uur"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2019, 3, 31, 0, 59, tzinfo=UTC), "zondag 31 maart 2019 om 01.59 uur"),
        (datetime(2019, 3, 31, 1, 0, tzinfo=UTC), "zondag 31 maart 2019 om 03.00 uur"),
        (datetime(2019, 10, 27, 0, 30, tzinfo=UTC), "zondag 27 oktober 2019 om 02.30 uur"),
        (datetime(2019, 10, 27, 1, 30, tzinfo=UTC), "zondag 27 oktober 2019 om 02.30 uur"),
        (datetime(2018, 12, 31, 23, 0, tzinfo=UTC), "dinsdag 1 januari 2019 om 00.00 uur"),
    ],
)
def test_a_moment_follows_summer_time(moment: datetime, written: str) -> None:
    """The clock jumps with summer time, and a day begins at local midnight."""
    assert texts.long_date_time(moment, ASSOCIATION) == written


def test_a_moment_follows_the_timezone_setting() -> None:
    """Another association's clock is a setting."""
    elsewhere = Association("Vereniging Elders", timezone="America/Curacao")
    assert texts.time(datetime(2019, 2, 13, 17, 0, tzinfo=UTC), elsewhere) == "13.00 uur"


def test_a_day_is_written_in_full() -> None:
    """A day stands as it is; a moment is taken on the association's own clock first."""
    assert texts.long_date(date(2019, 1, 29), ASSOCIATION) == "dinsdag 29 januari 2019"
    assert texts.long_date(datetime(2019, 1, 28, 23, 30, tzinfo=UTC), ASSOCIATION) == "dinsdag 29 januari 2019"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(22, 31), "71,0%"),
        (Fraction(2, 3), "66,7%"),
        (Fraction(1), "100,0%"),
        (Fraction(0), "0,0%"),
        (Fraction(1, 2000), "0,1%"),
        (Fraction(1, 2001), "0,0%"),
        (Fraction(5665, 10000), "56,7%"),
    ],
)
def test_percentages_are_rounded_half_up(share: Fraction, written: str) -> None:
    """A half always rounds up, as people do on paper; the sign follows without a space."""
    assert texts.percent(share) == written


@given(st.fractions(min_value=-10_000_000, max_value=10_000_000, max_denominator=1000))
def test_amounts_are_rounded_half_away_from_zero(amount: Fraction) -> None:
    """Rounding agrees with decimal arithmetic of far more digits."""
    exact = (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    shown = texts.euro(amount).replace(f"€{NBSP}", "").replace(".", "").replace(",", ".")
    assert Decimal(shown) == exact


def test_amounts_and_numbers_read_dutch() -> None:
    """Thousands are parted by points, cents by a comma, and the sign never stands alone at a line's end."""
    assert texts.euro(Fraction(1208628, 100)) == f"€{NBSP}12.086,28"
    assert texts.euro(Fraction(-5, 2)) == f"€{NBSP}-2,50"
    assert texts.number(100719) == "100.719"


@given(st.text(alphabet="<>&\"'ab \n"))
def test_escaped_text_shows_as_it_was(text: str) -> None:
    """Escaping leaves no markup, in text or in an attribute, and loses nothing."""
    escaped = texts.escape(text)
    assert not set('<>"') & set(escaped)
    assert unescape(escaped) == text


def test_a_member_stands_in_a_sentence() -> None:
    """The association's article stands before a member's name, and a hostile name stays a name."""
    assert texts.member("Deventer", ASSOCIATION) == "de gemeente Deventer"
    assert texts.member("<b>X</b> & Zn", Association("X")) == "&lt;b&gt;X&lt;/b&gt; &amp; Zn"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Jan \t\r\n  de   Vries ", "Jan de Vries"),
        ("Jan\u202egnirettimes", "Jangnirettimes"),
        ("Jan\u200b\u2060 de\ufeff Vries\u00ad", "Jan de Vries"),
        ("Jan\x00\x07\x1b[31m", "Jan[31m"),
        ("Jan\N{LINE SEPARATOR}Piet\N{PARAGRAPH SEPARATOR}Klaas", "Jan Piet Klaas"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("\N{HANGUL FILLER}\N{BRAILLE PATTERN BLANK}\u2066\u2069", ""),
        ("’s-Hertogenbosch", "’s-Hertogenbosch"),
        ("Fryslân 🗳", "Fryslân 🗳"),
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrs…"),
        ("", ""),
    ],
)
def test_names_are_cleaned(text: str, clean: str) -> None:
    """What breaks a line, turns the reading direction or cannot be seen is gone; letters stay."""
    assert texts.clean_name(text, 20) == clean


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_a_clean_name_stays_clean_and_fits(text: str, limit: int) -> None:
    """Cleaning fits the limit, is printable, and changes nothing the second time."""
    clean = texts.clean_name(text, limit)
    assert utf16_length(clean) <= limit
    assert clean.isprintable()
    assert clean == clean.strip()
    assert texts.clean_name(clean, limit) == clean


@given(st.text(alphabet="ab 🗳é", max_size=40), st.integers(min_value=1, max_value=30))
def test_clipped_text_fits_and_says_so(text: str, limit: int) -> None:
    """A text that fits stays; a longer one is its own beginning, never half a character, with an ellipsis."""
    clipped = texts.clip(text, limit)
    assert utf16_length(clipped) <= limit
    if utf16_length(text) <= limit:
        assert clipped == text
    else:
        assert clipped.endswith("…")
        assert text.startswith(clipped[:-1])


def test_visible_length_leaves_out_markup() -> None:
    """Tags count for nothing, an entity for one character, an emoji for two units."""
    assert texts.visible_length('<b>A&amp;B</b> <a href="https://t.me/x?a=1&amp;b=2">🗳</a>') == 6


def test_lines_that_fit_are_all_shown() -> None:
    """Up to the very limit nothing is left out, and no lines are no text."""
    assert texts.clip_lines(["<b>12345</b>", "67890"], 11, more) == "<b>12345</b>\n67890"
    assert texts.clip_lines([], 11, more) == ""


def test_lines_that_do_not_fit_are_counted() -> None:
    """Whole lines go, and the last line says how many."""
    assert texts.clip_lines([f"<i>regel {n}</i>" for n in range(9)], 30, more) == (
        "<i>regel 0</i>\n<i>regel 1</i>\n… en nog 7"
    )


@given(st.lists(st.sampled_from(["", "<b>vet</b>", "gewoon", "R&amp;D", "🗳🗳"]), max_size=40), st.integers(14, 80))
def test_clipped_lines_fit_and_lose_nothing_in_silence(lines: list[str], limit: int) -> None:
    """The result fits; shown lines and counted lines together are all lines; one line more would not have fitted."""
    shown = texts.clip_lines(lines, limit, more).split("\n")
    assert texts.visible_length("\n".join(shown)) <= limit
    if shown[-1].startswith("… en nog "):
        left = int(shown[-1].removeprefix("… en nog "))
        kept = len(lines) - left
        assert shown[:-1] == lines[:kept]
        assert left == 1 or texts.visible_length("\n".join([*lines[: kept + 1], more(left - 1)])) > limit
    else:
        assert shown == (lines or [""])
