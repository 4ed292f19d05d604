"""Closing a vote, its outcome, and the decision list."""

from collections.abc import Iterable, Mapping

from assembly import errors
from assembly.facts.voting import Decision, DecisionList, DecisionsPublished, OutcomeAnnouncement, RollCall
from assembly.meetings import Meeting
from assembly.motions import MotionState
from assembly.options import joined
from assembly.permissions import Act, may
from assembly.tally import Choice, Seat, tally
from services.access import holders_of, require
from services.ballots import show_ballots, show_turnout
from services.entry_cards import lapse_entries
from services.instructions import deviations
from services.meetings import get_meeting, refresh_consoles
from services.seats import day_of
from services.telling import convened, tell, tell_all, tell_groups
from storage.facts import dump
from storage.tables import Priority
from storage.unit import Unit


async def close_motion(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Close the vote, count it, and announce the outcome. A vote that was closed before stays as it is."""
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await unit.motions.get(motion_id, lock="update")
    if motion is None or motion.state is not MotionState.OPEN:
        raise errors.Gone
    seats = await unit.motions.electorate(motion.id)
    selections = await unit.motions.selections(motion.id)
    choices = {member_id: Choice(joined(chosen)) for member_id, chosen in selections.items()}
    outcome = tally(seats, choices, motion.majority)
    await unit.motions.close(motion.id, acting.person.id, outcome)
    await unit.journal.note(
        "motion_closed",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={
            "motion": motion.id,
            "outcome": dump(outcome),
            "ballots": [[member_id, choice] for member_id, choice in sorted(choices.items())],
        },
    )
    found = await deviations(unit, motion.item_id, seats, selections)
    if found:  # told here and not with each ballot, because until now nobody else may know the instruction
        await unit.journal.note(
            "instructions_not_followed",
            actor_id=None,
            meeting_id=motion.meeting_id,
            facts={"motion": motion.id, "ballots": [list(ballot) for ballot in found]},
        )
    await lapse_entries(unit, motion.meeting_id, motion.id)
    await show_ballots(unit, motion.id, seats)
    await show_turnout(unit, motion.id)
    await refresh_consoles(unit, motion.meeting_id)
    announcement = OutcomeAnnouncement(
        motion.number,
        motion.title,
        motion.text,
        unit.now,
        outcome,
        _roll_call(
            seats,
            choices,
            await unit.members.names([seat.member_id for seat in seats]),
            await unit.motions.entered(motion.id),
        ),
    )
    audience = (*await convened(unit, motion.meeting_id), *await holders_of(unit, Act.LEAD_VOTE))
    await tell_all(unit, audience, announcement, priority=Priority.RESULT)
    await tell_groups(unit, announcement)


async def show_decisions(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show the decision list as it stands."""
    acting = await require(unit, telegram_id, Act.SEE_DECISIONS)
    meeting = await get_meeting(unit, meeting_id)
    await tell(unit, acting, await _decisions(unit, meeting, may_publish=may(acting, Act.PUBLISH_DECISIONS)))


async def publish_decisions(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Send the decision list to everybody who was convened and to the groups; each state of the list once."""
    acting = await require(unit, telegram_id, Act.PUBLISH_DECISIONS)
    meeting = await get_meeting(unit, meeting_id, lock=True)
    decisions = await _decisions(unit, meeting, may_publish=False)
    if not decisions.decisions:
        raise errors.NoDecisions
    batch = f"decisions:{meeting.id}:{len(decisions.decisions)}"
    if await unit.outbox.report(batch):
        raise errors.DecisionsSent
    await unit.journal.note(
        "decisions_published",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={"decisions": len(decisions.decisions)},
    )
    people = await tell_all(unit, await convened(unit, meeting.id), decisions, priority=Priority.RESULT, batch=batch)
    await tell_groups(unit, decisions, batch=batch)
    await tell(unit, acting, DecisionsPublished(people))


def _roll_call(
    seats: tuple[Seat, ...], choices: Mapping[int, Choice], names: Mapping[int, str], entered: Iterable[int]
) -> RollCall:
    def by_name(members: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted((names[member_id] for member_id in members), key=str.casefold))

    def who(choice: Choice | None) -> tuple[str, ...]:
        return by_name(s.member_id for s in seats if s.carrier_id is not None and choices.get(s.member_id) is choice)

    return RollCall(who(Choice.FOR), who(Choice.AGAINST), who(Choice.ABSTAIN), who(None), by_name(entered))


async def _decisions(unit: Unit, meeting: Meeting, *, may_publish: bool) -> DecisionList:
    return DecisionList(
        meeting.id,
        meeting.title,
        day_of(unit, meeting),
        tuple(
            Decision(motion.number, motion.text, motion.outcome)
            for motion in await unit.motions.of_meeting(meeting.id)
            if motion.outcome is not None
        ),
        may_publish,
    )
