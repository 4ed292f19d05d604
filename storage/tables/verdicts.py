"""What surrounds a vote: who is excluded from it, who disputes its outcome, and corrections."""

from sqlalchemy import Column, Table, Text

from storage.tables.base import Moment, id_column, metadata, reference

exclusions = Table(
    "exclusions",
    metadata,
    reference("item_id", "agenda_items.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("reason", Text, nullable=False),
    reference("excluded_by", "people.id"),
    Column("excluded_at", Moment, nullable=False),
)

disputes = Table(
    "disputes",
    metadata,
    reference("motion_id", "motions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    reference("person_id", "people.id"),
    Column("disputed_at", Moment, nullable=False),
)

rectifications = Table(
    "rectifications",
    metadata,
    id_column(),
    reference("motion_id", "motions.id", index=True),
    Column("text", Text, nullable=False),
    reference("rectified_by", "people.id"),
    Column("rectified_at", Moment, nullable=False),
)
