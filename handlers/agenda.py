"""The agenda: sent, taken over, and gone over item by item."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AcceptAgenda,
    AskAgenda,
    AskAmount,
    AskItemTitle,
    AskNewItem,
    AskNomination,
    AskProposal,
    DropAmount,
    MoveItem,
    RemoveItem,
    RemoveNomination,
    SetItemForm,
    SetItemKind,
    SetItemMajority,
    ShowItem,
    ShowItems,
    ShowItemVote,
    ShowNomination,
    WithdrawItem,
)
from services import agenda, items, nominations


async def on_ask(update: Update, context: AssemblyContext) -> None:
    """Expect the agenda."""
    press = pressed(AskAgenda, update)
    await context.write(agenda.ask_agenda, sender(update), press.meeting_id)
    await context.answer()


async def on_finish(update: Update, context: AssemblyContext) -> None:
    """Read the parts of the agenda that came."""
    await context.write(agenda.finish_agenda, sender(update))
    await context.answer()


async def on_accept(update: Update, context: AssemblyContext) -> None:
    """Take over the agenda that was shown."""
    press = pressed(AcceptAgenda, update)
    await context.write(
        agenda.accept_agenda, sender(update), press.mark, pressed_message(update), with_head=bool(press.head)
    )
    await context.answer()


async def on_items(update: Update, context: AssemblyContext) -> None:
    """Show a page of agenda items."""
    press = pressed(ShowItems, update)
    await context.write(items.show_items, sender(update), press.meeting_id, press.page, pressed_message(update))
    await context.answer()


async def on_item(update: Update, context: AssemblyContext) -> None:
    """Show one agenda item."""
    press = pressed(ShowItem, update)
    await context.write(items.show_item, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_kind(update: Update, context: AssemblyContext) -> None:
    """Correct what the assembly does with an item."""
    press = pressed(SetItemKind, update)
    await context.write(items.set_kind, sender(update), press.item_id, press.kind, pressed_message(update))
    await context.answer()


async def on_ask_proposal(update: Update, context: AssemblyContext) -> None:
    """Expect the text that will be put to the vote."""
    press = pressed(AskProposal, update)
    await context.write(items.ask_proposal, sender(update), press.item_id)
    await context.answer()


async def on_ask_amount(update: Update, context: AssemblyContext) -> None:
    """Ask what an item costs a member for each inhabitant."""
    press = pressed(AskAmount, update)
    await context.write(items.ask_amount, sender(update), press.item_id)
    await context.answer()


async def on_drop_amount(update: Update, context: AssemblyContext) -> None:
    """Let an item cost nothing for each inhabitant."""
    press = pressed(DropAmount, update)
    await context.write(items.drop_amount, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_ask_title(update: Update, context: AssemblyContext) -> None:
    """Expect another title of an item."""
    press = pressed(AskItemTitle, update)
    await context.write(items.ask_title, sender(update), press.item_id)
    await context.answer()


async def on_ask_new(update: Update, context: AssemblyContext) -> None:
    """Expect a new item."""
    press = pressed(AskNewItem, update)
    await context.write(items.ask_new, sender(update), press.item_id)
    await context.answer()


async def on_move(update: Update, context: AssemblyContext) -> None:
    """Move an item."""
    press = pressed(MoveItem, update)
    await context.write(items.move_item, sender(update), press.item_id, pressed_message(update), up=bool(press.up))
    await context.answer()


async def on_remove(update: Update, context: AssemblyContext) -> None:
    """Take an item off the agenda."""
    press = pressed(RemoveItem, update)
    await context.write(
        items.remove_item, sender(update), press.item_id, pressed_message(update), sure=bool(press.sure)
    )
    await context.answer()


async def on_withdraw(update: Update, context: AssemblyContext) -> None:
    """Hold an item over, or put it on the agenda again."""
    press = pressed(WithdrawItem, update)
    await context.write(
        items.withdraw_item, sender(update), press.item_id, pressed_message(update), withdraw=bool(press.withdraw)
    )
    await context.answer()


async def on_vote(update: Update, context: AssemblyContext) -> None:
    """Show how an item is put to the vote."""
    press = pressed(ShowItemVote, update)
    await context.write(items.show_vote, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_majority(update: Update, context: AssemblyContext) -> None:
    """Choose the majority."""
    press = pressed(SetItemMajority, update)
    await context.write(items.set_majority, sender(update), press.item_id, press.majority, pressed_message(update))
    await context.answer()


async def on_form(update: Update, context: AssemblyContext) -> None:
    """Choose how is voted."""
    press = pressed(SetItemForm, update)
    await context.write(items.set_form, sender(update), press.item_id, press.form, pressed_message(update))
    await context.answer()


async def on_ask_nomination(update: Update, context: AssemblyContext) -> None:
    """Expect what is told of a candidate."""
    press = pressed(AskNomination, update)
    await context.write(nominations.ask_nomination, sender(update), press.item_id)
    await context.answer()


async def on_nomination(update: Update, context: AssemblyContext) -> None:
    """Show a nomination."""
    press = pressed(ShowNomination, update)
    await context.write(nominations.show_nomination, sender(update), press.nomination_id)
    await context.answer()


async def on_remove_nomination(update: Update, context: AssemblyContext) -> None:
    """Take a nomination away."""
    press = pressed(RemoveNomination, update)
    await context.write(nominations.remove_nomination, sender(update), press.nomination_id)
    await context.answer()
