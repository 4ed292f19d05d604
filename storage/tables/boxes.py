"""The boxes of secret votes: whose vote is in, and how often each option was chosen, with nothing between the two."""

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Integer, String, Table

from storage.tables.base import metadata, reference

boxes = Table("boxes", metadata, reference("motion_id", "motions.id", primary_key=True), sqlite_with_rowid=False)
"""The boxes of which the traces are not erased yet: those that are open, and those that were closed just now."""

box_voters = Table(
    "box_voters",
    metadata,
    reference("motion_id", "motions.id", primary_key=True),
    reference("member_id", "members.id", primary_key=True),
    ForeignKeyConstraint(
        ["motion_id", "member_id"], ["electorate.motion_id", "electorate.member_id"], name="fk_box_voters_seat"
    ),
    sqlite_with_rowid=False,
)
"""The primary key is the promise: a seat's vote is in a box at most once."""

box_counts = Table(
    "box_counts",
    metadata,
    reference("motion_id", "boxes.motion_id", primary_key=True),
    Column("option", String(32), primary_key=True),
    Column("votes", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many seats chose each option, all of them there from the opening on and gone with the traces.

Options are counted and not selections of them: of several names on one ballot the combination may be a signature.
Without row numbers on SQLite, which would keep the order in which rows came. No column tells when or by which press.
"""

box_bundles = Table(
    "box_bundles",
    metadata,
    reference("motion_id", "boxes.motion_id", primary_key=True),
    reference("entered_by", "people.id"),
    Column("members", JSON, nullable=False),
    Column("counts", JSON(none_as_null=True)),
    Column("version", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Slips that were handed in and wait for their confirmation; with it, or with the vote, the row goes.

``members``: whose, in order; ``counts``: [option, votes] pairs, see ``assembly.slips``.
"""
