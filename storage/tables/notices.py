"""Notices to the members and their people, outside the convocation."""

from sqlalchemy import Column, Table, Text

from assembly.notices import Audience
from storage.tables.base import Moment, choice, id_column, metadata, reference

notices = Table(
    "notices",
    metadata,
    id_column(),
    reference("author_id", "people.id"),
    reference("file_id", "files.id", nullable=True),
    Column("html", Text, nullable=False),
    Column("audience", choice(Audience), nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("sent_at", Moment),
)
"""``html``: the text with its formatting, as Telegram gave it. ``sent_at`` is empty while the author may cancel."""
