"""Settings: read, refused when wrong, and documented to the letter."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assembly.association import Association
from assembly.item_kinds import ItemKind
from assembly.members import Role
from assembly.motions import Rule
from assembly.proxies import BoardHolder, ProxyKind
from assembly.quiet import QuietHours
from assembly.reminders import ReminderTimes
from assembly.statutes import Statutes
from assembly.tally import Basis, Majority, Threshold
from bot.config import PREFIX, Settings
from bot.config.values import parse_threshold, write_threshold
from tests.support.webhooks import SECRET

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"
REQUIRED = {"ALVBOT_TOKEN": "123456:a-token", "ALVBOT_ASSOCIATION_NAME": "Coöperatie Voorbeeld U.A."}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start from an environment without settings and a folder without a file."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, more: Mapping[str, str] = {}) -> Settings:
    """Read the settings from an environment of the required ones and ``more``."""
    for name, value in (REQUIRED | dict(more)).items():
        monkeypatch.setenv(name, value)
    return Settings.read()


def test_defaults_are_the_statutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without further settings the association has exactly the defaults of the rules."""
    assert read(monkeypatch).association() == Association(REQUIRED["ALVBOT_ASSOCIATION_NAME"])


def test_every_statute_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field of the statutes, and of the association, differs from its default when its setting does."""
    settings = read(
        monkeypatch,
        {
            "ALVBOT_CONTACT": "het bestuur",
            "ALVBOT_MEMBER_ARTICLE": "de gemeente ",
            "ALVBOT_TIMEZONE": "America/Curacao",
            "ALVBOT_LINK_DAYS": "7",
            "ALVBOT_LETTER_WINDOW": "right",
            "ALVBOT_SENDER": "Postbus 1, 7400 AA Deventer",
            "ALVBOT_SECOND_FACTOR": "required",
            "ALVBOT_SECOND_FACTOR_MINUTES": "5",
            "ALVBOT_MEETING_MINUTES": "120",
            "ALVBOT_REPLY_REMINDERS": "7, 3",
            "ALVBOT_PROXY_REMINDERS": "none",
            "ALVBOT_BALLOT_REMINDERS": "1,2,5",
            "ALVBOT_OUTSIDE_REMINDERS": "4",
            "ALVBOT_ADVANCE_DAYS": "14",
            "ALVBOT_ADVANCE_PRESENT": "false",
            "ALVBOT_REMINDER_TIME": "10:30",
            "ALVBOT_REHEARSAL_DAYS": "7",
            "ALVBOT_QUIET_HOURS": "21:30-07:00",
            "ALVBOT_ROOM_URL": "http://192.168.1.5:8090",
            "ALVBOT_ADDRESS": "Postbus 1, 1000 AA Voorbeeldstad",
            "ALVBOT_NOTICE_DAYS": "7",
            "ALVBOT_NOTICE_DAYS_BY_KIND": "amendment=10, persons=21",
            "ALVBOT_DEPOSIT_DAYS": "6",
            "ALVBOT_SECOND_MEETING_DAYS": "8",
            "ALVBOT_MAJORITY": ">= 3/5",
            "ALVBOT_MAJORITY_BASIS": "present",
            "ALVBOT_SPECIAL_MAJORITY": ">=3/4",
            "ALVBOT_SECOND_MEETING_MAJORITY": ">1/2",
            "ALVBOT_QUORUM": ">1/2",
            "ALVBOT_SPECIAL_QUORUM": ">=2/3",
            "ALVBOT_VOTES_BY_INHABITANTS": "0=1, 20000=2",
            "ALVBOT_VOTES_MAXIMUM_SHARE": "1/5",
            "ALVBOT_CHAIR_BREAKS_TIES": "true",
            "ALVBOT_CONSULTATION_TURNOUT": ">=1/2",
            "ALVBOT_PROXY_KINDS": "other_member, colleague",
            "ALVBOT_INHABITANTS_PER_VOTE": "1000",
            "ALVBOT_VOTES_MAXIMUM": "75",
            "ALVBOT_PROXY_MAXIMUM": "1",
            "ALVBOT_PROXY_BOARD_HOLDER": "refused",
            "ALVBOT_PROXY_DEADLINE_HOURS": "24",
            "ALVBOT_PROXY_GRANTORS": "signatory",
            "ALVBOT_SECRET_MINIMUM": "7",
            "ALVBOT_PROXY_LETTERS": "false",
            "ALVBOT_PROXY_SUBSTITUTION": "true",
            "ALVBOT_PERSONS_SECRET": "false",
            "ALVBOT_PERSONS_RULE": "elimination",
            "ALVBOT_PERSONS_LOT": "false",
            "ALVBOT_VARIANTS_RULE": "plurality",
            "ALVBOT_VARIANTS_NONE": "false",
            "ALVBOT_CHAIR_PRONOUNCES": "false",
            "ALVBOT_DISPUTE_MINUTES": "0",
            "ALVBOT_OBJECTION_SECONDS": "30",
            "ALVBOT_PERSONS_ACCLAMATION": "false",
            "ALVBOT_LATE_ARRIVALS_VOTE": "true",
            "ALVBOT_ELECTRONIC_VOTING_ARTICLE": "artikel 12",
        },
    )
    association = settings.association()
    default = Association("")
    assert association.statutes == Statutes(
        notice_days=7,
        notice_days_by_kind={ItemKind.AMENDMENT: 10, ItemKind.PERSONS: 21},
        deposit_days=6,
        second_meeting_days=8,
        majority=Majority(Threshold(Fraction(3, 5), strict=False), Basis.PRESENT),
        special_majority=Majority(Threshold(Fraction(3, 4), strict=False), Basis.PRESENT),
        second_meeting_majority=Threshold(Fraction(1, 2), strict=True),
        quorum=Threshold(Fraction(1, 2), strict=True),
        special_quorum=Threshold(Fraction(2, 3), strict=False),
        votes_by_inhabitants=((0, 1), (20_000, 2)),
        votes_maximum_share=Fraction(1, 5),
        chair_breaks_ties=True,
        consultation_turnout=Threshold(Fraction(1, 2), strict=False),
        proxy_kinds=frozenset({ProxyKind.OTHER_MEMBER, ProxyKind.COLLEAGUE}),
        inhabitants_per_vote=1000,
        votes_maximum=75,
        proxy_maximum=1,
        proxy_board_holder=BoardHolder.REFUSED,
        proxy_deadline_hours=24,
        proxy_grantors=frozenset({Role.SIGNATORY}),
        proxy_letters=False,
        proxy_substitution=True,
        persons_secret=False,
        secret_minimum=7,
        persons_rule=Rule.ELIMINATION,
        persons_lot=False,
        variants_rule=Rule.PLURALITY,
        variants_none=False,
        advance_days=14,
        advance_present=False,
        electronic_voting_article="artikel 12",
        chair_pronounces=False,
        dispute_minutes=0,
        objection_seconds=30,
        persons_acclamation=False,
        late_arrivals_vote=True,
    )
    assert association.reminders == ReminderTimes((7, 3), (), (1, 2, 5), (4,), time(10, 30))
    assert association.quiet == QuietHours(time(21, 30), time(7))
    told_later = {"bot_username", "rehearsal"}
    same = {f.name for f in fields(Association) if getattr(association, f.name) == getattr(default, f.name)}
    assert same == told_later
    assert all(getattr(association.statutes, f.name) != getattr(Statutes(), f.name) for f in fields(Statutes))


def test_environment_goes_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The TOML file gives settings, as text or as lists, and the environment wins."""
    (tmp_path / "alvbot.toml").write_text(
        'link_days = 5\nnotice_days = 21\nproxy_kinds = ["standing"]\nquorum = ">=1/2"\n'
    )
    settings = read(monkeypatch, {"ALVBOT_LINK_DAYS": "9"})
    assert (settings.link_days, settings.notice_days) == (9, 21)
    assert settings.proxy_kinds == frozenset({ProxyKind.STANDING})
    assert settings.quorum == Threshold(Fraction(1, 2), strict=False)


