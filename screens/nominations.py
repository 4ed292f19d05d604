"""Nominations: the form to fill in, and what the members are told."""

from assembly.agenda_changes import ItemChange
from assembly.association import Association
from assembly.facts import convening
from assembly.facts import meetings as facts
from assembly.item_kinds import ItemKind
from assembly.item_settings import ItemMajority
from assembly.nominations import NominationFact
from screens import presses
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import fitting
from screens.majorities import majority_in_words
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape
from screens.words import kind_name

FACT = 500
"""UTF-16 units of one fact: all of them fit in a message."""

TEXT = 1400
OPTION = 200
"""UTF-16 units of a text before or after a change, and of each option in it."""


def fact_name(fact: NominationFact) -> str:
    """Name what is told of a candidate, as the form has it."""
    return {
        NominationFact.CANDIDATE: _("Name"),
        NominationFact.AGE: _("Age"),
        NominationFact.PROFESSION: _("Profession"),
        NominationFact.SHARES: _("Shares"),
        NominationFact.POSTS: _("Posts"),
        NominationFact.SUPERVISION: _("Supervisory boards"),
        NominationFact.REASONS: _("Reasons"),
    }[fact]


@screen(facts.NominationExpected)
def expected(shown: facts.NominationExpected, _association: Association) -> Content:
    """Ask for what is missing, as a form that can be copied."""
    about = {"number": escape(shown.number), "title": escape(clip(shown.title, 300).rstrip("."))}
    if shown.given:
        text = _("Saved so far. Still missing for the nomination under item {number}, <i>{title}</i>:").format(**about)
    else:
        text = _("Who is nominated under item {number}, <i>{title}</i>? Copy this form and fill it in:").format(**about)
    asked = list(shown.missing)
    if not shown.supervisory and NominationFact.REASONS not in shown.given:
        asked.append(NominationFact.REASONS)
    form = "\n".join(f"{fact_name(fact)}: " for fact in asked)
    text += f"\n\n<code>{escape(form)}</code>\n\n"
    if shown.supervisory:
        text += _(
            "For the supervisory board the law asks all of this (art. 2:57a BW). Shares are those in the cooperative; "
            "posts are present and past ones that matter for the task. Write “none” where there are none."
        )
    else:
        text += _("Only the name is needed. You can send a line at a time.")
    return Content(text, (cancel_row(),))


@screen(facts.NominationMessage)
def nomination(shown: facts.NominationMessage, _association: Association) -> Content:
    """Tell the members who is nominated."""
    return Content(_told(shown))


def _told(shown: facts.NominationMessage) -> str:
    lines = [
        _("<b>Nomination under item {number}</b>").format(number=escape(shown.number)),
        f"<i>{escape(clip(shown.title, 300))}</i>",
        "",
    ]
    told = {fact: getattr(shown.nomination, fact.value) for fact in NominationFact}
    lines += [f"<b>{fact_name(fact)}:</b> {escape(clip(value, FACT))}" for fact, value in told.items() if value]
    return "\n".join(lines)


@screen(facts.NominationShown)
def shown_to_author(shown: facts.NominationShown, _association: Association) -> Content:
    """Show a nomination to the secretariat."""
    back = (Button(_("To the item"), presses.ShowItem(shown.item_id).encode()),)
    if shown.told:
        return Content(_told(shown.message) + "\n\n" + _("The members have this nomination."), (back,))
    remove = Button(_("Remove"), presses.RemoveNomination(shown.nomination_id).encode(), style="danger")
    return Content(_told(shown.message) + "\n\n" + _("The members do not have it yet."), ((remove,), back))


@screen(convening.AgendaChangeMessage)
def change(shown: convening.AgendaChangeMessage, association: Association) -> Content:
    """Tell the members what was changed of the agenda."""
    lines = [
        _("<b>Change of the agenda of {title}</b>").format(title=escape(clip(shown.meeting, 200))),
        _("Item {number}: <i>{title}</i>").format(
            number=escape(shown.number), title=escape(clip(shown.title, 600).rstrip("."))
        ),
        "",
        *_what(shown, association),
    ]
    return Content("\n".join(lines))


def _what(shown: convening.AgendaChangeMessage, association: Association) -> list[str]:
    match shown.change:
        case ItemChange.ADDED:
            lines = [_("This item is new."), _("Kind: {kind}").format(kind=kind_name(shown.kind))]
            lines += _proposal(_("Proposed decision:"), shown.proposal)
            lines += _listed(_("It can be chosen between:"), shown.after)
        case ItemChange.STANDING:
            held, back = (
                _("This item is held over: nothing is decided on it at this assembly."),
                _("This item is back."),
            )
            lines = [held if shown.after else back]
        case ItemChange.TITLE:
            lines = [_("It was called: {before}").format(before=escape(clip(shown.before, TEXT)))]
        case ItemChange.PROPOSAL:
            lines = _proposal(_("The proposed decision is now:"), shown.after)
            lines += _proposal(_("It was:"), shown.before)
        case ItemChange.OPTIONS:
            none = _("There is nothing to choose between any more; you vote for or against the proposal.")
            lines = _listed(_("It can be chosen between:"), shown.after) or [none]
            lines += _listed(_("It was:"), shown.before)
        case _:
            text = _("Needed: it was {before}, it is {after}.")
            if shown.change is ItemChange.KIND:
                text = _("Kind: it was {before}, it is {after}.")
            before, after = (_value(shown, value, association) for value in (shown.before, shown.after))
            lines = [text.format(before=before, after=after)]
    return lines


def _value(shown: convening.AgendaChangeMessage, value: str, association: Association) -> str:
    """Say a kind or a majority; a value that no version knows is not worth a message that fails."""
    try:
        if shown.change is ItemChange.KIND:
            return kind_name(ItemKind(value)).lower()
        return majority_in_words(ItemMajority(value).of(association.statutes, shown.kind))
    except ValueError:
        return "–"


def _listed(heading: str, labels: str) -> list[str]:
    lines = [f"• {escape(clip(label, OPTION))}" for label in labels.splitlines()]
    return [heading, fitting(lines, TEXT)] if lines else []


def _proposal(heading: str, text: str) -> list[str]:
    return [heading, f"<blockquote>{escape(clip(text, TEXT))}</blockquote>"] if text else []
