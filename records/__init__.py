"""What is handed out as a file: facts in, bytes out. A screen says the words beside it."""

from records import proxy_letter
from records.registry import RECORDS, Record, make

__all__ = ["RECORDS", "Record", "make", "proxy_letter"]
