"""The proof of convocation (bewijs van oproeping): how, when and to whom everybody was convened."""

from collections.abc import Collection, Mapping

from assembly.convocation import Round, RoundKind, latest_notice_day
from assembly.facts.dispatches import ConvocationProof, ConvocationProofRef, ProofLine, ProofMember, ProofPaper, Result
from assembly.meetings import Meeting, check_state
from assembly.members import Acting
from assembly.permissions import Act, states_for
from services.access import require
from services.answers import answers
from services.delivery import convocation_batch, worst
from services.meetings import get_meeting
from services.notice_period import latest_notice, notice_days
from services.papers import agenda_lines
from services.seats import GRANTOR_SIDE, members_of_day
from services.telling import show_anew
from storage.dispatches import Dispatch
from storage.sending import Delivery
from storage.tables import SendState
from storage.unit import Unit


def proof_key(meeting_id: int) -> str:
    """Return the key of the message that carries the proof."""
    return f"proof:{meeting_id}"


async def make_proof(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Hand out the proof as it is now."""
    acting = await require(unit, telegram_id, Act.MAKE_PROOF)
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.MAKE_PROOF))
    await show_anew(unit, acting, ConvocationProofRef(meeting_id), proof_key(meeting_id))


async def load_proof(unit: Unit, ref: ConvocationProofRef) -> ConvocationProof | None:
    """Load everything that the proof says."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    rounds = await unit.convocations.rounds(meeting.id)
    days = await notice_days(unit, meeting.id)
    people = {acting.person.id: acting for acting in await unit.people.all()}
    lines = {told.number: await _lines(unit, meeting, told, people) for told in rounds}
    sent = await unit.dispatches.of_meeting(meeting.id)
    members, named = await _members(unit, meeting, people, lines, sent)
    others = [line for told in rounds for person_id, line in lines[told.number].items() if person_id not in named]
    return ConvocationProof(
        meeting,
        await latest_notice(unit, meeting),
        days,
        rounds,
        tuple(told.number for told in rounds if _is_late(unit, told, days)),
        await agenda_lines(unit, meeting),
        await _papers(unit, meeting),
        members,
        tuple(others),
        unit.now,
    )


async def _members(
    unit: Unit,
    meeting: Meeting,
    people: Mapping[int, Acting],
    lines: Mapping[int, Mapping[int, ProofLine]],
    sent: Mapping[tuple[int, int], Dispatch],
) -> tuple[tuple[ProofMember, ...], Collection[int]]:
    """Return what the proof says of each member, and the ids of the people who are named with one."""
    said = await answers(unit, meeting.id)
    consents = await unit.consents.standing()
    found, named = [], set()
    for member in await members_of_day(unit, meeting):
        own = [person_id for person_id, acting in people.items() if member.id in acting.members(*GRANTOR_SIDE)]
        named |= set(own)
        of_member = []
        for number, of_round in lines.items():
            of_member += [of_round[person_id] for person_id in own if person_id in of_round]
            if (member.id, number) in sent:
                of_member.append(_by_letter(member.name, sent[member.id, number]))
        reply, consent = said.get(member.id), consents.get(member.id)
        found.append(
            ProofMember(
                member.name,
                consent.recorded_at if consent and consent.electronic else None,
                tuple(of_member),
                reply.reply if reply else None,
                reply.replied_at if reply else None,
                people[reply.person_id].person.name if reply and reply.person_id in people else "",
            )
        )
    return tuple(found), named


async def _lines(unit: Unit, meeting: Meeting, told: Round, people: Mapping[int, Acting]) -> dict[int, ProofLine]:
    """Return what became of a round, by person."""
    read = await unit.convocations.receipts(meeting.id, told.number)
    fared = worst(await unit.outbox.report(convocation_batch(meeting.id, told.number))).values()
    return {
        delivery.person_id: ProofLine(
            told.number,
            people[delivery.person_id].person.name,
            people[delivery.person_id].person.function,
            None,
            delivery.done_at if delivery.state is SendState.SENT else None,
            _result(delivery),
            delivery.error or "",
            read.get(delivery.person_id),
        )
        for delivery in fared
        if delivery.person_id is not None and delivery.person_id in people
    }


def _result(delivery: Delivery) -> Result:
    if delivery.state is SendState.FAILED:
        return Result.FAILED
    if delivery.state in {SendState.QUEUED, SendState.SENDING, SendState.HELD}:
        return Result.UNDER_WAY
    return Result.DOUBTFUL if delivery.may_have_arrived else Result.DELIVERED


def _by_letter(member: str, dispatch: Dispatch) -> ProofLine:
    return ProofLine(
        dispatch.round, member, "", dispatch.means, dispatch.sent_on, Result.SENT, dispatch.reason or "", None
    )


async def _papers(unit: Unit, meeting: Meeting) -> tuple[ProofPaper, ...]:
    digests = await unit.papers.digests(meeting.id)
    return tuple(
        ProofPaper(paper.number, paper.version, paper.title, paper.sent_at, digests[paper.id] or "")
        for paper in await unit.papers.sent(meeting.id)
        if paper.sent_at is not None
    )


def _is_late(unit: Unit, told: Round, days: int) -> bool:
    """Whether a round came after the last day for the day that it told; a cancellation never does."""
    association = unit.association
    latest = latest_notice_day(association.local(told.starts_at).date(), days)
    return told.kind is not RoundKind.CANCELLED and association.local(told.told_at).date() > latest
