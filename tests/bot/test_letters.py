"""A dead letter tells what kind of update it was, and nothing that anybody wrote, voted or showed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import kept_of

TOKEN = "kanarie_kanarie-kanarie_kanarie1"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["data", "text", "type", "status", "from"]), inner),
    max_leaves=30,
)
CHAT = {"id": 7, "type": "private", "first_name": "Kanarie"}
BALLOT = {"message_id": 3, "chat": CHAT, "text": "U stemt: voor", "reply_markup": {"inline_keyboard": [["✅ voor"]]}}


@pytest.mark.parametrize(
    "update",
    [
        {"callback_query": {"id": "9", "data": "1:c:12:7:for", "message": BALLOT}},
        {"callback_query": {"id": "9", "data": "1:c:12:7:for:", "message": [BALLOT]}},
        {"message": {"text": f"/start {TOKEN}", "chat": CHAT}},
        {"message": {"text": f"https://t.me/voorbeeldbot?start={TOKEN}", "entities": [{"type": "url", "url": TOKEN}]}},
        {"message": {"reply_to_message": BALLOT, "caption": "voor", "quote": {"text": "voor"}}},
        {"message": {"location": {"latitude": 52.25, "longitude": 6.16}, "type": TOKEN}},
        {"edited_message": {"document": {"file_name": "kanarie.pdf", "file_id": TOKEN}}},
    ],
)
def test_no_choice_name_token_or_text_is_kept(update: dict[str, Any]) -> None:
    """Neither the press on a ballot nor the ballot around it, no link, no name, no text, no place."""
    kept = kept_of({"update_id": 5, **update}).lower()
    assert not [word for word in ("kanarie", "voor", ":for", "against", "52.", "6.16") if word in kept]
    assert json.loads(kept)["update_id"] == 5


def test_kind_is_kept() -> None:
    """Who sent what kind of thing, and how it was built, is there to find the fault by."""
    update = {"callback_query": {"id": "9", "from": {"id": 7, "first_name": "Anna"}, "data": "1:c:12:7:for", "x": None}}
    assert json.loads(kept_of(update)) == {
        "callback_query": {"id": "…", "from": {"id": 7, "first_name": "…"}, "data": "c:…", "x": None}
    }
    assert json.loads(kept_of({"message": {"chat": CHAT, "entities": [{"type": "bold", "offset": 1}]}})) == {
        "message": {
            "chat": {"id": 7, "type": "private", "first_name": "…"},
            "entities": [{"type": "bold", "offset": 1}],
        }
    }


@given(JSON)
def test_anything_can_be_kept(update: object) -> None:
    """Whatever an update holds, what is kept of it is JSON that any database takes."""
    kept = kept_of(update)
    json.loads(kept)
    assert kept.isascii()


def test_nothing_is_too_deep() -> None:
    """Nesting that would exhaust the stack is cut off."""
    update: object = "diep"
    for _ in range(100_000):
        update = [update]
    assert "diep" not in kept_of(update)
    for _ in range(100_000):  # taken apart again in steps: Python itself would do so in one
        assert isinstance(update, list)
        (update,) = update
