"""What can be chosen under an agenda item: variants and candidates."""

from assembly.association import Association
from assembly.facts import voting as facts
from assembly.options import PICK_LIMIT
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.registry import screen
from screens.texts import clip, escape

TITLE_LIMIT = 250
LABEL_LIMIT = 300


@screen(facts.ItemOptions)
def options(shown: facts.ItemOptions, _association: Association) -> Content:
    """Show the variants or candidates, with what can be changed."""
    text = f"<b>{escape(shown.number)}</b> {escape(clip(shown.title, TITLE_LIMIT))}\n\n"
    lines = [f"{place}. {escape(clip(name, LABEL_LIMIT))}" for place, (_id, name) in enumerate(shown.options, start=1)]
    if shown.persons:
        text += (
            _("<b>Candidates</b>") + "\n" + (fitting(lines) or _("Nobody yet: the vote is for or against the text."))
        )
        text += "\n\n" + ngettext(
            "To be chosen: {count} person.", "To be chosen: {count} persons.", shown.picks
        ).format(count=shown.picks)
    else:
        text += (
            _("<b>Variants</b>") + "\n" + (fitting(lines) or _("None yet: the vote is for or against the proposal."))
        )
        if len(lines) == 1:
            text += "\n\n" + _("With one variant the vote stays for or against the proposal.")
    rows: list[tuple[Button, ...]] = [
        (Button(label(_("Take away: {name}").format(name=name)), presses.RemoveOption(option_id).encode()),)
        for option_id, name in shown.options
        if option_id
    ]
    if shown.persons:
        fewer, more = max(1, shown.picks - 1), min(PICK_LIMIT, shown.picks + 1)
        rows.append(
            (
                Button(_("A seat less"), presses.SetPicks(shown.item_id, fewer).encode()),
                Button(_("A seat more"), presses.SetPicks(shown.item_id, more).encode()),
            )
        )
    add = _("Add candidates") if shown.persons else _("Add variants")
    rows.append((Button(add, presses.AskOptions(shown.item_id).encode()),))
    if shown.sitting:
        rows.append((Button(_("To the vote"), presses.PreviewMotion(shown.item_id).encode(), style="primary"),))
    return Content(text, tuple(rows))


@screen(facts.OptionsExpected)
def expected(shown: facts.OptionsExpected, _association: Association) -> Content:
    """Ask for variants or names."""
    text = (
        _("Who are candidates under item {number}, <i>{title}</i>? Send their names, one on each line.")
        if shown.persons
        else _("Between which texts is chosen under item {number}, <i>{title}</i>? Send them, one on each line.")
    )
    title = escape(clip(shown.title, TITLE_LIMIT).rstrip("."))
    return Content(text.format(number=escape(shown.number), title=title), (cancel_row(),))
