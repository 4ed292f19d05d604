"""Proxies: what is granted, how it stands, and the news about it."""

from assembly.association import Association
from assembly.facts import proxies as facts
from assembly.facts.proxies import Part, ProxyEvent
from assembly.proxies import LapseReason, ProxyKind, ProxyState
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import label
from screens.meetings import cancel_row
from screens.positions import instruction
from screens.presses import (
    AcceptProxy,
    AskLetter,
    DeclineProxy,
    GrantInstructed,
    GrantProxy,
    GrantStanding,
    InstructProxy,
    ReplaceHolder,
    RevokeProxy,
    SendLetter,
    ShowLetters,
    ShowPositions,
    SignProxy,
    SkipProxy,
    StartProxy,
    VoteSelf,
)
from screens.registry import screen
from screens.texts import clip, escape, long_date, long_date_time, member

NAME_LIMIT = 100
SUGGESTED = 10
INSTRUCTION_LIMIT = 1800
"""Visible UTF-16 units of an instruction: with the terms at their limits it fits in a message."""

_INSTRUCTION_TOLD = {
    ProxyEvent.PREPARED,
    ProxyEvent.SIGNED,
    ProxyEvent.SIGNED_ON_PAPER,
    ProxyEvent.CONFIRMED,
    ProxyEvent.ACCEPTED,
}


@screen(facts.ProxyQuestion)
def question(shown: facts.ProxyQuestion, association: Association) -> Content:
    """Show exactly what would be granted, and ask whether that is meant."""
    if shown.signs:
        consequence = _("You sign this proxy by granting it. Then {holder} is asked to accept it.")
    else:
        consequence = _(
            "After this, somebody who may sign on behalf of {member} is asked to sign. Then {holder} is asked."
        )
    whom = shown.member_id, shown.holder_id, shown.holder_member_id or 0
    until = shown.terms.until
    press = GrantProxy(shown.meeting_id, *whom) if until is None else GrantStanding(*whom, until)
    text = consequence.format(holder=name_of(shown.terms.holder), member=member_of(shown.terms.member, association))
    rows = [(Button(_("Grant the proxy"), press.encode(), style="primary"),)]
    if shown.positions and until is None:
        text += "\n\n" + ngettext(
            "{count} position of the college can go with it as an instruction.",
            "{count} positions of the college can go with it as an instruction.",
            shown.positions,
        ).format(count=shown.positions)
        rows.append((Button(_("Grant with instruction"), GrantInstructed(shown.meeting_id, *whom).encode()),))
    return Content(f"{terms(shown.terms, association)}\n\n{text}", (*rows, cancel_row()))


def terms(said: facts.ProxyTerms, association: Association) -> str:
    """Write what a proxy says."""
    holder = name_of(said.holder)
    if said.holder_function and said.holder_function.casefold() != said.holder.casefold():
        holder += f" ({name_of(said.holder_function)})"
    if said.holder_member:
        holder += ", " + member_of(said.holder_member, association)
    place = f"\n{escape(clip(said.place, 300))}" if said.place else ""
    text = _(
        "<b>Proxy</b>\n\n"
        "Grantor: {member}\n"
        "Holder: {holder}\n"
        "Kind: {kind}\n"
        "Assembly: {meeting}\n"
        "{moment}{place}\n\n"
        "The holder may, on behalf of {member}, attend this one assembly, sign the attendance list and vote on all "
        "items. The proxy can be revoked as long as no vote is open."
    ).format(
        member=member_of(said.member, association),
        holder=holder,
        kind=_kind(said, association),
        meeting=escape(clip(said.meeting, 200)),
        moment=long_date_time(said.starts_at, association),
        place=place,
    )
    if said.until is not None:
        text += " " + _("For each assembly after it, the grantor confirms it anew.")
    if said.board:
        text += "\n\n⚠️ " + _(
            "{holder} belongs to the board or the supervisory board, on which the assembly also decides."
        ).format(holder=name_of(said.holder))
    return text


def _kind(said: facts.ProxyTerms, association: Association) -> str:
    return {
        ProxyKind.COLLEAGUE: _("to a colleague (Gemeentewet 171)"),
        ProxyKind.OTHER_MEMBER: _("to another member"),
        ProxyKind.OUTSIDER: _("to somebody from outside"),
        ProxyKind.STANDING: _("standing, until {day} inclusive"),
    }[said.kind].format(day=long_date(said.until or said.starts_at, association))


@screen(facts.ProxyCard)
def card(shown: facts.ProxyCard, association: Association) -> Content:
    """Show a proxy as it stands, with what its reader can do."""
    state = _state(shown).format(
        holder=name_of(shown.terms.holder),
        member=member_of(shown.terms.member, association),
        holder_member=name_of(shown.terms.holder_member),
    )
    parts = [terms(shown.terms, association), *_instruction(shown), f"<b>{state}</b>"]
    rows = tuple((button,) for button in (*_card_buttons(shown), *_instruction_buttons(shown), *_letter_buttons(shown)))
    return Content("\n\n".join(parts), rows)


