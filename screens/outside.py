"""Votes outside a meeting: consultations and written resolutions."""

from collections.abc import Sequence

from assembly.association import Association
from assembly.facts import outside as facts
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState
from assembly.options import ABSTAIN, Chosen
from screens.catalogue import _, ngettext
from screens.choices import option_name
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.papers import paper_name
from screens.presses import (
    AskOutsideFiles,
    ChooseAbsent,
    CloseOutside,
    DropOutside,
    EnterBallot,
    OpenOutside,
    PlanOutside,
    RemoveOutsideFile,
    ShowAbsent,
    ShowOutside,
    StartOutside,
    UnplanOutside,
)
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, member
from screens.words import held_words

TITLE_LIMIT = 200
TEXT_LIMIT = 1800
LABEL_LIMIT = 200
LABELS_LIMIT = 1000
KNOWLEDGE_LIMIT = 300
"""UTF-16 units."""

NAME_LIMIT = 60
LISTED = 40
ABSENT = 90
"""Buttons below Telegram's 100."""


@screen(facts.OutsideList)
def votes(shown: facts.OutsideList, _association: Association) -> Content:
    """List the votes outside a meeting, and offer a new one."""
    states = {
        MeetingState.DRAFT: _("in preparation"),
        MeetingState.OPEN: _("open"),
        MeetingState.CLOSED: _("closed"),
    }
    rows = [
        (
            Button(
                label(f"{clip(vote.title, LISTED)} ({states.get(vote.state, vote.state.value)})"),
                ShowOutside(vote.meeting_id).encode(),
            ),
        )
        for vote in shown.votes[:LISTED]
    ]
    consult = Button(_("Prepare a consultation"), StartOutside(MeetingKind.CONSULTATION).encode())
    write = Button(_("Prepare a resolution in writing"), StartOutside(MeetingKind.WRITTEN).encode())
    text = _(
        "<b>Votes outside a meeting</b>\nA consultation asks the members for advice, over some days. "
        "A resolution in writing stands only when all members vote for it (art. 2:40 BW)."
    )
    return Content(text, (*rows, (consult,), (write,)))


@screen(facts.OutsideExpected)
def expected(shown: facts.OutsideExpected, _association: Association) -> Content:
    """Ask for the next part."""
    written = shown.kind is MeetingKind.WRITTEN
    text = {
        facts.OutsidePart.TITLE: _("What is it called? Type a short title."),
        facts.OutsidePart.QUESTION: _("Type the text of the resolution, as it is put to the members.")
        if written
        else _(
            "Type the question. Between variants? Put each on its own line, with a dash before it. "
            "Without variants the members vote for or against."
        ),
        facts.OutsidePart.CLOSING: _("Until when can be voted? Type date and time, as “13-02-2019 18:00”."),
        facts.OutsidePart.KNOWLEDGE: _(
            "Since when and how does the board know of this proposal? The law asks for its prior knowledge "
            "(art. 2:40 BW). Type it in one sentence."
        ),
        facts.OutsidePart.OPENING: _(
            "When should it open by itself? Type date and time, as “13-02-2019 18:00”. Everybody receives it then."
        ),
    }[shown.part]
    return Content(f"<b>{held_words(shown.kind)}</b>\n{text}", (cancel_row(),))


@screen(facts.OutsideOpened)
def opened(shown: facts.OutsideOpened, association: Association) -> Content:
    """Tell who has no ballot that the members can vote."""
    parts = [_head(shown.kind, shown.title), *_question(shown.title, shown.text, shown.labels)]
    until = long_date_time(shown.closes_at, association)
    parts.append(_("The representatives of the members can vote until {moment}.").format(moment=until))
    return Content("\n\n".join(parts))


@screen(facts.OutsideCard)
def card(shown: facts.OutsideCard, association: Association) -> Content:
    """Show what is asked, until when, and how many votes were cast; never for what."""
    parts = [_head(shown.kind, shown.title), *_question(shown.title, shown.text, shown.labels)]
    if shown.knowledge and shown.leads:
        known = escape(clip(shown.knowledge, KNOWLEDGE_LIMIT))
        parts.append(_("Prior knowledge of the board: {text}").format(text=known))
    if shown.papers:
        lines = [f"📎 {paper_name(number, 1, title)}" for number, title in shown.papers]
        parts.append(fitting(lines, LABELS_LIMIT))
    parts.append(_stands(shown, association))
    return Content("\n\n".join(parts), tuple((button,) for button in _buttons(shown)) if shown.leads else ())


