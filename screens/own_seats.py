"""Who casts the reader's votes, and on whose behalf the reader votes."""

from assembly.association import Association
from assembly.facts import proxies as facts
from assembly.facts.proxies import Carrying, SeatWarning
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.presses import AcceptProxy, AskReplacement, RevokeProxy, RevokeStanding, StartProxy
from screens.proxies import holder_of, member_of
from screens.registry import screen
from screens.texts import clip, escape, long_date

ROWS_SHOWN = 40


@screen(facts.SeatsOverview)
def seats(shown: facts.SeatsOverview, association: Association) -> Content:
    """Show who casts the reader's votes, and on whose behalf the reader votes."""
    parts = [f"<b>{escape(clip(shown.title, 200))}</b>"]
    if shown.own:
        lines = [_own(seat, association) for seat in shown.own]
        parts.append(_("<b>Who casts my vote?</b>") + "\n" + fitting(lines, 1600))
    carried = [_carried(seat, association) for seat in shown.carried]
    carrying = fitting(carried, 1600) if carried else _("You carry no vote of another member.")
    parts.append(_("<b>On whose behalf do I vote?</b>") + "\n" + carrying)
    rows = [row for seat in shown.own if (row := _own_buttons(shown, seat))]
    rows += [row for seat in shown.carried if (row := _carried_buttons(shown, seat))]
    return Content("\n\n".join(parts), tuple(rows)[:ROWS_SHOWN])


def _own(seat: facts.OwnSeat, association: Association) -> str:
    text = {
        Carrying.SELF: _("{member}: an own representative"),
        Carrying.PREPARED: _("{member}: proxy to {holder} prepared, not signed yet"),
        Carrying.UNCONFIRMED: _("{member}: standing proxy to {holder}, not confirmed for this assembly yet"),
        Carrying.OFFERED: _("{member}: proxy to {holder} signed, not accepted yet"),
        Carrying.ACCEPTED: _("{member}: {holder} by proxy"),
        Carrying.SUSPENDED: _("{member}: an own representative, who is present; the proxy to {holder} is suspended"),
    }[seat.carrying]
    if seat.standing_id is not None and seat.carrying is Carrying.SELF:
        text = _("{member}: an own representative; the standing proxy to {holder} is not for this assembly")
    said = text.format(member=member_of(seat.member, association), holder=holder_of(seat.holder, seat.holder_member))
    more = [_("until {day} inclusive").format(day=long_date(seat.until, association))] if seat.until else []
    more += [_("with instruction")] if seat.instructed else []
    said += f" ({', '.join(more)})" if more else ""
    return "• " + "\n   ⚠️ ".join([said, *(_warning(warning) for warning in seat.warnings)])


def _warning(warning: SeatWarning) -> str:
    return {
        SeatWarning.HOLDER_ABSENT: _("The holder is not there."),
        SeatWarning.HOLDER_UNREACHABLE: _("The holder cannot be reached."),
        SeatWarning.HOLDER_ON_BOARD: _("The holder belongs to the board or the supervisory board."),
    }[warning]


def _carried(seat: facts.CarriedSeat, association: Association) -> str:
    text = {
        Carrying.OFFERED: _("{member}: proxy offered to you"),
        Carrying.SUSPENDED: _("{member}: suspended, its own representative is present"),
    }.get(seat.carrying, _("{member}: by proxy"))
    said = "• " + text.format(member=member_of(seat.member, association))
    return said + " (" + _("with instruction") + ")" if seat.instructed else said


def _own_buttons(shown: facts.SeatsOverview, seat: facts.OwnSeat) -> tuple[Button, ...]:
    def button(text: str, data: str) -> Button:
        return Button(text if len(shown.own) == 1 else label(f"{text}: {seat.member}"), data)

    start = StartProxy(shown.meeting_id, seat.member_id).encode()
    if seat.carrying is Carrying.SELF:
        grant = (button(_("Grant a proxy"), start),) if shown.may_change else ()
        if seat.standing_id is None:
            return grant
        return (*grant, button(_("Revoke the standing proxy"), RevokeStanding(seat.standing_id).encode()))
    if not shown.may_change:
        return ()
    see = button(_("See the proxy"), start)
    if seat.proxy_id is None or not seat.may_change or seat.carrying is Carrying.UNCONFIRMED:
        return (see,)
    return (
        see,
        button(_("Replace"), AskReplacement(seat.proxy_id).encode()),
        button(_("Revoke the proxy"), RevokeProxy(seat.proxy_id).encode()),
    )


def _carried_buttons(shown: facts.SeatsOverview, seat: facts.CarriedSeat) -> tuple[Button, ...]:
    if seat.carrying is not Carrying.OFFERED or not shown.may_change:
        return ()
    return (Button(label(_("Accept the proxy") + f": {seat.member}"), AcceptProxy(seat.proxy_id).encode()),)
