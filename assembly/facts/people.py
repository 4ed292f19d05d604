"""Facts about people: who is registered, cards, colleagues, and what is kept about somebody."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assembly.access import Registration
from assembly.facts.registration import RoleShown
from assembly.members import Role


@dataclass(frozen=True)
class PersonShown:
    """Somebody with its roles. ``until``: how long its link works or worked."""

    id: int
    name: str
    function: str
    roles: tuple[RoleShown, ...]
    registration: Registration
    until: datetime | None = None


class CardAction(StrEnum):
    """What the reader of a card can do with its person."""

    BLOCK = "block"
    REPLACE = "replace"
    END = "end"
    NEW_LINK = "new_link"
    LETTER = "letter"
    REVOKE_LINK = "revoke_link"
    RESET_FACTOR = "reset_factor"


@dataclass(frozen=True)
class PersonCard:
    """Somebody as a colleague or the secretariat sees it. ``member_id`` is 0 for the secretariat.

    ``second_factor``: whether it has one; ``None`` where it needs none.
    """

    person: PersonShown
    member_id: int
    email: str
    second_factor: bool | None
    actions: tuple[CardAction, ...]


@dataclass(frozen=True)
class ColleaguesChoice:
    """The reader acts for several ``members`` (id, name) and chooses whose people it wants to see."""

    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Colleagues:
    """The people of a member. ``may_manage``: the reader may invite and end. Pages count from 0."""

    member_id: int
    member: str
    people: tuple[PersonShown, ...]
    may_manage: bool
    page: int
    pages: int


@dataclass(frozen=True)
class InviteRoleAsked:
    """The reader chooses which role the invited will have for the member."""

    member_id: int
    member: str


@dataclass(frozen=True)
class InviteNameAsked:
    """The next text is the name of who is invited, perhaps in the place of ``leaver``."""

    member: str
    roles: tuple[Role, ...]
    leaver: str | None


@dataclass(frozen=True)
class InviteFunctionAsked:
    """The next text is the function of who is invited."""

    name: str


@dataclass(frozen=True)
class InvitePreview:
    """What an invitation will do. ``known``: the person is a colleague already and gains a role.

    ``proxies``: members of which ``leaver`` holds a proxy that lapses.
    """

    draft: int
    member: str
    name: str
    function: str
    roles: tuple[Role, ...]
    known: bool
    leaver: str | None
    proxies: tuple[str, ...]


@dataclass(frozen=True)
class Invited:
    """The invitation was done. ``link_follows``: the invited has no account yet, so that a link comes next."""

    member: str
    name: str
    roles: tuple[Role, ...]
    leaver: str | None
    link_follows: bool


@dataclass(frozen=True)
class EndPreview:
    """What ending somebody's roles will do. ``member_id`` 0: all of them.

    ``last``: the roles that nobody else has for the member then; ``self_``: it is the reader.
    """

    person_id: int
    member_id: int
    name: str
    roles: tuple[RoleShown, ...]
    proxies: tuple[str, ...]
    last: tuple[Role, ...]
    self_: bool


@dataclass(frozen=True)
class Ended:
    """Somebody's roles were ended."""

    name: str
    roles: tuple[RoleShown, ...]


@dataclass(frozen=True)
class RolesChanged:
    """Its reader gained or lost roles; these are what it has now."""

    roles: tuple[RoleShown, ...]


class PeopleEvent(StrEnum):
    """What a coordinator or a colleague of the secretariat did to somebody."""

    INVITED = "invited"
    REPLACED = "replaced"
    ENDED = "ended"
    BLOCKED = "blocked"
    FACTOR_SET = "factor_set"
    FACTOR_ENDED = "factor_ended"


@dataclass(frozen=True)
class PeopleNews:
    """The secretariat hears who did what to whom; ``person_id`` opens the card."""

    event: PeopleEvent
    actor: str
    person_id: int
    name: str
    roles: tuple[RoleShown, ...] = ()
    leaver: str | None = None


@dataclass(frozen=True)
class BlockQuestion:
    """The reader is asked whether this person's phone is to be blocked."""

    person_id: int
    name: str


@dataclass(frozen=True)
class PhoneBlocked:
    """The phone was blocked."""

    name: str


@dataclass(frozen=True)
class RegistrationOverview:
    """How many people stand where on the way in, and how many requests for access wait.

    ``people``: those of the ``shown`` state, a page of them; pages count from 0.
    """

    counts: tuple[tuple[Registration, int], ...]
    requests: int
    shown: Registration
    people: tuple[PersonShown, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class PersonExpected:
    """The next text is a name, or a member's name, to find people by."""


@dataclass(frozen=True)
class PeopleFound:
    """Who was found for ``search``; ``found`` counts all of them."""

    search: str
    people: tuple[PersonShown, ...]
    found: int


@dataclass(frozen=True)
class LinksAsked:
    """For whom shall links be made, and how? ``valid`` of the ``unregistered`` have a link that still works."""

    unregistered: int
    valid: int


@dataclass(frozen=True)
class LinkRevoked:
    """The link of this person works no longer."""

    name: str


@dataclass(frozen=True)
class PersonalLinkRef:
    """A link for one person, for whoever invited it to hand on; made while it is sent."""

    requested_by: int
    person_id: int


@dataclass(frozen=True)
class PersonalLink:
    """A link for one person, with what goes along."""

    name: str
    token: str
    until: datetime


@dataclass(frozen=True)
class MyData:
    """What is kept about its reader: as a person, and how often it did what."""

    name: str
    function: str
    email: str
    roles: tuple[RoleShown, ...]
    registered_at: datetime | None
    second_factor: bool
    replies: int
    proxies: int
    attendances: int
    ballots: int
