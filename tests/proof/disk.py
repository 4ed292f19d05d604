"""A disk whose power fails: what may be on it afterwards, given all that was done to its files before.

What was synced is there. Of everything else any part may be there, in any order: of a write any of its sectors, of a
file that was made or deleted either state, until the folder that names it is synced. SQLite counts on no more than
this (https://sqlite.org/atomiccommit.html#_hardware_assumptions).
"""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

from tests.proof.vfs import Created, Deleted, Operation, Synced, Truncated, Written

SECTOR = 512
Change = Written | Truncated


@dataclass
class _Contents:
    """The contents of one file: what is durable, and the changes since, oldest first."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.durable, change)
        self.pending.clear()

    def survivor(self, random: Random) -> bytes:
        """Return what may be left: nothing of what is pending, all of it, or some of it in some order."""
        left = bytearray(self.durable)
        match random.choice(("none", "all", "some")):
            case "all":
                changes = self.pending
            case "some":
                changes = [part for change in self.pending for part in _sectors(change) if random.random() < _KEPT]
                if random.random() < _REORDERED:
                    random.shuffle(changes)
            case _:
                changes = []
        for change in changes:
            _apply(left, change)
        return bytes(left)


_KEPT = _REORDERED = 0.5


class Disk:
    """One folder's files, as they would survive a power cut at this moment. ``files`` are there and durable."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._contents = {name: _Contents(bytearray(data)) for name, data in files.items()}
        self._entries: dict[str, list[_Contents | None]] = {name: [held] for name, held in self._contents.items()}
        self._sync_entries: set[str] = set()

    def do(self, operation: Operation) -> None:
        """Carry out what a program did to a file."""
        name = operation.path.name
        match operation:
            case Created():
                self._contents[name] = _Contents()
                self._entries.setdefault(name, [None]).append(self._contents[name])
                if operation.entry_synced:
                    self._sync_entries.add(name)
            case Deleted():
                del self._contents[name]
                self._entries[name].append(None)
                if operation.entry_synced:
                    self._sync_folder()
            case Synced():
                self._contents[name].sync()
                if name in self._sync_entries:
                    self._sync_entries.discard(name)
                    self._sync_folder()
            case _:
                self._contents[name].pending.append(operation)

    def cut(self, folder: Path, random: Random) -> None:
        """Write into the empty ``folder`` what may be left of the files."""
        for name, states in self._entries.items():
            contents = random.choice(states)
            if contents is not None:
                (folder / name).write_bytes(contents.survivor(random))

    def _sync_folder(self) -> None:
        """Make certain which files are in the folder: it is synced as a whole."""
        self._entries = {name: states[-1:] for name, states in self._entries.items()}


def _apply(data: bytearray, change: Change) -> None:
    """Change ``data``; what lies between the old end and a new one is zero."""
    end = change.size if isinstance(change, Truncated) else change.offset + len(change.data)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    if isinstance(change, Truncated):
        del data[end:]
    else:
        data[change.offset : end] = change.data


def _sectors(change: Change) -> list[Change]:
    """Return the parts of a change of which each may reach the disk without the others."""
    if isinstance(change, Truncated):
        return [change]
    end = change.offset + len(change.data)
    edges = [change.offset, *range((change.offset // SECTOR + 1) * SECTOR, end, SECTOR), end]
    return [
        Written(change.path, start, change.data[start - change.offset : stop - change.offset])
        for start, stop in pairwise(edges)
    ]
