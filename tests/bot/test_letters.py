"""A dead letter opens nothing and tells no choice."""

import json

from bot.letters import without_words

BALLOT = {
    "text": "U stemt: namens de gemeente Deventer: tegen",
    "date": 0,
    "reply_markup": {"inline_keyboard": [[{"text": "✅ Deventer: tegen"}]]},
}
"""The message under a button of a vote tells what was voted."""


def test_without_words() -> None:
    """Words, button data and what follows a command are hidden, however deep; the shape stays to be looked into."""
    raw = {
        "update_id": 7,
        "callback_query": {"id": "1", "data": "1:c:12:3:against", "message": BALLOT},
        "message": {
            "chat": {"id": 5, "type": "private", "first_name": "Anna"},
            "text": "/start GEHEIM",
            "reply_to_message": {
                "text": "/start GEHEIM",
                "reply_markup": {"rows": [[{"callback_data": "1:c:1:1:for"}]]},
            },
        },
        "edited_message": {"text": "123 456"},
        "channel_post": {"text": "abcd-efgh-2345-WXYZ"},
        "odd": {"data": "against", "text": ["/start GEHEIM"]},
    }
    kept = without_words(raw)
    assert kept["callback_query"] == {
        "id": "1",
        "data": "1:c:…",
        "message": {"text": "…", "date": 0, "reply_markup": {"inline_keyboard": [[{"text": "…"}]]}},
    }
    assert kept["message"]["chat"] == {"id": 5, "type": "private", "first_name": "…"}
    assert kept["message"]["text"] == "/start …"
    assert kept["odd"] == {"data": "…", "text": ["/start …"]}
    assert kept["update_id"] == 7
    assert kept["edited_message"] == kept["channel_post"] == {"text": "…"}
    told = json.dumps(kept)
    assert not any(secret in told for secret in ("GEHEIM", "against", "1:for", "12:3", "tegen", "Anna"))
