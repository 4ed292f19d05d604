"""The journal: what happened, and the chain of hashes that shows when it was changed afterwards."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage.facts import canonical
from storage.prepared import Prepared
from storage.repository import Repository
from storage.tables import journal, journal_private, journal_seals

BEGINNING = "0" * 64
"""What the first seal of a chain has for its previous hash."""

_NOTE = Prepared(
    lambda insert_into: insert_into(journal).returning(journal.c.id),
    [column.name for column in journal.c if not column.primary_key],
)


def entry_hash(
    previous: str,
    *,
    entry_id: int,
    at: datetime,
    kind: str,
    actor_id: int | None,
    meeting_id: int | None,
    facts: str,
    private_digest: str | None,
) -> str:
    """Return the seal of one entry: SHA-256 in hexadecimal over ``previous`` followed by the entry as canonical JSON.

    ``at`` counts as ISO 8601 in UTC, ``facts`` as the JSON text that is stored.
    """
    entry = {
        "id": entry_id,
        "at": at.isoformat(),
        "kind": kind,
        "actor_id": actor_id,
        "meeting_id": meeting_id,
        "facts": facts,
        "private_digest": private_digest,
    }
    return hashlib.sha256((previous + canonical(entry)).encode()).hexdigest()


def private_digest(salt: str, facts: str) -> str:
    """Return SHA-256 in hexadecimal over ``salt`` followed by ``facts``; without salt a short name could be guessed."""
    return hashlib.sha256((salt + facts).encode()).hexdigest()


class Journal(Repository):
    """Entries, their erasable parts and their seals."""

    async def note(
        self,
        kind: str,
        *,
        actor_id: int | None,
        facts: Mapping[str, Any],
        private: Mapping[str, Any] | None = None,
        meeting_id: int | None = None,
    ) -> int:
        """Write down that something happened; return the entry's id.

        ``facts`` stay for good, so they name people by id only and never hold a secret choice; what may have to be
        erased later goes into ``private``: names, and the reasons that people type.
        """
        text = canonical(private) if private is not None else None
        salt = secrets.token_hex(32) if text is not None else ""
        (row,) = await _NOTE.run(
            self.connection,
            at=self.now,
            kind=kind,
            actor_id=actor_id,
            meeting_id=meeting_id,
            facts=canonical(facts),
            private_digest=private_digest(salt, text) if text is not None else None,
        )
        entry_id = int(row.id)
        if text is not None:
            await self.connection.execute(insert(journal_private).values(entry_id=entry_id, salt=salt, facts=text))
        return entry_id

    async def head(self) -> str | None:
        """Return the hash of the last seal, or ``None`` while nothing is sealed.

        Kept outside of the database (in the minutes, say) it betrays later that the chain was cut off or made anew.
        """
        query = select(journal_seals.c.hash).order_by(journal_seals.c.id.desc()).limit(1)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def seal(self, limit: int = 500) -> int:
        """Chain at most ``limit`` entries that are not sealed yet; return how many were.

        An entry may be committed after a later numbered one, so the order of the chain is that of the seals. Two
        sealers at once cannot fork the chain: the second meets the unique ``previous`` and fails as a whole.
        """
        query = (
            select(journal)
            .outerjoin(journal_seals, journal_seals.c.entry_id == journal.c.id)
            .where(journal_seals.c.id.is_(None))
            .order_by(journal.c.id)
            .limit(limit)
        )
        previous = await self.head() or BEGINNING
        seals = []
        for row in await self.connection.execute(query):
            sealed = _hash_of(previous, row)
            seals.append({"entry_id": row.id, "previous": previous, "hash": sealed})
            previous = sealed
        if seals:
            await self.connection.execute(insert(journal_seals), seals)
        return len(seals)

    async def verify(self, head: str | None = None) -> list[str]:
        """Return what does not fit, in plain English; an empty list means that the journal is sound.

        ``head`` is a hash that ``head()`` gave before: the chain must still pass through it.
        """
        findings = []
        chain = (
            select(journal, journal_seals.c.previous, journal_seals.c.hash, journal_seals.c.entry_id)
            .select_from(journal_seals.outerjoin(journal, journal.c.id == journal_seals.c.entry_id))
            .order_by(journal_seals.c.id)
        )
        previous = BEGINNING
        passed = head is None
        for row in await self.connection.execute(chain):
            if row.previous != previous:
                findings.append(f"entry {row.entry_id}: its seal does not follow the one before it")
            if row.id is None:
                findings.append(f"entry {row.entry_id}: sealed but missing")
            elif _hash_of(row.previous, row) != row.hash:
                findings.append(f"entry {row.entry_id}: changed after it was sealed")
            previous = row.hash
            passed = passed or row.hash == head
        if not passed:
            findings.append("the chain does not pass through the hash that was noted before")
        return findings + await self._private_findings()

    async def _private_findings(self) -> list[str]:
        """Hold each erasable part that is still there against its digest; a part that is gone was purged."""
        query = (
            select(journal.c.id, journal.c.private_digest, journal_private.c.salt, journal_private.c.facts)
            .join(journal_private, journal_private.c.entry_id == journal.c.id)
            .order_by(journal.c.id)
        )
        return [
            f"entry {row.id}: its private part was changed"
            for row in await self.connection.execute(query)
            if private_digest(row.salt, row.facts) != row.private_digest
        ]


def _hash_of(previous: str, row: Any) -> str:  # noqa: ANN401 - a row of ``journal``
    return entry_hash(
        previous,
        entry_id=row.id,
        at=row.at,
        kind=row.kind,
        actor_id=row.actor_id,
        meeting_id=row.meeting_id,
        facts=row.facts,
        private_digest=row.private_digest,
    )
