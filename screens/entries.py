"""What is entered on behalf of members: choosing it, the entry with its paper, and the list."""

from assembly.association import Association
from assembly.entries import (
    EnteredAct,
    EnteredBallot,
    EnteredPresence,
    EnteredProxy,
    EnteredReply,
    EnteredSignature,
    EntryState,
    SheetSource,
)
from assembly.facts import entries as facts
from assembly.meetings import Reply
from assembly.options import ABSTAIN, Chosen, joined, parted
from screens import holders
from screens.catalogue import _, ngettext
from screens.choices import option_buttons, option_name, selection_name
from screens.content import Button, Content, StoredDocument, StoredPicture
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.presses import (
    ConfirmEntry,
    EnterBallot,
    EnterFor,
    EnterHolder,
    EnterHolders,
    EnterPresence,
    EnterReply,
    EnterSignature,
    EnterStanding,
    EnterUntil,
    ObjectToEntry,
    PageEntryMembers,
    PickEntered,
    RejectEntry,
    ShowEntries,
    ShowEntry,
    ShowMeeting,
)
from screens.proxies import holder_of, member_of, name_of
from screens.registry import screen
from screens.texts import clip, escape, long_date, one_stop
from screens.words import reply_words

ITEM_LIMIT = 150
REASON_LIMIT = 200
ROWS_SHOWN = 20
"""Buttons for members, people or entries under one message: more never stand on a page."""


@screen(facts.EntryMembers)
def members(shown: facts.EntryMembers, _association: Association) -> Content:
    """Ask for which member something is entered."""
    rows = [(Button(label(name), EnterFor(member_id).encode()),) for member_id, name in shown.members[:ROWS_SHOWN]]
    leaf = []
    if shown.search is not None:
        leaf.append(Button(_("All members"), PageEntryMembers(0).encode()))
    elif shown.page:
        leaf.append(Button(_("Previous"), PageEntryMembers(shown.page - 1).encode()))
    if shown.search is None and shown.page + 1 < shown.pages:
        leaf.append(Button(_("Next"), PageEntryMembers(shown.page + 1).encode()))
    entered = Button(_("What was entered"), ShowEntries(shown.meeting_id, 0).encode())
    text = _("<b>Enter on behalf of a member</b>") + "\n\n" + _found(shown)
    return Content(text, (*rows, *([tuple(leaf)] if leaf else []), (entered,), cancel_row()))


