"""Motions, the electorate frozen at their opening, and what was cast."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Row, Select, Table, bindparam, case, func, insert, select, update

from assembly.motions import Ballot, Motion, MotionState
from assembly.tally import Choice, Majority, Outcome, Seat, Threshold
from storage.facts import dump, load
from storage.meetings import AgendaItem
from storage.prepared import Insert, Prepared
from storage.repository import Repository
from storage.tables import ballots, electorate, motions

_BALLOT_COLUMNS = (
    ballots.c.motion_id,
    ballots.c.member_id,
    ballots.c.choice,
    ballots.c.person_id,
    ballots.c.cast_at,
    ballots.c.update_id,
    ballots.c.entry_id,
)
_SEAT_OF_BALLOT = (ballots.c.motion_id == electorate.c.motion_id) & (ballots.c.member_id == electorate.c.member_id)
_SEAT_COLUMNS = (electorate.c.member_id, electorate.c.weight, electorate.c.carrier_id, electorate.c.proxy_id)


def _of_seat(query: Select[Any], table: Table) -> Select[Any]:
    return query.where(table.c.motion_id == bindparam("motion_id"), table.c.member_id == bindparam("member_id"))


# What every press asks.
_BY_ID = select(motions).where(motions.c.id == bindparam("motion_id"))
_MOTION = {
    None: Prepared(lambda _: _BY_ID),
    "share": Prepared(lambda _: _BY_ID.with_for_update(read=True)),
    "update": Prepared(lambda _: _BY_ID.with_for_update()),
}
_SEAT = {
    False: Prepared(lambda _: _of_seat(select(*_SEAT_COLUMNS), electorate)),
    True: Prepared(lambda _: _of_seat(select(*_SEAT_COLUMNS), electorate).with_for_update()),
}
_CARRIED = Prepared(
    lambda _: (
        select(*_SEAT_COLUMNS)
        .where(electorate.c.motion_id == bindparam("motion_id"), electorate.c.carrier_id == bindparam("person_id"))
        .order_by(electorate.c.proxy_id.is_not(None), electorate.c.member_id)
    )
)
_CHOICES_OF = Prepared(
    lambda _: (
        select(ballots.c.member_id, ballots.c.choice)
        .join(electorate, _SEAT_OF_BALLOT)
        .where(electorate.c.motion_id == bindparam("motion_id"), electorate.c.carrier_id == bindparam("person_id"))
    )
)
_BALLOT = Prepared(lambda _: _of_seat(select(*_BALLOT_COLUMNS), ballots))


def _cast(insert_into: Insert) -> Any:  # noqa: ANN401 - the database's own
    statement = insert_into(ballots)
    key = ["motion_id", "member_id"]
    new = {column.name: column for column in statement.excluded if column.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=new)


_CAST = Prepared(_cast, [column.name for column in _BALLOT_COLUMNS])


class Motions(Repository):
    """Motions with their electorates and ballots."""

    async def add(
        self, item: AgendaItem, text: str, majority: Majority, seats: Collection[Seat], opened_by: int
    ) -> int:
        """Store a motion that opens now, with ``text``, ``majority`` and electorate as they stay; return its id."""
        statement = insert(motions).values(
            meeting_id=item.meeting_id,
            item_id=item.id,
            number=item.number,
            title=item.title,
            text=text,
            text_sha256=sha256(text.encode()).hexdigest(),
            majority_numerator=majority.threshold.share.numerator,
            majority_denominator=majority.threshold.share.denominator,
            majority_strict=majority.threshold.strict,
            majority_basis=majority.basis,
            state=MotionState.OPEN,
            opened_by=opened_by,
            opened_at=self.now,
        )
        motion_id = int((await self.connection.execute(statement.returning(motions.c.id))).scalar_one())
        await self.connection.execute(
            insert(electorate),
            [
                {
                    "motion_id": motion_id,
                    "member_id": seat.member_id,
                    "weight": seat.weight,
                    "carrier_id": seat.carrier_id,
                    "proxy_id": seat.proxy_id,
                }
                for seat in seats
            ],
        )
        return motion_id

    async def get(self, motion_id: int, *, lock: Literal["share", "update"] | None = None) -> Motion | None:
        """Return one motion, or ``None``.

        A cast takes the shared ``lock``, a close the exclusive one: so a close waits for every cast that saw the motion
        open, and a cast that comes later sees it closed. Without that a ballot could be accepted and never counted.
        """
        rows = await _MOTION[lock].run(self.connection, motion_id=motion_id)
        return _motion(rows[0]) if rows else None

    async def open_in(self, meeting_id: int) -> Motion | None:
        """Return the motion that is open in the assembly, or ``None``; there is at most one."""
        query = select(motions).where(motions.c.meeting_id == meeting_id, motions.c.state == MotionState.OPEN)
        row = (await self.connection.execute(query)).first()
        return _motion(row) if row else None

    async def of_meeting(self, meeting_id: int) -> tuple[Motion, ...]:
        """Return every motion of the assembly, in the order in which they were opened."""
        query = select(motions).where(motions.c.meeting_id == meeting_id).order_by(motions.c.id)
        return tuple(_motion(row) for row in await self.connection.execute(query))

    async def electorate(self, motion_id: int) -> tuple[Seat, ...]:
        """Return all seats of the frozen electorate, those that nobody carries included."""
        query = select(*_SEAT_COLUMNS).where(electorate.c.motion_id == motion_id).order_by(electorate.c.member_id)
        return tuple(Seat(*row) for row in await self.connection.execute(query))

    async def seat(self, motion_id: int, member_id: int, *, lock: bool = False) -> Seat | None:
        """Return one seat of the frozen electorate, or ``None``. ``lock`` makes casts for it wait in line."""
        rows = await _SEAT[lock].run(self.connection, motion_id=motion_id, member_id=member_id)
        return Seat(*rows[0]) if rows else None

    async def carried(self, motion_id: int, person_id: int) -> tuple[Seat, ...]:
        """Return the seats that the person carries, those of its own members first."""
        rows = await _CARRIED.run(self.connection, motion_id=motion_id, person_id=person_id)
        return tuple(Seat(*row) for row in rows)

    async def ballot(self, motion_id: int, member_id: int) -> Ballot | None:
        """Return what stands for a seat, or ``None``."""
        rows = await _BALLOT.run(self.connection, motion_id=motion_id, member_id=member_id)
        return Ballot(*rows[0]) if rows else None

    async def choices(self, motion_id: int) -> Mapping[int, Choice]:
        """Return what stands, by member id."""
        query = select(ballots.c.member_id, ballots.c.choice).where(ballots.c.motion_id == motion_id)
        return {row.member_id: row.choice for row in await self.connection.execute(query)}

    async def choices_of(self, motion_id: int, person_id: int) -> Mapping[int, Choice]:
        """Return what stands for the seats that the person carries, by member id."""
        rows = await _CHOICES_OF.run(self.connection, motion_id=motion_id, person_id=person_id)
        return {row.member_id: row.choice for row in rows}

    async def entered(self, motion_id: int) -> tuple[int, ...]:
        """Return the ids of the members of which the ballot that stands was entered on their behalf."""
        query = select(ballots.c.member_id).where(ballots.c.motion_id == motion_id, ballots.c.entry_id.is_not(None))
        return tuple((await self.connection.execute(query)).scalars())

    async def cast(self, ballot: Ballot) -> None:
        """Store what stands for a seat from now on, in place of what stood before."""
        await _CAST.run(self.connection, **vars(ballot))

    async def votes_cast(self, motion_id: int) -> int:
        """Return how many votes (weights) were cast until now, abstentions included."""
        query = (
            select(func.coalesce(func.sum(electorate.c.weight), 0))
            .select_from(ballots.join(electorate, _SEAT_OF_BALLOT))
            .where(ballots.c.motion_id == motion_id)
        )
        return int((await self.connection.execute(query)).scalar_one())

    async def votes(self, motion_id: int) -> tuple[int, int]:
        """Return how many votes (weights) somebody carries, and how many there are."""
        carried = case((electorate.c.carrier_id.is_not(None), electorate.c.weight), else_=0)
        query = select(func.coalesce(func.sum(carried), 0), func.coalesce(func.sum(electorate.c.weight), 0)).where(
            electorate.c.motion_id == motion_id
        )
        present, total = (await self.connection.execute(query)).one()
        return int(present), int(total)

    async def close(self, motion_id: int, closed_by: int, outcome: Outcome) -> None:
        """Mark the motion as closed now, with its outcome."""
        await self.connection.execute(
            update(motions)
            .where(motions.c.id == motion_id)
            .values(state=MotionState.CLOSED, closed_by=closed_by, closed_at=self.now, outcome=dump(outcome))
        )


def _motion(row: Row[Any]) -> Motion:
    share = Fraction(row.majority_numerator, row.majority_denominator)
    return Motion(
        id=row.id,
        meeting_id=row.meeting_id,
        item_id=row.item_id,
        number=row.number,
        title=row.title,
        text=row.text,
        majority=Majority(Threshold(share, row.majority_strict), row.majority_basis),
        state=row.state,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        outcome=None if row.outcome is None else load(Outcome, row.outcome),
    )
