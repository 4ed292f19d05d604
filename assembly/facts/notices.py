"""Facts about notices, and about the groups that receive what concerns everybody."""

from dataclasses import dataclass

from assembly.facts.convening import DeliveryFailure
from assembly.facts.meetings import Deliveries
from assembly.notices import Audience


@dataclass(frozen=True)
class NoticeExpected:
    """The next text, or document with a caption, is a notice."""


@dataclass(frozen=True)
class AudienceAsked:
    """To whom does the notice go? ``people`` counts who can be told, by audience; ``groups`` the linked chats."""

    people: tuple[tuple[Audience, int], ...]
    groups: int


@dataclass(frozen=True)
class NoticeMessage:
    """A notice as it is sent. ``html``: the text with its formatting; ``telegram_file_id``: a document, or empty."""

    html: str
    telegram_file_id: str


@dataclass(frozen=True)
class NoticePreview:
    """To how many people and groups the notice goes."""

    notice_id: int
    audience: Audience
    people: int
    groups: int


@dataclass(frozen=True)
class NoticeProgressRef:
    """How a notice fares."""

    notice_id: int


@dataclass(frozen=True)
class NoticeProgress:
    """How a notice fares: per person, and how many of the ``groups`` have it.

    ``doubtful`` are names of people and groups who may have it twice.
    """

    audience: Audience
    deliveries: Deliveries
    failures: tuple[DeliveryFailure, ...]
    groups: int
    groups_delivered: int
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupWelcome:
    """A group or channel is linked from now on."""


@dataclass(frozen=True)
class GroupLinked:
    """Tells who linked a group that it is."""

    title: str


@dataclass(frozen=True)
class GroupRefused:
    """Somebody who may not do so added the bot to a group; it receives nothing."""

    title: str


@dataclass(frozen=True)
class GroupUnlinked:
    """The bot was taken out of a linked group."""

    title: str
