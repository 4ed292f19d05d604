"""Proxies: choosing a holder, what is granted, how it stands, and who carries whose vote."""

from assembly.association import Association
from assembly.facts import proxies as facts
from assembly.facts.proxies import Carrying, Part, ProxyEvent
from assembly.proxies import ProxyState
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.presses import (
    AcceptProxy,
    Cancel,
    ChooseHolder,
    DeclineProxy,
    GrantProxy,
    PageHolders,
    RevokeProxy,
    SignProxy,
    StartProxy,
)
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, member

NAME_LIMIT = 100
ROWS_SHOWN = 40
"""Buttons under one message, far below Telegram's 100: nobody acts for more members."""


@screen(facts.GrantorChoice)
def grantor_choice(shown: facts.GrantorChoice, _association: Association) -> Content:
    """Ask for which member the proxy is."""
    rows = [
        (Button(label(name), StartProxy(shown.meeting_id, member_id).encode()),)
        for member_id, name in shown.members[:ROWS_SHOWN]
    ]
    return Content(_("On behalf of which member do you grant a proxy?"), tuple(rows))


@screen(facts.HolderChoice)
def holder_choice(shown: facts.HolderChoice, association: Association) -> Content:
    """Ask who will carry the vote."""
    heading = _("<b>Proxy of {member}</b>").format(member=_member(shown.member, association))
    rows = [
        (
            Button(
                label(f"{holder.name} ({holder.member})"),
                ChooseHolder(shown.meeting_id, shown.member_id, holder.person_id, holder.member_id).encode(),
            ),
        )
        for holder in shown.holders
    ]
    return Content(f"{heading}\n\n{_holders_found(shown)}", (*rows, *_leafing(shown), (_cancel(),)))


