"""What a member's college decided to vote: its positions (standpunten) on the items of an assembly."""

from sqlalchemy import Column, Date, String, Table, Text

from assembly.positions import Stance
from storage.tables.base import Moment, choice, metadata, reference

positions = Table(
    "positions",
    metadata,
    reference("item_id", "agenda_items.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True, index=True),
    Column("stance", choice(Stance)),
    Column("remark", Text, nullable=False),
    reference("set_by", "people.id"),
    Column("set_at", Moment, nullable=False),
    Column("lapsed_at", Moment),
)
"""``stance`` is empty where only a remark was given. ``lapsed_at``: the proposal changed after the stance was given."""

college_decisions = Table(
    "college_decisions",
    metadata,
    reference("meeting_id", "meetings.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("number", String(64), nullable=False),
    Column("decided_on", Date, nullable=False),
    reference("given_by", "people.id"),
    Column("given_at", Moment, nullable=False),
)
"""Under which number and on which day the college decided on its positions."""
