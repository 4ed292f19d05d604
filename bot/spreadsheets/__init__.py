"""Reading tables that people send, in a process of its own: a file can be made to take all time and all memory."""

from bot.spreadsheets.reading import read_register_file, read_rows

__all__ = ["read_register_file", "read_rows"]
