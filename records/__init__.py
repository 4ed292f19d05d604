"""What is handed out as a file: facts in, bytes out. A screen says the words beside it."""

from records import (
    calendar,
    convocation_letters,
    letters,
    notices,
    outcome,
    paper_sets,
    proof,
    proxy_letter,
    register,
    rehearsal,
    roll_calls,
    voting_cards,
)
from records.registry import PICTURES, RECORDS, Picture, Record, draw, make
from records.rehearsal import rehearsed

__all__ = [
    "PICTURES",
    "RECORDS",
    "Picture",
    "Record",
    "calendar",
    "convocation_letters",
    "draw",
    "letters",
    "make",
    "notices",
    "outcome",
    "paper_sets",
    "proof",
    "proxy_letter",
    "register",
    "rehearsal",
    "rehearsed",
    "roll_calls",
    "voting_cards",
]
