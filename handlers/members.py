"""Members as the secretariat works with them: the list, a member's card, its facts, mergers and suspensions."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskFact,
    AskSuspension,
    ChangeFact,
    ChooseSuccessor,
    DecideMerger,
    LiftSuspension,
    PageMembers,
    PageSuccessors,
    RevokeMerger,
    ShowMember,
    SuspendMember,
)
from services import member_facts, members, mergers, suspensions


async def on_list(update: Update, context: AssemblyContext) -> None:
    """Show the members, and expect a name to search for or a register file."""
    await context.write(members.open_list, sender(update))
    await context.answer()


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Show another page of members."""
    press = pressed(PageMembers, update)
    await context.write(members.turn_list, sender(update), press.page, pressed_message(update))
    await context.answer()


async def on_member(update: Update, context: AssemblyContext) -> None:
    """Show a member's card."""
    press = pressed(ShowMember, update)
    await context.write(members.show_member, sender(update), press.member_id, pressed_message(update))
    await context.answer()


async def on_ask_fact(update: Update, context: AssemblyContext) -> None:
    """Expect what a fact of the member is to be."""
    press = pressed(AskFact, update)
    await context.write(member_facts.ask_fact, sender(update), press.member_id, press.fact, pressed_message(update))
    await context.answer()


async def on_change_fact(update: Update, context: AssemblyContext) -> None:
    """Change a fact of the member."""
    press = pressed(ChangeFact, update)
    await context.write(member_facts.change_fact, sender(update), press.member_id, press.fact, pressed_message(update))
    await context.answer()


async def on_successors(update: Update, context: AssemblyContext) -> None:
    """Ask into which member it merges."""
    press = pressed(PageSuccessors, update)
    await context.write(mergers.choose, sender(update), press.member_id, press.page, pressed_message(update))
    await context.answer()


async def on_successor(update: Update, context: AssemblyContext) -> None:
    """Ask from which day the member is none any more."""
    press = pressed(ChooseSuccessor, update)
    await context.write(
        mergers.choose_successor, sender(update), press.member_id, press.successor_id, pressed_message(update)
    )
    await context.answer()


async def on_merge(update: Update, context: AssemblyContext) -> None:
    """Decide a merger."""
    press = pressed(DecideMerger, update)
    await context.write(
        mergers.decide_merger,
        sender(update),
        press.member_id,
        press.successor_id,
        press.day,
        pressed_message(update),
        follow=bool(press.follow),
    )
    await context.answer()


async def on_revoke_merger(update: Update, context: AssemblyContext) -> None:
    """Take a merger back."""
    press = pressed(RevokeMerger, update)
    await context.write(mergers.revoke_merger, sender(update), press.member_id, pressed_message(update))
    await context.answer()


async def on_ask_suspension(update: Update, context: AssemblyContext) -> None:
    """Expect why the member is suspended."""
    press = pressed(AskSuspension, update)
    await context.write(suspensions.ask_reason, sender(update), press.member_id, pressed_message(update))
    await context.answer()


async def on_suspend(update: Update, context: AssemblyContext) -> None:
    """Suspend the member."""
    press = pressed(SuspendMember, update)
    await context.write(suspensions.suspend, sender(update), press.member_id, pressed_message(update))
    await context.answer()


async def on_lift_suspension(update: Update, context: AssemblyContext) -> None:
    """Give the member its vote back."""
    press = pressed(LiftSuspension, update)
    await context.write(suspensions.lift, sender(update), press.member_id, pressed_message(update))
    await context.answer()
