"""The page for the screen in the room: readable at ten metres, by a screen reader, and without a script too."""

from pathlib import Path

from assembly.association import Association
from assembly.facts.room import RoomAddress, RoomPage, RoomVote
from assembly.meetings import MeetingState
from assembly.motions import BallotForm, MotionState, OptionsOutcome
from screens.catalogue import _, ngettext
from screens.content import Content
from screens.figures import Bar, Figures, figures, largest, pronounced
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, time
from screens.words import item_number, rehearsal_words

STYLE = (Path(__file__).parent / "room.css").read_text()
SCRIPT = (Path(__file__).parent / "room.js").read_text()
"""In the page itself, which therefore needs nothing else of anywhere."""

TITLE_LIMIT = 160
TEXT_LIMIT, TEXT_LIMIT_WITH_OUTCOME = 600, 250
SHORT, LONG = 120, 320
"""UTF-16 units of a text: it must fit without scrolling, so a short one is written larger and a long one smaller."""

NAME_LIMIT, LINE_LIMIT = 40, 130
BARS, LABEL = 8, 18
"""Bars of an outcome that there is room for, and UTF-16 units of a label or verdict that stands beside them at full
size."""


@screen(RoomAddress)
def address(shown: RoomAddress, association: Association) -> Content:
    """Tell where the page is."""
    text = _(
        "The page for the screen in the room, of “{title}”:\n\n<code>{address}</code>\n\n"
        "It shows the agenda item, the turnout, and the outcome once it is published. Nothing can be done there. "
        "Whoever has this address sees the page, so give it to nobody else."
    )
    return Content(text.format(title=escape(shown.title), address=escape(association.room_address(shown.meeting_id))))


