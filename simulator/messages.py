"""Messages, as one chat keeps them and as a bot sees them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.files import FileStore, StoredFile
from simulator.keyboards import Keyboard
from simulator.text import FormattedText

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.people import User

Json = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """What a message says: a text, or one file with a caption."""

    text: FormattedText = field(default_factory=FormattedText)
    document: StoredFile | None = None
    photo: StoredFile | None = None

    @property
    def is_media(self) -> bool:
        """Whether the text is a caption."""
        return self.document is not None or self.photo is not None


@dataclass(eq=False)
class Message:
    """One message in one chat.

    ``date`` and ``edit_date`` are Unix times on the simulated clock. A service message has ``service``: the fields
    that make it one (``new_chat_members`` and so on), and no content. ``sender`` is None for a post in a channel, where
    only Telegram knows the ``author``. ``has_other_markup``: it was sent with a markup that is no inline keyboard.
    """

    id: int
    chat: "Chat"
    sender: "User | None"
    date: int
    content: Content = Content()
    keyboard: Keyboard = field(default_factory=list)
    reply_to: "Message | None" = None
    media_group_id: str | None = None
    forward_origin: Json | None = None
    service: Json = field(default_factory=dict)
    silent: bool = False
    protected: bool = False
    has_other_markup: bool = False
    edit_date: int | None = None
    author: "User | None" = None

    def __post_init__(self) -> None:
        """Take the visible sender for the author."""
        self.author = self.author or self.sender

    def api(self, files: FileStore, bot_id: int, *, with_reply: bool = True) -> Json:
        """Render the Message object that this bot sees; the replied message is shown one level deep."""
        rendered: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.api()}
        if self.sender is None:
            rendered["sender_chat"] = self.chat.api()
        else:
            rendered["from"] = self.sender.api()
        if self.forward_origin:
            rendered["forward_origin"] = self.forward_origin
        if with_reply and self.reply_to is not None and self.reply_to.id in self.chat.messages:
            rendered["reply_to_message"] = self.reply_to.api(files, bot_id, with_reply=False)
        if self.edit_date:
            rendered["edit_date"] = self.edit_date
        if self.media_group_id:
            rendered["media_group_id"] = self.media_group_id
        if self.protected:
            rendered["has_protected_content"] = True
        if self.keyboard:
            rendered["reply_markup"] = {"inline_keyboard": self.keyboard}
        return {**rendered, **self._content_api(files, bot_id), **self._service_api(files, bot_id)}

    def _content_api(self, files: FileStore, bot_id: int) -> Json:
        content = self.content
        rendered: Json = {}
        if content.document is not None:
            rendered["document"] = files.document_api(bot_id, content.document)
        if content.photo is not None:
            rendered["photo"] = files.photo_api(bot_id, content.photo)
        name, entities = ("caption", "caption_entities") if content.is_media else ("text", "entities")
        if content.text.text:
            rendered[name] = content.text.text
        if content.text.entities:
            rendered[entities] = list(content.text.entities)
        return rendered

    def _service_api(self, files: FileStore, bot_id: int) -> Json:
        """Render a pinned message, which is kept as itself; all else is kept as it is shown."""
        return {
            name: value.api(files, bot_id, with_reply=False) if isinstance(value, Message) else value
            for name, value in self.service.items()
        }
