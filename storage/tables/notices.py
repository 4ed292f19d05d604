"""Notices to the members and their people, outside the convocation, and the commissions that they can be aimed at."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table

from assembly.notices import NoticeState
from storage.tables.base import Moment, choice, id_column, metadata, reference

notices = Table(
    "notices",
    metadata,
    id_column(),
    reference("author_id", "people.id"),
    Column("state", choice(NoticeState), nullable=False),
    Column("texts", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("beside", Boolean, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("asks_receipt", Boolean, nullable=False),
    Column("due_at", Moment),
    Column("at_any_hour", Boolean, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("changed_at", Moment),
)
"""``texts``: with their formatting, as Telegram gave them; ``beside``: they stand beside the only file.

``due_at``: when it is to be sent, where that is not at once; ``at_any_hour``: also in quiet hours. ``changed_at``: when
it was last sent, corrected or withdrawn.
"""

notice_files = Table(
    "notice_files",
    metadata,
    reference("notice_id", "notices.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    reference("file_id", "files.id"),
    Column("picture", Boolean, nullable=False),
)
"""What goes along, in order. ``picture``: it was sent as a photo, and can be sent as nothing else."""

notice_receipts = Table(
    "notice_receipts",
    metadata,
    reference("notice_id", "notices.id", primary_key=True),
    reference("person_id", "people.id", primary_key=True),
    Column("confirmed_at", Moment, nullable=False),
)

commissions = Table(
    "commissions",
    metadata,
    id_column(),
    Column("name", String(100), nullable=False),
    Column("ended_at", Moment),
)

commission_people = Table(
    "commission_people",
    metadata,
    reference("commission_id", "commissions.id", primary_key=True),
    reference("person_id", "people.id", primary_key=True),
)
