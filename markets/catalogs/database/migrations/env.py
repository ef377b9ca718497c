"""Where Alembic begins: the connection comes from `markets.catalogs.database.schema`."""

from alembic import context

from markets.catalogs.database.schema import VERSION_TABLE
from markets.catalogs.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
