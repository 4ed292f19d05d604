"""The way of one update through the bot, told by its log under one key."""

import io
import json
import sys

import pytest

from bot import logs
from tests.scenarios.test_voting import convened, opened, put_to_vote
from tests.support.house import House


@pytest.mark.parametrize("way", ["polling", "webhook"])
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("_restored_logging")
async def test_one_key_tells_it_all(house: House, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """From what came in to each message that it caused: every line bears the update's number, and none a choice."""
    await convened(house, "Assen")
    await opened(house, "Assen")
    await put_to_vote(house, "2.1")
    voter = await house.person("portefeuillehouder Assen")
    await voter.sees("Stemming: agendapunt 2.1")
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure("INFO", "json", house.settings.secrets())
    pressed = await house.sim.press(voter.user, "Assen: tegen")
    await voter.sees("namens de gemeente Assen: tegen")
    refused = await house.sim.press(voter.user, data=f"1:c:1:{10**6}:for")
    await house.settled()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    told = [line for line in lines if line.get("update_id") == pressed["update_id"]]
    answered = "answered" if way == "polling" else "answered in the response"
    events = [line["event"] for line in told]
    assert events[:3] == ["taken in", "stored", answered]
    assert {line["screen"] for line in told if line["event"] == "sent"} >= {"BallotRef", "TurnoutRef"}
    assert (told[0]["kind"], told[1]["service"]) == ("callback_query", "cast_ballot")
    told = [line for line in lines if line.get("update_id") == refused["update_id"]]
    assert [line["event"] for line in told] == ["taken in", "refused", answered]
    assert told[1]["reason"] == "Gone"
    assert "against" not in written.getvalue()
    assert "tegen" not in written.getvalue()
