"""One agenda item: what can be corrected, and how it is put to the vote."""

from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.facts import meetings as facts
from assembly.item_settings import ItemMajority, VoteForm
from assembly.tally import Majority
from screens import presses
from screens.agenda import named_papers, titled
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import label
from screens.majorities import majority_in_words
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape, euro_exact
from screens.words import kind_name

TITLE = 1000
NAME = 48


@screen(facts.ItemDetails)
def details(shown: facts.ItemDetails, association: Association) -> Content:
    """Show one item, with its kind to correct, its proposal to fill in, and its place on the agenda."""
    item = shown.item
    lines = [titled(item.number, clip(item.title, TITLE), withdrawn=item.withdrawn), ""]
    lines.append(_("Kind: {kind}").format(kind=kind_name(item.kind)))
    if item.papers:
        lines.append(_("Belongs to it: {papers}").format(papers=named_papers(item.papers)))
    if item.kind.votable:
        words = majority_in_words(shown.majority.of(association.statutes, item.kind))
        lines.append(_("Needed: {majority}").format(majority=words))
        if shown.form is VoteForm.ROLL_CALL:
            lines.append(_("The vote is by roll-call."))
    lines += _nominated(shown)
    lines += _proposed(shown)
    if shown.per_inhabitant is not None:
        lines += ["", _("It costs a member {amount} per inhabitant.").format(amount=euro_exact(shown.per_inhabitant))]
    back = (Button(_("To the items"), presses.ShowItems(shown.meeting_id, shown.page).encode()),)
    if shown.fixed:
        lines += ["", _("This item was put to the vote, so it stays as it is.")]
        return Content("\n".join(lines), (back,))
    if shown.removing:
        lines += ["", _("Remove this item with the points below it?")]
        sure = Button(_("Yes, remove it"), presses.RemoveItem(item.id, 1).encode(), style="danger")
        return Content("\n".join(lines), ((sure,), (Button(_("No, keep it"), presses.ShowItem(item.id).encode()),)))
    return Content("\n".join(lines), (*_kinds(item), *_texts(shown), *_places(shown), back))


def _nominated(shown: facts.ItemDetails) -> list[str]:
    lines = []
    if shown.candidates:
        names = ", ".join(escape(clip(name, NAME)) for _id, name in shown.candidates[:CANDIDATES])
        lines.append(_("Nominated: {names}").format(names=names))
    if shown.nominates:
        lines.append(_("⚠️ The nomination is not filled in yet (art. 2:57a BW)."))
    return lines


def _proposed(shown: facts.ItemDetails) -> list[str]:
    lines = []
    if shown.proposal:
        lines = ["", _("Proposed decision:"), f"<blockquote>{escape(shown.proposal)}</blockquote>"]
    elif shown.item.kind.votable:
        lines = ["", _("No proposed decision was filled in: the title is put to the vote.")]
    if shown.untold:
        told = _("⚠️ This item was changed and nobody knows it yet. Send the change with the late papers, via /alv.")
        lines += ["", told]
    return lines


CANDIDATES = 10
"""Nominations that are shown and can be opened."""


def _kinds(item: facts.ItemShown) -> tuple[tuple[Button, ...], ...]:
    def button(kind: ItemKind) -> Button:
        chosen = "✓ " if kind is item.kind else ""
        return Button(chosen + kind_name(kind), presses.SetItemKind(item.id, kind).encode())

    return (
        (button(ItemKind.INFORMATION), button(ItemKind.DISCUSSION)),
        (button(ItemKind.DECISION), button(ItemKind.PERSONS)),
        (button(ItemKind.AMENDMENT), button(ItemKind.PROCEDURE)),
    )


def _texts(shown: facts.ItemDetails) -> list[tuple[Button, ...]]:
    item = shown.item
    rows: list[tuple[Button, ...]] = [
        (Button(_("Fill in the proposed decision"), presses.AskProposal(item.id).encode()),),
        (Button(_("Fill in the costs per inhabitant"), presses.AskAmount(item.id).encode()),),
        (Button(_("Change the title"), presses.AskItemTitle(item.id).encode()),),
    ]
    if item.kind.votable:
        how = Button(_("How is voted"), presses.ShowItemVote(item.id).encode())
        rows.append((how, Button(_("Variants or candidates"), presses.ShowOptions(item.id).encode())))
    if item.kind is ItemKind.PERSONS:
        rows += [
            (Button(label(_("See {name}").format(name=name), NAME), presses.ShowNomination(found).encode()),)
            for found, name in shown.candidates[:CANDIDATES]
        ]
        rows.append((Button(_("Fill in a nomination"), presses.AskNomination(item.id).encode()),))
    return rows


