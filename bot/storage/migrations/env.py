"""Where Alembic begins: it migrates over the connection that it is given, inside the open transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
