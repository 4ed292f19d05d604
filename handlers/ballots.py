"""What a ballot offers beside its choices: voting as it was prepared, and statements."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, sender
from screens.presses import AskStatement, CastPrepared, ChooseStatement
from services import prepared, statements


async def on_prepared(update: Update, context: AssemblyContext) -> None:
    """Record what was prepared for every seat of the presser, and tell what came of it."""
    press = pressed(CastPrepared, update)
    receipt = await context.write(prepared.cast_prepared, sender(update), press.motion_id)
    await context.answer(screens.statements.recorded_prepared(receipt))


async def on_choose_statement(update: Update, context: AssemblyContext) -> None:
    """Ask with which ballot something is said."""
    await context.write(statements.choose_statement, sender(update), pressed(ChooseStatement, update).motion_id)
    await context.answer()


async def on_ask_statement(update: Update, context: AssemblyContext) -> None:
    """Expect what is said with a ballot."""
    press = pressed(AskStatement, update)
    await context.write(statements.ask_statement, sender(update), press.motion_id, press.member_id)
    await context.answer()
