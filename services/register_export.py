"""The register as a file to work on: empty, and as it stands."""

from assembly.facts.register import ExportRow, RegisterExport, RegisterExportRef, RegisterTemplate
from assembly.permissions import Act, may
from services.access import require
from services.telling import tell
from storage.unit import Unit


async def send_template(unit: Unit, telegram_id: int) -> None:
    """Send an empty register file."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    await tell(unit, acting, RegisterTemplate())


async def export_register(unit: Unit, telegram_id: int) -> None:
    """Send the register as a file."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    await unit.journal.note("register_exported", actor_id=acting.person.id, facts={})
    if acting.person.telegram_id is not None:
        key = f"export:{unit.now.timestamp()}"
        await unit.outbox.show(
            acting.person.telegram_id, RegisterExportRef(acting.person.id), key=key, person_id=acting.person.id
        )


async def load_export(unit: Unit, ref: RegisterExportRef) -> RegisterExport | None:
    """Load the whole register: by member, then the roles of the association."""
    acting = await unit.people.get(ref.person_id)
    if acting is None or not may(acting, Act.IMPORT_MEMBERS):
        return None
    rows: list[ExportRow] = []
    people = await unit.people.all()
    for member in (*await unit.members.all(), None):
        member_id = member.id if member else None
        held = [(a.person, h.role) for a in people for h in a.roles if h.member_id == member_id]
        rows += [ExportRow(member, person, role, person.telegram_id is not None) for person, role in held]
        if member is not None and not held:
            rows.append(ExportRow(member))
    return RegisterExport(unit.association.local(unit.now).date(), tuple(rows))
