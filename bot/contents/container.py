"""What an Office file's container says of itself before anything in it is unpacked, and what no honest one holds."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Literal

from assembly.errors import FileRefused

MAXIMUM_PARTS = 300
UNPACKED_LIMIT = 40_000_000
"""Bytes of all parts together; the largest register of the largest size takes a tenth."""

RATIO_LIMIT = 100
"""How much smaller than its contents a part of more than ``RATIO_FROM`` bytes may be; text of cells comes to 30."""

RATIO_FROM = 1_000_000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = ("vbaproject", "vbadata", "macrosheets/", "dialogsheets/")
_ELSEWHERE = ("externallinks/", "embeddings/", "activex/", "ctrlprops/", "connections.xml", "querytables/")


@dataclass(frozen=True)
class Package:
    """One kind of Office file.

    ``main``: the part that makes it what it is; ``others``: parts by which near relatives are known, such as
    OpenDocument and Excel's binary kind, which are refused as ``unknown``. ``strict``: it may not lean on other files,
    nor merge cells. A document may, because nothing but its own words is read.
    """

    main: str
    others: tuple[str, ...]
    unknown: Literal["old_format", "agenda"]
    strict: bool


WORKBOOK = Package("xl/workbook.xml", ("content.xml", "xl/workbook.bin"), "old_format", strict=True)
DOCUMENT = Package("word/document.xml", ("content.xml",), "agenda", strict=False)

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_FLAG_ENCRYPTED = 1

_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^<>]{0,200}\bref\s*=\s*["']([A-Z0-9:]{1,30})["']""")


def is_container(content: bytes) -> bool:
    """Whether these bytes are a container of any kind, or a document that holds no table; CSV is neither."""
    return content.startswith((b"PK", _OLE, b"%PDF"))


def check_container(content: bytes, package: Package) -> None:
    """Refuse with ``FileRefused`` what is no such file, is protected or too large, or holds what it does not need."""
    if content.startswith(_OLE):
        raise FileRefused("password" if _ENCRYPTED in content else package.unknown)
    if not content.startswith(b"PK"):
        raise FileRefused("type")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            _check_kind({part.filename.lower() for part in parts}, package)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_text(archive.read(part), package)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused("broken") from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Go by the sizes in the directory: a part is never unpacked beyond the size that it states."""
    if any(part.flag_bits & _FLAG_ENCRYPTED for part in parts):
        raise FileRefused("password")
    if any(part.compress_type not in _METHODS for part in parts):
        raise FileRefused("broken")
    if len(parts) > MAXIMUM_PARTS or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise FileRefused("unpacked")
    if any(part.file_size > max(RATIO_FROM, RATIO_LIMIT * part.compress_size) for part in parts):
        raise FileRefused("unpacked")


def _check_kind(names: set[str], package: Package) -> None:
    if not names.isdisjoint(package.others):
        raise FileRefused(package.unknown)
    if package.main not in names:
        raise FileRefused("type" if package.strict else package.unknown)
    if any(word in name for name in names for word in _PROGRAMS):
        raise FileRefused("macros")
    if package.strict and any(word in name for name in names for word in _ELSEWHERE):
        raise FileRefused("external")


def _check_text(xml: bytes, package: Package) -> None:
    """Refuse a part that declares entities, or is in an encoding in which that could not be seen."""
    if xml.startswith(b"\xef\xbb\xbf"):
        xml = xml[3:]
    declared = _DECLARED.match(xml)
    if b"\0" in xml or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise FileRefused("broken")
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise FileRefused("broken")
    if b"macroEnabled" in xml:
        raise FileRefused("macros")
    if not package.strict:
        return
    for relationship in _RELATIONSHIP.findall(xml):
        if b"External" in relationship and b"/hyperlink" not in relationship:  # an e-mail address is a link as well
            raise FileRefused("external")
    merged = _MERGED.search(xml)
    if merged:
        raise FileRefused("merged", merged[1].decode())
