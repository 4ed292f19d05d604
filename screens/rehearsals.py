"""The card of a rehearsal: who plays, when it is erased, and what that means. It is real, and bears no heading."""

from datetime import datetime

from assembly.association import Association
from assembly.facts import rehearsals as facts
from assembly.rehearsals import RehearsalState
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import label, names
from screens.paging import leafing, page_line
from screens.registry import screen
from screens.texts import clip, escape, long_date_time
from screens.words import rehearsal_words

TITLE_LIMIT, NAMES_LIMIT = 200, 900


def being_erased() -> str:
    """Answer who erases the rehearsal."""
    return _("The rehearsal is being erased.")


@screen(facts.RehearsalCard)
def card(shown: facts.RehearsalCard, association: Association) -> Content:
    """Show where the rehearsal stands, with what can be done now."""
    title = "<b>" + _("Dress rehearsal of “{title}”").format(title=escape(clip(shown.title, TITLE_LIMIT))) + "</b>"
    draw = {
        RehearsalState.PLANNED: _asking_to_begin if shown.asks else _planned,
        RehearsalState.BEGUN: _begun,
        RehearsalState.RUNNING: _asking_to_erase if shown.asks else _running,
        RehearsalState.ENDED: _ended,
        RehearsalState.ERASED: _erased,
    }[shown.state]
    text, rows = draw(shown, association)
    return Content(f"{title}\n\n{text}", rows)


Part = tuple[str, tuple[tuple[Button, ...], ...]]


def _planned(shown: facts.RehearsalCard, _association: Association) -> Part:
    text = _(
        "You play the whole evening on a copy: convene, reply, grant proxies, vote, and close. Nothing of it counts. "
        "The assembly itself stays as it is.\n\n"
        "Only who is ticked here receives messages of it. Each begins with “{heading}”. "
        "Members of whom nobody plays are dealt out to the players."
    ).format(heading=rehearsal_words())
    page = page_line(shown.page, shown.pages)
    rows: list[tuple[Button, ...]] = [(_candidate(candidate, shown),) for candidate in shown.candidates]
    rows += leafing(shown.page, shown.pages, lambda page: presses.PageRehearsal(shown.rehearsal_id, page))
    rows.append((Button(_("Continue"), presses.AskRehearsal(shown.rehearsal_id).encode(), style="primary"),))
    rows.append((Button(_("Do not rehearse"), presses.DropRehearsal(shown.rehearsal_id).encode()),))
    return "\n\n".join(part for part in (text, _who(shown), page) if part), tuple(rows)


def _candidate(candidate: facts.PlayerShown, shown: facts.RehearsalCard) -> Button:
    kind = presses.InviteChat if candidate.group else presses.InvitePlayer
    name = _("group {title}").format(title=candidate.name) if candidate.group else candidate.name
    press = kind(shown.rehearsal_id, candidate.id, int(not candidate.plays), shown.page)
    return Button(label(("☑️ " if candidate.plays else "⬜️ ") + name), press.encode())


def _who(shown: facts.RehearsalCard) -> str:
    """Say who plays, and what comes into groups."""
    count = len(shown.players)
    people = ngettext("{count} person plays: {names}.", "{count} people play: {names}.", count).format(
        count=count, names=names(shown.players, NAMES_LIMIT)
    )
    if not count:
        people = _("Nobody plays yet.")
    if not shown.groups:
        return people + "\n" + _("Nothing goes to groups and channels.")
    return people + "\n" + _("To groups and channels too: {names}.").format(names=names(shown.groups, NAMES_LIMIT))


