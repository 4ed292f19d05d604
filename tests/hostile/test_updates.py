"""Whatever comes in: it is handled, presses are answered, nobody gets what is not theirs, Telegram takes all of it."""

import os
import sys
from random import Random

import pytest

from assembly.options import joined
from assembly.tally import Choice, Outcome
from screens.presses import CloseMotion
from tests.hostile.stage import Stage
from tests.hostile.storm import Storm
from tests.support.register import OFFICE

SLICE = {"sqlite": 8000, "postgresql": 2000}
MANY = int(os.environ.get("PROOF_UPDATES", "500000"))
SEED = int(os.environ.get("PROOF_SEED", "1"))
CHUNK = 500


async def begun(stage: Stage) -> Storm:
    """Begin a storm at what stands."""
    standing = await stage.storage.read(lambda unit: unit.motions.selections(stage.motion_id))
    cast: dict[int, str] = {member_id: joined(chosen) for member_id, chosen in standing.items()}
    return Storm(stage, Random(SEED), cast)  # noqa: S311 - dice that can be thrown again


async def ended(stage: Stage, storm: Storm) -> None:
    """After all of it the vote is closed and counted as it was confirmed, and the journal fits."""
    await stage.feed(
        [
            {
                "update_id": next(stage.numbers),
                "callback_query": storm.updates.press(OFFICE, CloseMotion(stage.motion_id).encode()),
            }
        ]
    )
    motion = await stage.evening.motion(stage.motion_id)
    assert isinstance(motion.outcome, Outcome)
    counted = [list(storm.cast.values()).count(choice) for choice in Choice]
    assert [motion.outcome.in_favour, motion.outcome.against, motion.outcome.abstained] == counted
    assert await stage.storage.read(lambda unit: unit.journal.verify()) == []


async def test_ten_thousand_hostile_updates(stage: Stage, request: pytest.FixtureRequest) -> None:
    """Ten thousand on both databases together."""
    storm = await begun(stage)
    for _ in range(SLICE[request.node.callspec.params["databases"]] // CHUNK):
        await storm.rage(CHUNK)
    await ended(stage, storm)


@pytest.mark.proof
async def test_a_million_hostile_updates(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """A million on both databases together; ``PROOF_SEED`` brings one of them back."""
    storm = await begun(stage)
    for done in range(CHUNK, MANY + 1, CHUNK):
        await storm.rage(CHUNK)
        if done % (20 * CHUNK) == 0:
            with capsys.disabled():
                sys.stdout.write(f"{done} of {MANY} hostile updates, seed {SEED}\n")
    await ended(stage, storm)
