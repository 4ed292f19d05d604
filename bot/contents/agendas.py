"""An agenda file as text."""

from assembly.errors import FileRefused
from assembly.files import DOWNLOAD_LIMIT
from bot.contents.child import ask_child

SECONDS = 15.0
"""What a file may take; an honest one takes about one, most of which Python needs to start."""


async def read_agenda_text(content: bytes, *, seconds: float = SECONDS) -> str:
    """Return the text of a DOCX, a PDF, Markdown or plain text. Raises ``FileRefused``, within ``seconds``."""
    if len(content) > DOWNLOAD_LIMIT:
        raise FileRefused("size", str(DOWNLOAD_LIMIT // 1_000_000))
    return str((await ask_child("text", content, seconds=seconds)).read)
