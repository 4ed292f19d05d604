"""Formatting on its way from Telegram and back: every kind comes back as it was."""

from typing import Any

import pytest
from telegram import MessageEntity

from bot.posting import _entity
from handlers.incoming import formatting

PLACE = {"offset": 3, "length": 5}
VALUES: dict[str, dict[str, Any]] = {
    "text_link": {"url": "https://voorbeeld.nl/?a=1&b=2"},
    "text_mention": {"user": {"id": 5_200_000_001, "first_name": "–", "is_bot": False}},
    "custom_emoji": {"custom_emoji_id": "5368324170671202286"},
    "pre": {"language": "python"},
    "date_time": {"unix_time": 1_700_000_000, "date_time_format": "wDT"},
}
FOUND_BY_TELEGRAM = {"bot_command", "cashtag", "email", "hashtag", "mention", "phone_number", "url"}


@pytest.mark.parametrize("kind", sorted(set(MessageEntity.ALL_TYPES) - FOUND_BY_TELEGRAM))
def test_every_kind_comes_back(kind: str) -> None:
    """Place, kind and what it points at are the same, whatever kind Telegram has."""
    given = {"type": str(kind), **PLACE, **VALUES.get(kind, {})}
    (kept,) = formatting([MessageEntity.de_json(given, None)])
    assert _entity(kept).to_dict() == given


@pytest.mark.parametrize("kind", sorted(FOUND_BY_TELEGRAM))
def test_what_telegram_finds_by_itself_is_left_to_it(kind: str) -> None:
    """Links, commands and the like are found again in the text that is sent."""
    assert formatting([MessageEntity(kind, 0, 3)]) == ()


@pytest.mark.parametrize("kind", ["text_link", "text_mention", "custom_emoji", "date_time"])
def test_what_points_at_nothing_is_dropped(kind: str) -> None:
    """A link without an address would be refused by Telegram, with the whole message."""
    assert formatting([MessageEntity(kind, 0, 3)]) == ()
    assert formatting(None) == ()
