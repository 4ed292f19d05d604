"""What is handed out as a file: facts in, bytes out. A screen says the words beside it."""

from records import letters, paper_sets, proxy_letter, register
from records.registry import RECORDS, Record, make

__all__ = ["RECORDS", "Record", "letters", "make", "paper_sets", "proxy_letter", "register"]
