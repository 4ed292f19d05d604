"""All papers in one file, on request: made once for everybody, and sent by Telegram's file id from then on."""

from hashlib import sha256

from assembly import errors
from assembly.facts.convening import PaperFile, PaperSet, PaperSetComing, PaperSetRef
from assembly.files import UPLOAD_LIMIT
from assembly.papers import SetForm
from assembly.permissions import Act
from services.access import require
from services.papers import readable
from services.telling import show_anew, tell
from storage.papers import Paper
from storage.unit import Unit

MARK = 16
"""Digits of a hash: enough to tell two sets apart."""

OVERHEAD = 2_000
"""Bytes that a paper takes in a file beside its own, at most; Telegram counts them too."""


async def ask_set(unit: Unit, telegram_id: int, meeting_id: int, form: SetForm) -> None:
    """Send all papers that people have in one file; one that is not made yet comes as soon as it is."""
    acting = await require(unit, telegram_id, Act.READ_PAPERS)
    meeting = await readable(unit, acting, meeting_id)
    papers = _in_form(await unit.papers.sent(meeting.id), form)
    if not papers:
        raise errors.NoPapers(form.value)
    waiting = tuple(paper.number for paper in papers if paper.sha256 is None)
    if waiting:
        raise errors.PapersUnderWay(waiting)
    size = sum(paper.size + OVERHEAD for paper in papers)
    if size > UPLOAD_LIMIT:
        raise errors.SetTooLarge(-(-size // 1_000_000), UPLOAD_LIMIT // 1_000_000)
    if await unit.uploads.get(_key(papers, form)) is None:
        await tell(unit, acting, PaperSetComing(form))
    await show_anew(unit, acting, PaperSetRef(meeting.id, acting.person.id, form), f"set:{meeting.id}:{form}")


async def load_set(unit: Unit, ref: PaperSetRef) -> PaperSet | None:
    """Load the papers of an assembly for one file, or what Telegram has of them; nothing where there are none."""
    meeting = await unit.meetings.get(ref.meeting_id)
    every = await unit.papers.sent(ref.meeting_id)
    papers = _in_form(every, ref.form)
    if meeting is None or not papers:
        return None
    key = _key(papers, ref.form)
    known = await unit.uploads.get(key) or ""
    left_out = tuple((paper.number, paper.version, paper.title) for paper in every if paper not in papers)
    contents = {} if known else await unit.papers.contents([paper.id for paper in papers])
    files = tuple(
        PaperFile(paper.number, paper.version, paper.title, paper.name, contents.get(paper.id, b"")) for paper in papers
    )
    return PaperSet(meeting.id, meeting.title, meeting.starts_at, ref.form, key, known, files, left_out)


def _in_form(papers: tuple[Paper, ...], form: SetForm) -> tuple[Paper, ...]:
    """Return the papers that can go into the file: all into a ZIP, the PDFs into a PDF."""
    return tuple(paper for paper in papers if form is SetForm.ZIP or paper.name.lower().endswith(".pdf"))


def _key(papers: tuple[Paper, ...], form: SetForm) -> str:
    """Return what stands for exactly these papers in one file."""
    digest = sha256(repr([(paper.number, paper.version, paper.title, paper.sha256) for paper in papers]).encode())
    return f"set:{form}:{digest.hexdigest()[:MARK]}"
