"""Motions, the electorate frozen at their opening, and what was cast."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from assembly.meeting_kinds import MeetingKind
from assembly.motions import BallotForm, MotionKind, MotionState, Rule
from assembly.tally import Basis, Choice
from storage.tables.base import Moment, choice, id_column, metadata, reference

motions = Table(
    "motions",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id", index=True),
    reference("item_id", "agenda_items.id"),
    Column("number", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("majority_numerator", Integer, nullable=False),
    Column("majority_denominator", Integer, nullable=False),
    Column("majority_strict", Boolean, nullable=False),
    Column("majority_basis", choice(Basis), nullable=False),
    Column("kind", choice(MotionKind), nullable=False),
    Column("form", choice(BallotForm), nullable=False),
    Column("straw", Boolean, nullable=False),
    Column("options", JSON, nullable=False),
    Column("picks", Integer, nullable=False),
    Column("rule", choice(Rule), nullable=False),
    Column("round", Integer, nullable=False),
    reference("follows_id", "motions.id", nullable=True),
    reference("supersedes_id", "motions.id", nullable=True),
    Column("state", choice(MotionState), nullable=False),
    Column("state_changed_at", Moment, nullable=False),
    reference("opened_by", "people.id"),
    Column("opened_at", Moment, nullable=False),
    Column("closes_at", Moment),
    reference("closed_by", "people.id", nullable=True),
    Column("closed_at", Moment),
    Column("outcome", JSON),
    Column("procedural", Boolean, nullable=False, server_default=false()),
    Column("otherwise", Boolean, nullable=False, server_default=false()),
    Column("reason", Text, nullable=False, server_default=""),
    Column("receipt_key", String(64)),
    Column("held", choice(MeetingKind), nullable=False, server_default=MeetingKind.ASSEMBLY.value),
)
"""``options``: the key and label of each, in order. ``receipt_key``: see ``assembly.receipts``."""
_OPEN = text("state = 'open'")
Index("uq_motions_open", motions.c.meeting_id, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)

electorate = Table(
    "electorate",
    metadata,
    reference("motion_id", "motions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("weight", Integer, nullable=False),
    reference("carrier_id", "people.id", nullable=True, index=True),
    reference("proxy_id", "proxies.id", nullable=True),
)

ballots = Table(
    "ballots",
    metadata,
    reference("motion_id", "motions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("choice", Text, nullable=False),
    reference("person_id", "people.id"),
    Column("cast_at", Moment, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    reference("entry_id", "entries.id", nullable=True),
    ForeignKeyConstraint(
        ["motion_id", "member_id"], ["electorate.motion_id", "electorate.member_id"], name="fk_ballots_seat"
    ),
)
"""The primary key is the promise: a seat has at most one ballot in a motion. ``choice``: keys of options ("1,3")."""

statements = Table(
    "statements",
    metadata,
    reference("motion_id", "motions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("text", Text, nullable=False),
    reference("given_by", "people.id"),
    Column("given_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["motion_id", "member_id"], ["ballots.motion_id", "ballots.member_id"], name="fk_statements_ballot"
    ),
)
"""One sentence with the ballot of a seat (stemverklaring)."""

advance_ballots = Table(
    "advance_ballots",
    metadata,
    reference("item_id", "agenda_items.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("choice", choice(Choice), nullable=False),
    reference("person_id", "people.id"),
    Column("cast_at", Moment, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("lapsed_at", Moment),
    Column("withdrawn_at", Moment),
)
"""What was cast on items before the assembly; ``lapsed_at``: the proposal changed after it.

What was withdrawn stays, so that the press that cast it, delivered once more, is known as the older one.
"""