def _instruction(shown: facts.ProxyCard) -> list[str]:
    if not shown.instructed:
        return []
    said = instruction(shown.instruction, INSTRUCTION_LIMIT)
    return [_("<b>Instruction</b>") + "\n" + (said or _("No positions were given yet."))]


def _instruction_buttons(shown: facts.ProxyCard) -> tuple[Button, ...]:
    """Return what the member's own people can do about the instruction, as long as the proxy is under way."""
    if shown.part is Part.HOLDER or not shown.state.under_way:
        return ()
    see = Button(_("Positions of the college"), ShowPositions(shown.meeting_id, shown.member_id, 0).encode())
    if shown.instructed:
        return see, Button(_("Without instruction"), InstructProxy(shown.proxy_id, 0).encode())
    if shown.instruction:
        return see, Button(_("With instruction"), InstructProxy(shown.proxy_id, 1).encode())
    return (see,)


def _letter_buttons(shown: facts.ProxyCard) -> tuple[Button, ...]:
    buttons = [Button(_("Letter of the proxy (PDF)"), SendLetter(shown.proxy_id).encode())]
    if shown.may_attach:
        buttons.append(Button(_("Send the signed letter"), AskLetter(shown.proxy_id).encode()))
    if shown.letters:
        text = ngettext("See {count} signed letter", "See {count} signed letters", shown.letters)
        buttons.append(Button(text.format(count=shown.letters), ShowLetters(shown.proxy_id).encode()))
    return tuple(buttons)


def _state(shown: facts.ProxyCard) -> str:
    if shown.suspended:
        return _("Suspended: a representative of {member} is present and votes.")
    if shown.part is Part.HOLDER and shown.state is ProxyState.OFFERED:
        return _("Do you accept this proxy?")
    if shown.state is ProxyState.PREPARED:
        return _prepared(shown)
    if shown.reason is not None:
        return {
            LapseReason.CLOSED: _("The proxy lapsed when the assembly closed."),
            LapseReason.EXPIRED: _("The proxy has lapsed: its last day is over."),
            LapseReason.MEMBER_ENDED: _("The proxy has lapsed: {member} is no longer a member."),
            LapseReason.HOLDER_ENDED: _("The proxy has lapsed: {holder} can no longer carry it."),
            LapseReason.HOLDER_MEMBER_ENDED: _("The proxy has lapsed: {holder_member} is no longer a member."),
        }[shown.reason]
    return {
        ProxyState.OFFERED: _("The proxy is signed. {holder} has yet to accept it."),
        ProxyState.ACCEPTED: _("✅ The proxy is accepted. {holder} casts the vote of {member}."),
        ProxyState.DECLINED: _("{holder} does not take this proxy."),
        ProxyState.REVOKED: _("The proxy was revoked."),
    }.get(shown.state, _("The proxy has lapsed."))


def _prepared(shown: facts.ProxyCard) -> str:
    if shown.confirms:
        if shown.part is Part.GRANTOR:
            return _("Do you confirm this standing proxy for this assembly? Without that it does not hold.")
        return _("The standing proxy has yet to be confirmed for this assembly. Without that it does not hold.")
    if shown.part is Part.GRANTOR:
        return _("Do you sign this proxy?")
    return _("The proxy has yet to be signed.")


def _card_buttons(shown: facts.ProxyCard) -> tuple[Button, ...]:
    number = shown.proxy_id
    if shown.confirms and shown.state is ProxyState.PREPARED:
        if shown.part is not Part.GRANTOR:
            return ()
        return (
            Button(_("Confirm for this assembly"), SignProxy(number).encode(), style="primary"),
            Button(_("Not for this assembly"), SkipProxy(number).encode()),
            _revoke(_("Revoke the proxy"), number),
        )
    sign = Button(_("Sign the proxy"), SignProxy(number).encode(), style="primary")
    accept = Button(_("Accept the proxy"), AcceptProxy(number).encode(), style="primary")
    buttons: dict[tuple[Part, ProxyState], tuple[Button, ...]] = {
        (Part.GRANTOR, ProxyState.PREPARED): (sign, _revoke(_("Do not sign"), number)),
        (Part.GRANTOR, ProxyState.OFFERED): (_revoke(_("Revoke the proxy"), number),),
        (Part.GRANTOR, ProxyState.ACCEPTED): (_revoke(_("Revoke the proxy"), number),),
        (Part.COLLEAGUE, ProxyState.PREPARED): (_revoke(_("Revoke the proxy"), number),),
        (Part.HOLDER, ProxyState.OFFERED): (accept, _decline(_("Decline the proxy"), number)),
        (Part.HOLDER, ProxyState.ACCEPTED): (_decline(_("Lay the proxy down"), number),),
    }
    return buttons.get((shown.part, shown.state), ())


