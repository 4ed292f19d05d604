"""Forged buttons: whoever presses whatever, nothing comes of it for which one is not entitled, and it is said."""

import os
import sys
from random import Random

import pytest

from assembly.options import Chosen
from assembly.tally import Choice
from screens.presses import CastBallot, Press
from tests.bot.sending import ON_SQLITE
from tests.hostile.changes import difference, stored
from tests.hostile.entitled import ENTITLED, touches
from tests.hostile.forging import forged, presses_of
from tests.hostile.stage import MEMBERS, Json, Stage
from tests.hostile.wire import Wire
from tests.support.sitting import representative

FEW = 3000
MANY = int(os.environ.get("PROOF_PRESSES", "50000"))
SEED = int(os.environ.get("PROOF_SEED", "1"))
CHUNK = 500


def query(account: int, data: str, number: int) -> Json:
    """Return the update of a press."""
    user = {"id": account, "is_bot": False, "first_name": "x"}
    chat = {"id": account, "type": "private", "first_name": "x"}
    bot = {"id": 1, "is_bot": True, "first_name": "b"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": bot, "text": "x"}
    pressed = {"id": f"q{number}", "from": user, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": number, "callback_query": pressed}


async def none_accepted(stage: Stage, presses: list[tuple[int, str]]) -> None:
    """Press each as an account that is not entitled to it: nothing at all is stored or queued, and each is told."""
    before = await stored(stage.storage)
    made = [query(account, data, next(stage.numbers)) for account, data in presses]
    await stage.feed(made)
    assert difference(before, await stored(stage.storage)) == []
    for update in made:
        answers = Wire.answers[update["callback_query"]["id"]]
        assert len(answers) == 1, update
        assert answers[0], update
        assert "gestemd namens" not in answers[0]


def not_entitled(stage: Stage, dice: Random, count: int) -> list[tuple[int, str]]:
    """Return so many presses by people to whom nothing of the kind belongs."""
    found: list[tuple[int, str]] = []
    while len(found) < count:
        account, data = dice.choice(stage.accounts), forged(dice, stage.known)
        if not touches(stage.known, account, data):
            found.append((account, data))
    return found


def test_every_button_is_judged() -> None:
    """A new button must say here, too, who may press it."""
    assert set(ENTITLED) == set(Press.kinds)


async def test_forged_presses(stage: Stage) -> None:
    """None of some thousands of forged buttons is accepted."""
    dice = Random(SEED)  # noqa: S311 - dice that can be thrown again
    for _ in range(FEW // CHUNK):
        await none_accepted(stage, not_entitled(stage, dice, CHUNK))


@pytest.mark.proof
async def test_very_many_forged_presses(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is any of a hundred thousand on both databases together."""
    dice = Random(SEED)  # noqa: S311 - dice that can be thrown again
    for done in range(CHUNK, MANY + 1, CHUNK):
        await none_accepted(stage, not_entitled(stage, dice, CHUNK))
        Wire.forget()
        if done % (20 * CHUNK) == 0:
            with capsys.disabled():
                sys.stdout.write(f"{done} of {MANY} forged presses, seed {SEED}\n")


async def none_by_anybody(stage: Stage, dice: Random, most: int) -> None:
    """Let everybody press every kind of button that is not its own, at no more than ``most`` things each."""
    made = [
        (account, data)
        for kind in Press.kinds.values()
        for account in stage.accounts
        for data in some(
            dice, [data for data in presses_of(kind, stage.known) if not touches(stage.known, account, data)], most
        )
    ]
    assert {data.split(":")[1] for _, data in made} == set(Press.kinds) - {"menu", "stop", "erase", "req"}
    await none_accepted(stage, made)


def some(dice: Random, options: list[str], most: int) -> list[str]:
    """Return at most so many of the options."""
    return dice.sample(options, min(most, len(options)))


@ON_SQLITE
async def test_every_button_by_everybody(stage: Stage) -> None:
    """Every kind of button by everybody who may not press it, aimed at a few of the things that there are."""
    await none_by_anybody(stage, Random(SEED), 2)  # noqa: S311 - dice that can be thrown again


@pytest.mark.proof
async def test_every_button_at_everything_by_everybody(stage: Stage) -> None:
    """And at every single thing that there is."""
    await none_by_anybody(stage, Random(SEED), sys.maxsize)  # noqa: S311 - dice that can be thrown again


async def test_every_seat_by_everybody_else(stage: Stage) -> None:
    """Nobody votes for a seat that it does not carry, in a vote that is open or closed; who carries it can."""
    evening = stage.evening
    carriers = {name: representative(name) for name in MEMBERS[:3]} | {"Raalte": representative("Assen")}
    accounts = {account: name for name, account in evening.register.accounts.items()}

    def ballots(motion_id: int) -> list[tuple[int, str]]:
        return [
            (account, CastBallot(motion_id, evening.register.members[member], Chosen(choice)).encode())
            for member in MEMBERS
            for choice in Choice
            for account in stage.accounts
            if motion_id != stage.motion_id or carriers.get(member, "") != accounts.get(account, "nobody")
        ]

    for motion_id in stage.known.ids["motion_id"]:
        await none_accepted(stage, ballots(motion_id))
    own = CastBallot(stage.motion_id, evening.register.members["Emmen"], Chosen(Choice.AGAINST)).encode()
    pressed = query(evening.register.representative("Emmen"), own, next(stage.numbers))
    await stage.feed([pressed])
    assert Wire.answers[pressed["callback_query"]["id"]][0].startswith("U hebt tegen gestemd namens de gemeente Emmen")
    assert (await evening.choices(stage.motion_id))["Emmen"] == Choice.AGAINST
