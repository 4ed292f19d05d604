"""How a set of messages fares, told per person."""

from collections.abc import Mapping

from assembly.facts.convening import DeliveryFailure
from assembly.facts.meetings import Deliveries
from storage.sending import Delivery
from storage.tables import SendState
from storage.unit import Unit

_FAILED, _UNDER_WAY, _DELIVERED = range(3)


def convocation_batch(meeting_id: int, number: int = 0) -> str:
    """Return the batch of a round: 0 holds an assembly's invitations with their papers, the others what changed."""
    return f"convocation:{meeting_id}:{number}" if number else f"convocation:{meeting_id}"


async def last_batch(unit: Unit, meeting_id: int) -> str:
    """Return the batch of what everybody was told last."""
    rounds = await unit.convocations.rounds(meeting_id)
    return convocation_batch(meeting_id, rounds[-1].number if rounds else 0)


async def standings(unit: Unit, batch: str) -> Mapping[int, Delivery]:
    """Return for each person the message of ``batch`` that tells how its messages fare together.

    One that failed for good outweighs one that waits, and one that waits outweighs those that were sent.
    """
    found: dict[int, Delivery] = {}
    for delivery in await unit.outbox.report(batch):
        if delivery.person_id is not None:
            known = found.setdefault(delivery.person_id, delivery)
            if _fares(delivery) < _fares(known):
                found[delivery.person_id] = delivery
    return found


async def count_deliveries(unit: Unit, batch: str) -> Deliveries:
    """Count the people of ``batch`` by how their messages fare."""
    fares = [_fares(delivery) for delivery in (await standings(unit, batch)).values()]
    return Deliveries(fares.count(_DELIVERED), fares.count(_UNDER_WAY), fares.count(_FAILED))


async def failures(unit: Unit, batch: str) -> tuple[DeliveryFailure, ...]:
    """Return whom the messages of ``batch`` did not reach, by name, with Telegram's reason."""
    failed = {
        person_id: delivery
        for person_id, delivery in (await standings(unit, batch)).items()
        if _fares(delivery) == _FAILED
    }
    return tuple(
        DeliveryFailure(
            acting.person.name,
            acting.person.function,
            failed[acting.person.id].error or "",
            failed[acting.person.id].may_have_arrived,
        )
        for acting in await unit.people.all(failed.keys())
    )


async def doubtful(unit: Unit, batch: str) -> tuple[str, ...]:
    """Return who may have a message of ``batch`` twice, because Telegram did not answer: people, and then groups."""
    certain = {SendState.FAILED, SendState.HELD}  # of these nothing is sent twice
    doubted = [row for row in await unit.outbox.report(batch) if row.may_have_arrived and row.state not in certain]
    people = await unit.people.all({row.person_id for row in doubted if row.person_id is not None})
    chats = {row.chat_id for row in doubted}
    groups = [chat.title for chat in await unit.chats.linked() if chat.chat_id in chats]
    return (*(acting.person.name for acting in people), *groups)


def _fares(delivery: Delivery) -> int:
    if delivery.state is SendState.FAILED:
        return _FAILED
    return _UNDER_WAY if delivery.state in {SendState.QUEUED, SendState.SENDING, SendState.HELD} else _DELIVERED
