"""Commissions: listed, filled, and dissolved."""

from assembly.association import Association
from assembly.facts import commissions as facts
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.paging import leafing, page_line
from screens.registry import screen
from screens.texts import clip, escape, number

BUTTONS = 40
"""Commissions that are listed with a button at most."""


@screen(facts.CommissionList)
def commission_list(shown: facts.CommissionList, _association: Association) -> Content:
    """List the commissions."""
    text = _("<b>Commissions</b>\n\nA notice can be sent to the people of a commission.")
    if not shown.commissions:
        text += " " + _("There are none yet.")
    rows = [
        (Button(label(name), presses.ShowCommission(id_, 0).encode()),) for id_, name in shown.commissions[:BUTTONS]
    ]
    rows.append((Button(_("New commission"), presses.AskCommission().encode(), style="primary"),))
    return Content(text, (*rows, (Button(_("Write a notice"), presses.StartNotice().encode()),)))


@screen(facts.CommissionNameExpected)
def name_expected(_facts: facts.CommissionNameExpected, _association: Association) -> Content:
    """Ask for a name."""
    return Content(_("What is the commission called? For example: Audit committee."), (cancel_row(),))


@screen(facts.CommissionCard)
def card(shown: facts.CommissionCard, _association: Association) -> Content:
    """Show who is in a commission; a press takes somebody out."""
    count = ngettext("{count} person", "{count} people", shown.count).format(count=number(shown.count))
    lines = [f"<b>{escape(clip(shown.name, 100))}</b> – {count}"]
    if shown.people:
        lines.append(fitting([f"• {_who(name, function)}" for _id, name, function in shown.people]))
    if line := page_line(shown.page, shown.pages):
        lines.append(line)
    id_ = shown.commission_id
    rows = [
        (
            Button(
                _("{name}: out of the commission").format(name=label(name, 36)),
                presses.LeaveCommission(id_, person_id).encode(),
            ),
        )
        for person_id, name, _function in shown.people
    ]
    pages = leafing(shown.page, shown.pages, lambda page: presses.ShowCommission(id_, page))
    below = (
        (Button(_("Add somebody"), presses.AskCommissionPerson(id_).encode(), style="primary"),),
        (Button(_("Dissolve the commission"), presses.AskEndCommission(id_).encode(), style="danger"),),
        (Button(_("All commissions"), presses.ShowCommissions().encode()),),
    )
    return Content("\n".join(lines), (*rows, *pages, *below))


@screen(facts.CommissionPersonExpected)
def person_expected(shown: facts.CommissionPersonExpected, _association: Association) -> Content:
    """Ask who joins."""
    text = _("Who joins “{name}”? Type a part of the name, or the name of a member.")
    done = Button(_("Done"), presses.ShowCommission(shown.commission_id, 0).encode())
    return Content(text.format(name=escape(clip(shown.name, 100))), ((done,), cancel_row()))


@screen(facts.CommissionCandidates)
def candidates(shown: facts.CommissionCandidates, _association: Association) -> Content:
    """Offer who can join."""
    found = ngettext("“{search}”: {count} person", "“{search}”: {count} people", shown.found)
    lines = [found.format(search=escape(clip(shown.search, 60)), count=number(shown.found))]
    lines.append(_("Press who joins “{name}”, or type something else.").format(name=escape(clip(shown.name, 100))))
    id_ = shown.commission_id
    rows = [
        (Button(label(f"{name} ({function})"), presses.JoinCommission(id_, person_id).encode()),)
        for person_id, name, function in shown.people
    ]
    done = Button(_("Done"), presses.ShowCommission(id_, 0).encode())
    return Content("\n".join(lines), (*rows, (done,)))


@screen(facts.CommissionEndQuestion)
def end_question(shown: facts.CommissionEndQuestion, _association: Association) -> Content:
    """Ask whether the commission is to be dissolved."""
    text = _("Dissolve “{name}”? Its people keep their roles; notices that were sent stay.").format(
        name=escape(clip(shown.name, 100))
    )
    end = Button(_("Yes, dissolve it"), presses.EndCommission(shown.commission_id).encode(), style="danger")
    keep = Button(_("No, keep it"), presses.ShowCommission(shown.commission_id, 0).encode())
    return Content(text, ((end,), (keep,)))


def _who(name: str, function: str) -> str:
    return escape(clip(f"{name} ({function})", 120))
