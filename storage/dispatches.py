"""What the secretariat sent to members outside Telegram."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select

from assembly.convocation import Means
from storage.repository import Repository
from storage.tables import dispatches


@dataclass(frozen=True)
class Dispatch:
    """How and on which day a member was told a round. ``reason``: why that was after the last day, where it was."""

    member_id: int
    round: int
    means: Means
    sent_on: date
    reason: str | None
    recorded_by: int
    recorded_at: datetime


class Dispatches(Repository):
    """By assembly; of one member and round the last one counts, so that a slip can be corrected."""

    async def of_meeting(self, meeting_id: int) -> dict[tuple[int, int], Dispatch]:
        """Return what counts, by (member id, round)."""
        query = (
            select(
                dispatches.c.member_id,
                dispatches.c.round,
                dispatches.c.means,
                dispatches.c.sent_on,
                dispatches.c.reason,
                dispatches.c.recorded_by,
                dispatches.c.recorded_at,
            )
            .where(dispatches.c.meeting_id == meeting_id)
            .order_by(dispatches.c.id)
        )
        return {(row.member_id, row.round): Dispatch(*row) for row in await self.connection.execute(query)}

    async def record(
        self, meeting_id: int, member_id: int, number: int, means: Means, sent_on: date, reason: str | None, by: int
    ) -> None:
        """Record how and on which day a member was told a round."""
        await self.connection.execute(
            insert(dispatches).values(
                meeting_id=meeting_id,
                member_id=member_id,
                round=number,
                means=means,
                sent_on=sent_on,
                reason=reason,
                recorded_by=by,
                recorded_at=self.now,
            )
        )
