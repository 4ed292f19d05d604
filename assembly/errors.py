"""Refusals: what may not happen, as values of the domain.

A refusal carries the facts that explain it and no sentence: ``screens.refusals`` says it in Dutch. The classes are not
frozen because Python itself writes to an exception that passes through a context manager.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - a refusal is an outcome of the domain, not a failure of the program
    """An act that the rules refuse; nothing of it is stored."""


@dataclass(eq=False)
class NotRegistered(Refusal):
    """The sender's account belongs to nobody in the register."""


@dataclass(eq=False)
class NotAllowed(Refusal):
    """The person has no role that permits the act (see ``assembly.permissions``)."""

    act: str


@dataclass(eq=False)
class NoHandsNow(Refusal):
    """No roll-call vote is open in which hands or ``cards`` can be entered."""

    cards: bool = False


@dataclass(eq=False)
class SeatNotInRoom(Refusal):
    """The seat is not carried by somebody in the room, or it voted already."""


@dataclass(eq=False)
class SheetEmpty(Refusal):
    """Nothing stands on the sheet that is offered."""


@dataclass(eq=False)
class NotCheckedIn(Refusal):
    """Only who takes part can ask for the floor."""


@dataclass(eq=False)
class Gone(Refusal):
    """The thing that a button spoke of no longer exists, or no longer has this state."""


@dataclass(eq=False)
class LinkUnknown(Refusal):
    """No registration link has this token."""

    tries_left: int


@dataclass(eq=False)
class LinkUsed(Refusal):
    """The registration link was used before."""


@dataclass(eq=False)
class LinkExpired(Refusal):
    """The registration link is past its date."""

    expired_at: datetime


@dataclass(eq=False)
class LockedOut(Refusal):
    """Too many wrong links came from this account."""

    until: datetime


@dataclass(eq=False)
class AccountInUse(Refusal):
    """The account is bound to another person already, or the person to another account."""

    name: str


@dataclass(eq=False)
class AccountBlocked(Refusal):
    """The account was blocked because the phone was lost or is in other hands."""


@dataclass(eq=False)
class NothingToBlock(Refusal):
    """The person has no account that could be blocked."""

    name: str


@dataclass(eq=False)
class NotTheirs(Refusal):
    """The person has no role for a member that the actor acts for."""

    name: str


@dataclass(eq=False)
class RoleHeldAlready(Refusal):
    """The person has this role for this member already."""

    name: str


@dataclass(eq=False)
class NobodyElseInOffice(Refusal):
    """The last person of the secretariat keeps its role."""


@dataclass(eq=False)
class RequestTooSoon(Refusal):
    """An earlier request for access of this account was refused, or too many were made."""

    again_at: datetime


@dataclass(eq=False)
class RequestsFull(Refusal):
    """So many requests for access wait that no further one is taken."""


@dataclass(eq=False)
class RequestDecided(Refusal):
    """Somebody decided on the request for access before."""

    name: str


@dataclass(eq=False)
class SecondFactorNeeded(Refusal):
    """The act asks for a code of the second factor first (setting ``second_factor``)."""

    act: str


@dataclass(eq=False)
class SecondFactorMissing(Refusal):
    """The act asks for a second factor, which the person has not set up (setting ``second_factor``)."""


@dataclass(eq=False)
class SecondFactorExists(Refusal):
    """The person has a second factor already."""


@dataclass(eq=False)
class CodeWrong(Refusal):
    """The code is not of this moment, or was used before."""

    tries_left: int


@dataclass(eq=False)
class CodesLocked(Refusal):
    """Too many wrong codes were typed."""

    until: datetime


@dataclass(eq=False)
class TextTooLong(Refusal):
    """A text that people send is longer than the place where it must fit (in UTF-16 units, as Telegram counts)."""

    length: int
    limit: int


@dataclass(eq=False)
class TextMissing(Refusal):
    """A text was expected and nothing readable came."""


@dataclass(eq=False)
class DateNotUnderstood(Refusal):
    """A date and time could not be read."""

    text: str


