"""Notices: who receives one, and in how many messages it goes."""

import pytest

from assembly.formatting import Formatted
from assembly.members import Acting, Person, Role, RoleHeld
from assembly.notices import (
    BAR,
    CAPTION_ROOM,
    TEXT_ROOM,
    Audience,
    Circle,
    Lack,
    Lacking,
    NoticeFile,
    filled,
    fits_beside,
    in_messages,
)


def person(id_: int, *held: RoleHeld) -> Acting:
    """Return somebody with roles."""
    return Acting(Person(id_, f"P{id_}", "f", telegram_id=id_), held)


PEOPLE = (
    person(1, RoleHeld(Role.REPRESENTATIVE, 10)),
    person(2, RoleHeld(Role.COORDINATOR, 10), RoleHeld(Role.REPRESENTATIVE, 20)),
    person(3, RoleHeld(Role.CHAIR)),
    person(4),
)


def ids(audience: Audience, commission: tuple[int, ...] = (), lacking: Lacking | None = None) -> list[int]:
    """Return who receives it."""
    return [acting.person.id for acting in audience.recipients(PEOPLE, commission, lacking)]


def test_circles_add_up() -> None:
    """Whoever is in one of them receives it; nobody without a role does, also not from a commission."""
    assert ids(Audience()) == []
    assert ids(Audience(circles=frozenset({Circle.EVERYBODY}))) == [1, 2, 3]
    assert ids(Audience(circles=frozenset({Circle.COORDINATORS}))) == [2]
    assert ids(Audience(circles=frozenset({Circle.COORDINATORS}), commissions=frozenset({5})), (3, 4)) == [2, 3]


def test_restrictions_are_of_the_role_that_counts() -> None:
    """A coordinator of one member is none of another; a restriction alone means everybody there."""
    of_20 = frozenset({20})
    assert ids(Audience(circles=frozenset({Circle.COORDINATORS}), members=of_20)) == []
    assert ids(Audience(circles=frozenset({Circle.REPRESENTATIVES}), members=of_20)) == [2]
    assert ids(Audience(members=of_20)) == [2]
    assert ids(Audience(commissions=frozenset({5}), members=of_20), (1, 2)) == [2]
    assert ids(Audience(lack=Lack.REPLY), lacking=Lacking({10})) == [1, 2]
    assert ids(Audience(lack=Lack.REPLY), lacking=Lacking(())) == []
    assert ids(Audience(lack=Lack.VOTE), lacking=Lacking({10}, {3})) == [3]


def test_everybody_excludes_the_others() -> None:
    """Who chooses everybody need not undo the others, and the reverse."""
    everybody = Audience().with_circle(Circle.COORDINATORS).with_circle(Circle.EVERYBODY)
    assert everybody.circles == {Circle.EVERYBODY}
    assert everybody.with_circle(Circle.BOARD).circles == {Circle.BOARD}
    assert everybody.with_circle(Circle.EVERYBODY).circles == set()
    assert Audience().with_lack(Lack.VOTE).with_lack(Lack.REPLY).lack is Lack.REPLY
    assert Audience().with_lack(Lack.VOTE).with_lack(Lack.VOTE).lack is None


def files(*pictures: bool) -> list[NoticeFile]:
    """Return files, which are pictures or not."""
    return [NoticeFile(f"id{place}", picture, f"naam{place}") for place, picture in enumerate(pictures)]


def sizes(texts: list[str], *pictures: bool) -> list[tuple[int, int]]:
    """Return of each message the units of its text and the number of its files."""
    written, along = [Formatted(text) for text in texts], files(*pictures)
    parts = in_messages(written, along, beside=fits_beside(written, along))
    assert [part.first for part in parts] == [place == 0 for place in range(len(parts))]
    assert sum(part.last for part in parts) == 1
    assert len({part.code for part in parts}) == len(parts)
    return [(part.text.length, len(part.files)) for part in parts]


@pytest.mark.parametrize(
    ("texts", "pictures", "expected"),
    [
        (["a"], (), [(1, 0)]),
        (["a", "bb"], (), [(1, 0), (2, 0)]),
        (["a"], (True,), [(1, 1)]),
        (["a" * CAPTION_ROOM], (False,), [(CAPTION_ROOM, 1)]),
        (["a" * (CAPTION_ROOM + 1)], (False,), [(CAPTION_ROOM + 1, 0), (0, 1)]),
        (["a", "b"], (False,), [(1, 0), (1, 0), (0, 1)]),
        (["a"], (False,) * 11, [(1, 0), (0, 10), (0, 1)]),
        (["a"], (True, True, False, True), [(1, 0), (0, 2), (0, 1), (0, 1)]),
        (["a" * (TEXT_ROOM + 1)], (), [(TEXT_ROOM, 0), (1, 0)]),
    ],
)
def test_messages(texts: list[str], pictures: tuple[bool, ...], expected: list[tuple[int, int]]) -> None:
    """Words first, then files of one kind together, at most ten; a short text goes along with the only file."""
    assert sizes(texts, *pictures) == expected


def test_bar_is_full_only_when_all_is_done() -> None:
    """9,999 of 10,000 is not all."""
    assert [filled(done, 10_000) for done in (0, 999, 1000, 9_999, 10_000)] == [0, 0, 1, BAR - 1, BAR]
    assert filled(0, 0) == BAR
