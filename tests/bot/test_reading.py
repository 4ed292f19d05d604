"""Reading updates: what cannot be stored is made harmless, and what nobody can read is told apart."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.client import AssemblyBot
from bot.reading import read

Json = dict[str, Any]

BOT = AssemblyBot("1:token", "http://localhost")
ANNA: Json = {"id": 7, "is_bot": False, "first_name": "Anna"}
CHAT: Json = {"id": 7, "type": "private"}
MESSAGE: Json = {"message_id": 3, "date": 1549990800, "chat": CHAT, "from": ANNA, "text": "voor"}
QUERY: Json = {"id": "9", "from": ANNA, "chat_instance": "1", "data": "1:menu", "message": MESSAGE}


def message(**changes: Any) -> Update:  # noqa: ANN401 - any JSON
    """Read a message that differs from an ordinary one in some fields."""
    return read({"update_id": 1, "message": MESSAGE | changes}, BOT)


def press(**changes: Any) -> Update:  # noqa: ANN401 - any JSON
    """Read a press that differs from an ordinary one in some fields; ``None`` leaves a field out."""
    query = {name: value for name, value in (QUERY | changes).items() if value is not None}
    return read({"update_id": 1, "callback_query": query}, BOT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\0b", "a\ufffdb"), ("\ud83d", "\ufffd"), ("\udc00\ud83d", "\ufffd\ufffd"), ("😀 é\u202e", "😀 é\u202e")],
)
def test_texts_can_be_stored(text: str, expected: str) -> None:
    """NUL and halves of characters are replaced wherever they stand, each by one unit; all else stays for the rules."""
    read_message = message(text=text, **{"from": ANNA | {"first_name": text}}).message
    assert read_message is not None
    assert read_message.text == expected
    assert read_message.from_user is not None
    assert read_message.from_user.first_name == expected


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_length_in_utf16_stays(text: str) -> None:
    """Formatting stays in its place: what is replaced is as long as before, and the text is one that UTF-8 can hold."""
    read_message = message(text=text or "x").message
    assert read_message is not None
    assert read_message.text is not None
    assert len(read_message.text.encode("utf-16-le")) == len((text or "x").encode("utf-16-le", "surrogatepass"))


@pytest.mark.parametrize(
    "place",
    [
        None,
        {},
        "?",
        {"message_id": 3, "date": 10**30, "chat": CHAT, "photo": [{}]},
        {"message_id": 3, "date": 0, "chat": CHAT | {"unknown": 10**30}},
        {"message_id": "3", "date": 0, "chat": CHAT},
        {"message_id": 3, "date": 0, "chat": {"id": 10**30, "type": "private"}},
        {"message_id": True, "date": 0, "chat": CHAT},
    ],
)
def test_press_counts_whatever_hangs_above_it(place: object) -> None:
    """Nothing about the message under a button keeps its press from being read; where it can be told, its place is."""
    query = press(message=place, chat_instance=None).callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == ("9", "1:menu", 7)
    told = isinstance(place, dict) and place.get("message_id") == 3 and place["chat"]["id"] == 7
    assert (query.message is not None) is told


def test_press_knows_its_place() -> None:
    """Which message was under the button comes along, and nothing of what it said: it tells what somebody voted."""
    query = press().callback_query
    assert query is not None
    assert query.message is not None
    assert (query.message.message_id, query.message.chat.id) == (3, 7)
    assert "voor" not in query.to_json()


@pytest.mark.parametrize(
    "raw",
    [
        {"callback_query": QUERY | {"id": 9}},
        {"callback_query": QUERY | {"from": {}}},
        {"callback_query": QUERY | {"from": ANNA | {"id": "7"}}},
        {"callback_query": QUERY | {"from": ANNA | {"id": True}}},
        {"message": MESSAGE | {"chat": {}}},
        {"message": MESSAGE | {"chat": CHAT | {"id": [7]}}},
        {"message": MESSAGE | {"from": ANNA | {"id": None}}},
        {"message": MESSAGE | {"message_thread_id": 2**63}},
        {"message": MESSAGE | {"date": 10**15}},
        {"message": {"text": "?"}},
        {"my_chat_member": {"chat": CHAT, "from": ANNA, "date": 0, "old_chat_member": {}, "new_chat_member": {}}},
        {"my_chat_member": {"chat": {}, "from": ANNA, "date": 0, "old_chat_member": {}, "new_chat_member": {}}},
    ],
)
def test_update_that_nobody_can_read(raw: Json) -> None:
    """An update without what decides whose it is, or with what no column holds, is refused before anything is done."""
    with pytest.raises((TypeError, ValueError, KeyError, OverflowError, OSError)):
        read({"update_id": 1, **raw}, BOT)


def test_other_kinds_pass() -> None:
    """What is not asked for, and what is not known yet, is read like anything else."""
    assert read({"update_id": 1}, BOT).update_id == 1
    assert read({"update_id": 1, "news": {"text": "a\0"}}, BOT).effective_user is None
