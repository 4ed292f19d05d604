"""The papers: sent to the bot, corrected, and sent again to who asks."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskPaperNumber,
    AskPapers,
    ChoosePaperItem,
    FinishPapers,
    GetPaperSet,
    ListPapers,
    NumberFile,
    RemovePaper,
    SetPaperNumber,
    ShowPaper,
    ShowPapers,
    TiePaper,
)
from services import paper_cards, paper_sets, papers


async def on_ask(update: Update, context: AssemblyContext) -> None:
    """Expect papers."""
    press = pressed(AskPapers, update)
    await context.write(papers.ask_papers, sender(update), press.meeting_id)
    await context.answer()


async def on_finish(update: Update, context: AssemblyContext) -> None:
    """Expect no more papers."""
    press = pressed(FinishPapers, update)
    await context.write(papers.finish_papers, sender(update), press.meeting_id)
    await context.answer()


async def on_number(update: Update, context: AssemblyContext) -> None:
    """Give a file its number."""
    press = pressed(NumberFile, update)
    await context.write(papers.number_file, sender(update), press.file_id, press.paper_number)
    await context.answer()


async def on_list(update: Update, context: AssemblyContext) -> None:
    """Show a page of papers."""
    press = pressed(ListPapers, update)
    await context.write(paper_cards.show_list, sender(update), press.meeting_id, press.page, pressed_message(update))
    await context.answer()


async def on_paper(update: Update, context: AssemblyContext) -> None:
    """Show one paper."""
    press = pressed(ShowPaper, update)
    await context.write(paper_cards.show_paper, sender(update), press.paper_id, pressed_message(update))
    await context.answer()


async def on_ask_number(update: Update, context: AssemblyContext) -> None:
    """Expect another number of a paper."""
    press = pressed(AskPaperNumber, update)
    await context.write(paper_cards.ask_number, sender(update), press.paper_id)
    await context.answer()


async def on_set_number(update: Update, context: AssemblyContext) -> None:
    """Give a paper another number."""
    press = pressed(SetPaperNumber, update)
    await context.write(paper_cards.set_number, sender(update), press.paper_id, press.paper_number)
    await context.answer()


async def on_choose_item(update: Update, context: AssemblyContext) -> None:
    """Show the agenda items that a paper could belong to."""
    press = pressed(ChoosePaperItem, update)
    await context.write(paper_cards.choose_item, sender(update), press.paper_id, press.page, pressed_message(update))
    await context.answer()


async def on_tie(update: Update, context: AssemblyContext) -> None:
    """Let a paper belong to an agenda item."""
    press = pressed(TiePaper, update)
    await context.write(paper_cards.tie, sender(update), press.paper_id, press.item_id, pressed_message(update))
    await context.answer()


async def on_remove(update: Update, context: AssemblyContext) -> None:
    """Take a paper away."""
    press = pressed(RemovePaper, update)
    await context.write(
        paper_cards.remove, sender(update), press.paper_id, pressed_message(update), sure=bool(press.sure)
    )
    await context.answer()


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Send agenda and papers again, by button."""
    press = pressed(ShowPapers, update)
    await context.write(papers.show_papers, sender(update), press.meeting_id)
    await context.answer()


async def on_command(update: Update, context: AssemblyContext) -> None:
    """Send agenda and papers of the assembly at hand again."""
    await context.write(papers.show_papers, sender(update))
    await context.answer()


async def on_set(update: Update, context: AssemblyContext) -> None:
    """Send all papers in one file."""
    press = pressed(GetPaperSet, update)
    await context.write(paper_sets.ask_set, sender(update), press.meeting_id, press.form)
    await context.answer()
