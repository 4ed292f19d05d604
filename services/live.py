"""Live screens: how the facts behind a reference are loaded at the moment of sending."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from assembly.facts.advance import AdvanceRef
from assembly.facts.attendance import AttendanceRef
from assembly.facts.convening import DeliveriesRef, PaperSetRef, RepliesRef
from assembly.facts.dispatches import ConvocationProofRef
from assembly.facts.entries import EntryRef
from assembly.facts.floor import FloorCardRef, FloorListRef
from assembly.facts.letters import ProxyLetterRef
from assembly.facts.meetings import MeetingConsoleRef
from assembly.facts.notices import NoticeMessageRef, NoticeProgressRef, NoticeReportRef
from assembly.facts.outcomes import VoteCardRef
from assembly.facts.outside import OutsideRef, PublicOutsideRef
from assembly.facts.overviews import MembersRef
from assembly.facts.people import PersonalLinkRef
from assembly.facts.positions import PositionsRef
from assembly.facts.proxies import ProxyRef, SeatsRef
from assembly.facts.register import RegisterExportRef, RegisterPreviewRef, RegistrationLinksRef
from assembly.facts.rehearsals import RehearsalRef
from assembly.facts.reminders import ReminderRef
from assembly.facts.requests import RequestCardRef
from assembly.facts.roll_calls import RollCallRef
from assembly.facts.second_factor import EnrolmentRef, RecoveryCodesRef
from assembly.facts.sheets import SheetRef, VotingCardsRef
from assembly.facts.slips import SlipsRef
from assembly.facts.voting import BallotRef, PublicTurnoutRef, TurnoutRef
from services.advance import load_advance
from services.attendance_list import load_attendance
from services.ballot_cards import load_public_turnout, load_turnout
from services.decisions import load_request_card
from services.entry_cards import load_entry
from services.floor import load_floor_card, load_floor_list
from services.links import load_links, load_personal_link
from services.meetings import load_console
from services.notice_progress import load_progress, load_report
from services.notice_sending import load_message
from services.outside_cards import load_outside, load_public_outside
from services.overviews import load_members
from services.own_seats import load_seats
from services.paper_sets import load_set
from services.positions import load_positions
from services.proofs import load_proof
from services.proxy_cards import load_card
from services.proxy_letter import load_letter
from services.register import load_preview
from services.register_export import load_export
from services.rehearsals import load_card as load_rehearsal
from services.reminders import load_reminder
from services.replies import load_deliveries, load_replies
from services.roll_calls import load_list
from services.second_factor import load_codes, load_enrolment
from services.secret_ballots import load_any_ballot
from services.sheets import load_sheet
from services.slip_cards import load_slips
from services.vote_cards import load_vote
from services.voting_cards import load_cards


@dataclass(frozen=True)
class Loader:
    """Loads the facts of one kind of reference; ``None`` when there is nothing to show any more.

    ``writes`` says that loading stores something, so that it must run in ``Storage.write``. ``personal``: the loader
    also takes the id of the person who is to read it, ``None`` for a group. ``large``: what comes out may take tens of
    megabytes, so that only one is in hand at a time.
    """

    ref_type: type[Any]
    load: Callable[..., Awaitable[object | None]]
    writes: bool = False
    personal: bool = False
    large: bool = False


LOADERS: dict[str, Loader] = {
    loader.ref_type.__name__: loader
    for loader in (
        Loader(RegistrationLinksRef, load_links, writes=True),
        Loader(RegisterPreviewRef, load_preview),
        Loader(RegisterExportRef, load_export),
        Loader(PersonalLinkRef, load_personal_link, writes=True),
        Loader(RequestCardRef, load_request_card),
        Loader(EnrolmentRef, load_enrolment),
        Loader(RecoveryCodesRef, load_codes, writes=True),
        Loader(MeetingConsoleRef, load_console),
        Loader(RepliesRef, load_replies),
        Loader(DeliveriesRef, load_deliveries),
        Loader(PaperSetRef, load_set, large=True),
        Loader(NoticeMessageRef, load_message, personal=True),
        Loader(NoticeProgressRef, load_progress),
        Loader(NoticeReportRef, load_report),
        Loader(ConvocationProofRef, load_proof),
        Loader(RehearsalRef, load_rehearsal),
        Loader(ReminderRef, load_reminder, writes=True),
        Loader(ProxyRef, load_card),
        Loader(SeatsRef, load_seats),
        Loader(MembersRef, load_members),
        Loader(PositionsRef, load_positions),
        Loader(ProxyLetterRef, load_letter),
        Loader(EntryRef, load_entry),
        Loader(SheetRef, load_sheet),
        Loader(SlipsRef, load_slips),
        Loader(VotingCardsRef, load_cards),
        Loader(AttendanceRef, load_attendance),
        Loader(FloorCardRef, load_floor_card),
        Loader(FloorListRef, load_floor_list),
        Loader(BallotRef, load_any_ballot),
        Loader(TurnoutRef, load_turnout),
        Loader(PublicTurnoutRef, load_public_turnout),
        Loader(VoteCardRef, load_vote),
        Loader(RollCallRef, load_list),
        Loader(AdvanceRef, load_advance),
        Loader(OutsideRef, load_outside),
        Loader(PublicOutsideRef, load_public_outside),
    )
}
"""Loaders by the name of their reference type, which is the name that an outbox row carries."""
