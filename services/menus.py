"""Finding one's way: the menu, help, privacy, and leaving what one is busy with."""

from assembly.advance import first_day
from assembly.errors import Refusal
from assembly.facts.registration import Cancelled, Commands, Help, MeetingBrief, Menu, NotUnderstood, Privacy, Stranger
from assembly.facts.second_factor import MessageErased
from assembly.meetings import Meeting, MeetingState
from assembly.members import Acting, Role
from services.access import acts_of, known, members_of
from services.seats import day_of
from services.telling import tell
from storage.unit import Unit

KEY = "menu"
"""The key of the menu that stands last in a chat."""


async def offer_menu(unit: Unit, acting: Acting) -> None:
    """Queue the menu of what the person can do now, at the bottom of its chat."""
    if acting.person.telegram_id is not None:
        await unit.outbox.forget_posted(acting.person.telegram_id, KEY)
        await refresh_menu(unit, acting)


async def refresh_menu(unit: Unit, acting: Acting) -> None:
    """Queue the menu of what the person can do now, in place of the one that stands in its chat."""
    meeting = await unit.meetings.current()
    brief = (
        MeetingBrief(
            meeting.id,
            meeting.title,
            convened=meeting.state is not MeetingState.DRAFT,
            open=meeting.state is MeetingState.OPEN,
            advance=meeting.state is MeetingState.CONVENED and _advance_open(unit, meeting),
        )
        if meeting is not None
        else None
    )
    represented = await members_of(unit, acting, Role.REPRESENTATIVE)
    await tell(unit, acting, Menu(acts_of(acting), brief, await members_of(unit, acting), represented), key=KEY)


def _advance_open(unit: Unit, meeting: Meeting) -> bool:
    days = unit.association.statutes.advance_days
    return days > 0 and unit.association.local(unit.now).date() >= first_day(day_of(unit, meeting), days)


async def offer_commands(unit: Unit, acting: Acting) -> None:
    """Queue the list of commands that fits the person's roles."""
    await tell(unit, acting, Commands(acts_of(acting)))


async def show_menu(unit: Unit, telegram_id: int) -> None:
    """Show the menu, or tell a stranger how to register."""
    acting = await known(unit, telegram_id)
    if acting is None:
        await unit.outbox.send(telegram_id, Stranger())
    else:
        await offer_menu(unit, acting)


async def show_help(unit: Unit, telegram_id: int) -> None:
    """Show what the bot is for and which commands there are."""
    acting = await unit.people.acting(telegram_id)
    await unit.outbox.send(telegram_id, Help(acts_of(acting) if acting else ()))


async def show_privacy(unit: Unit, telegram_id: int) -> None:
    """Show what is kept about people; Telegram's terms ask for this command."""
    await unit.outbox.send(telegram_id, Privacy())


async def cancel(unit: Unit, telegram_id: int) -> None:
    """Leave what the person is busy with; nothing that was stored before is undone."""
    acting = await known(unit, telegram_id)
    if acting is not None:
        ended = await unit.conversations.end(acting.person.id)
    else:
        ended = await unit.requests.let_go(telegram_id)
    await unit.outbox.send(telegram_id, Cancelled(ended))


async def erase_message(unit: Unit, telegram_id: int, message_id: int | None) -> None:
    """Take a message of the bot out of the person's chat, because what stands in it should not stay there."""
    await known(unit, telegram_id)
    if message_id is not None:
        await unit.outbox.send(telegram_id, MessageErased(message_id))


async def say_not_understood(unit: Unit, telegram_id: int) -> None:
    """Tell that a message belongs to nothing, and what can be done."""
    acting = await known(unit, telegram_id)
    await unit.outbox.send(telegram_id, NotUnderstood() if acting else Stranger())


async def refuse(unit: Unit, telegram_id: int, refusal: Refusal) -> None:
    """Tell that an act was refused, where no press can be answered."""
    await unit.outbox.send(telegram_id, refusal)
