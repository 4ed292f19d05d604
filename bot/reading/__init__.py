"""Reading files that people send, in a process of its own: a file can be made to take all time and all memory."""

from bot.reading.agendas import read_agenda_text
from bot.reading.tables import read_register_file, read_rows

__all__ = ["read_agenda_text", "read_register_file", "read_rows"]
