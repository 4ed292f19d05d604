"""Facts about the register file."""

from dataclasses import dataclass
from datetime import datetime

from assembly.access import LinkForm
from assembly.register_file import RowError


@dataclass(frozen=True)
class RegisterExpected:
    """The person may now send a register file; a template comes along."""


@dataclass(frozen=True)
class FileReceived:
    """A document arrived and is being read."""

    name: str


@dataclass(frozen=True)
class RegisterPreview:
    """What a register file would change. With ``errors`` nothing can be taken over. ``people``: changed or new."""

    file_id: int
    new_members: tuple[str, ...]
    changed_members: tuple[str, ...]
    new_people: int
    changed_people: int
    unchanged: int
    errors: tuple[RowError, ...]


@dataclass(frozen=True)
class RegisterApplied:
    """The register file was taken over."""

    members: int
    people: int
    unregistered: int


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
