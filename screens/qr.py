"""QR codes: a link or a secret as a picture that a phone's camera reads."""

from io import BytesIO

import segno

QUIET = 4
"""Empty squares around the code, as ISO 18004 asks."""

PIXELS = 8
"""Per square: sharp on a phone's screen."""


def qr_png(text: str) -> bytes:
    """Return ``text`` as a QR code that bears some damage, as PNG."""
    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=PIXELS, border=QUIET)
    return picture.getvalue()
