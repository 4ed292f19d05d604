"""Entering an act on behalf of a member: for whom, what, and the paper that it is entered from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assembly import errors
from assembly.dates import read_day
from assembly.entries import (
    ACTS,
    EnteredAct,
    EnteredBallot,
    EnteredPresence,
    EnteredProxy,
    EnteredReply,
    EnteredSignature,
    EntryKind,
)
from assembly.facts.entries import EntryHolders, EntryMembers, EntryOptions, EntryUntil, PaperExpected
from assembly.facts.proxies import UntilAsked
from assembly.letters import check_content, check_letter
from assembly.meetings import Meeting, Reply, check_state
from assembly.members import Acting, Role
from assembly.motions import BallotForm, MotionState, check_selection
from assembly.options import MATTER_OPTIONS, Selection
from assembly.permissions import Act, states_for
from assembly.proxies import HOLDERS, ProxyKind, ProxyState
from assembly.wording import written_line
from services.access import permit, require
from services.documents import IncomingFile, store
from services.entry_acts import check_letters_allowed, check_member_of_day, check_possible
from services.entry_cards import deciders, describe, show_entry
from services.granting import check_grantable, check_member_can_grant
from services.holders import first_kind
from services.members import PAGE_SIZE, SEARCH_LIMIT, page_of
from services.proxies import check_kind, days_offered, holder_page, holders_found
from services.seats import locked_of_any_kind, members_of_day
from services.telling import tell, turn
from storage.facts import dump, load
from storage.files import StoredFile
from storage.unit import Unit

PURPOSE = "entry_paper"
"""Step of the conversation, and purpose of the photo or document."""

MEMBER_STEP = "entry_member"
HOLDER_STEP = "entry_holder"
UNTIL_STEP = "entry_until"
KEY = "entering"
"""The key of the message in which it is chosen what is entered."""

REPLIES = (Reply.COMING, Reply.REMOTE, Reply.ABSENT)
"""What a member can reply on paper: a proxy is entered as one."""


async def open_members(unit: Unit, telegram_id: int, page: int = 0, message_id: int | None = None) -> None:
    """Ask for which member something is entered; from now on a text searches for it."""
    acting, meeting = await _at_hand(unit, telegram_id)
    await unit.conversations.begin(acting.person.id, MEMBER_STEP)
    shown = EntryMembers(meeting.id, *page_of(await members_of_day(unit, meeting), page))
    await turn(unit, acting, shown, KEY, message_id)


async def search_member(unit: Unit, acting: Acting, text: str, _data: Mapping[str, Any]) -> None:
    """Show the members whose name contains what was typed."""
    meeting = await _meeting(unit, acting)
    search = written_line(text, SEARCH_LIMIT)
    found = [member for member in await members_of_day(unit, meeting) if search.casefold() in member.name.casefold()]
    on_page = tuple((member.id, member.name) for member in found[:PAGE_SIZE])
    await turn(unit, acting, EntryMembers(meeting.id, on_page, 0, 1, search=search, found=len(found)), KEY, None)


async def choose_member(unit: Unit, telegram_id: int, member_id: int, message_id: int | None) -> None:
    """Show what can be entered for the member now."""
    await _show_possible(unit, telegram_id, member_id, message_id, ())


async def pick_names(
    unit: Unit, telegram_id: int, motion_id: int, member_id: int, choice: str, message_id: int | None
) -> None:
    """Show the same with the names that were picked from the paper until now, in a vote for several seats."""
    await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    motion = await unit.motions.get(motion_id)
    if motion is None or motion.state is not MotionState.OPEN:
        raise errors.Gone
    await _show_possible(unit, telegram_id, member_id, message_id, check_selection(motion, choice))


async def _show_possible(
    unit: Unit, telegram_id: int, member_id: int, message_id: int | None, chosen: Selection
) -> None:
    acting, meeting = await _at_hand(unit, telegram_id)
    name = await check_member_of_day(unit, meeting, member_id)
    await unit.conversations.end(acting.person.id)
    proxies = await unit.proxies.under_way(meeting.id)
    proxy = next((proxy for proxy in proxies if proxy.member_id == member_id), None)
    holder = await unit.people.get(proxy.holder_id) if proxy else None
    present = await unit.attendance.present(meeting.id)
    sits = meeting.state in states_for(Act.CHECK_IN)
    people = await unit.people.holding({Role.REPRESENTATIVE}, member_id=member_id) if sits else ()
    motion = await unit.motions.open_in(meeting.id)
    on_paper = unit.association.statutes.proxy_letters
    options = EntryOptions(
        member_id,
        name,
        REPLIES if meeting.state in states_for(Act.REPLY) else (),
        grants=first_kind(unit) if proxy is None and on_paper and _holders_allowed(unit) else None,
        proxy_id=proxy.id if proxy else None,
        holder=holder.person.name if holder else "",
        signable=proxy is not None and proxy.state is ProxyState.PREPARED and on_paper,
        people=tuple((other.person.id, other.person.name, other.person.id in present) for other in people),
        motion=(motion.id, motion.number, motion.title) if motion and motion.form is BallotForm.ROLL_CALL else None,
        options=motion.options if motion else MATTER_OPTIONS,
        picks=motion.picks if motion else 1,
        chosen=chosen,
    )
    await turn(unit, acting, options, KEY, message_id)


async def page_holders(
    unit: Unit,
    telegram_id: int,
    member_id: int,
    kind: ProxyKind,
    page: int,
    message_id: int | None,
    *,
    standing: bool = False,
) -> None:
    """Ask who holds the proxy that is entered."""
    acting, meeting = await _at_hand(unit, telegram_id)
    await check_member_of_day(unit, meeting, member_id)
    check_letters_allowed(unit)
    await check_member_can_grant(unit, meeting, member_id)
    check_kind(unit, kind, standing=standing)
    await unit.conversations.begin(
        acting.person.id, HOLDER_STEP, member_id=member_id, kind=kind.value, standing=standing
    )
    choice = await holder_page(unit, meeting, member_id, kind, page, standing=standing)
    await turn(unit, acting, EntryHolders(choice), KEY, message_id)


async def search_holder(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Show the possible holders whose name, or whose member's name, contains what was typed."""
    meeting = await _meeting(unit, acting)
    await check_member_of_day(unit, meeting, data["member_id"])
    kind = ProxyKind(data["kind"])
    choice = await holders_found(unit, meeting, data["member_id"], kind, text, standing=data["standing"])
    await turn(unit, acting, EntryHolders(choice), KEY, None)


