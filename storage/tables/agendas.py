"""What hangs on agenda items: nominations, what else can be chosen, and what was changed after the convocation."""

from sqlalchemy import Boolean, Column, String, Table, Text

from assembly.agenda_changes import ItemChange
from storage.tables.base import Moment, choice, id_column, metadata, reference

nominations = Table(
    "nominations",
    metadata,
    id_column(),
    reference("item_id", "agenda_items.id", index=True),
    Column("candidate", String(200), nullable=False),
    Column("supervisory", Boolean, nullable=False),
    Column("age", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("shares", Text, nullable=False),
    Column("posts", Text, nullable=False),
    Column("supervision", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    reference("added_by", "people.id"),
    Column("added_at", Moment, nullable=False),
    Column("sent_at", Moment),
)
"""``sent_at`` is empty until everybody who was convened gets it."""

item_options = Table(
    "item_options",
    metadata,
    id_column(),
    reference("item_id", "agenda_items.id", index=True),
    Column("label", Text, nullable=False),
    reference("added_by", "people.id"),
    Column("added_at", Moment, nullable=False),
)
"""Variants of a proposal, and candidates besides those who were nominated."""

agenda_changes = Table(
    "agenda_changes",
    metadata,
    id_column(),
    reference("item_id", "agenda_items.id", index=True),
    Column("change", choice(ItemChange), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    reference("changed_by", "people.id"),
    Column("changed_at", Moment, nullable=False),
    Column("sent_at", Moment),
)
"""``sent_at`` is empty until everybody who was convened is told."""
