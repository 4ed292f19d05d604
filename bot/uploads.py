"""Pictures that many people get: uploaded for the first of them, and sent by Telegram's file id to all others."""

from dataclasses import replace

import structlog
from telegram import Message

from bot.logs import where
from bot.rendering import Rendered
from screens.content import Content, MadeDocument, MadePicture, StoredPicture
from services.uploads import known_upload, remember_upload
from storage.engine import Storage, StorageUnavailable

_log = structlog.stdlib.get_logger(__name__)


class BeingUploaded(Exception):  # noqa: N818 - reads as the state that it tells
    """Another message uploads the same picture at this moment; after that it goes by its file id."""


class Uploads:
    """Knows what Telegram has, and which message uploads what it has not."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._known: dict[str, str] = {}
        self._claimed: dict[str, int] = {}

    async def settle(self, rendered: Rendered, row_id: int) -> Rendered:
        """Return what to send: with the file id where Telegram has the picture, or as it is where this row uploads it.

        Then nobody else does until ``release``. Raises ``BeingUploaded`` and ``StorageUnavailable``.
        """
        content = rendered.content
        if not isinstance(content, Content) or not isinstance(content.document, MadePicture):
            return rendered
        key = content.document.upload_key
        if not key:
            return rendered
        if key not in self._known:
            if key in self._claimed:
                raise BeingUploaded
            self._claimed[key] = row_id  # before the look, or two could find that nobody has it
            known = await self._storage.read(known_upload, key)
            if known is None:
                return rendered
            self._known[key] = known
        return replace(rendered, content=replace(content, document=StoredPicture(self._known[key])))

    def release(self, row_id: int) -> None:
        """Let others upload what this row was to upload."""
        self._claimed = {key: claimant for key, claimant in self._claimed.items() if claimant != row_id}

    async def remember(self, content: Content, message: Message) -> None:
        """Note at once under which id Telegram has a file that others will ask for too.

        Where that fails the file is uploaded again after a restart; this message is sent all the same.
        """
        made = content.document
        if not isinstance(made, MadeDocument | MadePicture) or not made.upload_key:
            return
        if isinstance(made, MadePicture):
            file_id = message.photo[-1].file_id  # the largest of the sizes that Telegram made
            self._known[made.upload_key] = file_id
        elif message.document is not None:
            file_id = message.document.file_id
        else:
            return
        try:
            await self._storage.write(remember_upload, made.upload_key, file_id)
        except StorageUnavailable as error:
            _log.warning("upload not remembered", error=where(error))
