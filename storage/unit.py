"""The unit of work: one transaction as services see it."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial

from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.association import Association
from storage.advance import AdvanceBallots
from storage.agenda_changes import AgendaChanges
from storage.attendance import Attendance
from storage.blocks import Blocks
from storage.boxes import Boxes
from storage.chats import Chats
from storage.commissions import Commissions
from storage.consents import Consents
from storage.conversations import Conversations
from storage.convocations import Convocations
from storage.dispatches import Dispatches
from storage.entries import Entries
from storage.exclusions import Exclusions
from storage.factors import SecondFactors
from storage.files import Files
from storage.floor import Floor
from storage.imports import Imports
from storage.intake import Intake, Origin
from storage.item_options import ItemOptions
from storage.journal import Journal
from storage.letters import ProxyLetters
from storage.links import Links
from storage.meetings import Meetings
from storage.members import Members
from storage.mergers import Mergers
from storage.motions import Motions
from storage.nominations import Nominations
from storage.notices import Notices
from storage.outbox import Outbox
from storage.outside import OutsideVotes
from storage.papers import Papers
from storage.people import People
from storage.positions import Positions
from storage.proxies import Proxies
from storage.rehearsals import Rehearsals
from storage.reminders import Reminders
from storage.requests import AccessRequests
from storage.sheets import Sheets
from storage.standing import StandingProxies
from storage.statements import Statements
from storage.suspensions import Suspensions
from storage.uploads import Uploads
from storage.verdicts import Verdicts
from storage.views import MemberViews

__all__ = ["Origin", "Unit"]


@dataclass(frozen=True, eq=False)
class Unit:
    """One transaction, handed to services with the moment, the association and a repository for each aggregate.

    A service never commits: ``Storage.write`` does, and may run the service again from the start on a conflict.
    ``now`` is aware and in UTC. ``origin`` is ``None`` where no Telegram update caused the work.
    """

    connection: AsyncConnection
    now: datetime
    association: Association
    origin: Origin | None = None
    last: dict[Hashable, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    """What is done at the end of the transaction, see ``at_last``."""

    def at_last(self, service: Callable[..., Awaitable[None]], *args: Hashable) -> None:
        """Run ``service(unit, *args)`` at the end of the transaction, before it is committed.

        Once, however many of the writes that share it ask for the same: what all of them change is drawn once.
        """
        self.last[service, args] = partial(service, self, *args)

    @cached_property
    def outbox(self) -> Outbox:
        """What waits to be sent."""
        return Outbox(self.connection, self.now, None if self.origin is None else self.origin.update_id)

    @cached_property
    def journal(self) -> Journal:
        """What happened."""
        return Journal(self.connection, self.now)

    @cached_property
    def intake(self) -> Intake:
        """What came in from Telegram."""
        return Intake(self.connection, self.now)

    @cached_property
    def members(self) -> Members:
        """The members in the register."""
        return Members(self.connection, self.now)

    @cached_property
    def imports(self) -> Imports:
        """Register files as they were read."""
        return Imports(self.connection, self.now)

    @cached_property
    def mergers(self) -> Mergers:
        """Members that merge into another."""
        return Mergers(self.connection, self.now)

    @cached_property
    def suspensions(self) -> Suspensions:
        """Members that have no vote for a time."""
        return Suspensions(self.connection, self.now)

    @cached_property
    def people(self) -> People:
        """The people in the register."""
        return People(self.connection, self.now)

    @cached_property
    def links(self) -> Links:
        """Registration links."""
        return Links(self.connection, self.now)

    @cached_property
    def blocks(self) -> Blocks:
        """Blocked accounts."""
        return Blocks(self.connection, self.now)

    @cached_property
    def requests(self) -> AccessRequests:
        """Requests of strangers for access."""
        return AccessRequests(self.connection, self.now)

    @cached_property
    def factors(self) -> SecondFactors:
        """People's second factors."""
        return SecondFactors(self.connection, self.now)

    @cached_property
    def conversations(self) -> Conversations:
        """What people are busy typing."""
        return Conversations(self.connection, self.now)

    @cached_property
    def chats(self) -> Chats:
        """The linked groups and channels."""
        return Chats(self.connection, self.now)

    @cached_property
    def outside(self) -> OutsideVotes:
        """Votes outside a meeting."""
        return OutsideVotes(self.connection, self.now)

    @cached_property
    def advance(self) -> AdvanceBallots:
        """Votes cast before the assembly."""
        return AdvanceBallots(self.connection, self.now)

    @cached_property
    def statements(self) -> Statements:
        """What voters said with their ballots."""
        return Statements(self.connection, self.now)

    @cached_property
    def options(self) -> ItemOptions:
        """What can be chosen under agenda items."""
        return ItemOptions(self.connection, self.now)

    @cached_property
    def files(self) -> Files:
        """The documents that people sent."""
        return Files(self.connection, self.now)

    @cached_property
    def meetings(self) -> Meetings:
        """Assemblies and their agendas."""
        return Meetings(self.connection, self.now)

    @cached_property
    def attendance(self) -> Attendance:
        """Who is there."""
        return Attendance(self.connection, self.now)

    @cached_property
    def floor(self) -> Floor:
        """Who wants to speak."""
        return Floor(self.connection, self.now)

    @cached_property
    def proxies(self) -> Proxies:
        """The proxies of assemblies."""
        return Proxies(self.connection, self.now)

    @cached_property
    def standing(self) -> StandingProxies:
        """Standing proxies, which outlive an assembly."""
        return StandingProxies(self.connection, self.now)

    @cached_property
    def letters(self) -> ProxyLetters:
        """The signed letters of proxies."""
        return ProxyLetters(self.connection, self.now)

    @cached_property
    def views(self) -> MemberViews:
        """What people of the secretariat are looking at."""
        return MemberViews(self.connection, self.now)

    @cached_property
    def entries(self) -> Entries:
        """What was entered on behalf of members."""
        return Entries(self.connection, self.now)

    @cached_property
    def sheets(self) -> Sheets:
        """Tally sheets of hands in the room."""
        return Sheets(self.connection, self.now)

    @cached_property
    def positions(self) -> Positions:
        """What members want their votes to be."""
        return Positions(self.connection, self.now)

    @cached_property
    def motions(self) -> Motions:
        """Motions, their electorates and what was cast."""
        return Motions(self.connection, self.now)

    @cached_property
    def boxes(self) -> Boxes:
        """The boxes of secret votes."""
        return Boxes(self.connection, self.now)

    @cached_property
    def verdicts(self) -> Verdicts:
        """What follows a count."""
        return Verdicts(self.connection, self.now)

    @cached_property
    def exclusions(self) -> Exclusions:
        """Members that are excluded from the vote on an item."""
        return Exclusions(self.connection, self.now)

    @cached_property
    def nominations(self) -> Nominations:
        """The nominations under agenda items."""
        return Nominations(self.connection, self.now)

    @cached_property
    def agenda_changes(self) -> AgendaChanges:
        """What was changed of agendas after the convocation."""
        return AgendaChanges(self.connection, self.now)

    @cached_property
    def uploads(self) -> Uploads:
        """Files that were made here and uploaded."""
        return Uploads(self.connection, self.now)

    @cached_property
    def papers(self) -> Papers:
        """The papers of assemblies."""
        return Papers(self.connection, self.now)

    @cached_property
    def convocations(self) -> Convocations:
        """Who was convened, and the replies."""
        return Convocations(self.connection, self.now)

    @cached_property
    def commissions(self) -> Commissions:
        """Groups of people that a notice can be aimed at."""
        return Commissions(self.connection, self.now)

    @cached_property
    def notices(self) -> Notices:
        """Notices that were written."""
        return Notices(self.connection, self.now)

    @cached_property
    def rehearsals(self) -> Rehearsals:
        """The rehearsal that is planned or played."""
        return Rehearsals(self.connection, self.now)

    @cached_property
    def reminders(self) -> Reminders:
        """Which reminders were sent."""
        return Reminders(self.connection, self.now)

    @cached_property
    def consents(self) -> Consents:
        """Which members agree to be convened electronically."""
        return Consents(self.connection, self.now)

    @cached_property
    def dispatches(self) -> Dispatches:
        """What was sent outside Telegram."""
        return Dispatches(self.connection, self.now)
