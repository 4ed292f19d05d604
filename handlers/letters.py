"""Letters of proxies: made, and signed ones that people send."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, sender
from screens.presses import AskLetter, JudgeLetter, SendLetter, ShowLetters
from services import letters, proxy_letter


async def on_send(update: Update, context: AssemblyContext) -> None:
    """Send the letter as a PDF."""
    await context.write(proxy_letter.send_letter, sender(update), pressed(SendLetter, update).proxy_id)
    await context.answer()


async def on_ask(update: Update, context: AssemblyContext) -> None:
    """Expect the signed letter."""
    await context.write(letters.ask_letter, sender(update), pressed(AskLetter, update).proxy_id)
    await context.answer()


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show the signed letters."""
    await context.write(letters.show_letters, sender(update), pressed(ShowLetters, update).proxy_id)
    await context.answer()


async def on_judge(update: Update, context: AssemblyContext) -> None:
    """Say whether a letter is signed."""
    press = pressed(JudgeLetter, update)
    await context.write(letters.judge_letter, sender(update), press.letter_id, approved=bool(press.approved))
    await context.answer()
