"""The acts that are entered on behalf of members: done by the same services as the members' own."""

from assembly import errors
from assembly.entries import (
    EnteredAct,
    EnteredBallot,
    EnteredPresence,
    EnteredProxy,
    EnteredReply,
    EnteredSignature,
    Entry,
    EntryMark,
    SheetSource,
    check_carrier,
    check_not_voted,
)
from assembly.meetings import Meeting, Mode, check_state
from assembly.members import Acting, Role
from assembly.motions import Ballot, BallotForm, Motion
from assembly.permissions import states_for
from assembly.proxies import Proxy, ProxyState
from assembly.tally import Seat
from services.answer_screens import redraw_answers
from services.attendance import arrive, depart
from services.ballots import cast, seat_at_hand
from services.granting import check_stands, check_still_grantable, prepare, revoke, sign
from services.replies import note_reply
from services.seats import members_of_day
from storage.unit import Unit


async def check_possible(unit: Unit, actor: Acting, meeting: Meeting, member_id: int, act: EnteredAct) -> None:
    """Refuse what would be refused if it were confirmed now.

    It is done and undone again, so that the act's own rules decide and no copy of them.
    """
    trial = await unit.connection.begin_nested()
    try:
        await perform(unit, actor, meeting, member_id, act)
    finally:
        await trial.rollback()


async def perform(
    unit: Unit, actor: Acting, meeting: Meeting, member_id: int, act: EnteredAct, entry: Entry | None = None
) -> None:
    """Do what was entered for the member, as ``actor`` confirms, under the lock on the assembly."""
    check_state(meeting, *states_for(act.kind.act))
    name = await check_member_of_day(unit, meeting, member_id)
    match act:
        case EnteredReply():
            await _reply(unit, actor, meeting, member_id, act, entry)
        case EnteredProxy():
            await _grant(unit, actor, meeting, member_id, act, entry)
        case EnteredSignature():
            await _sign_or_revoke(unit, actor, meeting, member_id, act, entry)
        case EnteredPresence():
            await _come_or_leave(unit, actor, meeting, member_id, act, entry)
        case EnteredBallot():
            await _vote(unit, actor, member_id, name, act, entry)


async def check_member_of_day(unit: Unit, meeting: Meeting, member_id: int) -> str:
    """Return the member's name. Refuses one that is no member on the day of the assembly."""
    names = await unit.members.names([member_id])
    if member_id not in names:
        raise errors.Gone
    if member_id not in {member.id for member in await members_of_day(unit, meeting)}:
        raise errors.NoMemberThatDay(names[member_id])
    return names[member_id]


def check_letters_allowed(unit: Unit) -> None:
    """Refuse signatures on paper where the statutes know none (setting ``proxy_letters``)."""
    if not unit.association.statutes.proxy_letters:
        raise errors.LettersNotAllowed


def _id(entry: Entry | None) -> int | None:
    return entry.id if entry else None


async def _reply(
    unit: Unit, actor: Acting, meeting: Meeting, member_id: int, act: EnteredReply, entry: Entry | None
) -> None:
    said = (await unit.convocations.replies(meeting.id)).get(member_id)
    own_later = said is not None and said.entry_id is None and entry is not None and said.replied_at >= entry.entered_at
    if own_later or not await note_reply(unit, actor, meeting.id, member_id, act.reply, entry_id=_id(entry)):
        raise errors.OwnActLater((await unit.members.names([member_id]))[member_id])
    await redraw_answers(unit, meeting.id, [member_id])


async def _grant(
    unit: Unit, actor: Acting, meeting: Meeting, member_id: int, act: EnteredProxy, entry: Entry | None
) -> None:
    check_letters_allowed(unit)
    proxy = await prepare(
        unit, actor, meeting, member_id, act.holder_id, act.holder_member_id, act.until, entry_id=_id(entry)
    )
    await _sign(unit, actor, proxy, entry)


async def _sign_or_revoke(
    unit: Unit, actor: Acting, meeting: Meeting, member_id: int, act: EnteredSignature, entry: Entry | None
) -> None:
    proxy = await unit.proxies.get(act.proxy_id)
    if proxy is None or (proxy.member_id, proxy.meeting_id) != (member_id, meeting.id):
        raise errors.Gone
    if not act.signs:
        await revoke(unit, actor, meeting, proxy, entry_id=_id(entry))
        return
    check_letters_allowed(unit)
    check_stands(proxy, ProxyState.PREPARED)
    await check_still_grantable(unit, proxy)
    await _sign(unit, actor, proxy, entry)


async def _sign(unit: Unit, actor: Acting, proxy: Proxy, entry: Entry | None) -> None:
    """Sign a proxy on paper; the paper is its letter, which ``actor`` has seen."""
    if entry is not None and entry.paper is not None:
        letter_id = await unit.letters.add(proxy.id, entry.paper.file_id)
        await unit.letters.judge(letter_id, actor.person.id, approved=True)
    await sign(unit, actor, proxy, on_paper=True)


async def _come_or_leave(
    unit: Unit, actor: Acting, meeting: Meeting, member_id: int, act: EnteredPresence, entry: Entry | None
) -> None:
    person = await unit.people.get(act.person_id)
    if person is None or not person.has(Role.REPRESENTATIVE, member_id):
        raise errors.Gone
    there = await unit.attendance.mode(meeting.id, person.person.id) is not None
    if there is act.present:
        raise errors.PresenceKnown(person.person.name)
    if act.present:
        await arrive(unit, person, actor, meeting, Mode.ROOM, entry_id=_id(entry))
    else:
        await depart(unit, person, actor, meeting, entry_id=_id(entry))


async def _vote(unit: Unit, actor: Acting, member_id: int, name: str, act: EnteredBallot, entry: Entry | None) -> None:
    motion, seat, _name = await seat_at_hand(unit, act.motion_id, member_id)
    if motion.form is BallotForm.SECRET:
        raise errors.NotOnPaperInSecret
    standing = await unit.motions.ballot(motion.id, member_id)
    marks = await unit.entries.marks(motion.meeting_id)
    disputed = standing is not None and marks.get(standing.entry_id or 0) is EntryMark.DISPUTED
    check_not_voted(standing, name, await _caster(unit, standing), disputed=disputed)
    on_card = act.source is SheetSource.CARDS
    carrier = check_carrier(await _carrier(unit, motion, seat), name, on_sheet=act.source is not None)
    await cast(unit, carrier, actor, motion, seat, member_id, name, act.choice, entry_id=_id(entry), on_card=on_card)


async def _carrier(unit: Unit, motion: Motion, seat: Seat | None) -> Acting | None:
    """Return who carries the seat; outside a meeting one of its member's people, who has a phone where somebody has."""
    if seat is not None and motion.outside:
        people = await unit.people.holding({Role.REPRESENTATIVE}, member_id=seat.member_id)
        return next((one for one in people if one.person.telegram_id is not None), next(iter(people), None))
    return await unit.people.get(seat.carrier_id) if seat is not None and seat.carrier_id is not None else None


async def _caster(unit: Unit, standing: Ballot | None) -> str:
    """Return who cast a ballot; of one that was entered, who confirmed it."""
    entry = await unit.entries.get(standing.entry_id) if standing and standing.entry_id is not None else None
    person_id = entry.decided_by if entry else standing.person_id if standing else None
    person = await unit.people.get(person_id) if person_id is not None else None
    return person.person.name if person else ""
