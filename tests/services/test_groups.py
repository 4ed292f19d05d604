"""Groups and channels: linked by the secretariat alone, let go of, and followed."""

import pytest

from services import groups
from storage.engine import Storage
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, STRANGER, filled

GROUP, MOVED = -4001, -1004001


@pytest.fixture(autouse=True)
async def register(storage: Storage) -> None:
    """Put the secretariat and a member in the register."""
    await filled(storage, "Assen")


async def linked(storage: Storage) -> list[int]:
    """Return the ids of the linked chats."""
    return [chat.chat_id for chat in await storage.read(lambda unit: unit.chats.linked())]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_secretariat_links_a_group(storage: Storage, kind: str) -> None:
    """The group is welcomed once, also when Telegram tells again that the bot is there."""
    for _ in range(2):
        await storage.write(groups.join_group, OFFICE, GROUP, kind, "ALV")
    assert await linked(storage) == [GROUP]
    assert await screens(storage, GROUP) == ["GroupWelcome"]
    assert await queued(storage, OFFICE) == [("GroupLinked", {"title": "ALV"})]


@pytest.mark.parametrize("who", [STRANGER, CHAIR, 1001])
async def test_others_link_nothing(storage: Storage, who: int) -> None:
    """A group of somebody else receives nothing, and the secretariat is told."""
    await storage.write(groups.join_group, who, GROUP, "group", "Stiekem")
    assert await linked(storage) == []
    assert await screens(storage, GROUP) == []
    assert await queued(storage, OFFICE) == [("GroupRefused", {"title": "Stiekem"})]


async def test_removed_group_receives_nothing_any_more(storage: Storage) -> None:
    """Whoever takes the bot out, the secretariat is told once; a group that was never linked is let be."""
    await storage.write(groups.join_group, OFFICE, GROUP, "group", "ALV")
    for _ in range(2):
        await storage.write(groups.leave_group, STRANGER, GROUP)
    assert await linked(storage) == []
    assert (await screens(storage, OFFICE)).count("GroupUnlinked") == 1


async def test_group_can_come_back(storage: Storage) -> None:
    """A group that was taken out is linked again by adding the bot again."""
    await storage.write(groups.join_group, OFFICE, GROUP, "group", "ALV")
    await storage.write(groups.leave_group, OFFICE, GROUP)
    await storage.write(groups.join_group, OFFICE, GROUP, "group", "ALV nieuw")
    found = await storage.read(lambda unit: unit.chats.linked())
    assert [(chat.chat_id, chat.title) for chat in found] == [(GROUP, "ALV nieuw")]


async def test_group_that_becomes_a_supergroup_is_followed(storage: Storage) -> None:
    """What waits for the old group goes to the new one; a group that is not linked is not followed."""
    await storage.write(groups.join_group, OFFICE, GROUP, "group", "ALV")
    await storage.write(groups.follow_group, GROUP, MOVED)
    assert await linked(storage) == [MOVED]
    assert await screens(storage, MOVED) == ["GroupWelcome"]
    await storage.write(groups.follow_group, GROUP, -999)
    assert await linked(storage) == [MOVED]


async def test_title_of_any_length_fits(storage: Storage) -> None:
    """A group's title is cut to what the database holds."""
    await storage.write(groups.join_group, OFFICE, GROUP, "group", "x" * 500)
    assert await linked(storage) == [GROUP]
