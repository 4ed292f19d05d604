"""The convocation as a letter, and its change or cancellation: one PDF for all members that get no message."""

import json
from pathlib import Path

import typst

from assembly.association import Association
from assembly.convocation import Round, RoundKind
from assembly.facts.dispatches import ConvocationLetter, ConvocationLetters
from assembly.meetings import Meeting
from records.registry import Record, record
from screens.catalogue import _
from screens.texts import clean_name, long_date, long_date_time
from screens.words import costs

TEMPLATE = Path(__file__).parent / "convocation_letters.typ"
LINE_LIMIT = 72
"""UTF-16 units of a line in the address: at most two lines in the window."""


@record(ConvocationLetters)
def convocation_letters(facts: ConvocationLetters, association: Association) -> Record:
    """Typeset the letters, a member after the other."""
    kind, meeting = facts.told.kind, facts.meeting
    papers = facts.papers if kind is RoundKind.CONVENED else ()
    data = {
        "window": association.letter_window,
        "association": association.name,
        "sender": association.sender or association.name,
        "date": long_date(facts.at, association),
        "subject": _subject(kind).format(title=meeting.title),
        "introduction": _introduction(kind).format(association=association.name),
        "facts": [[name, value] for name, value in _facts(meeting, facts.before, association) if value],
        "notes": _notes(facts.told),
        "agenda-heading": _("Agenda"),
        "papers-heading": _("Enclosed"),
        "papers": [_("Paper {number}: {title}").format(number=number, title=title) for number, title in papers],
        "answer": "" if kind is RoundKind.CANCELLED else _answer(association),
        "closing": _("Kind regards,"),
        "letters": [_letter(letter, kind, association) for letter in facts.letters],
    }
    fonts = typst.Fonts(include_system_fonts=False)
    pdf = typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"letters": json.dumps(data)})
    return Record("oproepingsbrieven.pdf", "application/pdf", bytes(pdf))


def _subject(kind: RoundKind) -> str:
    return {
        RoundKind.CONVENED: _("Convocation: {title}"),
        RoundKind.CHANGED: _("Change of the convocation: {title}"),
        RoundKind.CANCELLED: _("Cancelled: {title}"),
    }[kind]


def _introduction(kind: RoundKind) -> str:
    return {
        RoundKind.CONVENED: _("{association} convenes you to the general assembly."),
        RoundKind.CHANGED: _(
            "{association} changes the convocation for the general assembly that you received before."
        ),
        RoundKind.CANCELLED: _("The general assembly of {association} to which you were convened is not held."),
    }[kind]


def _facts(meeting: Meeting, before: Round | None, association: Association) -> list[tuple[str, str]]:
    rows = [
        (_("Assembly"), meeting.title),
        (_("Date"), long_date_time(meeting.starts_at, association)),
        (_("Place"), meeting.place),
        (_("Remotely"), meeting.stream),
    ]
    if before is not None and before.starts_at != meeting.starts_at:
        rows.insert(2, (_("It was"), long_date_time(before.starts_at, association)))
    if before is not None and before.place != meeting.place:
        rows.insert(rows.index((_("Place"), meeting.place)) + 1, (_("It was"), before.place))
    return rows


def _notes(told: Round) -> list[str]:
    if not told.reason:
        return []
    if told.kind is RoundKind.CONVENED:
        return [_("This convocation is later than the statutes ask, because: {reason}").format(reason=told.reason)]
    return [_("Reason: {reason}").format(reason=told.reason)]


def _answer(association: Association) -> str:
    return _(
        "Do you let {contact} know whether you come, take part remotely, grant a proxy or are unable to come? With "
        "your agreement we convene you electronically from now on, in Telegram."
    ).format(contact=association.contact)


def _letter(letter: ConvocationLetter, kind: RoundKind, association: Association) -> dict[str, object]:
    name = clean_name(letter.name, LINE_LIMIT)
    member = clean_name(association.member_article + letter.member, LINE_LIMIT)
    lines = (name, clean_name(letter.function, LINE_LIMIT), member[:1].upper() + member[1:])
    return {
        "address": [line for line in lines if line],
        "agenda": [
            [line.number, [line.title, *costs(line, association)]]
            for line in letter.agenda
            if kind is not RoundKind.CANCELLED
        ],
        "opening": _("Dear {name},").format(name=name) if name else _("Dear members of the board,"),
    }
