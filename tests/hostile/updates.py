"""Updates as no honest client sends them: real ones, taken apart and put together wrongly."""

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

Json = dict[str, Any]

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "x\udfff y",
    "\u202eevom uoY\u202c 'voor'",
    "\u200b\u200d\ufeff",
    "e" + "\u0301" * 200,
    "👩‍👩‍👧‍👦" * 50,
    "שלום עולם مرحبا",
    "<b>vet</b> & <script>alert(1)</script>",
    "*vet* _cursief_ [x](tg://user?id=1) `",
    "'; DROP TABLE ballots; --",
    "%s %d {name} {0.__class__} {{}} $HOME",
    "../../etc/passwd",
    "x" * 4096,
    "😀" * 2048,
    "y" * 5000,
    "z" * 100_000,
    "\n" * 50,
    "\t\r\n\x0b\x0c\x1b[31m",
    "1",
    "-1",
    "13-02-2031 20:00",
    "31-02-2019 25:61",
    "1. Opening\n2. Notulen, bijlage 1\n3. Sluiting",
    "1. " + "Opening " * 600,
    "Deventer",
    "NaN",
    "١٢٣",
    "/",
    "//start",
    "/start@otherbot abc",
    "/volmacht",
    "/start AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "/start " + "A" * 64,
    "/start \x00",
    "/START",
    "/alv x y z",
    "/leden",
    "/mededeling",
    "/annuleren",
    "/stem",
    "/aanwezig",
    "/menu",
    "/help",
    "/privacy",
)
SCALARS: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**53,
    2**63,
    2**70,
    -(2**63),
    1.5,
    1e308,
    "",
    "0",
    [],
    {},
)
DATES = (0, 1, 2**31 - 1, 2**31, 2**40, -1, 1_550_000_000)


