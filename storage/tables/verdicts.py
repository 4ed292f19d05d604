"""What surrounds a vote: who is excluded from it, its outcomes, who disputes them, and corrections."""

from sqlalchemy import JSON, Column, Table, Text

from assembly.pronouncing import Cause
from storage.tables.base import Moment, choice, id_column, metadata, reference

exclusions = Table(
    "exclusions",
    metadata,
    reference("item_id", "agenda_items.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    Column("reason", Text, nullable=False),
    reference("excluded_by", "people.id"),
    Column("excluded_at", Moment, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    id_column(),
    reference("motion_id", "motions.id", index=True),
    Column("cause", choice(Cause), nullable=False),
    Column("outcome", JSON, nullable=False),
    Column("verdict", JSON(none_as_null=True)),
    Column("reason", Text, nullable=False),
    reference("noted_by", "people.id", nullable=True),
    Column("noted_at", Moment, nullable=False),
)
"""Rows are only added: the newest of a vote holds. ``verdict``: what the chair pronounced instead, keys of options."""

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
