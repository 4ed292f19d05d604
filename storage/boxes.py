"""The boxes of secret votes: what goes in can only be counted, and its traces are erased after the closing."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, text, update

from assembly.motions import MotionState
from assembly.slips import Bundle
from storage.repository import Repository
from storage.tables import box_bundles, box_counts, box_voters, boxes, electorate, motions

IN_USE = (MotionState.OPEN, MotionState.SUSPENDED)
"""The states of a motion in which its box still takes votes, or will again."""

_REWRITTEN = "box_bundles, box_voters, box_counts"
"""In the order in which a confirmation of slips comes to them, so that it and the erasing wait for each other."""


class Boxes(Repository):
    """Boxes: who voted, and how often each option was chosen; no row knows both."""

    async def open(self, motion_id: int, options: Iterable[str]) -> None:
        """Make an empty box, with a counter for each of ``options`` so that nothing later tells which came first."""
        await self.connection.execute(insert(boxes).values(motion_id=motion_id))
        await self.connection.execute(
            insert(box_counts),
            [{"motion_id": motion_id, "option": option, "votes": 0} for option in sorted(options)],
        )

    async def lock(self, motion_id: int) -> None:
        """Let whoever casts wait in line, so that two with votes for several options never wait for each other."""
        await self.connection.execute(select(boxes).where(boxes.c.motion_id == motion_id).with_for_update())

    async def cast(self, motion_id: int, member_ids: Collection[int], options: Collection[str]) -> None:
        """Put the votes of seats in, each for all of ``options``; the box is locked, and none of them is in."""
        await self.connection.execute(
            insert(box_voters), [{"motion_id": motion_id, "member_id": member_id} for member_id in sorted(member_ids)]
        )
        await self.connection.execute(
            update(box_counts)
            .where(box_counts.c.motion_id == motion_id, box_counts.c.option.in_(options))
            .values(votes=box_counts.c.votes + len(member_ids))
        )

    async def add_slips(self, motion_id: int, member_ids: Collection[int], counts: Mapping[str, int]) -> None:
        """Put slips in: the seats of those who handed one in, of which no vote is in, and the totals by option."""
        await self.cast(motion_id, member_ids, ())
        for option, votes in sorted(counts.items()):
            await self.connection.execute(
                update(box_counts)
                .where(box_counts.c.motion_id == motion_id, box_counts.c.option == option)
                .values(votes=box_counts.c.votes + votes)
            )

    async def bundle(self, motion_id: int) -> Bundle | None:
        """Return the slips that wait for their confirmation, or ``None``."""
        row = (await self.connection.execute(select(box_bundles).where(box_bundles.c.motion_id == motion_id))).first()
        if row is None:
            return None
        counts = None if row.counts is None else dict(row.counts)
        return Bundle(row.motion_id, row.entered_by, frozenset(row.members), counts, row.version)

    async def write_bundle(self, bundle: Bundle) -> None:
        """Store slips as they stand from now on, as another version."""
        values = {
            "entered_by": bundle.entered_by,
            "members": sorted(bundle.members),
            "counts": None if bundle.counts is None else [list(total) for total in bundle.counts.items()],
            "version": bundle.version + 1,
        }
        statement = self.insert(box_bundles).values(motion_id=bundle.motion_id, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["motion_id"], set_=values))

    async def drop_bundle(self, motion_id: int) -> None:
        """Forget the slips of a vote that wait."""
        await self.connection.execute(delete(box_bundles).where(box_bundles.c.motion_id == motion_id))

    async def voters(self, motion_id: int) -> frozenset[int]:
        """Return the ids of the members whose vote is in."""
        query = select(box_voters.c.member_id).where(box_voters.c.motion_id == motion_id)
        return frozenset((await self.connection.execute(query)).scalars())

    async def votes_cast(self, motion_id: int) -> int:
        """Return how many votes (weights) are in."""
        seat = (box_voters.c.motion_id == electorate.c.motion_id) & (box_voters.c.member_id == electorate.c.member_id)
        query = (
            select(func.coalesce(func.sum(electorate.c.weight), 0))
            .select_from(box_voters.join(electorate, seat))
            .where(box_voters.c.motion_id == motion_id)
        )
        return int((await self.connection.execute(query)).scalar_one())

    async def counts(self, motion_id: int) -> Mapping[str, int]:
        """Return how many seats chose each option. Only the closing may ask."""
        query = select(box_counts.c.option, box_counts.c.votes).where(box_counts.c.motion_id == motion_id)
        return {row.option: row.votes for row in await self.connection.execute(query)}

    async def has_traces(self, motion_id: int) -> bool:
        """Whether the box is there still: it is open, or its traces are not erased yet."""
        query = select(boxes.c.motion_id).where(boxes.c.motion_id == motion_id)
        return (await self.connection.execute(query)).first() is not None

    async def to_erase(self) -> tuple[int, ...]:
        """Return the motions of which the vote is over and the traces are not erased yet."""
        query = (
            select(boxes.c.motion_id)
            .join(motions, motions.c.id == boxes.c.motion_id)
            .where(motions.c.state.not_in(IN_USE))
            .order_by(boxes.c.motion_id)
        )
        return tuple((await self.connection.execute(query)).scalars())

    async def rewrite(self) -> None:
        """Write the boxes anew, in the order of their keys and in this one transaction, without what is counted.

        After this no row's place and no row's transaction is that of a vote. What stood there before is out of reach on
        PostgreSQL, where the tables get new files; on SQLite once ``storage.scrubbing`` is through.
        """
        if self.connection.dialect.name == "postgresql":
            await self.connection.execute(text(f"LOCK TABLE {_REWRITTEN} IN ACCESS EXCLUSIVE MODE"))
        voters = await self._rows(select(box_voters).order_by(box_voters.c.motion_id, box_voters.c.member_id))
        over = await self.to_erase()
        kept = select(box_counts).where(box_counts.c.motion_id.not_in(over))
        counts = await self._rows(kept.order_by(box_counts.c.motion_id, box_counts.c.option))
        waiting = select(box_bundles).where(box_bundles.c.motion_id.not_in(over))
        bundles = await self._rows(waiting.order_by(box_bundles.c.motion_id))
        if self.connection.dialect.name == "postgresql":
            await self.connection.execute(text(f"TRUNCATE {_REWRITTEN}"))
        else:
            for table in (box_bundles, box_voters, box_counts):
                await self.connection.execute(delete(table))
        for table, rows in ((box_voters, voters), (box_counts, counts), (box_bundles, bundles)):
            if rows:
                await self.connection.execute(insert(table), rows)

    async def forget(self, motion_ids: Collection[int]) -> None:
        """Note that the traces of these boxes are erased."""
        await self.connection.execute(delete(boxes).where(boxes.c.motion_id.in_(motion_ids)))

    async def _rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in (await self.connection.execute(query)).mappings()]