class Forge:
    """Makes hostile updates, the same ones for the same ``seed``; ``accounts`` are known people and a stranger."""

    def __init__(self, seed: int, accounts: Sequence[int], presses: Sequence[str]) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - dice that can be thrown again
        self._accounts = accounts
        self._presses = presses
        self._kinds: tuple[Callable[[], Json], ...] = (
            *(self.text,) * 6,
            *(self.press,) * 6,
            self.document,
            self.content,
            self.service,
            self.edited,
            self.group,
            self.channel_post,
            self.membership,
            self.unasked,
        )

    def update(self, number: int) -> tuple[Json, bool]:
        """Return one update, and whether it is whole: about half of them are also taken apart."""
        made = copy.deepcopy(self._dice.choice(self._kinds)())
        breaks = self._dice.choice((0, 0, 0, 1, 1, 2, 5))
        for _ in range(breaks):
            self._break(made)
        return {**made, "update_id": number}, not breaks

    def text(self) -> Json:
        """Write a text, with entities that may lie outside of it."""
        message = self._message(text=self._text())
        if self._dice.random() < 0.3:
            message["entities"] = [self._entity() for _ in range(self._dice.randrange(1, 4))]
        if str(message["text"]).startswith("/"):
            length = len(str(message["text"]).split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {"message": message}

    def press(self) -> Json:
        """Press a button: one that exists, or anything else, under any message or none."""
        query: Json = {
            "id": str(self._dice.getrandbits(62)),
            "from": self._user(),
            "chat_instance": str(self._dice.getrandbits(60)),
            "data": self._dice.choice((*self._presses, *TEXTS)),
        }
        under = self._dice.randrange(5)
        if under < 3:
            query["message"] = self._message(text="Stemming") | {"from": self._user(bot=True)}
        elif under == 3:
            query["message"] = {"chat": self._chat(), "message_id": self._dice.choice((0, 1, 2**40)), "date": 0}
        else:
            query["inline_message_id"] = self._text()[:60]
        if self._dice.random() < 0.05:
            del query["data"]
            query["game_short_name"] = "spel"
        return {"callback_query": query}

    def document(self) -> Json:
        """Send a document with a name, a kind and a size of one's own choice."""
        names = (
            "leden.csv",
            "../../etc/passwd",
            "x" * 300 + ".pdf",
            "a\x00.csv",
            "\u202efdp.exe",
            "",
            ".",
            "bijlage 1.pdf",
            None,
        )
        document = {
            "file_id": "BQAC" + str(self._dice.getrandbits(60)),
            "file_unique_id": str(self._dice.getrandbits(40)),
            "file_name": self._dice.choice(names),
            "mime_type": self._dice.choice(("text/csv", "application/pdf", "", "x" * 500, None)),
            "file_size": self._dice.choice((0, 1, 100, 20_000_000, 20_000_001, 2**31, 2**60, None)),
        }
        kept = {name: value for name, value in document.items() if value is not None}
        return {"message": self._message(document=kept, caption=self._text())}

    def content(self) -> Json:
        """Send something that is no text and no document."""
        photo = [{"file_id": "AgAC", "file_unique_id": "u", "width": 1, "height": 1}]
        person = {"phone_number": "+31", "first_name": self._text(), "user_id": 5}
        sticker = {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1}
        contents: tuple[Json, ...] = (
            {"photo": photo, "caption": self._text()},
            {"sticker": sticker | {"is_animated": False, "is_video": False}},
            {"contact": person},
            {"location": {"latitude": 1e9, "longitude": -1e9}},
            {"dice": {"emoji": "🎲", "value": 7}},
            {"voice": {"file_id": "v", "file_unique_id": "u", "duration": -1}},
            {"poll": self._poll()},
            {"via_bot": self._user(bot=True), "text": self._text()},
            {"something_new": {"of": "tomorrow"}},
            {},
        )
        return {"message": self._message(**self._dice.choice(contents))}

    def service(self) -> Json:
        """Tell of something that happened in the chat."""
        happened: tuple[Json, ...] = (
            {"new_chat_members": [self._user(), self._user(bot=True)]},
            {"left_chat_member": self._user()},
            {"new_chat_title": self._text()},
            {"pinned_message": self._message(text="x")},
            {"migrate_to_chat_id": self._dice.choice((-100123, 5, 0, 2**70))},
            {"migrate_from_chat_id": -5},
            {"group_chat_created": True},
            {"write_access_allowed": {}},
        )
        return {"message": self._message(**self._dice.choice(happened))}

    def edited(self) -> Json:
        """Change a message afterwards."""
        return {"edited_message": self._message(text=self._text(), edit_date=self._dice.choice(DATES))}

    def group(self) -> Json:
        """Write in a group, perhaps without a name."""
        message = self._message(text=self._text())
        message["chat"] = self._group()
        if self._dice.random() < 0.5:
            message["sender_chat"] = self._group()
        if self._dice.random() < 0.3:
            del message["from"]
        return {"message": message}

    def channel_post(self) -> Json:
        """Write in a channel, where nobody has a name."""
        message = self._message(text=self._text())
        del message["from"]
        message["chat"] = self._group() | {"type": "channel"}
        return {"channel_post": message}

    def membership(self) -> Json:
        """Take the bot in or throw it out."""
        statuses = ("member", "administrator", "kicked", "left", "restricted", "creator", "owner")

        def standing() -> Json:
            return {"user": self._user(bot=True), "status": self._dice.choice(statuses), "until_date": 0}

        return {
            "my_chat_member": {
                "chat": self._dice.choice((self._chat(), self._group())),
                "from": self._user(),
                "date": self._dice.choice(DATES),
                "old_chat_member": standing(),
                "new_chat_member": standing(),
            }
        }

    def unasked(self) -> Json:
        """Send what the bot never asked for, or what does not exist yet."""
        kinds: tuple[Json, ...] = (
            {"inline_query": {"id": "1", "from": self._user(), "query": self._text(), "offset": ""}},
            {"poll": self._poll()},
            {"poll_answer": {"poll_id": "1", "user": self._user(), "option_ids": [0]}},
            {
                "message_reaction": {
                    "chat": self._group(),
                    "message_id": 1,
                    "date": 0,
                    "old_reaction": [],
                    "new_reaction": [],
                }
            },
            {"business_message": self._message(text=self._text())},
            {"chat_join_request": {"chat": self._group(), "from": self._user(), "user_chat_id": 1, "date": 0}},
            {"vote_cast": {"seat": 1}},
            {},
        )
        return self._dice.choice(kinds)

    def _text(self) -> str:
        return self._dice.choice(TEXTS)

    def _account(self) -> int:
        return self._dice.choice((*self._accounts, *self._accounts, 1, 2**52, 777000, 1087968824))

    def _user(self, *, bot: bool = False) -> Json:
        user: Json = {"id": 123456789 if bot else self._account(), "is_bot": bot, "first_name": self._text() or "x"}
        if self._dice.random() < 0.3:
            user |= {"last_name": self._text(), "username": self._text()[:32], "language_code": "xx"}
        return user

    def _chat(self, account: int | None = None) -> Json:
        return {"id": account or self._account(), "type": "private", "first_name": self._text() or "x"}

    def _group(self) -> Json:
        kind = self._dice.choice(("group", "supergroup", "channel", "forum"))
        return {"id": self._dice.choice((-5, -1001234567890, -(2**52))), "type": kind, "title": self._text()}

    def _message(self, **content: object) -> Json:
        sender = self._user()
        message: Json = {
            "message_id": self._dice.choice((1, 2, 10**6, 2**31)),
            "from": sender,
            "chat": self._chat(sender["id"]),
            "date": self._dice.choice(DATES),
            **content,
        }
        if self._dice.random() < 0.1:
            message["forward_origin"] = {"type": "hidden_user", "date": 0, "sender_user_name": self._text()}
        if self._dice.random() < 0.1:
            message["reply_to_message"] = {"message_id": 1, "date": 0, "chat": self._chat(), "text": self._text()}
        return message

    def _entity(self) -> Json:
        kinds = ("bold", "bot_command", "text_link", "mention", "pre", "custom_emoji", "van_morgen")
        where = (0, 1, 5, 4095, 10**6)
        entity = {
            "type": self._dice.choice(kinds),
            "offset": self._dice.choice(where),
            "length": self._dice.choice(where),
        }
        return entity | ({"url": self._text()} if entity["type"] == "text_link" else {})

    def _poll(self) -> Json:
        option = {"text": self._text(), "voter_count": 0}
        return {
            "id": "1", "question": self._text(), "options": [option], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        }  # fmt: skip

    def _break(self, made: Json) -> None:
        """Take a field away, or put something else in its place, anywhere."""
        holder: Any = made
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                return
            key = self._dice.choice(keys)
            if isinstance(holder[key], dict | list) and holder[key] and self._dice.random() < 0.8:
                holder = holder[key]
                continue
            break
        how = self._dice.random()
        if how < 0.3:
            del holder[key]
        elif how < 0.6:
            holder[key] = copy.deepcopy(self._dice.choice(SCALARS))
        elif how < 0.8:
            holder[key] = self._text()
        elif how < 0.9:
            holder[key] = [holder[key], holder[key]]
        else:
            holder[key] = {"x": holder[key]}
