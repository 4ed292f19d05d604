"""The numbers of agenda items when one is moved, put in or taken out: the others keep the way in which they count.

An agenda is a sequence of (id, number) in order; "6", "6.1", "4a" and "2b.1" stand below what they begin with.
"""

import re
from collections.abc import Sequence

Numbered = tuple[int, str]
Parts = tuple[str, ...]

_PART = re.compile(r"\d+|[a-z]+")


def moved(items: Sequence[Numbered], item_id: int, *, up: bool) -> list[Numbered] | None:
    """Return the agenda with an item and its points in the place of its neighbour; ``None`` where it has none."""
    beside = _siblings(items, _of(items, item_id))
    place = next(place for place, (other, _) in enumerate(beside) if other == item_id)
    if not 0 <= place + (-1 if up else 1) < len(beside):
        return None
    first, second = beside[place - 1 if up else place], beside[place if up else place + 1]
    before, after = _block(items, first), _block(items, second)
    start = items.index(before[0])
    swapped = [*_renamed(after, second[1], first[1]), *_renamed(before, first[1], second[1])]
    return [*items[:start], *swapped, *items[start + len(swapped) :]]


def put_in(items: Sequence[Numbered], after_id: int, new_id: int) -> list[Numbered]:
    """Return the agenda with a new item behind another one and its points; what follows counts on."""
    after = _of(items, after_id)
    wanted = _next(after[1])
    result = list(items)
    pushed, number = [], wanted
    numbered = {item[1]: item for item in items}
    while number in numbered:
        pushed.append(numbered[number])
        number = _next(number)
    for item in pushed:
        block = _block(items, item)
        start = items.index(item)
        result[start : start + len(block)] = _renamed(block, item[1], _next(item[1]))
    behind = items.index(after) + len(_block(items, after))
    return [*result[:behind], (new_id, wanted), *result[behind:]]


def put_between(items: Sequence[Numbered], after_id: int, new_id: int) -> list[Numbered]:
    """Return the agenda with a new item that changes no number that people know: "6a" behind "6"."""
    after = _of(items, after_id)
    used = {number for _, number in items}
    stem = after[1].rstrip("abcdefghijklmnopqrstuvwxyz")
    letters = (chr(code) for code in range(ord("a"), ord("z") + 1))
    number = next(
        (f"{stem}{letter}" for letter in letters if f"{stem}{letter}" not in used), f"{after[1]}.{len(items)}"
    )
    behind = items.index(after) + len(_block(items, after))
    return [*items[:behind], (new_id, number), *items[behind:]]


def taken_out(items: Sequence[Numbered], item_id: int) -> tuple[list[Numbered], list[int]]:
    """Return the agenda without an item and its points, with what follows counting on, and the ids that are gone."""
    item = _of(items, item_id)
    gone = _block(items, item)
    start = items.index(item)
    rest = list(items[start + len(gone) :])
    numbered = {other[1]: other for other in rest}
    number = item[1]
    while _next(number) in numbered:
        sibling = numbered[_next(number)]
        block = _block(rest, sibling)
        place = rest.index(sibling)
        rest[place : place + len(block)] = _renamed(block, sibling[1], number)
        number = _next(number)
    return [*items[:start], *rest], [gone_id for gone_id, _ in gone]


def heading_of(number: str) -> str:
    """Return the number of what an item stands under; "" where it stands by itself."""
    return _joined(_parts(number)[:-1])


def _of(items: Sequence[Numbered], item_id: int) -> Numbered:
    return next(item for item in items if item[0] == item_id)


def _siblings(items: Sequence[Numbered], item: Numbered) -> list[Numbered]:
    parts = _parts(item[1])
    return [other for other in items if len(_parts(other[1])) == len(parts) and _parts(other[1])[:-1] == parts[:-1]]


def _block(items: Sequence[Numbered], item: Numbered) -> list[Numbered]:
    """Return an item with the points below it."""
    parts = _parts(item[1])
    block = [item]
    for other in items[items.index(item) + 1 :]:
        if _parts(other[1])[: len(parts)] != parts:
            break
        block.append(other)
    return block


def _renamed(block: Sequence[Numbered], old: str, new: str) -> list[Numbered]:
    length = len(_parts(old))
    return [(item_id, _joined(_parts(new) + _parts(number)[length:])) for item_id, number in block]


def _parts(number: str) -> Parts:
    return tuple(_PART.findall(number))


def _joined(parts: Parts) -> str:
    return "".join(f".{part}" if place and part.isdigit() else part for place, part in enumerate(parts))


def _next(number: str) -> str:
    *above, last = _parts(number)
    following = (
        str(int(last) + 1) if last.isdigit() else last[:-1] + chr(ord(last[-1]) + 1) if last[-1] < "z" else last + "a"
    )
    return _joined((*above, following))
