"""What was changed of an agenda after the convocation: it is told to everybody who has the agenda."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class ItemChange(StrEnum):
    """What was changed of an item."""

    ADDED = "added"
    TITLE = "title"
    KIND = "kind"
    PROPOSAL = "proposal"
    MAJORITY = "majority"
    STANDING = "standing"
    OPTIONS = "options"


WITHDRAWN = "withdrawn"
"""How ``STANDING`` is written while an item is held over; empty while it is not. ``OPTIONS`` are a line each."""


@dataclass(frozen=True)
class Change:
    """One change of an item, in the words or values before and after it."""

    item_id: int
    change: ItemChange
    before: str
    after: str


def summed(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return what several changes come to, in the order in which they began.

    What was changed and changed back is nothing, and of an item that was added only that is told: people see it whole.
    """
    found: dict[tuple[int, ItemChange], Change] = {}
    for change in changes:
        key = (change.item_id, change.change)
        found[key] = replace(found[key], after=change.after) if key in found else change
    added = {item_id for item_id, change in found if change is ItemChange.ADDED}
    return tuple(
        change
        for change in found.values()
        if change.change is ItemChange.ADDED or (change.before != change.after and change.item_id not in added)
    )
