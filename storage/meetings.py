"""Assemblies and their agendas."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, insert, select, update

from assembly.agenda import ItemKind, ParsedItem
from assembly.item_settings import ItemMajority, VoteForm
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import Meeting, MeetingState
from assembly.motions import MotionState
from storage.repository import Repository
from storage.tables import (
    agenda_changes,
    agenda_items,
    item_options,
    meetings,
    motions,
    nominations,
    papers,
    pauses,
    second_meetings,
)

_COLUMNS = (
    meetings.c.id,
    meetings.c.title,
    meetings.c.starts_at,
    meetings.c.place,
    meetings.c.stream,
    meetings.c.state,
    meetings.c.convened_at,
    meetings.c.opened_at,
    meetings.c.closed_at,
    meetings.c.kind,
)
_ASSEMBLIES = meetings.c.kind == MeetingKind.ASSEMBLY
_ITEM_COLUMNS = (
    agenda_items.c.id,
    agenda_items.c.meeting_id,
    agenda_items.c.number,
    agenda_items.c.title,
    agenda_items.c.kind,
    agenda_items.c.proposal,
    agenda_items.c.attachments,
    agenda_items.c.majority,
    agenda_items.c.form,
    agenda_items.c.withdrawn_at,
    agenda_items.c.per_inhabitant,
    agenda_items.c.picks,
    agenda_items.c.at_hand,
    agenda_items.c.handled_at,
)


@dataclass(frozen=True)
class AgendaItem:
    """An item of an agenda.

    ``proposal`` is the text that is put to the vote, empty where none was given. ``attachments`` are the numbers of the
    papers that the agenda names under it, whether they are there yet or not. ``majority`` and ``form`` say how it is
    put to the vote. ``withdrawn_at``: since when it is held over, so that nothing is decided on it. ``per_inhabitant``
    is what it costs a member for each inhabitant, in euros. ``picks`` is how many persons are to be chosen.
    ``at_hand``: the assembly deals with it now; ``handled_at``: since when it is done with.
    """

    id: int
    meeting_id: int
    number: str
    title: str
    kind: ItemKind
    proposal: str
    attachments: tuple[str, ...]
    majority: ItemMajority = ItemMajority.ORDINARY
    form: VoteForm = VoteForm.USUAL
    withdrawn_at: datetime | None = None
    per_inhabitant: Fraction | None = None
    picks: int = 1
    at_hand: bool = False
    handled_at: datetime | None = None

    @property
    def put_to_vote(self) -> str:
        """The text that is put to the vote."""
        return self.proposal or self.title


class Meetings(Repository):
    """Assemblies by key, the current one, and agenda items. A vote outside a meeting is found by its key alone."""

    async def current(self) -> Meeting | None:
        """Return the assembly that is being prepared or held, or ``None``; there is at most one."""
        query = (
            select(*_COLUMNS)
            .where(_ASSEMBLIES, meetings.c.state.in_([MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.OPEN]))
            .order_by(meetings.c.id.desc())
            .limit(1)
        )
        row = (await self.connection.execute(query)).first()
        return _meeting(row) if row else None

    async def latest(self) -> Meeting | None:
        """Return the current assembly, or else the one that was closed last."""
        query = (
            select(*_COLUMNS)
            .where(_ASSEMBLIES, meetings.c.state != MeetingState.CANCELLED)
            .order_by(meetings.c.id.desc())
            .limit(1)
        )
        row = (await self.connection.execute(query)).first()
        return _meeting(row) if row else None

    async def last_convened(self) -> Meeting | None:
        """Return the assembly that people were convened to last, or ``None``."""
        query = (
            select(*_COLUMNS)
            .where(_ASSEMBLIES, meetings.c.convened_at.is_not(None), meetings.c.state != MeetingState.CANCELLED)
            .order_by(meetings.c.id.desc())
            .limit(1)
        )
        row = (await self.connection.execute(query)).first()
        return _meeting(row) if row else None

    async def last_opened(self) -> Meeting | None:
        """Return the last assembly, by its day, that is or was held, or ``None``."""
        query = (
            select(*_COLUMNS)
            .where(_ASSEMBLIES, meetings.c.opened_at.is_not(None))
            .order_by(meetings.c.starts_at.desc())
            .limit(1)
        )
        row = (await self.connection.execute(query)).first()
        return _meeting(row) if row else None

    async def opened_before(self, meeting: Meeting) -> Meeting | None:
        """Return the last assembly that was held on an earlier day than this one, or ``None``."""
        query = (
            select(*_COLUMNS)
            .where(_ASSEMBLIES, meetings.c.opened_at.is_not(None), meetings.c.starts_at < meeting.starts_at)
            .order_by(meetings.c.starts_at.desc())
            .limit(1)
        )
        row = (await self.connection.execute(query)).first()
        return _meeting(row) if row else None

    async def get(self, meeting_id: int, *, lock: bool = False) -> Meeting | None:
        """Return one assembly, or ``None``. ``lock`` keeps others from changing it until the transaction ends."""
        query = select(*_COLUMNS).where(meetings.c.id == meeting_id)
        row = (await self.connection.execute(query.with_for_update() if lock else query)).first()
        return _meeting(row) if row else None

    async def add(self, title: str, starts_at: datetime, place: str, stream: str) -> int | None:
        """Store a new assembly in draft and return its id, or ``None`` where another one is current."""
        statement = self.insert(meetings).values(
            title=title, starts_at=starts_at, place=place, stream=stream, state=MeetingState.DRAFT
        )
        statement = statement.on_conflict_do_nothing()
        meeting_id: int | None = (
            await self.connection.execute(statement.returning(meetings.c.id))
        ).scalar_one_or_none()
        return meeting_id

    async def revise(self, meeting_id: int, title: str, starts_at: datetime, place: str, stream: str) -> None:
        """Change what an assembly in draft is called, when it is and where."""
        await self._set(meeting_id, title=title, starts_at=starts_at, place=place, stream=stream)

    async def convene(self, meeting_id: int, late_reason: str | None) -> None:
        """Mark the assembly as convened now, with the reason for a late convocation where there is one."""
        await self._set(meeting_id, state=MeetingState.CONVENED, convened_at=self.now, late_reason=late_reason)

    async def open(self, meeting_id: int) -> None:
        """Mark the assembly as open from now on."""
        await self._set(meeting_id, state=MeetingState.OPEN, opened_at=self.now)

    async def close(self, meeting_id: int) -> None:
        """Mark the assembly as closed now."""
        await self._set(meeting_id, state=MeetingState.CLOSED, closed_at=self.now)

    async def pause(self, meeting_id: int) -> None:
        """Suspend an open assembly from now on."""
        await self.connection.execute(insert(pauses).values(meeting_id=meeting_id, began_at=self.now))

    async def resume(self, meeting_id: int) -> None:
        """Let an assembly that is suspended go on from now."""
        query = update(pauses).where(pauses.c.meeting_id == meeting_id, pauses.c.ended_at.is_(None))
        await self.connection.execute(query.values(ended_at=self.now))

    async def paused_since(self, meeting_id: int) -> datetime | None:
        """Return since when the assembly is suspended, or ``None`` where it is not."""
        query = select(pauses.c.began_at).where(pauses.c.meeting_id == meeting_id, pauses.c.ended_at.is_(None))
        since: datetime | None = (await self.connection.execute(query)).scalar_one_or_none()
        return since

    async def cancel(self, meeting_id: int) -> None:
        """Mark the assembly as cancelled: it is not held, and another one can be prepared."""
        await self._set(meeting_id, state=MeetingState.CANCELLED)

    async def first_of(self, meeting_id: int) -> int | None:
        """Return the id of the assembly of which this is the second, or ``None``."""
        query = select(second_meetings.c.first_id).where(second_meetings.c.meeting_id == meeting_id)
        first: int | None = (await self.connection.execute(query)).scalar_one_or_none()
        return first

    async def second_of(self, meeting_id: int) -> int | None:
        """Return the id of the second assembly of this one, or ``None``; one that was cancelled is none."""
        query = (
            select(second_meetings.c.meeting_id)
            .join(meetings, meetings.c.id == second_meetings.c.meeting_id)
            .where(second_meetings.c.first_id == meeting_id, meetings.c.state != MeetingState.CANCELLED)
        )
        second: int | None = (await self.connection.execute(query)).scalar_one_or_none()
        return second

    async def make_second(self, meeting_id: int, first_id: int) -> None:
        """Note of which assembly this is the second."""
        await self.connection.execute(insert(second_meetings).values(meeting_id=meeting_id, first_id=first_id))

    async def copy_agenda(self, meeting_id: int, copy_id: int) -> dict[int, int]:
        """Give the assembly ``copy_id`` the agenda of another; return the new ids of the items by the old ones."""
        rows = await self.connection.execute(select(agenda_items).where(agenda_items.c.meeting_id == meeting_id))
        copied: dict[int, int] = {}
        for row in rows.mappings().all():
            values = {**row, "meeting_id": copy_id, "at_hand": False, "handled_at": None}
            item_id = values.pop("id")
            result = await self.connection.execute(insert(agenda_items).values(values).returning(agenda_items.c.id))
            copied[item_id] = int(result.scalar_one())
        return copied

    async def set_agenda(self, meeting_id: int, items: Sequence[ParsedItem]) -> None:
        """Replace the agenda of an assembly in draft."""
        await self.remove_items([item.id for item in await self.items(meeting_id)])
        await self.connection.execute(
            insert(agenda_items),
            [
                {
                    "meeting_id": meeting_id,
                    "position": position,
                    "number": item.number,
                    "title": item.title,
                    "kind": item.kind,
                    "proposal": item.proposal,
                    "attachments": list(item.attachments),
                }
                for position, item in enumerate(items)
            ],
        )

    async def items(self, meeting_id: int) -> tuple[AgendaItem, ...]:
        """Return the agenda in order."""
        query = select(*_ITEM_COLUMNS).where(agenda_items.c.meeting_id == meeting_id).order_by(agenda_items.c.position)
        return tuple(_item(row) for row in await self.connection.execute(query))

    async def item(self, item_id: int) -> AgendaItem | None:
        """Return one agenda item, or ``None``."""
        row = (await self.connection.execute(select(*_ITEM_COLUMNS).where(agenda_items.c.id == item_id))).first()
        return _item(row) if row else None

    async def add_item(self, meeting_id: int, title: str, kind: ItemKind) -> int:
        """Store a new item that has no place yet, and return its id; ``arrange`` gives it one."""
        statement = insert(agenda_items).values(
            meeting_id=meeting_id, position=0, number="", title=title, kind=kind, proposal="", attachments=[]
        )
        return int((await self.connection.execute(statement.returning(agenda_items.c.id))).scalar_one())

    async def arrange(self, items: Sequence[tuple[int, str]]) -> None:
        """Give the items of an agenda, as (id, number) in order, their places and numbers."""
        for item_id, _ in items:  # no number may be there twice, not even in between
            await self._set_item(item_id, number=f"#{item_id}")
        for position, (item_id, number) in enumerate(items):
            await self._set_item(item_id, position=position, number=number)

    async def remove_items(self, item_ids: Collection[int]) -> None:
        """Take items of an agenda in draft away, with what hangs on them; their papers stay."""
        await self.connection.execute(update(papers).where(papers.c.item_id.in_(item_ids)).values(item_id=None))
        for table in (nominations, item_options, agenda_changes):
            await self.connection.execute(delete(table).where(table.c.item_id.in_(item_ids)))
        await self.connection.execute(delete(agenda_items).where(agenda_items.c.id.in_(item_ids)))

    async def set_kind(self, item_id: int, kind: ItemKind) -> None:
        """Correct what the assembly does with an item."""
        await self._set_item(item_id, kind=kind)

    async def set_title(self, item_id: int, title: str, attachments: Sequence[str]) -> None:
        """Store what an item is called, with the papers that it names."""
        await self._set_item(item_id, title=title, attachments=list(attachments))

    async def set_proposal(self, item_id: int, proposal: str) -> None:
        """Store the text that is put to the vote under an item."""
        await self._set_item(item_id, proposal=proposal)

    async def set_vote(self, item_id: int, majority: ItemMajority, form: VoteForm) -> None:
        """Store how an item is put to the vote."""
        await self._set_item(item_id, majority=majority, form=form)

    async def set_withdrawn(self, item_id: int, *, withdrawn: bool) -> None:
        """Hold an item over from now on, or put it on the agenda again."""
        await self._set_item(item_id, withdrawn_at=self.now if withdrawn else None)

    async def set_picks(self, item_id: int, picks: int) -> None:
        """Store how many persons are to be chosen."""
        await self._set_item(item_id, picks=picks)

    async def take_up(self, meeting_id: int, item_id: int) -> None:
        """Let the assembly deal with this item from now on, and with no other; what was done with is open again."""
        await self.connection.execute(
            update(agenda_items)
            .where(agenda_items.c.meeting_id == meeting_id)
            .values(at_hand=agenda_items.c.id == item_id)
        )
        await self._set_item(item_id, handled_at=None)

    async def set_handled(self, item_id: int) -> None:
        """Mark an item as done with from now on."""
        await self._set_item(item_id, handled_at=self.now)

    async def set_amount(self, item_id: int, per_inhabitant: Fraction | None) -> None:
        """Store what an item costs a member for each inhabitant, with at most eight decimals; ``None``: nothing."""
        amount = per_inhabitant
        written = None if amount is None else str(Decimal(amount.numerator) / amount.denominator)
        await self.connection.execute(
            update(agenda_items).where(agenda_items.c.id == item_id).values(per_inhabitant=written)
        )

    async def voted(self, item_id: int) -> bool:
        """Whether a vote on the item was opened that decides, which freezes its kind and proposal."""
        decides = motions.c.straw.is_(False), motions.c.procedural.is_(False), motions.c.state != MotionState.VOIDED
        query = select(motions.c.id).where(motions.c.item_id == item_id, *decides)
        return (await self.connection.execute(query)).first() is not None

    async def _set_item(self, item_id: int, **values: object) -> None:
        await self.connection.execute(update(agenda_items).where(agenda_items.c.id == item_id).values(**values))

    async def _set(self, meeting_id: int, **values: object) -> None:
        await self.connection.execute(update(meetings).where(meetings.c.id == meeting_id).values(**values))


def _meeting(row: Any) -> Meeting:  # noqa: ANN401 - a row of ``meetings``
    return Meeting(*row)


def _item(row: Any) -> AgendaItem:  # noqa: ANN401 - a row of ``agenda_items``
    item = AgendaItem(*row)
    per_inhabitant = None if row.per_inhabitant is None else Fraction(row.per_inhabitant)
    return replace(item, attachments=tuple(item.attachments), per_inhabitant=per_inhabitant)
