"""Whatever comes in: it is handled, pressed buttons are answered, and Telegram is asked for nothing that it refuses."""

import os
import sys

import pytest

from bot.clean import clean
from screens.presses import Press
from tests.hostile.stage import Stage
from tests.hostile.updates import Forge
from tests.hostile.wire import Wire

SLICE = {"sqlite": 6000, "postgresql": 4000}
MANY = int(os.environ.get("PROOF_UPDATES", "500000"))
SEED = int(os.environ.get("PROOF_SEED", "1"))
CHUNK = 1000


def every_press() -> list[str]:
    """Return callback data of every kind, with numbers that mean something here."""
    return [f"1:{code}" + "".join(":1" for _ in kind.__dataclass_fields__) for code, kind in Press.kinds.items()]


async def storm(stage: Stage, forge: Forge, count: int) -> None:
    """Let so many updates come in, and hold against each what must be true of it.

    What is whole and can be read is handled. What was taken apart may end as a dead letter, and stops nobody.
    """
    made = [forge.update(next(stage.numbers)) for _ in range(count)]
    before = len(await stage.letters())
    await stage.feed([raw for raw, _ in made])
    letters = dict((await stage.letters())[before:])
    readable = {raw["update_id"] for raw, _ in made if stage.readable(raw)}
    for raw, whole in made:
        number = raw["update_id"]
        if number not in readable:
            assert number in letters, raw
        elif whole:
            assert number not in letters, (letters[number], raw)
        if number in readable and raw.get("callback_query"):
            assert clean(raw["callback_query"]["id"]) in Wire.answers, raw


async def test_ten_thousand_hostile_updates(stage: Stage, request: pytest.FixtureRequest) -> None:
    """Ten thousand on both databases together."""
    database = request.node.callspec.params["databases"]
    await storm(stage, Forge(SEED, stage.accounts, every_press()), SLICE[database])
    assert not refused()


def refused() -> list[str]:
    """Return what Telegram refused, except what people bring about who never opened the chat."""
    fair = ("chat not found", "message is not modified", "message to edit not found", "user not found")
    return [words for words in Wire.refused if not any(reason in words for reason in fair)]


@pytest.mark.proof
async def test_a_million_hostile_updates(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """A million on both databases together; ``PROOF_SEED`` brings one of them back."""
    forge = Forge(SEED, stage.accounts, every_press())
    for done in range(CHUNK, MANY + 1, CHUNK):
        await storm(stage, forge, CHUNK)
        assert not refused()
        Wire.world.log._entries.clear()  # a million would not fit in memory
        if done % (100 * CHUNK) == 0:
            with capsys.disabled():
                sys.stdout.write(f"{done} of {MANY} hostile updates, seed {SEED}\n")