@dataclass(eq=False)
class WeekdayWrong(Refusal):
    """The named day of the week does not go with the date ``day``."""

    day: date


@dataclass(eq=False)
class TimeSkipped(Refusal):
    """The clock jumps over this time when summer time begins."""

    text: str


@dataclass(eq=False)
class DateInThePast(Refusal):
    """An assembly cannot be planned in the past."""

    at: datetime


@dataclass(eq=False)
class AmountNotUnderstood(Refusal):
    """The text cannot be read as an amount of euros."""

    text: str


@dataclass(eq=False)
class NothingChanged(Refusal):
    """The new date and place are those that hold already."""


@dataclass(eq=False)
class SecondImpossible(Refusal):
    """No second assembly can be held: the statutes know none, the quorum was there, or there is one already."""


@dataclass(eq=False)
class DayToCome(Refusal):
    """Something is recorded as done on a day that is yet to come."""

    day: date


@dataclass(eq=False)
class AgendaNotUnderstood(Refusal):
    """No numbered agenda item was found in the text."""


@dataclass(eq=False)
class FileRefused(Refusal):
    """A document cannot be accepted; ``detail`` is what the sentence about ``reason`` needs to know."""

    reason: Literal[
        "type",
        "program",
        "size",
        "empty",
        "agenda",
        "no_text",
        "pages",
        "fetch",
        "columns",
        "column_twice",
        "rows",
        "rows_wrong",
        "encoding",
        "quotes",
        "password",
        "old_format",
        "macros",
        "external",
        "merged",
        "sheets",
        "tables",
        "unpacked",
        "time",
        "broken",
    ]
    detail: str = ""


@dataclass(eq=False)
class RegisterMoved(Refusal):
    """The register changed after a preview was shown, so that something else would be taken over than was seen."""


@dataclass(eq=False)
class PaperNumberNotUnderstood(Refusal):
    """The number of a paper was expected, and something else came."""

    text: str


@dataclass(eq=False)
class NumberNotUnderstood(Refusal):
    """A whole number of at least ``minimum`` was expected, and something else came."""

    text: str
    minimum: int


@dataclass(eq=False)
class DayNotUnderstood(Refusal):
    """A date without a time could not be read."""

    text: str


@dataclass(eq=False)
class MergerImpossible(Refusal):
    """A member cannot merge into another like this; ``member`` is the one that ``reason`` is about."""

    reason: Literal["self", "ended", "not_yet", "successor", "held"]
    member: str


@dataclass(eq=False)
class WrongMeetingState(Refusal):
    """The assembly's state does not allow the act."""

    state: str


@dataclass(eq=False)
class NoMeeting(Refusal):
    """No assembly is being prepared or held."""


@dataclass(eq=False)
class MeetingExists(Refusal):
    """Another assembly is being prepared or held already."""

    title: str


@dataclass(eq=False)
class NobodyRehearses(Refusal):
    """A rehearsal needs at least one person who can be reached."""


@dataclass(eq=False)
class RehearsalOn(Refusal):
    """The assembly itself cannot be opened while its rehearsal is played."""


@dataclass(eq=False)
class AgendaMissing(Refusal):
    """An assembly cannot be convened without an agenda."""


@dataclass(eq=False)
class AlreadyConvened(Refusal):
    """The convocation was sent before."""

    at: datetime


@dataclass(eq=False)
class NothingToSend(Refusal):
    """Every paper was sent already."""


@dataclass(eq=False)
class AlreadySent(Refusal):
    """The notice was sent before."""

    at: datetime


@dataclass(eq=False)
class NoticeFull(Refusal):
    """A notice holds this many texts and files, and not more."""

    texts: int
    files: int


@dataclass(eq=False)
class MomentPassed(Refusal):
    """Something cannot be planned for a moment in the past."""

    at: datetime


@dataclass(eq=False)
class QuietHours(Refusal):
    """The notice would arrive in quiet hours, which end at ``until``."""

    until: datetime


@dataclass(eq=False)
class TooLateToWithdraw(Refusal):
    """Telegram lets nobody delete any more what was sent then."""

    at: datetime


