"""Who casts the reader's votes, and on whose behalf the reader votes."""

from assembly.association import Association
from assembly.facts import proxies as facts
from assembly.facts.proxies import Carrying
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.presses import AcceptProxy, RevokeProxy, StartProxy
from screens.proxies import holder_of, member_of
from screens.registry import screen
from screens.texts import escape

ROWS_SHOWN = 40


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
        Carrying.PREPARED: _("{member}: proxy to {holder} prepared, not signed yet"),
        Carrying.UNCONFIRMED: _("{member}: standing proxy to {holder}, not confirmed for this assembly yet"),
        Carrying.OFFERED: _("{member}: proxy to {holder} signed, not accepted yet"),
        Carrying.ACCEPTED: _("{member}: {holder} by proxy"),
        Carrying.SUSPENDED: _("{member}: an own representative, who is present; the proxy to {holder} is suspended"),
    }[seat.carrying].format(
        member=member_of(seat.member, association), holder=holder_of(seat.holder, seat.holder_member)
    )


def _carried(seat: facts.CarriedSeat, association: Association) -> str:
    text = {
        Carrying.OFFERED: _("{member}: proxy offered to you"),
        Carrying.SUSPENDED: _("{member}: suspended, its own representative is present"),
    }.get(seat.carrying, _("{member}: by proxy"))
    return "• " + text.format(member=member_of(seat.member, association))


def _own_button(shown: facts.SeatsOverview, seat: facts.OwnSeat) -> Button | None:
    if not shown.may_change:
        return None
    if seat.carrying is Carrying.SELF:
        text, press = _("Grant a proxy"), StartProxy(shown.meeting_id, seat.member_id).encode()
    elif seat.carrying is Carrying.UNCONFIRMED:
        text, press = _("See the standing proxy"), StartProxy(shown.meeting_id, seat.member_id).encode()
    elif seat.proxy_id is not None:
        text, press = _("Revoke the proxy"), RevokeProxy(seat.proxy_id).encode()
    else:
        return None
    return Button(text if len(shown.own) == 1 else label(f"{text}: {seat.member}"), press)


def _carried_button(seat: facts.CarriedSeat) -> Button | None:
    if seat.carrying is not Carrying.OFFERED:
        return None
    return Button(label(_("Accept the proxy") + f": {seat.member}"), AcceptProxy(seat.proxy_id).encode())