def _asking_to_begin(shown: facts.RehearsalCard, _association: Association) -> Part:
    count = len(shown.players)
    text = ngettext(
        "{count} person receives messages of the rehearsal as soon as you begin: {names}.",
        "{count} people receive messages of the rehearsal as soon as you begin: {names}.",
        count,
    ).format(count=count, names=names(shown.players, NAMES_LIMIT))
    if shown.groups:
        text += "\n\n⚠️ " + _("Everybody in these groups and channels reads along: {names}.").format(
            names=names(shown.groups, NAMES_LIMIT)
        )
    text += "\n\n" + _(
        "What the players write to this assistant belongs to the rehearsal until it is erased. "
        "The assembly itself cannot be opened in that time."
    )
    begin = Button(_("Begin the rehearsal"), presses.BeginRehearsal(shown.rehearsal_id).encode(), style="success")
    return text, ((begin,), _back(shown))


def _begun(_shown: facts.RehearsalCard, _association: Association) -> Part:
    return _("The copy is being made. The players then receive their first message."), ()


def _running(shown: facts.RehearsalCard, association: Association) -> Part:
    text = _("It is being played since {moment}.").format(moment=_moment(shown.begun_at, association))
    text += "\n\n" + _who(shown) + "\n\n"
    text += _("It is erased when you say so, and by itself on {moment}.").format(
        moment=_moment(shown.erased_by, association)
    )
    erase = Button(_("Erase the rehearsal"), presses.AskEraseRehearsal(shown.rehearsal_id).encode(), style="danger")
    real = Button(_("Manage the real assembly"), presses.ShowMeeting().encode())
    return text, ((erase,), (real,))


def _asking_to_erase(shown: facts.RehearsalCard, _association: Association) -> Part:
    text = _(
        "Erase the rehearsal? All that was done in it goes: replies, proxies, votes and outcomes, also where a vote is "
        "open. Its messages are taken out of the chats, as far as they are less than 48 hours old.\n\n"
        "The assembly itself and the register stay as they are."
    )
    erase = Button(_("Yes, erase it"), presses.EraseRehearsal(shown.rehearsal_id).encode(), style="danger")
    return text, ((erase,), _back(shown))


def _ended(_shown: facts.RehearsalCard, _association: Association) -> Part:
    return _("It is being erased."), ()


def _erased(shown: facts.RehearsalCard, _association: Association) -> Part:
    if shown.begun_at is None:
        return _("It is not held. Nothing was sent."), ()
    return _("It is erased. The assembly itself and the register are as they were."), ()


def _back(shown: facts.RehearsalCard) -> tuple[Button, ...]:
    return (Button(_("Back"), presses.PageRehearsal(shown.rehearsal_id, shown.page).encode()),)


def _moment(moment: object, association: Association) -> str:
    return long_date_time(moment, association) if isinstance(moment, datetime) else "–"


@screen(facts.RehearsalWelcome)
def welcome(shown: facts.RehearsalWelcome, association: Association) -> Content:
    """Tell a player what it plays."""
    text = _("You take part in the dress rehearsal of “{title}”.").format(title=escape(clip(shown.title, TITLE_LIMIT)))
    if shown.members:
        whose = names([association.member_article + name for name in shown.members], NAMES_LIMIT)
        text += "\n\n" + _("You play the representative of: {names}.").format(names=whose)
    text += "\n\n" + _(
        "Do what you would do on the evening itself. Nothing of it counts, and all of it is erased afterwards."
    )
    if shown.leads:
        text += " " + _("You lead the assembly from the next message.")
    return Content(text, ((Button(_("Menu"), presses.OpenMenu().encode()),),))


@screen(facts.RehearsalNotMade)
def not_made(_shown: facts.RehearsalNotMade, _association: Association) -> Content:
    """Tell that the rehearsal did not begin."""
    return Content(
        _(
            "⚠️ The rehearsal did not begin: no copy could be made. Nothing was sent and nothing was changed. "
            "Tell whoever looks after this assistant, and try again."
        )
    )


@screen(facts.RehearsalOver)
def over(shown: facts.RehearsalOver, _association: Association) -> Content:
    """Tell a player that it is over."""
    text = _(
        "The dress rehearsal of “{title}” is over and erased. Nothing of it counts. What you write here is real again."
    )
    return Content(text.format(title=escape(clip(shown.title, TITLE_LIMIT))))
