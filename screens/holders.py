"""Choosing who will hold a proxy, of which kind, and until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from assembly.association import Association
from assembly.facts import proxies as facts
from assembly.proxies import HOLDERS, ProxyKind
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import label
from screens.meetings import cancel_row
from screens.presses import ChooseHolder, ChooseStanding, ChooseUntil, PageHolders, Press, StartProxy
from screens.proxies import NAME_LIMIT, member_of
from screens.registry import screen
from screens.texts import clip, escape, long_date, one_stop

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
    """Ask who will carry the vote, with a way to the other kinds of holders."""
    return choice(shown, association, Presses(partial(ChooseHolder, shown.meeting_id), ChooseStanding, PageHolders))


@dataclass(frozen=True)
class Presses:
    """What the buttons say under a choice of holders: of member, holder and the holder's member, and of a page."""

    choose: Callable[[int, int, int], Press]
    choose_standing: Callable[[int, int, int], Press]
    page: Callable[[int, ProxyKind, int, int], Press]


def choice(shown: facts.HolderChoice, association: Association, presses: Presses) -> Content:
    """Ask who will carry a member's vote, with these buttons."""
    heading = _("<b>Proxy of {member}</b>").format(member=member_of(shown.member, association))
    if shown.standing:
        heading += "\n" + _("Standing: until an end date that you choose after this.")
    rows = [
        (
            Button(
                label(f"{holder.name} ({holder.member})" if holder.member else holder.name),
                _choose(shown, presses, holder).encode(),
            ),
        )
        for holder in shown.holders[:ROWS_SHOWN]
    ]
    return Content(
        f"{heading}\n\n{_holders_found(shown)}",
        (*rows, *_leafing(shown, presses), *_other_kinds(shown, presses), cancel_row()),
    )


def _choose(shown: facts.HolderChoice, presses: Presses, holder: facts.PossibleHolder) -> Press:
    choose = presses.choose_standing if shown.standing else presses.choose
    return choose(shown.member_id, holder.person_id, holder.member_id or 0)


def _holders_found(shown: facts.HolderChoice) -> str:
    if shown.search is not None:
        search = escape(clip(shown.search, NAME_LIMIT))
        if not shown.holders:
            return one_stop(
                _("Nobody was found for “{search}”. Type another part of a name or member.").format(search=search)
            )
        more = shown.found - len(shown.holders)
        text = _("Found for “{search}”:").format(search=search)
        if more:
            text += "\n" + ngettext(
                "{count} more was found. Type more letters.", "{count} more were found. Type more letters.", more
            ).format(count=more)
        return text
    if not shown.holders:
        return {
            ProxyKind.COLLEAGUE: _("No colleague is registered yet. Who represents the member votes without a proxy."),
            ProxyKind.OTHER_MEMBER: _("No representative of another member who may hold a proxy is registered yet."),
        }.get(shown.kind, _("Nobody from outside is registered."))
    text = {
        ProxyKind.COLLEAGUE: _("Who will cast the vote? Choose a colleague, or type a part of a name."),
        ProxyKind.OTHER_MEMBER: _(
            "Who will cast the vote? Choose a representative, or type a part of a name or member."
        ),
    }.get(shown.kind, _("Who will cast the vote? Choose somebody, or type a part of a name."))
    if shown.pages > 1:
        text += "\n\n" + _("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages)
    return text


def _leafing(shown: facts.HolderChoice, presses: Presses) -> list[tuple[Button, ...]]:
    if shown.search is not None:
        return [(_page(shown, presses, _("Everybody"), 0),)]
    row = []
    if shown.page > 0:
        row.append(_page(shown, presses, _("Previous"), shown.page - 1))
    if shown.page + 1 < shown.pages:
        row.append(_page(shown, presses, _("Next"), shown.page + 1))
    return [tuple(row)] if row else []


def _other_kinds(shown: facts.HolderChoice, presses: Presses) -> list[tuple[Button, ...]]:
    """Return a row for each other kind of holder, and one that makes the proxy standing, or not."""
    names = {
        ProxyKind.COLLEAGUE: _("To a colleague"),
        ProxyKind.OTHER_MEMBER: _("To another member"),
        ProxyKind.OUTSIDER: _("To somebody from outside"),
    }
    rows: list[tuple[Button, ...]] = [
        (_page(shown, presses, names[kind], 0, kind=kind),)
        for kind in HOLDERS
        if kind in shown.kinds and kind is not shown.kind
    ]
    if shown.standing:
        rows.append((_page(shown, presses, _("Only for this assembly"), 0, standing=False),))
    elif ProxyKind.STANDING in shown.kinds:
        rows.append((_page(shown, presses, _("Standing, until an end date"), 0, standing=True),))
    return rows


def _page(
    shown: facts.HolderChoice,
    presses: Presses,
    text: str,
    number: int,
    *,
    kind: ProxyKind | None = None,
    standing: bool | None = None,
) -> Button:
    stands = shown.standing if standing is None else standing
    return Button(text, presses.page(shown.member_id, kind or shown.kind, int(stands), number).encode())


@screen(facts.UntilAsked)
def until_asked(shown: facts.UntilAsked, association: Association) -> Content:
    """Ask for the last day of a standing proxy."""
    return until(shown, association, ChooseUntil)


def until(shown: facts.UntilAsked, association: Association, choose: Callable[[int, int, int, date], Press]) -> Content:
    """Ask for the last day of a member's standing proxy, with these buttons."""
    text = _(
        "<b>Standing proxy of {member}</b> to {holder}\n\n"
        "What is its last day? Choose one, or type a date, for example 30-06-2020. "
        "Before each assembly the grantor confirms it."
    ).format(member=member_of(shown.member, association), holder=escape(clip(shown.holder, NAME_LIMIT)))
    whom = shown.member_id, shown.holder_id, shown.holder_member_id or 0
    rows = [(Button(long_date(day, association), choose(*whom, day).encode()),) for day in shown.days[:ROWS_SHOWN]]
    return Content(text, (*rows, cancel_row()))