def page(shown: RoomPage, association: Association) -> str:
    """Return the page as HTML. Its parts are replaced one by one, so each has its own name."""
    title = escape(shown.meeting.title)
    tab = f"{rehearsal_words()}: {title}" if association.rehearsal else title
    offline = _("No connection. What stands here may be out of date.")
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{tab}</title>
<noscript><meta http-equiv="refresh" content="5"></noscript>
<style>{STYLE}</style>
</head>
<body>
{_rehearsal(association)}<header><p>{escape(association.name)}</p><p>{title}</p></header>
<main>
<section id="item" aria-live="polite">{_item(shown, association)}</section>
<section id="turnout" aria-live="polite">{_turnout(shown, association)}</section>
<section id="result" aria-live="polite">{_result(shown)}</section>
</main>
<p id="offline" role="status" hidden>{offline}</p>
<script>{SCRIPT}</script>
</body>
</html>
"""


def _rehearsal(association: Association) -> str:
    """Say on the page, and before all else to who listens to it, that it is a rehearsal."""
    return f'<p class="rehearsal" role="note">{rehearsal_words()}</p>\n' if association.rehearsal else ""


def _item(shown: RoomPage, association: Association) -> str:
    """Show what is at hand: the proposal in vote, or else where the assembly stands."""
    vote = shown.vote
    if vote is None and (shown.item is None or shown.paused_since is not None):
        return f"<h1>{_state(shown, association)}</h1>"
    number, title = (vote.number, vote.title) if vote else shown.item or ("", "")
    procedural = vote is not None and vote.procedural
    above = _("Agenda item {number}").format(number=escape(item_number(number, procedural=procedural)))
    head = f'<p class="small">{above}</p><h1>{escape(clip(title, TITLE_LIMIT))}</h1>'
    if vote is None:
        return head
    if vote.text == vote.title or isinstance(vote.outcome, OptionsOutcome):
        return head
    text = clip(vote.text, TEXT_LIMIT if vote.outcome is None else TEXT_LIMIT_WITH_OUTCOME)
    size = "short" if len(text) <= SHORT else "long" if len(text) > LONG else ""
    return f'{head}<p class="text {size}">{escape(text)}</p>'


def _state(shown: RoomPage, association: Association) -> str:
    match shown.meeting.state:
        case MeetingState.OPEN:
            return _("The assembly is suspended") if shown.paused_since is not None else _("The assembly is open")
        case MeetingState.CLOSED:
            return _("The assembly is closed")
        case _:
            return _("The assembly begins on {moment}").format(
                moment=long_date_time(shown.meeting.starts_at, association)
            )


def _turnout(shown: RoomPage, association: Association) -> str:
    vote = shown.vote
    if vote is None:
        if shown.meeting.state is not MeetingState.OPEN:
            return ""
        return _presence(shown.present, shown.total, shown.quorum)
    if vote.outcome is not None:
        return ""
    if vote.form is BallotForm.ACCLAMATION:
        return f'<h2 class="state">{_acclamation(vote, association)}</h2>'
    cast = ngettext("{cast} of the {present} vote cast", "{cast} of the {present} votes cast", vote.present).format(
        cast=vote.cast, present=vote.present
    )
    return (
        f'<h2 class="state">{_vote_state(vote, association)}</h2>'
        f'<p class="count">{cast}</p>{_progress(vote.cast, vote.present, cast)}'
        f"{_presence(vote.present, vote.total, vote.quorum)}"
    )


def _vote_state(vote: RoomVote, association: Association) -> str:
    if vote.closed_at is not None:
        return _("The vote was closed at {time}").format(time=time(vote.closed_at, association))
    if vote.state is MotionState.SUSPENDED:
        return _("The vote is suspended")
    if vote.closes_at is not None:
        return _("The vote is open until {time}").format(time=time(vote.closes_at, association))
    return _("The vote is open")


def _acclamation(vote: RoomVote, association: Association) -> str:
    """Say that something is adopted unless somebody objects."""
    if vote.closes_at is None:
        return _("Adopting without a vote")
    return _("Adopted without a vote, unless somebody objects until {time}").format(
        time=time(vote.closes_at, association)
    )


def _presence(present: int, total: int, quorum: int | None) -> str:
    there = ngettext(
        "Present or represented: {present} of the {total} vote.",
        "Present or represented: {present} of the {total} votes.",
        total,
    ).format(present=present, total=total)
    if quorum is None:
        return f"<p>{there}</p>"
    needed = _("Quorum: {needed} votes.").format(needed=quorum)
    missing = "" if present >= quorum else " " + _("Not reached yet.")
    return f"<p>{there} {needed}{missing}</p>"


def _result(shown: RoomPage) -> str:
    vote = shown.vote
    if vote is None or vote.closed_at is None:
        return ""
    if vote.outcome is None:
        waiting = _("The chair makes the outcome known.")
        return f'<p class="small">{waiting}</p>'
    if vote.otherwise:
        words = _("The chair pronounced otherwise than was counted: {reason}").format(
            reason=escape(clip(vote.otherwise, TEXT_LIMIT))
        )
        verdict = escape(clip(pronounced(vote.outcome, vote.verdict), TITLE_LIMIT))
        return f'<h2 class="verdict long">{verdict}</h2><p class="text">{words}</p>'
    if vote.form is BallotForm.ACCLAMATION:
        adopted = _("Adopted without a vote: nobody objected.")
        return f'<h2 class="verdict long">{adopted}</h2>'
    return _outcome(vote, figures(vote.outcome, straw=vote.straw))


def _outcome(vote: RoomVote, found: Figures) -> str:
    number = escape(item_number(vote.number, procedural=vote.procedural))
    caption = _("Outcome of agenda item {number}").format(number=number)
    bars, left = largest(found.bars, BARS)
    most = max(1, *(bar.votes for bar in bars))
    rows = "".join(_row(bar, most) for bar in bars)
    lines = "".join(f"<p>{escape(clip(line, LINE_LIMIT))}</p>" for line in (left, *found.lines) if line)
    names = "names" if any(len(bar.label) > LABEL for bar in bars) else ""
    size = "long" if len(found.verdict) > LABEL else ""
    return (
        f'<h2 class="verdict {size}">{escape(clip(found.verdict, TITLE_LIMIT))}</h2>'
        f'<table class="{names}" aria-label="{caption}">{rows}</table>{lines}'
    )


def _row(bar: Bar, most: int) -> str:
    name = escape(clip(bar.label, NAME_LIMIT))
    return (
        f'<tr><th scope="row">{name}</th><td class="votes">{bar.votes}</td>'
        f"<td>{_progress(bar.votes, most, name)}</td></tr>"
    )


def _progress(value: int, most: int, label: str) -> str:
    return f'<progress value="{value}" max="{max(1, most)}" aria-label="{label}"></progress>'
