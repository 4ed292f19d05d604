"""What belongs to a convocation beside the messages: its rounds, who read it, letters, consent and reminders."""

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text

from assembly.convocation import Means, RoundKind
from assembly.reminders import Errand, Rung
from storage.tables.base import Identifier, Moment, choice, id_column, metadata, reference

rounds = Table(
    "rounds",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", choice(RoundKind), nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("place", String(300), nullable=False),
    Column("stream", String(300), nullable=False),
    Column("reason", Text),
)
"""What everybody was told, in order: 0 is the convocation, the others changed or cancelled it.

``number`` is the SEQUENCE of the calendar file. ``starts_at``, ``place`` and ``stream`` are as they were told.
"""

receipts = Table(
    "receipts",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True),
    reference("person_id", "people.id", primary_key=True, index=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("confirmed_at", Moment, nullable=False),
)
"""Who said that it read which round."""

consents = Table(
    "consents",
    metadata,
    id_column(),
    reference("member_id", "members.id", index=True),
    Column("electronic", Boolean, nullable=False),
    reference("recorded_by", "people.id"),
    Column("recorded_at", Moment, nullable=False),
)
"""Whether a member agrees to be convened electronically (BW 2:41(5)); the last one that was recorded counts."""

dispatches = Table(
    "dispatches",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id", index=True),
    reference("member_id", "members.id"),
    Column("round", Integer, nullable=False),
    Column("means", choice(Means), nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("reason", Text),
    reference("recorded_by", "people.id"),
    Column("recorded_at", Moment, nullable=False),
)
"""What the secretariat sent outside Telegram; of one member and round the last one counts, as a correction.

``reason``: why it was sent after the last day, where it was.
"""

reminders = Table(
    "reminders",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True),
    Column("errand", choice(Errand), primary_key=True),
    Column("subject_id", Identifier, primary_key=True, autoincrement=False),
    Column("rung", choice(Rung), primary_key=True),
    Column("decided_at", Moment, nullable=False),
)
"""The steps that were taken. ``subject_id``: the round, the proxy or the motion that the errand is about."""

second_meetings = Table(
    "second_meetings",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True, autoincrement=False),
    reference("first_id", "meetings.id", index=True),
)
"""Assemblies that are held because the quorum of an earlier one was missing."""
