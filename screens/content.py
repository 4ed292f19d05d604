"""What a screen yields: text with buttons, perhaps a document; or a menu of commands, or the end of a message."""

from dataclasses import dataclass
from typing import ClassVar

from assembly.formatting import Entity


@dataclass(frozen=True)
class Button:
    """An inline button: ``data`` for a press (at most 64 bytes), ``url`` for a link.

    ``style`` is one of Telegram's: primary, success, danger; ``None`` is plain.
    """

    label: str
    data: str | None = None
    url: str | None = None
    style: str | None = None


@dataclass(frozen=True)
class StoredDocument:
    """A document that Telegram has already: it is sent by its file id and never uploaded again."""

    telegram_file_id: str


@dataclass(frozen=True)
class StoredPicture:
    """A photo that Telegram has already, shown in the chat; its file id serves for nothing else."""

    telegram_file_id: str


@dataclass(frozen=True)
class MadeDocument:
    """A document that is made while rendering and uploaded.

    ``upload_key`` stands for exactly these contents, so that they need not be made and uploaded again; it may be empty.
    """

    name: str
    mime_type: str
    content: bytes
    upload_key: str = ""


@dataclass(frozen=True)
class MadePicture:
    """A picture (PNG) that is made while rendering, uploaded, and shown in the chat.

    ``upload_key`` stands for exactly this picture, so that it is uploaded once for everybody; empty where one reader
    gets it.
    """

    name: str
    content: bytes
    upload_key: str = ""
    mime_type: ClassVar[str] = "image/png"


TEXT_LIMIT = 4096
"""UTF-16 units of a message."""

CAPTION_LIMIT = 1024
"""UTF-16 units of what is written under a document or a picture."""


@dataclass(frozen=True)
class Content:
    """One message. ``text`` is HTML, at most 4,096 UTF-16 units, or ``CAPTION_LIMIT`` where it is a document's caption.

    ``entities``: the text is no HTML but plain, with this formatting. ``protect``: Telegram's apps neither forward nor
    save it.
    """

    text: str
    keyboard: tuple[tuple[Button, ...], ...] = ()
    document: StoredDocument | StoredPicture | MadeDocument | MadePicture | None = None
    protect: bool = False
    entities: tuple[Entity, ...] | None = None


@dataclass(frozen=True)
class Album:
    """Two to ten messages that the chat shows as one: documents, or pictures. It has no buttons.

    ``caption`` stands under the first of them: plain text, mostly none.
    """

    files: tuple[StoredDocument | StoredPicture, ...]
    caption: str = ""


@dataclass(frozen=True)
class Erasure:
    """No message, but the end of one: the message that is taken out of the chat, if that is still possible.

    Without ``message_id`` it is the one that would be edited, and it matters: where Telegram does not allow it any
    more, that counts as a failure.
    """

    message_id: int | None


@dataclass(frozen=True)
class CommandMenu:
    """The commands that Telegram offers in one chat: (command, description) pairs."""

    commands: tuple[tuple[str, str], ...]
