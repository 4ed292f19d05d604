"""Many messages at once: queued for everybody, redrawn, taken back, tried again and counted; albums take their room."""

import pytest

from assembly.members import Role, RoleHeld
from services.live import LOADERS
from storage.broadcasts import Post, Tally
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.unit import Unit
from storage.waiting import OutboxRow
from tests.storage.services import Shown
from tests.support.register import add_person

GROUP = -7
BATCH = "b"


def post(key: str = "k", messages: int = 1, *, silent: bool = False) -> Post:
    """Return a message of a broadcast."""
    return Post(Shown(key), key, silent=silent, messages=messages)


@pytest.fixture
async def people(storage: Storage) -> list[int]:
    """Store three people, of whom the last has no account, and a group."""

    async def fill(unit: Unit) -> list[int]:
        await unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV"))
        accounts = (11, 12, None)
        return [await add_person(unit, f"P{n}", n, RoleHeld(Role.OBSERVER)) for n in accounts]

    return await storage.write(fill)


async def claim(storage: Storage, **options: object) -> list[OutboxRow]:
    """Claim what may go now."""
    return await storage.write(lambda unit: unit.outbox.claim(9, (), 0.0, 60.0, **options))


async def test_everybody_gets_the_series_in_order(storage: Storage, people: list[int]) -> None:
    """One row for each message and account, the person known, the group too; the order is kept in each chat."""
    posts = [post("a"), post("b", silent=True)]
    await storage.write(lambda unit: unit.outbox.broadcast(people, [GROUP], posts, batch=BATCH))
    first = await claim(storage)
    assert [(row.chat_id, row.person_id, row.key, row.silent, row.live) for row in first] == [
        (11, people[0], "a", False, True),
        (12, people[1], "a", False, True),
        (GROUP, None, "a", False, True),
    ]
    assert first[0].facts == {"text": "a"}
    assert await storage.read(lambda unit: unit.outbox.tally(BATCH)) == (Tally(0, 2, 0), Tally(0, 1, 0))


async def test_nothing_is_queued_twice_under_a_key(storage: Storage, people: list[int]) -> None:
    """Who waits for it already gets it once."""
    for _ in range(2):
        await storage.write(lambda unit: unit.outbox.broadcast(people, [], [post()], batch=BATCH))
    assert await storage.read(lambda unit: unit.outbox.pending()) == 2


async def test_redrawn_where_it_is_or_will_be(storage: Storage, people: list[int]) -> None:
    """Where it was sent, or is being sent, a change follows; where it waits it needs none."""
    await storage.write(lambda unit: unit.outbox.broadcast(people, [GROUP], [post()], batch=BATCH))
    rows = {row.chat_id: row for row in await storage.write(lambda unit: unit.outbox.claim(2, (), 0.0, 60.0))}
    await storage.write(lambda unit: unit.outbox.mark_sent(rows[11].id, 501))
    await storage.write(lambda unit: unit.outbox.redraw_all(post(), batch="change"))
    found = await storage.read(lambda unit: unit.outbox.report("change"))
    assert {(row.chat_id, row.person_id) for row in found} == {(11, people[0]), (12, people[1])}


async def test_taken_back_message_by_message(storage: Storage, people: list[int]) -> None:
    """Each message that shows a key gets its end, those of an album too, and is forgotten."""
    await storage.write(lambda unit: unit.outbox.broadcast(people, [], [post("n:1:f0", 3)], batch=BATCH))
    rows = await claim(storage)
    for row in rows:
        await storage.write(lambda unit, row=row: unit.outbox.mark_sent(row.id, row.chat_id * 10, (1, 2)))
    await storage.write(lambda unit: unit.outbox.set_posted(11, "n:10:t0", 7))
    for _ in range(2):
        await storage.write(lambda unit: unit.outbox.take_back(Shown("weg"), "n:1:%", batch="back"))
    ended = []
    while rows := await claim(storage):
        ended += [(row.chat_id, row.message_id, row.live) for row in rows]
        for row in rows:
            await storage.write(lambda unit, row=row: unit.outbox.mark_sent(row.id, None))
    assert sorted(ended) == sorted((chat, number, False) for chat in (11, 12) for number in (1, 2, chat * 10))
    assert await storage.read(lambda unit: unit.outbox.posted(11, "n:10:t0")) == 7


async def test_tried_again_at_the_account_of_now(storage: Storage, people: list[int]) -> None:
    """What failed is queued anew, from the first try, where its person is now; who has no account waits for one."""
    await storage.write(lambda unit: unit.outbox.broadcast(people, [GROUP], [post()], batch=BATCH))
    for row in await claim(storage):
        await storage.write(lambda unit, row=row: unit.outbox.mark_failed(row.id, "weg"))
    assert await storage.read(lambda unit: unit.outbox.tally(BATCH)) == (Tally(0, 0, 2), Tally(0, 0, 1))
    await storage.write(lambda unit: unit.people.bind(people[0], 21))
    await storage.write(lambda unit: unit.people.unbind(people[1]))
    assert await storage.write(lambda unit: unit.outbox.try_again(BATCH)) == 2
    assert [(row.chat_id, row.attempts) for row in await claim(storage)] == [(21, 1), (GROUP, 1)]
    failed = await storage.read(lambda unit: unit.outbox.failed_in(BATCH))
    assert [(row.chat_id, row.error) for row in failed] == [(12, "weg")]


async def test_given_up(storage: Storage, people: list[int]) -> None:
    """What waits or is held goes nowhere; what was sent or is being sent stays as it is."""
    await storage.write(lambda unit: unit.outbox.broadcast(people, [GROUP], [post()], batch=BATCH))
    await storage.write(lambda unit: unit.outbox.claim(1, (), 0.0, 60.0))
    await storage.write(lambda unit: unit.outbox.give_up(BATCH, "ingetrokken"))
    assert await storage.read(lambda unit: unit.outbox.tally(BATCH)) == (Tally(0, 1, 1), Tally(0, 0, 1))
    assert await claim(storage) == []


async def test_album_waits_for_its_room_and_holds_up_the_rest(storage: Storage, people: list[int]) -> None:
    """Ten messages need ten places: what is no more urgent waits behind them, or they would never find them."""
    await storage.write(lambda unit: unit.outbox.broadcast(people[:1], [], [post("album", 10)], batch=BATCH))
    await storage.write(lambda unit: unit.outbox.broadcast(people[1:], [], [post()], batch=BATCH))
    assert await claim(storage, room=9) == []
    assert [row.messages for row in await claim(storage, room=10)] == [10]
    assert [row.chat_id for row in await claim(storage, room=1)] == [12]


async def test_group_that_is_short_of_places(storage: Storage, people: list[int]) -> None:
    """An album that does not fit in a group's minute waits there, and holds up nobody else."""
    await storage.write(lambda unit: unit.outbox.broadcast([], [GROUP], [post("album", 10)], batch=BATCH))
    await storage.write(lambda unit: unit.outbox.broadcast(people, [], [post()], batch=BATCH))
    assert [row.chat_id for row in await claim(storage, short={GROUP: 9})] == [11, 12]
    assert [row.chat_id for row in await claim(storage, short={GROUP: 10})] == [GROUP]


def test_broadcasts_are_live() -> None:
    """What a notice broadcasts can be loaded for each reader."""
    assert LOADERS["NoticeMessageRef"].personal