@dataclass(eq=False)
class NothingFailed(Refusal):
    """The notice failed with nobody who can be reached now."""


@dataclass(eq=False)
class CommissionExists(Refusal):
    """There is a commission of this name already."""

    name: str


@dataclass(eq=False)
class NobodyToTell(Refusal):
    """Nobody of the chosen audience is registered, or no group is linked."""


@dataclass(eq=False)
class ItemUnknown(Refusal):
    """No agenda item that is to be decided on has this number."""

    number: str


@dataclass(eq=False)
class ItemWithdrawn(Refusal):
    """The agenda item is held over, so that it is not put to the vote."""

    number: str


@dataclass(eq=False)
class NominationTold(Refusal):
    """A nomination that the members know cannot be taken away."""

    candidate: str


@dataclass(eq=False)
class PaperSent(Refusal):
    """A paper that people have cannot be given another number or be taken away."""

    number: str


@dataclass(eq=False)
class PaperKnown(Refusal):
    """This very file is the newest version of the paper already."""

    number: str


@dataclass(eq=False)
class NoPapers(Refusal):
    """There is no paper that could go into one file of this ``form``."""

    form: Literal["zip", "pdf"]


@dataclass(eq=False)
class PapersUnderWay(Refusal):
    """The bytes of these papers are not here yet, or could not be fetched."""

    numbers: tuple[str, ...]


@dataclass(eq=False)
class SetTooLarge(Refusal):
    """All papers in one file come to more megabytes than Telegram takes."""

    size: int
    limit: int


@dataclass(eq=False)
class SetNotMade(Refusal):
    """The papers could not be bound into one PDF, whichever of them is to blame."""


@dataclass(eq=False)
class ItemVoted(Refusal):
    """The item was put to the vote already, so that its kind and proposal are frozen."""

    number: str


@dataclass(eq=False)
class NobodyToConvene(Refusal):
    """There is no member to convene on the day of the assembly."""


@dataclass(eq=False)
class NoticeTooLate(Refusal):
    """The notice period has passed and no reason was given (setting ``notice_days``)."""

    latest: date
    days: int


@dataclass(eq=False)
class ProxyToSelf(Refusal):
    """A member cannot give a proxy to its own representative, who votes without one."""


@dataclass(eq=False)
class ProxyKindNotAllowed(Refusal):
    """The association does not allow this kind of proxy (setting ``proxy_kinds``)."""

    kind: str


@dataclass(eq=False)
class ProxiesNotAllowed(Refusal):
    """The association knows no proxies at all (setting ``proxy_kinds``)."""


@dataclass(eq=False)
class ProxyExists(Refusal):
    """The member has a proxy under way for this assembly already."""

    holder: str


@dataclass(eq=False)
class ProxyChain(Refusal):
    """The intended holder's own member has given its vote away, or the grantor carries another's vote.

    Substitution needs an explicit power (setting ``proxy_substitution``; BW 3:64).
    """

    member: str


@dataclass(eq=False)
class ProxyCircle(Refusal):
    """Passed on from holder to holder, by way of ``member``, the vote would come back to its own member (BW 3:64)."""

    member: str


@dataclass(eq=False)
class HolderOnBoard(Refusal):
    """The intended holder belongs to the board or the supervisory board (setting ``proxy_board_holder``)."""

    holder: str


@dataclass(eq=False)
class ProxyLimit(Refusal):
    """The holder carries as many proxies as the setting allows (``proxy_maximum``; BW 2:38(4))."""

    holder: str
    maximum: int


@dataclass(eq=False)
class StandingTooShort(Refusal):
    """A standing proxy until ``until`` would not hold on ``day``, the day of the assembly."""

    until: date
    day: date


@dataclass(eq=False)
class ProxyDeadlinePassed(Refusal):
    """The last moment to grant a proxy has passed (setting ``proxy_deadline_hours``)."""

    deadline: datetime


