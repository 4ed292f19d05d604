"""An assembly with an open vote, in which everybody carries the seat of its own member and of others by proxy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert, select

from assembly.agenda import ItemKind, ParsedItem
from assembly.meetings import Mode
from assembly.members import Member, Person, Role, RoleHeld
from assembly.motions import Question
from assembly.options import Chosen, joined
from assembly.proxies import ProxyKind, ProxyState
from assembly.statutes import Statutes
from assembly.tally import Choice, Seat
from bench.telegram import FIRST
from screens.presses import CastBallot
from services.ballot_cards import ballot_key, turnout_key
from storage import tables
from storage.chats import LinkedChat
from storage.unit import Unit

LEADERS = 900_000
"""The Telegram id of the first of the secretariat, who sees the turnout."""

GROUP = -900_000


@dataclass(frozen=True)
class Electorate:
    """An open vote, and the buttons that each voter presses, in order."""

    motion_id: int
    buttons: tuple[tuple[str, ...], ...]


async def assemble(unit: Unit, voters: int, seats: int) -> Electorate:
    """Store so many ``voters`` with ``seats`` each, and the messages that show everybody its ballot."""
    people = await unit.people.add_all([Person(0, f"Lid {n}", "portefeuillehouder") for n in range(voters)])
    office = await unit.people.add_all([Person(0, f"Bureau {n}", "regiebureau") for n in range(3)])
    members = [await unit.members.save(Member(0, f"lid-{n}", f"Lid {n}")) for n in range(voters * seats)]
    await unit.people.grant_roles([(person, RoleHeld(Role.SECRETARIAT)) for person in office])
    await unit.people.grant_roles(
        [(person, RoleHeld(Role.REPRESENTATIVE, members[n * seats])) for n, person in enumerate(people)]
    )
    for n, person in enumerate(office):
        await unit.people.bind(person, LEADERS + n)
    for n, person in enumerate(people):
        await unit.people.bind(person, FIRST + n)
    await unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV"))
    meeting_id = await unit.meetings.add("ALV", unit.now + timedelta(days=1), "", "")
    if meeting_id is None:
        raise RuntimeError("the database is not empty")
    await unit.meetings.set_agenda(meeting_id, [ParsedItem("1", "Begroting", ItemKind.DECISION, ())])
    await unit.meetings.convene(meeting_id, None)
    await unit.meetings.open(meeting_id)
    for person in people:
        await unit.attendance.arrive(meeting_id, person, Mode.REMOTE)
    proxies = await _grant(unit, meeting_id, people, members, seats)
    (item,) = await unit.meetings.items(meeting_id)
    electorate = [Seat(member, 1, people[n // seats], proxies.get(member)) for n, member in enumerate(members)]
    motion_id = await unit.motions.add(item, Question("Besluit", Statutes().majority), electorate, office[0])
    for n in range(voters):
        await unit.outbox.set_posted(FIRST + n, ballot_key(motion_id, 0), 1)
    for chat in (*(LEADERS + n for n in range(len(office))), GROUP):
        await unit.outbox.set_posted(chat, turnout_key(motion_id), 1)
    choices = tuple(Choice)
    buttons = [
        CastBallot(motion_id, member, Chosen(choices[n % len(choices)].value)).encode()
        for n, member in enumerate(members)
    ]
    return Electorate(motion_id, tuple(tuple(buttons[n * seats : (n + 1) * seats]) for n in range(voters)))


async def _grant(
    unit: Unit, meeting_id: int, people: Sequence[int], members: Sequence[int], seats: int
) -> dict[int, int]:
    """Let whoever carries a seat carry the next ones by proxy; return the proxies by member."""
    granted = [
        {
            "meeting_id": meeting_id,
            "member_id": member,
            "holder_id": people[n // seats],
            "holder_member_id": members[n - n % seats],
            "kind": ProxyKind.OTHER_MEMBER,
            "state": ProxyState.ACCEPTED,
            "prepared_by": people[n // seats],
            "prepared_at": unit.now,
            "signed_by": people[n // seats],
            "signed_at": unit.now,
            "answered_at": unit.now,
        }
        for n, member in enumerate(members)
        if n % seats
    ]
    if granted:
        await unit.connection.execute(insert(tables.proxies), granted)
    rows = await unit.connection.execute(select(tables.proxies.c.member_id, tables.proxies.c.id))
    return {row.member_id: row.id for row in rows}


async def stored(unit: Unit, motion_id: int) -> dict[str, int]:
    """Return which buttons' votes are in the database, with how often each choice was noted in the journal."""
    cast = await unit.motions.selections(motion_id)
    noted = select(tables.journal.c.id).where(tables.journal.c.kind == "ballot_cast")
    entries = len((await unit.connection.execute(noted)).all())
    if entries != len(cast):
        raise RuntimeError(f"{len(cast)} ballots and {entries} entries of the journal")
    return {CastBallot(motion_id, member, Chosen(joined(chosen))).encode(): member for member, chosen in cast.items()}