def _places(shown: facts.ItemDetails) -> list[tuple[Button, ...]]:
    """Return the buttons that move an item, put one behind it, hold it over or remove it."""
    item = shown.item
    moving = [
        *([Button(_("Move up"), presses.MoveItem(item.id, 1).encode())] if shown.up else []),
        *([Button(_("Move down"), presses.MoveItem(item.id, 0).encode())] if shown.down else []),
    ]
    holding = (
        Button(_("Put on the agenda again"), presses.WithdrawItem(item.id, 0).encode())
        if item.withdrawn
        else Button(_("Hold over"), presses.WithdrawItem(item.id, 1).encode())
    )
    removing = [Button(_("Remove"), presses.RemoveItem(item.id, 0).encode(), style="danger")] if shown.draft else []
    rows = [(Button(_("Add an item behind it"), presses.AskNewItem(item.id).encode()),), (holding, *removing)]
    return [tuple(moving), *rows] if moving else rows


@screen(facts.ItemVote)
def vote(shown: facts.ItemVote, association: Association) -> Content:
    """Choose how an item is put to the vote."""
    lines = [
        f"<b>{escape(shown.number)}</b> {escape(clip(shown.title, TITLE))}",
        "",
        _("How many votes in favour does this proposal need?"),
    ]
    majorities = [
        (
            Button(
                ("✓ " if needed == shown.majority.of(association.statutes, shown.kind) else "") + _in_words(needed),
                presses.SetItemMajority(shown.item_id, majority).encode(),
            ),
        )
        for majority, needed in _majorities(shown.kind, association)
    ]
    usual = _("As usual: secret") if shown.secret else _("As usual: by roll-call")
    other = (VoteForm.ROLL_CALL, _("By roll-call")) if shown.secret else (VoteForm.SECRET, _("In secret"))
    forms = tuple(
        Button(
            ("✓ " if form is shown.form else "") + words,
            presses.SetItemForm(shown.item_id, form).encode(),
        )
        for form, words in ((VoteForm.USUAL, usual), other)
    )
    if shown.secret:
        lines.append(_("A vote on persons is secret, unless you choose roll-call."))
    rows = [*majorities, forms]
    return Content("\n".join(lines), (*rows, (Button(_("To the item"), presses.ShowItem(shown.item_id).encode()),)))


def _majorities(kind: ItemKind, association: Association) -> list[tuple[ItemMajority, Majority]]:
    """Return the majorities to choose from, each once: the ordinary one of an amendment is the special one."""
    offered: dict[Majority, ItemMajority] = {}
    for majority in ItemMajority:
        offered.setdefault(majority.of(association.statutes, kind), majority)
    return [(majority, needed) for needed, majority in offered.items()]


def _in_words(majority: Majority) -> str:
    words = majority_in_words(majority)
    return label(words[:1].upper() + words[1:], 60)


@screen(facts.AmountExpected)
def amount_expected(shown: facts.AmountExpected, _association: Association) -> Content:
    """Ask what the item costs a member for each inhabitant."""
    text = _(
        "What does item {number} cost a member per inhabitant? Write an amount, for example 0,12. "
        "In the convocation each member then sees its own amount."
    ).format(number=escape(shown.number))
    drop = Button(_("No costs"), presses.DropAmount(shown.item_id).encode())
    return Content(f"{text}\n\n{escape(clip(shown.title, 300))}", (*(((drop,),) if shown.set else ()), cancel_row()))


@screen(facts.ProposalExpected)
def proposal_expected(shown: facts.ProposalExpected, _association: Association) -> Content:
    """Ask for the text that is put to the vote."""
    text = _(
        "Send the proposed decision for item {number}, <i>{title}</i>. These words are put to the vote "
        "and stand in the decision list."
    )
    return _asking(text, shown.number, shown.title)


@screen(facts.ItemTitleExpected)
def title_expected(shown: facts.ItemTitleExpected, _association: Association) -> Content:
    """Ask for another title."""
    return _asking(_("What is item {number} called from now on? Now it is <i>{title}</i>."), shown.number, shown.title)


@screen(facts.NewItemExpected)
def new_expected(shown: facts.NewItemExpected, _association: Association) -> Content:
    """Ask for a new item."""
    text = _("What is the new item called? It comes behind item {number}, <i>{title}</i>.")
    if shown.convened:
        text += "\n\n" + _(
            "⚠️ It was not in the convocation. Check in your statutes whether a decision on it is possible."
        )
    return _asking(text, shown.number, shown.title)


def _asking(text: str, number: str, title: str) -> Content:
    title = escape(clip(title, 300).rstrip("."))
    return Content(text.format(number=escape(number), title=title), (cancel_row(),))
