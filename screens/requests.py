"""Requests for access: what a stranger is asked, and what the secretariat decides on."""

from assembly.association import Association
from assembly.facts import requests as facts
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import label
from screens.meetings import cancel_row
from screens.registration import role_name
from screens.registry import screen
from screens.texts import clip, escape, member, one_stop

NAME_LIMIT = 100
REASON_LIMIT = 400
LISTED = 20


def _stop_row() -> tuple[Button, ...]:
    return (Button(_("Cancel"), presses.WithdrawRequest().encode()),)


@screen(facts.RequestNameAsked)
def name_asked(_facts: facts.RequestNameAsked, association: Association) -> Content:
    """Ask the stranger's name."""
    text = _("What is your name? It goes to {contact} with your request.").format(contact=escape(association.contact))
    return Content(text, (_stop_row(),))


@screen(facts.RequestFunctionAsked)
def function_asked(_facts: facts.RequestFunctionAsked, _association: Association) -> Content:
    """Ask the stranger's function."""
    return Content(_("What is your function? For example: wethouder."), (_stop_row(),))


@screen(facts.RequestMemberAsked)
def member_asked(shown: facts.RequestMemberAsked, _association: Association) -> Content:
    """Ask for which member the stranger acts."""
    if not shown.search:
        text = _("For which member do you act? Type at least two letters of its name.")
    elif shown.found:
        text = _("Choose your member, or type more letters.")
    else:
        text = _("No member was found for “{search}”. Type another part of the name.").format(
            search=escape(clip(shown.search, NAME_LIMIT))
        )
        text = one_stop(text)
    rows = [(Button(label(name), presses.ChooseRequestMember(member_id).encode()),) for member_id, name in shown.found]
    none = Button(_("I act for no member"), presses.ChooseRequestMember(0).encode())
    return Content(text, (*rows, (none,), _stop_row()))


@screen(facts.RequestCheck)
def check(shown: facts.RequestCheck, association: Association) -> Content:
    """Show what would be sent."""
    text = _("Is this right?") + "\n\n" + _who(shown.name, shown.function, shown.member, association)
    return Content(
        text,
        (
            (Button(_("Send the request"), presses.SendRequest().encode(), style="primary"),),
            (Button(_("Fill in anew"), presses.RestartRequest().encode()),),
            _stop_row(),
        ),
    )


@screen(facts.RequestSent)
def sent(_facts: facts.RequestSent, association: Association) -> Content:
    """Tell that the request waits."""
    text = _("Your request is with {contact}. You receive a message here when it is decided on.")
    return Content(text.format(contact=escape(association.contact)))


@screen(facts.RequestWithdrawn)
def withdrawn(_facts: facts.RequestWithdrawn, _association: Association) -> Content:
    """Tell that nothing was sent."""
    return Content(_("Cancelled; nothing was sent."))


@screen(facts.RequestRefused)
def refused(shown: facts.RequestRefused, association: Association) -> Content:
    """Tell the stranger that it does not get in."""
    text = _("Your request for access was refused. Questions? Ask {contact}.").format(
        contact=escape(association.contact)
    )
    if shown.reason:
        text += "\n\n" + _("Reason: {reason}").format(reason=escape(clip(shown.reason, REASON_LIMIT)))
    return Content(text)


@screen(facts.RequestCard)
def card(shown: facts.RequestCard, association: Association) -> Content:
    """Show a request with what can be decided."""
    parts = [
        _("<b>Request for access</b>") + "\n" + _who(shown.name, shown.function, shown.member, association),
        _("Name in Telegram (anybody can choose it): {name}").format(
            name=escape(clip(shown.telegram_name, NAME_LIMIT)) or "–"
        ),
    ]
    if shown.decided is not None:
        decider, approved = shown.decided
        text = _("✅ Let in by {name}.") if approved else _("Refused by {name}.")
        parts.append(text.format(name=escape(clip(decider, NAME_LIMIT))))
        return Content("\n\n".join(parts))
    parts.append(_("Check first that it is really this person, for example by telephone."))
    known = [
        (
            Button(
                label(_("It is {name} ({function})").format(name=clip(name, 30), function=clip(function, 20))),
                presses.ApproveAsKnown(shown.request_id, person_id).encode(),
            ),
        )
        for person_id, name, function in shown.candidates
    ]
    new = [
        (
            Button(
                _("Let in as new {role}").format(role=role_name(role)),
                presses.ApproveAsNew(shown.request_id, role).encode(),
            ),
        )
        for role in shown.roles
    ]
    refuse = (
        (Button(_("Refuse"), presses.RefuseRequest(shown.request_id).encode(), style="danger"),),
        (Button(_("Refuse with a reason"), presses.AskRefusalReason(shown.request_id).encode()),),
    )
    return Content("\n\n".join(parts), (*known, *new, *refuse))


@screen(facts.RequestList)
def listed(shown: facts.RequestList, _association: Association) -> Content:
    """List the requests that wait."""
    if not shown.requests:
        return Content(_("No request for access waits."))
    count = len(shown.requests)
    text = ngettext("{count} request for access waits.", "{count} requests for access wait.", count)
    rows = [
        (Button(label(f"{name} ({member_name})" if member_name else name), presses.ShowRequest(request_id).encode()),)
        for request_id, name, member_name in shown.requests[:LISTED]
    ]
    return Content(text.format(count=count), tuple(rows))


@screen(facts.RefusalReasonAsked)
def reason_asked(shown: facts.RefusalReasonAsked, _association: Association) -> Content:
    """Ask why a request is refused."""
    text = _("Why do you refuse the request of {name}? The applicant reads your answer.")
    return Content(text.format(name=escape(clip(shown.name, NAME_LIMIT))), (cancel_row(),))


def _who(name: str, function: str, member_name: str, association: Association) -> str:
    of = member(clip(member_name, NAME_LIMIT), association) if member_name else _("no member")
    return _("Name: {name}\nFunction: {function}\nActs for: {member}").format(
        name=escape(clip(name, NAME_LIMIT)), function=escape(clip(function, NAME_LIMIT)), member=of
    )
