"""Whatever somebody types while something is asked of it: it is taken or refused in words, and can be shown."""

from collections.abc import Sequence
from random import Random

from services.files import RECEIVERS
from services.texts import FORMATTED_STEPS, STEPS
from storage.unit import Unit
from tests.hostile.stage import Json, Stage
from tests.hostile.test_one_by_one import message
from tests.hostile.texts import LENGTHS, PAYLOADS, PLAIN, STACKS, UNSEEN
from tests.hostile.wire import Wire
from tests.support.register import OFFICE

TEXTS = (*PLAIN, *UNSEEN, *STACKS, *PAYLOADS, *("x" * length for length in LENGTHS), "😀" * 2048, "y" * 100_000)
EVERY_STEP = sorted({*STEPS, *FORMATTED_STEPS, *RECEIVERS})
TEXTS_PER_STEP = 5
"""Of all of them, others at each step."""


def typed(account: int, text: str) -> Json:
    """Return a message that is bold from its first character to beyond its last."""
    return message(account, text=text, entities=[{"type": "bold", "offset": 0, "length": len(text) + 1}])


async def test_hostile_texts_at_every_step(stage: Stage) -> None:
    """At each step of each conversation, by somebody who may take it and by somebody who may not."""
    dice = Random(1)  # noqa: S311 - dice that can be thrown again
    accounts = OFFICE, stage.evening.register.coordinator("Emmen")
    people = [stage.known.people[account].id for account in accounts]
    for step in EVERY_STEP:
        for text in dice.sample(TEXTS, TEXTS_PER_STEP):
            await stage.storage.write(_begin, stage, people, step)
            await stage.feed([{"update_id": next(stage.numbers), **typed(account, text)} for account in accounts])
        assert await stage.letters() == [], step
    await stage.send()
    assert not Wire.refused, Wire.refused


async def _begin(unit: Unit, stage: Stage, people: Sequence[int], step: str) -> None:
    """Let people be busy with a step, at which everything was given that any step asks for before."""
    (meeting_id,) = stage.known.ids["meeting_id"]
    members = stage.evening.register.members
    for person_id in people:
        await unit.conversations.begin(
            person_id,
            step,
            meeting_id=meeting_id,
            item_id=max(stage.known.ids["item_id"]),
            member_id=members["Emmen"],
            successor_id=members["Assen"],
            roles=["coordinator"],
            leaver_id=None,
            request_id=0,
            title="ALV",
            starts_at="2019-06-13T17:00:00+00:00",
            name="Iemand",
            fact="name",
            reason="Achterstand",
            means="post",
            sent_on="2019-01-14",
            kind="other_member",
            standing=False,
            holder_id=people[0],
            holder_member_id=members["Assen"],
            proxy_id=max(stage.known.ids["proxy_id"]),
            entry={"kind": "reply", "act": {"reply": "coming"}},
            entry_id=0,
            commission_id=0,
            turn_id=1,
            given={},
            paper_id=0,
            motion_id=stage.motion_id,
            notice_id=0,
            received=False,
            held="written",
            asked="Besluit",
            labels=["a", "b"],
            closes_at="2019-06-13T17:00:00+00:00",
            text={"text": "Bericht", "entities": []},
        )
