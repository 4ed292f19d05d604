"""Closing a vote, its outcome, and the decision list."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from assembly import errors
from assembly.facts.voting import (
    Decision,
    DecisionList,
    DecisionsPublished,
    OptionsAnnouncement,
    OptionsRollCall,
    OutcomeAnnouncement,
    RollCall,
)
from assembly.meetings import Meeting
from assembly.motions import Motion, MotionKind, MotionState, OptionsOutcome
from assembly.options import ABSTAIN, Selection, joined
from assembly.options_tally import count
from assembly.permissions import Act, may
from assembly.tally import Choice, Outcome, Seat, tally
from services.access import holders_of, require
from services.ballots import show_ballots, turnout_changed
from services.entry_cards import lapse_entries
from services.instructions import deviations
from services.meetings import get_meeting, refresh_consoles
from services.rounds import elected_before, follows
from services.seats import day_of
from services.telling import convened, tell, tell_all, tell_groups
from services.vote_records import in_journal
from storage.facts import canonical, dump
from storage.tables import Priority
from storage.unit import Unit


async def close_motion(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Close the vote, count it, and announce the outcome. A vote that was closed before stays as it is."""
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await unit.motions.get(motion_id, lock="update")
    if motion is None or motion.state is not MotionState.OPEN or motion.outside:
        raise errors.Gone
    await close(unit, motion, acting.person.id, unit.now)


async def close(unit: Unit, motion: Motion, closed_by: int | None, closed_at: datetime) -> None:
    """Freeze a vote that was locked and is open, as at ``closed_at``, count it, and announce the outcome.

    A vote outside a meeting is over with it.
    """
    seats = await unit.motions.electorate(motion.id)
    selections = await unit.motions.selections(motion.id)
    outcome = _counted(motion, seats, selections)
    await unit.motions.close(motion.id, closed_by, closed_at, outcome)
    await unit.journal.note(
        "motion_closed",
        actor_id=closed_by,
        meeting_id=motion.meeting_id,
        facts={
            "motion": motion.id,
            "outcome": in_journal(outcome),
            "ballots": [[member_id, joined(chosen)] for member_id, chosen in sorted(selections.items())],
        },
    )
    found = await deviations(unit, motion, seats, selections)
    if found:  # told here and not with each ballot, because until now nobody else may know the instruction
        await unit.journal.note(
            "instructions_not_followed",
            actor_id=None,
            meeting_id=motion.meeting_id,
            facts={"motion": motion.id, "ballots": [list(ballot) for ballot in found]},
        )
    await lapse_entries(unit, motion.meeting_id, motion.id)
    await show_ballots(unit, motion.id, seats)
    if motion.outside:
        await unit.meetings.close(motion.meeting_id)
    else:
        await refresh_consoles(unit, motion.meeting_id)
    await turnout_changed(unit, motion)
    await announce(unit, motion.id)


async def announce(unit: Unit, motion_id: int) -> None:
    """Tell everybody who was convened, the leaders and the groups what was counted."""
    motion = await unit.motions.get(motion_id)
    if motion is None or motion.outcome is None or motion.closed_at is None:
        raise errors.Gone
    seats = await unit.motions.electorate(motion.id)
    selections = await unit.motions.selections(motion.id)
    names = await unit.members.names([seat.member_id for seat in seats])
    entered = await unit.motions.entered(motion.id)
    said = await unit.statements.of_motion(motion.id)
    statements = tuple(sorted(((names[member_id], text) for member_id, text in said.items()), key=_casefolded))
    head = motion.number, motion.title, motion.text, motion.closed_at
    announcement: OutcomeAnnouncement | OptionsAnnouncement
    if isinstance(motion.outcome, OptionsOutcome):
        cast = replace(_by_option(motion, seats, selections, names, entered), statements=statements)
        earlier = elected_before(motion, await unit.motions.of_meeting(motion.meeting_id))
        announcement = OptionsAnnouncement(*head, motion.outcome, cast, motion.straw, earlier, motion.held)
    else:
        roll_call = replace(_roll_call(seats, selections, names, entered), statements=statements)
        announcement = OutcomeAnnouncement(*head, motion.outcome, roll_call, motion.straw, motion.held)
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
    batch = f"decisions:{meeting.id}:{sha256(canonical(dump(decisions)).encode()).hexdigest()[:16]}"
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


def _counted(motion: Motion, seats: Collection[Seat], selections: Mapping[int, Selection]) -> Outcome | OptionsOutcome:
    if motion.kind is not MotionKind.MATTER:
        return count(seats, selections, motion)
    choices = {member_id: Choice(joined(chosen)) for member_id, chosen in selections.items()}
    return tally(seats, choices, motion.majority)


def _casefolded(statement: tuple[str, str]) -> str:
    return statement[0].casefold()


def _by_name(members: Iterable[int], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(sorted((names[member_id] for member_id in members), key=str.casefold))


def _who(
    seats: Collection[Seat], cast: Mapping[int, Selection], names: Mapping[int, str], key: str | None
) -> tuple[str, ...]:
    """Return who chose an option, or with ``None`` who could vote and did not."""
    carried = [seat.member_id for seat in seats if seat.carrier_id is not None]
    return _by_name((m for m in carried if (key in cast[m] if m in cast else key is None)), names)


def _roll_call(
    seats: Collection[Seat], cast: Mapping[int, Selection], names: Mapping[int, str], entered: Iterable[int]
) -> RollCall:
    in_favour, against, abstained, not_cast = (_who(seats, cast, names, key) for key in (*Choice, None))
    return RollCall(in_favour, against, abstained, not_cast, _by_name(entered, names))


def _by_option(
    motion: Motion,
    seats: Collection[Seat],
    cast: Mapping[int, Selection],
    names: Mapping[int, str],
    entered: Iterable[int],
) -> OptionsRollCall:
    keys = (*(option.key for option in motion.options), ABSTAIN)
    return OptionsRollCall(
        keys,
        tuple(_who(seats, cast, names, key) for key in keys),
        _who(seats, cast, names, None),
        _by_name(entered, names),
    )


async def _decisions(unit: Unit, meeting: Meeting, *, may_publish: bool) -> DecisionList:
    """Return the decision list: no straw poll, and of a vote in rounds the last one with all who were elected."""
    motions = await unit.motions.of_meeting(meeting.id)
    last = [motion for motion in motions if not any(follows(other, motion) for other in motions)]
    return DecisionList(
        meeting.id,
        meeting.title,
        day_of(unit, meeting),
        tuple(
            Decision(motion.number, motion.text, motion.outcome, elected_before(motion, motions))
            for motion in last
            if motion.outcome is not None and motion.decides
        ),
        may_publish,
    )
