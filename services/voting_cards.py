"""Printed voting cards: made beforehand, for when Telegram fails in the middle of a vote."""

from assembly import errors
from assembly.facts.sheets import CardItem, VotingCard, VotingCards, VotingCardsRef
from assembly.meetings import check_state
from assembly.motions import BallotForm
from assembly.permissions import Act, states_for
from services.access import require
from services.meetings import get_meeting
from services.motions import question_of
from services.seats import voting_seats
from services.telling import show_anew
from storage.unit import Unit


def cards_key(meeting_id: int) -> str:
    """Return the key of the message that carries the cards."""
    return f"cards:{meeting_id}"


async def print_cards(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Hand out the cards of all members, to be printed."""
    acting = await require(unit, telegram_id, Act.PRINT_CARDS)
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.PRINT_CARDS))
    await show_anew(unit, acting, VotingCardsRef(meeting.id), cards_key(meeting.id))


async def load_cards(unit: Unit, ref: VotingCardsRef) -> VotingCards | None:
    """Load the cards: the members that have a vote by name, and the items on which a roll-call vote can be held."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    seats = await voting_seats(unit, meeting)
    names = await unit.members.names([seat.member_id for seat in seats])
    items: list[CardItem] = []
    secret: list[str] = []
    for item in await unit.meetings.items(meeting.id):
        if not item.kind.votable or item.withdrawn_at is not None:
            continue
        try:
            asked = await question_of(unit, meeting, item)
        except errors.Refusal:
            continue  # nobody stands for it yet; there are empty fields on the card
        if asked.form is BallotForm.SECRET:
            secret.append(item.number)
        else:
            items.append(CardItem(item.number, item.title, asked.options, asked.picks))
    return VotingCards(
        meeting,
        tuple(
            VotingCard(names[seat.member_id], seat.weight, unit.association.card_code(meeting.id, seat.member_id))
            for seat in sorted(seats, key=lambda seat: names[seat.member_id].casefold())
        ),
        tuple(items),
        tuple(secret),
    )
