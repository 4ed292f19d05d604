"""Which members people of the secretariat are looking at."""

from dataclasses import dataclass

from sqlalchemy import select

from assembly.overviews import MemberFilter
from storage.repository import Repository
from storage.tables import member_views


@dataclass(frozen=True)
class MemberView:
    """What somebody looks at: the members that a filter lets through, and a page of these, from 0."""

    filter: MemberFilter = MemberFilter.ALL
    page: int = 0


class MemberViews(Repository):
    """Views by person and assembly."""

    async def get(self, person_id: int, meeting_id: int) -> MemberView:
        """Return what the person looks at; all members, from the beginning, where it chose nothing."""
        query = select(member_views.c.filter, member_views.c.page).where(
            member_views.c.person_id == person_id, member_views.c.meeting_id == meeting_id
        )
        row = (await self.connection.execute(query)).first()
        return MemberView(*row) if row else MemberView()

    async def set(self, person_id: int, meeting_id: int, view: MemberView) -> None:
        """Remember what the person looks at from now on."""
        values = {"filter": view.filter, "page": view.page}
        statement = self.insert(member_views).values(person_id=person_id, meeting_id=meeting_id, **values)
        await self.connection.execute(
            statement.on_conflict_do_update(index_elements=["person_id", "meeting_id"], set_=values)
        )
