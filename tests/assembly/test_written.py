"""What people write: moments, lines and texts."""

from contextlib import suppress
from datetime import UTC, date, datetime
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.dates import read_moment
from assembly.errors import DateNotUnderstood, TextMissing, TextTooLong, TimeSkipped, WeekdayWrong
from assembly.wording import utf16_length, written_line, written_text

ZONE = "Europe/Amsterdam"
YEARS = (datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01"))
EVENING = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "13-02-2019 18:00",
        "13-2-2019 18.00",
        "13/2/2019, 18:00 uur",
        "13.02.2019 om 18.00 uur",
        "13 februari 2019 18:00",
        "13 feb 2019 om 18 uur",
        "woensdag 13 februari 2019 om 18.00 uur",
        "Wo 13 Feb. 2019, 18:00 u.",
        "  woensdag   13 februari\t2019 om 18.00  uur ",
        "2019-02-13 18:00",
        "2019-02-13T18:00",
        "2019-02-13T17:00:00Z",
        "2019-02-13T18:00:00+01:00",
        "2019-02-13t12:00-0500",
    ],
)
def test_moments_are_read(text: str) -> None:
    """The ways in which people here write a moment, and how machines do, are the same moment."""
    assert read_moment(text, ZONE) == EVENING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "morgen",
        "13-02-2019",
        "18:00",
        "13-02-19 18:00",
        "31-02-2019 18:00",
        "13-13-2019 18:00",
        "13-02-2019 25:00",
        "13-02-2019 18:60",
        "blauwdag 13-02-2019 18:00",
        "13 m 2019 18:00",
        "13 ju 2019 18:00",
        "0000-01-01 00:00",
    ],
)
def test_other_texts_are_not(text: str) -> None:
    """What is no day with a time, or could be two, is refused with the text that was written."""
    with pytest.raises(DateNotUnderstood) as refused:
        read_moment(text, ZONE)
    assert refused.value.text == text


def test_the_weekday_must_go_with_the_date() -> None:
    """A wrong day of the week shows that the date may be a mistake."""
    with pytest.raises(WeekdayWrong) as refused:
        read_moment("donderdag 13 februari 2019 om 18.00 uur", ZONE)
    assert refused.value.day == date(2019, 2, 13)


def test_the_clock_changes() -> None:
    """A time that spring skips is refused; one that autumn shows twice is the first; another zone has its own clock."""
    with pytest.raises(TimeSkipped):
        read_moment("31-03-2019 02:30", ZONE)
    assert read_moment("31-03-2019 03:00", ZONE) == datetime(2019, 3, 31, 1, 0, tzinfo=UTC)
    assert read_moment("27-10-2019 02:30", ZONE) == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)
    assert read_moment("31-03-2019 02:30", "America/Curacao") == datetime(2019, 3, 31, 6, 30, tzinfo=UTC)


@given(st.datetimes(*YEARS, timezones=st.just(ZoneInfo(ZONE)), allow_imaginary=False))
def test_every_moment_is_read_back(moment: datetime) -> None:
    """A moment written to the minute is read as itself; of an hour shown twice as the first."""
    to_the_minute = moment.replace(second=0, microsecond=0, fold=0)
    assert read_moment(f"{to_the_minute:%d-%m-%Y %H:%M}", ZONE) == to_the_minute.astimezone(UTC)


@given(st.text(max_size=40) | st.from_regex(r"\A[0-9/.: -]{8,20}\Z"))
def test_any_date_is_read_or_refused(text: str) -> None:
    """No text breaks the reader: the answer is a moment in UTC or a refusal."""
    with suppress(DateNotUnderstood, WeekdayWrong, TimeSkipped):
        assert read_moment(text, ZONE).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  ALV \n 13 februari\t2019 ", "ALV 13 februari 2019"),
        ("ALV\u202e\x00\u200b", "ALV"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
    ],
)
def test_a_line_is_cleaned(text: str, line: str) -> None:
    """A title or place stands on one line, without what nobody sees."""
    assert written_line(text, 100) == line


def test_a_text_keeps_its_lines() -> None:
    """Paragraphs stay; spaces at the ends and invisible characters go."""
    assert written_text("  Beste leden, \r\n\r\nTot\u202e ziens.\x00 \n", 100) == "Beste leden,\n\nTot ziens."


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\u2060", "\x00", "\N{ZERO WIDTH JOINER}"])
def test_nothing_is_no_text(text: str) -> None:
    """What shows nothing is missing, on a line and in a text."""
    for written in (written_line, written_text):
        with pytest.raises(TextMissing):
            written(text, 100)


def test_too_long_is_said_in_telegrams_units() -> None:
    """An emoji counts twice; the limit itself fits."""
    assert written_line("🗳" * 5, 10) == "🗳" * 5
    with pytest.raises(TextTooLong) as refused:
        written_text("🗳" * 5 + "x", 10)
    assert (refused.value.length, refused.value.limit) == (11, 10)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_length_counts_utf16_units(text: str) -> None:
    """The length is that of the UTF-16 encoding, as Telegram counts."""
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(st.text(max_size=60))
def test_written_text_is_safe_to_store_and_stays(text: str) -> None:
    """What is accepted fits, carries no control characters but line breaks, and is accepted as it is again."""
    try:
        kept = written_text(text, 50)
    except (TextMissing, TextTooLong):
        return
    assert utf16_length(kept) <= 50
    assert not [char for char in kept if category(char) in {"Cc", "Cs"} and char != "\n"]
    assert written_text(kept, 50) == kept
