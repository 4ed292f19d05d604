"""Notices (mededelingen): to whom they go, and in how many messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assembly.errors import TextTooLong
from assembly.formatting import Formatted, pieces
from assembly.members import Acting, Role

TEXT_ROOM = 3900
CAPTION_ROOM = 900
"""UTF-16 units of a text, and of one beside a file: what Telegram takes, less what stands above it."""

ALBUM = 10
"""Telegram shows two to ten pictures, or two to ten other files, as one."""


class NoticeState(StrEnum):
    """The life of a notice. ``PLANNED``: it goes out by itself when it is due."""

    DRAFT = "draft"
    PLANNED = "planned"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Circle(StrEnum):
    """People by what they are in the association."""

    EVERYBODY = "all"
    REPRESENTATIVES = "representative"
    COORDINATORS = "coordinator"
    SIGNATORIES = "signatory"
    SUPERVISORS = "supervisor"
    BOARD = "board_member"
    OBSERVERS = "observer"
    SECRETARIAT = "secretariat"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that belong to it."""
        return frozenset(Role) if self is Circle.EVERYBODY else frozenset({Role(self.value)})


class Lack(StrEnum):
    """What a member has not done."""

    REGISTRATION = "registration"
    REPLY = "reply"
    VOTE = "vote"


@dataclass(frozen=True)
class Audience:
    """To whom a notice goes: whoever is in one of ``circles`` or ``commissions``, and each of ``chats``.

    ``members`` leaves the people of these members only, where it names any; ``lack`` those of members that have not
    done it. Either of them alone means everybody there. ``chats`` are groups and channels, by their Telegram id.
    """

    circles: frozenset[Circle] = frozenset()
    commissions: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    lack: Lack | None = None
    chats: frozenset[int] = frozenset()

    def with_circle(self, circle: Circle) -> "Audience":
        """Add or take away a circle; everybody and the others exclude each other."""
        if circle is Circle.EVERYBODY:
            return replace(self, circles=frozenset() if circle in self.circles else frozenset({circle}))
        return replace(self, circles=(self.circles ^ {circle}) - {Circle.EVERYBODY})

    def with_lack(self, lack: Lack) -> "Audience":
        """Leave only who has not done this, or everybody again."""
        return replace(self, lack=None if lack is self.lack else lack)

    def recipients(
        self, people: Collection[Acting], in_commission: Collection[int], lacking: "Lacking | None"
    ) -> list[Acting]:
        """Return who of ``people`` receives it.

        ``in_commission``: the ids of the people in the commissions; ``lacking``: who has not done what it asks for.
        """
        chosen = self.circles
        if not chosen and not self.commissions and (self.members or self.lack):
            chosen = frozenset({Circle.EVERYBODY})
        roles = frozenset(role for circle in chosen for role in circle.roles)

        def receives(acting: Acting) -> bool:
            held = [
                role
                for role in acting.roles
                if (not self.members or role.member_id in self.members)
                and (lacking is None or role.member_id in lacking.members)
            ]
            if lacking is not None and lacking.carriers is not None:
                held = [*acting.roles] if acting.person.id in lacking.carriers else []
            return any(role.role in roles for role in held) or (bool(held) and acting.person.id in in_commission)

        return [acting for acting in people if receives(acting)]


@dataclass(frozen=True)
class Lacking:
    """The members that have not done something; ``carriers``: whose turn it is, where that is for single people."""

    members: Collection[int]
    carriers: Collection[int] | None = None


@dataclass(frozen=True)
class NoticeFile:
    """A file of a notice, by Telegram's id. ``picture``: it is shown as a picture."""

    telegram_file_id: str
    picture: bool
    name: str


@dataclass(frozen=True)
class NoticePart:
    """One message of a notice: a text, a text with a file, or an album without words.

    ``code`` names it among the others and stays the same when the words are corrected. ``last``: it is the last one
    with words, under which a button can stand.
    """

    code: str
    text: Formatted
    files: tuple[NoticeFile, ...]
    first: bool = False
    last: bool = False


def fits_beside(texts: Sequence[Formatted], files: Sequence[NoticeFile]) -> bool:
    """Whether all words fit beside the only file."""
    return len(files) == 1 and len(texts) == 1 and texts[0].length <= CAPTION_ROOM


def in_messages(texts: Sequence[Formatted], files: Sequence[NoticeFile], *, beside: bool) -> tuple[NoticePart, ...]:
    """Return a notice as the messages that Telegram can hold, in order: the words, and then the files.

    What is too long for one message is cut into several. ``beside``: the words stand beside the only file.
    """
    if beside:
        return (NoticePart("t0", texts[0], tuple(files), first=True, last=True),)
    cut = [piece for text in texts for piece in pieces(text, TEXT_ROOM)]
    words = [
        NoticePart(f"t{place}", piece, (), first=place == 0, last=place == len(cut) - 1)
        for place, piece in enumerate(cut)
    ]
    return (*words, *(NoticePart(f"f{place}", Formatted(), album) for place, album in enumerate(_albums(files))))


def check_correction(new: Formatted, *, beside: bool) -> None:
    """Refuse with ``TextTooLong`` words that do not fit in the message where the earlier ones stand."""
    limit = CAPTION_ROOM if beside else TEXT_ROOM
    if new.length > limit:
        raise TextTooLong(new.length, limit)


def _albums(files: Sequence[NoticeFile]) -> list[tuple[NoticeFile, ...]]:
    """Put files that follow each other and are of one kind together."""
    found: list[tuple[NoticeFile, ...]] = []
    for file in files:
        if found and len(found[-1]) < ALBUM and found[-1][0].picture is file.picture:
            found[-1] += (file,)
        else:
            found.append((file,))
    return found


BAR = 10
"""Blocks of a bar that shows how far something is."""


def filled(done: int, total: int) -> int:
    """Return how many of the ``BAR`` blocks are filled; all of them only when all is done."""
    return BAR if done >= total else done * BAR // total
