"""Forged buttons: whoever presses whatever, nothing changes for which one is not entitled, and it is said."""

import os
import random
import string
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from typing import Any, get_type_hints

import pytest

from assembly.tally import Choice
from screens.presses import (
    CastBallot,
    CheckIn,
    CheckOut,
    ChooseRequestMember,
    Press,
    RequestAccess,
    RestartRequest,
    SendRequest,
    WithdrawRequest,
)
from tests.hostile.stage import MEMBERS, Json, Stage
from tests.hostile.wire import Wire
from tests.support.register import OBSERVER, STRANGER
from tests.support.sitting import representative

FEW = 1500
MANY = int(os.environ.get("PROOF_PRESSES", "50000"))
SEED = int(os.environ.get("PROOF_SEED", "1"))
ASKING = (RequestAccess, ChooseRequestMember, RestartRequest, SendRequest, WithdrawRequest)
"""What a stranger may press: it asks for access."""

FOREIGN = 10**6
"""Numbers from here on name nothing here."""


def query(account: int, data: str, number: int) -> Json:
    """Return the update of a press."""
    user = {"id": account, "is_bot": False, "first_name": "x"}
    chat = {"id": account, "type": "private", "first_name": "x"}
    message = {
        "message_id": 1,
        "date": 1,
        "chat": chat,
        "from": {"id": 1, "is_bot": True, "first_name": "b"},
        "text": "x",
    }
    pressed = {"id": f"q{number}", "from": user, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": number, "callback_query": pressed}


def filled(kind: type[Press], number: int) -> Iterator[Press]:
    """Return presses of a kind that name things by ``number``; one for each choice that it offers."""
    hints = get_type_hints(kind)
    options: list[list[Any]] = [[]]
    for field in fields(kind):
        wanted = hints[field.name]
        values = list(wanted) if issubclass(wanted, Enum) else [number if wanted is int else "x"]
        options = [[*option, value] for option in options for value in values]
    return (kind(*option) for option in options)


def forged(dice: random.Random) -> str:
    """Return callback data that no button of ours has, or that names what is not there."""
    real = dice.choice(list(filled(dice.choice(list(Press.kinds.values())), FOREIGN + dice.randrange(10**9)))).encode()
    place = dice.randrange(1, len(real))
    return dice.choice(
        (
            real,
            real[:place],
            real[:place] + chr(ord(real[place]) ^ 1 << dice.randrange(7)) + real[place + 1 :],
            f"2{real[1:]}",
            f"{real}:1",
            real.replace(
                str(FOREIGN)[:1], dice.choice(("-1", "٣", "00000000000000000001", "9" * 30, "1e3", " 1", "１")), 1
            ),
            "".join(dice.choices(string.printable, k=dice.randrange(1, 64))),
            dice.choice(("", "1", "1:", "1::", ":::", "1:c", "1:c:1:1:FOR", "1:c:1:1:for\n", "\x00", "😀" * 16)),
        )
    )


def names_nothing(data: str) -> bool:
    """Whether the data is of no button, or of one with foreign numbers only."""
    numbers = [int(part) for part in data.split(":")[2:] if part.isascii() and part.isdigit()]
    return not any(kind.matches(data) for kind in Press.kinds.values()) or (
        bool(numbers) and all(number >= FOREIGN for number in numbers)
    )


async def none_accepted(stage: Stage, count: int, dice: random.Random) -> None:
    """Press forged buttons as everybody; what may mean something here is pressed by a stranger."""
    before = await stage.digest()
    made = []
    for _ in range(count):
        data, number = forged(dice), next(stage.numbers)
        if any(kind.matches(data) for kind in ASKING):
            continue
        account = dice.choice(stage.accounts) if names_nothing(data) else STRANGER
        made.append(query(account, data, number))
    await stage.feed(made)
    assert await stage.letters() == []
    assert await stage.digest() == before
    for update in made:
        assert update["callback_query"]["id"] in Wire.answers, update


async def test_forged_presses(stage: Stage) -> None:
    """None of some thousand forged buttons is accepted, and every one is answered."""
    await none_accepted(stage, FEW, random.Random(SEED))  # noqa: S311 - dice that can be thrown again


@pytest.mark.proof
async def test_very_many_forged_presses(stage: Stage) -> None:
    """Nor is any of very many."""
    dice = random.Random(SEED)  # noqa: S311 - dice that can be thrown again
    for _ in range(MANY // 1000):
        await none_accepted(stage, 1000, dice)


async def test_every_button_by_those_who_may_not(stage: Stage) -> None:
    """A stranger can do nothing with any button but ask for access, and an observer nothing but come and go."""
    before = await stage.digest()
    for account, spared in ((STRANGER, ASKING), (OBSERVER, (CheckIn, CheckOut))):
        for kind in Press.kinds.values():
            if kind not in spared:
                made = [query(account, p.encode(), next(stage.numbers)) for n in range(4) for p in filled(kind, n)]
                await stage.feed(made)
                assert await stage.digest() == before, kind
                assert all(update["callback_query"]["id"] in Wire.answers for update in made)
    assert await stage.letters() == []


async def test_every_seat_by_everybody_else(stage: Stage) -> None:
    """Nobody votes for a seat that it does not carry; each attempt is told so, or that it has no account."""
    evening, before = stage.evening, await stage.digest()
    carriers = {name: representative(name) for name in MEMBERS[:3]} | {"Raalte": representative("Assen")}
    made = [
        query(
            account, CastBallot(stage.motion_id, evening.register.members[member], choice).encode(), next(stage.numbers)
        )
        for member in MEMBERS
        for who, account in (*evening.register.accounts.items(), ("vreemde", STRANGER))
        for choice in Choice
        if carriers.get(member) != who
    ]
    await stage.feed(made)
    assert await stage.digest() == before
    answers = [Wire.answers[update["callback_query"]["id"]] for update in made]
    assert all(answers)
    assert not any("gestemd namens" in answer for answer in answers)
    own = query(
        evening.register.representative("Deventer"),
        CastBallot(stage.motion_id, evening.register.members["Deventer"], Choice.AGAINST).encode(),
        next(stage.numbers),
    )
    await stage.feed([own])
    assert "tegen gestemd namens de gemeente Deventer" in Wire.answers[own["callback_query"]["id"]]
    assert await stage.digest() != before
