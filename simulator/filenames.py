"""The names of files that bots upload, as Telegram's server cleans them.

Follows ``clean_filename`` of tdlib/td (tdutils/td/utils/filesystem.cpp): letters, digits and most of ASCII stay, all
other signs (a dash wider than the hyphen, a euro) become spaces or go, and long names are cut. Names that people's own
apps send are not touched.
"""

import unicodedata
from pathlib import PurePath

_MAX_STEM = 64
_MAX_EXTENSION = 16
_REFUSED = frozenset("<>:\"/\\|?*&`'")
_LEFT_OUT = frozenset({"Mn", "Mc", "Me", "Cc", "Cf", "Cs", "Co", "Cn"})


def cleaned(name: str) -> str:
    """Return the name under which an uploaded file arrives, empty if nothing of it is left."""
    path = PurePath(name.replace("\\", "/"))
    stem, extension = _cleaned_part(path.stem, _MAX_STEM), _cleaned_part(path.suffix, _MAX_EXTENSION)
    return ".".join(filter(None, (stem, extension)))


def _cleaned_part(part: str, longest: int) -> str:
    kept = ""
    for sign in part:
        if len(kept) == longest:
            break
        category = unicodedata.category(sign)
        if category in _LEFT_OUT and sign >= " ":
            continue
        stays = sign.isascii() and sign >= " " and sign not in _REFUSED
        shown = sign if stays or category[0] in "LN" else " "
        if kept or shown not in " .":
            kept += shown
    return kept.rstrip(" .")
