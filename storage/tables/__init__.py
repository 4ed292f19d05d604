"""The schema, the same on SQLite and PostgreSQL; ``storage.migrations`` builds it and a test compares the two."""

from storage.tables.access import access_requests, blocked_accounts, recovery_codes, second_factors
from storage.tables.agendas import agenda_changes, item_options, nominations
from storage.tables.assembly import (
    agenda_items,
    attendance,
    convened,
    meetings,
    outside_votes,
    papers,
    pauses,
    replies,
)
from storage.tables.base import metadata
from storage.tables.boxes import box_bundles, box_counts, box_voters, boxes
from storage.tables.convening import consents, dispatches, receipts, reminders, rounds, second_meetings
from storage.tables.entries import entries
from storage.tables.floor import turns
from storage.tables.journal import journal, journal_private, journal_seals
from storage.tables.notices import commission_people, commissions, notice_files, notice_receipts, notices
from storage.tables.positions import college_decisions, positions
from storage.tables.proxies import member_views, proxies, proxy_letters, standing_proxies
from storage.tables.register import (
    chats,
    conversations,
    file_contents,
    files,
    imports,
    link_failures,
    members,
    mergers,
    people,
    registration_links,
    roles,
    suspensions,
)
from storage.tables.rehearsals import rehearsals
from storage.tables.sheets import sheets
from storage.tables.transport import Priority, SendState, dead_letters, done_updates, outbox, posted, uploads
from storage.tables.verdicts import disputes, exclusions, outcomes, rectifications
from storage.tables.voting import advance_ballots, ballots, electorate, motions, statements

__all__ = [
    "Priority",
    "SendState",
    "access_requests",
    "advance_ballots",
    "agenda_changes",
    "agenda_items",
    "attendance",
    "ballots",
    "blocked_accounts",
    "box_bundles",
    "box_counts",
    "box_voters",
    "boxes",
    "chats",
    "college_decisions",
    "commission_people",
    "commissions",
    "consents",
    "convened",
    "conversations",
    "dead_letters",
    "dispatches",
    "disputes",
    "done_updates",
    "electorate",
    "entries",
    "exclusions",
    "file_contents",
    "files",
    "imports",
    "item_options",
    "journal",
    "journal_private",
    "journal_seals",
    "link_failures",
    "meetings",
    "member_views",
    "members",
    "mergers",
    "metadata",
    "motions",
    "nominations",
    "notice_files",
    "notice_receipts",
    "notices",
    "outbox",
    "outcomes",
    "outside_votes",
    "papers",
    "pauses",
    "people",
    "positions",
    "posted",
    "proxies",
    "proxy_letters",
    "receipts",
    "recovery_codes",
    "rectifications",
    "registration_links",
    "rehearsals",
    "reminders",
    "replies",
    "roles",
    "rounds",
    "second_factors",
    "second_meetings",
    "sheets",
    "standing_proxies",
    "statements",
    "suspensions",
    "turns",
    "uploads",
]
