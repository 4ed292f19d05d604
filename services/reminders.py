"""Reminders: decided when they are due, in the transaction that queues them, and looked at again when they are sent.

A step is taken once, for everybody whom it addresses, so nobody gets it twice however often the clock ticks or the
process stops. What is queued is a reference: where the thing was done by the time of sending, nothing is sent.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import groupby
from time import time

from assembly.facts.reminders import CallLine, CallList, Reminder, ReminderRef
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.permissions import Act, may
from assembly.reminders import Errand, Rung, Task, concerned
from services.access import holders_of
from services.quiet import quiet_until
from services.tasks import anchor, ladder, last_moment, tasks_of, told_day
from services.telling import show
from storage.tables import Priority
from storage.unit import Unit

Taken = Collection[tuple[Errand, int, Rung]]


async def send_reminders(unit: Unit) -> None:
    """Take the steps that are due by now; waits until the quiet hours end. Mostly there is nothing to do."""
    current = await unit.meetings.current()
    running = [await unit.meetings.get(vote.meeting_id) for vote in await unit.outside.running()]
    at_hand = [meeting for meeting in (current, *running) if meeting is not None]
    if not at_hand or await quiet_until(unit, unit.now):
        return
    for meeting in at_hand:
        await _remind(unit, meeting)


async def _remind(unit: Unit, meeting: Meeting) -> None:
    taken = await unit.reminders.taken(meeting.id)
    for errand in Errand:
        start = await anchor(unit, meeting, errand)
        if start is None:
            continue
        steps = await ladder(unit, meeting, errand, start)
        due = {rung: moment for rung, moment in steps.items() if moment <= unit.now}
        if due and not await _all_taken(unit, meeting, errand, due, taken):
            await _climb(unit, meeting, errand, due, taken)


async def load_reminder(unit: Unit, ref: ReminderRef) -> Reminder | CallList | None:
    """Load what is still to be done; nothing where it was done, or became impossible, since it was queued.

    A reminder that was held up until nobody may be disturbed waits for the morning.
    """
    meeting, reader = await unit.meetings.get(ref.meeting_id), await unit.people.get(ref.person_id)
    if meeting is None or reader is None:
        return None
    left = await _left(unit, meeting, reader, ref)
    until = await quiet_until(unit, unit.now)
    if left is not None and until is not None:
        await _put_off(unit, reader, ref, until)
        return None
    return left


async def _left(unit: Unit, meeting: Meeting, reader: Acting, ref: ReminderRef) -> Reminder | CallList | None:
    """Return what is still to be done of what the reminder is about."""
    tasks = [task for task in await tasks_of(unit, meeting, ref.errand) if task.subject_id == ref.subject_id]
    vote = await unit.outside.get(meeting.id)
    if vote is not None:
        until: datetime | None = vote.closes_at
    else:
        until = None if ref.errand is Errand.BALLOT else last_moment(unit, meeting, ref.errand)
    if ref.rung is Rung.OFFICE:
        lines = await _lines(unit, tasks) if may(reader, Act.SEE_DELIVERIES) else ()
        return CallList(meeting.id, meeting.title, ref.errand, lines, until) if lines else None
    mine = [task.member_id for task in tasks if reader.person.id in task.addressees(ref.rung)]
    if not mine:
        return None
    names = await unit.members.names(mine)
    motion = await unit.motions.get(ref.subject_id) if ref.errand is Errand.BALLOT else None
    return Reminder(
        meeting.id,
        meeting.title,
        ref.errand,
        ref.rung is Rung.ACTOR,
        tuple(names[member_id] for member_id in mine),
        until,
        motion.title if motion else "",
    )


async def _all_taken(unit: Unit, meeting: Meeting, errand: Errand, due: Collection[Rung], taken: Taken) -> bool:
    """Whether an errand that all members share needs no further look."""
    if errand is Errand.BALLOT:
        motion = await unit.motions.open_in(meeting.id)
        subject = motion.id if motion else None
    elif errand in {Errand.REPLY, Errand.GRANT}:
        told = await told_day(unit, meeting)
        subject = told.number if told else None
    else:
        return False
    return subject is None or all((errand, subject, rung) in taken for rung in due)


async def _climb(unit: Unit, meeting: Meeting, errand: Errand, due: Mapping[Rung, datetime], taken: Taken) -> None:
    """Take the steps that are ``due``; somebody whom several of them address hears of the last one only."""
    convened = await unit.convocations.moments(meeting.id)
    for subject_id, found in groupby(await tasks_of(unit, meeting, errand), key=lambda task: task.subject_id):
        tasks = list(found)
        told: dict[int, Rung] = {}
        for rung, moment in due.items():
            if (errand, subject_id, rung) in taken:
                continue
            left = concerned(tasks, moment)
            if not await unit.reminders.take(meeting.id, errand, subject_id, rung):
                continue
            people = {
                person_id
                for task in left
                for person_id in task.addressees(rung)
                if errand is Errand.BALLOT or (person_id in convened and convened[person_id] < moment)
            }
            if left and rung is Rung.OFFICE:
                people |= {acting.person.id for acting in await holders_of(unit, Act.SEE_DELIVERIES)}
            told |= dict.fromkeys(people, rung)
            if people:
                await unit.journal.note(
                    "reminded",
                    actor_id=None,
                    facts={
                        "errand": errand,
                        "subject": subject_id,
                        "step": rung,
                        "members": [task.member_id for task in left],
                        "people": sorted(people),
                    },
                    meeting_id=meeting.id,
                )
        for acting in await unit.people.all(told.keys()) if told else ():
            ref = ReminderRef(meeting.id, acting.person.id, errand, subject_id, told[acting.person.id])
            await show(unit, acting, ref, _key(ref), priority=_priority(errand), silent=False)


async def _put_off(unit: Unit, reader: Acting, ref: ReminderRef, until: datetime) -> None:
    """Queue the reminder anew for when the quiet hours end, so that it holds up nothing else in the chat meanwhile."""
    if reader.person.telegram_id is None:
        return
    await unit.outbox.show(
        reader.person.telegram_id,
        ref,
        key=_key(ref),
        person_id=reader.person.id,
        priority=_priority(ref.errand),
        silent=False,
        not_before=time() + (until - unit.now).total_seconds(),
    )


async def _lines(unit: Unit, tasks: Collection[Task]) -> tuple[CallLine, ...]:
    """Return whom to call about which member."""
    names = await unit.members.names([task.member_id for task in tasks])
    ids = {person_id for task in tasks for person_id in (*task.actors, *task.coordinators)}
    people = {acting.person.id: acting.person for acting in await unit.people.all(ids)}
    lines = []
    for task in tasks:
        side = [people[person_id] for person_id in dict.fromkeys((*task.actors, *task.coordinators))]
        who = tuple((person.name, person.function, person.email or "") for person in side)
        lines.append(CallLine(names[task.member_id], who))
    return tuple(sorted(lines, key=lambda line: line.member.casefold()))


def _key(ref: ReminderRef) -> str:
    return f"reminder:{ref.errand}:{ref.meeting_id}:{ref.subject_id}:{ref.rung}"


def _priority(errand: Errand) -> Priority:
    return Priority.RESULT if errand is Errand.BALLOT else Priority.BULK
