"""Second factors of people, and their recovery codes, of which only hashes are kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from assembly.access import SecondFactor
from storage.repository import Repository
from storage.tables import recovery_codes, second_factors

_COLUMNS = (
    second_factors.c.salt,
    second_factors.c.confirmed_at,
    second_factors.c.last_step,
    second_factors.c.failures,
    second_factors.c.locked_until,
    second_factors.c.verified_at,
    second_factors.c.asked_act,
    second_factors.c.asked_press,
    second_factors.c.asked_at,
)


class SecondFactors(Repository):
    """Second factors by person."""

    async def of_person(self, person_id: int, *, lock: bool = False) -> SecondFactor | None:
        """Return the person's second factor, or ``None``. ``lock``: two codes at once are judged one by one."""
        query = select(*_COLUMNS).where(second_factors.c.person_id == person_id)
        row = (await self.connection.execute(query.with_for_update() if lock else query)).first()
        return SecondFactor(*row) if row else None

    async def begin(self, person_id: int, salt: str) -> None:
        """Start setting up a second factor, in place of one that was never confirmed."""
        values = {"salt": salt, "last_step": 0, "failures": 0, "locked_until": None, "asked_at": self.now}
        statement = self.insert(second_factors).values(person_id=person_id, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))

    async def accept(self, person_id: int, *, step: int | None) -> None:
        """Note that a right code was given now: of time step ``step``, or a recovery code where that is ``None``."""
        await self._set(
            person_id,
            confirmed_at=func.coalesce(second_factors.c.confirmed_at, self.now),
            verified_at=self.now,
            failures=0,
            locked_until=None,
            asked_act=None,
            asked_press=None,
            asked_at=None,
            **({} if step is None else {"last_step": step}),
        )

    async def note_failure(self, person_id: int, failures: int, locked_until: datetime | None) -> None:
        """Note a wrong code, and the lock that follows from it."""
        await self._set(person_id, failures=failures, locked_until=locked_until)

    async def ask(self, person_id: int, act: str, press: str) -> None:
        """Note which act, and which button for it, waits for a code from now on."""
        await self._set(person_id, asked_act=act, asked_press=press, asked_at=self.now)

    async def forget_verification(self, person_id: int) -> None:
        """Ask for a code again at the next guarded act; a button that waits for one waits no longer."""
        await self._set(person_id, verified_at=None, asked_act=None, asked_press=None, asked_at=None)

    async def end(self, person_id: int) -> None:
        """Forget the second factor with its recovery codes."""
        for table in (recovery_codes, second_factors):
            await self.connection.execute(delete(table).where(table.c.person_id == person_id))

    async def replace_codes(self, person_id: int, hashes: Collection[str]) -> None:
        """Store the hashes of new recovery codes in place of the earlier ones."""
        await self.connection.execute(delete(recovery_codes).where(recovery_codes.c.person_id == person_id))
        rows = [{"person_id": person_id, "code_hash": code_hash} for code_hash in hashes]
        await self.connection.execute(insert(recovery_codes), rows)

    async def use_code(self, person_id: int, code_hash: str) -> bool:
        """Use a recovery code up; return whether it was there, unused."""
        used = await self.connection.execute(
            update(recovery_codes)
            .where(
                recovery_codes.c.person_id == person_id,
                recovery_codes.c.code_hash == code_hash,
                recovery_codes.c.used_at.is_(None),
            )
            .values(used_at=self.now)
        )
        return used.rowcount > 0

    async def codes_left(self, person_id: int) -> int:
        """Return how many recovery codes were not used yet."""
        query = (
            select(func.count())
            .select_from(recovery_codes)
            .where(recovery_codes.c.person_id == person_id, recovery_codes.c.used_at.is_(None))
        )
        return (await self.connection.execute(query)).scalar_one()

    async def _set(self, person_id: int, **values: Any) -> None:  # noqa: ANN401 - columns
        await self.connection.execute(
            update(second_factors).where(second_factors.c.person_id == person_id).values(**values)
        )
