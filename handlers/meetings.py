"""Preparing an assembly: its console, its agenda, its papers."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskAgenda,
    AskAmount,
    AskPapers,
    AskProposal,
    DropAmount,
    EditMeeting,
    FilterMembers,
    FinishPapers,
    SetItemKind,
    ShowItem,
    ShowItems,
    ShowMembers,
)
from services import agenda, meetings, overviews, papers


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show the console of the assembly."""
    await context.write(meetings.show_console, sender(update))
    await context.answer()


async def on_create(update: Update, context: AssemblyContext) -> None:
    """Start preparing an assembly."""
    await context.write(meetings.ask_title, sender(update))
    await context.answer()


async def on_edit(update: Update, context: AssemblyContext) -> None:
    """Fill in anew what the assembly is called, when it is and where."""
    press = pressed(EditMeeting, update)
    await context.write(meetings.ask_changes, sender(update), press.meeting_id)
    await context.answer()


async def on_ask_agenda(update: Update, context: AssemblyContext) -> None:
    """Expect the agenda."""
    press = pressed(AskAgenda, update)
    await context.write(agenda.ask_agenda, sender(update), press.meeting_id)
    await context.answer()


async def on_items(update: Update, context: AssemblyContext) -> None:
    """Show a page of agenda items."""
    press = pressed(ShowItems, update)
    await context.write(agenda.show_items, sender(update), press.meeting_id, press.page, pressed_message(update))
    await context.answer()


async def on_item(update: Update, context: AssemblyContext) -> None:
    """Show one agenda item."""
    press = pressed(ShowItem, update)
    await context.write(agenda.show_item, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_kind(update: Update, context: AssemblyContext) -> None:
    """Correct what the assembly does with an item."""
    press = pressed(SetItemKind, update)
    await context.write(agenda.set_kind, sender(update), press.item_id, press.kind, pressed_message(update))
    await context.answer()


async def on_ask_proposal(update: Update, context: AssemblyContext) -> None:
    """Expect the text that will be put to the vote."""
    press = pressed(AskProposal, update)
    await context.write(agenda.ask_proposal, sender(update), press.item_id)
    await context.answer()


async def on_ask_amount(update: Update, context: AssemblyContext) -> None:
    """Ask what an item costs a member for each inhabitant."""
    press = pressed(AskAmount, update)
    await context.write(agenda.ask_amount, sender(update), press.item_id)
    await context.answer()


async def on_drop_amount(update: Update, context: AssemblyContext) -> None:
    """Let an item cost nothing for each inhabitant."""
    press = pressed(DropAmount, update)
    await context.write(agenda.drop_amount, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_ask_papers(update: Update, context: AssemblyContext) -> None:
    """Expect papers."""
    press = pressed(AskPapers, update)
    await context.write(papers.ask_papers, sender(update), press.meeting_id)
    await context.answer()


async def on_finish_papers(update: Update, context: AssemblyContext) -> None:
    """Expect no more papers."""
    press = pressed(FinishPapers, update)
    await context.write(papers.finish_papers, sender(update), press.meeting_id)
    await context.answer()


async def on_members(update: Update, context: AssemblyContext) -> None:
    """Show how all members stand."""
    await context.write(overviews.show_members, sender(update), pressed(ShowMembers, update).meeting_id)
    await context.answer()


async def on_filter_members(update: Update, context: AssemblyContext) -> None:
    """Show other members in the overview."""
    press = pressed(FilterMembers, update)
    await context.write(
        overviews.filter_members,
        sender(update),
        press.meeting_id,
        press.filter,
        press.page,
        pressed_message(update),
    )
    await context.answer()
