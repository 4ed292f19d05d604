"""The agenda: votes settled beforehand, items withdrawn, nominations, changes to be told; papers numbered in text."""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WITHOUT_OTHERS = {"resolve_fks": False}
"""Alembic cannot read every index of the tables around the one that SQLite makes anew."""

UNNUMBERED = 900
"""Where papers go that have no plain number, in a schema that knows no other."""

NUMBERED = {"PaperMessage": "number", "PaperReceived": "number"}
"""Screens of which a field is a paper's number."""

LISTS = {"papers", "numbers", "missing"}
"""Fields that list papers' numbers, whichever screen they are on; where such a field is a count it stays."""


def upgrade() -> None:
    with op.batch_alter_table("papers", reflect_kwargs=WITHOUT_OTHERS) as papers:
        papers.alter_column("number", existing_type=sa.Integer(), type_=sa.String(8), existing_nullable=False)
    with op.batch_alter_table("agenda_items", reflect_kwargs=WITHOUT_OTHERS) as items:
        for column in _settings():
            items.add_column(column)
        # Unchanged; SQLite, which makes the table anew, would otherwise write the new columns into the last one's line.
        items.alter_column("attachments", existing_type=sa.JSON(), nullable=False)
    _rewrite(str)
    op.create_table(
        "nominations",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("item_id", IDENTIFIER, nullable=False),
        sa.Column("candidate", sa.String(200), nullable=False),
        sa.Column("supervisory", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("age", "profession", "shares", "posts", "supervision", "reasons")
        ),
        sa.Column("added_by", IDENTIFIER, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_nominations"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_nominations_item_id"),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name="fk_nominations_added_by"),
    )
    op.create_index("ix_nominations_item_id", "nominations", ["item_id"])
    op.create_table(
        "agenda_changes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("item_id", IDENTIFIER, nullable=False),
        sa.Column("change", sa.String(32), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("changed_by", IDENTIFIER, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_changes"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_agenda_changes_item_id"),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name="fk_agenda_changes_changed_by"),
    )
    op.create_index("ix_agenda_changes_item_id", "agenda_changes", ["item_id"])
    op.create_table(
        "uploads",
        sa.Column("key", sa.String(96), nullable=False),
        sa.Column("telegram_file_id", sa.Text(), nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_uploads"),
    )


def downgrade() -> None:
    for table in ("uploads", "agenda_changes", "nominations"):
        op.drop_table(table)
    with op.batch_alter_table("agenda_items", reflect_kwargs=WITHOUT_OTHERS) as items:
        for column in _settings():
            items.drop_column(column.name)
    _plain_numbers()
    _rewrite(_as_integer)
    with op.batch_alter_table("papers", reflect_kwargs=WITHOUT_OTHERS) as papers:
        papers.alter_column(
            "number",
            existing_type=sa.String(8),
            type_=sa.Integer(),
            existing_nullable=False,
            postgresql_using="number::integer",
        )


def _settings() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("majority", sa.String(32), nullable=False, server_default="ordinary"),
        sa.Column("form", sa.String(32), nullable=False, server_default="usual"),
        sa.Column("withdrawn_at", MOMENT),
    )


def _as_integer(number: str) -> int:
    return int(number) if number.isdigit() else UNNUMBERED


def _plain_numbers() -> None:
    """Give every paper a plain number, the versions of one together."""
    papers = sa.table("papers", sa.column("meeting_id"), sa.column("number", sa.String))
    connection = op.get_bind()
    rows = connection.execute(sa.select(papers.c.meeting_id, papers.c.number).distinct()).all()
    others = sorted(tuple(row) for row in rows if not row.number.isdigit())
    for place, (meeting_id, number) in enumerate(others):
        connection.execute(
            sa.update(papers)
            .where(papers.c.meeting_id == meeting_id, papers.c.number == number)
            .values(number=str(UNNUMBERED + place))
        )


def _rewrite(convert: Callable[[Any], Any]) -> None:
    """Write the numbers that items name, and those in messages that are still to be sent, in the other form."""
    connection = op.get_bind()
    items = sa.table("agenda_items", sa.column("id"), sa.column("attachments", sa.JSON))
    for row in connection.execute(sa.select(items.c.id, items.c.attachments)).all():
        if row.attachments:
            connection.execute(
                sa.update(items).where(items.c.id == row.id).values(attachments=[convert(n) for n in row.attachments])
            )
    outbox = sa.table("outbox", sa.column("id"), sa.column("screen"), sa.column("state"), sa.column("facts", sa.JSON))
    waiting = sa.select(outbox.c.id, outbox.c.screen, outbox.c.facts).where(
        outbox.c.state.in_(["held", "queued", "sending"])
    )
    for row_id, screen, said in connection.execute(waiting).all():
        facts = _converted(said, convert)
        field = NUMBERED.get(screen)
        if field in facts:
            facts[field] = convert(facts[field])
        if json.dumps(facts) != json.dumps(said):
            connection.execute(sa.update(outbox).where(outbox.c.id == row_id).values(facts=facts))


def _converted(value: Any, convert: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        return {
            name: [_listed(part, convert) for part in inner]
            if name in LISTS and isinstance(inner, list)
            else _converted(inner, convert)
            for name, inner in value.items()
        }
    return [_converted(part, convert) for part in value] if isinstance(value, list) else value


def _listed(part: Any, convert: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - same
    """Convert a number, or the number in front of its version and title."""
    if isinstance(part, list) and part:
        return [convert(part[0]), *part[1:]]
    return part if isinstance(part, dict) else convert(part)