def test_named_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``ALVBOT_CONFIG`` names another file, which must be there."""
    named = tmp_path / "other.toml"
    monkeypatch.setenv("ALVBOT_CONFIG", str(named))
    with pytest.raises(FileNotFoundError):
        read(monkeypatch)
    named.write_text("link_days = 3\n")
    assert read(monkeypatch).link_days == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "no token"),
        ("TOKEN", ""),
        ("API_BASE_URL", "api.telegram.org"),
        ("DATABASE_URL", "mysql://localhost/alvbot"),
        ("DATABASE_URL", "postgresql://localhost:port/alvbot"),
        ("CLOCK_URL", "http://127.0.0.1:1/sim/clock"),
        ("WEBHOOK_URL", "https://alv.example.nl/telegram"),  # without a secret
        ("WEBHOOK_SECRET", "a" * 31),
        ("WEBHOOK_SECRET", "a" * 257),
        ("WEBHOOK_SECRET", "a" * 31 + "é"),
        ("WEBHOOK_SECRET", "a" * 31 + " "),
        ("LISTEN_HOST", ""),
        ("LISTEN_PORT", "0"),
        ("LISTEN_PORT", "65536"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("ASSOCIATION_NAME", ""),
        ("TIMEZONE", "Europe/Deventer"),
        ("LINK_DAYS", "0"),
        ("LETTER_WINDOW", "middle"),
        ("SECOND_FACTOR", "sometimes"),
        ("SECOND_FACTOR_MINUTES", "0"),
        ("NOTICE_DAYS", "-1"),
        ("NOTICE_DAYS_BY_KIND", "amendment=6"),
        ("NOTICE_DAYS_BY_KIND", "persons=21"),
        ("NOTICE_DAYS_BY_KIND", "amendment=7,party=3"),
        ("DEPOSIT_DAYS", "4"),
        ("SECOND_MEETING_DAYS", "-1"),
        ("REPLY_REMINDERS", "2,5"),
        ("REPLY_REMINDERS", "9,7,5,3"),
        ("PROXY_REMINDERS", "soon"),
        ("BALLOT_REMINDERS", "6,3"),
        ("REMINDER_TIME", "25:00"),
        ("QUIET_HOURS", "20:00"),
        ("MAJORITY", "half"),
        ("MAJORITY", ">3/2"),
        ("MAJORITY", ">1/1"),
        ("MAJORITY", ">=1/0"),
        ("MAJORITY", "none"),
        ("MAJORITY_BASIS", "some"),
        ("QUORUM", "1/2"),
        ("VOTES_BY_INHABITANTS", "20000=2,0=1"),
        ("VOTES_BY_INHABITANTS", "0=0"),
        ("VOTES_BY_INHABITANTS", "0"),
        ("VOTES_MAXIMUM_SHARE", "0"),
        ("VOTES_MAXIMUM_SHARE", "6/5"),
        ("VOTES_MAXIMUM_SHARE", "a fifth"),
        ("PROXY_KINDS", "uncle"),
        ("PROXY_MAXIMUM", "-1"),
        ("PROXY_GRANTORS", ""),
        ("PROXY_SUBSTITUTION", "perhaps"),
        ("QUROUM", ">1/2"),
    ],
)
def test_wrong_settings_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A setting without sense, a misspelt one, and a clock beside the real Telegram are refused."""
    with pytest.raises(ValidationError):
        read(monkeypatch, {PREFIX + name: value})


