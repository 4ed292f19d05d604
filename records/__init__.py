"""What is handed out as a file: facts in, bytes out. A screen says the words beside it."""

from records import calendar, convocation_letters, letters, notices, paper_sets, proof, proxy_letter, register
from records.registry import RECORDS, Record, make

__all__ = [
    "RECORDS",
    "Record",
    "calendar",
    "convocation_letters",
    "letters",
    "make",
    "notices",
    "paper_sets",
    "proof",
    "proxy_letter",
    "register",
]
