"""Who was convened to an assembly, and what the members replied."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update

from assembly.convocation import Round, RoundKind, StandingReply
from assembly.meetings import Meeting, Reply
from assembly.motions import UPDATE_ORDER_HOLDS
from storage.repository import Repository
from storage.tables import convened, meetings, receipts, replies, rounds

_ROUND_COLUMNS = (
    rounds.c.number,
    rounds.c.kind,
    rounds.c.told_at,
    rounds.c.starts_at,
    rounds.c.place,
    rounds.c.stream,
    rounds.c.reason,
)


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
        return frozenset(await self.moments(meeting_id))

    async def moments(self, meeting_id: int) -> dict[int, datetime]:
        """Return when each person was convened, by id."""
        query = select(convened.c.person_id, convened.c.convened_at).where(convened.c.meeting_id == meeting_id)
        return {row.person_id: row.convened_at for row in await self.connection.execute(query)}

    async def add_round(self, meeting: Meeting, kind: RoundKind, reason: str | None) -> int:
        """Note what everybody is told now about ``meeting`` as it stands, and return the number of the round.

        The caller holds the lock on the assembly, so that no two rounds get one number.
        """
        last = select(func.max(rounds.c.number)).where(rounds.c.meeting_id == meeting.id)
        known: int | None = (await self.connection.execute(last)).scalar_one()
        number = 0 if known is None else known + 1
        await self.connection.execute(
            insert(rounds).values(
                meeting_id=meeting.id,
                number=number,
                kind=kind,
                told_at=self.now,
                starts_at=meeting.starts_at,
                place=meeting.place,
                stream=meeting.stream,
                reason=reason,
            )
        )
        return number

    async def rounds(self, meeting_id: int) -> tuple[Round, ...]:
        """Return what everybody was told about the assembly, in order; nothing before it is convened."""
        query = select(*_ROUND_COLUMNS).where(rounds.c.meeting_id == meeting_id).order_by(rounds.c.number)
        return tuple(Round(*row) for row in await self.connection.execute(query))

    async def confirm(self, meeting_id: int, person_id: int, number: int) -> None:
        """Note that the person read a round; the first time counts."""
        statement = self.insert(receipts).values(
            meeting_id=meeting_id, person_id=person_id, round=number, confirmed_at=self.now
        )
        await self.connection.execute(statement.on_conflict_do_nothing())

    async def receipts(self, meeting_id: int, number: int) -> dict[int, datetime]:
        """Return when each person confirmed a round, by id."""
        query = select(receipts.c.person_id, receipts.c.confirmed_at).where(
            receipts.c.meeting_id == meeting_id, receipts.c.round == number
        )
        return {row.person_id: row.confirmed_at for row in await self.connection.execute(query)}

    async def drop_replies(self, meeting_id: int) -> None:
        """Forget what the members replied: it was for another day."""
        await self.connection.execute(delete(replies).where(replies.c.meeting_id == meeting_id))

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
