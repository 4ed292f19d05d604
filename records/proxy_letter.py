"""The letter (volmachtbrief) of a proxy, to be signed: one page, and the instruction on a page of its own."""

import json
from pathlib import Path

import typst

from assembly.association import Association
from assembly.facts.letters import ProxyLetter
from assembly.facts.positions import PositionLine
from assembly.positions import Stance
from assembly.proxies import ProxyKind
from records.registry import Record, record
from screens.catalogue import gettext as _
from screens.texts import clean_name, long_date, long_date_time

TEMPLATE = Path(__file__).parent / "proxy_letter.typ"
NAME_LIMIT = 200
"""UTF-16 units of a name in the letter: a name has at most as many letters in the register."""


@record(ProxyLetter)
def letter(facts: ProxyLetter, association: Association) -> Record:
    """Typeset the letter. Only typst's own fonts are used, and embedded: the same on every machine."""
    member = association.member_article + clean_name(facts.member, NAME_LIMIT)
    data = {
        "addressee": [association.name, *_lines(association.address)],
        "place_and_date": _("Place and date:"),
        "date": long_date(facts.at, association),
        "subject": _("Subject: proxy for {meeting}").format(meeting=facts.meeting),
        "opening": _("To the board of {association}").format(association=association.name),
        "body": [*_body(facts, association, member)],
        "closing": _("On behalf of {member},").format(member=member),
        "signed": _signed(facts, association),
        "signature": _("Signature:"),
        "grantor": [line for line in (_line(facts.grantor), _line(facts.capacity)) if line],
        "unknown": _("Name and function:"),
        "instruction": _instruction(facts, association, member),
    }
    fonts = typst.Fonts(include_system_fonts=False)
    pdf = typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"letter": json.dumps(data)})
    name = _("proxy {member}").format(member=_line(facts.member)).replace("/", "-")
    return Record(f"{name}.pdf", "application/pdf", bytes(pdf))


def _body(facts: ProxyLetter, association: Association, member: str) -> list[str]:
    """Write who authorises whom to what, for which assembly, and until when."""
    place = _(" in {place}").format(place=_line(facts.place)) if facts.place else ""
    paragraphs = [
        _(
            "I hereby authorise {holder} to attend the general assembly of {association} ({meeting}) on "
            "{moment}{place}, to sign the attendance list there on behalf of {member}, and to cast the vote of "
            "{member} on all items that are put to the vote."
        ).format(
            holder=_holder(facts, association),
            association=association.name,
            meeting=_line(facts.meeting),
            moment=long_date_time(facts.starts_at, association),
            place=place,
            member=member,
        )
    ]
    if facts.decision is not None:
        paragraphs.append(
            _("The college decided on this under number {number} on {day}.").format(
                number=_line(facts.decision.number), day=long_date(facts.decision.day, association)
            )
        )
    if facts.until is not None:
        paragraphs.append(
            _(
                "This proxy is a standing one: it also holds for each following general assembly until {day} "
                "inclusive, provided that I confirm it for that assembly."
            ).format(day=long_date(facts.until, association))
        )
    else:
        paragraphs.append(_("This proxy holds for this one assembly."))
    if association.statutes.proxy_substitution:
        paragraphs.append(_("The holder may pass this proxy on (BW 3:64)."))
    else:
        paragraphs.append(_("The holder may not pass this proxy on (BW 3:64)."))
    if facts.instruction:
        paragraphs.append(_("The instruction stands on the page after this one."))
    return paragraphs


def _holder(facts: ProxyLetter, association: Association) -> str:
    """Write the holder with its function and its member."""
    name, function = _line(facts.holder), _line(facts.holder_function)
    said = f"{name}, {function}" if function and function.casefold() != name.casefold() else name
    if not facts.holder_member:
        return said
    where = association.member_article + _line(facts.holder_member)
    if facts.kind is ProxyKind.COLLEAGUE:
        return _("{holder}, who works for {member}").format(holder=said, member=where)
    return _("{holder}, of {member}").format(holder=said, member=where)


def _signed(facts: ProxyLetter, association: Association) -> str:
    if facts.signed_at is None:
        return ""
    return _("Signed in the assembly assistant on {moment}.").format(
        moment=long_date_time(facts.signed_at, association)
    )


def _instruction(facts: ProxyLetter, association: Association, member: str) -> dict[str, object] | None:
    """Return the page with the instruction; ``None`` where there is none."""
    if not facts.instruction:
        return None
    return {
        "heading": _("Instruction with the proxy of {member}").format(member=member),
        "introduction": _(
            "For {holder}. This page is not sent to the secretariat; until a vote is closed the instruction stays "
            "between {member} and the holder."
        ).format(holder=_line(facts.holder), member=member),
        "meeting": f"{_line(facts.meeting)}, {long_date(facts.starts_at, association)}",
        "columns": [_("Item"), _("Subject"), _("Instruction"), _("Remark")],
        "rows": [[line.number, _line(line.title), _stance(line), _line(line.remark)] for line in facts.instruction],
    }


def _stance(line: PositionLine) -> str:
    if line.stance is None:
        return "–"
    if line.lapsed:
        return _("lapsed")
    return {
        Stance.FOR: _("for"),
        Stance.AGAINST: _("against"),
        Stance.ABSTAIN: _("abstention"),
        Stance.FREE: _("free"),
    }[line.stance]


def _lines(address: str) -> list[str]:
    return [_line(line) for line in address.split(",") if line.strip()]


def _line(text: str) -> str:
    return clean_name(text, NAME_LIMIT)