@dataclass(eq=False)
class HolderNotEntitled(Refusal):
    """The intended holder is not registered, or is not what its kind of proxy asks (setting ``proxy_kinds``)."""

    holder: str


@dataclass(eq=False)
class NobodyMaySign(Refusal):
    """No registered person may sign a proxy for the member (setting ``proxy_grantors``)."""

    member: str


@dataclass(eq=False)
class NotEntitledToSign(Refusal):
    """The person acts for the member and may not sign or revoke its proxies (setting ``proxy_grantors``)."""

    member: str


@dataclass(eq=False)
class ProxyMovedOn(Refusal):
    """The proxy stands elsewhere than the button supposed; ``state`` is where it stands now."""

    state: str


@dataclass(eq=False)
class LetterRefused(Refusal):
    """A signed letter is a photo or a PDF of at most ``limit`` MB."""

    limit: int


@dataclass(eq=False)
class LettersNotAllowed(Refusal):
    """Proxies are signed in the chat only (setting ``proxy_letters``)."""


@dataclass(eq=False)
class NoLetter(Refusal):
    """No signed letter was sent with the proxy."""


@dataclass(eq=False)
class SamePerson(Refusal):
    """Somebody else has to confirm what this person did."""


@dataclass(eq=False)
class EntryMovedOn(Refusal):
    """The entry stands elsewhere than the button supposed; ``state`` is where it stands now."""

    state: str


@dataclass(eq=False)
class EntryDisputed(Refusal):
    """Somebody objected to the entry before."""

    name: str


@dataclass(eq=False)
class NoMemberThatDay(Refusal):
    """The member is none on the day of the assembly."""

    member: str


@dataclass(eq=False)
class OwnActLater(Refusal):
    """The member did something itself after this was entered, and that stands."""

    member: str


@dataclass(eq=False)
class PresenceKnown(Refusal):
    """The person is there already, or is not there, so that nothing is left to enter."""

    name: str


@dataclass(eq=False)
class SeatNotCarried(Refusal):
    """Nobody was there to cast the member's vote when this vote opened, or the member has none."""

    member: str


@dataclass(eq=False)
class SeatHasCarrier(Refusal):
    """The member's vote is cast by somebody who is there with a phone, and who votes itself."""

    member: str
    carrier: str


@dataclass(eq=False)
class SeatVoted(Refusal):
    """The member voted already: a seat has one ballot in a vote."""

    member: str
    caster: str
    cast_at: datetime


@dataclass(eq=False)
class NotYourMember(Refusal):
    """The person does not act for this member."""

    member: str


@dataclass(eq=False)
class MotionOpen(Refusal):
    """The act has to wait: a vote is open."""

    title: str


@dataclass(eq=False)
class NotVotable(Refusal):
    """The agenda item is not there to be decided on."""

    number: str


@dataclass(eq=False)
class NotYourSeat(Refusal):
    """The presser does not carry this seat in the frozen electorate."""

    member: str


@dataclass(eq=False)
class VotingSuspended(Refusal):
    """The vote is suspended, or void, so that nothing can be cast."""

    void: bool


@dataclass(eq=False)
class OutcomeAwaited(Refusal):
    """The outcome of an earlier vote was not pronounced yet."""

    title: str


@dataclass(eq=False)
class MeetingSuspended(Refusal):
    """The assembly is suspended, so that nothing can be put to the vote."""


@dataclass(eq=False)
class NotYourVote(Refusal):
    """The person carries no seat in the vote."""


@dataclass(eq=False)
class DisputeTooLate(Refusal):
    """An outcome can be disputed at once, and no longer."""

    until: datetime


@dataclass(eq=False)
class ObjectionPossible(Refusal):
    """One can still object to adopting an item without a vote, so that it is not adopted yet."""

    until: datetime


@dataclass(eq=False)
class ObjectionTooLate(Refusal):
    """The time in which one could object to adopting an item without a vote is over."""


@dataclass(eq=False)
class VotedBefore(Refusal):
    """Somebody voted before the assembly and not in favour, so the item is not adopted without a vote."""

    number: str


