"""Motions, the electorate frozen at their opening, and what was cast."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from secrets import token_hex
from typing import Any, Literal

from sqlalchemy import Row, Select, Table, bindparam, case, func, insert, or_, select, update

from assembly.meeting_kinds import MeetingKind
from assembly.members import Role
from assembly.motions import (
    Ballot,
    BallotForm,
    Motion,
    MotionKind,
    MotionState,
    OptionsOutcome,
    Question,
)
from assembly.options import ABSTAIN, Option, Selection, joined, parted
from assembly.pronouncing import Cause
from assembly.receipts import receipt_code
from assembly.tally import Majority, Outcome, Seat, Threshold
from storage.boxes import Boxes
from storage.facts import dump, load
from storage.meetings import AgendaItem
from storage.prepared import Insert, Prepared
from storage.repository import Repository
from storage.tables import ballots, electorate, motions, outcomes, roles

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
        kind=row.kind,
        form=row.form,
        straw=row.straw,
        options=tuple(Option(*option) for option in row.options),
        picks=row.picks,
        rule=row.rule,
        round=row.round,
        follows_id=row.follows_id,
        supersedes_id=row.supersedes_id,
        state=row.state,
        state_changed_at=row.state_changed_at,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        procedural=row.procedural,
        reason=row.reason,
        held=row.held,
        closed_at=row.closed_at,
    )


def _decided(motion: Motion, noted: Row[Any] | None) -> Motion:
    """Return a motion with the outcome that was noted of it."""
    if noted is None:
        return motion
    matter = motion.kind is MotionKind.MATTER
    outcome = load(Outcome, noted.outcome) if matter else load(OptionsOutcome, noted.outcome)
    verdict = None if noted.verdict is None else tuple(noted.verdict)
    return replace(motion, outcome=outcome, verdict=verdict, reason=noted.reason or motion.reason)


def _ballot(row: Iterable[Any]) -> Ballot:
    of_motion, of_member, choice, *rest = row
    return Ballot(of_motion, of_member, parted(choice), *rest)


def _of_seat(query: Select[Any], table: Table) -> Select[Any]:
    return query.where(table.c.motion_id == bindparam("motion_id"), table.c.member_id == bindparam("member_id"))


# What every press asks.
_BY_ID = select(motions).where(motions.c.id == bindparam("motion_id"))
_MOTION = {
    None: Prepared(lambda _: _BY_ID, made=_motion),
    "share": Prepared(lambda _: _BY_ID.with_for_update(read=True), made=_motion),
    "update": Prepared(lambda _: _BY_ID.with_for_update(), made=_motion),
}
_SEAT = {
    False: Prepared(lambda _: _of_seat(select(*_SEAT_COLUMNS), electorate)),
    True: Prepared(lambda _: _of_seat(select(*_SEAT_COLUMNS), electorate).with_for_update()),
}
_OWN = select(roles.c.member_id).where(
    roles.c.person_id == bindparam("person_id"), roles.c.role == Role.REPRESENTATIVE, roles.c.until.is_(None)
)
_OUTSIDE = select(motions.c.id).where(motions.c.id == bindparam("motion_id"), motions.c.held != MeetingKind.ASSEMBLY)
# "+ 0": SQLite thinks that a motion has as few seats as a person, and would look through the whole electorate.
_CARRIED_BY = (
    select(*_SEAT_COLUMNS)
    .where(
        electorate.c.motion_id + 0 == bindparam("motion_id"),
        or_(
            electorate.c.carrier_id == bindparam("person_id"),
            electorate.c.member_id.in_(_OWN) & electorate.c.motion_id.in_(_OUTSIDE),
        ),
    )
    .order_by(electorate.c.proxy_id.is_not(None), electorate.c.member_id)
)
_CARRIED = {False: Prepared(lambda _: _CARRIED_BY), True: Prepared(lambda _: _CARRIED_BY.with_for_update())}
_SELECTIONS_OF = Prepared(
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

    async def add(self, item: AgendaItem, question: Question, seats: Collection[Seat], opened_by: int) -> int:
        """Store a motion that opens now, with the question and the electorate as they stay; return its id.

        A secret vote gets its box.
        """
        majority = question.majority
        statement = insert(motions).values(
            meeting_id=item.meeting_id,
            item_id=item.id,
            number=item.number,
            title=item.title,
            text=question.text,
            text_sha256=sha256(question.text.encode()).hexdigest(),
            majority_numerator=majority.threshold.share.numerator,
            majority_denominator=majority.threshold.share.denominator,
            majority_strict=majority.threshold.strict,
            majority_basis=majority.basis,
            kind=question.kind,
            form=question.form,
            straw=question.straw,
            options=[[option.key, option.label] for option in question.options],
            picks=question.picks,
            rule=question.rule,
            procedural=question.procedural,
            round=question.round,
            follows_id=question.follows_id,
            supersedes_id=question.supersedes_id,
            state=MotionState.OPEN,
            state_changed_at=self.now,
            opened_by=opened_by,
            opened_at=self.now,
            closes_at=question.closes_at,
            receipt_key=token_hex(32),
            held=question.held,
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
        if question.form is BallotForm.SECRET:
            options = [*(option.key for option in question.options), ABSTAIN]
            await Boxes(self.connection, self.now).open(motion_id, options)
        return motion_id

    async def get(self, motion_id: int, *, lock: Literal["share", "update"] | None = None) -> Motion | None:
        """Return one motion, or ``None``.

        A cast takes the shared ``lock``, a close the exclusive one: so a close waits for every cast that saw the motion
        open, and a cast that comes later sees it closed. Without that a ballot could be accepted and never counted.
        """
        found: Sequence[Motion] = await _MOTION[lock].run(self.connection, motion_id=motion_id)
        return await self._whole(found[0]) if found else None

    async def open_in(self, meeting_id: int) -> Motion | None:
        """Return the motion that is open in the assembly, or suspended, or ``None``; there is at most one."""
        under_way = motions.c.state.in_([MotionState.OPEN, MotionState.SUSPENDED])
        query = select(motions).where(motions.c.meeting_id == meeting_id, under_way)
        row = (await self.connection.execute(query)).first()
        return _motion(row) if row else None

    async def of_meeting(self, meeting_id: int) -> tuple[Motion, ...]:
        """Return every motion of the assembly, in the order in which they were opened."""
        query = select(motions).where(motions.c.meeting_id == meeting_id).order_by(motions.c.id)
        noted = select(outcomes).join(motions).where(motions.c.meeting_id == meeting_id).order_by(outcomes.c.id)
        newest = {row.motion_id: row for row in await self.connection.execute(noted)}
        return tuple(_decided(_motion(row), newest.get(row.id)) for row in await self.connection.execute(query))

    async def electorate(self, motion_id: int) -> tuple[Seat, ...]:
        """Return all seats of the frozen electorate, those that nobody carries included."""
        query = select(*_SEAT_COLUMNS).where(electorate.c.motion_id == motion_id).order_by(electorate.c.member_id)
        return tuple(Seat(*row) for row in await self.connection.execute(query))

    async def seat(self, motion_id: int, member_id: int, *, lock: bool = False) -> Seat | None:
        """Return one seat of the frozen electorate, or ``None``. ``lock`` makes casts for it wait in line."""
        rows = await _SEAT[lock].run(self.connection, motion_id=motion_id, member_id=member_id)
        return Seat(*rows[0]) if rows else None

    async def carried(self, motion_id: int, person_id: int, *, lock: bool = False) -> tuple[Seat, ...]:
        """Return the seats that the person carries, those of its own members first; ``lock`` as for one seat.

        Outside a meeting these are the seats of all members that it represents.
        """
        rows = await _CARRIED[lock].run(self.connection, motion_id=motion_id, person_id=person_id)
        return tuple(Seat(*row) for row in rows)

    async def take_up(self, motion_id: int, member_id: int, person_id: int) -> None:
        """Let the person carry a seat from now on: outside a meeting whoever cast for it."""
        await self.connection.execute(
            update(electorate)
            .where(electorate.c.motion_id == motion_id, electorate.c.member_id == member_id)
            .values(carrier_id=person_id)
        )

    async def ballot(self, motion_id: int, member_id: int) -> Ballot | None:
        """Return what stands for a seat, or ``None``."""
        rows = await _BALLOT.run(self.connection, motion_id=motion_id, member_id=member_id)
        return _ballot(rows[0]) if rows else None

    async def ballots(self, motion_id: int, member_ids: Collection[int]) -> dict[int, Ballot]:
        """Return what stands for the seats of some members, by member id."""
        query = select(*_BALLOT_COLUMNS).where(ballots.c.motion_id == motion_id, ballots.c.member_id.in_(member_ids))
        return {row.member_id: _ballot(row) for row in await self.connection.execute(query)}

    async def receipts(self, motion_id: int) -> Mapping[int, str]:
        """Return the receipt of what stands for each seat, by member id; none where the vote has no key."""
        query = select(motions.c.receipt_key).where(motions.c.id == motion_id)
        key = (await self.connection.execute(query)).scalar_one_or_none()
        if key is None:
            return {}
        cast = select(ballots.c.member_id, ballots.c.choice, ballots.c.cast_at).where(ballots.c.motion_id == motion_id)
        return {
            row.member_id: receipt_code(key, motion_id, row.member_id, parted(row.choice), row.cast_at)
            for row in await self.connection.execute(cast)
        }

    async def selections(self, motion_id: int) -> Mapping[int, Selection]:
        """Return what stands, by member id."""
        query = select(ballots.c.member_id, ballots.c.choice).where(ballots.c.motion_id == motion_id)
        return {row.member_id: parted(row.choice) for row in await self.connection.execute(query)}

    async def selections_of(self, motion_id: int, person_id: int) -> Mapping[int, Selection]:
        """Return what stands for the seats that the person carries, by member id."""
        rows = await _SELECTIONS_OF.run(self.connection, motion_id=motion_id, person_id=person_id)
        return {row.member_id: parted(row.choice) for row in rows}

    async def entered(self, motion_id: int) -> tuple[int, ...]:
        """Return the ids of the members of which the ballot that stands was entered on their behalf."""
        query = select(ballots.c.member_id).where(ballots.c.motion_id == motion_id, ballots.c.entry_id.is_not(None))
        return tuple((await self.connection.execute(query)).scalars())

    async def cast(self, ballot: Ballot) -> None:
        """Store what stands for a seat from now on, in place of what stood before."""
        values = {column.name: getattr(ballot, column.name) for column in _BALLOT_COLUMNS if column.name != "choice"}
        await _CAST.run(self.connection, choice=joined(ballot.selection), **values)

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

    async def due(self) -> tuple[int, ...]:
        """Return the ids of the open motions of assemblies of which the moment to close has come."""
        query = select(motions.c.id).where(
            motions.c.state == MotionState.OPEN,
            motions.c.held == MeetingKind.ASSEMBLY,
            motions.c.closes_at <= self.now,
        )
        return tuple((await self.connection.execute(query)).scalars())

    async def carry(self, motion_id: int, seats: Collection[Seat]) -> None:
        """Let seats of the electorate that nobody carries have the carriers that these ``seats`` name."""
        for seat in seats:
            await self.connection.execute(
                update(electorate)
                .where(
                    electorate.c.motion_id == motion_id,
                    electorate.c.member_id == seat.member_id,
                    electorate.c.carrier_id.is_(None),
                )
                .values(carrier_id=seat.carrier_id, proxy_id=seat.proxy_id)
            )

    async def set_closing(self, motion_id: int, closes_at: datetime | None) -> None:
        """Let the motion close by itself at a moment, or not."""
        await self._set(motion_id, closes_at=closes_at)

    async def set_state(self, motion_id: int, state: MotionState, reason: str = "") -> None:
        """Bring the motion into another state from now on, for a reason where there is one."""
        await self._set(motion_id, state=state, state_changed_at=self.now, reason=reason)

    async def pronounce(self, motion_id: int) -> None:
        """Let the outcome of the motion stand from now on."""
        await self._set(motion_id, state=MotionState.PRONOUNCED, state_changed_at=self.now)

    async def close(
        self, motion_id: int, closed_by: int | None, closed_at: datetime, outcome: Outcome | OptionsOutcome
    ) -> None:
        """Mark the motion as closed at a moment, with what was counted."""
        await self._set(
            motion_id,
            state=MotionState.CLOSED,
            state_changed_at=closed_at,
            closed_by=closed_by,
            closed_at=closed_at,
        )
        await self.add_outcome(motion_id, Cause.COUNTED, outcome, closed_by)

    async def add_outcome(
        self,
        motion_id: int,
        cause: Cause,
        outcome: Outcome | OptionsOutcome,
        noted_by: int | None,
        verdict: Selection | None = None,
        reason: str = "",
    ) -> None:
        """Add an outcome, which holds from now on; those before it stay. ``verdict``: the chair's, for a ``reason``."""
        statement = insert(outcomes).values(
            motion_id=motion_id,
            cause=cause,
            outcome=dump(outcome),
            verdict=None if verdict is None else list(verdict),
            reason=reason,
            noted_by=noted_by,
            noted_at=self.now,
        )
        await self.connection.execute(statement)

    async def _whole(self, motion: Motion) -> Motion:
        """Return a motion with its newest outcome: asked after the motion was locked, whoever closed it meanwhile."""
        if motion.closed_at is None:
            return motion
        newest = select(outcomes).where(outcomes.c.motion_id == motion.id).order_by(outcomes.c.id.desc()).limit(1)
        return _decided(motion, (await self.connection.execute(newest)).first())

    async def _set(self, motion_id: int, **values: object) -> None:
        await self.connection.execute(update(motions).where(motions.c.id == motion_id).values(**values))
