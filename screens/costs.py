"""What an agenda item costs a member, in plain text: on a screen, in a letter and in a calendar alike."""

from assembly.association import Association
from assembly.contributions import is_rounded
from assembly.facts.convening import AgendaLine, Contribution
from screens.catalogue import _
from screens.texts import clip, euro, euro_exact, number

NAME = 80


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