@dataclass(eq=False)
class AcclamationNotAllowed(Refusal):
    """The statutes know no appointment of persons by acclamation."""


@dataclass(eq=False)
class TooManyChosen(Refusal):
    """A ballot chooses more options than there are seats to fill."""

    picks: int


@dataclass(eq=False)
class TooManyOptions(Refusal):
    """More options under an agenda item than a vote can have."""

    maximum: int


@dataclass(eq=False)
class NoSeats(Refusal):
    """The presser carries no seat in this vote, or none any more."""


@dataclass(eq=False)
class AdvanceUnknown(Refusal):
    """The statutes know no votes before the assembly (setting ``advance_days``; BW 2:38(8))."""


@dataclass(eq=False)
class AdvanceTooEarly(Refusal):
    """Votes are taken from a day on before the assembly (setting ``advance_days``; BW 2:38(8))."""

    first_day: date


@dataclass(eq=False)
class VariantAlone(Refusal):
    """One variant under a question is no choice."""

    label: str


@dataclass(eq=False)
class OutsideMovedOn(Refusal):
    """A vote outside a meeting was opened, closed or dropped since the screen was drawn."""

    title: str


@dataclass(eq=False)
class OpensTooLate(Refusal):
    """A vote outside a meeting cannot open by itself when it is over already."""

    closes_at: datetime


@dataclass(eq=False)
class NothingCast(Refusal):
    """A statement goes with a ballot, and the presser cast none for this seat."""


@dataclass(eq=False)
class NothingPrepared(Refusal):
    """Nothing was prepared for any of the seats that the presser carries."""


@dataclass(eq=False)
class VotingClosed(Refusal):
    """The vote closed before the press was handled."""

    closed_at: datetime


@dataclass(eq=False)
class QuorumMissing(Refusal):
    """Fewer seats are present or represented than the quorum asks (setting ``quorum``)."""

    present: int
    needed: int


@dataclass(eq=False)
class NobodyPresent(Refusal):
    """A vote needs at least one seat that somebody carries."""


@dataclass(eq=False)
class WeightsBetray(Refusal):
    """Seats have different weights, so that the outcome of a secret vote would tell who voted what."""


@dataclass(eq=False)
class TooFewToHide(Refusal):
    """Fewer people carry a vote than a secret vote needs (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class TooFewVoted(Refusal):
    """The votes of fewer people are in the box than can be counted in secret (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class VoteIsIn(Refusal):
    """The vote is in the box of a secret vote, where nobody can take it out or see it."""


@dataclass(eq=False)
class NotOnPaperInSecret(Refusal):
    """A single ballot on paper cannot be entered in a secret vote: who enters it would know it."""


@dataclass(eq=False)
class SlipsWait(Refusal):
    """Slips are entered while the vote is suspended."""


@dataclass(eq=False)
class SlipsCounted(Refusal):
    """The slips were counted, so that nobody can vote any more who might know their totals."""


@dataclass(eq=False)
class SlipsChanged(Refusal):
    """The slips were changed after they were shown."""


@dataclass(eq=False)
class NoSlips(Refusal):
    """No slip was handed in yet."""


@dataclass(eq=False)
class SeatHasVoted(Refusal):
    """The vote of a member is in, so that no slip counts for it, or nobody carries it."""

    member: str


@dataclass(eq=False)
class TooFewSlips(Refusal):
    """Fewer people handed a slip in than can be counted in secret (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class TooFewBeside(Refusal):
    """Beside the slips there are votes of fewer people than can be counted in secret (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class TotalsNotUnderstood(Refusal):
    """The text has not as many numbers as there are totals to ``count``."""

    count: int


@dataclass(eq=False)
class TotalsDoNotAddUp(Refusal):
    """So many ``slips``, with at most ``picks`` names each, cannot say these totals."""

    slips: int
    picks: int


@dataclass(eq=False)
class NoDecisions(Refusal):
    """Nothing was voted on yet, so that there is no decision list to send."""


@dataclass(eq=False)
class DecisionsSent(Refusal):
    """The decision list was sent as it stands."""