def _stands(shown: facts.OutsideCard, association: Association) -> str:
    until = long_date_time(shown.closes_at, association)
    if shown.state is MeetingState.CANCELLED:
        return _("This was dropped; nobody received it.")
    lines = []
    if shown.state is MeetingState.DRAFT:
        text = ngettext(
            "Not opened yet. {total} vote can be cast, until {moment}.",
            "Not opened yet. {total} votes can be cast, until {moment}.",
            shown.total,
        )
        lines.append(text.format(total=shown.total, moment=until))
        if shown.opens_at is not None:
            opens = long_date_time(shown.opens_at, association)
            lines.append(_("<b>Opens by itself on {moment}</b>").format(moment=opens))
    else:
        cast = ngettext("{cast} of the {present} vote cast", "{cast} of the {present} votes cast", shown.total)
        lines.append(f"<b>{cast.format(cast=shown.cast, present=shown.total)}</b>")
        if shown.closed_at is None:
            lines.append(_("Open until {moment}.").format(moment=until))
        else:
            lines.append(_("Closed on {moment}.").format(moment=long_date_time(shown.closed_at, association)))
    if shown.unrepresented and shown.leads and shown.closed_at is None:
        text = ngettext(
            "⚠️ For {count} vote nobody is registered as representative.",
            "⚠️ For {count} votes nobody is registered as representative.",
            shown.unrepresented,
        )
        lines.append(text.format(count=shown.unrepresented))
    return "\n".join(lines)


def _buttons(shown: facts.OutsideCard) -> list[Button]:
    if shown.state is MeetingState.DRAFT:
        plan = Button(_("Open it at a moment"), PlanOutside(shown.meeting_id).encode())
        if shown.opens_at is not None:
            plan = Button(_("Do not open it by itself"), UnplanOutside(shown.meeting_id).encode())
        return [
            Button(_("Open and send the ballots"), OpenOutside(shown.meeting_id).encode(), style="success"),
            plan,
            Button(_("Papers to go with it"), AskOutsideFiles(shown.meeting_id).encode()),
            Button(_("Drop it"), DropOutside(shown.meeting_id).encode(), style="danger"),
        ]
    if shown.state is MeetingState.OPEN:
        paper = Button(_("Enter a vote on paper"), ShowAbsent(shown.meeting_id).encode())
        return [paper, Button(_("Close the vote now"), CloseOutside(shown.meeting_id).encode(), style="danger")]
    return []


def _head(kind: MeetingKind, title: str) -> str:
    return f"🗳 <b>{held_words(kind)}</b>\n{escape(clip(title, TITLE_LIMIT))}"


def _question(title: str, text: str, labels: Sequence[str]) -> list[str]:
    parts = [] if text == title else [f"<blockquote>{escape(clip(text, TEXT_LIMIT))}</blockquote>"]
    if labels:
        lines = [f"{place}. {escape(clip(option, LABEL_LIMIT))}" for place, option in enumerate(labels, start=1)]
        parts.append(fitting(lines, LABELS_LIMIT))
    return parts


@screen(facts.OutsideFiles)
def files(shown: facts.OutsideFiles, _association: Association) -> Content:
    """Ask for documents, and show those that are here, each to be taken away."""
    text = _(
        "Send the papers as files, each of at most 20 MB. Everybody receives them when the vote is opened; after that "
        "nothing can be added."
    )
    lines = [f"📎 {paper_name(number, 1, title)}" for _id, number, title in shown.papers]
    rows = tuple(
        (Button(label(_("Remove paper {number}").format(number=number)), RemoveOutsideFile(paper_id).encode()),)
        for paper_id, number, _title in shown.papers[:ABSENT]
    )
    back = Button(_("Back to the vote"), ShowOutside(shown.meeting_id).encode(), style="primary")
    here = fitting(lines, LABELS_LIMIT) if lines else _("There are no papers yet.")
    return Content(f"{_head(shown.kind, shown.title)}\n\n{text}\n\n{here}", (*rows, (back,)))


@screen(facts.OutsideAbsent)
def absent(shown: facts.OutsideAbsent, _association: Association) -> Content:
    """Ask of which member a vote on paper came in."""
    text = _("Of which member do you have a vote on paper? Members with a registered representative vote themselves.")
    if not shown.members:
        text = _("All members that are left have a registered representative, who votes here; nothing can be entered.")
    rows = tuple(
        (Button(label(name), ChooseAbsent(shown.motion_id, member_id).encode()),)
        for member_id, name in shown.members[:ABSENT]
    )
    back = Button(_("Back to the vote"), ShowOutside(shown.meeting_id).encode())
    return Content(f"{_head(shown.kind, shown.title)}\n\n{text}", (*rows, (back,)))


@screen(facts.OutsidePaper)
def paper(shown: facts.OutsidePaper, association: Association) -> Content:
    """Ask what stands on the paper."""
    text = _("<b>Enter on behalf of {member}</b>").format(member=member(clip(shown.member, NAME_LIMIT), association))
    rows = tuple(
        (
            Button(
                label(_("Votes {choice}").format(choice=option_name(key, shown.options))),
                EnterBallot(shown.motion_id, shown.member_id, Chosen(key)).encode(),
            ),
        )
        for key in (*(option.key for option in shown.options[:ABSENT]), ABSTAIN)
    )
    back = Button(_("Other members"), ShowAbsent(shown.meeting_id).encode())
    return Content(f"{_head(shown.kind, shown.title)}\n\n{text}\n{_('What stands on the paper?')}", (*rows, (back,)))
