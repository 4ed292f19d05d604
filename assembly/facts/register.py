"""Facts about the register file."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assembly.access import LinkForm
from assembly.facts.registration import RoleShown
from assembly.members import Member, Person, Role
from assembly.register_changes import FieldChange
from assembly.register_file import RowError


@dataclass(frozen=True)
class ElectionsExpected:
    """The person may now send a file of who fills which role for which member."""


@dataclass(frozen=True)
class FileReceived:
    """A document arrived and is being read."""

    name: str


class ImportPart(StrEnum):
    """What of a register file is shown and applied at once.

    Of an update what is new and changed, and apart from that the roles that end; of elections everything.
    """

    CHANGES = "changes"
    ENDINGS = "endings"
    ELECTIONS = "elections"


class ChangeKind(StrEnum):
    """What a register file does to a member, a person or a proxy."""

    MEMBER_NEW = "member_new"
    MEMBER_CHANGED = "member_changed"
    PERSON_NEW = "person_new"
    PERSON_CHANGED = "person_changed"
    ROLES_GAINED = "roles_gained"
    ROLES_ENDED = "roles_ended"
    PROXY_LAPSES = "proxy_lapses"
    PROXY_STAYS = "proxy_stays"
    MEMBER_ABSENT = "member_absent"


@dataclass(frozen=True)
class ChangeShown:
    """One line of a preview.

    ``name`` is the member's or the person's; of a proxy the holder's. ``member`` is the one that the line stands under,
    where lines stand under members; of a proxy the one that grants it.
    """

    kind: ChangeKind
    name: str
    member: str = ""
    roles: tuple[RoleShown, ...] = ()
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class RegisterPreviewRef:
    """What a register file would change, as it is when it is sent."""

    file_id: int
    person_id: int
    part: ImportPart
    page: int


@dataclass(frozen=True)
class RegisterPreview:
    """One page of what a register file would change.

    ``mark`` stands for the whole of it: what is applied must be what was shown. ``counts`` are of all pages, and only
    of what there is. ``endings``: people whose roles could be ended after an update, shown apart.
    """

    file_id: int
    file_name: str
    part: ImportPart
    mark: int
    counts: tuple[tuple[ChangeKind, int], ...]
    unchanged: int
    lines: tuple[ChangeShown, ...]
    page: int
    pages: int
    endings: int


@dataclass(frozen=True)
class RegisterErrors:
    """The rows of a register file that cannot be used; nothing of it can be taken over."""

    file_name: str
    errors: tuple[RowError, ...]


@dataclass(frozen=True)
class RegisterErrorsFile:
    """The same, where there are too many for a message."""

    file_name: str
    errors: tuple[RowError, ...]


@dataclass(frozen=True)
class RegisterApplied:
    """A part of the register file was taken over. ``ended``: people whose roles ended; ``endings``: who are left."""

    file_id: int
    part: ImportPart
    members: int
    people: int
    unregistered: int
    ended: int
    endings: int


@dataclass(frozen=True)
class RegisterTemplate:
    """An empty register file."""


@dataclass(frozen=True)
class RegisterExportRef:
    """The register as a file, as it is when it is sent."""

    person_id: int


@dataclass(frozen=True)
class ExportRow:
    """A row of the exported register: a member, perhaps with a person in a role. ``registered`` is of the person."""

    member: Member | None
    person: Person | None = None
    role: Role | None = None
    registered: bool = False


@dataclass(frozen=True)
class RegisterExport:
    """The register as a file."""

    day: date
    rows: tuple[ExportRow, ...]


@dataclass(frozen=True)
class RegistrationLinksRef:
    """Registration links, made while they are sent, since only hashes are kept.

    For ``person_id``, or else for everybody who is not registered; without ``renew`` for those without a valid link.
    """

    requested_by: int
    form: LinkForm
    person_id: int | None = None
    renew: bool = True


@dataclass(frozen=True)
class RegistrationLink:
    """One person's link. ``token`` is the secret itself; ``member`` names one or more."""

    name: str
    function: str
    member: str
    email: str
    token: str


@dataclass(frozen=True)
class RegistrationLinks:
    """The links that were made just now, as a file for mail merge."""

    links: tuple[RegistrationLink, ...]
    days: int


@dataclass(frozen=True)
class RegistrationLetters:
    """The links that were made just now, as letters that bear the date of ``at``."""

    links: tuple[RegistrationLink, ...]
    at: datetime
    until: datetime


@dataclass(frozen=True)
class NobodyUnregistered:
    """Everybody in the register is registered already."""