def test_clock_goes_with_the_simulator(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock of its own is accepted with another address than Telegram's."""
    more = {"ALVBOT_CLOCK_URL": "http://127.0.0.1:1/sim/clock", "ALVBOT_API_BASE_URL": "http://127.0.0.1:1/"}
    settings = read(monkeypatch, more)
    assert (settings.clock_url, settings.api_base_url) == ("http://127.0.0.1:1/sim/clock", "http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://alv.example.nl/telegram", "https://alv.example.nl/telegram"),
        ("https://alv.example.nl:8443/a/b-c_d~e.f/", "https://alv.example.nl:8443/a/b-c_d~e.f"),
        ("https://alv.example.nl", "https://alv.example.nl"),
        ("https://[2001:db8::1]:443/t", "https://[2001:db8::1]:443/t"),
        ("http://127.0.0.1:5000/t", "http://127.0.0.1:5000/t"),
        ("http://localhost/t", "http://localhost/t"),
        ("http://[::1]:5000/t", "http://[::1]:5000/t"),
        ("http://alv.example.nl/t", None),
        ("https://alv.example.nl:5000/t", None),
        ("http://127.0.0.1.example.nl/t", None),
        ("alv.example.nl/t", None),
        ("ftp://alv.example.nl/t", None),
        ("https:///t", None),
        ("https://me:word@alv.example.nl/t", None),
        ("https://alv.example.nl/t?x=1", None),
        ("https://alv.example.nl/t#x", None),
        ("https://alv.example.nl/a//b", None),
        ("https://alv.example.nl/../t", None),
        ("https://alv.example.nl/{x}", None),
        ("https://alv.example.nl/t\n", None),
    ],
)
def test_address_of_the_webhook(monkeypatch: pytest.MonkeyPatch, address: str, kept: str | None) -> None:
    """Telegram sends to HTTPS on its own ports; without it only this machine is reached. The path is a plain one."""
    more = {"ALVBOT_WEBHOOK_URL": address, "ALVBOT_WEBHOOK_SECRET": SECRET}
    if kept is None:
        with pytest.raises(ValidationError):
            read(monkeypatch, more)
    else:
        assert read(monkeypatch, more).webhook_url == kept


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """No token, secret or password is in what the settings print, nor in a complaint; the log is told all of them."""
    webhook = f"canary-{SECRET}"
    secret = {
        "ALVBOT_TOKEN": "123456:canary",
        "ALVBOT_DATABASE_URL": "postgresql://bot:canary@localhost/alvbot",
        "ALVBOT_WEBHOOK_SECRET": webhook,
    }
    settings = read(monkeypatch, secret)
    assert "canary" not in repr(settings)
    assert set(settings.secrets()) == {"123456:canary", "canary", webhook}
    with pytest.raises(ValidationError) as caught:
        read(monkeypatch, dict.fromkeys(secret, "canary"))
    assert "canary" not in str(caught.value)


