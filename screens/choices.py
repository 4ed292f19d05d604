"""What can be chosen in a vote, in words, and the buttons for it."""

from collections.abc import Callable, Sequence

from assembly.motions import Rule
from assembly.options import ABSTAIN, NONE, Chosen, Option, Selection, joined, selection
from assembly.tally import Choice
from screens.catalogue import _, ngettext
from screens.content import Button
from screens.lists import label
from screens.presses import Press
from screens.texts import clip

NAME_LIMIT = 60


def choice_name(choice: Choice) -> str:
    """Return the word for a choice on a matter, as it stands on the buttons."""
    return {Choice.FOR: _("for"), Choice.AGAINST: _("against"), Choice.ABSTAIN: _("abstention")}[choice]


def on_matter(options: Sequence[Option]) -> bool:
    """Whether the options are voor and tegen."""
    return any(option.key == Choice.FOR for option in options)


def option_name(key: str, options: Sequence[Option]) -> str:
    """Return the words for an option; not escaped. On persons and texts an abstention is a blank vote."""
    if on_matter(options) and key in set(Choice):
        return choice_name(Choice(key))
    if key == ABSTAIN:
        return _("blank")
    if key == NONE:
        return _("against") if len(options) == 2 else _("none of these")  # noqa: PLR2004 - one option and this
    return next((option.label for option in options if option.key == key), key)


def option_heading(key: str, options: Sequence[Option]) -> str:
    """Return the words for an option that stands by itself; words of our own begin with a capital then. Not escaped."""
    name = option_name(key, options)
    return name[:1].upper() + name[1:] if key in {ABSTAIN, NONE} or on_matter(options) else name


def selection_name(chosen: Selection, options: Sequence[Option]) -> str:
    """Return the words for what a ballot says; not escaped."""
    return clip(", ".join(clip(option_name(key, options), NAME_LIMIT) for key in chosen), 3 * NAME_LIMIT)


def after_press(current: Selection, key: str, picks: int) -> Selection:
    """Return what a ballot says after a press on an option.

    Of several that can be chosen a press adds one or takes it away; what can be chosen alone takes the place of all.
    A button says the whole ballot, so that the same press twice changes nothing.
    """
    if picks == 1 or key in {ABSTAIN, NONE}:
        return (key,)
    others = {chosen for chosen in current if chosen not in {ABSTAIN, NONE}}
    return selection(others ^ {key}) or (key,)


def option_buttons(
    options: Sequence[Option], picks: int, current: Selection, press: Callable[[Chosen], Press]
) -> list[tuple[Button, ...]]:
    """Return a row for each option and for a blank vote, with a mark before what is ``current``."""
    rows: list[tuple[Button, ...]] = []
    for key in (*(option.key for option in options), ABSTAIN):
        numbered = f"{key}. " if key not in {ABSTAIN, NONE} and not on_matter(options) else ""
        name = option_name(key, options)
        text = label(("✅ " if key in current else "") + numbered + name[:1].upper() + name[1:])
        rows.append((Button(text, press(joined(after_press(current, key, picks))).encode()),))
    return rows


def rule_in_words(rule: Rule, picks: int) -> str:
    """Say how more than two options, or more candidates than seats, are decided."""
    if rule is Rule.PLURALITY:
        return ngettext(
            "Who or what has the most votes is chosen.", "The {count} with the most votes are chosen.", picks
        ).format(count=picks)
    if rule is Rule.ELIMINATION:
        return _("Without a majority there is a next round, without the option with the fewest votes.")
    return ngettext(
        "Without a majority there is a second round between the two with the most votes.",
        "For each seat left there is a second round between the two with the most votes.",
        picks,
    )


def picks_in_words(picks: int) -> str:
    """Say how many can be chosen; nothing where it is one."""
    return (
        ngettext("Choose {count} name.", "Choose {count} names at most.", picks).format(count=picks)
        if picks > 1
        else ""
    )
