"""Refusals of papers, and of files that people send."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import says
from screens.texts import clip


@says(errors.FileRefused)
def file_refused(refusal: errors.FileRefused, _association: Association) -> str:
    sentences = {
        "type": _(
            "This file is of another kind than was asked for; nothing was taken over. Send the kind that is asked for."
        ),
        "program": _("A file of this kind cannot be a paper; nothing was saved. Send for example a PDF."),
        "size": _("This file is larger than {detail} MB; nothing was taken over. Send a smaller file."),
        "empty": _("There is nothing in this file that can be read; nothing was taken over."),
        "rows": _("This file has more than {detail} rows; nothing was taken over."),
        "rows_wrong": _("{detail} rows of this file cannot be read; nothing was taken over. Correct them first."),
        "columns": _("The column “lid” is missing; nothing was taken over. Possible columns: {detail}."),
        "column_twice": _("The column “{detail}” is there twice; nothing was taken over. Leave one of them out."),
        "encoding": _(
            "The letters of this file cannot be read with certainty; nothing was taken over. "
            "Save it anew, in UTF-8 or as an Office file."
        ),
        "quotes": _("A quotation mark in this file is never closed; nothing was taken over. Save it as XLSX."),
        "password": _("This file is protected by a password; nothing was taken over. Take the password off."),
        "old_format": _("This kind of file cannot be read; nothing was taken over. Save it as XLSX or CSV."),
        "macros": _("There are macros in this file; nothing was taken over. Save it without macros."),
        "external": _(
            "This file leans on other files or holds objects; nothing was taken over. Keep only the cells, as XLSX."
        ),
        "merged": _("Cells {detail} are merged; nothing was taken over. Undo the merging of cells everywhere."),
        "sheets": _("This file has more than {detail} sheets; nothing was taken over."),
        "tables": _("More than one sheet has the column “lid”; nothing was taken over. Keep one of: {detail}."),
        "unpacked": _("This file grows too large when it is unpacked; nothing was taken over."),
        "time": _("Reading this file takes too long; nothing was taken over. Keep only what is needed in it."),
        "broken": _("This file is damaged or was made in an unusual way; nothing was taken over. Save it anew."),
        "fetch": _("{detail} could not be fetched from Telegram. Please send it again."),
        "agenda": _(
            "This kind of file cannot be read as an agenda; nothing was taken over. "
            "Save it as DOCX or as PDF with text, or paste the text here."
        ),
        "no_text": _(
            "There is no text in this PDF, only pictures; nothing was taken over. Send the agenda as DOCX, or as text."
        ),
        "pages": _("This file has more than {detail} pages; nothing was taken over. Send the agenda alone."),
    }
    return sentences[refusal.reason].format(detail=refusal.detail)


@says(errors.NothingToSend)
def nothing_to_send(_refusal: errors.NothingToSend, _association: Association) -> str:
    return _("Every paper was sent already; nothing was sent again. Add the new paper first, via /alv.")


@says(errors.PaperSent)
def paper_sent(refusal: errors.PaperSent, _association: Association) -> str:
    """Say that a paper is known."""
    return _(
        "Paper {number} was sent already, so it stays. Add a new version, or send it again as another number."
    ).format(number=refusal.number)


@says(errors.PaperKnown)
def paper_known(refusal: errors.PaperKnown, _association: Association) -> str:
    """Say that nothing is new."""
    return _("This very file is paper {number} already; nothing was changed.").format(number=refusal.number)


@says(errors.NoPapers)
def no_papers(refusal: errors.NoPapers, _association: Association) -> str:
    """Say that there is nothing to put together."""
    return {
        "zip": _("No papers were sent for this assembly yet. You receive them as soon as they are sent."),
        "pdf": _("None of the papers is a PDF, so they cannot be bound together. Ask for the ZIP instead."),
    }[refusal.form]


@says(errors.PapersUnderWay)
def papers_under_way(refusal: errors.PapersUnderWay, association: Association) -> str:
    """Say which papers are not here yet."""
    return _("Not all papers are here yet ({numbers}). Try again in a minute, or ask {contact}.").format(
        numbers=clip(", ".join(refusal.numbers), 60), contact=association.contact
    )


@says(errors.SetNotMade)
def set_not_made(_refusal: errors.SetNotMade, _association: Association) -> str:
    """Say that binding failed."""
    return _("The papers could not be bound into one PDF. Ask for the ZIP instead, with /stukken.")


@says(errors.SetTooLarge)
def set_too_large(refusal: errors.SetTooLarge, _association: Association) -> str:
    """Say that Telegram takes no such file."""
    return _(
        "All papers together come to {size} MB, and Telegram takes {limit} MB. Open them one by one instead."
    ).format(size=refusal.size, limit=refusal.limit)