def _holders_found(shown: facts.HolderChoice) -> str:
    if shown.search is not None:
        search = escape(clip(shown.search, NAME_LIMIT))
        if not shown.holders:
            return _("Nobody was found for “{search}”. Type another part of a name or member.").format(search=search)
        more = shown.found - len(shown.holders)
        text = _("Found for “{search}”:").format(search=search)
        if more:
            text += "\n" + ngettext(
                "{count} more was found. Type more letters.", "{count} more were found. Type more letters.", more
            ).format(count=more)
        return text
    if not shown.holders:
        return _("No representative of another member is registered yet, so nobody can carry the vote.")
    text = _("Who will cast the vote? Choose a representative, or type a part of a name or member.")
    if shown.pages > 1:
        text += "\n\n" + _("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages)
    return text


def _leafing(shown: facts.HolderChoice) -> list[tuple[Button, ...]]:
    def page(text: str, number: int) -> Button:
        return Button(text, PageHolders(shown.meeting_id, shown.member_id, number).encode())

    if shown.search is not None:
        return [(page(_("All representatives"), 0),)]
    row = []
    if shown.page > 0:
        row.append(page(_("Previous"), shown.page - 1))
    if shown.page + 1 < shown.pages:
        row.append(page(_("Next"), shown.page + 1))
    return [tuple(row)] if row else []


@screen(facts.ProxyQuestion)
def question(shown: facts.ProxyQuestion, association: Association) -> Content:
    """Show exactly what would be granted, and ask whether that is meant."""
    if shown.signs:
        consequence = _("You sign this proxy by granting it. Then {holder} is asked to accept it.")
    else:
        consequence = _(
            "After this, somebody who may sign on behalf of {member} is asked to sign. Then {holder} is asked."
        )
    press = GrantProxy(shown.meeting_id, shown.member_id, shown.holder_id, shown.holder_member_id)
    text = consequence.format(holder=_name(shown.terms.holder), member=_member(shown.terms.member, association))
    return Content(
        f"{_terms(shown.terms, association)}\n\n{text}",
        ((Button(_("Grant the proxy"), press.encode(), style="primary"),), (_cancel(),)),
    )


def _terms(terms: facts.ProxyTerms, association: Association) -> str:
    holder = _name(terms.holder)
    if terms.holder_function and terms.holder_function.casefold() != terms.holder.casefold():
        holder += f" ({_name(terms.holder_function)})"
    place = f"\n{escape(clip(terms.place, 300))}" if terms.place else ""
    return _(
        "<b>Proxy</b>\n\n"
        "Grantor: {member}\n"
        "Holder: {holder}, {holder_member}\n"
        "Assembly: {meeting}\n"
        "{moment}{place}\n\n"
        "The holder may, on behalf of {member}, attend this one assembly, sign the attendance list and vote on all "
        "items. The proxy can be revoked as long as no vote is open."
    ).format(
        member=_member(terms.member, association),
        holder=holder,
        holder_member=_member(terms.holder_member, association),
        meeting=escape(clip(terms.meeting, 200)),
        moment=long_date_time(terms.starts_at, association),
        place=place,
    )


@screen(facts.ProxyCard)
def card(shown: facts.ProxyCard, association: Association) -> Content:
    """Show a proxy as it stands, with what its reader can do."""
    state = _state(shown).format(holder=_name(shown.terms.holder), member=_member(shown.terms.member, association))
    return Content(f"{_terms(shown.terms, association)}\n\n<b>{state}</b>", _card_rows(shown))


def _state(shown: facts.ProxyCard) -> str:
    if shown.suspended:
        return _("Suspended: a representative of {member} is present and votes.")
    if shown.part is Part.HOLDER and shown.state is ProxyState.OFFERED:
        return _("Do you accept this proxy?")
    if shown.part is Part.GRANTOR and shown.state is ProxyState.PREPARED:
        return _("Do you sign this proxy?")
    return {
        ProxyState.PREPARED: _("The proxy has yet to be signed."),
        ProxyState.OFFERED: _("The proxy is signed. {holder} has yet to accept it."),
        ProxyState.ACCEPTED: _("✅ The proxy is accepted. {holder} casts the vote of {member}."),
        ProxyState.DECLINED: _("{holder} does not take this proxy."),
        ProxyState.REVOKED: _("The proxy was revoked."),
        ProxyState.LAPSED: _("The proxy has lapsed."),
    }[shown.state]


def _card_rows(shown: facts.ProxyCard) -> tuple[tuple[Button, ...], ...]:
    sign = Button(_("Sign the proxy"), SignProxy(shown.proxy_id).encode(), style="primary")
    accept = Button(_("Accept the proxy"), AcceptProxy(shown.proxy_id).encode(), style="primary")
    rows: dict[tuple[Part, ProxyState], tuple[Button, ...]] = {
        (Part.GRANTOR, ProxyState.PREPARED): (sign, _revoke(_("Do not sign"), shown.proxy_id)),
        (Part.GRANTOR, ProxyState.OFFERED): (_revoke(_("Revoke the proxy"), shown.proxy_id),),
        (Part.GRANTOR, ProxyState.ACCEPTED): (_revoke(_("Revoke the proxy"), shown.proxy_id),),
        (Part.COLLEAGUE, ProxyState.PREPARED): (_revoke(_("Revoke the proxy"), shown.proxy_id),),
        (Part.HOLDER, ProxyState.OFFERED): (accept, _decline(_("Decline the proxy"), shown.proxy_id)),
        (Part.HOLDER, ProxyState.ACCEPTED): (_decline(_("Lay the proxy down"), shown.proxy_id),),
    }
    return tuple((button,) for button in rows.get((shown.part, shown.state), ()))


@screen(facts.ProxyNews)
def news(shown: facts.ProxyNews, association: Association) -> Content:
    """Tell in short what happened to a proxy."""
    text = {
        ProxyEvent.PREPARED: _(
            "{actor} prepared a proxy of {member} to {holder} ({holder_member}). It has to be signed."
        ),
        ProxyEvent.SIGNED: _(
            "{actor} signed the proxy of {member} to {holder} ({holder_member}). {holder} has yet to accept it."
        ),
        ProxyEvent.ACCEPTED: _("✅ {holder} ({holder_member}) accepted the proxy of {member}."),
        ProxyEvent.DECLINED: _("❌ {holder} ({holder_member}) declined the proxy of {member}."),
        ProxyEvent.LAID_DOWN: _("❌ {holder} ({holder_member}) laid down the proxy of {member}."),
        ProxyEvent.WITHDRAWN: _("The proxy of {member} to {holder} does not go through: {actor} withdrew it unsigned."),
        ProxyEvent.REVOKED: _("{actor} revoked the proxy of {member} to {holder}."),
        ProxyEvent.SUSPENDED: _("The proxy of {member} to {holder} is suspended: {actor} is present and votes."),
        ProxyEvent.RESUMED: _("The proxy of {member} to {holder} holds again: {actor} has left."),
        ProxyEvent.HOLDER_LEFT: _("{holder} has left. Nobody casts the vote of {member} now. See /stem."),
        ProxyEvent.HOLDER_ENDED: _(
            "The proxy of {member} to {holder} has lapsed: {holder} no longer represents {holder_member}."
        ),
        ProxyEvent.MEMBER_ENDED: _("The proxy of {member} to {holder} has lapsed: {member} is no longer a member."),
        ProxyEvent.HOLDER_MEMBER_ENDED: _(
            "The proxy of {member} to {holder} has lapsed: {holder_member} is no longer a member."
        ),
    }[shown.event].format(
        actor=_name(shown.actor),
        member=_member(shown.member, association),
        holder=_name(shown.holder),
        holder_member=_name(shown.holder_member),
    )
    if shown.again is None:
        return Content(text)
    return Content(text, ((Button(_("Choose another holder"), StartProxy(*shown.again).encode()),),))


@screen(facts.SeatsOverview)
def seats(shown: facts.SeatsOverview, association: Association) -> Content:
    """Show who casts the reader's votes, and on whose behalf the reader votes."""
    parts = [f"<b>{escape(shown.title)}</b>"]
    if shown.own:
        lines = [_own(seat, association) for seat in shown.own]
        parts.append(_("<b>Who casts my vote?</b>") + "\n" + fitting(lines, 1600))
    carried = [_carried(seat, association) for seat in shown.carried]
    carrying = fitting(carried, 1600) if carried else _("You carry no vote of another member.")
    parts.append(_("<b>On whose behalf do I vote?</b>") + "\n" + carrying)
    rows = [*(_own_button(shown, seat) for seat in shown.own), *(_carried_button(seat) for seat in shown.carried)]
    return Content("\n\n".join(parts), tuple((button,) for button in rows if button)[:ROWS_SHOWN])


def _own(seat: facts.OwnSeat, association: Association) -> str:
    return "• " + {
        Carrying.SELF: _("{member}: an own representative"),
        Carrying.PREPARED: _("{member}: proxy to {holder} ({holder_member}) prepared, not signed yet"),
        Carrying.OFFERED: _("{member}: proxy to {holder} ({holder_member}) signed, not accepted yet"),
        Carrying.ACCEPTED: _("{member}: {holder} ({holder_member}) by proxy"),
        Carrying.SUSPENDED: _(
            "{member}: an own representative, who is present; the proxy to {holder} ({holder_member}) is suspended"
        ),
    }[seat.carrying].format(
        member=_member(seat.member, association), holder=_name(seat.holder), holder_member=_name(seat.holder_member)
    )


def _carried(seat: facts.CarriedSeat, association: Association) -> str:
    text = {
        Carrying.OFFERED: _("{member}: proxy offered to you"),
        Carrying.SUSPENDED: _("{member}: suspended, its own representative is present"),
    }.get(seat.carrying, _("{member}: by proxy"))
    return "• " + text.format(member=_member(seat.member, association))


def _own_button(shown: facts.SeatsOverview, seat: facts.OwnSeat) -> Button | None:
    if not shown.may_change:
        return None
    if seat.carrying is Carrying.SELF:
        text, press = _("Grant a proxy"), StartProxy(shown.meeting_id, seat.member_id).encode()
    elif seat.proxy_id is not None:
        text, press = _("Revoke the proxy"), RevokeProxy(seat.proxy_id).encode()
    else:
        return None
    return Button(text if len(shown.own) == 1 else label(f"{text}: {seat.member}"), press)


def _carried_button(seat: facts.CarriedSeat) -> Button | None:
    if seat.carrying is not Carrying.OFFERED:
        return None
    return Button(label(_("Accept the proxy") + f": {seat.member}"), AcceptProxy(seat.proxy_id).encode())


def _member(name: str, association: Association) -> str:
    return member(clip(name, NAME_LIMIT), association)


def _name(name: str) -> str:
    return escape(clip(name, NAME_LIMIT))


def _cancel() -> Button:
    return Button(_("Cancel"), Cancel().encode())


def _revoke(text: str, proxy_id: int) -> Button:
    return Button(text, RevokeProxy(proxy_id).encode(), style="danger")


def _decline(text: str, proxy_id: int) -> Button:
    return Button(text, DeclineProxy(proxy_id).encode())
