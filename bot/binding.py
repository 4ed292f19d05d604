"""All papers in one file. A PDF is bound in a process of its own: the papers come from whoever sent them."""

import asyncio

from assembly.association import Association
from assembly.errors import FileRefused, SetNotMade
from assembly.facts.convening import PaperFile, PaperSet
from assembly.papers import SetForm
from bot.contents.child import ask_child
from bot.contents.tasks import packed
from records import Record, paper_sets

SECONDS = 60.0
"""What counting or binding may take; the papers of a large assembly take a few."""


async def made_set(facts: PaperSet, association: Association) -> Record | None:
    """Make the file of all papers; ``None`` where Telegram has it already. Raises ``SetNotMade``.

    In the PDF a paper that cannot be bound is named on the front page instead.
    """
    if facts.telegram_file_id:
        return None
    if facts.form is SetForm.ZIP:
        return await asyncio.to_thread(paper_sets.zipped, facts)
    pages = await _pages(facts.papers)
    front, bound = await asyncio.to_thread(paper_sets.front_page, facts, pages, association)
    parts = [("", front)]
    parts += [(paper_sets.paper_label(paper.number, paper.version, paper.title), paper.content) for paper, _ in bound]
    try:
        answer = await ask_child("bind", packed(parts), seconds=SECONDS)
    except FileRefused as refusal:
        raise SetNotMade from refusal
    return paper_sets.bound(facts, answer.made)


async def _pages(papers: tuple[PaperFile, ...]) -> list[int | None]:
    """Count the pages of each paper. One on which the counting itself fails takes none of the others along."""
    try:
        answer = await ask_child("count", packed([("", paper.content) for paper in papers]), seconds=SECONDS)
    except FileRefused:
        if len(papers) == 1:
            return [None]
        half = len(papers) // 2
        return [*await _pages(papers[:half]), *await _pages(papers[half:])]
    return [None if count is None else int(count) for count in answer.read]
