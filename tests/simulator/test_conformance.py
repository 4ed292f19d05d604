"""What three client libraries that we did not write must be able to do with the simulator."""

import asyncio
from typing import Any

import pytest

from simulator.testing import RunningSimulator
from tests.simulator.clients import Client, keyboard, words_of
from tests.simulator.hooks import Hook
from tests.simulator.support import png, until

Json = dict[str, Any]


def _buttons(message: Any) -> list[Any]:  # noqa: ANN401 - of any library
    """Return the rows of a message's inline keyboard; pyTelegramBotAPI has its own name for them."""
    markup = message.reply_markup
    rows = getattr(markup, "inline_keyboard", None) or getattr(markup, "keyboard", None)
    return [list(row) for row in rows or ()]


async def test_get_me(client: Client, sim: RunningSimulator) -> None:
    """The bot learns who it is."""
    me = await client.bot.get_me()
    assert (me.id, me.username, me.is_bot) == (sim.world.bot().id, "testbot", True)
    assert me.can_join_groups is True


async def test_send_formatted_text(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """HTML arrives as plain text with entities, whose offsets count UTF-16 units."""
    sent = await client.bot.send_message(anna["id"], "🗳 <b>Stem</b> &amp; <i>zie</i>  ", parse_mode="HTML")
    assert sent.text == "🗳 Stem & zie"
    assert [(item.type, item.offset, item.length) for item in sent.entities] == [("bold", 3, 4), ("italic", 10, 3)]
    shown = await sim.last_message(anna)
    assert shown["html"] == "🗳 <b>Stem</b> &amp; <i>zie</i>"
    assert shown["from"]["is_bot"]


async def test_keyboard_with_styles(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Buttons keep label, data and style; links are completed."""
    button, markup = client.types.InlineKeyboardButton, client.types.InlineKeyboardMarkup
    rows = [
        [button(text="Voor", callback_data="v", style="success"), button(text="Tegen", callback_data="t")],
        [button(text="Stukken", url="https://voorbeeld.nl")],
    ]
    sent = await client.bot.send_message(anna["id"], "Stem", reply_markup=markup(inline_keyboard=rows))
    assert _buttons(sent)[0][0].style == "success"
    shown = (await sim.last_message(anna))["buttons"]
    assert [[item["label"] for item in row] for row in shown] == [["Voor", "Tegen"], ["Stukken"]]
    assert shown[1][0]["url"] == "https://voorbeeld.nl/"


async def test_reply(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A reply carries the message that it answers."""
    asked = await sim.write(anna, "Mag ik wat vragen?")
    reply = client.types.ReplyParameters(message_id=asked["message_id"])
    sent = await client.bot.send_message(anna["id"], "Ja", reply_parameters=reply)
    assert sent.reply_to_message.text == "Mag ik wat vragen?"


async def test_edit(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """An edit replaces text and keyboard in place; the same again is refused."""
    sent = await client.bot.send_message(anna["id"], "Een", reply_markup=keyboard(client, [("A", "a")]))
    place = {"chat_id": anna["id"], "message_id": sent.message_id}
    edited = await client.bot.edit_message_text("Twee", **place)
    assert (edited.text, edited.message_id, _buttons(edited)) == ("Twee", sent.message_id, [])
    assert edited.edit_date is not None
    await client.bot.edit_message_reply_markup(**place, reply_markup=keyboard(client, [("B", "b")]))
    shown = await sim.last_message(anna)
    assert (shown["text"], shown["buttons"][0][0]["label"], shown["edited"]) == ("Twee", "B", True)
    words = await words_of(
        client, client.bot.edit_message_text("Twee", **place, reply_markup=keyboard(client, [("B", "b")]))
    )
    assert words.startswith("message is not modified: specified new message content and reply markup are exactly")


async def test_delete(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A deleted message is gone for the person; deleting it again is refused."""
    sent = await client.bot.send_message(anna["id"], "Weg ermee")
    assert await client.bot.delete_message(anna["id"], sent.message_id)
    assert "Weg ermee" not in [message["text"] for message in await sim.messages(anna)]
    words = await words_of(client, client.bot.delete_message(anna["id"], sent.message_id))
    assert words == "message to delete not found"


async def test_press_and_answer(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A press reaches the bot with its message, and the answer reaches the person, once."""
    sent = await client.bot.send_message(anna["id"], "Komt u?", reply_markup=keyboard(client, [("Ja", "rsvp:ja")]))
    pressing = asyncio.create_task(sim.press(anna, "Ja"))
    update = (await client.bot.get_updates(offset=-1, timeout=5))[0]
    while update.callback_query is None:
        update = (await client.bot.get_updates(offset=update.update_id + 1, timeout=5))[0]
    query = update.callback_query
    assert (query.data, query.message.message_id, query.from_user.id) == ("rsvp:ja", sent.message_id, anna["id"])
    assert query.chat_instance
    assert await client.bot.answer_callback_query(query.id, text="Genoteerd", show_alert=True)
    press = await pressing
    assert press["answer"] == {"text": "Genoteerd", "show_alert": True, "url": None, "cache_time": 0}
    words = await words_of(client, client.bot.answer_callback_query(query.id))
    assert words == "query is too old and response timeout expired or query id is invalid"


async def test_upload_reuse_and_download(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A document is uploaded once, sent again by its id, and fetched with the same bytes."""
    upload = client.file("agenda.pdf", b"%PDF-1.7 agenda")
    first = await client.bot.send_document(anna["id"], upload, caption="<b>Agenda</b>", parse_mode="HTML")
    assert (first.document.file_name, first.document.mime_type) == ("agenda.pdf", "application/pdf")
    assert first.document.file_size == 15
    assert first.caption_entities[0].type == "bold"
    again = await client.bot.send_document(anna["id"], first.document.file_id)
    assert again.document.file_unique_id == first.document.file_unique_id
    assert await client.download(again.document.file_id) == b"%PDF-1.7 agenda"
    shown = await sim.last_message(anna)
    assert await sim.file(shown["document"]["file_id"]) == b"%PDF-1.7 agenda"


async def test_file_names(client: Client, anna: Json) -> None:
    """Names of uploads lose what is neither a letter, a digit nor plain ASCII, and what is too long."""
    names = {
        "Bijlage 4 – 'plan' & kosten €.pdf": "Bijlage 4    plan    kosten.pdf",
        "verslag één.pdf": "verslag één.pdf",
        "x" * 100 + ".docx": "x" * 64 + ".docx",
    }
    for name, shown in names.items():
        sent = await client.bot.send_document(anna["id"], client.file(name, b"x"))
        assert sent.document.file_name == shown


async def test_received_document(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A person's document can be downloaded and passed on by its id."""
    await sim.send_documents(anna, ("leden.csv", b"lid;stemmen\n"), caption="Het register")
    message = (await client.bot.get_updates(offset=-1))[0].message
    assert (message.caption, message.document.mime_type) == ("Het register", "text/csv")
    assert await client.download(message.document.file_id) == b"lid;stemmen\n"
    await client.bot.send_document(anna["id"], message.document.file_id)


async def test_album(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Several documents are one album with one group id, in order."""
    items = [client.media("document", f"stuk{n}.txt", b"%d" % n, f"Bijlage {n}") for n in (1, 2, 3)]
    sent = await client.bot.send_media_group(anna["id"], items)
    assert [message.document.file_name for message in sent] == ["stuk1.txt", "stuk2.txt", "stuk3.txt"]
    assert len({message.media_group_id for message in sent}) == 1
    assert [message["caption"] for message in (await sim.messages(anna))[-3:]] == [
        "Bijlage 1",
        "Bijlage 2",
        "Bijlage 3",
    ]


async def test_photo(client: Client, anna: Json) -> None:
    """A photo comes back in sizes, the largest last, and an album of photos works."""
    sent = await client.bot.send_photo(anna["id"], client.file("uitslag.png", png(1000, 500)), caption="Uitslag")
    sizes = [(size.width, size.height) for size in sent.photo]
    assert sizes == [(90, 45), (320, 160), (800, 400), (1000, 500)]
    await client.bot.send_photo(anna["id"], sent.photo[-1].file_id)
    album = await client.bot.send_media_group(anna["id"], [client.media("photo", "a.png", png()) for _ in range(2)])
    assert all(message.photo for message in album)


async def test_edit_caption_and_media(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Caption and file of a document can be replaced."""
    sent = await client.bot.send_document(anna["id"], client.file("v1.txt", b"1"), caption="Versie 1")
    place = {"chat_id": anna["id"], "message_id": sent.message_id}
    assert (await client.bot.edit_message_caption(**place, caption="Versie een")).caption == "Versie een"
    edited = await client.bot.edit_message_media(client.media("document", "v2.txt", b"2", "Versie 2"), **place)
    assert (edited.document.file_name, edited.caption) == ("v2.txt", "Versie 2")
    assert (await sim.last_message(anna))["document"]["file_name"] == "v2.txt"


async def test_pins(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A pin shows as pinned, leaves a service message that the bot receives too, and can be taken off."""
    sent = await client.bot.send_message(anna["id"], "Stand van zaken")
    assert await client.bot.pin_chat_message(anna["id"], sent.message_id, disable_notification=True)
    assert (await sim.chat(anna))["pinned"] == [sent.message_id]
    note = (await client.bot.get_updates(offset=-1))[0].message
    assert (note.pinned_message.text, note.from_user.is_bot) == ("Stand van zaken", True)
    assert (await client.bot.get_chat(anna["id"])).pinned_message.message_id == sent.message_id
    assert await client.bot.unpin_chat_message(anna["id"], message_id=sent.message_id)
    await client.bot.pin_chat_message(anna["id"], sent.message_id)
    assert await client.bot.unpin_all_chat_messages(anna["id"])
    assert (await sim.chat(anna))["pinned"] == []


async def test_copy_and_forward(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A copy has no origin, a forward has; neither takes the keyboard along."""
    sent = await client.bot.send_message(anna["id"], "Origineel", reply_markup=keyboard(client, [("X", "x")]))
    source = {"from_chat_id": anna["id"], "message_id": sent.message_id}
    copied = await client.bot.copy_message(anna["id"], **source)
    forwarded = await client.bot.forward_message(anna["id"], **source)
    assert forwarded.forward_origin.sender_user.username == "testbot"
    assert forwarded.reply_markup is None
    shown = {message["message_id"]: message for message in await sim.messages(anna)}
    assert shown[copied.message_id]["forwarded"] is None
    assert shown[forwarded.message_id]["forwarded"] == "Testbot"
    assert shown[copied.message_id]["buttons"] == []


async def test_blocked_and_deleted(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Blocking and deleting an account are told as Telegram tells them."""
    await sim.block(anna)
    words = await words_of(client, client.bot.send_message(anna["id"], "Hallo"))
    assert words == "bot was blocked by the user"
    change = (await client.bot.get_updates(offset=-1))[0].my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    await sim.unblock(anna)
    await client.bot.send_message(anna["id"], "Welkom terug")
    await sim.delete_account(anna)
    words = await words_of(client, client.bot.send_message(anna["id"], "Hallo"))
    assert words == "user is deactivated"
    await sim.restore_account(anna)
    await client.bot.send_message(anna["id"], "Er weer bij")


async def test_stranger(client: Client, sim: RunningSimulator) -> None:
    """A bot cannot write first, and not at all to somebody whom it never met."""
    stranger = await sim.user("Bas")
    assert await words_of(client, client.bot.send_message(stranger["id"], "Hallo")) == "chat not found"
    await sim.add_member((await sim.group("ALV", stranger))["id"], "bot", stranger)
    words = await words_of(client, client.bot.send_message(stranger["id"], "Hallo"))
    assert words == "bot can't initiate conversation with a user"
    assert await words_of(client, client.bot.send_message(42, "Hallo")) == "chat not found"


async def test_commands_and_profile(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Commands are kept per scope and language; the person sees the narrowest."""
    command = client.types.BotCommand(command="stemmen", description="Stem nu")
    await client.bot.set_my_commands([command])
    assert [item["command"] for item in await sim.commands(anna)] == ["stemmen"]
    scope = client.types.BotCommandScopeChat(chat_id=anna["id"])
    own = client.types.BotCommand(command="beheer", description="Beheer")
    await client.bot.set_my_commands([own], scope=scope, language_code="nl")
    assert [item["command"] for item in await sim.commands(anna)] == ["beheer"]
    assert (await client.bot.get_my_commands(scope=scope, language_code="nl"))[0].command == "beheer"
    await client.bot.delete_my_commands(scope=scope, language_code="nl")
    assert [item["command"] for item in await sim.commands(anna)] == ["stemmen"]
    await client.bot.set_my_name("ALV-assistent")
    await client.bot.set_my_description("Leidt de ALV")
    await client.bot.set_my_short_description("ALV")
    assert (await client.bot.get_my_name()).name == "ALV-assistent"
    assert (await client.bot.get_my_description()).description == "Leidt de ALV"
    await client.bot.set_chat_menu_button(menu_button=client.types.MenuButtonCommands())
    assert (await client.bot.get_chat_menu_button()).type == "commands"


async def test_protected_content(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Protected content is not forwarded, but the bot that sent it may send it again."""
    sent = await client.bot.send_message(anna["id"], "Alleen voor u", protect_content=True)
    words = await words_of(client, client.bot.forward_message(anna["id"], anna["id"], sent.message_id))
    assert words == "the message can't be forwarded"
    await client.bot.copy_message(anna["id"], anna["id"], sent.message_id, protect_content=True)
    assert sent.has_protected_content
    assert (await sim.last_message(anna))["protected"]


async def test_other_bots_file_id(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """A file_id of another bot is worth nothing."""
    sent = await client.bot.send_document(anna["id"], client.file("a.txt", b"a"))
    await sim.add_bot("987654321:other-token", "otherbot")
    other = type(client)(sim, "987654321:other-token")
    await other.open()
    await sim.start(anna, bot="otherbot")
    words = await words_of(other, other.bot.send_document(anna["id"], sent.document.file_id))
    await other.close()
    assert words == "wrong file identifier/http url specified"


async def test_explicit_entities(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Entities beside the text do what markup in it does."""
    bold = client.types.MessageEntity(type="bold", offset=3, length=4)
    await client.bot.send_message(anna["id"], "🗳 Stem <nu>", entities=[bold])
    assert (await sim.last_message(anna))["html"] == "🗳 <b>Stem</b> &lt;nu&gt;"


async def test_long_text(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """4096 characters fit, one more does not; a caption has 1024."""
    await client.bot.send_message(anna["id"], "x" * 4096)
    assert len((await sim.last_message(anna))["text"]) == 4096
    assert await words_of(client, client.bot.send_message(anna["id"], "x" * 4097)) == "message is too long"
    upload = client.file("a.txt", b"a")
    words = await words_of(client, client.bot.send_document(anna["id"], upload, caption="x" * 1025))
    assert words == "message caption is too long"


async def test_markup_that_cannot_be_parsed(client: Client, anna: Json) -> None:
    """What is wrong with HTML is told with its place."""
    words = await words_of(client, client.bot.send_message(anna["id"], "é <b>a", parse_mode="HTML"))
    assert words == "can't parse entities: can't find end tag corresponding to start tag \"b\""
    words = await words_of(client, client.bot.send_message(anna["id"], "é <x>a</x>", parse_mode="HTML"))
    assert words == 'can\'t parse entities: unsupported start tag "x" at byte offset 3'


async def test_flood(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """The library tells for how long to be silent, and until then everything is refused."""
    await sim.fault("flood", "sendMessage", retry_after=30)
    words, seconds = await client.refusal(client.bot.send_message(anna["id"], "een"))
    assert "30" in words
    assert seconds == 30
    _, seconds = await client.refusal(client.bot.send_message(anna["id"], "twee"))
    assert seconds is not None
    assert 25 <= seconds <= 30
    await sim.calm()
    await client.bot.send_message(anna["id"], "drie")


async def test_group_migrates(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """The old id of a group names the new one, and both say so in an update."""
    group = (await sim.group("ALV", anna))["id"]
    await sim.add_member(group, "bot", anna)
    moved = (await sim.migrate(group))["id"]
    words, new = await client.refusal(client.bot.send_message(group, "Hallo"))
    assert new == moved
    assert "upgraded to a supergroup" in words.lower() or str(moved) in words
    old_side, new_side = (await client.bot.get_updates(offset=-2))[-2:]
    assert (old_side.message.chat.id, old_side.message.migrate_to_chat_id) == (group, moved)
    assert (new_side.message.chat.id, new_side.message.migrate_from_chat_id) == (moved, group)
    assert (await client.bot.send_message(moved, "Hallo")).chat.type == "supergroup"


async def test_members(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """The bot can ask who somebody is in a group, and learns that it was removed from it."""
    group = (await sim.group("ALV", anna))["id"]
    await sim.add_member(group, "bot", anna)
    assert (await client.bot.get_chat_member(group, anna["id"])).status == "creator"
    assert (await client.bot.get_chat(group)).title == "ALV"
    await sim.remove_member(group, "bot", anna)
    change = (await client.bot.get_updates(offset=-1))[0].my_chat_member
    assert (change.chat.id, change.new_chat_member.status) == (group, "kicked")
    words = await words_of(client, client.bot.send_message(group, "Hallo"))
    assert words == "bot was kicked from the group chat"


async def test_offset(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Updates come again until they are confirmed, and one of them once more when Telegram repeats it."""
    await sim.write(anna, "een")
    await sim.write(anna, "twee")
    ids = [update.update_id for update in await client.bot.get_updates(timeout=1)]
    assert [update.update_id for update in await client.bot.get_updates(timeout=1)] == ids
    assert [update.update_id for update in await client.bot.get_updates(offset=ids[1], limit=1, timeout=1)] == [ids[1]]
    await sim.redeliver(ids[0])
    repeated = await client.bot.get_updates(offset=ids[1], timeout=1)
    assert [update.update_id for update in repeated] == [ids[0], *ids[1:]]
    assert [update.message.text for update in repeated] == ["/start", "een", "twee"]


async def test_webhook(client: Client, sim: RunningSimulator, hook: Hook, anna: Json) -> None:
    """A webhook is set, described, served with the secret, read by the library and deleted."""
    assert await client.bot.set_webhook(url=hook.url, secret_token="geheim", allowed_updates=["message"])
    info = await client.bot.get_webhook_info()
    assert (info.url, list(info.allowed_updates), info.has_custom_certificate) == (hook.url, ["message"], False)
    received, secret = await hook.next()
    update = client.update(received)
    assert (update.message.text, update.message.from_user.id, secret) == ("/start", anna["id"], "geheim")
    words = await words_of(client, client.bot.get_updates(timeout=1))
    assert "can't use getupdates method while webhook is active" in words
    assert await client.bot.delete_webhook()
    await sim.write(anna, "weer zelf halen")
    assert (await client.bot.get_updates(offset=-1))[0].message.text == "weer zelf halen"


async def test_webhook_repeats(client: Client, sim: RunningSimulator, hook: Hook, anna: Json) -> None:
    """What is refused comes again and is the same update for the library."""
    hook.refuse(503)
    await client.bot.set_webhook(url=hook.url)
    first, again = [client.update((await hook.next())[0]) for _ in range(2)]
    assert first.update_id == again.update_id
    assert first.message.from_user.id == anna["id"]
    await until(lambda: len(sim.world.bot().queue) == 0)
    info = await client.bot.get_webhook_info()
    assert (info.pending_update_count, "503" in info.last_error_message) == (0, True)


async def test_broken_answers_pass(client: Client, sim: RunningSimulator, anna: Json) -> None:
    """Whatever the library makes of a broken answer, it works on afterwards."""
    for kind in ("html_502", "502", "truncated_after", "not_json_before", "empty_after", "reset_after"):
        await sim.fault(kind, "sendMessage")
        with pytest.raises(Exception):  # noqa: B017, PT011 - each library has its own
            await client.bot.send_message(anna["id"], kind)
    assert (await client.bot.get_me()).username == "testbot"
    shown = [message["text"] for message in await sim.messages(anna)][1:]
    assert shown == ["truncated_after", "empty_after", "reset_after"]