async def ask_until(
    unit: Unit,
    telegram_id: int,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    message_id: int | None,
) -> None:
    """Ask for the last day of the standing proxy that is entered."""
    acting, meeting = await _at_hand(unit, telegram_id)
    await check_member_of_day(unit, meeting, member_id)
    days = days_offered(unit, meeting)
    await check_grantable(unit, meeting, member_id, holder_id, holder_member_id, days[0])
    said = await describe(unit, member_id, EnteredProxy(holder_id, holder_member_id, days[0]))
    await unit.conversations.begin(
        acting.person.id, UNTIL_STEP, member_id=member_id, holder_id=holder_id, holder_member_id=holder_member_id
    )
    asked = UntilAsked(member_id, holder_id, holder_member_id, said.member, said.person, days)
    await turn(unit, acting, EntryUntil(asked), KEY, message_id)


async def take_until(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the last day of a standing proxy as it was typed, and expect the paper."""
    act = EnteredProxy(data["holder_id"], data["holder_member_id"], read_day(text))
    await _expect_paper(unit, acting, data["member_id"], act, None)


async def enter_reply(unit: Unit, telegram_id: int, member_id: int, reply: Reply, message_id: int | None) -> None:
    """Enter what the member replies to the convocation."""
    if reply not in REPLIES:
        raise errors.Gone
    await _enter(unit, telegram_id, member_id, EnteredReply(reply), message_id)


async def enter_proxy(
    unit: Unit,
    telegram_id: int,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    message_id: int | None,
    *,
    until: date | None = None,
) -> None:
    """Enter a proxy that was signed on paper."""
    await _enter(unit, telegram_id, member_id, EnteredProxy(holder_id, holder_member_id, until), message_id)


async def enter_signature(
    unit: Unit, telegram_id: int, member_id: int, proxy_id: int, message_id: int | None, *, signs: bool
) -> None:
    """Enter that the member signs its proxy, or revokes it."""
    await _enter(unit, telegram_id, member_id, EnteredSignature(proxy_id, signs), message_id)


async def enter_presence(
    unit: Unit, telegram_id: int, member_id: int, person_id: int, message_id: int | None, *, present: bool
) -> None:
    """Enter that a representative of the member is in the room, or leaves."""
    await _enter(unit, telegram_id, member_id, EnteredPresence(person_id, present), message_id)


async def enter_ballot(
    unit: Unit, telegram_id: int, motion_id: int, member_id: int, choice: str, message_id: int | None
) -> None:
    """Enter a ballot in the vote that is open."""
    await _enter(unit, telegram_id, member_id, EnteredBallot(motion_id, choice), message_id)


async def repeat_request(unit: Unit, acting: Acting, _text: str, data: Mapping[str, Any]) -> None:
    """Say again that a paper is expected, where something else came: without it nothing is entered."""
    await permit(unit, acting, Act.ENTER_ON_BEHALF)
    await tell(unit, acting, PaperExpected(await describe(unit, data["member_id"], _act(data["entry"]))))


async def receive_paper(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Note the paper of an entry, of which the bytes are being fetched."""
    await permit(unit, acting, Act.ENTER_ON_BEHALF)
    check_letter(file.size)
    meeting = await locked_of_any_kind(unit, data["meeting_id"], *states_for(Act.ENTER_ON_BEHALF))
    file_id = await store(unit, acting.person.id, file, PURPOSE)
    await unit.entries.add(meeting.id, data["member_id"], _act(data["entry"]), file_id, acting.person.id)
    await unit.conversations.end(acting.person.id)


async def keep_paper(unit: Unit, file: StoredFile, content: bytes) -> None:
    """Keep the fetched paper, and show the entry to who entered it and to who can confirm it.

    Where it is no paper the entry is forgotten, and another file is expected.
    """
    entry, sender = await unit.entries.of_file(file.id), await unit.people.get(file.sent_by)
    if entry is None or sender is None:
        return
    try:
        check_content(content)
    except errors.LetterRefused:
        await unit.entries.forget(file.id)
        await _begin(unit, sender, entry.meeting_id, entry.member_id, entry.act)
        raise
    await unit.journal.note(
        "entry_made",
        actor_id=sender.person.id,
        meeting_id=entry.meeting_id,
        facts={
            "entry": entry.id,
            "member": entry.member_id,
            "type": entry.act.kind,
            "act": dump(entry.act),
            "sha256": file.sha256,
        },
    )
    await show_entry(unit, (sender, *await deciders(unit)), entry)


def _holders_allowed(unit: Unit) -> bool:
    return not unit.association.statutes.proxy_kinds.isdisjoint(HOLDERS)


async def _enter(unit: Unit, telegram_id: int, member_id: int, act: EnteredAct, message_id: int | None) -> None:
    acting = await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    await _expect_paper(unit, acting, member_id, act, message_id)


async def _expect_paper(unit: Unit, acting: Acting, member_id: int, act: EnteredAct, message_id: int | None) -> None:
    """Expect the paper of an act, where it would not be refused."""
    motion = await unit.motions.get(act.motion_id) if isinstance(act, EnteredBallot) else None
    meeting_id = motion.meeting_id if motion and motion.outside else (await _meeting(unit, acting)).id
    meeting = await locked_of_any_kind(unit, meeting_id, *states_for(Act.ENTER_ON_BEHALF))
    await check_possible(unit, acting, meeting, member_id, act)
    await _begin(unit, acting, meeting.id, member_id, act)
    await turn(unit, acting, PaperExpected(await describe(unit, member_id, act)), KEY, message_id)


async def _begin(unit: Unit, acting: Acting, meeting_id: int, member_id: int, act: EnteredAct) -> None:
    entry = {"kind": act.kind.value, "act": dump(act)}
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting_id, member_id=member_id, entry=entry)


def _act(entry: Mapping[str, Any]) -> EnteredAct:
    act: EnteredAct = load(ACTS[EntryKind(entry["kind"])], entry["act"])
    return act


async def _at_hand(unit: Unit, telegram_id: int) -> tuple[Acting, Meeting]:
    """Return who enters, and the assembly for which."""
    acting = await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    return acting, await _meeting(unit, acting)


async def _meeting(unit: Unit, acting: Acting) -> Meeting:
    await permit(unit, acting, Act.ENTER_ON_BEHALF)
    meeting = await unit.meetings.current()
    if meeting is None:
        raise errors.NoMeeting
    check_state(meeting, *states_for(Act.ENTER_ON_BEHALF))
    return meeting
