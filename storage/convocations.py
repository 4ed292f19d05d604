"""Who was convened to an assembly, and what the members replied."""

from collections.abc import Collection

from sqlalchemy import or_, select, update

from assembly.convocation import StandingReply
from assembly.meetings import Reply
from assembly.motions import UPDATE_ORDER_HOLDS
from storage.repository import Repository
from storage.tables import convened, meetings, replies


class Convocations(Repository):
    """The convened people, the members' replies, and the reason for a late convocation."""

    async def add(self, meeting_id: int, person_ids: Collection[int]) -> None:
        """Note that these people are convened; nobody twice."""
        if person_ids:
            await self.connection.execute(
                self.insert(convened).on_conflict_do_nothing(),
                [
                    {"meeting_id": meeting_id, "person_id": person_id, "convened_at": self.now}
                    for person_id in person_ids
                ],
            )

    async def people(self, meeting_id: int) -> frozenset[int]:
        """Return the ids of the people who were convened."""
        rows = await self.connection.execute(select(convened.c.person_id).where(convened.c.meeting_id == meeting_id))
        return frozenset(row.person_id for row in rows)

    async def includes(self, meeting_id: int, person_id: int) -> bool:
        """Whether the person was convened."""
        query = select(convened.c.person_id).where(
            convened.c.meeting_id == meeting_id, convened.c.person_id == person_id
        )
        return (await self.connection.execute(query)).first() is not None

    async def late_reason(self, meeting_id: int) -> str | None:
        """Return the reason that was given for convening late."""
        query = select(meetings.c.late_reason).where(meetings.c.id == meeting_id)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def give_reason(self, meeting_id: int, reason: str) -> None:
        """Store the reason for convening late."""
        await self.connection.execute(update(meetings).where(meetings.c.id == meeting_id).values(late_reason=reason))

    async def replies(self, meeting_id: int) -> dict[int, StandingReply]:
        """Return what each member replied, by member id."""
        query = select(
            replies.c.member_id, replies.c.reply, replies.c.person_id, replies.c.replied_at, replies.c.entry_id
        ).where(replies.c.meeting_id == meeting_id)
        rows = await self.connection.execute(query)
        return {row.member_id: StandingReply(*row[1:]) for row in rows}

    async def reply(
        self,
        meeting_id: int,
        member_id: int,
        reply: Reply,
        person_id: int,
        update_id: int,
        entry_id: int | None = None,
    ) -> bool:
        """Store a member's reply; return ``False`` where a later press stands already.

        One statement decides, so that two colleagues who press at once, or an older press that Telegram delivers again,
        never undo the later one.
        """
        values = {
            "reply": reply,
            "person_id": person_id,
            "replied_at": self.now,
            "update_id": update_id,
            "entry_id": entry_id,
        }
        statement = self.insert(replies).values(meeting_id=meeting_id, member_id=member_id, **values)
        statement = statement.on_conflict_do_update(
            index_elements=["meeting_id", "member_id"],
            set_=values,
            where=or_(replies.c.update_id < update_id, replies.c.replied_at < self.now - UPDATE_ORDER_HOLDS),
        )
        return (await self.connection.execute(statement)).rowcount > 0
