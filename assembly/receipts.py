"""Receipts (ontvangstcodes): by which a voter finds its ballot back in the record of a roll-call vote."""

from base64 import b32encode
from datetime import UTC, datetime
from hashlib import sha256
from hmac import new

from assembly.options import Selection, joined

GROUP = 4
LENGTH = 12
"""Characters of a code, five bits each, and of the groups in which it is written."""


def receipt_code(key: str, motion_id: int, member_id: int, chosen: Selection, cast_at: datetime) -> str:
    """Return the code of a ballot, as "K7QF-2M9A-X3DB": an HMAC over the vote, the seat, the choice and its moment.

    ``key`` is drawn when the vote opens, is kept with it and is never shown. What a code proves: it was given by this
    installation for exactly this ballot, so that a record with another choice or moment for the seat has another code,
    and nobody can make one up for a ballot that was not cast. What it does not prove: whoever holds the key and the
    database can write both anew; against that stands the sealed journal. A secret ballot has none: it would show the
    vote to whoever is shown the code.
    """
    said = f"{motion_id}|{member_id}|{joined(chosen)}|{cast_at.astimezone(UTC).isoformat()}"
    code = b32encode(new(key.encode(), said.encode(), sha256).digest()).decode()[:LENGTH]
    return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))
