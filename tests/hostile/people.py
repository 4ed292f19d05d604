"""What the test itself knows of who is who in the stormed assembly, read straight from the tables."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from assembly.members import Role
from assembly.proxies import ProxyState
from storage.tables import (
    agenda_items,
    electorate,
    item_options,
    meetings,
    motions,
    people,
    proxies,
    registration_links,
    roles,
)
from storage.unit import Unit


@dataclass(frozen=True)
class Somebody:
    """A registered person: its id, and for which members (or for none) it holds what."""

    id: int
    roles: frozenset[tuple[Role, int | None]] = frozenset()

    @property
    def kinds(self) -> set[Role]:
        """The roles, whatever they are for."""
        return {role for role, _ in self.roles}

    def members(self, *held: Role) -> set[int]:
        """Return the members for which the person holds one of the roles ``held``."""
        return {member_id for role, member_id in self.roles if role in held and member_id is not None}


NOBODY = Somebody(0)


@dataclass(frozen=True)
class Proxy:
    """A proxy: who grants, who holds, and where it stands."""

    member_id: int
    holder_id: int
    state: ProxyState


@dataclass(frozen=True)
class Known:
    """People by account, proxies by id, who carries each member's seat, who claims each link, and what there is.

    ``ids`` are by the names of the fields of presses.
    """

    people: dict[int, Somebody]
    proxies: dict[int, Proxy]
    carriers: dict[int, int | None]
    claimants: dict[int, int | None]
    ids: dict[str, tuple[int, ...]]


async def known(unit: Unit, motion_id: int) -> Known:
    """Write down what there is, while the vote ``motion_id`` is open."""
    run = unit.connection.execute
    held = (await run(select(roles.c.person_id, roles.c.role, roles.c.member_id))).all()
    everybody = (await run(select(people.c.telegram_id, people.c.id).where(people.c.telegram_id.is_not(None)))).all()
    granted = (await run(select(proxies.c.id, proxies.c.member_id, proxies.c.holder_id, proxies.c.state))).all()
    seats = select(electorate.c.member_id, electorate.c.carrier_id).where(electorate.c.motion_id == motion_id)
    links = (await run(select(registration_links.c.id, registration_links.c.claimed_by))).all()

    async def first(query: Select[int]) -> tuple[int, ...]:
        return tuple((await run(query)).scalars())

    members = await first(select(electorate.c.member_id).where(electorate.c.motion_id == motion_id))
    return Known(
        {
            row.telegram_id: Somebody(row.id, frozenset((role, of) for who, role, of in held if who == row.id))
            for row in everybody
        },
        {row.id: Proxy(row.member_id, row.holder_id, row.state) for row in granted},
        {row.member_id: row.carrier_id for row in await run(seats)},
        {row.id: row.claimed_by for row in links},
        {
            "meeting_id": await first(select(meetings.c.id)),
            "item_id": await first(select(agenda_items.c.id)),
            "motion_id": await first(select(motions.c.id)),
            "member_id": members,
            "holder_member_id": members,
            "holder_id": tuple(row.id for row in everybody),
            "person_id": tuple(row.id for row in everybody),
            "proxy_id": tuple(row.id for row in granted),
            "option_id": await first(select(item_options.c.id)),
            "link_id": tuple(row.id for row in links),
        },
    )
