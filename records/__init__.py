"""What is handed out as a file: facts in, bytes out. A screen says the words beside it."""

from records import calendar, letters, proxy_letter, register
from records.registry import RECORDS, Record, make

__all__ = ["RECORDS", "Record", "calendar", "letters", "make", "proxy_letter", "register"]
