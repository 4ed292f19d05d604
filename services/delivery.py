"""How a set of messages fares, told per person."""

from collections.abc import Collection, Iterable

from assembly.facts.convening import DeliveryFailure
from assembly.facts.meetings import Deliveries
from storage.broadcasts import fares
from storage.sending import Delivery
from storage.unit import Unit


def convocation_batch(meeting_id: int, number: int = 0) -> str:
    """Return the batch of a round: 0 holds an assembly's invitations with their papers, the others what changed."""
    return f"convocation:{meeting_id}:{number}" if number else f"convocation:{meeting_id}"


async def last_batch(unit: Unit, meeting_id: int) -> str:
    """Return the batch of what everybody was told last."""
    rounds = await unit.convocations.rounds(meeting_id)
    return convocation_batch(meeting_id, rounds[-1].number if rounds else 0)


def worst(rows: Iterable[Delivery]) -> dict[int, Delivery]:
    """Return for each chat the message that tells how its messages fare together.

    One that failed for good outweighs one that waits, and one that waits outweighs those that were sent.
    """
    found: dict[int, Delivery] = {}
    for row in rows:
        known = found.setdefault(row.chat_id, row)
        if fares(row.state) > fares(known.state):
            found[row.chat_id] = row
    return found


async def count_deliveries(unit: Unit, batch: str) -> Deliveries:
    """Count the people of ``batch`` by how their messages fare."""
    people, _groups = await unit.outbox.tally(batch)
    return Deliveries(people.delivered, people.under_way, people.failed)


async def failures(unit: Unit, batch: str) -> tuple[DeliveryFailure, ...]:
    """Return whom the messages of ``batch`` did not reach, by name, with Telegram's reason."""
    people, _groups = await failed_names(unit, batch)
    return people


async def doubtful(unit: Unit, batch: str) -> tuple[str, ...]:
    """Return who may have a message of ``batch`` twice, because Telegram did not answer: people, and then groups."""
    _count, names = await doubted_names(unit, batch)
    return names


async def failed_names(
    unit: Unit, batch: str, limit: int | None = None
) -> tuple[tuple[DeliveryFailure, ...], tuple[DeliveryFailure, ...]]:
    """Return some of the people, and of the groups and channels, whom messages of ``batch`` did not reach."""
    failed = worst(await unit.outbox.failed_in(batch))
    of_person = {row.person_id: row for row in failed.values() if row.person_id is not None}
    named = await unit.people.all(list(of_person)[:limit])
    people = tuple(
        DeliveryFailure(acting.person.name, acting.person.function, row.error or "", row.may_have_arrived)
        for acting in named
        for row in (of_person[acting.person.id],)
    )
    titles = await unit.chats.titles()
    groups = [row for row in failed.values() if row.person_id is None]
    return people, tuple(
        DeliveryFailure(titles.get(row.chat_id, "–"), "", row.error or "", row.may_have_arrived) for row in groups
    )


async def doubted_names(unit: Unit, batch: str, limit: int | None = None) -> tuple[int, tuple[str, ...]]:
    """Count who may have a message of ``batch`` twice, and return some of their names: people, and then groups."""
    rows = await unit.outbox.doubted_in(batch)
    ids = list(dict.fromkeys(row.person_id for row in rows if row.person_id is not None))
    chats: Collection[int] = {row.chat_id for row in rows if row.person_id is None}
    titles = await unit.chats.titles()
    names = [acting.person.name for acting in await unit.people.all(ids[:limit])]
    return len(ids) + len(chats), (*names, *(titles[chat_id] for chat_id in titles if chat_id in chats))
