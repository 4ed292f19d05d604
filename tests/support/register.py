"""A small register with registered people, for tests of services."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from assembly.members import Member, Person, Role, RoleHeld
from storage.engine import Storage
from storage.unit import Unit

OFFICE, CHAIR, OBSERVER, STRANGER = 9001, 9002, 9003, 6666
"""Telegram ids of the secretariat, the chair, an observer, and of somebody who is not registered."""


@dataclass(frozen=True)
class Register:
    """Members by name, and people by name with their own id and their Telegram id."""

    members: dict[str, int]
    people: dict[str, int]
    accounts: dict[str, int]

    def representative(self, member: str) -> int:
        """Return the Telegram id of the member's representative."""
        return self.accounts[f"portefeuillehouder {member}"]

    def coordinator(self, member: str) -> int:
        """Return the Telegram id of the member's coordinator."""
        return self.accounts[f"coördinator {member}"]


async def add_person(unit: Unit, name: str, telegram_id: int | None, *held: RoleHeld) -> int:
    """Store a person with roles, registered where ``telegram_id`` is given, and return its id."""
    person_id = await unit.people.save(Person(0, name, name.split(maxsplit=1)[0]))
    for role in held:
        await unit.people.grant_role(person_id, role)
    if telegram_id is not None:
        await unit.people.bind(person_id, telegram_id)
    return person_id


async def fill(unit: Unit, names: Sequence[str]) -> Register:
    """Store members with a registered representative and coordinator each, a secretariat, a chair and an observer."""
    members: dict[str, int] = {}
    people: dict[str, int] = {}
    accounts = {"Regiebureau": OFFICE, "Voorzitter": CHAIR, "Toehoorder": OBSERVER}
    office = (Role.SECRETARIAT, Role.CHAIR, Role.OBSERVER)
    for (name, telegram_id), role in zip(accounts.items(), office, strict=True):
        people[name] = await add_person(unit, name, telegram_id, RoleHeld(role))
    numbers = count(1001)
    for member in names:
        members[member] = await unit.members.save(Member(0, member.lower(), member))
        for label, role in (("portefeuillehouder", Role.REPRESENTATIVE), ("coördinator", Role.COORDINATOR)):
            name = f"{label} {member}"
            accounts[name] = next(numbers)
            people[name] = await add_person(unit, name, accounts[name], RoleHeld(role, members[member]))
    return Register(members, people, accounts)


async def filled(storage: Storage, *names: str) -> Register:
    """Fill the register and commit."""
    return await storage.write(fill, names)
