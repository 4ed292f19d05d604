"""What Alembic runs: migrations on the connection that ``storage.migrate`` opened, in its transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
