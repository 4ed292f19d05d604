"""How dates, numbers, names and long texts are written: Babel's Dutch, and what Telegram can hold."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from html import escape as html_escape
from html import unescape as html_unescape
from itertools import accumulate
from math import floor

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from assembly.association import Association
from assembly.wording import BLANK, DIRECTIONS, utf16_length
from screens.catalogue import LANGUAGE, _

_TAG = re.compile(r"<[^<>]*>")
_ELLIPSIS = "…"
_STOPPED = re.compile(r"([.!?…])”\.")


def one_stop(sentence: str) -> str:
    """Take the full stop away after what is quoted at the end of a sentence, where that ends in one by itself."""
    return _STOPPED.sub(r"\1”", sentence)


# Dates and times


def long_date(day: date, association: Association) -> str:
    """Write a day in full: "woensdag 13 februari 2019". A moment is taken on the association's own clock."""
    local = association.local(day) if isinstance(day, datetime) else day
    return format_date(local, "EEEE d MMMM y", locale=LANGUAGE)


def time(moment: datetime, association: Association) -> str:
    """Write the time of day: "18.00 uur"."""
    return _("{time} hrs").format(time=format_time(association.local(moment), "HH.mm", locale=LANGUAGE))


def long_date_time(moment: datetime, association: Association) -> str:
    """Write a moment in full: "woensdag 13 februari 2019 om 18.00 uur"."""
    return _("{day} at {time}").format(day=long_date(moment, association), time=time(moment, association))


def short_moment(moment: datetime, association: Association) -> str:
    """Write a moment in a table: "13-02-2019 18.00"."""
    return f"{association.local(moment):%d-%m-%Y %H.%M}"


# Numbers


def number(amount: int) -> str:
    """Write a whole number: "12.086"."""
    return format_decimal(amount, locale=LANGUAGE)


def file_size(size: int) -> str:
    """Write the size of a file of ``size`` bytes: "1,2 MB", "340 kB"."""
    if size >= 1_000_000:  # noqa: PLR2004 - a megabyte
        return f"{format_decimal(Decimal(size) / 1_000_000, '#,##0.0', locale=LANGUAGE)} MB"
    return f"{number(max(1, round(size / 1000)))} kB"


def percent(share: Fraction) -> str:
    """Write a share of one with one decimal, exactly rounded, half away from zero: 22/31 is "71,0%"."""
    return format_percent(_rounded(share, 3), "#,##0.0%", locale=LANGUAGE)


def euro(amount: Fraction) -> str:
    """Write an amount of euros, exactly rounded to cents, half away from zero: "€ 12.086,28"."""
    return _money(amount, 2)


def euro_exact(amount: Fraction) -> str:
    """Write an amount of euros with all its decimals, eight at most: "€ 0,125", "€ 0,12"."""
    return _money(amount, next((places for places in range(2, 8) if (amount * 10**places).denominator == 1), 8))


def _money(amount: Fraction, decimals: int) -> str:
    with localcontext(prec=99):  # Babel rounds once more, and stumbles over what is longer than the usual 28 digits
        digits = "#,##0." + "0" * decimals
        pattern = f"¤\N{NO-BREAK SPACE}{digits};¤\N{NO-BREAK SPACE}-{digits}"
        return format_currency(_rounded(amount, decimals), "EUR", pattern, locale=LANGUAGE, currency_digits=False)


def _rounded(value: Fraction, decimals: int) -> Decimal:
    """Round in whole numbers: a float, or the usual rounding to even, would show another figure than people compute."""
    units = floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Decimal(units if value >= 0 else -units).scaleb(-decimals)


# Names and texts


def escape(text: str) -> str:
    """Make ``text`` safe in Telegram's HTML, in attributes too, and unable to turn around the sentence it stands in."""
    return html_escape(DIRECTIONS.sub("", text), quote=False).replace('"', "&quot;")


def member(name: str, association: Association) -> str:
    """Write a member as in a sentence, escaped: "de gemeente Deventer"."""
    return escape(association.member_article + name)


def clean_name(text: str, limit: int) -> str:
    """Make a name or title fit to stand in a sentence: at most ``limit`` UTF-16 units, on one line.

    Control, direction and zero-width characters go, so that nobody can break a line, turn the reading direction or
    look like somebody else; every run of white space becomes one space. May return the empty string.
    """
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(" " if char.isspace() or char in BLANK else char for char in composed)
    kept = "".join(char for char in seen if not unicodedata.category(char).startswith("C"))
    return clip(" ".join(kept.split()), limit)


def visible_length(html: str) -> int:
    """Return the UTF-16 length of what Telegram shows of ``html``: its limits count after the tags are read."""
    return utf16_length(visible(html))


def visible(html: str) -> str:
    """Return what Telegram shows of ``html``, as plain text."""
    return html_unescape(_TAG.sub("", html))


def clip(text: str, utf16_limit: int) -> str:
    """Shorten plain (not yet escaped) ``text`` to ``utf16_limit`` UTF-16 units, the ellipsis that shows it included."""
    if utf16_length(text) <= utf16_limit:
        return text
    room = utf16_limit - len(_ELLIPSIS)
    kept: list[str] = []
    for char in text:
        room -= utf16_length(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + _ELLIPSIS


def clip_lines(lines: Sequence[str], limit: int, more: Callable[[int], str]) -> str:
    """Join HTML ``lines`` as far as ``limit`` visible UTF-16 units allow.

    Where not all fit, ``more`` says in a last line how many were left out. Lines are kept whole, so a tag that opens
    in a line must close in it.
    """
    ends = [end - 1 for end in accumulate(visible_length(line) + 1 for line in lines)]
    if not lines or ends[-1] <= limit:
        return "\n".join(lines)
    for count in range(len(lines) - 1, 0, -1):
        rest = more(len(lines) - count)
        if ends[count - 1] + 1 + visible_length(rest) <= limit:
            return "\n".join([*lines[:count], rest])
    return more(len(lines))
