"""Words that stand on screens and in documents alike, in plain text."""

from assembly.association import Association
from assembly.contributions import is_rounded
from assembly.convocation import Means, RoundKind
from assembly.facts.convening import AgendaLine, Contribution
from assembly.item_kinds import ItemKind
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import Reply
from assembly.tally import ChairsVote
from screens.catalogue import _
from screens.texts import clip, escape, euro, euro_exact, number

NAME = 80


def reply_words(reply: Reply | None) -> str:
    """Say a reply in a sentence."""
    if reply is None:
        return _("no reply yet")
    return {
        Reply.COMING: _("comes"),
        Reply.REMOTE: _("takes part remotely"),
        Reply.PROXY: _("grants a proxy"),
        Reply.ABSENT: _("is unable to come"),
    }[reply]


def round_name(kind: RoundKind) -> str:
    """Return what a round was."""
    return {
        RoundKind.CONVENED: _("Convocation"),
        RoundKind.CHANGED: _("Change"),
        RoundKind.CANCELLED: _("Cancellation"),
    }[kind]


def means_name(means: Means) -> str:
    """Return how something was sent."""
    return {
        Means.POST: _("by post"),
        Means.REGISTERED_POST: _("by registered post"),
        Means.EMAIL: _("by e-mail"),
        Means.HANDED: _("handed over"),
    }[means]


def reason(error: str) -> str:
    """Say why Telegram did not deliver; ``error`` is what it answered."""
    said = error.lower()
    for signs, words in _reasons():
        if any(sign in said for sign in signs):
            return words
    return _("could not be reached")


def _reasons() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the reasons, each with what tells it in an error; the first that fits counts."""
    return (
        (("withdrawn",), _("was withdrawn before it was sent")),
        (("after a restore",), _("was not sent after a backup was put back")),
        (("blocked",), _("has blocked this assistant")),
        (("deactivated", "deleted"), _("has no Telegram account any more")),
        (("kicked", "not a member"), _("has taken this assistant out")),
        (("initiate", "chat not found"), _("has not opened the chat with this assistant")),
    )


def costs(line: AgendaLine, association: Association) -> list[str]:
    """Return a line for each of the reader's members, or one with the amount alone; none for an item without costs."""
    if line.per_inhabitant is None:
        return []
    rate = euro_exact(line.per_inhabitant)
    if not line.contributions:
        return [_("{rate} per inhabitant").format(rate=rate)]
    return [_cost(rate, cost, association) for cost in line.contributions]


def _cost(rate: str, cost: Contribution, association: Association) -> str:
    whom = association.member_article + clip(cost.member, NAME)
    if cost.inhabitants is None or cost.amount is None:
        return _("{rate} per inhabitant; how many {member} has is not known").format(rate=rate, member=whom)
    text = _("{rate} per inhabitant: for {member} ({count} inhabitants) {amount}").format(
        rate=rate, member=whom, count=number(cost.inhabitants), amount=euro(cost.amount)
    )
    return text + " " + _("(rounded to cents)") if is_rounded(cost.amount) else text


def kind_name(kind: ItemKind) -> str:
    """Return what the assembly does with an item, as on the agenda."""
    return {
        ItemKind.INFORMATION: _("For information"),
        ItemKind.DISCUSSION: _("Discussion"),
        ItemKind.DECISION: _("Decision"),
        ItemKind.PERSONS: _("Appointment"),
        ItemKind.AMENDMENT: _("Amendment of the statutes"),
        ItemKind.PROCEDURE: _("Procedure"),
    }[kind]


def item_number(number: str, *, procedural: bool) -> str:
    """Return an item's number as sentences on a vote name it; of a procedural motion with that it is one."""
    return _("{number} (procedural motion)").format(number=number) if procedural else number


def held_words(held: MeetingKind) -> str:
    """Return what a vote outside a meeting is called; an assembly by its usual name."""
    return {
        MeetingKind.ASSEMBLY: _("Assembly"),
        MeetingKind.CONSULTATION: _("Consultation of the members"),
        MeetingKind.WRITTEN: _("Resolution in writing"),
    }[held]


def outcome_heading(held: MeetingKind, item: str, *, straw: bool, procedural: bool = False) -> str:
    """Return the heading above an outcome, in HTML."""
    if held is MeetingKind.CONSULTATION:
        return _("Outcome of the consultation of the members")
    if held is MeetingKind.WRITTEN:
        return _("Outcome of the resolution in writing")
    heading = _("Straw poll on agenda item {number}") if straw else _("Outcome of agenda item {number}")
    return heading.format(number=escape(item_number(item, procedural=procedural)))


def decides_nothing(held: MeetingKind) -> str:
    """Say that a straw poll, or a consultation, decides nothing."""
    if held is MeetingKind.CONSULTATION:
        return _("A consultation advises; the members decide in an assembly.")
    return _("A straw poll decides nothing.")


def rehearsal_words() -> str:
    """Return the line that stands above everything that a rehearsal shows; plain text."""
    return _("DRESS REHEARSAL – nothing of this counts")


def tie_in_words(chair: ChairsVote) -> str:
    """Say what follows from tied votes on a matter."""
    return {
        ChairsVote.NONE: _("The votes are tied; the proposal is rejected."),
        ChairsVote.AWAITED: _("The votes are tied; the chair's vote decides."),
        ChairsVote.GIVEN: _("The votes were tied; the chair's vote decided."),
    }[chair]
