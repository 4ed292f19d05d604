"""Groups, supergroups and channels: membership, privacy mode, rights, migration."""

from typing import Any

import aiohttp
import pytest

from simulator.testing import RunningSimulator
from tests.simulator.support import Raw

Json = dict[str, Any]


@pytest.fixture
async def group(sim: RunningSimulator, anna: Json) -> int:
    """Create a group of Anna's with the bot in it."""
    chat = await sim.group("Werkgroep", anna)
    await sim.add_member(chat["id"], "bot", by=anna)
    return int(chat["id"])


async def _drain(raw: Raw) -> list[Json]:
    """Return all that waits, and confirm it."""
    updates = await raw.updates()
    if updates:
        await raw.updates(updates[-1]["update_id"] + 1)
    return updates


async def test_being_added(raw: Raw, anna: Json, group: int) -> None:
    """The bot learns that it was added, by whom, and sees the service message."""
    _, change, service = await _drain(raw)
    assert change["my_chat_member"]["from"]["id"] == anna["id"]
    assert change["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["username"] == "testbot"
    assert service["message"]["chat"] == {"id": group, "type": "group", "title": "Werkgroep"}


async def test_privacy_mode(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """A bot in privacy mode sees commands and replies to it, nothing else."""
    await _drain(raw)
    own = (await raw("sendMessage", chat_id=group, text="Dag allemaal"))["result"]
    await sim.write(anna, "gewoon gepraat", chat=group)
    await sim.write(anna, "/stand", chat=group)
    await sim.write(anna, "/stand@testbot", chat=group)
    await sim.write(anna, "/stand@andere_bot", chat=group)
    await sim.write(anna, "dank", chat=group, reply_to=own["message_id"])
    texts = [update["message"]["text"] for update in await _drain(raw)]
    assert texts == ["/stand", "/stand@testbot", "dank"]


async def test_plain_commands_go_to_who_wrote_last(
    sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession, anna: Json, group: int
) -> None:
    """With two bots a command without a name goes to the one that wrote last."""
    await sim.add_bot("55:other", "otherbot")
    await sim.add_member(group, "otherbot", by=anna)
    await _drain(raw)
    await Raw(sim, http, "55:other")("sendMessage", chat_id=group, text="Ik ben er ook")
    await sim.write(anna, "/stand", chat=group)
    assert await _drain(raw) == []
    await raw("sendMessage", chat_id=group, text="Ik ook")
    await sim.write(anna, "/stand", chat=group)
    assert len(await _drain(raw)) == 1


async def test_administrators_see_all(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """A bot that is administrator sees everything, and others' coming and going if it asks for it."""
    await raw.updates(allowed_updates=["message", "my_chat_member", "chat_member"])
    await sim.add_member(group, "bot", by=anna, admin=True)
    await _drain(raw)
    await sim.write(anna, "gewoon gepraat", chat=group)
    bas = await sim.user("Bas")
    await sim.add_member(group, bas, by=anna)
    message, change, service = await _drain(raw)
    assert message["message"]["text"] == "gewoon gepraat"
    assert change["chat_member"]["new_chat_member"]["user"]["id"] == bas["id"]
    assert service["message"]["new_chat_members"][0]["id"] == bas["id"]
    await sim.remove_member(group, bas, by=bas)
    assert (await _drain(raw))[-1]["message"]["left_chat_member"]["id"] == bas["id"]
    administrators = (await raw("getChatAdministrators", chat_id=group))["result"]
    assert {item["status"] for item in administrators} == {"creator", "administrator"}


async def test_being_removed(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """Kicked and having left are told apart."""
    await sim.remove_member(group, "testbot", by=anna)
    answer = await raw("sendMessage", chat_id=group, text="a")
    assert answer["description"] == "Forbidden: bot was kicked from the group chat"
    await sim.add_member(group, "bot", by=anna)
    assert (await raw("leaveChat", chat_id=group))["result"] is True
    answer = await raw("sendMessage", chat_id=group, text="a")
    assert answer["description"] == "Forbidden: bot is not a member of the group chat"


async def test_facts_about_members(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """The bot can look up members, count them, and read the chat."""
    stranger = await sim.user("Bas")
    numbers = (anna["id"], sim.world.bot().id, stranger["id"])
    found = [(await raw("getChatMember", chat_id=group, user_id=number))["result"] for number in numbers]
    assert [member["status"] for member in found] == ["creator", "member", "left"]
    assert (await raw("getChatMemberCount", chat_id=group))["result"] == 2
    assert (await raw("getChat", chat_id=group))["result"]["title"] == "Werkgroep"


async def test_channel(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """In a channel the bot posts as the channel, edits its own posts, and sees those of others."""
    channel = (await sim.group("Uitslagen", anna, kind="channel"))["id"]
    await sim.add_member(channel, "bot", by=anna)
    await _drain(raw)
    post = (await raw("sendMessage", chat_id=channel, text="Aangenomen"))["result"]
    assert (post["message_id"], "from" in post, post["sender_chat"]["title"]) == (2, False, "Uitslagen")
    edited = await raw("editMessageText", chat_id=channel, message_id=2, text="Verworpen")
    assert edited["result"]["text"] == "Verworpen"
    await sim.write(anna, "Goed nieuws", chat=channel)
    (update,) = await _drain(raw)
    assert update["channel_post"]["text"] == "Goed nieuws"
    refused = await raw("editMessageText", chat_id=channel, message_id=3, text="Slecht nieuws")
    assert refused["description"] == "Bad Request: message can't be edited"
    bas = await sim.user("Bas")
    await sim.add_member(channel, bas, by=anna)
    assert await sim.call_status("POST", f"/sim/chats/{channel}/messages", {"from": bas["id"], "text": "x"}) == 403


async def test_supergroup_numbers_its_own_messages(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A supergroup has an id of its own shape, its own numbering, and asks for the right to pin."""
    chat = (await sim.group("ALV", anna, kind="supergroup"))["id"]
    await sim.add_member(chat, "bot", by=anna)
    sent = (await raw("sendMessage", chat_id=chat, text="Welkom"))["result"]
    assert str(chat).startswith("-100")
    assert sent["message_id"] == 3
    refused = await raw("pinChatMessage", chat_id=chat, message_id=3)
    assert refused["description"] == "Bad Request: not enough rights to manage pinned messages in the chat"
    others = (await sim.write(anna, "Mag dit weg?", chat=chat))["message_id"]
    refused = await raw("deleteMessage", chat_id=chat, message_id=others)
    assert refused["description"] == "Bad Request: message can't be deleted"
    await sim.add_member(chat, "bot", by=anna, admin=True)
    assert (await raw("pinChatMessage", chat_id=chat, message_id=3))["ok"]
    assert (await raw("deleteMessages", chat_id=chat, message_ids=[others, 999]))["ok"]


async def test_migration(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """A group that becomes a supergroup says so on both sides, and its old id names the new one."""
    await _drain(raw)
    new = (await sim.migrate(group))["id"]
    moved, arrived = await _drain(raw)
    assert (moved["message"]["chat"]["id"], moved["message"]["migrate_to_chat_id"]) == (group, new)
    assert (arrived["message"]["chat"]["id"], arrived["message"]["migrate_from_chat_id"]) == (new, group)
    answer = await raw("sendMessage", chat_id=group, text="a")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert (await raw("sendMessage", chat_id=new, text="a"))["ok"]
    assert anna["id"] in [member["id"] for member in (await sim.chat(anna, new))["chat"]["members"]]


async def test_nobody_looks_into_a_strange_group(sim: RunningSimulator, group: int) -> None:
    """A person sees only the groups that it is in, and writes only there."""
    bas = await sim.user("Bas")
    assert await sim.call_status("GET", f"/sim/chats/{group}?as={bas['id']}") == 403
    assert await sim.call_status("POST", f"/sim/chats/{group}/messages", {"from": bas["id"], "text": "x"}) == 403
    assert await sim.call_status("POST", f"/sim/chats/{group}/members", {"user": bas["id"], "by": bas["id"]}) == 403


async def test_commands_by_scope(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """In a group members, administrators and single people can have commands of their own."""
    bas = await sim.user("Bas")
    await sim.add_member(group, bas, by=anna)

    async def give(name: str, **scope: object) -> None:
        commands = [{"command": name, "description": "x"}]
        assert (await raw("setMyCommands", commands=commands, scope=scope))["ok"]

    async def seen(user: Json) -> list[str]:
        return [command["command"] for command in await sim.commands(user, group)]

    await give("ieder", type="all_group_chats")
    assert (await seen(anna), await seen(bas)) == (["ieder"], ["ieder"])
    await give("beheer", type="all_chat_administrators")
    assert (await seen(anna), await seen(bas)) == (["beheer"], ["ieder"])
    await give("hier", type="chat", chat_id=group)
    assert (await seen(anna), await seen(bas)) == (["hier"], ["hier"])
    await give("hierbeheer", type="chat_administrators", chat_id=group)
    await give("bas", type="chat_member", chat_id=group, user_id=bas["id"])
    assert (await seen(anna), await seen(bas)) == (["hierbeheer"], ["bas"])
    assert await sim.commands(anna) == []


async def test_rights_of_all_members(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """Where members may not write, neither may the bot, until it is administrator."""
    await sim.withhold(group, "can_send_messages", "can_send_documents", by=anna)
    answer = await raw("sendMessage", chat_id=group, text="a")
    assert answer["description"] == "Bad Request: not enough rights to send text messages to the chat"
    answer = await raw.upload("sendDocument", {"document": ("a.txt", b"a")}, chat_id=group)
    assert answer["description"] == "Bad Request: not enough rights to send documents to the chat"
    permissions = (await raw("getChat", chat_id=group))["result"]["permissions"]
    assert (permissions["can_send_messages"], permissions["can_send_photos"]) == (False, True)
    await sim.add_member(group, "bot", by=anna, admin=True)
    assert (await raw("sendMessage", chat_id=group, text="a"))["ok"]


async def test_restricted(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A bot that is restricted in a supergroup is told so, sees it in its standing, and may get its rights back."""
    chat = (await sim.group("ALV", anna, kind="supergroup"))["id"]
    await sim.add_member(chat, "bot", by=anna)
    await _drain(raw)
    await sim.withhold(chat, "can_send_messages", by=anna, member="testbot")
    (change,) = await _drain(raw)
    new = change["my_chat_member"]["new_chat_member"]
    assert (new["status"], new["can_send_messages"], new["can_send_photos"]) == ("restricted", False, True)
    answer = await raw("sendMessage", chat_id=chat, text="a")
    assert answer["description"] == "Bad Request: not enough rights to send text messages to the chat"
    me = (await raw("getChatMember", chat_id=chat, user_id=sim.world.bot().id))["result"]
    assert me["status"] == "restricted"
    await sim.withhold(chat, by=anna, member="testbot")
    assert (await _drain(raw))[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (await raw("sendMessage", chat_id=chat, text="a"))["ok"]


async def test_channel_without_rights(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """An administrator of a channel without the right to post can neither post nor edit, nor take its posts away."""
    channel = (await sim.group("Uitslagen", anna, kind="channel"))["id"]
    await sim.add_member(channel, "bot", by=anna)
    post = (await raw("sendMessage", chat_id=channel, text="Aangenomen"))["result"]["message_id"]
    place = {"chat_id": channel, "message_id": post}
    await _drain(raw)
    rights = ("can_post_messages", "can_edit_messages", "can_delete_messages")
    await sim.withhold(channel, *rights, by=anna, member="testbot")
    new = (await _drain(raw))[0]["my_chat_member"]["new_chat_member"]
    assert (new["status"], new["can_post_messages"]) == ("administrator", False)
    answers = [
        await raw("sendMessage", chat_id=channel, text="a"),
        await raw("editMessageText", **place, text="a"),
        await raw("deleteMessage", **place),
        await raw("pinChatMessage", **place),
    ]
    assert [answer["description"].removeprefix("Bad Request: ") for answer in answers] == [
        "need administrator rights in the channel chat",
        "message can't be edited",
        "message can't be deleted",
        "not enough rights to manage pinned messages in the chat",
    ]
    reply_keyboard = await raw("sendMessage", chat_id=channel, text="a", reply_markup={"keyboard": [["A"]]})
    assert reply_keyboard["error_code"] == 400


async def test_no_markup_of_private_chats(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """Web apps open in private chats only, and a channel has inline keyboards only."""
    button = {"text": "A", "web_app": {"url": "https://voorbeeld.nl"}}
    answer = await raw("sendMessage", chat_id=group, text="a", reply_markup={"inline_keyboard": [[button]]})
    assert answer["description"] == "Bad Request: BUTTON_TYPE_INVALID"
    channel = (await sim.group("Uitslagen", anna, kind="channel"))["id"]
    await sim.add_member(channel, "bot", by=anna)
    answer = await raw("sendMessage", chat_id=channel, text="a", reply_markup={"remove_keyboard": True})
    assert answer["description"] == "Bad Request: inline keyboard expected"


async def test_pins_in_a_group_need_an_administrator(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """Also in a basic group a bot that is a plain member cannot pin."""
    sent = (await raw("sendMessage", chat_id=group, text="a"))["result"]["message_id"]
    answer = await raw("pinChatMessage", chat_id=group, message_id=sent)
    assert answer["description"] == "Bad Request: not enough rights to manage pinned messages in the chat"
    await sim.add_member(group, "bot", by=anna, admin=True)
    assert (await raw("pinChatMessage", chat_id=group, message_id=sent))["ok"]


async def test_old_messages_in_groups(sim: RunningSimulator, raw: Raw, anna: Json, group: int) -> None:
    """After 48 hours nobody deletes, an administrator neither; the words tell the kinds of groups apart."""
    chat = (await sim.group("ALV", anna, kind="supergroup"))["id"]
    await sim.add_member(chat, "bot", by=anna, admin=True)
    await sim.set_clock("2019-01-21T09:00:00Z")
    sent = [(await raw("sendMessage", chat_id=place, text="a"))["result"]["message_id"] for place in (group, chat)]
    await sim.set_clock("2019-01-23T09:01:00Z")
    answers = [await raw("deleteMessage", chat_id=group, message_id=sent[0])]
    answers.append(await raw("deleteMessage", chat_id=chat, message_id=sent[1]))
    assert [answer["description"].removeprefix("Bad Request: ") for answer in answers] == [
        "message can't be deleted for everyone",
        "message can't be deleted",
    ]


async def test_rights_that_make_no_sense(sim: RunningSimulator, anna: Json, group: int) -> None:
    """Unknown rights, a member of a basic group alone, and who may not decide are refused."""
    bas = await sim.user("Bas")
    await sim.add_member(group, bas, by=anna)
    path = f"/sim/chats/{group}/rights"
    for status, body in (
        (400, {"by": anna["id"], "without": ["can_fly"]}),
        (409, {"by": anna["id"], "without": [], "member": bas["id"]}),
        (403, {"by": bas["id"], "without": []}),
        (404, {"by": anna["id"], "without": [], "member": 99}),
    ):
        assert await sim.call_status("POST", path, body) == status
