"""The schema, the same on SQLite and PostgreSQL; ``storage.migrations`` builds it and a test compares the two."""

from storage.tables.access import access_requests, blocked_accounts, recovery_codes, second_factors
from storage.tables.agendas import agenda_changes, nominations
from storage.tables.assembly import agenda_items, attendance, convened, meetings, papers, proxies, replies
from storage.tables.base import metadata
from storage.tables.journal import journal, journal_private, journal_seals
from storage.tables.notices import notices
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
from storage.tables.transport import Priority, SendState, dead_letters, done_updates, outbox, posted, uploads
from storage.tables.voting import ballots, electorate, motions

__all__ = [
    "Priority",
    "SendState",
    "access_requests",
    "agenda_changes",
    "agenda_items",
    "attendance",
    "ballots",
    "blocked_accounts",
    "chats",
    "convened",
    "conversations",
    "dead_letters",
    "done_updates",
    "electorate",
    "file_contents",
    "files",
    "imports",
    "journal",
    "journal_private",
    "journal_seals",
    "link_failures",
    "meetings",
    "members",
    "mergers",
    "metadata",
    "motions",
    "nominations",
    "notices",
    "outbox",
    "papers",
    "people",
    "posted",
    "proxies",
    "recovery_codes",
    "registration_links",
    "replies",
    "roles",
    "second_factors",
    "suspensions",
    "uploads",
]
