"""One assembly: agenda, papers, replies and attendance."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from assembly.agenda import ItemKind
from assembly.item_settings import ItemMajority, VoteForm
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState, Mode, Reply
from storage.tables.base import Moment, choice, id_column, metadata, reference

_CURRENT = text("state IN ('draft', 'convened', 'open') AND kind = 'assembly'")
meetings = Table(
    "meetings",
    metadata,
    id_column(),
    Column("title", String(200), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("place", String(300), nullable=False),
    Column("stream", String(300), nullable=False),
    Column("state", choice(MeetingState), nullable=False),
    Column("convened_at", Moment),
    Column("late_reason", Text),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    Column("kind", choice(MeetingKind), nullable=False, server_default=MeetingKind.ASSEMBLY.value),
    Index(
        "uq_meetings_current",
        text("(closed_at IS NULL)"),
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    ),
)
"""At most one assembly is prepared or held at a time: the indexed expression is true for each of those.

Votes outside a meeting run beside it, and beside each other.
"""

outside_votes = Table(
    "outside_votes",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True, autoincrement=False),
    Column("closes_at", Moment, nullable=False),
    Column("knowledge", Text, nullable=False),
    reference("prepared_by", "people.id"),
    Column("opens_at", Moment),
    reference("opens_by", "people.id", nullable=True),
)
"""``knowledge``: how the board knew of a written resolution beforehand (BW 2:40(1)). ``opens_at``: it opens by itself
then, as ``opens_by`` planned."""

pauses = Table(
    "pauses",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
"""When an open assembly was suspended (geschorst); ``ended_at`` is empty while it is."""

Index(
    "uq_pauses_meeting_id",
    pauses.c.meeting_id,
    unique=True,
    sqlite_where=pauses.c.ended_at.is_(None),
    postgresql_where=pauses.c.ended_at.is_(None),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id", index=True),
    Column("position", Integer, nullable=False),
    Column("number", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", choice(ItemKind), nullable=False),
    Column("proposal", Text, nullable=False),
    Column("attachments", JSON, nullable=False),
    Column("per_inhabitant", String(20)),
    Column("majority", choice(ItemMajority), nullable=False, server_default=ItemMajority.ORDINARY.value),
    Column("form", choice(VoteForm), nullable=False, server_default=VoteForm.USUAL.value),
    Column("withdrawn_at", Moment),
    Column("picks", Integer, nullable=False, server_default=text("1")),
    Column("at_hand", Boolean, nullable=False, server_default=false()),
    Column("handled_at", Moment),
    UniqueConstraint("meeting_id", "number"),
)
"""``per_inhabitant``: what the item costs a member for each inhabitant, in euros as a decimal fraction: "0.12".

``picks``: how many persons are to be chosen. ``at_hand``: the assembly deals with this one, and with no other of its
items.
"""

papers = Table(
    "papers",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id", index=True),
    reference("file_id", "files.id"),
    reference("item_id", "agenda_items.id", nullable=True),
    Column("number", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("sent_at", Moment),
    UniqueConstraint("meeting_id", "number", "version"),
)

convened = Table(
    "convened",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True),
    reference("person_id", "people.id", primary_key=True, index=True),
    Column("convened_at", Moment, nullable=False),
)
"""Who was convened: the people who have the set and receive a nazending."""

replies = Table(
    "replies",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("reply", choice(Reply), nullable=False),
    reference("person_id", "people.id"),
    Column("replied_at", Moment, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    reference("entry_id", "entries.id", nullable=True),
)

attendance = Table(
    "attendance",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    reference("person_id", "people.id", index=True),
    Column("mode", choice(Mode), nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("left_at", Moment),
    reference("entry_id", "entries.id", nullable=True),
)
Index(
    "uq_attendance_present",
    attendance.c.meeting_id,
    attendance.c.person_id,
    unique=True,
    sqlite_where=attendance.c.left_at.is_(None),
    postgresql_where=attendance.c.left_at.is_(None),
)
