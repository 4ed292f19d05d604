"""The same broadcast as python-telegram-bot does it, with its own ``AIORateLimiter`` and everything else as it comes.

``python -m bench.rival URL PEOPLE`` sends a text to everybody in ``bench.crowd`` and answers presses meanwhile.
"""

import asyncio
import sys
from typing import Any

from telegram import Update
from telegram.ext import AIORateLimiter, Application, CallbackQueryHandler, ContextTypes

from bench.crowd import FIRST, TOKEN

TEXT = "Mededeling: de zaal is gewijzigd."
RETRIES = 5
"""How often a message that meets a 429 is sent again; by default it would be lost at once."""


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a press; nothing is stored."""
    if update.callback_query is not None:
        await update.callback_query.answer("Genoteerd.")


async def broadcast(application: Application[Any, Any, Any, Any, Any, Any], people: int) -> None:
    """Send to everybody; the limiter is what holds the messages back."""
    chats = range(FIRST, FIRST + people)
    await asyncio.gather(*(application.bot.send_message(chat, TEXT) for chat in chats), return_exceptions=True)


def main() -> None:
    """Run until killed."""
    url, people = sys.argv[1], int(sys.argv[2])

    async def begin(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        asyncio.get_running_loop().create_task(broadcast(application, people))

    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    limiter = AIORateLimiter(max_retries=RETRIES)
    application = builder.rate_limiter(limiter).concurrent_updates(concurrent_updates=True).post_init(begin).build()
    application.add_handler(CallbackQueryHandler(answer))
    application.run_polling(allowed_updates=["callback_query"], stop_signals=())


if __name__ == "__main__":
    main()
