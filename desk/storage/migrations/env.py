"""Alembic runs this file. desk/storage/engines.py gives the connection, in a transaction."""

from alembic import context

from desk.storage.column_types import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
