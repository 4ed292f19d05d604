"""SQLite's way to the disk, laid open: every operation on a file passes through a hook before it is carried out.

SQLite reaches files through a table of functions, its VFS. ``tapped`` puts a copy of the default one in its place, in
the very library that Python's ``sqlite3`` (and so aiosqlite) works with: files open and work as ever, except that what
changes them is told to the hook first. See https://sqlite.org/vfs.html.
"""

import _sqlite3
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import (
    CDLL,
    CFUNCTYPE,
    POINTER,
    Structure,
    byref,
    c_char_p,
    c_int,
    c_int64,
    c_void_p,
    cast,
    memset,
    pointer,
    string_at,
)
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

OK = 0
_CREATE, _MAIN_JOURNAL, _SUPER_JOURNAL, _WAL = 0x4, 0x800, 0x4000, 0x80000
_NAME = b"tapped"
_GARBAGE = 0xA5


@dataclass(frozen=True)
class Created:
    """A file is about to be made. ``entry_synced``: its first sync also makes its place in the folder durable."""

    path: Path
    entry_synced: bool


@dataclass(frozen=True)
class Written:
    """Bytes are about to be written."""

    path: Path
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncated:
    """A file is about to be cut off, or made longer."""

    path: Path
    size: int


@dataclass(frozen=True)
class Synced:
    """What was written to a file is about to be made durable."""

    path: Path


@dataclass(frozen=True)
class Deleted:
    """A file is about to be deleted. ``entry_synced``: and its absence from the folder made durable."""

    path: Path
    entry_synced: bool


Operation = Created | Written | Truncated | Synced | Deleted
Hook = Callable[[Operation], int]
"""Told of an operation; returns ``OK`` to let it pass, or the result code with which it fails instead."""

_Close = CFUNCTYPE(c_int, c_void_p)
_Read = _Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)


class _Methods(Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_: ClassVar[Any] = [
        ("version", c_int),
        ("close", _Close),
        ("read", _Read),
        ("write", _Write),
        ("truncate", _Truncate),
        ("sync", _Sync),
        ("others", c_void_p * 12),
    ]


class _File(Structure):
    """``sqlite3_file``: what it begins with; the rest is the VFS's own."""

    _fields_: ClassVar[Any] = [("methods", POINTER(_Methods))]


class _Vfs(Structure):
    """``sqlite3_vfs``, version 3."""

    _fields_: ClassVar[Any] = [
        ("version", c_int),
        ("file_size", c_int),
        ("path_size", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _Open),
        ("delete", _Delete),
        ("others", c_void_p * 14),
    ]


def _library() -> CDLL:
    """Return the SQLite that ``sqlite3`` works with, whether it is a library of its own or built in."""
    library = CDLL(getattr(_sqlite3, "__file__", None))  # its symbols are found through the module that is linked to it
    if not hasattr(library, "sqlite3_vfs_find"):
        raise RuntimeError("this Python hides its SQLite; use one that is linked to the system's library")
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
    return library


class _Tap:
    """The copy of the default VFS, and the files that were opened through it."""

    def __init__(self, default: Any, hook: Hook, garbling: Callable[[], bool]) -> None:  # noqa: ANN401 - a pointer
        self._default = default
        self._hook = hook
        self._garbling = garbling
        self.opened: dict[int, tuple[Path, _Methods]] = {}
        self._tables: dict[int, _Methods] = {}
        self.vfs = _Vfs.from_buffer_copy(default.contents)
        self.vfs.name = _NAME
        self.vfs.open, self.vfs.delete = _Open(self._open), _Delete(self._delete)

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out_flags: int | None) -> int:
        path = None if name is None else Path(os.fsdecode(string_at(name)))  # a temporary file has no name
        if path is not None and flags & _CREATE and not path.exists():
            failed = self._hook(Created(path, bool(flags & (_MAIN_JOURNAL | _SUPER_JOURNAL | _WAL))))
            if failed:
                return failed
        result = int(self._default.contents.open(self._default, name, file, flags, out_flags))
        if result == OK and path is not None:
            opened = _File.from_address(file)
            self.opened[file] = path, opened.methods.contents
            opened.methods = pointer(self._tapped(opened.methods))
        return result

    def _tapped(self, methods: Any) -> _Methods:  # noqa: ANN401 - a pointer to a ``_Methods``
        """Return the file's own methods with ours among them; there are as many tables as ways to lock a file."""
        address = cast(methods, c_void_p).value or 0
        if address not in self._tables:
            table = _Methods.from_buffer_copy(methods.contents)
            table.close, table.read, table.write = _Close(self._close), _Read(self._read), _Write(self._write)
            table.truncate, table.sync = _Truncate(self._truncate), _Sync(self._sync)
            self._tables[address] = table
        return self._tables[address]

    def _close(self, file: int) -> int:
        _, real = self.opened.pop(file)
        return int(real.close(file))

    def _read(self, file: int, data: int, size: int, offset: int) -> int:
        _, real = self.opened[file]
        result = int(real.read(file, data, size, offset))
        if self._garbling():
            memset(data, _GARBAGE, size)
        return result

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        path, real = self.opened[file]
        return self._hook(Written(path, offset, string_at(data, size))) or int(real.write(file, data, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        path, real = self.opened[file]
        return self._hook(Truncated(path, size)) or int(real.truncate(file, size))

    def _sync(self, file: int, flags: int) -> int:
        path, real = self.opened[file]
        return self._hook(Synced(path)) or int(real.sync(file, flags))

    def _delete(self, _vfs: int, name: int, sync: int) -> int:
        path = Path(os.fsdecode(string_at(name)))
        failed = self._hook(Deleted(path, bool(sync))) if path.exists() else OK
        return failed or int(self._default.contents.delete(self._default, name, sync))


@contextmanager
def tapped(hook: Hook, garbling: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Tell ``hook`` of everything that SQLite does to files opened in this block; close them in it too.

    While ``garbling`` answers true, whatever is read from a file comes out as garbage.
    """
    library = _library()
    default = library.sqlite3_vfs_find(None)
    tap = _Tap(default, hook, garbling)
    library.sqlite3_vfs_register(byref(tap.vfs), 1)
    try:
        yield
    finally:
        library.sqlite3_vfs_register(default, 1)
        library.sqlite3_vfs_unregister(byref(tap.vfs))
        if tap.opened:
            raise RuntimeError("a file is still open through a table of functions that is gone")
