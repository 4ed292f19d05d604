"""Who may do what, and when: the one table that decides.

An act names its roles, the states of the assembly in which it is possible, and whether a fresh second factor is asked
first. Every command and every button is for one act. Services ask with ``require``; nothing else decides.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum

from assembly.errors import NotAllowed
from assembly.meetings import MeetingState
from assembly.members import Acting, Role


class Act(StrEnum):
    """What people can do."""

    IMPORT_MEMBERS = "import_members"
    APPLY_MEMBERS = "apply_members"
    PREPARE_MEETING = "prepare_meeting"
    EDIT_MEETING = "edit_meeting"
    EDIT_ITEMS = "edit_items"
    PREVIEW_CONVOCATION = "preview_convocation"
    CONVENE = "convene"
    SEND_LATE_PAPERS = "send_late_papers"
    SEE_DELIVERIES = "see_deliveries"
    LEAD_MEETING = "lead_meeting"
    OPEN_MEETING = "open_meeting"
    CLOSE_MEETING = "close_meeting"
    LEAD_VOTE = "lead_vote"
    SET_OPTIONS = "set_options"
    OPEN_VOTE = "open_vote"
    CLOSE_VOTE = "close_vote"
    PRONOUNCE_OUTCOME = "pronounce_outcome"
    RECTIFY_OUTCOME = "rectify_outcome"
    PUBLISH_DECISIONS = "publish_decisions"
    SEND_NOTICE = "send_notice"
    BROADCAST = "broadcast"
    LINK_GROUP = "link_group"
    EXPORT_LINKS = "export_links"
    MAKE_LINKS = "make_links"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    SEE_COLLEAGUES = "see_colleagues"
    MANAGE_COLLEAGUES = "manage_colleagues"
    BLOCK_PHONE = "block_phone"
    SECURE_ACCOUNT = "secure_account"
    WEAKEN_ACCOUNT = "weaken_account"
    REPLY = "reply"
    SET_POSITIONS = "set_positions"
    PREPARE_PROXY = "prepare_proxy"
    SIGN_PROXY = "sign_proxy"
    JUDGE_LETTER = "judge_letter"
    HOLD_PROXY = "hold_proxy"
    SEE_SEATS = "see_seats"
    CHECK_IN = "check_in"
    SEE_ATTENDANCE = "see_attendance"
    ASK_FLOOR = "ask_floor"
    GIVE_FLOOR = "give_floor"
    CAST_BALLOT = "cast_ballot"
    SEE_DECISIONS = "see_decisions"
    READ_PAPERS = "read_papers"
    ENTER_ON_BEHALF = "enter_on_behalf"
    CONFIRM_ENTRY = "confirm_entry"
    SEE_ENTRIES = "see_entries"
    PRINT_CARDS = "print_cards"
    OBJECT_TO_ENTRY = "object_to_entry"
    CONFIRM_RECEIPT = "confirm_receipt"
    CHANGE_MEETING = "change_meeting"
    SEND_CHANGE = "send_change"
    RECORD_DISPATCH = "record_dispatch"
    GIVE_CONSENT = "give_consent"
    MAKE_PROOF = "make_proof"
    PREPARE_SECOND = "prepare_second"
    VOTE_IN_ADVANCE = "vote_in_advance"
    PREPARE_OUTSIDE = "prepare_outside"
    OPEN_OUTSIDE = "open_outside"
    CLOSE_OUTSIDE = "close_outside"
    REHEARSE = "rehearse"
    MANAGE_REHEARSAL = "manage_rehearsal"


_ALWAYS = frozenset(MeetingState)


@dataclass(frozen=True)
class Rule:
    """When an act is permitted.

    ``roles``: one of these must be held. ``states``: of the assembly at hand; with all of them the act needs none.
    ``guarded``: a second factor is asked first (setting ``second_factor``).
    """

    roles: frozenset[Role]
    states: frozenset[MeetingState] = _ALWAYS
    guarded: bool = False


_OFFICE = frozenset({Role.SECRETARIAT})
_TABLE = frozenset({Role.SECRETARIAT, Role.CHAIR})
_MEMBER = frozenset(role for role in Role if role.of_member)
_VOTER = frozenset({Role.REPRESENTATIVE})
_EVERYBODY = frozenset(Role)

_DRAFT = frozenset({MeetingState.DRAFT})
_CONVENED = frozenset({MeetingState.CONVENED})
_OPEN = frozenset({MeetingState.OPEN})
_BEFORE_THE_END = _CONVENED | _OPEN
_OPENED = _OPEN | {MeetingState.CLOSED}

RULES: dict[Act, Rule] = {
    Act.IMPORT_MEMBERS: Rule(_OFFICE),
    Act.APPLY_MEMBERS: Rule(_OFFICE, guarded=True),
    Act.PREPARE_MEETING: Rule(_OFFICE),
    Act.EDIT_MEETING: Rule(_OFFICE, _DRAFT),
    Act.EDIT_ITEMS: Rule(_OFFICE, _DRAFT | _BEFORE_THE_END),
    Act.PREVIEW_CONVOCATION: Rule(_OFFICE, _DRAFT),
    Act.CONVENE: Rule(_OFFICE, _DRAFT, guarded=True),
    Act.SEND_LATE_PAPERS: Rule(_OFFICE, _BEFORE_THE_END, guarded=True),
    Act.SEE_DELIVERIES: Rule(_OFFICE, _ALWAYS - _DRAFT),
    Act.LEAD_MEETING: Rule(_TABLE),
    Act.OPEN_MEETING: Rule(_TABLE, _CONVENED, guarded=True),
    Act.CLOSE_MEETING: Rule(_TABLE, _OPEN, guarded=True),
    Act.LEAD_VOTE: Rule(_TABLE, _OPEN),
    Act.SET_OPTIONS: Rule(_TABLE, _DRAFT | _BEFORE_THE_END),
    Act.OPEN_VOTE: Rule(_TABLE, _OPEN, guarded=True),
    Act.CLOSE_VOTE: Rule(_TABLE, _OPEN, guarded=True),
    Act.PRONOUNCE_OUTCOME: Rule(_TABLE, _OPEN, guarded=True),
    Act.RECTIFY_OUTCOME: Rule(_TABLE, _OPENED, guarded=True),
    Act.PUBLISH_DECISIONS: Rule(_TABLE, guarded=True),
    Act.SEND_NOTICE: Rule(_OFFICE),
    Act.BROADCAST: Rule(_OFFICE, guarded=True),
    Act.LINK_GROUP: Rule(_OFFICE),
    Act.EXPORT_LINKS: Rule(_OFFICE),
    Act.MAKE_LINKS: Rule(_OFFICE, guarded=True),
    Act.SEE_PEOPLE: Rule(_OFFICE),
    Act.MANAGE_PEOPLE: Rule(_OFFICE, guarded=True),
    Act.SEE_COLLEAGUES: Rule(_MEMBER),
    Act.MANAGE_COLLEAGUES: Rule(frozenset({Role.COORDINATOR})),
    Act.BLOCK_PHONE: Rule(_MEMBER | _OFFICE),
    Act.SECURE_ACCOUNT: Rule(_TABLE),
    Act.WEAKEN_ACCOUNT: Rule(_TABLE, guarded=True),
    Act.REPLY: Rule(_MEMBER, _CONVENED),
    Act.SET_POSITIONS: Rule(_MEMBER, _BEFORE_THE_END),
    Act.PREPARE_PROXY: Rule(_MEMBER, _BEFORE_THE_END),
    Act.SIGN_PROXY: Rule(_MEMBER, _BEFORE_THE_END),
    Act.JUDGE_LETTER: Rule(_OFFICE, _BEFORE_THE_END),
    Act.HOLD_PROXY: Rule(_EVERYBODY, _BEFORE_THE_END),
    Act.SEE_SEATS: Rule(_EVERYBODY),
    Act.CHECK_IN: Rule(_EVERYBODY, _OPEN),
    Act.SEE_ATTENDANCE: Rule(_EVERYBODY, _OPENED),
    Act.ASK_FLOOR: Rule(_EVERYBODY, _OPEN),
    Act.GIVE_FLOOR: Rule(_TABLE, _OPEN),
    Act.CAST_BALLOT: Rule(_EVERYBODY, _OPEN),
    Act.SEE_DECISIONS: Rule(_EVERYBODY),
    Act.READ_PAPERS: Rule(_EVERYBODY, _CONVENED | _OPENED),
    Act.ENTER_ON_BEHALF: Rule(_OFFICE, _BEFORE_THE_END),
    Act.CONFIRM_ENTRY: Rule(_TABLE, _BEFORE_THE_END, guarded=True),
    Act.SEE_ENTRIES: Rule(_TABLE),
    Act.PRINT_CARDS: Rule(_OFFICE, _BEFORE_THE_END),
    Act.OBJECT_TO_ENTRY: Rule(_EVERYBODY),
    Act.CONFIRM_RECEIPT: Rule(_EVERYBODY, _ALWAYS - _DRAFT),
    Act.CHANGE_MEETING: Rule(_OFFICE, _CONVENED),
    Act.SEND_CHANGE: Rule(_OFFICE, _CONVENED, guarded=True),
    Act.RECORD_DISPATCH: Rule(_OFFICE, _ALWAYS - _DRAFT),
    Act.GIVE_CONSENT: Rule(_MEMBER),
    Act.MAKE_PROOF: Rule(_OFFICE, _ALWAYS - _DRAFT),
    Act.VOTE_IN_ADVANCE: Rule(_VOTER, _CONVENED),
    Act.PREPARE_OUTSIDE: Rule(_OFFICE),
    Act.OPEN_OUTSIDE: Rule(_OFFICE, guarded=True),
    Act.CLOSE_OUTSIDE: Rule(_OFFICE, guarded=True),
    Act.REHEARSE: Rule(_OFFICE, _DRAFT | _CONVENED),
    Act.MANAGE_REHEARSAL: Rule(_OFFICE),
    Act.PREPARE_SECOND: Rule(_OFFICE, frozenset({MeetingState.CLOSED})),
}


class Entry(Enum):
    """Commands and buttons that ask for no role: the services behind them look at the account alone."""

    ANYBODY = "anybody"
    UNLESS_BLOCKED = "unless_blocked"
    REGISTERED = "registered"


COMMANDS: dict[str, Act | Entry] = {
    "start": Entry.UNLESS_BLOCKED,  # with a link it opens for any account: that is how a blocked one comes back
    "help": Entry.ANYBODY,
    "privacy": Entry.ANYBODY,
    "menu": Entry.UNLESS_BLOCKED,
    "annuleren": Entry.UNLESS_BLOCKED,
    "gegevens": Entry.REGISTERED,
    "leden": Act.IMPORT_MEMBERS,
    "sjabloon": Act.IMPORT_MEMBERS,
    "mensen": Act.SEE_PEOPLE,
    "beveiliging": Act.SECURE_ACCOUNT,
    "collegas": Act.SEE_COLLEAGUES,
    "alv": Act.LEAD_MEETING,
    "stukken": Act.READ_PAPERS,
    "mededeling": Act.SEND_NOTICE,
    "volmacht": Act.PREPARE_PROXY,
    "stem": Act.SEE_SEATS,
    "aanwezig": Act.CHECK_IN,
    "invoeren": Act.ENTER_ON_BEHALF,
    "raadpleging": Act.PREPARE_OUTSIDE,
}
"""What each command is for."""

PRESSES: dict[str, Act | Entry] = {
    "ConfirmRegistration": Entry.ANYBODY,
    "DenyRegistration": Entry.ANYBODY,
    "OpenMenu": Entry.UNLESS_BLOCKED,
    "Cancel": Entry.UNLESS_BLOCKED,
    "AskRegister": Act.IMPORT_MEMBERS,
    "PageMembers": Act.IMPORT_MEMBERS,
    "ShowMember": Act.IMPORT_MEMBERS,
    "AskFact": Act.IMPORT_MEMBERS,
    "ChangeFact": Act.APPLY_MEMBERS,
    "PageSuccessors": Act.IMPORT_MEMBERS,
    "ChooseSuccessor": Act.IMPORT_MEMBERS,
    "DecideMerger": Act.APPLY_MEMBERS,
    "RevokeMerger": Act.APPLY_MEMBERS,
    "AskSuspension": Act.IMPORT_MEMBERS,
    "SuspendMember": Act.APPLY_MEMBERS,
    "LiftSuspension": Act.APPLY_MEMBERS,
    "AskElections": Act.IMPORT_MEMBERS,
    "GetTemplate": Act.IMPORT_MEMBERS,
    "ExportRegister": Act.IMPORT_MEMBERS,
    "PageChanges": Act.IMPORT_MEMBERS,
    "ApplyRegister": Act.APPLY_MEMBERS,
    "ExportLinks": Act.EXPORT_LINKS,
    "MakeLinks": Act.MAKE_LINKS,
    "MakePersonalLink": Act.MAKE_LINKS,
    "MakeLetter": Act.MAKE_LINKS,
    "RevokeLink": Act.MAKE_LINKS,
    "ShowRegistrations": Act.SEE_PEOPLE,
    "AskPerson": Act.SEE_PEOPLE,
    "ShowPerson": Act.SEE_PEOPLE,
    "AskEndPerson": Act.MANAGE_PEOPLE,
    "EndPerson": Act.MANAGE_PEOPLE,
    "ResetFactor": Act.MANAGE_PEOPLE,
    "AskBlock": Act.BLOCK_PHONE,
    "BlockPhone": Act.BLOCK_PHONE,
    "ShowColleagues": Act.SEE_COLLEAGUES,
    "PageColleagues": Act.SEE_COLLEAGUES,
    "ShowColleague": Act.SEE_COLLEAGUES,
    "LinkColleague": Act.MANAGE_COLLEAGUES,
    "InviteColleague": Act.MANAGE_COLLEAGUES,
    "ChooseInviteRole": Act.MANAGE_COLLEAGUES,
    "ReplaceColleague": Act.MANAGE_COLLEAGUES,
    "ConfirmInvite": Act.MANAGE_COLLEAGUES,
    "AskEndColleague": Act.MANAGE_COLLEAGUES,
    "EndColleague": Act.MANAGE_COLLEAGUES,
    "RequestAccess": Entry.UNLESS_BLOCKED,
    "ChooseRequestMember": Entry.UNLESS_BLOCKED,
    "RestartRequest": Entry.UNLESS_BLOCKED,
    "SendRequest": Entry.UNLESS_BLOCKED,
    "WithdrawRequest": Entry.UNLESS_BLOCKED,
    "ShowRequests": Act.SEE_PEOPLE,
    "ShowRequest": Act.SEE_PEOPLE,
    "ApproveAsNew": Act.MANAGE_PEOPLE,
    "ApproveAsKnown": Act.MANAGE_PEOPLE,
    "RefuseRequest": Act.MANAGE_PEOPLE,
    "AskRefusalReason": Act.MANAGE_PEOPLE,
    "ShowSecurity": Act.SECURE_ACCOUNT,
    "SetUpFactor": Act.SECURE_ACCOUNT,
    "EndFactor": Act.WEAKEN_ACCOUNT,
    "NewRecoveryCodes": Act.WEAKEN_ACCOUNT,
    "EraseMessage": Entry.UNLESS_BLOCKED,
    "ShowMeeting": Act.LEAD_MEETING,
    "ShowRehearsal": Act.MANAGE_REHEARSAL,
    "PageRehearsal": Act.MANAGE_REHEARSAL,
    "InvitePlayer": Act.REHEARSE,
    "InviteChat": Act.REHEARSE,
    "AskRehearsal": Act.REHEARSE,
    "BeginRehearsal": Act.REHEARSE,
    "DropRehearsal": Act.MANAGE_REHEARSAL,
    "AskEraseRehearsal": Act.MANAGE_REHEARSAL,
    "EraseRehearsal": Act.MANAGE_REHEARSAL,
    "CreateMeeting": Act.PREPARE_MEETING,
    "EditMeeting": Act.EDIT_MEETING,
    "AskAgenda": Act.EDIT_MEETING,
    "FinishAgenda": Act.PREPARE_MEETING,
    "AcceptAgenda": Act.PREPARE_MEETING,
    "ShowItems": Act.PREPARE_MEETING,
    "ShowItem": Act.PREPARE_MEETING,
    "SetItemKind": Act.EDIT_ITEMS,
    "AskProposal": Act.EDIT_ITEMS,
    "AskAmount": Act.EDIT_ITEMS,
    "DropAmount": Act.EDIT_ITEMS,
    "AskItemTitle": Act.EDIT_ITEMS,
    "AskNewItem": Act.EDIT_ITEMS,
    "MoveItem": Act.EDIT_MEETING,
    "RemoveItem": Act.EDIT_MEETING,
    "WithdrawItem": Act.EDIT_ITEMS,
    "ShowItemVote": Act.EDIT_ITEMS,
    "SetItemMajority": Act.EDIT_ITEMS,
    "SetItemForm": Act.EDIT_ITEMS,
    "AskNomination": Act.EDIT_ITEMS,
    "ShowNomination": Act.PREPARE_MEETING,
    "RemoveNomination": Act.EDIT_ITEMS,
    "AskPapers": Act.EDIT_ITEMS,
    "FinishPapers": Act.PREPARE_MEETING,
    "NumberFile": Act.EDIT_ITEMS,
    "ListPapers": Act.PREPARE_MEETING,
    "ShowPaper": Act.PREPARE_MEETING,
    "AskPaperNumber": Act.EDIT_ITEMS,
    "SetPaperNumber": Act.EDIT_ITEMS,
    "ChoosePaperItem": Act.PREPARE_MEETING,
    "TiePaper": Act.EDIT_ITEMS,
    "RemovePaper": Act.EDIT_ITEMS,
    "PreviewConvocation": Act.PREVIEW_CONVOCATION,
    "Convene": Act.CONVENE,
    "SendLatePapers": Act.SEND_LATE_PAPERS,
    "ShowDeliveries": Act.SEE_DELIVERIES,
    "GiveReply": Act.REPLY,
    "ConfirmReceipt": Act.CONFIRM_RECEIPT,
    "ChangeMeeting": Act.CHANGE_MEETING,
    "CancelMeeting": Act.CHANGE_MEETING,
    "KeepAsItIs": Act.CHANGE_MEETING,
    "SendChange": Act.SEND_CHANGE,
    "ShowByLetter": Act.RECORD_DISPATCH,
    "MakeConvocationLetters": Act.RECORD_DISPATCH,
    "ShowDispatch": Act.RECORD_DISPATCH,
    "AskSentOn": Act.RECORD_DISPATCH,
    "SentToday": Act.RECORD_DISPATCH,
    "RecordConsent": Act.RECORD_DISPATCH,
    "GiveConsent": Act.GIVE_CONSENT,
    "MakeProof": Act.MAKE_PROOF,
    "PrepareSecond": Act.PREPARE_SECOND,
    "ShowPapers": Act.READ_PAPERS,
    "GetPaperSet": Act.READ_PAPERS,
    "StartNotice": Act.SEND_NOTICE,
    "PageNotices": Act.SEND_NOTICE,
    "ShowAudience": Act.SEND_NOTICE,
    "ToggleCircle": Act.SEND_NOTICE,
    "ToggleCommission": Act.SEND_NOTICE,
    "ToggleLack": Act.SEND_NOTICE,
    "ToggleChat": Act.SEND_NOTICE,
    "PageNoticeMembers": Act.SEND_NOTICE,
    "ToggleNoticeMember": Act.SEND_NOTICE,
    "PreviewNotice": Act.SEND_NOTICE,
    "ToggleSilent": Act.SEND_NOTICE,
    "ToggleReceipt": Act.SEND_NOTICE,
    "AskNoticeMoment": Act.SEND_NOTICE,
    "ForgetNoticeMoment": Act.SEND_NOTICE,
    "SendNotice": Act.BROADCAST,
    "PlanNotice": Act.BROADCAST,
    "UnplanNotice": Act.SEND_NOTICE,
    "ShowNotice": Act.SEND_NOTICE,
    "PageReport": Act.SEND_NOTICE,
    "ExportReport": Act.SEND_NOTICE,
    "AskCorrection": Act.SEND_NOTICE,
    "CorrectNotice": Act.BROADCAST,
    "AskWithdrawal": Act.SEND_NOTICE,
    "WithdrawNotice": Act.BROADCAST,
    "RepeatNotice": Act.BROADCAST,
    "ConfirmNotice": Entry.REGISTERED,
    "ShowCommissions": Act.SEND_NOTICE,
    "AskCommission": Act.SEND_NOTICE,
    "ShowCommission": Act.SEND_NOTICE,
    "AskCommissionPerson": Act.SEND_NOTICE,
    "JoinCommission": Act.SEND_NOTICE,
    "LeaveCommission": Act.SEND_NOTICE,
    "AskEndCommission": Act.SEND_NOTICE,
    "EndCommission": Act.SEND_NOTICE,
    "SendHeld": Act.SEND_NOTICE,
    "DropHeld": Act.SEND_NOTICE,
    "StartProxy": Act.PREPARE_PROXY,
    "PageHolders": Act.PREPARE_PROXY,
    "ChooseHolder": Act.PREPARE_PROXY,
    "GrantProxy": Act.PREPARE_PROXY,
    "ShowPositions": Act.SET_POSITIONS,
    "SetPosition": Act.SET_POSITIONS,
    "SetAllFor": Act.SET_POSITIONS,
    "AskDecision": Act.SET_POSITIONS,
    "ChooseStanding": Act.PREPARE_PROXY,
    "ChooseUntil": Act.PREPARE_PROXY,
    "GrantInstructed": Act.PREPARE_PROXY,
    "GrantStanding": Act.PREPARE_PROXY,
    "InstructProxy": Act.SET_POSITIONS,
    "SignProxy": Act.SIGN_PROXY,
    "AcceptProxy": Act.HOLD_PROXY,
    "DeclineProxy": Act.HOLD_PROXY,
    "RevokeProxy": Act.SIGN_PROXY,
    "SkipProxy": Act.SIGN_PROXY,
    "AskReplacement": Act.PREPARE_PROXY,
    "ReplaceHolder": Act.PREPARE_PROXY,
    "VoteSelf": Act.SIGN_PROXY,
    "ShowMembers": Act.LEAD_MEETING,
    "FilterMembers": Act.LEAD_MEETING,
    "ShowRoom": Act.LEAD_MEETING,
    "OpenSheet": Act.ENTER_ON_BEHALF,
    "PrintCards": Act.PRINT_CARDS,
    "TurnSheet": Act.SEE_ENTRIES,
    "MarkHand": Act.ENTER_ON_BEHALF,
    "MarkRest": Act.ENTER_ON_BEHALF,
    "ClearSheet": Act.ENTER_ON_BEHALF,
    "OfferSheet": Act.ENTER_ON_BEHALF,
    "ReturnSheet": Act.SEE_ENTRIES,
    "ConfirmSheet": Act.CONFIRM_ENTRY,
    "OpenSlips": Act.ENTER_ON_BEHALF,
    "TurnSlips": Act.SEE_ENTRIES,
    "MarkSlip": Act.ENTER_ON_BEHALF,
    "ClearSlips": Act.ENTER_ON_BEHALF,
    "AskTotals": Act.ENTER_ON_BEHALF,
    "ConfirmSlips": Act.CLOSE_VOTE,
    "AskFloor": Act.ASK_FLOOR,
    "WithdrawFloor": Act.ASK_FLOOR,
    "AskFloorNote": Act.ASK_FLOOR,
    "ShowFloor": Act.LEAD_MEETING,
    "GiveFloor": Act.GIVE_FLOOR,
    "EndTurn": Act.GIVE_FLOOR,
    "RevokeStanding": Act.SEE_SEATS,
    "SendLetter": Act.SEE_SEATS,
    "ShowLetters": Act.SEE_SEATS,
    "AskLetter": Act.SIGN_PROXY,
    "JudgeLetter": Act.JUDGE_LETTER,
    "ShowSeats": Act.SEE_SEATS,
    "OpenMeeting": Act.OPEN_MEETING,
    "CloseMeeting": Act.CLOSE_MEETING,
    "CheckIn": Act.CHECK_IN,
    "CheckOut": Act.CHECK_IN,
    "ShowAttendance": Act.SEE_ATTENDANCE,
    "ChooseMotion": Act.LEAD_VOTE,
    "PreviewMotion": Act.LEAD_VOTE,
    "OpenMotion": Act.OPEN_VOTE,
    "OpenStraw": Act.OPEN_VOTE,
    "OpenRound": Act.OPEN_VOTE,
    "DrawLot": Act.CLOSE_VOTE,
    "ShowOptions": Act.SET_OPTIONS,
    "AskOptions": Act.SET_OPTIONS,
    "RemoveOption": Act.SET_OPTIONS,
    "SetPicks": Act.SET_OPTIONS,
    "CloseMotion": Act.CLOSE_VOTE,
    "SuspendMotion": Act.CLOSE_VOTE,
    "AskVoid": Act.CLOSE_VOTE,
    "SetClosing": Act.CLOSE_VOTE,
    "Pronounce": Act.PRONOUNCE_OUTCOME,
    "AskOtherwise": Act.PRONOUNCE_OUTCOME,
    "PickVerdict": Act.PRONOUNCE_OUTCOME,
    "PronounceOtherwise": Act.PRONOUNCE_OUTCOME,
    "BreakTie": Act.PRONOUNCE_OUTCOME,
    "VoteAgain": Act.OPEN_VOTE,
    "AskRectification": Act.RECTIFY_OUTCOME,
    "Acclaim": Act.OPEN_VOTE,
    "AskOrder": Act.OPEN_VOTE,
    "AskAmendment": Act.LEAD_VOTE,
    "HoldOver": Act.LEAD_VOTE,
    "NextItem": Act.LEAD_VOTE,
    "ShowCourse": Act.LEAD_VOTE,
    "TakeUpItem": Act.LEAD_VOTE,
    "PauseMeeting": Act.LEAD_VOTE,
    "ShowExclusions": Act.LEAD_VOTE,
    "AskExclusion": Act.OPEN_VOTE,
    "LiftExclusion": Act.OPEN_VOTE,
    "CastBallot": Act.CAST_BALLOT,
    "ShowSecret": Act.CAST_BALLOT,
    "ShowChoice": Act.CAST_BALLOT,
    "ChooseSecret": Act.CAST_BALLOT,
    "CastSecret": Act.CAST_BALLOT,
    "CastAll": Act.CAST_BALLOT,
    "CastPrepared": Act.CAST_BALLOT,
    "ChooseStatement": Act.CAST_BALLOT,
    "AskStatement": Act.CAST_BALLOT,
    "ShowSeat": Act.CAST_BALLOT,
    "ShowBallot": Act.CAST_BALLOT,
    "ObjectToAcclamation": Act.CAST_BALLOT,
    "DisputeOutcome": Act.CAST_BALLOT,
    "ShowAdvance": Act.VOTE_IN_ADVANCE,
    "CastAdvance": Act.VOTE_IN_ADVANCE,
    "WithdrawAdvance": Act.VOTE_IN_ADVANCE,
    "ShowOutsideVotes": Act.PREPARE_OUTSIDE,
    "StartOutside": Act.PREPARE_OUTSIDE,
    "ShowOutside": Act.PREPARE_OUTSIDE,
    "OpenOutside": Act.OPEN_OUTSIDE,
    "CloseOutside": Act.CLOSE_OUTSIDE,
    "PlanOutside": Act.OPEN_OUTSIDE,
    "UnplanOutside": Act.OPEN_OUTSIDE,
    "AskOutsideFiles": Act.PREPARE_OUTSIDE,
    "RemoveOutsideFile": Act.PREPARE_OUTSIDE,
    "DropOutside": Act.PREPARE_OUTSIDE,
    "ShowAbsent": Act.PREPARE_OUTSIDE,
    "ChooseAbsent": Act.PREPARE_OUTSIDE,
    "ShowDecisions": Act.SEE_DECISIONS,
    "GetRollCall": Act.SEE_DECISIONS,
    "PublishDecisions": Act.PUBLISH_DECISIONS,
    "PageEntryMembers": Act.ENTER_ON_BEHALF,
    "EnterFor": Act.ENTER_ON_BEHALF,
    "EnterReply": Act.ENTER_ON_BEHALF,
    "EnterHolders": Act.ENTER_ON_BEHALF,
    "EnterHolder": Act.ENTER_ON_BEHALF,
    "EnterStanding": Act.ENTER_ON_BEHALF,
    "EnterUntil": Act.ENTER_ON_BEHALF,
    "EnterSignature": Act.ENTER_ON_BEHALF,
    "EnterPresence": Act.ENTER_ON_BEHALF,
    "EnterBallot": Act.ENTER_ON_BEHALF,
    "PickEntered": Act.ENTER_ON_BEHALF,
    "ShowEntries": Act.SEE_ENTRIES,
    "ShowEntry": Act.SEE_ENTRIES,
    "ConfirmEntry": Act.CONFIRM_ENTRY,
    "RejectEntry": Act.CONFIRM_ENTRY,
    "ObjectToEntry": Act.OBJECT_TO_ENTRY,
}
"""What each button is for, by the name of its press."""


def states_for(act: Act) -> frozenset[MeetingState]:
    """Return the states of the assembly in which ``act`` is possible."""
    return RULES[act].states


def may(acting: Acting, act: Act) -> bool:
    """Whether one of the person's roles permits ``act``."""
    return any(held.role in RULES[act].roles for held in acting.roles)


def check_may(acting: Acting, act: Act) -> None:
    """Refuse with ``NotAllowed`` unless one of the person's roles permits ``act``."""
    if not may(acting, act):
        raise NotAllowed(act.value)
