"""Facts about the register file."""

from dataclasses import dataclass

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
    """Registration links for everybody who is not registered; made while sending, since only hashes are kept."""

    requested_by: int


@dataclass(frozen=True)
class RegistrationLink:
    """One person's link. ``token`` is the secret itself."""

    name: str
    function: str
    member: str
    email: str
    token: str


@dataclass(frozen=True)
class RegistrationLinks:
    """The links that were made just now."""

    links: tuple[RegistrationLink, ...]
    days: int


@dataclass(frozen=True)
class NobodyUnregistered:
    """Everybody in the register is registered already."""
