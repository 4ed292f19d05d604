"""Registration links, of which only the hash of the token is kept, and the wrong tries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from storage.repository import Repository
from storage.tables import link_failures, registration_links


@dataclass(frozen=True)
class Link:
    """A one-time link for one person."""

    id: int
    person_id: int
    expires_at: datetime
    claimed_by: int | None
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Failures:
    """How often an account showed a wrong link, and until when it is locked out."""

    failures: int
    last_at: datetime
    locked_until: datetime | None


_COLUMNS = (
    registration_links.c.id,
    registration_links.c.person_id,
    registration_links.c.expires_at,
    registration_links.c.claimed_by,
    registration_links.c.used_at,
    registration_links.c.revoked_at,
)

_UNUSED = registration_links.c.used_at.is_(None), registration_links.c.revoked_at.is_(None)


class Links(Repository):
    """Registration links by token hash."""

    async def add(self, person_id: int, token_hash: str, expires_at: datetime) -> None:
        """Store a new link and revoke the person's earlier unused ones."""
        await self.revoke(person_id)
        await self.connection.execute(
            insert(registration_links).values(person_id=person_id, token_hash=token_hash, expires_at=expires_at)
        )

    async def by_hash(self, token_hash: str) -> Link | None:
        """Return the link with this token hash, or ``None``."""
        query = select(*_COLUMNS).where(registration_links.c.token_hash == token_hash)
        row = (await self.connection.execute(query)).first()
        return Link(*row) if row else None

    async def get(self, link_id: int) -> Link | None:
        """Return one link, locked for the rest of the transaction, or ``None``."""
        query = select(*_COLUMNS).where(registration_links.c.id == link_id).with_for_update()
        row = (await self.connection.execute(query)).first()
        return Link(*row) if row else None

    async def revoke(self, person_id: int) -> bool:
        """Revoke the person's unused links; say whether there was any."""
        revoked = await self.connection.execute(
            update(registration_links)
            .where(registration_links.c.person_id == person_id, *_UNUSED)
            .values(revoked_at=self.now)
        )
        return revoked.rowcount > 0

    async def unused(self) -> dict[int, datetime]:
        """Return until when the unused links work or worked, by the id of their person."""
        query = select(registration_links.c.person_id, registration_links.c.expires_at).where(*_UNUSED)
        return {row.person_id: row.expires_at for row in await self.connection.execute(query)}

    async def claim(self, link_id: int, telegram_id: int | None) -> None:
        """Note which account showed the token last; ``None`` lets go of it."""
        await self.connection.execute(
            update(registration_links).where(registration_links.c.id == link_id).values(claimed_by=telegram_id)
        )

    async def use(self, link_id: int) -> None:
        """Mark the link as used."""
        await self.connection.execute(
            update(registration_links).where(registration_links.c.id == link_id).values(used_at=self.now)
        )

    async def failures(self, telegram_id: int) -> Failures | None:
        """Return the account's wrong tries, or ``None``."""
        query = select(link_failures.c.failures, link_failures.c.last_at, link_failures.c.locked_until).where(
            link_failures.c.telegram_id == telegram_id
        )
        row = (await self.connection.execute(query)).first()
        return Failures(*row) if row else None

    async def note_failure(self, telegram_id: int, failures: int, locked_until: datetime | None) -> None:
        """Store the account's number of wrong tries, and the lock that follows from it."""
        values = {"failures": failures, "last_at": self.now, "locked_until": locked_until}
        statement = self.insert(link_failures).values(telegram_id=telegram_id, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["telegram_id"], set_=values))

    async def forget_failures(self, telegram_id: int) -> None:
        """Start counting anew after a right link."""
        await self.connection.execute(delete(link_failures).where(link_failures.c.telegram_id == telegram_id))
