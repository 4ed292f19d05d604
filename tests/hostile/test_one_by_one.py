"""Single updates, of which each once broke something or was taken for something else."""

from dataclasses import replace
from typing import Any

import pytest

from services.notices import get_notice
from storage.conversations import Conversation
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE
from tests.hostile.stage import GROUP, Json, Stage
from tests.hostile.wire import Wire
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, STRANGER

pytestmark = ON_SQLITE


def user(account: int) -> Json:
    """Return somebody's profile."""
    return {"id": account, "is_bot": False, "first_name": "Iemand"}


def message(account: int, **content: Any) -> Json:  # noqa: ANN401 - whatever a message holds
    """Return a private message."""
    chat = {"id": account, "type": "private"}
    return {"message": {"message_id": 50, "date": 1549990800, "chat": chat, "from": user(account), **content}}


def command(account: int, text: str) -> Json:
    """Return a private message that begins with a command."""
    length = len(text.split(maxsplit=1)[0])
    return message(account, text=text, entities=[{"type": "bot_command", "offset": 0, "length": length}])


def press(account: int, **more: Any) -> Json:  # noqa: ANN401 - whatever a press holds
    """Return a press."""
    return {"callback_query": {"id": "query", "from": user(account), "chat_instance": "1", **more}}


def place(chat_id: int, message_id: int) -> Json:
    """Return a message under a button."""
    return {"message_id": message_id, "date": 0, "chat": {"id": chat_id, "type": "private" if chat_id > 0 else "group"}}


async def feed(stage: Stage, *updates: Json) -> None:
    """Let updates come in, one after the other; every one of them is handled."""
    for update in updates:
        await stage.feed([{"update_id": next(stage.numbers), **update}])
    assert await stage.letters() == []


@pytest.mark.parametrize("data", [{}, {"data": ""}, {"game_short_name": "spel"}, {"data": "1:menu:"}, {"data": "\0"}])
async def test_press_that_says_nothing(stage: Stage, data: Json) -> None:
    """A press without data, or with that of no button, is told that the button no longer works; nothing is shown."""
    before = await screens(stage.storage, CHAIR)
    await feed(stage, press(CHAIR, **data))
    (answer,) = Wire.answers["query"]
    assert answer.startswith("Deze knop werkt niet meer")
    assert await screens(stage.storage, CHAIR) == before


@pytest.mark.parametrize(
    "under", [{"message_id": 12, "photo": 7}, {"message_id": 12, "date": 10**20, "chat": {"id": 5, "type": "private"}}]
)
async def test_vote_under_a_message_that_nobody_can_read(stage: Stage, under: Json) -> None:
    """A vote counts whatever the message under the button has become."""
    members, carrier = stage.evening.register.members, stage.evening.register.representative("Emmen")
    await feed(stage, press(carrier, data=f"1:c:{stage.motion_id}:{members['Emmen']}:for", message=under))
    assert (await stage.evening.choices(stage.motion_id))["Emmen"] == "for"
    assert len(Wire.answers["query"]) == 1


@pytest.mark.parametrize("here", [True, False])
async def test_press_changes_the_message_that_it_hangs_under(stage: Stage, *, here: bool) -> None:
    """What came of a press shows in the message of the button; a number from another chat names no message here."""
    holder = stage.evening.register.representative("Emmen")
    proxy_id = next(number for number, proxy in stage.known.proxies.items() if proxy.state == "offered")
    under = place(holder if here else GROUP, 12)
    await feed(stage, press(holder, data=f"1:pacc:{proxy_id}", message=under))
    posted = await stage.storage.read(lambda unit: unit.outbox.posted(holder, f"proxy:{proxy_id}"))
    assert posted == (12 if here else None)


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "bold", "offset": 1, "length": 1},
        {"type": "italic", "offset": -1, "length": 2**31},
        {"type": "text_link", "offset": 0, "length": 2},
    ],
)
async def test_formatting_that_does_not_fit(stage: Stage, entity: Json) -> None:
    """Formatting beyond the text, through a character or without its link leaves the words as they are."""
    await feed(stage, command(OFFICE, "/mededeling"), message(OFFICE, text="😀😀 <b>", entities=[entity]))
    conversation = await stage.storage.read(_conversation)
    assert conversation is not None
    notice = await stage.storage.read(get_notice, conversation.data["notice_id"])
    assert [text.text for text in notice.texts] == ["😀😀 <b>"]


async def test_message_without_sender(stage: Stage) -> None:
    """A message that says not who wrote it belongs to nobody, and is let go."""
    nameless = command(OFFICE, "/menu")
    del nameless["message"]["from"]
    before = await screens(stage.storage, OFFICE)
    await feed(stage, nameless)
    assert await screens(stage.storage, OFFICE) == before


async def test_half_a_character_as_a_link(stage: Stage) -> None:
    """A registration link with what no link can hold is a wrong link like any other."""
    await feed(stage, command(STRANGER, "/start \ud83d\0"))
    assert (await queued(stage.storage, STRANGER))[-1][0] == "LinkUnknown"


async def test_numbers_stand_as_they_were_drawn(stage: Stage) -> None:
    """A ballot's button with a number that was written otherwise is no button of ours, whoever presses it."""
    members, carrier = stage.evening.register.members, stage.evening.register.representative("Emmen")
    await feed(stage, press(carrier, data=f"1:c:0{stage.motion_id}:{members['Emmen']}:for"))
    assert "Emmen" not in await stage.evening.choices(stage.motion_id)


async def test_update_that_is_too_deep(stage: Stage) -> None:
    """Nesting that exhausts the stack is a dead letter, and the next update is handled."""
    deep: object = "diep"
    for _ in range(600):
        deep = [deep]
    await stage.feed([{"update_id": 5, "message": {"news": deep}}, {"update_id": 6, **command(CHAIR, "/help")}])
    assert [number for number, _ in await stage.letters()] == [5]
    assert (await screens(stage.storage, CHAIR))[-1] == "Help"


async def test_answer_that_would_not_fit(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the settings' words are, the answer to a press fits, or the press would stay unanswered."""
    stage.storage.association = replace(stage.storage.association, contact="k" * 300)
    monkeypatch.setattr("services.ballots.check_may_cast", lambda *_: 1 / 0)
    members, carrier = stage.evening.register.members, stage.evening.register.representative("Emmen")
    vote = press(carrier, data=f"1:c:{stage.motion_id}:{members['Emmen']}:for")
    await stage.feed([{"update_id": 5, **vote}])
    assert len(await stage.letters()) == 1
    assert len(Wire.answers["query"]) == 1
    assert not Wire.refused


async def _conversation(unit: Unit) -> Conversation | None:
    acting = await unit.people.acting(OFFICE)
    assert acting is not None
    return await unit.conversations.current(acting.person.id)
