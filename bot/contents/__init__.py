"""Reading files that people send, in a process of its own: a file can be made to take all time and all memory."""

from bot.contents.agendas import read_agenda_text
from bot.contents.tables import read_register_file, read_rows

__all__ = ["read_agenda_text", "read_register_file", "read_rows"]