def _found(shown: facts.EntryMembers) -> str:
    if shown.search is None:
        text = _("For which member do you have a paper? Choose a member, or type a part of its name.")
        if shown.pages > 1:
            text += "\n\n" + _("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages)
        return text
    search = name_of(shown.search)
    if not shown.members:
        return one_stop(_("Nothing was found for “{search}”. Type another part of a name.").format(search=search))
    text = _("Found for “{search}”:").format(search=search)
    more = shown.found - len(shown.members)
    if more > 0:
        text += "\n" + ngettext(
            "{count} more was found. Type more letters.", "{count} more were found. Type more letters.", more
        ).format(count=more)
    return text


@screen(facts.EntryOptions)
def options(shown: facts.EntryOptions, association: Association) -> Content:
    """Ask what is entered for the member."""
    text = _("<b>Enter on behalf of {member}</b>").format(member=member_of(shown.member, association))
    if shown.motion is not None:
        _motion_id, number, title = shown.motion
        text += "\n\n" + _("Vote: agenda item {number}").format(number=f"{name_of(number)} {_item(title)}")
    text += "\n\n" + _("What stands on the paper?")
    rows: list[tuple[Button, ...]] = [
        (button,) for button in (*_reply_buttons(shown), *_proxy_buttons(shown), *_presence_buttons(shown))
    ]
    rows += _ballot_rows(shown)
    return Content(text, (*rows, (Button(_("All members"), PageEntryMembers(0).encode()),)))


def _ballot_rows(shown: facts.EntryOptions) -> list[tuple[Button, ...]]:
    """Return the buttons for the member's vote; of several names the chosen ones are shown until they are all there."""
    if shown.motion is None:
        return []
    motion_id, member_id = shown.motion[0], shown.member_id
    if shown.picks == 1:
        return [
            (
                Button(
                    label(_("Votes {choice}").format(choice=option_name(key, shown.options))),
                    EnterBallot(motion_id, member_id, Chosen(key)).encode(),
                ),
            )
            for key in (*(option.key for option in shown.options), ABSTAIN)
        ]
    rows = option_buttons(
        shown.options, shown.picks, shown.chosen, lambda choice: PickEntered(motion_id, member_id, choice)
    )
    if shown.chosen:
        enter = EnterBallot(motion_id, member_id, joined(shown.chosen))
        rows.append((Button(_("Enter this vote"), enter.encode(), style="primary"),))
    return rows


def _reply_buttons(shown: facts.EntryOptions) -> list[Button]:
    labels = {
        Reply.COMING: _("Comes"),
        Reply.REMOTE: _("Takes part remotely"),
        Reply.ABSENT: _("Is unable to come"),
    }
    return [
        Button(labels[reply], EnterReply(shown.member_id, reply).encode())
        for reply in dict.fromkeys(shown.replies)
        if reply in labels
    ]


def _proxy_buttons(shown: facts.EntryOptions) -> list[Button]:
    buttons = []
    if shown.proxy_id is None:
        if shown.grants is not None:
            buttons.append(Button(_("Grants a proxy"), EnterHolders(shown.member_id, shown.grants, 0, 0).encode()))
        return buttons
    if shown.signable:
        text = _("Signs the proxy to {holder}").format(holder=shown.holder)
        buttons.append(Button(label(text), EnterSignature(shown.member_id, shown.proxy_id, 1).encode()))
    text = _("Revokes the proxy to {holder}").format(holder=shown.holder)
    buttons.append(Button(label(text), EnterSignature(shown.member_id, shown.proxy_id, 0).encode()))
    return buttons


def _presence_buttons(shown: facts.EntryOptions) -> list[Button]:
    return [
        Button(
            label((_("{name} leaves") if there else _("{name} is in the room")).format(name=name)),
            EnterPresence(shown.member_id, person_id, int(not there)).encode(),
        )
        for person_id, name, there in shown.people[:ROWS_SHOWN]
    ]


@screen(facts.EntryHolders)
def entry_holders(shown: facts.EntryHolders, association: Association) -> Content:
    """Ask who holds the proxy."""
    return holders.choice(shown.choice, association, holders.Presses(EnterHolder, EnterStanding, EnterHolders))


@screen(facts.EntryUntil)
def entry_until(shown: facts.EntryUntil, association: Association) -> Content:
    """Ask for the last day of the standing proxy."""
    return holders.until(shown.asked, association, EnterUntil)


@screen(facts.PaperExpected)
def paper_expected(shown: facts.PaperExpected, association: Association) -> Content:
    """Ask for the paper."""
    text = _("Send the paper that this stands on, as a photo or a PDF. Without it nothing is entered.")
    return Content(f"{_described(shown.entry, association)}\n\n{text}", (cancel_row(),))


def _described(entry: facts.EntryDescribed, association: Association) -> str:
    head = _("<b>On behalf of {member}</b>").format(member=member_of(entry.member, association))
    return f"{head}\n{said(entry, association)}"


def said(entry: facts.EntryDescribed, association: Association) -> str:
    """Write what is entered, without the member."""
    person = holder_of(entry.person, entry.person_member)
    match entry.act:
        case EnteredReply(reply):
            return _("Reply: {reply}").format(reply=reply_words(reply))
        case EnteredProxy():
            if entry.act.until is None:
                return _("Proxy to {holder}, signed on paper").format(holder=person)
            return _("Standing proxy to {holder} until {day} inclusive, signed on paper").format(
                holder=person, day=long_date(entry.act.until, association)
            )
        case EnteredSignature(_proxy_id, signs):
            text = _("Signature under the proxy to {holder}") if signs else _("Revocation of the proxy to {holder}")
            return text.format(holder=person)
        case EnteredPresence(_person_id, present):
            return (_("Present in the room: {name}") if present else _("Has left: {name}")).format(name=person)
        case EnteredBallot(_motion_id, choice, _source):
            chosen = escape(selection_name(parted(choice), entry.options))
            return _("Vote on agenda item {item}: {choice}").format(item=_item(entry.item), choice=f"<b>{chosen}</b>")


def _item(text: str) -> str:
    return escape(clip(text, ITEM_LIMIT))


def _without_paper(act: EnteredAct) -> str:
    """Say what an act stands on of which no paper was sent."""
    if isinstance(act, EnteredBallot) and act.source is SheetSource.CARDS:
        return _("From the printed voting card of the seat.")
    return _("Seen in the room, by a show of hands.")


@screen(facts.EntryCard)
def card(shown: facts.EntryCard, association: Association) -> Content:
    """Show an entry with its paper, how it stands, and what its reader can do."""
    parts = [
        _described(shown.entry, association),
        _("Entered by the secretariat: {name}").format(name=name_of(shown.entered_by))
        + "\n"
        + (
            _("SHA-256: {digest}").format(digest=f"<code>{escape(clip(shown.paper.sha256, 64))}</code>")
            if shown.paper
            else _without_paper(shown.entry.act)
        ),
        _state(shown),
    ]
    if shown.objected_by:
        parts.append(
            "⚠️ "
            + _("{name} says that this is not right. The secretariat corrects it where that is possible.").format(
                name=name_of(shown.objected_by)
            )
        )
    rows = tuple((button,) for button in _buttons(shown))
    if shown.paper is None:
        return Content("\n\n".join(parts), rows)
    kind = StoredPicture if shown.paper.photo else StoredDocument
    return Content("\n\n".join(parts), rows, kind(shown.paper.telegram_file_id))


def _state(shown: facts.EntryCard) -> str:
    who = name_of(shown.decided_by)
    if shown.state is EntryState.CONFIRMED:
        text = "✅ " + _("Confirmed by {name}; it counts.").format(name=who)
        if shown.may_object:
            text += " " + _("Is it not right? Say so: the secretariat hears of it, and nothing changes by itself.")
        return text
    if shown.state is EntryState.REJECTED:
        return "❌ " + _("Not confirmed by {name}: {reason}").format(
            name=who, reason=escape(clip(shown.reason, REASON_LIMIT))
        )
    if shown.state is EntryState.LAPSED:
        return _("Lapsed: it can no longer be confirmed. It did not count.")
    if shown.may_confirm:
        return _("Does this stand on the paper? It counts once you confirm it.")
    return _("Somebody else of the secretariat, or the chair, confirms it. Until then it does not count.")


def _buttons(shown: facts.EntryCard) -> list[Button]:
    number, buttons = shown.entry_id, []
    if shown.may_confirm:
        buttons.append(Button(_("Confirm"), ConfirmEntry(number).encode(), style="primary"))
    if shown.may_reject:
        text = _("Do not confirm") if shown.may_confirm else _("Take it back")
        buttons.append(Button(text, RejectEntry(number).encode(), style="danger"))
    if shown.may_object:
        buttons.append(Button(_("This is not right"), ObjectToEntry(number).encode()))
    return buttons


@screen(facts.RejectionReasonAsked)
def rejection_reason(shown: facts.RejectionReasonAsked, association: Association) -> Content:
    """Ask why an entry is not confirmed."""
    text = _("Why is it not confirmed? Write it in one sentence. Who entered it gets to read it.")
    return Content(f"{_described(shown.entry, association)}\n\n{text}", (cancel_row(),))


@screen(facts.EntriesPage)
def entries(shown: facts.EntriesPage, association: Association) -> Content:
    """Show a page of what was entered, a button each."""
    head = _("<b>Entered on behalf of members</b>")
    if not shown.entries:
        text = f"{head}\n\n" + _("Nothing was entered yet.")
    else:
        lines = [_line(place, entry, association) for place, entry in enumerate(shown.entries, start=1)]
        text = f"{head}\n\n{fitting(lines)}"
    if shown.pages > 1:
        text += "\n\n" + _("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages)
    rows = [
        (Button(label(f"{place}. {entry.entry.member}"), ShowEntry(entry.entry_id).encode()),)
        for place, entry in enumerate(shown.entries[:ROWS_SHOWN], start=1)
    ]
    leaf = []
    if shown.page:
        leaf.append(Button(_("Previous"), ShowEntries(shown.meeting_id, shown.page - 1).encode()))
    if shown.page + 1 < shown.pages:
        leaf.append(Button(_("Next"), ShowEntries(shown.meeting_id, shown.page + 1).encode()))
    enter = Button(_("Enter on behalf of a member"), PageEntryMembers(0).encode())
    back = Button(_("To the assembly"), ShowMeeting().encode())
    return Content(text, (*rows, *([tuple(leaf)] if leaf else []), *([(enter,)] if shown.may_enter else []), (back,)))


def _line(place: int, entry: facts.EntryLine, association: Association) -> str:
    state = {
        EntryState.PENDING: _("to be confirmed"),
        EntryState.CONFIRMED: _("confirmed"),
        EntryState.REJECTED: _("not confirmed"),
        EntryState.LAPSED: _("lapsed"),
    }[entry.state]
    mark = "⚠️ " if entry.disputed else ""
    disputed = ", " + _("disputed") if entry.disputed else ""
    name = member_of(entry.entry.member, association)
    return f"{place}. {mark}<b>{name}</b>: {said(entry.entry, association)} ({state}{disputed})"
