"""The register: taking over a file of members and people, and the links for those who are not registered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assembly import errors
from assembly.facts.register import (
    FileReceived,
    NobodyUnregistered,
    RegisterApplied,
    RegisterExpected,
    RegisterPreview,
    RegistrationLink,
    RegistrationLinks,
    RegistrationLinksRef,
)
from assembly.members import Acting, Member, Person, RoleHeld
from assembly.permissions import Act
from assembly.register_file import PersonRow, RegisterFile, read_register
from services.access import require
from services.convening import catch_up
from services.documents import IncomingFile, store
from services.lapses import lapse_ended
from services.menus import offer_commands
from services.registration import make_link
from services.telling import tell
from storage.files import StoredFile
from storage.unit import Unit

PURPOSE = "register"


@dataclass(frozen=True)
class Difference:
    """What a register file would change: members (id 0 is new), and people with the roles that they gain."""

    new_members: tuple[Member, ...]
    changed_members: tuple[Member, ...]
    people: tuple[tuple[Person, tuple[PersonRow, ...]], ...]
    unchanged: int


async def ask_register(unit: Unit, telegram_id: int) -> None:
    """Expect a register file from the person next."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    await unit.conversations.begin(acting.person.id, PURPOSE)
    await tell(unit, acting, RegisterExpected())


async def receive_register(unit: Unit, acting: Acting, file: IncomingFile, _data: Mapping[str, Any]) -> None:
    """Note a register file, of which the bytes are being fetched."""
    await store(unit, acting.person.id, file, PURPOSE)
    await unit.conversations.end(acting.person.id)
    await tell(unit, acting, FileReceived(file.name))


async def preview_register(unit: Unit, file: StoredFile, content: bytes) -> None:
    """Show its sender what the fetched file would change. Refuses a file that is no register."""
    sender = await unit.people.get(file.sent_by)
    if sender is None:
        return
    read = read_register(content)
    difference = await _difference(unit, read)
    preview = RegisterPreview(
        file.id,
        tuple(member.name for member in difference.new_members),
        tuple(member.name for member in difference.changed_members),
        new_people=sum(1 for person, _ in difference.people if not person.id),
        changed_people=sum(1 for person, _ in difference.people if person.id),
        unchanged=difference.unchanged,
        errors=read.errors,
    )
    await tell(unit, sender, preview)


async def apply_register(unit: Unit, telegram_id: int, file_id: int, message_id: int | None) -> None:
    """Take the file over, all of it or nothing. The difference is worked out anew: the register may have moved on."""
    acting = await require(unit, telegram_id, Act.APPLY_MEMBERS)
    file = await unit.files.get(file_id)
    content = await unit.files.content(file_id)
    if file is None or content is None or file.purpose != PURPOSE:
        raise errors.Gone
    read = read_register(content)
    if read.errors:
        raise errors.FileRefused("rows_wrong", str(len(read.errors)))
    difference = await _difference(unit, read)
    for member in (*difference.new_members, *difference.changed_members):
        await unit.members.save(member)
    ids = {member.code: member.id for member in await unit.members.all()}
    for person, rows in difference.people:
        person_id = await unit.people.save(person)
        for row in rows:
            await unit.people.grant_role(
                person_id, RoleHeld(row.role, ids[row.member_code] if row.member_code else None)
            )
        await _welcome(unit, person_id)
    await lapse_ended(unit, acting)
    everybody = await unit.people.all()
    await unit.journal.note(
        "register_applied",
        actor_id=acting.person.id,
        facts={"file": file_id, "sha256": file.sha256, "members": len(ids), "people": len(difference.people)},
    )
    applied = RegisterApplied(len(ids), len(everybody), sum(1 for other in everybody if not other.person.telegram_id))
    await tell(unit, acting, applied, edit=message_id)


async def _welcome(unit: Unit, person_id: int) -> None:
    """Bring somebody who is registered already up to date with the roles that it gained."""
    acting = await unit.people.get(person_id)
    if acting is not None and acting.person.telegram_id is not None:
        await offer_commands(unit, acting)
        await catch_up(unit, acting)


async def export_links(unit: Unit, telegram_id: int) -> None:
    """Ask for links for everybody who is not registered; they are made while they are sent."""
    acting = await require(unit, telegram_id, Act.EXPORT_LINKS)
    if all(other.person.telegram_id for other in await unit.people.all()):
        await tell(unit, acting, NobodyUnregistered())
        return
    await unit.outbox.show(
        telegram_id,
        RegistrationLinksRef(acting.person.id),
        key=f"links:{unit.now.timestamp()}",
        person_id=acting.person.id,
    )


async def load_links(unit: Unit, ref: RegistrationLinksRef) -> RegistrationLinks | None:
    """Make the links. Runs while sending and stores hashes, so a repeated sending makes new links and revokes these."""
    waiting = [other for other in await unit.people.all() if not other.person.telegram_id and other.roles]
    if not waiting:
        return None
    names = {member.id: member.name for member in await unit.members.all()}
    await unit.journal.note("links_made", actor_id=ref.requested_by, facts={"people": [o.person.id for o in waiting]})
    links = []
    for other in waiting:
        members = [names[member_id] for member_id in dict.fromkeys(h.member_id for h in other.roles) if member_id]
        token = await make_link(unit, other.person.id)
        person = other.person
        links.append(RegistrationLink(person.name, person.function, ", ".join(members), person.email or "", token))
    return RegistrationLinks(tuple(links), unit.association.link_days)


async def _difference(unit: Unit, read: RegisterFile) -> Difference:
    """Compare the file with the register. Members match by code; people by e-mail, else by name and function."""
    known = {member.code: member for member in await unit.members.all()}
    new, changed, same = [], [], 0
    for row in read.members:
        old = known.get(row.code)
        inhabitants = row.inhabitants if row.inhabitants is not None or old is None else old.inhabitants
        member = Member(old.id if old else 0, row.code, row.name, inhabitants, row.votes, row.since, row.until)
        if old is None:
            new.append(member)
        elif member != old:
            changed.append(member)
        else:
            same += 1
    codes = {member.id: member.code for member in known.values()}
    everybody = await unit.people.all()
    rows: dict[tuple[str, ...], list[PersonRow]] = {}
    for person_row in read.people:
        rows.setdefault(_key(person_row), []).append(person_row)
    people = []
    for key, of_person in rows.items():
        found = next((other for other in everybody if key in _keys(other.person)), None)
        held = {(h.role, codes.get(h.member_id or 0)) for h in found.roles} if found else set()
        gained = tuple(row for row in of_person if (row.role, row.member_code) not in held)
        first = of_person[0]
        person = replace(
            found.person if found else Person(0, first.name, first.function),
            name=first.name,
            function=first.function,
            email=first.email or (found.person.email if found else None),
        )
        if found and not gained and person == found.person:
            same += 1
        else:
            people.append((person, gained))
    return Difference(tuple(new), tuple(changed), tuple(people), same)


def _key(row: PersonRow) -> tuple[str, ...]:
    return (row.email.lower(),) if row.email else (row.name.casefold(), row.function.casefold())


def _keys(person: Person) -> tuple[tuple[str, ...], ...]:
    by_name = (person.name.casefold(), person.function.casefold())
    return ((person.email.lower(),), by_name) if person.email else (by_name,)
