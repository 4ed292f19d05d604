"""Stored files and their identifiers.

Telegram gives every bot identifiers of its own (``file_id``) for a file, next to one that is the same for all
(``file_unique_id``). A photo is several files: one per size. Here all sizes hold the uploaded bytes, because nothing
is recompressed.
"""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from simulator.errors import bad_request

Json = dict[str, Any]

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
_PHOTO_EDGES = (90, 320, 800, 1280)
_MAX_PHOTO_SIDES = 10_000
_MAX_PHOTO_RATIO = 20


@dataclass(frozen=True)
class Upload:
    """A file part of a multipart request."""

    name: str
    data: bytes


@dataclass(frozen=True, eq=False)
class StoredFile:
    """One file as Telegram keeps it; ``sizes`` lists all sizes of a photo, smallest first, and is empty otherwise."""

    unique_id: str
    name: str
    mime_type: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0
    sizes: list["StoredFile"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """``Photo`` or ``Document``, as Telegram's error texts name them."""
        return "Photo" if self.sizes else "Document"


class FileStore:
    """All files of all bots, in memory."""

    def __init__(self) -> None:
        self._by_unique_id: dict[str, StoredFile] = {}
        self._by_file_id: dict[str, tuple[int, StoredFile]] = {}

    def add_document(self, upload: Upload) -> StoredFile:
        """Keep an uploaded document; an empty one and one above 50 MB are refused."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        name = PurePath(upload.name.replace("\\", "/")).name or "file"
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._keep("documents", name, mime_type, upload.data, [])

    def add_photo(self, upload: Upload) -> StoredFile:
        """Keep an uploaded photo (PNG, JPEG or GIF, at most 10 MB) and return its largest size."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > MAX_PHOTO:
            size = len(upload.data)
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
            )
        measured = image_size(upload.data)
        if measured is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = measured
        if width + height > _MAX_PHOTO_SIDES or max(width, height) > _MAX_PHOTO_RATIO * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        sizes: list[StoredFile] = []
        longest = max(width, height)
        edges = [edge for edge in _PHOTO_EDGES if edge < longest] + [min(longest, _PHOTO_EDGES[-1])]
        for edge in sorted(set(edges)):
            scaled = max(1, width * edge // longest), max(1, height * edge // longest)
            sizes.append(self._keep("photos", "photo.jpg", "image/jpeg", upload.data, sizes, *scaled))
        return sizes[-1]

    def _keep(
        self,
        folder: str,
        name: str,
        mime_type: str,
        data: bytes,
        sizes: list[StoredFile],
        width: int = 0,
        height: int = 0,
    ) -> StoredFile:
        number = len(self._by_unique_id)
        unique_id = "AgAD" + hashlib.sha256(f"file {number}".encode()).hexdigest()[:12]
        path = f"{folder}/file_{number}{PurePath(name).suffix}"
        stored = StoredFile(unique_id, name, mime_type, data, path, width, height, sizes)
        self._by_unique_id[unique_id] = stored
        return stored

    def file_id(self, bot_id: int, file: StoredFile) -> str:
        """Return the identifier under which this bot, and no other, may use the file."""
        digest = hashlib.sha256(f"{bot_id} {file.unique_id}".encode()).hexdigest()
        file_id = ("AgACAgQAAxk" if file.sizes else "BQACAgQAAxk") + digest[:45]
        self._by_file_id[file_id] = bot_id, file
        return file_id

    def of_bot(self, bot_id: int, file_id: str) -> StoredFile | None:
        """Return the file that this bot knows by this identifier."""
        owner, file = self._by_file_id.get(file_id, (0, None))
        return file if owner == bot_id else None

    def at_path(self, path: str) -> StoredFile | None:
        """Return the file whose getFile answer named this path."""
        return next((file for file in self._by_unique_id.values() if file.path == path), None)

    def find(self, identifier: str) -> StoredFile | None:
        """Return a file by any bot's identifier or by its unique one (control API)."""
        if identifier in self._by_file_id:
            return self._by_file_id[identifier][1]
        return self._by_unique_id.get(identifier)

    def document_api(self, bot_id: int, file: StoredFile) -> Json:
        """Render a Document object for this bot."""
        return {
            "file_name": file.name,
            "mime_type": file.mime_type,
            **self._identity(bot_id, file),
        }

    def photo_api(self, bot_id: int, photo: StoredFile) -> list[Json]:
        """Render the PhotoSize objects of a photo for this bot, smallest first."""
        return [{**self._identity(bot_id, size), "width": size.width, "height": size.height} for size in photo.sizes]

    def file_api(self, bot_id: int, file: StoredFile) -> Json:
        """Render a File object for this bot, as getFile answers."""
        return {**self._identity(bot_id, file), "file_path": file.path}

    def _identity(self, bot_id: int, file: StoredFile) -> Json:
        return {
            "file_id": self.file_id(bot_id, file),
            "file_unique_id": file.unique_id,
            "file_size": len(file.data),
        }


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return (width, height) in pixels of a PNG, GIF or JPEG, None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:  # noqa: PLR2004 - end of the size in a PNG header
        width, height = struct.unpack(">II", data[16:24])
    elif data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:  # noqa: PLR2004 - end of the size in a GIF header
        width, height = struct.unpack("<HH", data[6:10])
    elif data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    else:
        return None
    return (width, height) if width and height else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments of a JPEG to its frame header, which holds the size."""
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:  # noqa: PLR2004 - every segment starts with 0xFF
        marker, length = data[position + 1], struct.unpack(">H", data[position + 2 : position + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004 - start-of-frame markers
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return (width, height) if width and height else None
        position += 2 + length
    return None