@screen(facts.ProxyNews)
def news(shown: facts.ProxyNews, association: Association) -> Content:
    """Tell in short what happened to a proxy."""
    text = {
        ProxyEvent.PREPARED: _("{actor} prepared a proxy of {member} to {holder}. It has to be signed."),
        ProxyEvent.SIGNED: _("{actor} signed the proxy of {member} to {holder}, who has yet to accept it."),
        ProxyEvent.SIGNED_ON_PAPER: _(
            "{actor} has seen the signed letter of the proxy of {member} to {holder}, who has yet to accept it."
        ),
        ProxyEvent.CONFIRMED: _("✅ {actor} confirmed the standing proxy of {member} to {holder} for this assembly."),
        ProxyEvent.ACCEPTED: _("✅ {holder} accepted the proxy of {member}."),
        ProxyEvent.DECLINED: _("❌ {holder} declined the proxy of {member}."),
        ProxyEvent.LAID_DOWN: _("❌ {holder} laid down the proxy of {member}."),
        ProxyEvent.WITHDRAWN: _("The proxy of {member} to {holder} does not go through: {actor} withdrew it unsigned."),
        ProxyEvent.SKIPPED: _("The standing proxy of {member} to {holder} is not for this assembly, says {actor}."),
        ProxyEvent.REVOKED: _("{actor} revoked the proxy of {member} to {holder}."),
        ProxyEvent.SUSPENDED: _("The proxy of {member} to {holder} is suspended: {actor} is present and votes."),
        ProxyEvent.RESUMED: _("The proxy of {member} to {holder} holds again: {actor} has left."),
        ProxyEvent.HOLDER_LEFT: _("{holder} has left. Nobody casts the vote of {member} now. See /stem."),
        ProxyEvent.HOLDER_ABSENT: _("⚠️ {holder} is not there. Nobody casts the vote of {member} now."),
        ProxyEvent.HOLDER_UNREACHABLE: _(
            "⚠️ {holder}, who holds the proxy of {member}, cannot be reached with this assistant."
        ),
        ProxyEvent.INSTRUCTED: _("{actor} gave an instruction with the proxy of {member} to {holder}."),
        ProxyEvent.LEFT_FREE: _("{actor} withdrew the instruction with the proxy of {member} to {holder}."),
        ProxyEvent.EXPIRED: _("The proxy of {member} to {holder} has lapsed: its last day is over."),
        ProxyEvent.MEMBER_ENDED: _("The proxy of {member} to {holder} has lapsed: {member} is no longer a member."),
        ProxyEvent.HOLDER_ENDED: _(
            "The proxy of {member} to {holder} has lapsed: the holder no longer acts for {holder_member}."
        )
        if shown.holder_member
        else _("The proxy of {member} to {holder} has lapsed: the holder has no part in this assembly any more."),
        ProxyEvent.HOLDER_MEMBER_ENDED: _(
            "The proxy of {member} to {holder} has lapsed: {holder_member} is no longer a member."
        ),
    }[shown.event].format(
        actor=name_of(shown.actor),
        member=member_of(shown.member, association),
        holder=holder_of(shown.holder, shown.holder_member),
        holder_member=name_of(shown.holder_member),
    )
    if shown.instructed and shown.event in _INSTRUCTION_TOLD:
        text += " " + _("An instruction goes with it.")
    return Content(text, _ways(shown.replacing) if shown.replacing else ())


@screen(facts.ReplacementAsked)
def replacement(shown: facts.ReplacementAsked, association: Association) -> Content:
    """Ask who carries the vote instead."""
    text = _("Who casts the vote of {member} instead of {holder}? The proxy to {holder} ends with your choice.").format(
        member=member_of(shown.member, association), holder=holder_of(shown.holder, shown.holder_member)
    )
    return Content(text, (*_ways(shown.replacing), cancel_row()))


def _ways(ways: facts.Replacing) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each way to have the vote cast after all."""
    rows = []
    if ways.votes_self:
        rows.append((Button(_("Vote oneself"), VoteSelf(ways.proxy_id).encode(), style="primary"),))
    for holder in ways.suggestions[:SUGGESTED]:
        name = f"{holder.name} ({holder.member})" if holder.member else holder.name
        press = ReplaceHolder(ways.proxy_id, holder.person_id, holder.member_id or 0)
        rows.append((Button(label(_("Proxy to {holder}").format(holder=name)), press.encode()),))
    start = StartProxy(ways.meeting_id, ways.member_id)
    return (*rows, (Button(_("Choose another holder"), start.encode()),))


def member_of(name: str, association: Association) -> str:
    """Write a member as in a sentence, at most ``NAME_LIMIT`` long."""
    return member(clip(name, NAME_LIMIT), association)


def name_of(name: str) -> str:
    """Write a name, at most ``NAME_LIMIT`` long."""
    return escape(clip(name, NAME_LIMIT))


def holder_of(name: str, holder_member: str) -> str:
    """Write a holder with the member for which it acts, where there is one."""
    return f"{name_of(name)} ({name_of(holder_member)})" if holder_member else name_of(name)


def _revoke(text: str, proxy_id: int) -> Button:
    return Button(text, RevokeProxy(proxy_id).encode(), style="danger")


def _decline(text: str, proxy_id: int) -> Button:
    return Button(text, DeclineProxy(proxy_id).encode())
