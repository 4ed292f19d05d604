"""Votes outside a meeting."""

from datetime import datetime

from sqlalchemy import insert, select, update

from assembly.agenda import ItemKind
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState
from assembly.motions import MotionState
from assembly.outside import OutsideVote
from storage.repository import Repository
from storage.tables import agenda_items, meetings, motions, outside_votes

_COLUMNS = (
    meetings.c.id,
    meetings.c.kind,
    meetings.c.title,
    meetings.c.state,
    outside_votes.c.closes_at,
    outside_votes.c.knowledge,
    outside_votes.c.opens_at,
    outside_votes.c.opens_by,
)
_SELECT = select(*_COLUMNS).join(outside_votes, outside_votes.c.meeting_id == meetings.c.id)


class OutsideVotes(Repository):
    """Consultations and written resolutions: each has one question, as its only agenda item."""

    async def add(
        self, kind: MeetingKind, title: str, text: str, closes_at: datetime, knowledge: str, prepared_by: int
    ) -> tuple[int, int]:
        """Store a vote in draft; return the ids of its meeting and its agenda item."""
        meeting = insert(meetings).values(
            title=title, starts_at=self.now, place="", stream="", state=MeetingState.DRAFT, kind=kind
        )
        meeting_id = int((await self.connection.execute(meeting.returning(meetings.c.id))).scalar_one())
        await self.connection.execute(
            insert(outside_votes).values(
                meeting_id=meeting_id, closes_at=closes_at, knowledge=knowledge, prepared_by=prepared_by
            )
        )
        item = insert(agenda_items).values(
            meeting_id=meeting_id,
            position=0,
            number="1",
            title=title,
            kind=ItemKind.DECISION,
            proposal=text,
            attachments=[],
        )
        return meeting_id, int((await self.connection.execute(item.returning(agenda_items.c.id))).scalar_one())

    async def get(self, meeting_id: int, *, lock: bool = False) -> OutsideVote | None:
        """Return one vote, or ``None``. ``lock`` keeps others from changing its state until the transaction ends."""
        query = _SELECT.where(meetings.c.id == meeting_id)
        row = (await self.connection.execute(query.with_for_update(of=meetings) if lock else query)).first()
        return OutsideVote(*row) if row else None

    async def latest(self, count: int) -> tuple[OutsideVote, ...]:
        """Return the votes that were prepared last and not dropped, the newest first."""
        query = _SELECT.where(meetings.c.state != MeetingState.CANCELLED).order_by(meetings.c.id.desc()).limit(count)
        return tuple(OutsideVote(*row) for row in await self.connection.execute(query))

    async def running(self) -> tuple[OutsideVote, ...]:
        """Return the votes that are open, the oldest first."""
        query = _SELECT.where(meetings.c.state == MeetingState.OPEN).order_by(meetings.c.id)
        return tuple(OutsideVote(*row) for row in await self.connection.execute(query))

    async def due_to_open(self) -> tuple[OutsideVote, ...]:
        """Return the votes that are to open by themselves by now, the first one first."""
        query = _SELECT.where(meetings.c.state == MeetingState.DRAFT, outside_votes.c.opens_at <= self.now)
        rows = await self.connection.execute(query.order_by(outside_votes.c.opens_at, meetings.c.id))
        return tuple(OutsideVote(*row) for row in rows)

    async def plan(self, meeting_id: int, opens_at: datetime | None, opens_by: int | None) -> None:
        """Let a vote open by itself at a moment, or with ``None`` not by itself."""
        await self.connection.execute(
            update(outside_votes)
            .where(outside_votes.c.meeting_id == meeting_id)
            .values(opens_at=opens_at, opens_by=opens_by)
        )

    async def written(self, since: datetime | None, until: datetime) -> tuple[OutsideVote, ...]:
        """Return the resolutions in writing that were counted after ``since`` and no later than ``until``, in order."""
        query = _SELECT.join(motions, motions.c.meeting_id == meetings.c.id).where(
            meetings.c.kind == MeetingKind.WRITTEN,
            motions.c.state == MotionState.PRONOUNCED,
            motions.c.closed_at <= until,
        )
        if since is not None:
            query = query.where(motions.c.closed_at > since)
        rows = await self.connection.execute(query.order_by(motions.c.closed_at, motions.c.id))
        return tuple(OutsideVote(*row) for row in rows)

    async def open(self, meeting_id: int) -> None:
        """Mark a vote as open from now on: this is its day."""
        await self.connection.execute(
            update(meetings)
            .where(meetings.c.id == meeting_id)
            .values(state=MeetingState.OPEN, starts_at=self.now, opened_at=self.now)
        )
