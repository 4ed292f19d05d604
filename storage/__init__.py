"""Where everything is kept: SQLite by default, PostgreSQL when one machine is outgrown."""
