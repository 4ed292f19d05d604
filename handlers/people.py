"""People as the secretariat sees them: registrations, cards, links, and phones that are blocked."""

from telegram import Update

from assembly.access import Registration
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskBlock,
    AskEndPerson,
    BlockPhone,
    EndPerson,
    MakeLetter,
    MakeLinks,
    MakePersonalLink,
    RevokeLink,
    ShowPerson,
    ShowRegistrations,
)
from services import blocking, links, people


async def on_command(update: Update, context: AssemblyContext) -> None:
    """Show who is not registered yet."""
    await context.write(people.show_registrations, sender(update), Registration.NO_LINK, 0, None)


async def on_registrations(update: Update, context: AssemblyContext) -> None:
    """Show who stands where on the way in."""
    press = pressed(ShowRegistrations, update)
    await context.write(people.show_registrations, sender(update), press.state, press.page, pressed_message(update))
    await context.answer()


async def on_ask_person(update: Update, context: AssemblyContext) -> None:
    """Expect a name to search for."""
    await context.write(people.ask_person, sender(update))
    await context.answer()


async def on_person(update: Update, context: AssemblyContext) -> None:
    """Show somebody's card."""
    press = pressed(ShowPerson, update)
    await context.write(people.show_person, sender(update), press.person_id, None)
    await context.answer()


async def on_ask_links(update: Update, context: AssemblyContext) -> None:
    """Ask which links to make."""
    await context.write(links.ask_links, sender(update))
    await context.answer()


async def on_links(update: Update, context: AssemblyContext) -> None:
    """Make links for several people."""
    press = pressed(MakeLinks, update)
    await context.write(links.make_links, sender(update), press.form, renew=bool(press.renew))
    await context.answer()


async def on_personal_link(update: Update, context: AssemblyContext) -> None:
    """Make a link for one person."""
    await context.write(links.make_personal_link, sender(update), pressed(MakePersonalLink, update).person_id)
    await context.answer()


async def on_letter(update: Update, context: AssemblyContext) -> None:
    """Make a letter for one person."""
    await context.write(links.make_letter, sender(update), pressed(MakeLetter, update).person_id)
    await context.answer()


async def on_revoke_link(update: Update, context: AssemblyContext) -> None:
    """End somebody's link."""
    press = pressed(RevokeLink, update)
    await context.write(links.revoke_link, sender(update), press.person_id, pressed_message(update))
    await context.answer()


async def on_ask_end(update: Update, context: AssemblyContext) -> None:
    """Show what ending somebody's roles would do."""
    press = pressed(AskEndPerson, update)
    await context.write(people.ask_end, sender(update), press.person_id, pressed_message(update))
    await context.answer()


async def on_end(update: Update, context: AssemblyContext) -> None:
    """End somebody's roles."""
    press = pressed(EndPerson, update)
    await context.write(people.end_person, sender(update), press.person_id, pressed_message(update))
    await context.answer()


async def on_ask_block(update: Update, context: AssemblyContext) -> None:
    """Ask whether a phone is to be blocked."""
    press = pressed(AskBlock, update)
    await context.write(blocking.ask_block, sender(update), press.person_id, pressed_message(update))
    await context.answer()


async def on_block(update: Update, context: AssemblyContext) -> None:
    """Block a phone."""
    press = pressed(BlockPhone, update)
    await context.write(blocking.block_phone, sender(update), press.person_id, pressed_message(update))
    await context.answer()