@given(st.integers(0, 9999), st.integers(1, 9999), st.booleans())
def test_thresholds_round_trip(numerator: int, denominator: int, strict: bool) -> None:
    """What ``write_threshold`` writes, ``parse_threshold`` reads as the same."""
    share = Fraction(numerator, denominator)
    if share > 1 or (strict and share == 1):
        return
    threshold = Threshold(share, strict=strict)
    assert parse_threshold(write_threshold(threshold)) == threshold


def documented() -> dict[str, tuple[str, str, str]]:
    """Return what the document's table says by setting: default, meaning and source."""
    rows = re.findall(r"^\| `(ALVBOT_\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    return {name: (default, meaning, source) for name, default, meaning, source in rows}


def test_document_is_complete_and_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """``docs/settings.md`` lists every setting with its default, meaning and source, and no other."""
    shown = read(monkeypatch).model_dump(mode="json")

    def default(name: str, required: bool) -> str:
        value = shown[name]
        if required:
            return "required"
        if isinstance(value, bool):
            return f"`{str(value).lower()}`"
        return "none set" if value is None else f"`{value}`" if value != "" else "empty"

    expected = {}
    for name, info in Settings.model_fields.items():
        extra: Any = info.json_schema_extra or {}
        expected[PREFIX + name.upper()] = (
            default(name, info.is_required()),
            info.description or "",
            extra.get("source", ""),
        )
    assert documented() == expected
