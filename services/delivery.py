"""How a set of messages fares, told per person."""

from collections.abc import Mapping

from assembly.facts.convening import DeliveryFailure
from assembly.facts.meetings import Deliveries
from storage.tables import SendState
from storage.unit import Unit


def convocation_batch(meeting_id: int) -> str:
    """Return the batch that holds an assembly's invitations with their papers."""
    return f"convocation:{meeting_id}"


async def standings(unit: Unit, batch: str) -> Mapping[int, tuple[SendState, str]]:
    """Return for each person how its messages of ``batch`` fare together, with the error of one that failed.

    One that failed for good outweighs one that waits, and one that waits outweighs those that were sent.
    """
    found: dict[int, tuple[SendState, str]] = {}
    for delivery in await unit.outbox.report(batch):
        if delivery.person_id is None:
            continue
        state, _ = found.get(delivery.person_id, (SendState.SENT, ""))
        if delivery.state is SendState.FAILED:
            found[delivery.person_id] = SendState.FAILED, delivery.error or ""
        elif delivery.state in {SendState.QUEUED, SendState.SENDING} and state is not SendState.FAILED:
            found[delivery.person_id] = SendState.QUEUED, ""
        else:
            found.setdefault(delivery.person_id, (SendState.SENT, ""))
    return found


async def count_deliveries(unit: Unit, batch: str) -> Deliveries:
    """Count the people of ``batch`` by how their messages fare."""
    states = [state for state, _ in (await standings(unit, batch)).values()]
    return Deliveries(states.count(SendState.SENT), states.count(SendState.QUEUED), states.count(SendState.FAILED))


async def failures(unit: Unit, batch: str) -> tuple[DeliveryFailure, ...]:
    """Return whom the messages of ``batch`` did not reach, by name, with Telegram's reason."""
    errors = {
        person_id: error
        for person_id, (state, error) in (await standings(unit, batch)).items()
        if state is SendState.FAILED
    }
    return tuple(
        DeliveryFailure(acting.person.name, acting.person.function, errors[acting.person.id])
        for acting in await unit.people.all(errors.keys())
    )
