"""The people on the stage: what each of them can do with a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from demo.client import Message, Simulator
from demo.material import PersonRow

REPRESENTATIVE, COORDINATOR, SIGNATORY = "vertegenwoordiger", "coördinator", "tekenbevoegde"


@dataclass(frozen=True)
class Person:
    """Somebody with a Telegram account. ``member`` is empty for who belongs to the association itself."""

    simulator: Simulator
    id: int
    name: str
    role: str
    member: str

    async def open_link(self, token: str) -> None:
        """Open the bot with a personal link."""
        await self.simulator.start(self.id, token)

    async def write(self, text: str) -> int:
        """Write to the bot; returns the message id, above which its answer comes."""
        return await self.simulator.write(self.id, text)

    async def send(self, name: str, content: bytes, caption: str = "") -> int:
        """Send the bot a document; returns the message id."""
        return await self.simulator.send_document(self.id, name, content, caption)

    async def sees(self, text: str | None = None, *, label: str | None = None, after: int = 0) -> Message:
        """Wait for a message of the bot with this text or button."""
        return await self.simulator.wait_for(self.id, text=text, label=label, after=after)

    async def sees_in(self, group: int, text: str) -> Message:
        """Wait for a message in a group."""
        return await self.simulator.wait_for(self.id, text=text, chat=group)

    async def press(self, label: str, *, after: int = 0) -> str:
        """Wait for the button, press it on the newest message that has it, and return the answer's words."""
        message = await self.sees(label=label, after=after)
        return await self.simulator.press(self.id, label=label, message_id=message.id)

    async def press_on(self, message: Message, label: str) -> str:
        """Press a button as it stood on ``message``, even when it is gone from there by now."""
        return await self.simulator.press(self.id, data=message.buttons[label], message_id=message.id)

    async def press_of(self, other: "Person", message: Message, label: str) -> str:
        """Press a button in somebody else's chat, as a modified client could."""
        return await self.simulator.press(self.id, data=message.buttons[label], message_id=message.id, chat=other.id)


class Cast:
    """Everybody, by name and by what they are for a member."""

    def __init__(self, secretariat: Person, people: Sequence[Person]) -> None:
        self.secretariat = secretariat
        self._people = {person.name: person for person in people}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people.values())

    def __len__(self) -> int:
        return len(self._people)

    def __getitem__(self, name: str) -> Person:
        return self._people[name]

    @property
    def everybody(self) -> tuple[Person, ...]:
        """All people, with the secretariat."""
        return (self.secretariat, *self._people.values())

    @property
    def colleague(self) -> Person:
        """The second person of the secretariat, who works beside the first."""
        return self._people["Collega regiebureau"]

    @property
    def chair(self) -> Person:
        """The chair of the assembly."""
        return self._people["Voorzitter"]

    @property
    def members(self) -> tuple[str, ...]:
        """The members' names, in the register's order."""
        return tuple(dict.fromkeys(person.member for person in self if person.member))

    def of(self, member: str, role: str = REPRESENTATIVE) -> Person:
        """Return who has a role for a member; its representative where nobody has it."""
        people = [person for person in self if person.member == member]
        return next((person for person in people if person.role == role), people[0])


async def gather_cast(simulator: Simulator, rows: Sequence[PersonRow]) -> Cast:
    """Give everybody of the register a Telegram account, and the secretariat too."""
    secretariat = await _person(simulator, PersonRow("Regiebureau", "regiebureau", ""))
    return Cast(secretariat, [await _person(simulator, row) for row in rows])


async def _person(simulator: Simulator, row: PersonRow) -> Person:
    return Person(simulator, await simulator.add_user(row.name), row.name, row.role, row.member)
