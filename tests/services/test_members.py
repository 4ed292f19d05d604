"""The members one by one: the list, a member's card, and single facts."""

import pytest

from assembly.errors import Gone, NotAllowed, NumberNotUnderstood, TextMissing
from assembly.facts.members import MemberFact
from assembly.members import Member
from services import member_facts, members
from storage.engine import Storage
from tests.support.assembly import says
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, Register, filled


@pytest.fixture
async def known(storage: Storage) -> Register:
    """Give a register with three members."""
    return await filled(storage, "Assen", "Deventer", "Emmen")


async def last(storage: Storage, screen: str) -> dict[str, object]:
    """Return the facts of the screen of this name that was queued last for the secretariat."""
    return [facts for name, facts in await queued(storage, OFFICE) if name == screen][-1]


async def member(storage: Storage, member_id: int) -> Member:
    """Return a member."""
    found: Member | None = await storage.read(lambda unit: unit.members.get(member_id))
    assert found is not None
    return found


async def test_the_list_and_a_card(storage: Storage, known: Register) -> None:
    """The list counts members and people; a card shows facts, people, and who of them is registered."""
    await storage.write(members.open_list, OFFICE)
    listed = await last(storage, "MemberList")
    assert ([name for _, name in listed["members"]], listed["member_count"], listed["people"]) == (  # type: ignore[attr-defined]
        ["Assen", "Deventer", "Emmen"],
        3,
        9,
    )
    await storage.write(members.show_member, OFFICE, known.members["Emmen"], None)
    card = await last(storage, "MemberCard")
    assert card["state"] == "active"
    assert [(shown["name"], shown["registration"]) for shown in card["people"]] == [  # type: ignore[attr-defined]
        ("coördinator Emmen", "registered"),
        ("portefeuillehouder Emmen", "registered"),
    ]


async def test_a_fact_is_typed_shown_and_confirmed(storage: Storage, known: Register) -> None:
    """Nothing changes until the change that was shown is confirmed, and it is written down."""
    assen = known.members["Assen"]
    for fact, typed, value in (
        (MemberFact.NAME, " Assen-Noord ", "Assen-Noord"),
        (MemberFact.INHABITANTS, "68.000", 68_000),
        (MemberFact.VOTES, "3", 3),
    ):
        await storage.write(member_facts.ask_fact, OFFICE, assen, fact, None)
        await says(storage, OFFICE, typed)
        assert (await last(storage, "FactQuestion"))["new"] == value
        assert getattr(await member(storage, assen), fact.value) != value
        await storage.write(member_facts.change_fact, OFFICE, assen, fact, None)
        assert getattr(await member(storage, assen), fact.value) == value
    assert (await screens(storage, OFFICE))[-1] == "MemberCard"


@pytest.mark.parametrize(
    ("fact", "typed", "refusal"),
    [
        (MemberFact.NAME, "\u200b", TextMissing),
        (MemberFact.VOTES, "0", NumberNotUnderstood),
        (MemberFact.VOTES, "1,5", NumberNotUnderstood),
        (MemberFact.INHABITANTS, "-1", NumberNotUnderstood),
        (MemberFact.INHABITANTS, "veel", NumberNotUnderstood),
    ],
)
async def test_what_cannot_be_a_fact(
    storage: Storage, known: Register, fact: MemberFact, typed: str, refusal: type[Exception]
) -> None:
    """What makes no sense is refused, and there is nothing to confirm."""
    await storage.write(member_facts.ask_fact, OFFICE, known.members["Assen"], fact, None)
    with pytest.raises(refusal):
        await says(storage, OFFICE, typed)
    with pytest.raises(Gone):
        await storage.write(member_facts.change_fact, OFFICE, known.members["Assen"], fact, None)


async def test_a_confirmation_is_for_what_was_shown(storage: Storage, known: Register) -> None:
    """A button of an earlier question does not confirm what was typed for another member or fact."""
    await storage.write(member_facts.ask_fact, OFFICE, known.members["Assen"], MemberFact.VOTES, None)
    await says(storage, OFFICE, "3")
    for name, fact in (("Emmen", MemberFact.VOTES), ("Assen", MemberFact.INHABITANTS)):
        with pytest.raises(Gone):
            await storage.write(member_facts.change_fact, OFFICE, known.members[name], fact, None)
    with pytest.raises(NotAllowed):
        await storage.write(member_facts.change_fact, CHAIR, known.members["Assen"], MemberFact.VOTES, None)


async def test_search_by_member_and_by_person(storage: Storage, known: Register) -> None:
    """A part of the name of a member, or of one of its people, finds the member."""
    assert known.members
    await storage.write(members.open_list, OFFICE)
    for typed, found in (("SSE", ["Assen"]), ("coördinator e", ["Emmen"]), ("nergens", [])):
        await says(storage, OFFICE, typed)
        listed = await last(storage, "MemberList")
        assert ([name for _, name in listed["members"]], listed["search"]) == (found, typed)  # type: ignore[attr-defined]
