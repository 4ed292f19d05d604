"""The proof of convocation (bewijs van oproeping) as a PDF: per member how, when, to whom, and what came of it."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import typst

from assembly.association import Association
from assembly.convocation import Round
from assembly.facts.dispatches import ConvocationProof, ProofLine, ProofMember, Result
from records.registry import Record, record
from screens.catalogue import _
from screens.texts import long_date, long_date_time, short_moment
from screens.words import means_name, reason, reply_words, round_name

TEMPLATE = Path(__file__).parent / "proof.typ"


@record(ConvocationProof)
def proof(facts: ConvocationProof, association: Association) -> Record:
    """Typeset the proof. The same facts make the same bytes."""
    title = _("Proof of convocation")
    data = {
        "title": title,
        "association": association.name,
        "footer": f"{title} – {facts.meeting.title}",
        "facts": _facts(facts, association),
        "rounds-heading": _("What was told"),
        "rounds-head": [_("Which"), _("When"), _("Content")],
        "rounds": [_round(told, late=told.number in facts.late, association=association) for told in facts.rounds],
        "agenda-heading": _("Agenda"),
        "agenda": [[line.number, line.title] for line in facts.agenda],
        "papers-heading": _("Papers that were sent"),
        "papers-head": [_("Number"), _("Paper"), _("Sent")],
        "papers": [
            [
                str(paper.number),
                _("{title} (version {version})").format(title=paper.title, version=paper.version)
                if paper.version > 1
                else paper.title,
                short_moment(paper.sent_at, association),
                f"{paper.number}  SHA-256 {paper.sha256}" if paper.sha256 else "",
            ]
            for paper in facts.papers
        ],
        "members-heading": _("Members"),
        "lines-head": [_("Which"), _("To"), _("How"), _("When"), _("Result"), _("Receipt confirmed")],
        "members": [_member(member, facts.rounds, association) for member in facts.members],
        "others-heading": _("Others who were convened"),
        "others": [_line(line, facts.rounds, association) for line in facts.others],
    }
    fonts = typst.Fonts(include_system_fonts=False)
    pdf = typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"proof": json.dumps(data)})
    return Record("bewijs-van-oproeping.pdf", "application/pdf", bytes(pdf))


def _facts(facts: ConvocationProof, association: Association) -> list[list[str]]:
    meeting = facts.meeting
    latest = _("{day} ({days} days of notice)").format(day=long_date(facts.latest, association), days=facts.days)
    proved = sum(member.proved for member in facts.members)
    rows = [
        (_("Assembly"), meeting.title),
        (_("Date"), long_date_time(meeting.starts_at, association)),
        (_("Place"), meeting.place),
        (_("Remotely"), meeting.stream),
        (_("Last day to convene"), latest),
        (
            _("Members convened"),
            _("{proved} of {members}").format(proved=proved, members=len(facts.members)),
        ),
        (_("As it stood on"), long_date_time(facts.at, association)),
    ]
    return [[name, value] for name, value in rows if value]


def _round(told: Round, *, late: bool, association: Association) -> list[str]:
    what = long_date_time(told.starts_at, association) + (f", {told.place}" if told.place else "")
    if late:
        what += "\n" + _("Later than the notice period allows.")
    if told.reason:
        what += "\n" + _("Reason: {reason}").format(reason=told.reason)
    return [round_name(told.kind), short_moment(told.told_at, association), what]


def _member(member: ProofMember, rounds: Sequence[Round], association: Association) -> dict[str, object]:
    remarks = [
        _("Agreed to electronic convocation on {day} (BW 2:41(5)).").format(day=long_date(member.consent, association))
        if member.consent
        else _("Has not agreed to electronic convocation (BW 2:41(5))."),
        _("Replied on {moment} ({name}): {reply}.").format(
            moment=short_moment(member.replied_at, association),
            name=member.replied_by,
            reply=reply_words(member.reply),
        )
        if member.reply and member.replied_at
        else _("No reply."),
    ]
    return {
        "name": member.member,
        "missing": "" if member.proved else _("not convened as far as this shows"),
        "remarks": " ".join(remarks),
        "lines": [_line(line, rounds, association) for line in member.lines],
    }


def _line(line: ProofLine, rounds: Sequence[Round], association: Association) -> list[str]:
    kind = next(told.kind for told in rounds if told.number == line.round)
    to = f"{line.name}, {line.function}" if line.function else line.name
    return [
        round_name(kind),
        to,
        _("Telegram") if line.means is None else means_name(line.means),
        _moment(line.at, association),
        _result(line),
        short_moment(line.read_at, association) if line.read_at else "",
    ]


def _moment(at: datetime | date | None, association: Association) -> str:
    if at is None:
        return "–"
    return short_moment(at, association) if isinstance(at, datetime) else long_date(at, association)


def _result(line: ProofLine) -> str:
    text = {
        Result.DELIVERED: _("delivered"),
        Result.DOUBTFUL: _("delivered, possibly twice"),
        Result.UNDER_WAY: _("under way"),
        Result.FAILED: _("not delivered"),
        Result.SENT: _("sent"),
    }[line.result]
    if not line.note:
        return text
    return f"{text}: {reason(line.note) if line.result is Result.FAILED else line.note}"
