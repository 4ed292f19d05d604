"""After a restore: what waits, and what became of it."""

from assembly.association import Association
from assembly.facts import holding as facts
from screens import presses
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, number


@screen(facts.Restored)
def restored(shown: facts.Restored, association: Association) -> Content:
    """Tell that the clock was turned back, and ask what is to become of what waited then."""
    lines = [
        _("⚠️ <b>This assistant is back where it was on {moment}.</b>").format(
            moment=long_date_time(shown.made_at, association)
        ),
        _("What was recorded after that is not there any more. Check what stands now, and enter the rest again."),
    ]
    if not shown.messages:
        return Content("\n\n".join(lines))
    whom = ngettext("{count} person", "{count} people", shown.people).format(count=number(shown.people))
    if shown.groups:
        whom += " " + ngettext("and {count} group or channel", "and {count} groups or channels", shown.groups).format(
            count=shown.groups
        )
    lines.append(
        ngettext(
            "{count} message waited then, for {whom}. Possibly it was sent already. It goes out only if you decide so.",
            "{count} messages waited then, for {whom}. Possibly they were sent already. "
            "They go out only if you decide so.",
            shown.messages,
        ).format(count=number(shown.messages), whom=whom)
    )
    return Content(
        "\n\n".join(lines),
        (
            (Button(_("Send after all"), presses.SendHeld(shown.last).encode(), style="primary"),),
            (Button(_("Do not send"), presses.DropHeld(shown.last).encode(), style="danger"),),
        ),
    )


@screen(facts.HeldDecided)
def decided(shown: facts.HeldDecided, _association: Association) -> Content:
    """Tell what was decided, and by whom."""
    return Content(
        _("{what} Decided by {name}.").format(
            what=outcome(shown.messages, sent=shown.sent), name=escape(clip(shown.by, 80))
        )
    )


def outcome(messages: int, *, sent: bool) -> str:
    """Say what becomes of the held messages; plain text that fits the answer to a press."""
    if sent:
        text = ngettext(
            "{count} message that waited before the restore is sent after all.",
            "{count} messages that waited before the restore are sent after all.",
            messages,
        )
    else:
        text = ngettext(
            "{count} message that waited before the restore is not sent.",
            "{count} messages that waited before the restore are not sent.",
            messages,
        )
    return text.format(count=number(messages))
